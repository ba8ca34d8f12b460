// SPDX-License-Identifier: GPL-3.0-or-later
// Tickets, their messages, attachments, participants, tags and trail.
#pragma once

#include "desk/thread.hpp"
#include "desk/ticket.hpp"
#include "store/store.hpp"

#include <optional>
#include <string>
#include <utility>
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
  bool unassigned = false;
  std::optional<desk::ContactId> requester;
  std::size_t limit = 100;
  bool by_due = false;  ///< what is due first comes first, what is not due last
  std::optional<desk::Priority> priority{};
  std::optional<desk::TicketKind> kind{};
  std::string tag{};
  std::optional<desk::Time> since{};  ///< changed then or later
  /// One of these, whatever else is asked; numbers that were merged away are not found.
  static constexpr std::size_t most_among = 200;
  std::optional<std::vector<std::int64_t>> among{};  ///< at most so many count
  /// Only what stands behind this ticket in the order of changes.
  std::optional<std::pair<desk::Time, desk::TicketId>> behind{};
  /// The same in the order of what is due, by the moment that due_place() says.
  std::optional<std::pair<std::int64_t, desk::TicketId>> behind_due{};
  /// With `unassigned`: what anybody but these has is nobody's, too. Empty: only what nobody has.
  std::vector<std::string> agents{};
};
/// Newest change first, unless asked otherwise.
std::vector<desk::Ticket> list_tickets(Tx& tx, TicketFilter const& filter);

/// Where a ticket stands in the order of what is due: the moment, or behind all of them.
std::int64_t due_place(std::optional<desk::Time> due);

/// Oldest first. Attachments come without content.
std::vector<desk::Message> messages_of(Tx& tx, desk::TicketId ticket);
/// The ticket's messages behind one, oldest first.
std::vector<desk::Message> messages_of(Tx& tx, desk::TicketId ticket, desk::MessageId after,
                                       std::size_t limit);
/// Characters of text and reply of all its messages, without reading them into memory.
std::int64_t length_of_words(Tx& tx, desk::TicketId ticket);
/// The bytes of attachments, or only how many they are (Attachment::unread): a letter that is written anew to
/// be compared needs no more.
enum class Contents { loaded, counted };
/// With its attachments. Nothing where there is none.
std::optional<desk::Message> find_message(Tx& tx, desk::MessageId id, Contents contents = Contents::loaded);
/// The last `limit` RFC 5322 Message-IDs in the ticket's mails and letters to and from people, newest last.
std::vector<std::string> thread_ids(Tx& tx, desk::TicketId ticket, std::size_t limit);
/// The newest public answer by an agent other than `handle`.
std::optional<desk::Message> newest_answer(Tx& tx, desk::TicketId ticket, std::string_view except_agent);
std::vector<desk::Trail> trail_of(Tx& tx, desk::TicketId ticket);
/// A line of the trail with its number, which rises from each to the next.
struct Numbered {
  std::int64_t id = 0;
  desk::Trail trail;
};
/// The ticket's lines behind a number, oldest first.
std::vector<Numbered> trail_of(Tx& tx, desk::TicketId ticket, std::int64_t after, std::size_t limit);
/// The lines behind a number, oldest first.
std::vector<Numbered> trail_after(Tx& tx, std::int64_t id, std::size_t limit);
/// The number of the newest line, 0 while there is none.
std::int64_t last_trail(Tx& tx);
/// What /use N means: as last offered.
std::vector<desk::Suggestion> offered(Tx& tx, desk::TicketId ticket);

/// Looks up what each threading rule of desk/thread.hpp points at. `now` and `subject_window` are for rule 6.
std::vector<desk::Clue> clues(Tx& tx, desk::Traits const& traits, desk::Time now,
                              desk::Duration subject_window);

/// What makes two mails one that came by two ways (list and direct, two of our addresses): Message-ID and
/// words (an agent's message is kept without its commands: there the author is enough); without a Message-ID
/// author, subject and words within an hour.
struct SameMail {
  std::string_view message_id, author, subject, reply, text;
  desk::Time received{};
  bool vouched =
      false;  ///< an agent's, who may act: what was kept of a mail that was refused is not the same
};
std::optional<desk::TicketId> find_same_mail(Tx& tx, SameMail const& mail);
/// Is there a message with this RFC 5322 Message-ID?
bool has_mail(Tx& tx, std::string_view message_id);
/// Floods are told by the mails of so long.
inline constexpr std::chrono::hours mails_counted{1};
/// How many mails of an address have come in that time, by when its server got each; among the last 4,000
/// messages of the desk.
int recent_mails(Tx& tx, std::string_view address, desk::Time now);

struct Counts {
  std::int64_t tickets = 0, unfinished = 0, messages = 0, queued = 0, failed = 0, quarantined = 0,
               refused_agents = 0, self_solved = 0;
};
Counts count(Tx& tx);

/// Numbers that a later state of this database may have given are never given again: a thousand tickets, and
/// what belongs to them, are skipped.
void skip_numbers(Tx& tx);

}  // namespace spoc::store
