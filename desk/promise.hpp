// SPDX-License-Identifier: GPL-3.0-or-later
// What an agent sets by hand for a ticket: when it shall be solved, and when somebody is to be reminded.
#pragma once

#include "desk/ids.hpp"
#include "desk/time.hpp"

#include <string>

namespace spoc::desk {

/// Solved by then, whatever a service level says; calendars and pauses don't move it.
struct Promise {
  Time due{}, made{};
  bool operator==(Promise const&) const = default;
};

/// A letter that an agent wants to get later.
struct Reminder {
  ReminderId id{};
  TicketId ticket{};
  std::string agent;  ///< who gets it
  Time at{};
  std::string text;
  bool operator==(Reminder const&) const = default;
};

}  // namespace spoc::desk
