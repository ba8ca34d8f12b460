// SPDX-License-Identifier: GPL-3.0-or-later
// /escalate: to the next line with what was tried; and the way back, for the first line owns the ticket.
#include "desk/agent_work.hpp"
#include "desk/phrase.hpp"
#include "desk/scribe.hpp"

namespace spoc::desk {
namespace {

/// Does the text begin with the name as a whole word?
bool begins_with(std::string const& text, std::string const& word) {
  if (!text.starts_with(word)) return false;
  if (text.size() == word.size()) return true;
  char const next = text[word.size()];
  return next == ' ' || next == '\t' || next == ':';
}

/// The team with the longest name that the argument begins with. The ticket's own team can't be meant: where
/// no colon says so, "it is not the cable" is a reason, although a team is called "it".
Team const* team_before(House const& house, std::string const& own, std::string const& argument) {
  Team const* found = nullptr;
  std::string const text = normal(argument);
  for (Team const& one : house.teams) {
    std::string const word = normal(one.name);
    bool const words = one.name == own && text.size() > word.size() && text[word.size()] != ':';
    if (begins_with(text, word) && !words && (found == nullptr || one.name.size() > found->name.size()))
      found = &one;
  }
  return found;
}

std::string reason_behind(std::string const& argument, Team const* team) {
  std::size_t at = team == nullptr ? 0 : team->name.size();
  while (at < argument.size() && (argument[at] == ' ' || argument[at] == '\t' || argument[at] == ':')) ++at;
  return argument.substr(at);
}

Team const* next_line(AgentWork& work, Team const* named) {
  House const& house = *work.known.house;
  Team const* own = house.team(work.ticket.team);
  if (named == nullptr && own != nullptr && !own->next.empty()) named = house.team(own->next);
  if (named == nullptr)
    work.faults.push_back(
        phrase("team {1} has no next line: name one, /escalate TEAM reason", {work.ticket.team}));
  else if (named == own) {
    work.faults.push_back(phrase("the ticket is with team {1} already", {named->name}));
    return nullptr;
  }
  return named;
}

/// Whoever passes it on first owns it, through all further lines.
void keep_owner(AgentWork& work) {
  if (!work.ticket.first_team.empty()) return;
  work.ticket.first_team = work.ticket.team;
  work.ticket.first_agent = work.agent().handle;
  if (!work.ticket.passed_on) work.ticket.passed_on = work.known.now;
  work.plan.changes.emplace_back(SetFirstLine{work.ticket.first_team, work.ticket.first_agent});
}

}  // namespace

void escalate(AgentWork& work, std::string const& argument) {
  Team const* const named = team_before(*work.known.house, work.ticket.team, argument);
  Team const* const to = next_line(work, named);
  if (to == nullptr) return;
  std::string const reason = reason_behind(argument, named);
  if (reason.empty() && work.block.words.empty()) {
    work.faults.push_back(phrase("/escalate needs a reason: what is wrong, and what was tried"));
    return;
  }
  std::string const from = work.ticket.team;
  bool const back = to->name == work.ticket.first_team;
  keep_owner(work);
  work.done.push_back(back ? phrase("given to team {1}", {to->name})
                           : phrase("passed on to team {1}; you are told when it is solved", {to->name}));
  give_to(work, *to);
  bool const over = finished(work.ticket.status);
  if (over) work.done.emplace_back("open again");
  if (over || work.ticket.status == Status::fresh) set_status(work, Status::open);
  work.plan.trail.push_back(
      trail(work, "escalated",
            from + " to " + to->name + " " + time_between(work.ticket.opened, work.known.now) +
                " after it was opened: " + (reason.empty() ? work.block.words : reason)));
  Scribe const scribe{work.known, work.ticket, work.arrival.hash};
  std::string const told =
      reason + (reason.empty() || work.block.words.empty() ? "" : "\n\n") + work.block.words;
  for (Letter& letter : scribe.to_crew(LetterKind::assigned, work.claim.agent)) {
    letter.text = told;
    work.plan.letters.push_back(std::move(letter));
  }
  work.inside = told;
}

void hand_back(AgentWork& work) {
  bool const over = work.ticket.status == Status::resolved || work.ticket.status == Status::closed;
  bool const fresh_end = over && (work.has(Verb::resolve) || work.has(Verb::close));
  if (!fresh_end || work.ticket.first_team.empty()) return;
  Team const* const owner = work.known.house->team(work.ticket.first_team);
  // Who is no agent any more can't have it.
  Agent const* const first = work.known.house->agent(work.ticket.first_agent);
  std::string const handle = first != nullptr ? first->handle : "";
  work.plan.changes.emplace_back(SetFirstLine{});
  work.ticket.first_team = work.ticket.first_agent = "";
  if (owner == nullptr) return;
  set_team(work, *owner);
  set_assignee(work, handle);
  if (work.agent().handle == handle) return;
  work.done.push_back(phrase("back with team {1}, who passed it on", {owner->name}));
  tell(work, work.ticket,
       work.has(Verb::close)
           ? phrase("{1} closed this ticket, which you had passed on", {work.agent().name})
           : phrase("{1} resolved this ticket, which you had passed on; it is yours again: ask the requester "
                    "whether it holds, then /close",
                    {work.agent().name}),
       work.block.words);
}

}  // namespace spoc::desk
