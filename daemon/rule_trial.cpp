// SPDX-License-Identifier: GPL-3.0-or-later
// Outages and the rules of the house in a plan that is written, also of answers that have left and of what
// requesters do by buttons; and rules in trials that leave nothing behind.
#include "daemon/front_desk.hpp"
#include "desk/plan_outage.hpp"
#include "store/announcements.hpp"
#include "store/contacts.hpp"
#include "store/levels.hpp"
#include "store/outbox.hpp"
#include "store/tickets.hpp"

#include <algorithm>

namespace spoc::daemon {

void FrontDesk::know_reach(store::Tx& tx, desk::Ticket const& ticket, desk::Known& known) const {
  std::string const& address = ticket.requester_address.address;
  known.dead_address = store::is_dead(tx, address);
  known.visitor_present = !ticket.session.empty() && around_.present && around_.present(ticket.session);
  known.automatic_sent = store::automatic_since(tx, address, known.now - std::chrono::hours{1});
}

void FrontDesk::know_for_rules(store::Tx& tx, desk::Plan const& plan, desk::Known& known) const {
  desk::Ticket const* ticket = plan.open ? &*plan.open : known.ticket ? &*known.ticket : nullptr;
  if (ticket == nullptr || (!plan.open && !plan.split && house_.rules.empty())) return;
  know_rota(tx, ticket->requester, known);
  if (house_.rules.empty()) return;
  std::string const& address = ticket->requester_address.address;
  bool const own = desk::normal(address) == desk::normal(known.author.address.address);
  int const sent = known.automatic_sent, mails = known.mails;
  know_reach(tx, *ticket, known);
  if (own) return;
  known.mails = store::recent_mails(tx, address, known.now);
  // A third person may be a machine that answers what the rules write; an agent is none.
  if (known.author.agent != nullptr) return;
  known.automatic_sent = std::max(sent, known.automatic_sent);
  known.mails = std::max(mails, known.mails);
}

desk::News FrontDesk::write_ruled(store::Tx& tx, desk::Plan plan, desk::Arrival const& arrival,
                                  desk::Known& known, bool filed) {
  std::vector<desk::Announcement> announced;
  if ((plan.open || plan.split) && !plan.quarantine && !arrival.quiet)
    announced = store::announcements_in_force(tx, known.now);
  if (desk::Announcement const* outage = desk::outage_of(plan, announced, known)) {
    desk::Ticket const& ticket = plan.open ? *plan.open : *known.ticket;
    auto const heard =
        store::other_ticket_in(tx, outage->id, ticket.requester_address.address, plan.ticket, false);
    if (plan.split || !ticket.session.empty()) know_reach(tx, ticket, known);
    desk::join_outage(plan, *outage, heard, known);
  }
  know_for_rules(tx, plan, known);
  firings_ = desk::apply_rules(plan, arrival, known);
  if (!arrival.quiet) desk::return_to_owner(plan, known);
  desk::News news = write(tx, plan, filed ? &arrival : nullptr);
  for (desk::Change const& one : plan.changes)
    if (auto const* split = std::get_if<desk::SplitOff>(&one))
      beside_.push_back(open_split(tx, *split, arrival, known.author));
  return news;
}

desk::News FrontDesk::write_deed(store::Tx& tx, desk::Plan plan, desk::Known& known) {
  known.author.address = known.ticket->requester_address;
  desk::Arrival cause;
  cause.hash = "deed/" + std::to_string(desk::to_number(known.now));
  cause.what = desk::Unreadable{};
  return write_ruled(tx, std::move(plan), cause, known, false);
}

desk::News FrontDesk::open_split(store::Tx& tx, desk::SplitOff const& split, desk::Arrival const& arrival,
                                 desk::Author const& author) {
  desk::Known known = blank(tx);
  know_ticket(tx, split.fresh.id, known);
  known.history = store::messages_of(tx, split.fresh.id);
  known.author = author;
  desk::Arrival cause;
  cause.hash = arrival.hash + "/split";
  cause.quiet = arrival.quiet;
  cause.what = desk::Unreadable{};
  return write_ruled(tx, desk::plan_split(split, cause, known), cause, known, false);
}

desk::News FrontDesk::tell_said(store::Tx& tx, desk::Message const& message) {
  desk::Known known = blank(tx);
  know_ticket(tx, message.ticket, known);
  known.author = {message.author, house_.agent(message.agent)};
  desk::Plan plan;
  plan.ticket = message.ticket;
  plan.said = {message};
  bool const answer = message.kind == desk::MessageKind::outbound;
  plan.trail.push_back(
      {plan.ticket, known.now, "desk", "left", (answer ? "answer of " : "question of ") + message.agent});
  desk::Arrival cause;
  cause.hash = "said/" + std::to_string(desk::number(message.id));
  cause.what = desk::Unreadable{};
  return write_ruled(tx, std::move(plan), cause, known, false);
}

desk::News FrontDesk::say(store::Tx& tx, desk::Message const& message) {
  Error fault;
  desk::News news;
  bool const told = store::attempt(
      tx, [&](store::Tx& inner) { news = tell_said(inner, message); }, &fault);
  // No rule may hold up the letters.
  if (!told) {
    alarms_.push_back("what comes of an answer in #" + std::to_string(desk::number(message.ticket)) +
                      " could not be written: " + fault.what);
    news = {};
    news.ticket = message.ticket;
    news.messages = {message};
    if (auto const ticket = store::find_ticket(tx, message.ticket)) news.session = ticket->session;
  }
  // Where nobody reads along, the words themselves are no news.
  news.duplicate = news.session.empty();
  return news;
}

Result<std::vector<desk::Firing>> FrontDesk::try_rules(desk::Arrival arrival) {
  // A mail that is in already would be recognised, and nothing judged.
  arrival.hash += "-trial";
  arrival.place = {arrival.place.mailbox, 0, 0, arrival.hash};
  arrival.again = true;
  bool admitted = false;
  firings_.clear();
  std::size_t const beside = beside_.size();
  auto const undone = store_.write("try rules", [&](store::Tx& tx) {
    admit(tx, arrival);
    admitted = true;
    throw store::Fault{{Kind::conflict, "only a trial: taken back"}};
  });
  alarms_.clear();
  beside_.resize(beside);
  if (!admitted) return undone.error();
  return firings_;
}

Result<std::vector<desk::Firing>> FrontDesk::try_rules(desk::TicketId ticket) {
  std::vector<desk::Firing> out;
  desk::Known known;
  auto const read = store_.read("try rules", [&](store::Tx& tx) {
    known = blank(tx);
    know_ticket(tx, ticket, known);
    if (!known.ticket) return;
    know_reach(tx, *known.ticket, known);
    know_rota(tx, known.ticket->requester, known);
    desk::TicketId const id = known.ticket->id;
    out = desk::rehearse_rules(store::course_of(tx, id), store::level_of(tx, id), known);
  });
  if (!read) return read.error();
  if (!known.ticket)
    return Error{Kind::missing, "there is no ticket " + std::to_string(desk::number(ticket))};
  return out;
}

}  // namespace spoc::daemon
