// SPDX-License-Identifier: GPL-3.0-or-later
// Tickets, their messages, attachments, participants, tags and trail.
#pragma once

#include "desk/thread.hpp"
#include "desk/ticket.hpp"
#include "store/store.hpp"

#include <optional>
#include <string>
#include <vector>

namespace spoc::store {

/// A number that no ticket has and none will get but the one that this transaction opens.
desk::TicketId next_ticket(Tx& tx);
/// Follows merges.
std::optional<desk::Ticket> find_ticket(Tx& tx, desk::TicketId id);

struct TicketFilter {
  std::optional<desk::Status> status;
  bool unfinished = false;  ///< new, open, waiting
  std::string assignee, team;
  std::optional<desk::ContactId> requester;
  std::size_t limit = 100;
  bool by_due = false;  ///< what is due first comes first, what is not due last
};
/// Newest change first, unless asked otherwise.
std::vector<desk::Ticket> list_tickets(Tx& tx, TicketFilter const& filter);

/// Oldest first. Attachments come without content.
std::vector<desk::Message> messages_of(Tx& tx, desk::TicketId ticket);
/// With the content of its attachments. Nothing where there is none.
std::optional<desk::Message> find_message(Tx& tx, desk::MessageId id);
/// The last `limit` RFC 5322 Message-IDs in the ticket's mails and letters to and from people, newest last.
std::vector<std::string> thread_ids(Tx& tx, desk::TicketId ticket, std::size_t limit);
/// The newest public answer by an agent other than `handle`.
std::optional<desk::Message> newest_answer(Tx& tx, desk::TicketId ticket, std::string_view except_agent);
std::vector<desk::Trail> trail_of(Tx& tx, desk::TicketId ticket);
/// What /use N means: as last offered.
std::vector<desk::Suggestion> offered(Tx& tx, desk::TicketId ticket);

/// Looks up what each threading rule of desk/thread.hpp points at. `now` and `subject_window` are for rule 6.
std::vector<desk::Clue> clues(Tx& tx, desk::Traits const& traits, desk::Time now,
                              desk::Duration subject_window);

/// The message of `ticket` that is the same mail by another way (list and direct): same Message-ID and same
/// words.
bool is_known_mail(Tx& tx, std::string_view message_id, std::string_view reply, desk::TicketId* ticket);

struct Counts {
  std::int64_t tickets = 0, unfinished = 0, messages = 0, queued = 0, failed = 0, quarantined = 0;
};
Counts count(Tx& tx);

}  // namespace spoc::store
