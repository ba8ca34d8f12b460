// SPDX-License-Identifier: GPL-3.0-or-later
// The front desk's work that nobody's mail begins: what the clock brings, and buttons of letters.
#include "daemon/front_desk.hpp"
#include "desk/after_hours.hpp"
#include "desk/plan_tick.hpp"
#include "store/announcements.hpp"
#include "store/apply.hpp"
#include "store/article_uses.hpp"
#include "store/contacts.hpp"
#include "store/levels.hpp"
#include "store/outbox.hpp"
#include "store/reminders.hpp"
#include "store/tickets.hpp"

#include <algorithm>

namespace spoc::daemon {
namespace {

/// So many tickets a commit: mail must not wait for the clock.
constexpr std::size_t at_a_time = 50;

}  // namespace

store::Watched FrontDesk::watched() const {
  bool const timed = std::any_of(house_.rules.begin(), house_.rules.end(),
                                 [](desk::HouseRule const& rule) { return rule.after > desk::Duration{}; });
  bool const follows = std::any_of(house_.teams.begin(), house_.teams.end(),
                                   [](desk::Team const& team) { return !team.hand_over.empty(); });
  bool const all = timed || follows || !house_.policies.empty() || house_.close_after > desk::Duration{};
  return all ? store::Watched::all : store::Watched::promised;
}

std::optional<desk::Time> FrontDesk::next_moment(store::Tx& tx) const {
  auto const level = store::next_level(tx, watched());
  auto const reminder = store::next_reminder(tx);
  std::optional<desk::Time> next;
  for (auto const& moment :
       {level, reminder, next_digest(tx), store::next_end(tx), next_join(tx), store::next_unread(tx)})
    if (moment && (!next || *moment < *next)) next = moment;
  for (auto const& [owner, due] : store::untold_owners(tx))
    if (!next || due < *next) next = due;
  return next;
}

desk::News FrontDesk::remind(store::Tx& tx, desk::Reminder const& reminder) {
  desk::Known known = blank(tx);
  know_ticket(tx, reminder.ticket, known);
  if (!known.ticket) throw store::Fault{{Kind::missing, "the ticket of a reminder is not there"}};
  known.history = store::messages_of(tx, known.ticket->id);
  return write(tx, desk::plan_reminder(reminder, known), nullptr);
}

desk::News FrontDesk::look(store::Tx& tx, desk::TicketId ticket) {
  desk::Known known = blank(tx);
  know_ticket(tx, ticket, known);
  // What was merged lives on in the other ticket.
  if (!known.ticket || known.ticket->id != ticket) {
    store::put_off(tx, ticket, std::nullopt);
    return {};
  }
  know_reach(tx, *known.ticket, known);
  desk::Course const course = store::course_of(tx, ticket);
  desk::Plan plan = desk::plan_tick(course, store::level_of(tx, ticket), known);
  desk::pass_on_in_time(plan, course, known);
  if (!house_.rules.empty() || !plan.changes.empty()) know_rota(tx, known.ticket->requester, known);
  desk::apply_rules_in_time(plan, course, known);
  desk::return_to_owner(plan, known);
  return write(tx, plan, nullptr);
}

void FrontDesk::look_safely(store::Tx& tx, desk::TicketId ticket, std::vector<desk::News>& all) {
  Error fault;
  desk::News news;
  if (store::attempt(
          tx, [&](store::Tx& inner) { news = look(inner, ticket); }, &fault)) {
    // Widgets, webhooks and streams hear of what the clock did without a letter, too.
    bool const told = news.letters > 0 || news.calls > 0 || news.changed || !news.messages.empty();
    if (told) all.push_back(std::move(news));
    return;
  }
  // One ticket that can't be judged must not keep the others waiting.
  alarms_.push_back("the service level of #" + std::to_string(desk::number(ticket)) +
                    " could not be looked at: " + fault.what);
  store::put_off(tx, ticket, now() + std::chrono::hours{1});
}

std::vector<desk::TicketId> FrontDesk::to_look_at(store::Tx& tx,
                                                  std::optional<desk::TicketId>& surveyed) const {
  auto tickets = store::levels_due(tx, watched(), now(), at_a_time);
  if (!surveyed || tickets.size() >= at_a_time) return tickets;
  store::Stretch const stretch = store::unfinished_above(tx, *surveyed, at_a_time - tickets.size());
  for (desk::TicketId const one : stretch.tickets)
    if (std::find(tickets.begin(), tickets.end(), one) == tickets.end()) tickets.push_back(one);
  surveyed = stretch.seen;
  return tickets;
}

Result<std::optional<desk::Time>> FrontDesk::tick() {
  std::optional<desk::Time> next;
  auto const asked = store_.read("next moment", [&](store::Tx& tx) { next = next_moment(tx); });
  if (!asked) return asked.error();
  if (!surveyed_ && (!next || *next > now())) return next;

  std::vector<desk::News> all;
  auto surveyed = surveyed_;
  auto const done = store_.write("tick", [&](store::Tx& tx) {
    for (desk::Reminder const& reminder : store::reminders_due(tx, now(), at_a_time))
      all.push_back(remind(tx, reminder));
    join_outages(tx, all);
    tell_ends(tx, all);
    tell_keepers(tx, all);
    for (desk::TicketId const ticket : to_look_at(tx, surveyed)) look_safely(tx, ticket, all);
    write_digests(tx, all);
    if (auto const unread = store::queue_unread(tx, now()); unread > 0) {
      desk::News news;
      news.duplicate = true;  // the words themselves are no news
      news.letters = static_cast<std::size_t>(unread);
      all.push_back(std::move(news));
    }
    next = next_moment(tx);
  });
  sound_alarms(done.has_value());
  if (!done) return done.error();
  surveyed_ = surveyed;
  ring(all);
  return surveyed_ ? now() : next;
}

void FrontDesk::look_at_all() {
  if (watched() == store::Watched::all) surveyed_ = desk::TicketId{};
}

Result<desk::Ticket> FrontDesk::asked_about(std::string const& token) {
  auto const read = desk::read_token(token, sign_);
  if (!read || read->role != desk::Role::requester)
    return Error{Kind::denied, "a link of a letter whose token does not hold"};
  std::optional<desk::Ticket> ticket;
  auto const done =
      store_.read("asked about", [&](store::Tx& tx) { ticket = store::find_ticket(tx, read->ticket); });
  if (!done) return done.error();
  if (!ticket || !desk::issued_to(*read, ticket->requester_address.address, sign_))
    return Error{Kind::denied, "a link of a letter that was written to somebody else"};
  return std::move(*ticket);
}

desk::Plan FrontDesk::decision_of(store::Tx& tx, desk::Verdict verdict, desk::Known& known,
                                  Decision& decision) {
  auto const trail = store::trail_of(tx, known.ticket->id);
  // What was pressed before and is the newest news of the ticket says nothing more.
  bool const said =
      !trail.empty() && trail.back().what == "confirmed" && trail.back().detail == desk::solved_while_open;
  if (decision.what == desk::Decided::told && said) return {};
  if (decision.what != desk::Decided::linked) return desk::plan_verdict(verdict, known);
  for (desk::Trail const& one : trail)
    if (one.what == desk::went_on && one.at >= *known.ticket->closed)
      decision.other = desk::TicketId{std::stoll(one.detail.substr(1))};
  if (decision.other != desk::TicketId{}) return {};
  known.contact = store::find_contact(tx, known.ticket->requester).value_or(desk::Contact{});
  known.author.address = known.ticket->requester_address;
  known.next_ticket = decision.other = store::next_ticket(tx);
  know_reach(tx, *known.ticket, known);
  return desk::plan_verdict(verdict, known);
}

Result<FrontDesk::Decision> FrontDesk::decide(std::string const& token, desk::Verdict verdict) {
  auto const ticket = asked_about(token);
  if (!ticket) return ticket.error();
  Decision decision{*ticket, {}, {}};
  std::optional<desk::News> news;
  auto const done = store_.write("decide", [&](store::Tx& tx) {
    desk::Known known = blank(tx);
    know_ticket(tx, ticket->id, known);
    known.history = store::messages_of(tx, known.ticket->id);
    decision.what = desk::what_comes_of(verdict, known);
    desk::Plan plan = decision_of(tx, verdict, known, decision);
    if (plan.open) {
      desk::Arrival const arrival = desk::unsolved_late(known);
      news = write_ruled(tx, std::move(plan), arrival, known, false);
    } else if (!plan.changes.empty() || !plan.letters.empty()) {
      news = write_deed(tx, std::move(plan), known);
    }
    know_ticket(tx, ticket->id, known);
    decision.ticket = *known.ticket;
  });
  sound_alarms(done.has_value());
  if (!done) return done.error();
  if (news && around_.bell) around_.bell(*news);
  return decision;
}

}  // namespace spoc::daemon
