// SPDX-License-Identifier: GPL-3.0-or-later
// Delivery status notifications as RFC 3464 wants them.
#pragma once

#include "parser/bounce.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace spoc::parser {

/// What the message/delivery-status part says of the recipient that matters most: one that failed before one
/// that is late before one that was reached. Nothing where there is no such part.
std::optional<desk::Bounce> read_report(std::vector<LeafView> const& leaves);

/// The Message-ID of the mail that came back, from its header in a part or below the words in the text; "" if
/// unknown.
std::string original_message_id(std::vector<LeafView> const& leaves, std::string_view text);

/// Blanks and line ends squeezed, at most 500 bytes of valid UTF-8.
std::string one_line(std::string_view words);

}  // namespace spoc::parser
