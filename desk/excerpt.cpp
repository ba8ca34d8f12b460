// SPDX-License-Identifier: GPL-3.0-or-later
// Cutting between characters.
#include "desk/excerpt.hpp"

#include "desk/characters.hpp"

namespace spoc::desk {

std::string_view beginning_of(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text;
  std::size_t end = most;
  while (end > 0 && is_inner(text[end])) --end;
  return text.substr(0, end);
}

std::string first_line_of(std::string_view text, std::size_t most) {
  std::string_view const line = text.substr(0, text.find('\n'));
  std::string out{beginning_of(line, most)};
  if (line.size() > most) out += "\xE2\x80\xA6";
  return out;
}

}  // namespace spoc::desk
