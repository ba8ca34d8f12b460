// SPDX-License-Identifier: GPL-3.0-or-later
// Round robin, least loaded, sticky.
#include "desk/plan.hpp"

#include <algorithm>

namespace spoc::desk {
namespace {

using Handles = std::vector<std::string>;

std::string next_of(Handles const& members, Handles const& present, std::string const& last) {
  auto const at = std::find(members.begin(), members.end(), last);
  std::size_t const start = at == members.end() ? 0 : static_cast<std::size_t>(at - members.begin()) + 1;
  for (std::size_t i = 0; i < members.size(); ++i) {
    std::string const& one = members[(start + i) % members.size()];
    if (std::find(present.begin(), present.end(), one) != present.end()) return one;
  }
  return "";
}

std::string idlest(Handles const& present, Rota const& rota) {
  auto const load = [&](std::string const& handle) {
    auto const found = rota.unfinished.find(handle);
    return found == rota.unfinished.end() ? 0 : found->second;
  };
  return *std::min_element(present.begin(), present.end(),
                           [&](std::string const& a, std::string const& b) { return load(a) < load(b); });
}

Handles those_there(Team const& team, House const& house, Presences const& presences, Time now) {
  Handles working, there;
  for (std::string const& handle : team.members) {
    Agent const* const one = house.agent(handle);
    if (one == nullptr || is_absent(presences, handle, now)) continue;
    there.push_back(handle);
    if (at_work(house, presences, *one, now)) working.push_back(handle);
  }
  return working.empty() ? there : working;
}

}  // namespace

bool at_work(House const& house, Presences const& presences, Agent const& agent, Time now) {
  return !is_absent(presences, agent.handle, now) &&
         (house.calendar(agent.hours).open_at(now) || works_overtime(presences, agent.handle, now));
}

std::string whose_turn(Team const& team, House const& house, Rota const& rota, Presences const& presences,
                       Time now) {
  Handles const present = those_there(team, house, presences, now);
  if (present.empty() || team.assignment == Assignment::manual) return "";
  if (team.assignment == Assignment::round_robin) {
    auto const last = rota.last.find(team.name);
    return next_of(team.members, present, last == rota.last.end() ? "" : last->second);
  }
  bool const known = std::find(present.begin(), present.end(), rota.familiar) != present.end();
  return team.assignment == Assignment::sticky && known ? rota.familiar : idlest(present, rota);
}

void give_in_turn(Plan& plan, Ticket& ticket, Known const& known) {
  Team const* const team = known.house->team(ticket.team);
  if (team == nullptr || !ticket.assignee.empty() || finished(ticket.status)) return;
  std::string const handle = whose_turn(*team, *known.house, known.rota, known.presences, known.now);
  if (handle.empty()) return;
  ticket.assignee = handle;
  // A change of the plan would come after what the ticket is opened with.
  bool const said = std::any_of(plan.changes.begin(), plan.changes.end(),
                                [](Change const& one) { return std::holds_alternative<SetAssignee>(one); });
  if (plan.open && !said)
    plan.open->assignee = handle;
  else
    plan.changes.emplace_back(SetAssignee{handle});
  if (team->assignment == Assignment::round_robin) plan.changes.emplace_back(SetTurn{team->name, handle});
  plan.trail.push_back(
      {ticket.id, known.now, "desk", "assigned", handle + " by " + std::string{name(team->assignment)}});
}

}  // namespace spoc::desk
