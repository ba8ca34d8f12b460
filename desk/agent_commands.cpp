// SPDX-License-Identifier: GPL-3.0-or-later
// What each command of an agent's mail does to the plan.
#include "desk/agent_work.hpp"
#include "desk/phrase.hpp"
#include "desk/scribe.hpp"

#include <span>

namespace spoc::desk {
namespace {

void end_with(AgentWork& work, Status status, std::string const& said) {
  if (work.ticket.status == status) {
    work.done.push_back(phrase("it is {1} already", {std::string{name(status)}}));
    return;
  }
  set_status(work, status);
  work.done.push_back(said);
}

/// Whoever has it now, but for the author.
void tell_crew(AgentWork& work) {
  Scribe const scribe{work.known, work.ticket, work.arrival.hash};
  for (Letter& letter : scribe.to_crew(LetterKind::assigned, work.claim.agent))
    work.plan.letters.push_back(std::move(letter));
}

void unassign(AgentWork& work) {
  std::string const had = work.ticket.assignee;
  if (had.empty()) {
    work.done.emplace_back("nobody has the ticket as it is");
    return;
  }
  work.plan.changes.emplace_back(SetAssignee{});
  work.plan.trail.push_back(trail(work, "unassigned", had));
  work.ticket.assignee.clear();
  work.done.emplace_back("nobody has the ticket now; its team is told");
  tell_crew(work);
}

void assign(AgentWork& work, std::string const& argument) {
  std::string const wanted = normal(argument);
  House const& house = *work.known.house;
  Agent const* to = agent_called(work, wanted);
  Team const* team = house.team_called(wanted);
  if (to == nullptr && team != nullptr) return hand_over(work, *team);
  if (to == nullptr) {
    std::string known;
    for (Agent const& one : house.agents) known += (known.empty() ? "" : ", ") + one.handle;
    for (Team const& one : house.teams) known += ", " + one.name;
    work.faults.push_back(phrase("nobody here is called \"{1}\"; known: {2}", {argument, known}));
    return;
  }
  set_assignee(work, to->handle);
  work.done.push_back(phrase("assigned to {1}", {to->name}));
  if (to == &work.agent()) return;
  Scribe const scribe{work.known, work.ticket, work.arrival.hash};
  work.plan.letters.push_back(scribe.to_agent(LetterKind::assigned, *to));
}

void tag(AgentWork& work, std::string const& argument) {
  bool const off = argument.front() == '-';
  std::string const word = off ? argument.substr(1) : argument;
  std::erase(work.ticket.tags, word);
  if (off) {
    work.plan.changes.emplace_back(RemoveTag{word});
  } else {
    work.plan.changes.emplace_back(AddTag{word});
    work.ticket.tags.push_back(word);
  }
  work.plan.trail.push_back(trail(work, off ? "untagged" : "tagged", word));
  work.done.push_back(phrase(off ? "tag removed: {1}" : "tagged: {1}", {word}));
}

void use(AgentWork& work, std::string const& argument) {
  auto const index = static_cast<std::size_t>(argument.front() - '1');
  auto const& articles = work.known.articles;
  if (index >= articles.size() || articles[index].id.empty()) {
    work.faults.push_back(phrase("there is no article {1} for this ticket; {2} were offered",
                                 {argument, std::to_string(work.known.offered.size())}));
    return;
  }
  if (articles[index].internal) {
    work.faults.push_back(
        phrase("article {1} (\"{2}\") is internal and can't be sent", {argument, articles[index].title}));
    return;
  }
  work.article = index;
}

void cancel(AgentWork& work) {
  Known const& known = work.known;
  int const waiting = known.waiting_answers + known.waiting_mails + known.waiting_notices;
  if (waiting == 0) {
    work.done.push_back("nothing to cancel: no answer of yours is waiting any more");
    return;
  }
  work.plan.changes.emplace_back(CancelLetters{work.agent().handle});
  work.plan.trail.push_back(trail(work, "cancelled", std::to_string(waiting) + " waiting"));
  say_stopped(work);
  // What the commands beside it did is another matter: the requester would never hear of the end.
  if (finished(work.ticket.status))
    work.done.push_back(
        phrase("the ticket is still {1}: /undo takes that back", {std::string{name(work.ticket.status)}}));
}

void tell_status(AgentWork& work) {
  Ticket const& ticket = *work.known.ticket;
  Agent const* assignee = work.known.house->agent(ticket.assignee);
  work.done.push_back("#" + std::to_string(number(ticket.id)) + " " + ticket.subject);
  work.done.push_back(phrase("status {1}, {2}, assigned to {3}, opened {4}",
                             {std::string{name(ticket.status)}, std::string{name(ticket.priority)},
                              assignee != nullptr ? assignee->name : "-", iso(ticket.opened)}));
  work.done.push_back(phrase(
      "kind {1}, impact {2}, urgency {3}",
      {std::string{name(ticket.kind)}, std::string{name(ticket.impact)}, std::string{name(ticket.urgency)}}));
  if (!ticket.first_team.empty()) work.done.push_back(phrase("owned by team {1}", {ticket.first_team}));
  if (!ticket.category.empty()) work.done.push_back(phrase("category {1}", {ticket.category}));
  if (ticket.passed_on)
    work.done.push_back(phrase("passed on to another line {1} after it was opened",
                               {time_between(ticket.opened, *ticket.passed_on)}));
  for (std::string const& one : ticket.invited) {
    Agent const* invited = work.known.house->agent(one);
    work.done.push_back(phrase("invited: {1}", {invited != nullptr ? invited->name : one}));
  }
  for (Address const& one : ticket.copies) work.done.push_back(phrase("copies go to {1}", {one.address}));
  work.done.push_back(
      phrase("requester {1} <{2}>", {ticket.requester_address.name, ticket.requester_address.address}));
  for (Due const& due : work.known.dues)
    if (std::string const said = due_phrase(due); !said.empty()) work.done.push_back(said);
  for (Reminder const& one : work.known.reminders)
    work.done.push_back(phrase("reminder at {1} for {2}: {3}", {iso(one.at), one.agent, one.text}));
  std::string tags;
  for (std::string const& one : ticket.tags) tags += (tags.empty() ? "" : ", ") + one;
  if (!tags.empty()) work.done.push_back(phrase("tags {1}", {tags}));
  constexpr std::size_t shown = 5;
  auto const& history = work.known.history;
  std::size_t const begin = history.size() > shown ? history.size() - shown : 0;
  for (Message const& message : std::span{history}.subspan(begin)) {
    std::string const by = message.author.name.empty() ? message.author.address : message.author.name;
    bool const withdrawn = message.state == MessageState::withdrawn;
    work.done.push_back(
        phrase(withdrawn ? "{1} {2} by {3}, withdrawn before it left: {4}" : "{1} {2} by {3}: {4}",
               {iso(message.at), std::string{name(message.kind)}, by,
                message.reply.substr(0, message.reply.find('\n'))}));
  }
}

void tell_help(AgentWork& work) {
  for (CommandRow const& row : command_table())
    work.done.push_back(phrase("{1}: " + std::string{row.help}, {usage(row, spoken(work.agent().language))}));
}

}  // namespace

Trail trail(AgentWork const& work, std::string what, std::string detail) {
  std::string const by = work.claim.agent != nullptr ? "agent:" + work.claim.agent->handle : "stranger";
  return {work.ticket.id, work.known.now, by, std::move(what), std::move(detail)};
}

void set_assignee(AgentWork& work, std::string const& handle) {
  work.plan.changes.emplace_back(SetAssignee{handle});
  work.plan.trail.push_back(trail(work, "assigned", handle));
  work.ticket.assignee = handle;
}

void set_team(AgentWork& work, Team const& team) {
  work.plan.changes.emplace_back(SetTeam{team.name});
  work.plan.trail.push_back(trail(work, "team", work.ticket.team + " to " + team.name));
  work.ticket.team = team.name;
  if (team.name != work.ticket.first_team) return;
  // Who owns it has it again.
  work.ticket.first_team = work.ticket.first_agent = "";
  work.plan.changes.emplace_back(SetFirstLine{});
}

void give_to(AgentWork& work, Team const& team) {
  Known const& known = work.known;
  set_team(work, team);
  std::string const handle = whose_turn(team, *known.house, known.rota, known.presences, known.now);
  if (handle != work.ticket.assignee) set_assignee(work, handle);
  if (handle.empty()) return;
  if (team.assignment == Assignment::round_robin) work.plan.changes.emplace_back(SetTurn{team.name, handle});
  work.done.push_back(phrase("assigned to {1}", {known.house->agent(handle)->name}));
}

void hand_over(AgentWork& work, Team const& team) {
  work.done.push_back(phrase("given to team {1}", {team.name}));
  give_to(work, team);
  tell_crew(work);
}

void tell_former(AgentWork& work) {
  std::string const& had = work.known.ticket->assignee;
  bool const moved = work.ticket.id != work.known.ticket->id;
  if (had.empty() || moved || had == work.ticket.assignee || had == work.agent().handle) return;
  Agent const* former = work.known.house->agent(had);
  if (former == nullptr || former->addresses.empty()) return;
  bool const hears = std::any_of(work.plan.letters.begin(), work.plan.letters.end(), [&](Letter const& one) {
    return one.agent == had && (one.kind == LetterKind::assigned || one.kind == LetterKind::happened);
  });
  if (hears) return;
  Scribe const scribe{work.known, work.ticket, work.arrival.hash};
  Letter letter = scribe.to_agent(LetterKind::happened, *former);
  letter.lines = {not_theirs_any_more(work.known, work.ticket)};
  work.plan.letters.push_back(std::move(letter));
}

void set_status(AgentWork& work, Status status) {
  work.plan.changes.emplace_back(SetStatus{status});
  work.plan.trail.push_back(
      trail(work, "status", std::string{name(work.ticket.status)} + " to " + std::string{name(status)}));
  work.ticket.status = status;
}

Agent const* agent_called(AgentWork const& work, std::string const& wanted) {
  House const& house = *work.known.house;
  if (wanted == "me" || wanted == "meg" || wanted == "我" || wanted == "自己") return &work.agent();
  if (Agent const* by_handle = house.agent(wanted)) return by_handle;
  if (Agent const* by_address = house.agent_at(wanted)) return by_address;
  for (Agent const& one : house.agents)
    if (normal(one.name) == wanted) return &one;
  return nullptr;
}

void tell(AgentWork& work, Ticket const& ticket, std::string const& line, std::string const& words) {
  Scribe const scribe{work.known, ticket, work.arrival.hash};
  for (Letter& letter : scribe.to_crew(LetterKind::happened, work.claim.agent)) {
    letter.lines = {line};
    letter.text = words;
    work.plan.letters.push_back(std::move(letter));
  }
}

void check_together(AgentWork& work) {
  auto const count = [&](std::initializer_list<Verb> verbs) {
    return std::count_if(work.block.commands.begin(), work.block.commands.end(), [&](Command const& command) {
      return std::find(verbs.begin(), verbs.end(), command.verb) != verbs.end();
    });
  };
  if (count({Verb::close, Verb::resolve, Verb::wait, Verb::reopen}) > 1)
    work.faults.emplace_back("only one of /close, /resolve, /wait and /reopen can be meant");
  if (count({Verb::assign, Verb::take, Verb::unassign}) > 1)
    work.faults.emplace_back("the ticket can be given to one person only");
  if (count({Verb::use}) > 1) work.faults.emplace_back("one article at a time: say /use once");
  if (count({Verb::assign, Verb::take, Verb::unassign, Verb::escalate}) > 1 && count({Verb::escalate}) > 0)
    work.faults.emplace_back("/escalate gives the ticket away by itself");
  if (count({Verb::escalate}) > 0 && count({Verb::close, Verb::resolve, Verb::use}) > 0)
    work.faults.emplace_back("/escalate passes the work on: it can't stand with /close, /resolve or /use");
  if (count({Verb::find}) > 1) work.faults.emplace_back("one search at a time: say /find once");
  if (count({Verb::in, Verb::out, Verb::away}) > 1)
    work.faults.emplace_back("only one of /in, /out and /away can be meant");
  if (count({Verb::ask}) > 1) work.faults.emplace_back("one question at a time: say /ask once");
  if (count({Verb::ask}) > 0 && count({Verb::use, Verb::note, Verb::escalate}) > 0)
    work.faults.emplace_back(
        "your words go to the one you ask: /ask can't stand with /use, /note or /escalate");
  if (count({Verb::kb, Verb::publish, Verb::reject}) > 1)
    work.faults.emplace_back("only one of /kb, /publish and /reject can be meant");
  if (count({Verb::announce}) > 1) work.faults.emplace_back("one announcement at a time: say /announce once");
  if (count({Verb::announce}) > 0 && count({Verb::use, Verb::note, Verb::escalate, Verb::ask}) > 0)
    work.faults.emplace_back(
        "your words are what is announced: /announce can't stand with /use, /note, /ask or /escalate");
  if (count({Verb::merge, Verb::split, Verb::undo}) > 0 && work.block.commands.size() > 1)
    work.faults.emplace_back("/merge, /split and /undo stand alone in a mail");
  if (count({Verb::confirm}) > 0 && work.block.commands.size() > 1)
    work.faults.push_back(phrase("/confirm stands alone in a mail"));
  bool const note = work.note || work.claim.token->purpose == Purpose::note;
  if (note && count({Verb::use}) > 0)
    work.faults.emplace_back("/use sends an article to the requester, but this would be a note");
}

void run(AgentWork& work, Command const& command) {
  switch (command.verb) {
    case Verb::assign:
      return assign(work, command.argument);
    case Verb::take:
      return assign(work, "me");
    case Verb::unassign:
      return unassign(work);
    case Verb::note:
      work.note = true;
      return;
    case Verb::close:
      return end_with(work, Status::closed, "closed");
    case Verb::resolve:
      return end_with(work, Status::resolved, "resolved");
    case Verb::wait:
      return end_with(work, Status::waiting,
                      work.has(Verb::ask) ? "waiting for whom you ask" : "waiting for the requester");
    case Verb::reopen:
      work.plan.changes.emplace_back(EndQuestions{});
      return end_with(work, Status::open, "open again");
    case Verb::priority:
      work.ticket.priority = *priority_named(command.argument);
      work.plan.changes.emplace_back(SetPriority{work.ticket.priority});
      work.plan.trail.push_back(trail(work, "priority", command.argument));
      work.done.push_back(phrase("priority {1}", {command.argument}));
      return;
    case Verb::tag:
      return tag(work, command.argument);
    case Verb::use:
      return use(work, command.argument);
    case Verb::status:
      return tell_status(work);
    case Verb::help:
      return tell_help(work);
    case Verb::cancel:
      return cancel(work);
    case Verb::send:
      work.send_anyway = true;
      return;
    case Verb::kind:
      return set_kind(work, command.argument);
    case Verb::category:
      return set_category(work, command.argument);
    case Verb::impact:
    case Verb::urgency:
      return set_level(work, command.verb, command.argument);
    case Verb::merge:
      return merge(work, command.argument);
    case Verb::split:
      return split(work, command.argument);
    case Verb::link:
      return link(work, command.argument);
    case Verb::cc:
      return copy_to(work, command.argument);
    case Verb::invite:
      return invite(work, command.argument);
    case Verb::requester:
      return replace_requester(work, command.argument);
    case Verb::escalate:
      return escalate(work, command.argument);
    case Verb::ask:
      return ask(work, command.argument);
    case Verb::due:
      return promise(work, command.argument);
    case Verb::remind:
      return remind(work, command.argument);
    case Verb::undo:
      return undo(work);
    case Verb::find:
      return find(work, command.argument);
    case Verb::in:
      return come_in(work);
    case Verb::out:
      return go_out(work);
    case Verb::away:
      return go_away(work, command.argument);
    case Verb::announce:
      return announce(work, command.argument);
    case Verb::kb:
      return draft_article(work, command.argument);
    case Verb::publish:
      return publish(work, command.argument);
    case Verb::reject:
      return reject(work, command.argument);
    case Verb::confirm:
      // What can be confirmed has been taken aside before (desk/confirm.hpp).
      work.faults.push_back(phrase(
          "nothing was confirmed: reply /confirm, and no other words, to the refusal of a mail that was "
          "not known to be yours, once and within a week"));
      return;
    case Verb::macro:
      return;  // its commands stand in its place
  }
}

}  // namespace spoc::desk
