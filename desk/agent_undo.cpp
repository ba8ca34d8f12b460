// SPDX-License-Identifier: GPL-3.0-or-later
// /undo: what the last command mail changed is given back, where nobody has changed it since.
#include "desk/agent_work.hpp"
#include "desk/phrase.hpp"

namespace spoc::desk {
namespace {

/// Gives back one field. `made` is the change that does it.
template <class Field>
void give_back(AgentWork& work, Field Snapshot::*field, std::string_view what, Change made) {
  Undo const& undo = *work.known.undo;
  if (undo.before.*field == undo.after.*field) return;
  if (snapshot(*work.known.ticket).*field != undo.after.*field) {
    work.done.push_back(phrase("{1} was changed again since: it stays", {std::string{what}}));
    return;
  }
  work.plan.changes.push_back(std::move(made));
  work.done.push_back(phrase("{1} is as before", {std::string{what}}));
}

void give_back_tags(AgentWork& work) {
  Undo const& undo = *work.known.undo;
  auto const has = [](std::vector<std::string> const& all, std::string const& tag) {
    return std::find(all.begin(), all.end(), tag) != all.end();
  };
  if (undo.before.tags == undo.after.tags) return;
  for (std::string const& tag : undo.after.tags)
    if (!has(undo.before.tags, tag)) work.plan.changes.emplace_back(RemoveTag{tag});
  for (std::string const& tag : undo.before.tags)
    if (!has(undo.after.tags, tag)) work.plan.changes.emplace_back(AddTag{tag});
  work.done.push_back(phrase("{1} is as before", {"tag"}));
}

}  // namespace

Snapshot snapshot(Ticket const& ticket) {
  return {ticket.status,      ticket.assignee, ticket.team,    ticket.first_team,
          ticket.first_agent, ticket.priority, ticket.kind,    {ticket.impact, ticket.urgency},
          ticket.tags,        ticket.promise,  ticket.category};
}

void undo(AgentWork& work) {
  if (!work.known.undo && work.known.waiting_answers == 0) {
    work.faults.push_back(phrase("there is no command mail of yours in this ticket to take back"));
    return;
  }
  work.plan.changes.emplace_back(CancelLetters{work.agent().handle, true});
  if (work.known.waiting_answers > 0) work.done.emplace_back("your answer was stopped before it left");
  if (!work.known.undo) return;
  Snapshot const& before = work.known.undo->before;
  give_back(work, &Snapshot::status, "status", SetStatus{before.status});
  give_back(work, &Snapshot::team, "team", SetTeam{before.team});
  give_back(work, &Snapshot::assignee, "assignee", SetAssignee{before.assignee});
  give_back(work, &Snapshot::first_team, "owner", SetFirstLine{before.first_team, before.first_agent});
  give_back(work, &Snapshot::priority, "priority", SetPriority{before.priority});
  give_back(work, &Snapshot::kind, "kind", SetKind{before.kind});
  give_back(work, &Snapshot::category, "category", SetCategory{before.category});
  give_back(work, &Snapshot::levels, "impact", SetLevels{before.levels.first, before.levels.second});
  give_back(work, &Snapshot::promise, "due", SetPromise{before.promise});
  give_back_tags(work);
  work.plan.changes.emplace_back(DropUndo{work.agent().handle});
  work.plan.trail.push_back(trail(work, "undone", "the command mail of " + iso(work.known.undo->at)));
  if (work.known.sent_since > 0)
    work.done.push_back(phrase("{1} letters had left by then; what is sent can't be unsent",
                               {std::to_string(work.known.sent_since)}));
}

void keep_undo(AgentWork& work) {
  if (work.has(Verb::undo) || work.has(Verb::merge)) return;
  Snapshot const before = snapshot(*work.known.ticket), after = snapshot(work.ticket);
  if (before == after || work.block.commands.empty()) return;
  work.plan.changes.emplace_back(KeepUndo{{work.agent().handle, work.known.now, before, after}});
}

}  // namespace spoc::desk
