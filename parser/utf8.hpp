// SPDX-License-Identifier: GPL-3.0-or-later
// Walking over UTF-8, one code point at a time.
#pragma once

#include <string>
#include <string_view>

namespace spoc::parser {

bool is_ascii(std::string_view bytes);
/// Bytes of the well-formed sequence at `at`, 0 where it is ill-formed or the end.
std::size_t utf8_length(std::string_view bytes, std::size_t at);
/// The code point of a well-formed sequence of that length.
char32_t utf8_value(std::string_view bytes, std::size_t at, std::size_t length);
/// Appends a code point as UTF-8, U+FFFD for what is none, and for NUL.
void append_utf8(std::string& out, char32_t point);
/// Calls visit(code point) for every well-formed character.
template <class Visit>
void each_character(std::string_view text, Visit visit) {
  for (std::size_t at = 0; at < text.size();) {
    auto const byte = static_cast<unsigned char>(text[at]);
    std::size_t const length = byte < 0x80 ? 1 : utf8_length(text, at);
    if (length != 0) visit(length == 1 ? char32_t{byte} : utf8_value(text, at, length));
    at += length == 0 ? 1 : length;
  }
}

}  // namespace spoc::parser
