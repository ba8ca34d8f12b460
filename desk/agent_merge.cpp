// SPDX-License-Identifier: GPL-3.0-or-later
// /merge, /split and /link: tickets that turn out to be one, or two.
#include "desk/agent_work.hpp"
#include "desk/phrase.hpp"
#include "desk/routing.hpp"
#include "desk/screen.hpp"
#include "desk/scribe.hpp"

#include <charconv>
#include <utility>

namespace spoc::desk {
namespace {

std::string number_of(Ticket const& ticket) { return "#" + std::to_string(number(ticket.id)); }

/// The ticket that the argument names, merges followed; a fault where it can't be meant.
Ticket const* named(AgentWork& work, std::string const& argument) {
  std::int64_t wanted = 0;
  std::from_chars(argument.data(), argument.data() + argument.size(), wanted);
  auto const found = work.known.others.find(wanted);
  if (found == work.known.others.end()) {
    work.faults.push_back(phrase("there is no ticket #{1}", {argument}));
    return nullptr;
  }
  if (found->second.id == work.ticket.id) {
    work.faults.push_back(wanted == number(work.ticket.id)
                              ? phrase("#{1} is this very ticket", {argument})
                              : phrase("#{1} was merged into this very ticket", {argument}));
    return nullptr;
  }
  return &found->second;
}

/// A person of the other ticket goes on getting the answers.
void keep_informed(AgentWork& work, Ticket const& target) {
  Address const& person = work.ticket.requester_address;
  if (person.address.empty() || normal(person.address) == normal(target.requester_address.address)) return;
  work.done.push_back(phrase("{1} gets copies of the answers from now on", {person.address}));
}

/// Teams whose addresses the source was written to as well: they hear of the target now.
std::vector<std::string> teams_to_carry(AgentWork& work, Ticket const& target) {
  std::vector<std::string> out;
  for (std::string const& team : work.ticket.other_teams) {
    auto const& had = target.other_teams;
    if (team == target.team || std::find(had.begin(), had.end(), team) != had.end()) continue;
    out.push_back(team);
    work.done.push_back(phrase("team {1} hears of it as well from now on", {team}));
  }
  return out;
}

/// A line that passed the source on goes on owning the matter, unless the target has an owner or is with that
/// very line.
void carry_owner(AgentWork& work, Ticket const& target, MergeInto& change) {
  std::string const& owner = work.ticket.first_team;
  bool const known = work.known.house->team(owner) != nullptr;
  if (!known || !target.first_team.empty() || target.team == owner) return;
  change.first_team = owner;
  change.first_agent = work.ticket.first_agent;
  work.done.push_back(phrase("team {1}, who passed it on, owns {2} from now on", {owner, number_of(target)}));
}

/// Who work on the source, and who passed it on to them.
std::vector<Agent const*> concerned(AgentWork const& work, Ticket const& source) {
  std::vector<Agent const*> all = crew(work.known, source);
  if (source.first_team.empty()) return all;
  Ticket owned = source;
  owned.team = source.first_team;
  owned.assignee = source.first_agent;
  for (Agent const* one : crew(work.known, owned))
    if (std::find(all.begin(), all.end(), one) == all.end()) all.push_back(one);
  return all;
}

/// Those who hear of the target by its own notice are left out.
void tell_concerned(AgentWork& work, Ticket const& source, Ticket const& target, std::string const& line) {
  auto const told = crew(work.known, target);
  for (Agent const* one : concerned(work, source)) {
    if (one == work.claim.agent || std::find(told.begin(), told.end(), one) != told.end()) continue;
    Letter letter = Scribe{work.known, target, work.arrival.hash}.to_agent(LetterKind::happened, *one);
    letter.lines = {line};
    work.plan.letters.push_back(std::move(letter));
  }
}

/// What is over takes nothing that is not: it would be over with it, and nobody would have answered.
std::string why_not_into(AgentWork const& work, Ticket const& target) {
  if (!work.ticket.session.empty()) return phrase("this ticket is a chat: merge the other one into it");
  if (target.status == Status::closed) return phrase("{1} is closed: /reopen it first", {number_of(target)});
  if (target.status == Status::resolved && !finished(work.ticket.status))
    return phrase("{1} is resolved, and this ticket is not: /reopen it first", {number_of(target)});
  return "";
}

std::string subject_of(AgentWork const& work, std::string const& argument) {
  if (!argument.empty()) return argument;
  return work.known.answered->subject.empty() ? work.ticket.subject : work.known.answered->subject;
}

std::string why_not_split(AgentWork const& work) {
  Known const& known = work.known;
  if (!known.answered || known.answered->ticket != work.ticket.id)
    return phrase("reply to the notice of the message that shall become a ticket of its own");
  if (known.answered->kind != MessageKind::inbound)
    return phrase("only what a requester wrote can become a ticket of its own");
  if (known.answered->channel == Channel::chat) return phrase("a line of a chat can't be split off");
  if (known.answered_first) return phrase("it is the message that opened this ticket");
  return "";
}

bool is_of(House const& house, std::string const& team, Agent const& agent) {
  auto const members = house.members(team);
  return std::find(members.begin(), members.end(), &agent) != members.end();
}

/// Who wrote it, where that is not the requester and they are known; nullptr otherwise.
Contact const* other_writer(AgentWork const& work, Message const& message) {
  std::string const address = normal(message.author.address);
  auto const found = work.known.people_at.find(address);
  bool const other = address != normal(work.ticket.requester_address.address);
  return other && found != work.known.people_at.end() ? &found->second : nullptr;
}

bool is_vip(Known const& known, Ticket const& fresh) {
  auto const marked = [&](Contact const& one) { return one.vip && one.id == fresh.requester; };
  return marked(known.contact) || marked(known.requester) ||
         known.house->is_vip(fresh.requester_address.address);
}

/// Filed and routed by its own words, as any new ticket. But who has the old one and splits it has this one
/// too, unless it is about something for which others are there; and where nothing says whose it is, it stays
/// with the team.
void file_apart(AgentWork& work, Ticket& fresh, Message const& message) {
  House const& house = *work.known.house;
  Ticket const& old = work.ticket;
  bool const theirs = old.assignee == work.agent().handle;
  Plan scratch;
  if (Mailbox const* mailbox = house.mailbox(fresh.mailbox)) {
    Known known = work.known;
    if (Contact const* writer = other_writer(work, message)) known.contact = *writer;
    scratch.open = fresh;
    place(scratch, *mailbox, fresh.subject + "\n" + message.reply, is_vip(known, fresh), known);
    fresh = *scratch.open;
  }
  auto const routed = [](Trail const& one) { return one.what == "routed"; };
  bool const by_matter = !whole_category(house, fresh.category).teams.empty();
  if ((theirs && !by_matter) || std::none_of(scratch.trail.begin(), scratch.trail.end(), routed)) {
    fresh.team = old.team;
    std::erase_if(scratch.trail, routed);
  }
  if (theirs && (fresh.team == old.team || is_of(house, fresh.team, work.agent())))
    fresh.assignee = old.assignee;
  work.plan.trail.insert(work.plan.trail.end(), scratch.trail.begin(), scratch.trail.end());
}

Ticket fresh_ticket(AgentWork const& work, Message const& message, std::string const& subject) {
  Ticket fresh = work.ticket;
  fresh.id = work.known.next_ticket;
  fresh.subject = subject;
  fresh.status = Status::fresh;
  if (normal(message.author.address) != normal(fresh.requester_address.address)) fresh.requester = {};
  if (Contact const* writer = other_writer(work, message)) {
    fresh.requester = writer->id;
    if (!writer->language.empty()) fresh.language = spoken(writer->language);
  }
  fresh.requester_address = message.author;
  fresh.participants = {message.author};
  fresh.copies.clear();
  std::erase_if(fresh.tags, [](std::string const& tag) { return !is_of_machines(tag); });
  fresh.invited.clear();
  fresh.category.clear();
  fresh.assignee.clear();
  fresh.first_team = fresh.first_agent = fresh.session = "";
  fresh.related = work.ticket.id;
  fresh.rule = "split";
  fresh.opened = fresh.changed = work.known.now;
  fresh.closed.reset();
  fresh.passed_on.reset();
  fresh.promise.reset();
  return fresh;
}

void note_there(AgentWork& work, Ticket const& fresh, std::string what, std::string detail) {
  Trail line = trail(work, std::move(what), std::move(detail));
  line.ticket = fresh.id;
  work.plan.trail.push_back(std::move(line));
}

}  // namespace

void merge(AgentWork& work, std::string const& argument) {
  Ticket const* target = named(work, argument);
  if (target == nullptr) return;
  if (std::string const fault = why_not_into(work, *target); !fault.empty()) {
    work.faults.push_back(fault);
    return;
  }
  std::string const here = number_of(work.ticket), there = number_of(*target);
  std::string const line =
      phrase("{1} \"{2}\" was merged into {3} by {4}", {here, work.ticket.subject, there, work.agent().name});
  work.done.push_back(line);
  MergeInto change{target->id, teams_to_carry(work, *target), work.ticket.invited};
  keep_informed(work, *target);
  carry_owner(work, *target, change);
  work.plan.changes.emplace_back(change);
  Ticket const source = work.ticket;
  work.ticket = *target;
  if (!change.first_team.empty()) {
    work.ticket.first_team = change.first_team;
    work.ticket.first_agent = change.first_agent;
  }
  // From here on it is the other ticket's trail.
  work.plan.trail.push_back(trail(work, "merged", here + " into " + there));
  tell(work, *target, line, "");
  tell_concerned(work, source, *target, line);
  // Words beside it are for colleagues: it is not settled whom else they would reach.
  work.note = !work.block.words.empty();
}

void split(AgentWork& work, std::string const& argument) {
  if (std::string const fault = why_not_split(work); !fault.empty()) {
    work.faults.push_back(fault);
    return;
  }
  Message const& message = *work.known.answered;
  Ticket fresh = fresh_ticket(work, message, subject_of(work, argument));
  work.plan.trail.push_back(trail(work, "split", number_of(fresh) + " from " + number_of(work.ticket)));
  note_there(work, fresh, "opened", "split from " + number_of(work.ticket));
  file_apart(work, fresh, message);
  if (!fresh.assignee.empty()) note_there(work, fresh, "assigned", fresh.assignee);
  work.plan.changes.emplace_back(SplitOff{fresh, message.id});
  work.done.push_back(phrase("{1} \"{2}\" is a ticket of its own now", {number_of(fresh), fresh.subject}));
  work.note = !work.block.words.empty();
}

Plan plan_split(SplitOff const& split, Arrival const& cause, Known const& known) {
  Plan plan;
  plan.ticket = known.ticket->id;
  plan.split = true;
  for (Message const& one : known.history)
    if (one.id == split.message) plan.said = {one};
  if (cause.quiet) return plan;
  Scribe const scribe{known, *known.ticket, cause.hash};
  for (Letter& letter : scribe.to_crew(LetterKind::opened)) {
    letter.about = split.message;
    plan.letters.push_back(std::move(letter));
  }
  return plan;
}

void link(AgentWork& work, std::string const& argument) {
  Ticket const* other = named(work, argument);
  if (other == nullptr) return;
  work.plan.changes.emplace_back(SetRelated{other->id});
  work.ticket.related = other->id;
  work.plan.trail.push_back(trail(work, "linked", number_of(*other)));
  work.done.push_back(phrase("linked to {1} \"{2}\"", {number_of(*other), other->subject}));
}

}  // namespace spoc::desk
