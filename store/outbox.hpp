// SPDX-License-Identifier: GPL-3.0-or-later
// Letters that wait, and what became of them. Claimed row by row, so several postmen can share it.
#pragma once

#include "desk/letter.hpp"
#include "store/store.hpp"

#include <optional>
#include <string>
#include <vector>

namespace spoc::store {

/// The queued letters that are due, in the order of store/outbox_line.hpp, claimed for `claimant` until
/// `until` (a dead postman's claim runs out). Letters to dead addresses are refused on the way, with the
/// reason, and go to `refused` instead: somebody has to be told.
std::vector<desk::Letter> claim_letters(Tx& tx, desk::Time now, desk::Time until, std::string_view claimant,
                                        std::size_t limit, std::vector<desk::Letter>* refused = nullptr);
/// Drops every claim of that claimant: it has just started, so it holds none.
void drop_claims(Tx& tx, std::string_view claimant);
std::optional<desk::Letter> find_letter(Tx& tx, desk::LetterId id);
/// Messages that waited for their undo delay and of which a letter has been claimed since (or has found its
/// end otherwise): they count as said from now on, and get their place in the chat where there is one.
std::vector<desk::Message> say_what_left(Tx& tx, desk::Time now);
/// By its RFC 5322 Message-ID.
std::optional<desk::Letter> find_letter(Tx& tx, std::string_view message_id);

/// The letters of a ticket to an address, newest first.
std::vector<desk::Letter> newest_letters_to(Tx& tx, desk::TicketId ticket, std::string_view address,
                                            std::size_t limit);

/// What became of an attempt. `state` queued means: again at `again`.
void record(Tx& tx, desk::LetterId id, desk::LetterState state, std::string_view outcome, desk::Time now,
            std::optional<desk::Time> again);
/// When the next queued letter is due, or the one that waits longest was: also one that somebody is sending.
std::optional<desk::Time> next_due(Tx& tx);
/// When the next one can be claimed: what another postman has is free again once his claim runs out.
std::optional<desk::Time> next_free(Tx& tx);

struct OutboxFilter {
  std::optional<desk::LetterState> state;
  std::optional<desk::TicketId> ticket;
  std::size_t limit = 200;
};
std::vector<desk::Letter> list_letters(Tx& tx, OutboxFilter const& filter);
/// Which letters are meant where none is named. An answer that still waits for its undo delay never is.
struct RetryScope {
  desk::Time failed_since{};  ///< of those that were refused or given up: which failed since then
  desk::Duration undo_delay = std::chrono::hours{1};  ///< what is due later than that waits for a wrong clock
};
/// Puts letters that were refused, given up or wait after a try back into the queue, due now; also untried
/// ones whose hour lies too far ahead, as after a clock that was set back. All in the scope where no id is
/// given, but those to addresses that rest.
std::int64_t retry_letters(Tx& tx, std::optional<desk::LetterId> id, desk::Time now,
                           RetryScope const& scope = {});
/// Letters that wait whether the visitor of that chat sees their words there.
bool has_unread(Tx& tx, std::string_view session);
/// The visitor has seen the lines up to that one.
void cancel_unread(Tx& tx, std::string_view session, std::int64_t up_to);
/// The visitor is gone: what they have not seen by then goes by mail.
void hasten_unread(Tx& tx, std::string_view session, desk::Time due);
/// Queues those that are due; how many.
std::int64_t queue_unread(Tx& tx, desk::Time now);
std::optional<desk::Time> next_unread(Tx& tx);
/// Automatic letters made for an address since a moment.
int automatic_since(Tx& tx, std::string_view address, desk::Time since);

}  // namespace spoc::store
