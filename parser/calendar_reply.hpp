// SPDX-License-Identifier: GPL-3.0-or-later
// Answers to invitations, which a calendar writes when somebody clicks "accept".
#pragma once

#include "parser/bounce.hpp"

#include <string>
#include <vector>

namespace spoc::parser {

/// "Content-Type: text/calendar; method=REPLY" for the answer of a calendar (RFC 5546 3.2.3); "" otherwise.
/// Invitations, changes and counter-proposals come from people.
std::string calendar_sign(Parameterised const& content_type, std::vector<LeafView> const& leaves);

}  // namespace spoc::parser
