// SPDX-License-Identifier: GPL-3.0-or-later
// Tickets by what their messages say. Each message is an entry of the index, so that one that comes adds to
// it.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace Xapian {
class Database;
}  // namespace Xapian

namespace spoc::search {

/// The entry of a message, and that of a ticket which has none: even and odd, so that both kinds grow
/// together. Throws std::out_of_range for more than Xapian can number (2^31).
std::uint32_t entry_of_message(std::int64_t message);
std::uint32_t entry_of_ticket(std::int64_t ticket);
/// The message of an entry, 0 for that of a ticket without.
std::int64_t message_of(std::uint32_t entry);

/// Ticket numbers, best first, for what is typed into a search box. Phrases may stand in one message and
/// words in another; what is excluded stands in none.
std::vector<std::int64_t> find_tickets(Xapian::Database const& db, std::string_view query, std::size_t limit);
/// Tickets of which one message reads like this mail: see Reader::similar_tickets().
std::vector<std::int64_t> find_similar_tickets(Xapian::Database const& db, std::string_view subject,
                                               std::string_view text, std::size_t limit);
/// All that there are, in order.
std::vector<std::int64_t> list_tickets(Xapian::Database const& db);
std::vector<std::int64_t> list_messages(Xapian::Database const& db);

}  // namespace spoc::search
