// SPDX-License-Identifier: GPL-3.0-or-later
// A zone whose clocks change, as a value, and an office in it.
#pragma once

#include "desk/calendar.hpp"

#include <string>
#include <vector>

namespace spoc::desk::tests {

/// Clocks go forward on 2026-03-29 (02:00 becomes 03:00) and back on 2026-10-25 (03:00 becomes 02:00).
inline Zone oslo() {
  using std::chrono::hours;
  return {"Europe/Oslo",
          {{*from_iso("2025-10-26T01:00:00Z"), hours{1}, "CET"},
           {*from_iso("2026-03-29T01:00:00Z"), hours{2}, "CEST"},
           {*from_iso("2026-10-25T01:00:00Z"), hours{1}, "CET"},
           {*from_iso("2027-03-28T01:00:00Z"), hours{2}, "CEST"}}};
}

inline Calendar calendar_of(std::vector<std::string> const& hours,
                            std::vector<std::string> const& holidays = {}, Zone zone = oslo()) {
  Calendar out;
  out.name = "office";
  out.zone = std::move(zone);
  out.week = read_hours(hours).value();
  for (std::string const& one : holidays) out.holidays.push_back(*read_holiday(one));
  return out;
}

inline Calendar office() { return calendar_of({"Mon-Fri 08:00-16:00"}, {"05-17", "2026-04-03"}); }

/// "2026-03-02T12:00:00Z" without the ceremony.
inline Time at(std::string_view text) {
  return from_iso(std::string{text.substr(0, 10)} + "T" + std::string{text.substr(11)} + ":00Z").value();
}

}  // namespace spoc::desk::tests
