// SPDX-License-Identifier: GPL-3.0-or-later
// An agent's note of a phone call: who is meant, and the caller's ticket.
#include "daemon/front_desk.hpp"
#include "desk/call.hpp"
#include "desk/card.hpp"
#include "store/contact_addresses.hpp"
#include "store/contact_book.hpp"
#include "store/contact_rows.hpp"
#include "store/contacts.hpp"
#include "store/outbox.hpp"
#include "store/tickets.hpp"

#include <utility>

namespace spoc::daemon {
namespace {

/// A caller of whom nobody has heard.
desk::Contact add_caller(store::Tx& tx, desk::Call const& call, desk::Time now) {
  desk::Contact contact;
  contact.name = call.name;
  if (!call.phone.empty()) contact.phones = {call.phone};
  store::keep_contact(tx, contact, now);
  if (call.address.empty()) return contact;
  store::add_address(tx, contact.id, call.address);
  contact.addresses = {call.address};
  return contact;
}

/// A caller who is said to be new: an address that somebody has is no newcomer's, and nothing is written
/// then.
desk::Contact add_newcomer(store::Tx& tx, desk::House const& house, desk::Call call, desk::Time now) {
  std::string const address = std::exchange(call.address, {});
  desk::Contact contact = add_caller(tx, call, now);
  if (!address.empty()) store::give_address(tx, house, contact, address);
  return contact;
}

}  // namespace

/// The first reading of the note that means somebody who is known; else the first that is no mere guess.
void FrontDesk::know_call(store::Tx& tx, desk::Arrival const& arrival, desk::Known& known) const {
  if (arrival.call && arrival.call->fresh) {
    known.call = *arrival.call;
    known.contact = add_newcomer(tx, house_, *arrival.call, known.now);
    return;
  }
  std::vector<desk::Call> const readings =
      arrival.call ? std::vector{*arrival.call} : desk::calls_in(*arrival.mail());
  for (desk::Call const& one : readings) {
    known.callers = store::contacts_meant(tx, one);
    if (known.callers.empty()) continue;
    known.call = one;
    break;
  }
  for (desk::Call const& one : readings)
    if (!known.call && one.certain && desk::why_no_contact(one.address, house_).empty()) known.call = one;
  if (!known.call) return;
  if (known.callers.size() == 1) known.contact = known.callers.front();
  if (known.callers.empty()) known.contact = add_caller(tx, *known.call, known.now);
}

desk::News FrontDesk::admit_call(store::Tx& tx, desk::Arrival const& arrival, desk::Known& known) {
  know_call(tx, arrival, known);
  std::string const address = known.contact.addresses.empty() ? "" : known.contact.addresses.front();
  known.answer_to = {};
  known.dead_address = !address.empty() && store::is_dead(tx, address);
  known.automatic_sent = store::automatic_since(tx, address, known.now - std::chrono::hours{1});
  known.next_ticket = store::next_ticket(tx);
  know_similar(tx, arrival, known);
  desk::Plan plan = desk::plan_call(arrival, known);
  // Whoever noted it by the API reads here what the receipt says, which goes to the agent all the same: they
  // can answer it.
  if (order_ != nullptr)
    for (desk::Letter const& one : plan.letters)
      if (one.kind == desk::LetterKind::receipt) carried_.lines = one.lines;
  return write_ruled(tx, std::move(plan), arrival, known);
}

}  // namespace spoc::daemon
