// SPDX-License-Identifier: GPL-3.0-or-later
// A moment as people write it: "2h", "fri 14:00", "i morgen 9:00", "2026-12-01", "明天".
#pragma once

#include "desk/zone.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace spoc::desk {

struct When {
  Time at{};
  std::string rest;  ///< the words behind it
};

/// Reads the moment that a text begins with, in English, Norwegian and Chinese, by the clocks of a zone:
/// a span ("30m", "2h", "3d", "2w"), a clock ("14:00", the next one), or a day (today, tomorrow, a weekday,
/// "2026-12-01", "1.12.", the next one) with or without a clock. `usual` is the minute of the day that a day
/// alone means. It may lie in the past. Nothing where no moment is meant, or one more than ten years away.
std::optional<When> read_when(std::string_view text, Time now, Zone const& zone, int usual);

}  // namespace spoc::desk
