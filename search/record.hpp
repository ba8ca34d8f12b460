// SPDX-License-Identifier: GPL-3.0-or-later
// What the index keeps of an article beside its terms: the article, and a sketch of it for ranking.
#pragma once

#include "desk/article.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace spoc::search {

/// The stems of an article in order, 32 bits each: ranking looks at the neighbourhood of words without a
/// second index.
struct Sketch {
  std::vector<std::uint32_t> title;  ///< and the tags
  std::vector<std::uint32_t> body;
  bool operator==(Sketch const&) const = default;
};

/// What ranking reads of each candidate: the body stands elsewhere, being most of it.
struct Record {
  desk::Article article;
  Sketch sketch;
};

/// Length-prefixed, little-endian; all but the body.
std::string write_record(Record const& record);
/// Throws std::runtime_error on anything else.
Record read_record(std::string_view bytes);

/// Where in the index the favours of articles stand: "id factor" a line, the factor in thousandths.
inline constexpr char const* favours_key = "favours";
/// The operator's list of synonyms, as it was written.
inline constexpr char const* synonyms_key = "synonyms";
/// A factor beyond these is written as the nearest of them.
inline constexpr double least_favour = 0.9, most_favour = 1.1;
std::string write_favours(std::map<std::string, double> const& favours);
std::map<std::string, double> read_favours(std::string_view text);

/// An article's bytes, of which the content hash is made.
std::string write_article(desk::Article const& article);

}  // namespace spoc::search
