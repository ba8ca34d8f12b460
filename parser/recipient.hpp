// SPDX-License-Identifier: GPL-3.0-or-later
// Who was not reached, in the words of a bounce that has no report for machines.
#pragma once

#include "parser/header.hpp"

#include <string>
#include <string_view>

namespace spoc::parser {

/// The first address in a line, in UTF-8 whatever the line was in; "" if there is none.
std::string first_address(std::string_view line);

/// The address that was most likely not reached. words: without the mail that came back; own: whom the bounce
/// was sent to. Both in UTF-8, as what comes back is.
std::string likely_recipient(std::string_view words, std::string_view own);

/// An address written into the one that the bounce was sent to: "bounces+kari=example.org@desk.example.com".
std::string recipient_in_envelope(Fields const& fields);

}  // namespace spoc::parser
