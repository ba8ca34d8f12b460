// SPDX-License-Identifier: GPL-3.0-or-later
// Whose turn it is when a ticket comes to a team.
#pragma once

#include "desk/people.hpp"
#include "desk/presence.hpp"

#include <map>
#include <string>

namespace spoc::desk {

/// What must be known to give work out fairly.
struct Rota {
  std::map<std::string, int, std::less<>> unfinished;    ///< tickets by handle
  std::map<std::string, std::string, std::less<>> last;  ///< by team: who got the last one in turn
  std::string familiar;                                  ///< who had the requester's last ticket
};

/// Neither out nor away, and within their working hours or in all the same.
bool at_work(House const& house, Presences const& presences, Agent const& agent, Time now);

/// By the team's policy, among its members who are at work; where none is, among those who are neither out
/// nor away; "" for nobody.
std::string whose_turn(Team const& team, House const& house, Rota const& rota, Presences const& presences,
                       Time now);

}  // namespace spoc::desk
