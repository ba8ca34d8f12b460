// SPDX-License-Identifier: GPL-3.0-or-later
// Character references of HTML to UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace spoc::parser {

/// Where the text stood: an attribute value is stricter about references without a semicolon, so that
/// the "&copy=1" of a link's query stays what it is.
enum class Spot { text, attribute };

/// Named, decimal and hexadecimal references become UTF-8; what is no reference stays as it is. NUL,
/// surrogates and numbers beyond Unicode become U+FFFD.
std::string decode_entities(std::string_view text, Spot spot);

}  // namespace spoc::parser
