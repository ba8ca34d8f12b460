// SPDX-License-Identifier: GPL-3.0-or-later
// Words that mean the same: as they are written down, a group a line, and as a question is widened by them.
#pragma once

#include "search/terms.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace spoc::search {

/// One line of a list.
struct SynonymGroup {
  std::string language;  ///< its main language; "" for every one
  std::vector<std::string> members;
  bool one_way = false;  ///< "a => b, c": who asks for the first means the others too, not the reverse
};

struct SynonymList {
  std::vector<SynonymGroup> groups;
  std::vector<std::pair<int, std::string>> mistakes;  ///< line, and what is wrong with it
};

/// "[en]" begins the lines of a language; what stands above the first such line holds for every one. Then a
/// group a line: "laptop, notebook", or "rdp => remote desktop". "#" begins a comment. Lines with mistakes
/// are left out.
SynonymList read_synonyms(std::string_view text);

/// The words of IT support in English, Norwegian and Chinese that Spoc knows by itself.
std::string_view own_synonyms();

/// The groups of one language, stemmed.
class Synonyms {
 public:
  struct Member {
    std::vector<std::uint32_t> keys;  ///< of its words, or of its characters, in order
    std::vector<std::string> terms;   ///< index terms that stand in every text that has it
  };
  /// Words number `from` to `to` of a text may also be said as `others`.
  struct Found {
    std::size_t from = 0, to = 0;
    std::vector<Member const*> others;
  };

  Synonyms(std::vector<SynonymGroup> const& groups, std::string_view language);
  /// Of several members that begin at one word only the longest is taken.
  std::vector<Found> find(std::vector<std::uint32_t> const& keys) const;

 private:
  struct Place {
    std::size_t group, member;
  };
  void add(SynonymGroup const& group, Stemmer const& stemmer, std::string const& language);

  std::vector<std::vector<Member>> groups_;
  std::unordered_map<std::uint32_t, std::vector<Place>> heads_;  ///< by first key
};

}  // namespace spoc::search
