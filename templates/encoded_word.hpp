// SPDX-License-Identifier: GPL-3.0-or-later
// Words beyond ASCII in header fields (RFC 2047), never splitting a character.
#pragma once

#include <string>
#include <string_view>

namespace spoc::templates {

/// Blanks between words stay; the words from the first to the last that can't stand as they are become
/// encoded words, each at most 66 characters long. The result is one line: fold() breaks it.
std::string encoded_text(std::string_view text);

/// A display name: atoms as they are, a quoted string, or encoded words (RFC 5322 3.2.5).
std::string encoded_phrase(std::string_view name);

}  // namespace spoc::templates
