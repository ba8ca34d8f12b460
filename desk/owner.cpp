// SPDX-License-Identifier: GPL-3.0-or-later
// The first line owns what it passed on: it hears how the ticket ended, whoever or whatever ended it.
#include "desk/phrase.hpp"
#include "desk/scribe.hpp"

#include <algorithm>

namespace spoc::desk {
namespace {

/// Has the plan sent it back, or elsewhere, already?
bool is_settled(Plan const& plan) {
  return plan.open || std::any_of(plan.changes.begin(), plan.changes.end(), [](Change const& one) {
           return std::holds_alternative<SetFirstLine>(one) || std::holds_alternative<MergeInto>(one);
         });
}

Status status_after(Plan const& plan, Ticket const& ticket) {
  Status out = ticket.status;
  for (Change const& one : plan.changes)
    if (auto const* change = std::get_if<SetStatus>(&one)) out = change->status;
  return out;
}

std::string outcome(Status status) {
  return status == Status::resolved
             ? phrase(
                   "this ticket, which you had passed on, is resolved; it is yours again: ask the requester "
                   "whether it holds, then /close")
             : phrase("this ticket, which you had passed on, is closed");
}

}  // namespace

void return_to_owner(Plan& plan, Known const& known) {
  if (!known.ticket || known.ticket->first_team.empty() || is_settled(plan)) return;
  Ticket ticket = *known.ticket;
  Status const status = status_after(plan, ticket);
  if (!finished(status) || finished(ticket.status)) return;
  Team const* const owner = known.house->team(ticket.first_team);
  plan.changes.emplace_back(SetFirstLine{});
  if (owner == nullptr) return;
  ticket.status = status;
  ticket.team = owner->name;
  // Who is no agent any more can't have it: it is the team's.
  ticket.assignee = known.house->agent(ticket.first_agent) != nullptr ? ticket.first_agent : "";
  plan.changes.emplace_back(SetTeam{ticket.team});
  plan.changes.emplace_back(SetAssignee{ticket.assignee});
  plan.trail.push_back(
      {plan.ticket, known.now, "desk", "back", "with team " + owner->name + ", who passed it on"});
  Scribe const scribe{known, ticket, "owner/" + std::to_string(to_number(known.now))};
  for (Letter& letter : scribe.to_crew(LetterKind::happened)) {
    letter.lines = {outcome(status)};
    plan.letters.push_back(std::move(letter));
  }
}

}  // namespace spoc::desk
