// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes of UTF-8 as the desk tells them apart, whatever the locale.
#pragma once

#include <string_view>

namespace spoc::desk {

inline bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Of the first byte of a character: from U+2000 on, where no Latin letter is.
inline bool is_wide(char c) { return static_cast<unsigned char>(c) >= 0xE2; }

/// Behind the last @ of an address, "" where there is none.
inline std::string_view domain_of(std::string_view address) {
  auto const at = address.rfind('@');
  return at == std::string_view::npos ? std::string_view{} : address.substr(at + 1);
}

}  // namespace spoc::desk
