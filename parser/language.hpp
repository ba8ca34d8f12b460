// SPDX-License-Identifier: GPL-3.0-or-later
// In which language a text is written.
#pragma once

#include <string>
#include <string_view>

namespace spoc::parser {

/// "en", "zh-Hans", "zh-Hant", "nb" (for Norwegian of either form), another BCP 47 tag, or "" when too
/// short or unclear to say.
std::string language_of(std::string_view utf8);

}  // namespace spoc::parser
