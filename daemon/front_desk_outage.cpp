// SPDX-License-Identifier: GPL-3.0-or-later
// The front desk's part in known outages that the clock brings: open tickets join them, and all hear of the
// end.
#include "daemon/front_desk.hpp"
#include "desk/plan_outage.hpp"
#include "store/announcements.hpp"
#include "store/tickets.hpp"

#include <algorithm>

namespace spoc::daemon {
namespace {

/// So many tickets a commit: mail must not wait for the clock.
constexpr std::size_t told_at_a_time = 50;

}  // namespace

std::optional<desk::Time> FrontDesk::next_join(store::Tx& tx) const {
  auto const waiting = store::announcements_to_join(tx, now(), desk::outage_reach);
  // In their turn, as join_outages() takes them.
  return waiting.empty() ? std::nullopt : std::optional{desk::joins_at(waiting.front(), house_)};
}

void FrontDesk::join_outages(store::Tx& tx, std::vector<desk::News>& all) {
  for (desk::Announcement const& issue : store::announcements_to_join(tx, now(), desk::outage_reach)) {
    if (desk::joins_at(issue, house_) > now()) return;
    auto open = store::tickets_before(tx, issue, issue.made - desk::outage_reach, desk::outage_most);
    std::vector<desk::Announcement> const one{issue};
    desk::Fold const fold = blank(tx).fold;
    std::erase_if(open, [&](store::Before const& each) {
      return desk::known_issue(one, each.words, now(), fold) == nullptr;
    });
    // Whoever has several reads it by one that nobody has answered.
    std::stable_partition(open.begin(), open.end(), [](store::Before const& each) { return !each.answered; });
    std::size_t const some = std::min(open.size(), told_at_a_time);
    for (std::size_t i = 0; i < some; ++i) {
      desk::Known known = blank(tx);
      know_ticket(tx, open[i].ticket, known);
      if (!known.ticket) continue;
      know_reach(tx, *known.ticket, known);
      auto const heard = store::other_ticket_in(tx, issue.id, known.ticket->requester_address.address,
                                                known.ticket->id, false);
      all.push_back(write(tx, desk::plan_joins_outage(issue, heard, open[i].answered, known), nullptr));
    }
    // The others come with the next tick.
    if (some < open.size()) return;
    store::note_joined(tx, issue.id);
  }
}

/// Whose tickets belong to an outage that is over.
void FrontDesk::tell_ends(store::Tx& tx, std::vector<desk::News>& all) {
  for (store::Untold const& one : store::untold_ends(tx, now(), told_at_a_time)) {
    desk::AnnouncementId const id = one.announcement.id;
    store::end_was_told(tx, id, one.ticket, false);
    desk::Known known = blank(tx);
    know_ticket(tx, one.ticket, known);
    if (!known.ticket) continue;
    // What was merged is told where it lives on.
    if (known.ticket->id != one.ticket) {
      store::add_ticket_to(tx, id, known.ticket->id);
      continue;
    }
    know_reach(tx, *known.ticket, known);
    auto const heard =
        store::other_ticket_in(tx, id, known.ticket->requester_address.address, one.ticket, true);
    desk::Plan plan = desk::plan_outage_over(one.announcement, heard, known);
    desk::return_to_owner(plan, known);
    store::end_was_told(tx, id, one.ticket, !plan.letters.empty());
    all.push_back(write(tx, plan, nullptr));
  }
}

}  // namespace spoc::daemon
