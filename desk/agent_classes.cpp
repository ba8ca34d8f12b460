// SPDX-License-Identifier: GPL-3.0-or-later
// /kind, /impact and /urgency.
#include "desk/agent_work.hpp"
#include "desk/phrase.hpp"

namespace spoc::desk {

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
  // A priority that is said in the same mail is meant.
  if (work.has(Verb::priority)) return;
  Priority const priority = priority_of(work.known.house->matrix, ticket.impact, ticket.urgency);
  if (priority == ticket.priority) return;
  ticket.priority = priority;
  std::string const word{name(priority)};
  work.plan.changes.emplace_back(SetPriority{priority});
  work.plan.trail.push_back(trail(work, "priority", word + " by impact and urgency"));
  work.done.push_back(phrase("priority {1}", {word}));
}

}  // namespace spoc::desk
