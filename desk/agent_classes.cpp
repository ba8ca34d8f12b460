// SPDX-License-Identifier: GPL-3.0-or-later
// /kind, /impact, /urgency and /category.
#include "desk/agent_work.hpp"
#include "desk/phrase.hpp"
#include "desk/routing.hpp"

#include <algorithm>

namespace spoc::desk {
namespace {

void follow_levels(AgentWork& work) {
  // A priority that is said in the same mail is meant.
  if (work.has(Verb::priority)) return;
  Ticket& ticket = work.ticket;
  Priority const priority = priority_of(work.known.house->matrix, ticket.impact, ticket.urgency);
  if (priority == ticket.priority) return;
  ticket.priority = priority;
  std::string const word{name(priority)};
  work.plan.changes.emplace_back(SetPriority{priority});
  work.plan.trail.push_back(trail(work, "priority", word + " by impact and urgency"));
  work.done.push_back(phrase("priority {1}", {word}));
}

std::string known_categories(House const& house) {
  std::string out;
  for (Category const& one : house.categories) out += (out.empty() ? "" : ", ") + one.path;
  return out;
}

/// A VIP is not made to wait by what it is about.
Level urgency_of(AgentWork const& work, Category const& whole) {
  Ticket const& ticket = work.ticket;
  Contact const& requester = work.known.requester;
  bool const vip = (requester.vip && requester.id == ticket.requester) ||
                   work.known.house->is_vip(ticket.requester_address.address);
  Level const wanted = whole.urgency.value_or(ticket.urgency);
  return vip ? std::min(wanted, ticket.urgency) : wanted;
}

/// What the desk has configured for it; where an agent says otherwise in the same mail, that holds.
void take_defaults(AgentWork& work, Category const& whole) {
  if (whole.kind && !work.has(Verb::kind) && *whole.kind != work.ticket.kind)
    set_kind(work, std::string{name(*whole.kind)});
  Ticket& ticket = work.ticket;
  Level const impact = work.has(Verb::impact) ? ticket.impact : whole.impact.value_or(ticket.impact);
  Level const urgency = work.has(Verb::urgency) ? ticket.urgency : urgency_of(work, whole);
  if (impact == ticket.impact && urgency == ticket.urgency) return;
  ticket.impact = impact;
  ticket.urgency = urgency;
  work.plan.changes.emplace_back(SetLevels{impact, urgency});
  work.plan.trail.push_back(
      trail(work, "impact", std::string{name(impact)} + ", urgency " + std::string{name(urgency)}));
  follow_levels(work);
}

/// As at intake: a category that other teams answer for takes the ticket to one of them. Not where the same
/// mail says whose it is, nor from a line to which somebody has passed it on.
void follow_category(AgentWork& work, Category const& whole) {
  Ticket const& ticket = work.ticket;
  bool const said =
      work.has(Verb::assign) || work.has(Verb::take) || work.has(Verb::unassign) || work.has(Verb::escalate);
  bool const theirs = std::find(whole.teams.begin(), whole.teams.end(), ticket.team) != whole.teams.end();
  if (said || theirs || whole.teams.empty() || !ticket.first_team.empty()) return;
  House const& house = *work.known.house;
  Route const chosen = route(house, ticket, known_site(work.known, ticket), work.known.now);
  Team const* team = house.team(chosen.team);
  if (team == nullptr || team->name == ticket.team) return;
  work.plan.trail.push_back(trail(work, "routed", chosen.reason));
  hand_over(work, *team);
}

}  // namespace

void set_category(AgentWork& work, std::string const& argument) {
  House const& house = *work.known.house;
  Category const* found = category_called(house, argument);
  if (found == nullptr && !takes_back(argument)) {
    work.faults.push_back(
        house.categories.empty()
            ? phrase("no categories are configured, so /category can do nothing")
            : phrase("there is no category \"{1}\"; known: {2}", {argument, known_categories(house)}));
    return;
  }
  work.ticket.category = found == nullptr ? "" : found->path;
  work.plan.changes.emplace_back(SetCategory{work.ticket.category});
  work.plan.trail.push_back(trail(work, "category", found == nullptr ? "none" : found->path));
  work.done.push_back(found == nullptr ? phrase("no category any more")
                                       : phrase("category {1}", {found->path}));
  if (found == nullptr) return;
  Category const whole = whole_category(house, found->path);
  take_defaults(work, whole);
  follow_category(work, whole);
}

void set_kind(AgentWork& work, std::string const& argument) {
  work.ticket.kind = *ticket_kind_named(argument);
  work.plan.changes.emplace_back(SetKind{work.ticket.kind});
  work.plan.trail.push_back(trail(work, "kind", argument));
  work.done.push_back(phrase("kind {1}", {argument}));
}

void set_level(AgentWork& work, Verb verb, std::string const& argument) {
  Ticket& ticket = work.ticket;
  bool const impact = verb == Verb::impact;
  (impact ? ticket.impact : ticket.urgency) = *level_named(argument);
  work.plan.changes.emplace_back(SetLevels{ticket.impact, ticket.urgency});
  work.plan.trail.push_back(trail(work, impact ? "impact" : "urgency", argument));
  work.done.push_back(phrase(impact ? "impact {1}" : "urgency {1}", {argument}));
  follow_levels(work);
}

}  // namespace spoc::desk
