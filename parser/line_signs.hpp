// SPDX-License-Identifier: GPL-3.0-or-later
// What one folded line holds: a date, an address, decoration.
#pragma once

#include <cstddef>
#include <string_view>

namespace spoc::parser {

constexpr std::size_t longest_attribution = 500;  ///< of all its lines, in bytes: more is none

struct DateSigns {
  bool year = false, time = false, numeric = false;
  bool any() const { return year || time || numeric; }
};
/// 2026; 14:23, 14.23, 14h23; 8/11, 8.11.2026, 2026-11-08.
DateSigns find_date(std::string_view text);
/// With a digit or a weekday.
bool begins_with_date(std::string_view text);

bool has_address(std::string_view text);
/// <kari@example.org>, (kari@example.org), [mailto:kari@example.org]
bool has_bracketed_address(std::string_view text);
std::size_t words_in(std::string_view text);

/// Without these signs at the ends.
std::string_view strip(std::string_view text, std::string_view signs);
/// Without dashes, typographic ones too, and what else lines are decorated with.
std::string_view strip_dashes(std::string_view text);

}  // namespace spoc::parser
