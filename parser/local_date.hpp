// SPDX-License-Identifier: GPL-3.0-or-later
// Dates as mail clients write them for people, each in its own language.
#pragma once

#include "desk/time.hpp"

#include <optional>
#include <string_view>

namespace spoc::parser {

/// "Mon, Nov 23, 2026 at 10:14 AM", "2026年11月23日 上午10:14", "mandag 23. november 2026 kl. 10.14". A clock
/// without a zone is taken as UTC. Nothing where day and month cannot be told apart.
std::optional<desk::Time> read_local_date(std::string_view text);

}  // namespace spoc::parser
