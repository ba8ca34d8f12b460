// SPDX-License-Identifier: GPL-3.0-or-later
// Outages and the rules of the house in a plan that is written, and rules in trials that leave nothing
// behind.
#include "daemon/front_desk.hpp"
#include "desk/plan_outage.hpp"
#include "store/announcements.hpp"
#include "store/levels.hpp"
#include "store/messages.hpp"
#include "store/tickets.hpp"

namespace spoc::daemon {

desk::News FrontDesk::write_ruled(store::Tx& tx, desk::Plan plan, desk::Arrival const& arrival,
                                  desk::Known const& known) {
  std::vector<desk::Announcement> announced;
  if (plan.open && !arrival.quiet) announced = store::announcements_in_force(tx, known.now);
  if (desk::Announcement const* outage = desk::outage_of(plan, announced, known)) {
    auto const heard =
        store::other_ticket_in(tx, outage->id, plan.open->requester_address.address, plan.ticket, false);
    desk::join_outage(plan, *outage, heard, known);
  }
  firings_ = desk::apply_rules(plan, arrival, known);
  return write(tx, plan, &arrival);
}

Result<std::vector<desk::Firing>> FrontDesk::try_rules(desk::Arrival arrival) {
  // A mail that is in already would be recognised, and nothing judged.
  arrival.hash += "-trial";
  arrival.place = {arrival.place.mailbox, 0, 0, arrival.hash};
  arrival.again = true;
  bool admitted = false;
  firings_.clear();
  auto const undone = store_.write("try rules", [&](store::Tx& tx) {
    admit(tx, arrival);
    admitted = true;
    throw store::Fault{{Kind::conflict, "only a trial: taken back"}};
  });
  alarms_.clear();
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
    desk::Message last;
    for (desk::Message& one : store::messages_of(tx, known.ticket->id))
      if (one.kind == desk::MessageKind::inbound) last = std::move(one);
    out = desk::rehearse_rules(last, store::course_of(tx, known.ticket->id), known);
  });
  if (!read) return read.error();
  if (!known.ticket)
    return Error{Kind::missing, "there is no ticket " + std::to_string(desk::number(ticket))};
  return out;
}

}  // namespace spoc::daemon
