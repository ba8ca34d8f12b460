// SPDX-License-Identifier: GPL-3.0-or-later
// One encoded word (RFC 2047) found in a header value.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace spoc::parser {

struct EncodedWord {
  std::string_view charset;
  bool base64 = false;
  std::string_view text;   ///< still encoded
  std::size_t length = 0;  ///< of the whole word, "=?" to "?="
};

/// The encoded word that begins at `at`, if one does.
std::optional<EncodedWord> encoded_word_at(std::string_view value, std::size_t at);

/// Valid UTF-8 without control characters; a tab becomes a blank.
std::string printable(std::string_view utf8);

}  // namespace spoc::parser
