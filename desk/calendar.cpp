// SPDX-License-Identifier: GPL-3.0-or-later
// Walks over a calendar's open intervals, day by day.
#include "desk/calendar.hpp"

#include <algorithm>

namespace spoc::desk {
namespace {

constexpr int farthest_day = 3653;  ///< days: nobody plans service over more than ten years

using Day = std::chrono::local_days;

struct Interval {
  Time from, to;
};

bool closed_on(Calendar const& calendar, Day day) {
  std::chrono::year_month_day const date{day};
  return std::any_of(calendar.holidays.begin(), calendar.holidays.end(), [&](Holiday const& one) {
    return one.day == std::chrono::month_day{date.month(), date.day()} &&
           (!one.year || *one.year == date.year());
  });
}

/// The open intervals of one day. They may touch the next day's, but never lap over.
std::vector<Interval> intervals(Calendar const& calendar, Day day) {
  std::vector<Interval> out;
  if (closed_on(calendar, day)) return out;
  auto const weekday = std::chrono::weekday{day}.c_encoding();
  for (Hours const& hours : calendar.week[weekday]) {
    Local const opens = day + std::chrono::minutes{hours.from}, closes = day + std::chrono::minutes{hours.to};
    Interval const one{calendar.zone.first(opens), calendar.zone.last(closes)};
    // Both in the hour that the clocks leave out: it never opens.
    if (one.from < one.to) out.push_back(one);
  }
  return out;
}

/// Calls `each` with the open intervals from `start` on, cut at it, until it says enough (false).
template <class Each>
void walk(Calendar const& calendar, Time start, Each const& each) {
  Day const today = std::chrono::floor<std::chrono::days>(calendar.zone.local(start));
  Time past = start;  // where clocks went back over midnight, a day begins before the last has ended
  for (int i = -1; i < farthest_day; ++i)
    for (Interval one : intervals(calendar, today + std::chrono::days{i})) {
      one.from = std::max(one.from, past);
      if (one.to <= one.from) continue;
      past = one.to;
      if (!each(one)) return;
    }
}

}  // namespace

bool Calendar::open_at(Time moment) const { return next_opening(moment) == moment; }

std::optional<Time> Calendar::next_opening(Time moment) const {
  std::optional<Time> found;
  walk(*this, moment, [&](Interval const& one) {
    found = one.from;
    return false;
  });
  return found;
}

std::optional<Time> Calendar::next_closing(Time moment) const {
  constexpr Duration farthest_end = std::chrono::days{366};
  std::optional<Time> end;
  walk(*this, moment, [&](Interval const& one) {
    // Hours that touch, at midnight for one, are the same open time.
    if (one.from - moment > farthest_end || (end && one.from > *end)) return false;
    end = one.to;
    return true;
  });
  return end && *end - moment <= farthest_end ? end : std::nullopt;
}

Duration Calendar::between(Time from, Time to) const {
  Duration sum{};
  if (to <= from) return sum;
  walk(*this, from, [&](Interval const& one) {
    if (one.from < to) sum += std::min(one.to, to) - one.from;
    return one.to < to;
  });
  return sum;
}

std::optional<Time> Calendar::after(Time from, Duration open) const {
  std::optional<Time> found;
  walk(*this, from, [&](Interval const& one) {
    if (one.to - one.from >= open) {
      found = one.from + open;
      return false;
    }
    open -= one.to - one.from;
    return true;
  });
  return found;
}

Calendar always_open() {
  Calendar out;
  out.name = "always";
  for (auto& day : out.week) day = {Hours{}};
  return out;
}

}  // namespace spoc::desk
