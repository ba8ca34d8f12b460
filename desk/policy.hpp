// SPDX-License-Identifier: GPL-3.0-or-later
// What was promised to whom: targets, the statuses in which their clock runs, and who hears of it in time.
#pragma once

#include "desk/time.hpp"

#include <string>
#include <vector>

namespace spoc::desk {

/// A service level, as configured. The first whose lists all fit a ticket holds; an empty list fits any.
/// A duration of zero means: not promised, not done.
struct Policy {
  std::string name;
  std::string calendar;  ///< Calendar::name; "" is round the clock
  std::vector<std::string> priorities, mailboxes, teams, tags, kinds;
  std::vector<std::string> requesters;       ///< normal() addresses, or domains
  std::vector<std::string> organisations{};  ///< of the requester's contact, lower()
  Duration first_response{}, next_response{}, resolution{};
  std::vector<std::string> runs = {"new", "open"};  ///< statuses in which the clock runs
  bool pause_for_third_party = false;               ///< the solution's clock stands for an open /ask
  int warn_at = 80;                                 ///< per cent of a target
  std::vector<std::string> warn = {"assignee"};     ///< "assignee", "team", or an agent's handle
  std::vector<std::string> breach = {"assignee", "team"};
  int manager_at = 0;                 ///< per cent of a target at which the team's manager hears; 0: never
  std::vector<std::string> progress;  ///< statuses of which the requester is told
  Duration keep_informed{};           ///< open time without news, then "still working on it"
  Duration callback{};                ///< open time after resolving, then somebody is reminded to call
  bool operator==(Policy const&) const = default;
};

}  // namespace spoc::desk
