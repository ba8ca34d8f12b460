// SPDX-License-Identifier: GPL-3.0-or-later
// Base64 (RFC 4648 4), and its lines in mails (RFC 2045 6.8).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace spoc::desk {

/// Without line ends.
std::string base64(std::string_view bytes);

/// How a text of base64 is broken into lines.
struct Base64Lines {
  std::size_t length = 0;  ///< characters of a line, a multiple of four; 0: all in one
  bool crlf = false;       ///< lines end with CR LF, else with LF
  bool operator==(Base64Lines const&) const = default;
};

/// Puts the text behind out, without an end of the last line.
void append_base64(std::string& out, std::string_view bytes, Base64Lines lines);
/// How many characters that are for so many bytes.
std::size_t base64_size(std::size_t bytes, Base64Lines lines);
/// Is it that text, to the character? Written again a line at a time, never as a whole.
bool is_base64_of(std::string_view text, std::string_view bytes, Base64Lines lines);

}  // namespace spoc::desk
