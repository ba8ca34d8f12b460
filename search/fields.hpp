// SPDX-License-Identifier: GPL-3.0-or-later
// The one table of what stands in the index: which prefix a term has, how much a word weighs there, and what
// it is for.
#pragma once

#include <cstdint>
#include <string_view>

namespace spoc::search {

/// A kind of term. Two databases lie in the folder, articles/ and tickets/, so that the words of many tickets
/// do not change how rare a word is among the articles; both are made from this table.
struct Field {
  std::string_view prefix;
  unsigned weight;  ///< how often a word counts that stands there once; 0: filter, never scored
  std::string_view what;
};

namespace fields {
inline constexpr Field id{"Q", 0,
                          "article id and language, which is unique; the number of a message's ticket"};
inline constexpr Field first{"XF", 0, "the same of a message that has the ticket's subject"};
inline constexpr Field name{"I", 0, "article id, whatever the language"};
inline constexpr Field language{"L", 0, "language code, lower case"};
inline constexpr Field internal{"XI", 0, "articles for agents' eyes alone"};
inline constexpr Field word{"", 0,
                            "folded word of an article as written, with positions: phrases and exclusions"};
inline constexpr Field title{"Z", 4, "stem, in the title or a ticket's subject"};
inline constexpr Field tag{"Z", 3, "stem, in a tag"};
inline constexpr Field body{"Z", 1, "stem, in the body"};
inline constexpr Field wide{
    "W", 1, "pair of neighbouring characters of a script without spaces; weighs as its place"};
}  // namespace fields

/// Value slots of an article's document.
namespace slots {
inline constexpr std::uint32_t name = 0;  ///< article id
inline constexpr std::uint32_t hash = 1;  ///< content_hash()
/// All but the body, which is the document's data: Xapian deflates that, and ranking reads sixty.
inline constexpr std::uint32_t record = 2;
}  // namespace slots

/// Written into the folder; another version there means that the index is made anew.
inline constexpr std::string_view format_version = "spoc-search 6";

/// Xapian's disk format takes 245 bytes; a word beyond this is no word.
inline constexpr std::size_t longest_word = 64;
inline constexpr std::size_t longest_term = 200;

}  // namespace spoc::search
