// SPDX-License-Identifier: GPL-3.0-or-later
// What the index keeps of a message beside its stems: whose it is, and its words as they were written. Terms
// with positions would say the same, and were nearly half of the work of putting a message in.
#pragma once

#include "search/terms.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace spoc::search {

/// Makes the bytes of an entry: the ticket's number in decimal, a line end, and three bytes a word: 23 bits
/// of a hash, and one that says "in the place of the word before". 0 is a border.
class EntryWriter {
 public:
  explicit EntryWriter(std::int64_t ticket) : bytes_(std::to_string(ticket) + '\n') {}
  /// The words of one text, in order; no phrase reaches from one text into the next.
  void add(std::vector<Word> const& words);
  std::string bytes() && { return std::move(bytes_); }

 private:
  std::string bytes_;
};

/// The number that the bytes begin with; 0 where they don't.
std::int64_t ticket_of_entry(std::string_view bytes);

/// Do these words stand in it, one behind the other? Two words are taken for one another once in eight
/// millions.
bool has_phrase(std::string_view bytes, std::vector<Word> const& phrase);

/// The language by which the words of a message are stemmed: one of those that a question to tickets is
/// stemmed by, whatever languages the articles have. "" where words stay whole.
std::string_view language_of_entry(std::string_view language);
inline constexpr std::string_view languages_of_entries[] = {"en", "nb", ""};

}  // namespace spoc::search
