// SPDX-License-Identifier: GPL-3.0-or-later
// Where a header ends and its body begins, also where the empty line between them is missing.
#pragma once

#include <string>
#include <string_view>

namespace spoc::parser {

struct HeaderBlock {
  std::size_t end = 0;         ///< just past the last header line that counts
  std::size_t body = 0;        ///< first byte of the body
  bool cut = false;            ///< the header was longer than the limit
  bool no_blank_line = false;  ///< a line that can be no field began the body
};

/// Looks at raw from `at`. Inside a multipart a boundary line also ends the header.
HeaderBlock find_header_block(std::string_view raw, std::size_t at, std::size_t limit, bool inside);

/// How many bytes of empty lines stand before a header of a mail; 0 where what follows is no header for sure.
std::size_t blank_lines_before_header(std::string_view raw);

/// The boundary that a multipart without one seems to use: a line "--word" that is followed by a part's
/// header.
std::string guess_boundary(std::string_view body);

}  // namespace spoc::parser
