// SPDX-License-Identifier: GPL-3.0-or-later
// /undo: what the last command mail changed is given back, where nobody has changed it since.
#include "desk/agent_work.hpp"
#include "desk/phrase.hpp"
#include "desk/scribe.hpp"

namespace spoc::desk {
namespace {

bool among(std::vector<std::string> const& all, std::string const& one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

std::vector<std::string> keys_of(std::vector<Address> const& all) {
  std::vector<std::string> out;
  for (Address const& one : all) out.push_back(normal(one.address));
  return out;
}

// ---- giving back -----------------------------------------------------------------------------------

/// Gives back one field. `made` is the change that does it.
template <class Field>
bool give_back(AgentWork& work, Field Snapshot::*field, std::string_view what, Change made) {
  Undo const& undo = *work.known.undo;
  if (undo.before.*field == undo.after.*field) return false;
  if (snapshot(*work.known.ticket).*field != undo.after.*field) {
    work.done.push_back(phrase("{1} was changed again since: it stays", {std::string{what}}));
    return false;
  }
  work.plan.changes.push_back(std::move(made));
  work.done.push_back(phrase("{1} is as before", {std::string{what}}));
  return true;
}

void give_back_tags(AgentWork& work) {
  Undo const& undo = *work.known.undo;
  if (undo.before.tags == undo.after.tags) return;
  for (std::string const& tag : undo.after.tags)
    if (!among(undo.before.tags, tag)) work.plan.changes.emplace_back(RemoveTag{tag});
  for (std::string const& tag : undo.before.tags)
    if (!among(undo.after.tags, tag)) work.plan.changes.emplace_back(AddTag{tag});
  work.done.push_back(phrase("{1} is as before", {"tag"}));
}

/// Who has it again hears so: they heard that it was taken from them.
void give_back_assignee(AgentWork& work) {
  std::string const& handle = work.known.undo->before.assignee;
  if (!give_back(work, &Snapshot::assignee, "assignee", SetAssignee{handle})) return;
  work.ticket.assignee = handle;
  Agent const* again = work.known.house->agent(handle);
  if (again == nullptr || again == work.claim.agent || again->addresses.empty()) return;
  Scribe const scribe{work.known, work.ticket, work.arrival.hash};
  work.plan.letters.push_back(scribe.to_agent(LetterKind::assigned, *again));
}

/// Copies and requester. Whom the mail brought in is a stranger to the ticket again.
void give_back_people(AgentWork& work) {
  Snapshot const &before = work.known.undo->before, &after = work.known.undo->after;
  for (std::string const& one : after.copies) {
    if (among(before.copies, one)) continue;
    work.plan.changes.emplace_back(DropCopy{{"", one}, among(before.participants, one)});
    work.done.push_back(phrase("{1} gets no copies any more", {one}));
  }
  if (before.requester != after.requester || before.contact != after.contact) {
    bool const given = give_back(work, &Snapshot::requester, "requester",
                                 ReplaceRequester{{"", before.requester}, before.contact, before.language});
    if (given && !after.requester.empty())
      work.plan.changes.emplace_back(
          DropCopy{{"", after.requester}, among(before.participants, after.requester)});
  }
  for (std::string const& one : before.copies) {
    if (among(after.copies, one)) continue;
    work.plan.changes.emplace_back(AddCopy{{"", one}});
    work.done.push_back(phrase("{1} gets copies again", {one}));
  }
}

/// Whom the mail invited hears that it was a mistake: they have been written to.
void give_back_invited(AgentWork& work) {
  auto const &before = work.known.undo->before.invited, &after = work.known.undo->after.invited;
  auto invited = work.ticket.invited;
  Scribe const scribe{work.known, work.ticket, work.arrival.hash + "|uninvited"};
  for (std::string const& one : after) {
    if (among(before, one) || std::erase(invited, one) == 0) continue;
    Agent const* guest = work.known.house->agent(one);
    work.done.push_back(phrase("{1} is not in this ticket any more", {guest != nullptr ? guest->name : one}));
    if (guest == nullptr || guest == work.claim.agent || guest->addresses.empty()) continue;
    Letter letter = scribe.to_agent(LetterKind::happened, *guest);
    letter.lines = {phrase("{1} took the invitation to this ticket back", {work.agent().name})};
    work.plan.letters.push_back(std::move(letter));
  }
  for (std::string const& one : before) {
    if (among(after, one) || among(invited, one)) continue;
    invited.push_back(one);
    Agent const* guest = work.known.house->agent(one);
    work.done.push_back(
        phrase("{1} is in this ticket with you from now on", {guest != nullptr ? guest->name : one}));
  }
  if (invited == work.ticket.invited) return;
  work.ticket.invited = invited;
  work.plan.changes.emplace_back(SetInvited{std::move(invited)});
}

void give_back_reminders(AgentWork& work) {
  for (Reminder const& one : work.known.reminders) {
    auto const& set = work.known.undo->reminders;
    if (one.agent != work.agent().handle || std::find(set.begin(), set.end(), one.at) == set.end()) continue;
    work.plan.changes.emplace_back(DropReminder{one.id});
    work.done.push_back(phrase("the reminder at {1} is taken back", {iso(one.at)}));
  }
}

void give_back_all(AgentWork& work) {
  Snapshot const& before = work.known.undo->before;
  if (give_back(work, &Snapshot::status, "status", SetStatus{before.status}))
    work.ticket.status = before.status;
  if (give_back(work, &Snapshot::team, "team", SetTeam{before.team})) work.ticket.team = before.team;
  give_back_assignee(work);
  bool const passed_on = before.passed_on != work.known.undo->after.passed_on;
  if (give_back(work, &Snapshot::first_team, "owner", SetFirstLine{before.first_team, before.first_agent}) &&
      passed_on)
    work.plan.changes.emplace_back(ForgetPassedOn{});
  give_back(work, &Snapshot::priority, "priority", SetPriority{before.priority});
  give_back(work, &Snapshot::kind, "kind", SetKind{before.kind});
  give_back(work, &Snapshot::category, "category", SetCategory{before.category});
  give_back(work, &Snapshot::levels, "impact", SetLevels{before.levels.first, before.levels.second});
  give_back(work, &Snapshot::promise, "due", SetPromise{before.promise});
  give_back(work, &Snapshot::related, "related", SetRelated{before.related.value_or(TicketId{})});
  give_back_tags(work);
  give_back_people(work);
  give_back_invited(work);
  give_back_reminders(work);
}

// ---- keeping ---------------------------------------------------------------------------------------

/// Asking changes nothing: what the mail before did may still be taken back.
bool only_asks(CommandBlock const& block) {
  return std::all_of(block.commands.begin(), block.commands.end(), [](Command const& one) {
    return one.verb == Verb::status || one.verb == Verb::help || one.verb == Verb::find ||
           one.verb == Verb::cancel;
  });
}

/// Beyond the ticket's own fields: no mail takes it back.
bool lasts(Verb verb) {
  switch (verb) {
    case Verb::merge:
    case Verb::split:
    case Verb::note:
    case Verb::announce:
    case Verb::kb:
    case Verb::publish:
    case Verb::reject:
    case Verb::in:
    case Verb::out:
    case Verb::away:
      return true;
    default:
      return false;
  }
}

std::string word_of(Verb verb) {
  for (CommandRow const& row : command_table())
    if (row.verb == verb) return "/" + std::string{row.word};
  return "";
}

}  // namespace

Snapshot snapshot(Ticket const& ticket) {
  return {ticket.status,
          ticket.assignee,
          ticket.team,
          ticket.first_team,
          ticket.first_agent,
          ticket.priority,
          ticket.kind,
          {ticket.impact, ticket.urgency},
          ticket.tags,
          ticket.promise,
          ticket.category,
          keys_of(ticket.copies),
          keys_of(ticket.participants),
          normal(ticket.requester_address.address),
          ticket.requester,
          ticket.related,
          ticket.passed_on.has_value(),
          ticket.invited,
          ticket.language};
}

void say_stopped(AgentWork& work) {
  if (work.known.waiting_answers > 0) work.done.push_back(phrase("your answer was stopped before it left"));
  if (work.known.waiting_mails > 0)
    work.done.push_back(phrase("your words stay in the chat; the mails with them were stopped"));
  if (work.known.waiting_notices > 0)
    work.done.push_back(phrase("the letter about the end was stopped before it left"));
}

void undo(AgentWork& work) {
  Known const& known = work.known;
  if (!known.undo && known.waiting_answers + known.waiting_mails + known.waiting_notices == 0) {
    work.faults.push_back(phrase("there is no command mail of yours in this ticket to take back"));
    return;
  }
  work.plan.changes.emplace_back(CancelLetters{work.agent().handle});
  say_stopped(work);
  if (!known.undo) {
    work.plan.trail.push_back(trail(work, "cancelled", "what waited"));
    return;
  }
  give_back_all(work);
  if (known.sent_since > 0)
    work.done.push_back(phrase("{1} letters had left by then; what is sent can't be unsent",
                               {std::to_string(known.sent_since)}));
  std::string stays;
  for (std::string const& one : known.undo->lasting) stays += (stays.empty() ? "" : ", ") + one;
  auto& told = work.done.empty() ? work.faults : work.done;
  if (!stays.empty()) told.push_back(phrase("{1} can't be taken back: what it did stays", {stays}));
  if (work.done.empty() && work.faults.empty())
    work.faults.push_back(phrase("your last command mail changed nothing that could be taken back"));
  work.plan.changes.emplace_back(DropUndo{work.agent().handle});
  work.plan.trail.push_back(trail(work, "undone", "the command mail of " + iso(known.undo->at)));
}

void keep_undo(AgentWork& work) {
  if (work.has(Verb::undo) || only_asks(work.block)) return;
  bool const merged = work.has(Verb::merge);
  Snapshot const after = snapshot(work.ticket);
  KeepUndo kept{{work.agent().handle, work.known.now, merged ? after : snapshot(*work.known.ticket), after},
                merged ? work.ticket.id : TicketId{}};
  for (Change const& one : work.plan.changes)
    if (auto const* set = std::get_if<AddReminder>(&one)) kept.undo.reminders.push_back(set->reminder.at);
  for (Command const& one : work.block.commands)
    if (lasts(one.verb)) kept.undo.lasting.push_back(word_of(one.verb));
  work.plan.changes.emplace_back(std::move(kept));
}

}  // namespace spoc::desk
