// SPDX-License-Identifier: GPL-3.0-or-later
// A ticket follows the sun to a team that is open; what is due at night is offered to those who are at work.
#include "desk/after_hours.hpp"

#include "desk/phrase.hpp"
#include "desk/routing.hpp"
#include "desk/scribe.hpp"

#include <algorithm>

namespace spoc::desk {
namespace {

/// A moment that lies ahead: look again then.
void look_again(Plan& plan, Known const& known, std::optional<Time> moment) {
  LevelState& level = *plan.level;
  if (moment && *moment > known.now && (!level.next || *moment < *level.next)) level.next = moment;
}

/// What waits for the requester or is over needs nobody at night.
bool awaits_us(Ticket const& ticket) {
  return ticket.status == Status::fresh || ticket.status == Status::open;
}

bool hands_over(Team const& team, Ticket const& ticket) {
  auto const& which = team.hand_over;
  return !team.hours.empty() && std::find(which.begin(), which.end(), name(ticket.priority)) != which.end();
}

/// From a closed team to an open one alone: while nobody opens or closes it moves no further.
bool follow_the_sun(Plan& plan, Known const& known) {
  House const& house = *known.house;
  Ticket const& ticket = *known.ticket;
  Team const* const own = house.team(ticket.team);
  if (own == nullptr || !hands_over(*own, ticket)) return false;
  Calendar const& hours = house.calendar(own->hours);
  if (hours.open_at(known.now)) {
    look_again(plan, known, hours.next_closing(known.now));
    return false;
  }
  Route const to = route(house, ticket, known_site(known, ticket), known.now);
  Team const* const team = house.team(to.team);
  if (team == nullptr || team == own || !house.calendar(team->hours).open_at(known.now)) {
    // Who is open and does not get it now gets it by no later opening either.
    for (Team const& one : house.teams) {
      Calendar const& theirs = house.calendar(one.hours);
      if (!theirs.open_at(known.now)) look_again(plan, known, theirs.next_opening(known.now));
    }
    return false;
  }
  plan.changes.emplace_back(SetTeam{team->name});
  if (!ticket.assignee.empty()) plan.changes.emplace_back(SetAssignee{});
  if (ticket.first_team == team->name) plan.changes.emplace_back(SetFirstLine{});
  plan.trail.push_back({ticket.id, known.now, "desk", "handed over", own->name + " is closed: " + to.reason});
  look_again(plan, known, house.calendar(team->hours).next_closing(known.now));
  return true;
}

/// Members of the ticket's team who are at work; where none is, when the first of them will be.
std::vector<Agent const*> colleagues_at_work(Plan& plan, Agent const& but, Known const& known) {
  House const& house = *known.house;
  std::vector<Agent const*> out;
  for (Agent const* one : house.members(known.ticket->team)) {
    if (one == &but || one->addresses.empty() || is_absent(known.presences, one->handle, known.now)) continue;
    if (at_work(house, known.presences, *one, known.now))
      out.push_back(one);
    else
      look_again(plan, known, house.calendar(one->hours).next_opening(known.now));
  }
  return out;
}

/// The mark of this absence: until they are back, once.
std::string mark_of(Agent const& agent, Time back) {
  return "off/" + agent.handle + "/" + std::to_string(to_number(back));
}

void offer_meanwhile(Plan& plan, Course const& course, Known const& known) {
  House const& house = *known.house;
  Ticket const& ticket = *known.ticket;
  Agent const* const has = house.agent(ticket.assignee);
  if (has == nullptr || has->hours.empty() || is_absent(known.presences, has->handle, known.now)) return;
  Calendar const& hours = house.calendar(has->hours);
  if (hours.open_at(known.now)) return look_again(plan, known, hours.next_closing(known.now));
  if (works_overtime(known.presences, has->handle, known.now))
    return look_again(plan, known, known.presences.at(has->handle).until);
  Time const back = hours.next_opening(known.now).value_or(Time::max());
  std::string const mark = mark_of(*has, back);
  auto& told = plan.level->told;
  bool const due = plan.level->due && *plan.level->due < back;
  if (!due || std::find(told.begin(), told.end(), mark) != told.end()) return;
  auto const colleagues = colleagues_at_work(plan, *has, known);
  if (colleagues.empty()) return;
  std::erase_if(told, [](std::string const& had) { return had.starts_with("off/"); });
  told.push_back(mark);
  std::string names;
  Scribe const scribe{known, ticket, mark};
  for (Agent const* one : colleagues) {
    Letter letter = scribe.to_agent(LetterKind::happened, *one);
    letter.lines = {
        phrase("{1} has gone home, and this is due before they are back; it waits for whoever takes it",
               {has->name})};
    if (!course.exchanges.empty()) letter.about = course.exchanges.back().id;
    plan.letters.push_back(std::move(letter));
    names += (names.empty() ? "" : ", ") + one->handle;
  }
  plan.trail.push_back(
      {ticket.id, known.now, "desk", "offered", names + ": " + has->handle + " is not at work"});
}

}  // namespace

void pass_on_in_time(Plan& plan, Course const& course, Known const& known) {
  bool const ends = std::any_of(plan.changes.begin(), plan.changes.end(),
                                [](Change const& one) { return std::holds_alternative<SetStatus>(one); });
  if (!plan.level || course.spans.empty() || ends || !awaits_us(*known.ticket)) return;
  if (!follow_the_sun(plan, known)) offer_meanwhile(plan, course, known);
}

}  // namespace spoc::desk
