// SPDX-License-Identifier: GPL-3.0-or-later
// apply(): the raw mail, its line in the ledger, and its place in quarantine.
#include "store/apply_steps.hpp"
#include "store/blobs.hpp"
#include "store/columns.hpp"
#include "store/ledger.hpp"
#include "store/ledger_rows.hpp"

namespace spoc::store {
namespace {

std::string_view outcome_of(desk::Plan const& plan) {
  if (plan.quarantine) return "quarantined";
  if (plan.duplicate) return "duplicate";
  return plan.open ? "opened" : "added";
}

}  // namespace

std::string raw_name(desk::Arrival const& arrival) {
  if (arrival.raw.empty()) return {};
  // Of a mail that is handed in again the ledger has a mark before the digest.
  return arrival.again ? arrival.hash.substr(arrival.hash.rfind(':') + 1) : arrival.hash;
}

void file_arrival(Tx& tx, desk::Plan const& plan, desk::Arrival const& arrival, desk::Time now) {
  if (arrival.line() != nullptr) return;  // chat lines are known by session and ref
  std::optional<desk::TicketId> ticket;
  if (plan.ticket != desk::TicketId{}) ticket = plan.ticket;
  if (!arrival.raw.empty()) keep_mail(tx, raw_name(arrival), arrival.raw, arrival.enclosed);
  enter(tx, arrival.place, arrival.hash, ticket, outcome_of(plan), now, arrival.to_clear);
  if (plan.quarantine) put_aside(tx, arrival, *plan.quarantine, ticket, now);
}

}  // namespace spoc::store
