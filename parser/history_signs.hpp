// SPDX-License-Identifier: GPL-3.0-or-later
// How mail clients mark history in HTML: their classes and ids.
#pragma once

#include "parser/html_tokens.hpp"

namespace spoc::parser {

enum class HistorySign {
  none,
  attribution,  ///< the element holds the line "On ..., ... wrote:"
  follows,      ///< history begins here and goes on behind the element
  inside,       ///< the element holds the history
  gmail,        ///< Gmail's element for history and for answers between the quotes: its words decide
};
HistorySign history_sign(HtmlToken const& tag);

}  // namespace spoc::parser
