// SPDX-License-Identifier: GPL-3.0-or-later
// A calendar object (RFC 5545, RFC 5546) in a few readable lines.
#pragma once

#include <string>
#include <string_view>

namespace spoc::parser {

/// "Invitation: Printer meeting", when, where, from whom, and its words. "" where there is no event. UTF-8.
std::string words_of_calendar(std::string_view utf8);

}  // namespace spoc::parser
