// SPDX-License-Identifier: GPL-3.0-or-later
// Moments to wall clocks and back, across the days on which clocks change.
#include "desk/zone.hpp"

#include <algorithm>

namespace spoc::desk {
namespace {

Time moment_of(Local wall, std::chrono::seconds offset) { return Time{wall.time_since_epoch()} - offset; }

/// No zone changes its clocks by more than a day (Samoa left one out), nor twice within two.
constexpr Duration widest = std::chrono::hours{25};

}  // namespace

Zone::Change const& Zone::at(Time moment) const {
  static Change const utc{Time{}, std::chrono::seconds{0}, "UTC"};
  if (changes.empty()) return utc;
  auto const next = std::upper_bound(changes.begin(), changes.end(), moment,
                                     [](Time wanted, Change const& one) { return wanted < one.from; });
  return next == changes.begin() ? changes.front() : *std::prev(next);
}

Local Zone::local(Time moment) const { return Local{moment.time_since_epoch()} + at(moment).offset; }

Time Zone::first(Local wall) const {
  Change const& before = at(moment_of(wall, {}) - widest);
  Time const early = moment_of(wall, before.offset);
  Change const& then = at(early);
  if (then.from == before.from) return early;
  // The clocks changed before it came: past the jump, or jumped over.
  Time const late = moment_of(wall, then.offset);
  return std::max(late, then.from);
}

Time Zone::last(Local wall) const {
  Change const& after = at(moment_of(wall, {}) + widest);
  Time const late = moment_of(wall, after.offset);
  Change const& then = at(late);
  if (changes.empty() || then.from == after.from) return late;
  Time const early = moment_of(wall, then.offset);
  return std::min(early, after.from);
}

std::string day_in(Zone const& zone, Time moment) {
  return iso(Time{zone.local(moment).time_since_epoch()}).substr(0, 10);
}

}  // namespace spoc::desk
