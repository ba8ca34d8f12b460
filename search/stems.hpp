// SPDX-License-Identifier: GPL-3.0-or-later
// The stems of a document: what is looked for and scored.
#pragma once

#include "search/terms.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace Xapian {
class Document;
}  // namespace Xapian

namespace spoc::search {

/// Gathers the words of a document's texts. Words come again and again: each is stemmed once, and given to
/// the document once with all its weight.
class Stems {
 public:
  explicit Stems(std::string_view language) : stem_(language) {}

  /// The words of a text count as much as its field says. sketch: where not null, gets the key of each, and a
  /// border.
  void add(std::vector<Word> const& words, Field const& field, std::vector<std::uint32_t>* sketch);
  void put_into(Xapian::Document& document) const;

 private:
  struct Scored {
    std::string name;       ///< of its term
    std::uint32_t key = 0;  ///< in a sketch
    std::uint32_t weight = 0;
  };
  Scored& scored_of(std::string const& word, bool wide);

  Stemmer stem_;
  std::unordered_map<std::string, Scored> scored_;
};

}  // namespace spoc::search
