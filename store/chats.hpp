// SPDX-License-Identifier: GPL-3.0-or-later
// Chat sessions and the order of their lines.
#pragma once

#include "desk/plan.hpp"
#include "desk/ticket.hpp"
#include "desk/usual.hpp"
#include "store/store.hpp"
#include "store/tickets.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace spoc::store {

struct Session {
  std::string secret;
  std::optional<desk::TicketId> ticket;  ///< the one that lines go to now
  std::string name, address, language;
  std::int64_t last = 0;  ///< highest sequence number given
  desk::Time opened{}, seen{};
  std::string visitor = {};    ///< who the intranet signed for; "" where nobody did
  std::string confirmed = {};  ///< the address that a mailed word proved
};

std::optional<Session> find_session(Tx& tx, std::string_view secret);
void add_session(Tx& tx, Session const& session);
/// The chat that this signed visitor used last.
std::optional<Session> session_of_visitor(Tx& tx, std::string_view visitor);
/// Name, address, language, visitor, confirmed and seen.
void update_session(Tx& tx, Session const& session);
/// The line with this client id, if it is there already: a resend.
std::optional<desk::Message> find_line(Tx& tx, std::string_view secret, std::string_view ref);
/// Lines of the session above `after`, in order; agents' answers included, notes not.
std::vector<desk::Message> lines_after(Tx& tx, std::string_view secret, std::int64_t after);
/// The newest `most` of the lines above `after` and below `before`, in order.
std::vector<desk::Message> newest_lines(Tx& tx, std::string_view secret, std::int64_t after,
                                        std::int64_t before, std::size_t most);

/// A visitor's lines that were not yet told to the agents. Their pause counts from the newest of them, but
/// newer ones hold back the first for `longest` at most: whoever goes on writing is heard all the same.
struct Waiting {
  desk::TicketId ticket{};
  std::vector<desk::Message> lines;
};
/// Those whose pause counts from `before` or earlier, with all their lines.
std::vector<Waiting> waiting_lines(Tx& tx, desk::Time before, desk::Duration longest);
/// Since when the pause counts that counts for longest, nothing if none waits.
std::optional<desk::Time> next_waiting(Tx& tx, desk::Duration longest);
/// Are there messages of the ticket before that one?
bool has_earlier(Tx& tx, desk::TicketId ticket, desk::MessageId message);
/// The files of the lines that were gathered into one mail; `last` is the newest of those lines.
std::vector<desk::Attachment> gathered_files(Tx& tx, desk::Message const& last,
                                             Contents contents = Contents::loaded);
/// What visitors said of a ticket's chat, oldest first.
std::vector<desk::Rated> ratings_of(Tx& tx, desk::TicketId ticket);
/// Chats that were opened since then at that hour of the day (UTC), the newest thousand. What the desk says
/// by itself is no answer.
std::vector<desk::FirstAnswer> first_answers(Tx& tx, desk::Time since, int hour);
/// Tickets in which this address is the requester, newest change first.
std::vector<desk::Ticket> tickets_of_address(Tx& tx, std::string_view address, std::size_t limit);
void mark_told(Tx& tx, desk::TicketId ticket, desk::MessageId up_to);

}  // namespace spoc::store
