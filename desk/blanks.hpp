// SPDX-License-Identifier: GPL-3.0-or-later
// Blanks as mail clients and keyboards write them.
#pragma once

#include <array>
#include <string_view>

namespace spoc::desk {

/// What may stand at the end of a word or before a line without being part of it; mail clients write
/// no-break spaces, Chinese keyboards ideographic ones.
inline constexpr std::array<std::string_view, 5> blanks{" ", "\t", "\r", "\xC2\xA0", "\xE3\x80\x80"};

/// The length of the blank with which the text begins, 0 for none.
inline std::size_t blank_at(std::string_view text) {
  for (std::string_view const blank : blanks)
    if (text.starts_with(blank)) return blank.size();
  return 0;
}

/// Without the blanks round it.
inline std::string_view trim(std::string_view text) {
  while (std::size_t const width = blank_at(text)) text.remove_prefix(width);
  for (bool found = true; found;) {
    found = false;
    for (std::string_view const blank : blanks)
      if (text.ends_with(blank)) {
        text.remove_suffix(blank.size());
        found = true;
      }
  }
  return text;
}

/// Without the blanks of ASCII and the ends of lines round it: header fields, what programs write.
inline std::string_view trimmed(std::string_view text) {
  constexpr std::string_view around = " \t\r\n";
  auto const from = text.find_first_not_of(around);
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(around) - from + 1);
}

}  // namespace spoc::desk
