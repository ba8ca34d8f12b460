// SPDX-License-Identifier: GPL-3.0-or-later
// /in, /out and /away: whether the agent is there, and what becomes of their tickets meanwhile.
#include "desk/agent_work.hpp"
#include "desk/phrase.hpp"
#include "desk/scribe.hpp"

namespace spoc::desk {
namespace {

void set_presence(AgentWork& work, Presence presence) {
  std::string const until = presence.until ? " until " + iso(*presence.until) : "";
  work.plan.changes.emplace_back(SetPresence{work.agent().handle, presence});
  work.plan.trail.push_back(trail(work, "presence", std::string{name(presence.where)} + until));
}

/// Who says so outside their hours is there for a shift, or until their hours begin: few say /out each time.
Presence in_now(AgentWork const& work) {
  constexpr Duration shift = std::chrono::hours{8};
  Time const now = work.known.now;
  Calendar const& hours = work.known.house->calendar(work.agent().hours);
  if (hours.open_at(now)) return {};
  return {Whereabouts::in, std::min(hours.next_opening(now).value_or(now + shift), now + shift), false};
}

/// The agent's tickets that a colleague's teams have.
std::vector<Ticket const*> offered_to(AgentWork const& work, Agent const& colleague) {
  std::vector<Ticket const*> out;
  for (Ticket const& ticket : work.known.own_tickets) {
    auto const members = work.known.house->members(ticket.team);
    if (std::find(members.begin(), members.end(), &colleague) != members.end()) out.push_back(&ticket);
  }
  return out;
}

/// One letter a colleague, with all that is theirs to take; a reply to a line's address goes to its ticket.
/// The author hears that it was written.
void offer_tickets(AgentWork& work, std::string const& line) {
  for (Agent const& colleague : work.known.house->agents) {
    bool const there = !is_absent(work.known.presences, colleague.handle, work.known.now);
    auto const tickets = offered_to(work, colleague);
    if (&colleague == work.claim.agent || colleague.addresses.empty() || !there || tickets.empty()) continue;
    Scribe const scribe{work.known, *tickets.front(), work.arrival.hash};
    Letter letter = scribe.to_agent(LetterKind::happened, colleague);
    letter.lines.push_back(line);
    for (Ticket const* one : tickets)
      letter.lines.push_back(phrase("{1}: {2}", {shown(*one), reply_address(work.known, *one, colleague)}));
    work.plan.letters.push_back(std::move(letter));
  }
  if (!work.known.own_tickets.empty())
    work.done.push_back(phrase("your team was told of your {1} unfinished tickets",
                               {std::to_string(work.known.own_tickets.size())}));
}

}  // namespace

std::string shown(Ticket const& ticket) {
  return "#" + std::to_string(number(ticket.id)) + " \"" + ticket.subject + "\"";
}

void come_in(AgentWork& work) {
  Presence const said = in_now(work);
  set_presence(work, said);
  work.done.push_back(said.until
                          ? phrase("you are in until {1}, although these are not your hours; /out ends it",
                                   {iso(*said.until)})
                          : phrase("you are in"));
  for (Ticket const& one : work.known.own_tickets)
    work.done.push_back(phrase("{1}: {2}", {shown(one), reply_address(work.known, one, work.agent())}));
}

void go_out(AgentWork& work) {
  set_presence(work, {Whereabouts::out, {}, false});
  work.done.push_back(
      phrase("you are out until you say /in; mails about your tickets go to the team as well"));
  offer_tickets(work, phrase("{1} is out; these tickets wait for whoever takes them", {work.agent().name}));
}

void go_away(AgentWork& work, std::string const& argument) {
  Zone const& zone = work.known.house->zone_of(work.agent().handle);
  auto const until = argument.empty() ? std::nullopt : day_named(argument, work.known.now, zone);
  if (!argument.empty() && !until) {
    work.faults.push_back(phrase("/away takes the day on which you are back, like {1}, not \"{2}\"",
                                 {day_in(zone, work.known.now + std::chrono::days{7}), argument}));
    return;
  }
  set_presence(work, {Whereabouts::away, until, false});
  std::string const day = until ? day_in(zone, *until) : "";
  work.done.push_back(
      until ? phrase("you are away until {1}; mails about your tickets go to the team as well", {day})
            : phrase("you are away until you say /in; mails about your tickets go to the team as well"));
  std::string const& own = work.agent().name;
  offer_tickets(work,
                until ? phrase("{1} is away until {2}; these tickets wait for whoever takes them", {own, day})
                      : phrase("{1} is away; these tickets wait for whoever takes them", {own}));
}

void notice_absence(AgentWork& work) {
  // RFC 5230 4.2: a responder may keep silent to the same address for a week.
  Presence const said{Whereabouts::away, work.known.now + std::chrono::days{7}, true};
  bool const known = is_absent(work.known.presences, work.agent().handle, work.known.now);
  if (work.mail.kind != MailKind::auto_reply || known) return;
  set_presence(work, said);
  if (work.arrival.quiet) return;
  offer_tickets(work,
                phrase("{1} is away, says their vacation note; these tickets wait for whoever takes them",
                       {work.agent().name}));
}

void notice_return(AgentWork& work) {
  // A program that acts in their name says nothing of where they are.
  if (work.arrival.by_program) return;
  auto const found = work.known.presences.find(work.agent().handle);
  bool const said = work.has(Verb::in) || work.has(Verb::out) || work.has(Verb::away);
  if (found != work.known.presences.end() && found->second.by_note && !said) set_presence(work, {});
}

}  // namespace spoc::desk
