// SPDX-License-Identifier: GPL-3.0-or-later
// Phone numbers as people write them: compared by their digits, found in a line.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace spoc::desk {

/// The digits that are dialled, without blanks and signs, the zeros before them, "(0)" and an extension
/// behind them ("ext. 12"). "" where there are none.
std::string phone_digits(std::string_view number);
/// The last seven digits: two numbers of one line have them in common, however they are written.
std::string phone_tail(std::string_view number);
/// The same line, whether or not one of the two is written with its country ("+47" or "0047").
bool same_phone(std::string_view one, std::string_view other);
/// A number and nothing else; an extension of three digits is one.
bool is_phone(std::string_view text);

/// Where a number of at least seven digits stands in a line.
struct PhonePlace {
  std::size_t at = 0, size = 0;
};
std::optional<PhonePlace> phone_in(std::string_view line);

}  // namespace spoc::desk
