// SPDX-License-Identifier: GPL-3.0-or-later
// Where somebody's own words end and signature, footer or disclaimer begin.
#pragma once

#include "parser/attribution.hpp"

#include <cstddef>

namespace spoc::parser {

/// For the own lines [first, last): the end of the words, so that [end, last) is signature. May be first.
std::size_t end_of_words(FoldedBody const& body, std::size_t first, std::size_t last);

}  // namespace spoc::parser
