// SPDX-License-Identifier: GPL-3.0-or-later
// A time zone as a value: when its clocks change, and by how much they then differ from UTC.
#pragma once

#include "desk/time.hpp"

#include <string>
#include <vector>

namespace spoc::desk {

/// What a clock on the wall shows: a moment without a zone.
using Local = std::chrono::local_time<Duration>;

/// Made by daemon/ from the system's tz database; without changes it is UTC.
struct Zone {
  struct Change {
    Time from;  ///< the first moment at which it holds
    std::chrono::seconds offset{};
    std::string abbreviation;  ///< "CET"
    bool operator==(Change const&) const = default;
  };
  std::string name = "UTC";     ///< "Europe/Oslo"
  std::vector<Change> changes;  ///< sorted; the first holds for all time before it as well
  bool operator==(Zone const&) const = default;

  /// What holds at a moment; after the last change that one holds for ever.
  Change const& at(Time moment) const;
  Local local(Time moment) const;
  /// The first moment at which the clock shows `wall`. Where clocks jump over it, the moment of the jump.
  Time first(Local wall) const;
  /// The last such moment: another one than first() where an hour comes twice.
  Time last(Local wall) const;
};

/// "2026-11-26": the day that a clock of the zone shows.
std::string day_in(Zone const& zone, Time moment);

}  // namespace spoc::desk
