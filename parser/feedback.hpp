// SPDX-License-Identifier: GPL-3.0-or-later
// Complaints (RFC 5965) and the notices that Amazon sends as JSON.
#pragma once

#include "parser/bounce.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace spoc::parser {

/// What a message/feedback-report says: action "feedback", the recipient who complained, the kind of
/// complaint as reason. Nothing where there is no such part.
std::optional<desk::Bounce> read_feedback(std::vector<LeafView> const& leaves);

/// A notice of Amazon SES in the text: action failed, delayed, delivered or feedback.
std::optional<desk::Bounce> read_notice(std::string_view text);

}  // namespace spoc::parser
