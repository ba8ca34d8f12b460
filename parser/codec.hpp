// SPDX-License-Identifier: GPL-3.0-or-later
// Content transfer encodings (RFC 2045 6), forgiving the usual damage.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace spoc::parser {

/// Bytes outside the alphabet are skipped; each "=" ends a group, so that joined encodings decode too.
std::string decode_base64(std::string_view text);

/// Line ends stay as they are; "=" that encodes nothing stays as written.
std::string decode_quoted_printable(std::string_view text);

/// By the words of Content-Transfer-Encoding; unknown ones leave the bytes and add a defect.
std::string decode_transfer(std::string_view bytes, std::string_view encoding,
                            std::vector<std::string>* defects);

/// The same for a text: what a list server wrote below the base64 is kept as it is, and a text that is no
/// base64 at all is not decoded, with a defect.
std::string decode_text_transfer(std::string_view bytes, std::string_view encoding,
                                 std::vector<std::string>* defects);

}  // namespace spoc::parser
