// SPDX-License-Identifier: GPL-3.0-or-later
// When a desk is open: weekly hours, holidays and a time zone; and arithmetic with the time in which it is.
#pragma once

#include "desk/error.hpp"
#include "desk/zone.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace spoc::desk {

/// Open from one minute of the day to before another; 1440 is midnight at the day's end.
struct Hours {
  int from = 0, to = 24 * 60;
  bool operator==(Hours const&) const = default;
};

/// A date on which the desk is closed; without a year, every year.
struct Holiday {
  std::optional<std::chrono::year> year;
  std::chrono::month_day day;
  bool operator==(Holiday const&) const = default;
};

/// An hour that the clocks leave out is no time, one that comes twice counts twice.
struct Calendar {
  std::string name;
  Zone zone;
  std::array<std::vector<Hours>, 7> week;  ///< Sunday is 0; sorted, apart from one another
  std::vector<Holiday> holidays;
  bool operator==(Calendar const&) const = default;

  bool open_at(Time moment) const;
  /// The first moment from `moment` on at which it is open; nothing where that is more than ten years away.
  std::optional<Time> next_opening(Time moment) const;
  /// The end of the open time that it is in at `moment`, or that comes next; nothing where it does not end,
  /// or does not begin, within a year.
  std::optional<Time> next_closing(Time moment) const;
  /// The open time between two moments; zero where `to` is not later. Counts ten years at most.
  Duration between(Time from, Time to) const;
  /// The moment at which so much open time has passed; nothing where that is more than ten years away.
  std::optional<Time> after(Time from, Duration open) const;
};

/// Round the clock, in UTC.
Calendar always_open();

/// Lines like "Mon-Thu 08:00-12:00 12:30-16:00", "Sat,Sun 10:00-14:00", "Fri 22:00-06:00" (into the next
/// day), "always". An Error says what is wrong with which line.
Result<std::array<std::vector<Hours>, 7>> read_hours(std::vector<std::string> const& lines);
/// "12-25" for every year, "2026-04-03" for one.
std::optional<Holiday> read_holiday(std::string_view text);

}  // namespace spoc::desk
