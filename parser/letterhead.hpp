// SPDX-License-Identifier: GPL-3.0-or-later
// Finding where history begins without an attribution: header blocks, separators, rules.
#pragma once

#include "parser/attribution.hpp"

#include <cstddef>
#include <string_view>

namespace spoc::parser {

/// The line just past the header block (From, Sent, To, Subject) that begins with line i; i if none does.
std::size_t end_of_header_block(FoldedBody const& body, std::size_t i);

/// "-----Original Message-----", "Begin forwarded message:", "Please reply above this line".
bool separator_at(FoldedBody const& body, std::size_t i);

/// The line just past what stands at the head of history from line i on: separators, header blocks and the
/// blank lines between them; i if there is nothing of that kind.
std::size_t end_of_letterhead(FoldedBody const& body, std::size_t i);

/// "To: desk@example.org", "| from | Kari |": a line of a header block?
bool is_labelled(std::string_view folded_line);

/// A line of dashes, underscores or equal signs and nothing else, or a horizontal rule of HTML.
bool is_rule(FoldedBody const& body, std::size_t i);

}  // namespace spoc::parser
