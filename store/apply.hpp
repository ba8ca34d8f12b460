// SPDX-License-Identifier: GPL-3.0-or-later
// A plan becomes rows: all of them or none. The only writer of tickets, messages, letters and trail.
#pragma once

#include "desk/arrival.hpp"
#include "desk/plan.hpp"
#include "store/store.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace spoc::store {

/// Writes the plan. `arrival` (nullptr for ticks) adds the raw mail, the ledger row and, where the plan says
/// so, the quarantine row. A message in a ticket that has a chat session gets the session's next sequence
/// number where it is inbound chat or a public answer. Each message and ticket change queues an index job.
/// Message-IDs of mails, of letters, and the References of first mails are remembered for threading.
desk::News apply(Tx& tx, desk::Plan const& plan, desk::Arrival const* arrival, desk::Time now);

/// Work for the librarian: tickets whose text has changed.
struct IndexJob {
  std::int64_t id = 0;
  desk::TicketId ticket{};
};
/// The oldest first: a ticket that changes again goes to the end. Those whose number is above `after`.
std::vector<IndexJob> index_jobs(Tx& tx, std::size_t limit, std::int64_t after = 0);
void finish_jobs(Tx& tx, std::vector<IndexJob> const& jobs);
/// What is searched for in a ticket: its subject ("" where it was merged into another: only its number leads
/// to it then) and the words of its own messages, oldest first.
struct Wording {
  std::string subject, language;
  std::vector<desk::MessageId> messages;
};
std::optional<Wording> wording_of(Tx& tx, desk::TicketId ticket);
/// What the author wrote, without history; "" where there is no such message.
std::string words_of(Tx& tx, desk::MessageId message);
/// Queues every ticket again: the index was lost.
void index_everything(Tx& tx);

}  // namespace spoc::store
