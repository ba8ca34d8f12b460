// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes of UTF-8 as the desk tells them apart, whatever the locale.
#pragma once

#include <cstddef>
#include <string_view>

namespace spoc::desk {

inline bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Of the first byte of a character: from U+2000 on, where no Latin letter is.
inline bool is_wide(char c) { return static_cast<unsigned char>(c) >= 0xE2; }

/// Of a byte behind the first of its character: they are 10xxxxxx (RFC 3629 3).
inline bool is_inner(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

/// Where the character before `at` begins; 0 at the beginning.
inline std::size_t start_before(std::string_view text, std::size_t at) {
  while (at > 0 && is_inner(text[--at])) continue;
  return at;
}

/// Behind the last @ of an address, "" where there is none.
inline std::string_view domain_of(std::string_view address) {
  auto const at = address.rfind('@');
  return at == std::string_view::npos ? std::string_view{} : address.substr(at + 1);
}

}  // namespace spoc::desk
