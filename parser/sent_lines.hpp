// SPDX-License-Identifier: GPL-3.0-or-later
// Finds the lines of letters that we sent inside an answer to them.
#pragma once

#include "parser/body_lines.hpp"

#include <span>
#include <string>
#include <vector>

namespace spoc::parser {

/// Marks each line whose words all stand in one of the letters, in the same order, as quoted. Quote signs,
/// wrapping, blanks, case, punctuation and links make no difference. A few words alone are no find. Returns
/// how many lines were found. Linear in the size of all texts together.
std::size_t mark_sent(std::vector<BodyLine>& lines, std::span<std::string const> sent);

}  // namespace spoc::parser
