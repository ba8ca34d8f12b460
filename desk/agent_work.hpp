// SPDX-License-Identifier: GPL-3.0-or-later
// The work on one agent's mail, shared by the planner and the commands.
#pragma once

#include "desk/commands.hpp"
#include "desk/plan.hpp"
#include "desk/trust.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace spoc::desk {

/// The work on one agent's mail: what was asked, what is being planned, what the receipt will say.
struct AgentWork {
  Arrival const& arrival;
  Mail const& mail;
  Known const& known;
  AgentClaim claim;
  CommandBlock block;
  Ticket ticket;  ///< as it will be
  Plan plan;
  std::vector<std::string> done;
  std::optional<std::size_t> article;  ///< of /use, counted from 0
  bool note = false;
  bool send_anyway = false;
  std::vector<std::string> faults;

  Agent const& agent() const { return *claim.agent; }
  bool has(Verb verb) const {
    return std::any_of(block.commands.begin(), block.commands.end(),
                       [&](Command const& c) { return c.verb == verb; });
  }
};

/// A line of the audit trail in this agent's name.
Trail trail(AgentWork const& work, std::string what, std::string detail);
void set_assignee(AgentWork& work, std::string const& handle);
void set_team(AgentWork& work, Team const& team);

/// Adds a fault for commands that contradict each other: they stop everything.
void check_together(AgentWork& work);
/// Carries out one command: changes, trail and what the receipt says; or a fault.
void run(AgentWork& work, Command const& command);

}  // namespace spoc::desk
