// SPDX-License-Identifier: GPL-3.0-or-later
// ASCII letters and blanks as mail headers compare them, whatever the locale.
#pragma once

#include "desk/blanks.hpp"

#include <algorithm>
#include <string>
#include <string_view>

namespace spoc::parser {

inline char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
inline bool is_digit(char c) { return c >= '0' && c <= '9'; }
inline bool is_letter(char c) { return lower(c) >= 'a' && lower(c) <= 'z'; }
inline bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
inline bool is_high(char c) { return (static_cast<unsigned char>(c) & 0x80U) != 0; }

/// The value of a hexadecimal digit, or -1.
inline int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  char const small = lower(c);
  return small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
}

inline std::string lowered(std::string_view text) {
  std::string out{text};
  std::transform(out.begin(), out.end(), out.begin(), lower);
  return out;
}

using desk::trimmed;

inline bool same_letters(std::string_view a, std::string_view b) {
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

/// True when text begins with prefix, letters of either case alike.
inline bool begins_with(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() && same_letters(text.substr(0, prefix.size()), prefix);
}

inline bool holds(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

/// Is the word one of a list that has blanks round each: " a b "?
inline bool listed(std::string_view list, std::string_view word) {
  if (word.empty() || word.size() > 40 || holds(word, " ")) return false;
  for (auto at = list.find(word); at != std::string_view::npos; at = list.find(word, at + 1)) {
    std::size_t const end = at + word.size();
    if (at > 0 && list[at - 1] == ' ' && end < list.size() && list[end] == ' ') return true;
  }
  return false;
}

/// The line that parts the mails of an mbox (RFC 4155), also where a mail server put it into a mail's header.
inline bool is_mbox_line(std::string_view line) {
  bool const from = begins_with(line, "From ") || begins_with(line, ">From ");
  return from && !trimmed(line.substr(5)).starts_with(':');
}

/// Takes the first line off text, without its line end (LF, CRLF).
inline std::string_view take_line(std::string_view& text) {
  auto const end = text.find('\n');
  std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return line;
}

}  // namespace spoc::parser
