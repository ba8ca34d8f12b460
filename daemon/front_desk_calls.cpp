// SPDX-License-Identifier: GPL-3.0-or-later
// An agent's note of a phone call: who is meant, and the caller's ticket.
#include "daemon/front_desk.hpp"
#include "desk/call.hpp"
#include "desk/card.hpp"
#include "store/contact_book.hpp"
#include "store/contact_rows.hpp"
#include "store/contacts.hpp"
#include "store/outbox.hpp"
#include "store/tickets.hpp"

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

}  // namespace

/// The first reading of the note that means somebody who is known; else the first that is no mere guess.
void FrontDesk::know_call(store::Tx& tx, desk::Arrival const& arrival, desk::Known& known) const {
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
  return write_ruled(tx, desk::plan_call(arrival, known), arrival, known);
}

}  // namespace spoc::daemon
