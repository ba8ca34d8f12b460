// SPDX-License-Identifier: GPL-3.0-or-later
// Known outages as rows, and the tickets that belong to them.
#pragma once

#include "desk/announcement.hpp"
#include "store/store.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace spoc::store {

/// Gives it its id; its ticket, where it has one, is the first that belongs to it.
desk::AnnouncementId add_announcement(Tx& tx, desk::Announcement const& announcement);
/// False where it is over already or never was.
bool end_announcement(Tx& tx, desk::AnnouncementId id, desk::Time now);
/// The ticket belongs to it: told when it is over.
void add_ticket_to(Tx& tx, desk::AnnouncementId id, desk::TicketId ticket);

/// The newest first.
std::vector<desk::Announcement> announcements_in_force(Tx& tx, desk::Time now);
/// Those that are over too, the newest first.
struct AnnouncementCount {
  desk::Announcement announcement;
  std::int64_t tickets = 0;
};
std::vector<AnnouncementCount> list_announcements(Tx& tx, std::size_t limit);

/// An open ticket of before an announcement that does not belong to it, and its requester's first words.
struct Before {
  desk::TicketId ticket{};
  std::string words;      ///< the subject, and a line below it what they wrote
  bool answered = false;  ///< an agent has written to them
};
/// Those opened from `since` on, the newest change first. What a machine wrote is left out.
std::vector<Before> tickets_before(Tx& tx, desk::Announcement const& announcement, desk::Time since,
                                   std::size_t limit);
/// Announcements in force that have not been held against the tickets of before, the oldest first. Those
/// whose time has passed meanwhile are left out for ever.
std::vector<desk::Announcement> announcements_to_join(Tx& tx, desk::Time now, desk::Duration reach);
void note_joined(Tx& tx, desk::AnnouncementId id);

/// A ticket that has not heard yet that its outage is over.
struct Untold {
  desk::Announcement announcement;
  desk::TicketId ticket{};
};
std::vector<Untold> untold_ends(Tx& tx, desk::Time now, std::size_t limit);
/// It is through with it. `by_letter`: its requester was written to.
void end_was_told(Tx& tx, desk::AnnouncementId id, desk::TicketId ticket, bool by_letter);
/// Another ticket of the same requester that belongs to it; `over`: one by which
/// they were written to of its end.
std::optional<desk::TicketId> other_ticket_in(Tx& tx, desk::AnnouncementId id, std::string_view address,
                                              desk::TicketId except, bool over);
/// When the next of untold_ends() comes up; in the past where one is there.
std::optional<desk::Time> next_end(Tx& tx);

}  // namespace spoc::store
