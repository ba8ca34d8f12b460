// SPDX-License-Identifier: GPL-3.0-or-later
// The outbox: claimed, recorded, listed, put back.
#include "store/outbox.hpp"

#include "store/apply_steps.hpp"
#include "store/columns.hpp"
#include "store/outbox_line.hpp"

#include <algorithm>
#include <iterator>

namespace spoc::store {
namespace {

constexpr std::string_view letter_columns =
    "SELECT id, kind, ticket, to_name, to_address, agent, language, message_id, thread, token, about, text, "
    "lines, "
    "articles, made, due, state, attempts, outcome, author, seen FROM letter WHERE ";

desk::Letter letter_in(Row const& row) {
  desk::Letter letter;
  letter.id = desk::LetterId{row.integer(0)};
  letter.kind = known(desk::letter_kind_named(row.text(1)), "letter.kind", row.text(1));
  letter.ticket = desk::TicketId{row.integer(2)};
  letter.to = {row.text(3), row.text(4)};
  letter.agent = row.text(5);
  letter.language = row.text(6);
  letter.message_id = row.text(7);
  letter.references = from_lines(row.text(8));
  letter.token = row.text(9);
  letter.about = maybe_id_in<desk::MessageId>(row, 10);
  letter.text = row.text(11);
  letter.lines = from_lines(row.text(12));
  letter.articles = from_articles(row.text(13));
  letter.made = time_in(row, 14);
  letter.due = time_in(row, 15);
  letter.state = known(desk::letter_state_named(row.text(16)), "letter.state", row.text(16));
  letter.attempts = static_cast<int>(row.integer(17));
  letter.outcome = row.text(18);
  letter.author = row.text(19);
  letter.seen = maybe_id_in<desk::MessageId>(row, 20);
  return letter;
}

std::vector<desk::Letter> letters_where(Tx& tx, std::string_view condition,
                                        std::vector<Value> const& values) {
  std::vector<desk::Letter> letters;
  tx.driver().run(std::string{letter_columns}.append(condition), values,
                  [&](Row const& row) { letters.push_back(letter_in(row)); });
  return letters;
}

std::optional<desk::Letter> first(std::vector<desk::Letter> letters) {
  if (letters.empty()) return std::nullopt;
  return std::move(letters.front());
}

/// True if the address takes no mail; the letter is refused then, and nobody waits for an answer to it.
bool refused_as_dead(Tx& tx, desk::Letter& letter, desk::Time now) {
  std::string reason;
  bool dead = false;
  tx.driver().run("SELECT reason FROM dead_address WHERE key = $1", {desk::normal(letter.to.address)},
                  [&](Row const& row) {
                    dead = true;
                    reason = "the address takes no mail (" + row.text(0) + "); a mail from it opens it again";
                  });
  if (dead) {
    tx.driver().run(
        std::string{"UPDATE letter SET state = 'refused', outcome = $2, settled = COALESCE(settled, $3), "}
            .append(out_of_line)
            .append(" WHERE id = $1"),
        {desk::number(letter.id), reason, desk::to_number(now)});
    letter.state = desk::LetterState::refused;
    letter.outcome = reason;
    if (letter.kind == desk::LetterKind::asked) file_level(tx, letter.ticket, std::nullopt, true);
  }
  return dead;
}

/// The first of a lane, claimed; letters to addresses that take no mail go to `refused`.
std::vector<desk::Letter> claim_lane(Tx& tx, Lane lane, desk::Time now, desk::Time until,
                                     std::string_view claimant, std::size_t limit,
                                     std::vector<desk::Letter>* refused) {
  std::vector<desk::Letter> claimed;
  while (claimed.size() < limit) {
    // What is claimed or refused falls out of the condition, so each round sees other letters.
    auto const wanted = static_cast<std::int64_t>(limit - claimed.size());
    auto due = letters_where(
        tx,
        std::string{in_lane(lane)} +
            " AND (claimed_until IS NULL OR claimed_until <= $1) AND COALESCE(state, '') = 'queued' "
            "ORDER BY turn, id LIMIT $2",
        {desk::to_number(now), wanted});
    if (due.empty()) break;
    bool any_refused = false;
    for (auto& letter : due) {
      if (refused_as_dead(tx, letter, now)) {
        any_refused = true;
        if (refused != nullptr) refused->push_back(std::move(letter));
        continue;
      }
      tx.driver().run("UPDATE letter SET claimant = $2, claimed_until = $3 WHERE id = $1",
                      {desk::number(letter.id), claimant, desk::to_number(until)});
      claimed.push_back(std::move(letter));
    }
    // A claim that ends at once would be found again: only refusals are worth another look.
    if (!any_refused) break;
  }
  return claimed;
}

}  // namespace

std::vector<desk::Letter> claim_letters(Tx& tx, desk::Time now, desk::Time until, std::string_view claimant,
                                        std::size_t limit, std::vector<desk::Letter>* refused) {
  give_turns(tx, now);
  // Notices always get a quarter: a program that writes answers by the API could keep them for ever.
  auto claimed = claim_lane(tx, Lane::words, now, until, claimant, limit - limit / 4, refused);
  auto notices = claim_lane(tx, Lane::notices, now, until, claimant, limit - claimed.size(), refused);
  std::move(notices.begin(), notices.end(), std::back_inserter(claimed));
  return claimed;
}

void drop_claims(Tx& tx, std::string_view claimant) {
  tx.driver().run("UPDATE letter SET claimant = NULL, claimed_until = NULL WHERE claimant = $1", {claimant});
}

std::optional<desk::Letter> find_letter(Tx& tx, desk::LetterId id) {
  return first(letters_where(tx, "id = $1", {desk::number(id)}));
}

std::optional<desk::Letter> find_letter(Tx& tx, std::string_view message_id) {
  return first(letters_where(tx, "message_id = $1 ORDER BY id DESC LIMIT 1", {message_id}));
}

std::vector<desk::Letter> newest_letters_to(Tx& tx, desk::TicketId ticket, std::string_view address,
                                            std::size_t limit) {
  return letters_where(tx,
                       "ticket = $1 AND recipient = $2 AND state <> 'cancelled' ORDER BY id DESC LIMIT $3",
                       {desk::number(ticket), desk::normal(address), static_cast<std::int64_t>(limit)});
}

void record(Tx& tx, desk::LetterId id, desk::LetterState state, std::string_view outcome, desk::Time now,
            std::optional<desk::Time> again) {
  Value const due = state == desk::LetterState::queued ? maybe(again ? again : now) : Value{nullptr};
  auto const changed = tx.driver().run(
      std::string{
          "UPDATE letter SET state = $2, outcome = $3, due = COALESCE($4, due), attempts = attempts + 1, "}
          .append(state == desk::LetterState::queued ? back_to_wait : out_of_line)
          .append(" WHERE id = $1"),
      {desk::number(id), desk::name(state), outcome, due});
  if (changed == 0)
    throw Fault{{Kind::missing, "no letter has the number " + std::to_string(desk::number(id)) +
                                    "; spocctl outbox list shows them"}};
}

std::optional<desk::Time> next_due(Tx& tx) {
  std::optional<desk::Time> due;
  auto const look = [&](Row const& row) { due = due ? std::min(*due, time_in(row, 0)) : time_in(row, 0); };
  tx.driver().run("SELECT due FROM letter WHERE turn IS NOT NULL ORDER BY due LIMIT 1", {}, look);
  tx.driver().run("SELECT due FROM letter WHERE waiting = 1 ORDER BY due, id LIMIT 1", {}, look);
  return due;
}

std::optional<desk::Time> next_free(Tx& tx) {
  std::optional<desk::Time> free;
  auto const look = [&](Row const& row) { free = free ? std::min(*free, time_in(row, 0)) : time_in(row, 0); };
  tx.driver().run(
      "SELECT due FROM letter WHERE turn IS NOT NULL AND claimed_until IS NULL ORDER BY due LIMIT 1", {},
      look);
  tx.driver().run("SELECT due FROM letter WHERE waiting = 1 ORDER BY due, id LIMIT 1", {}, look);
  tx.driver().run("SELECT MIN(claimed_until) FROM letter WHERE claimant IS NOT NULL AND state = 'queued'", {},
                  [&](Row const& row) {
                    if (row.null(0)) return;
                    desk::Time const until = time_in(row, 0);
                    free = free ? std::min(*free, until) : until;
                  });
  return free;
}

std::vector<desk::Letter> list_letters(Tx& tx, OutboxFilter const& filter) {
  auto const limit = static_cast<std::int64_t>(filter.limit);
  std::string_view const state = filter.state ? desk::name(*filter.state) : "";
  std::int64_t const ticket = filter.ticket ? desk::number(*filter.ticket) : 0;
  if (filter.state && filter.ticket)
    return letters_where(tx, "ticket = $1 AND state = $2 ORDER BY id DESC LIMIT $3", {ticket, state, limit});
  if (filter.ticket) return letters_where(tx, "ticket = $1 ORDER BY id DESC LIMIT $2", {ticket, limit});
  if (filter.state) return letters_where(tx, "state = $1 ORDER BY id DESC LIMIT $2", {state, limit});
  return letters_where(tx, "1 = 1 ORDER BY id DESC LIMIT $1", {limit});
}

std::int64_t retry_letters(Tx& tx, std::optional<desk::LetterId> id, desk::Time now,
                           RetryScope const& scope) {
  // A letter that waits without having been tried is in its undo delay: that is the agent's, not the
  // operator's. Unless it was made, or is due, at an hour that no clock should show yet.
  std::string const requeue =
      "UPDATE letter SET state = 'queued', due = $1, " + std::string{back_to_wait} + " WHERE ";
  std::string const waits =
      "(state = 'queued' AND (attempts > 0 OR made > $1 OR due > $2) AND (claimed_until IS NULL OR "
      "claimed_until <= $1))";
  auto const moment = desk::to_number(now), far = desk::to_number(now + scope.undo_delay);
  if (id)
    return tx.driver().run(requeue + "id = $3 AND (state IN ('refused', 'given_up') OR " + waits + ")",
                           {moment, far, desk::number(*id)});
  return tx.driver().run(
      requeue + waits +
          " OR (state IN ('refused', 'given_up') AND due >= $3 AND NOT EXISTS (SELECT 1 FROM dead_address d "
          "WHERE d.key = letter.recipient))",
      {moment, far, desk::to_number(scope.failed_since)});
}

bool has_unread(Tx& tx, std::string_view session) {
  bool found = false;
  tx.driver().run(
      "SELECT 1 FROM letter l JOIN message m ON m.id = l.about WHERE l.state = 'unread' AND m.session = $1 "
      "LIMIT 1",
      {session}, [&](Row const&) { found = true; });
  return found;
}

void cancel_unread(Tx& tx, std::string_view session, std::int64_t up_to) {
  tx.driver().run(
      "UPDATE letter SET state = 'cancelled', outcome = 'seen in the chat' WHERE state = 'unread' AND EXISTS "
      "(SELECT 1 FROM message m WHERE m.id = letter.about AND m.session = $1 AND m.sequence <= $2)",
      {session, up_to});
}

void hasten_unread(Tx& tx, std::string_view session, desk::Time due) {
  tx.driver().run(
      "UPDATE letter SET due = $2 WHERE state = 'unread' AND due > $2 AND EXISTS (SELECT 1 FROM message m "
      "WHERE m.id = letter.about AND m.session = $1)",
      {session, desk::to_number(due)});
}

std::int64_t queue_unread(Tx& tx, desk::Time now) {
  return tx.driver().run(
      "UPDATE letter SET state = 'queued', waiting = 1 WHERE state = 'unread' AND due <= $1",
      {desk::to_number(now)});
}

std::optional<desk::Time> next_unread(Tx& tx) {
  std::optional<desk::Time> due;
  tx.driver().run("SELECT due FROM letter WHERE state = 'unread' ORDER BY due LIMIT 1", {},
                  [&](Row const& row) { due = time_in(row, 0); });
  return due;
}

int automatic_since(Tx& tx, std::string_view address, desk::Time since) {
  std::int64_t count = 0;
  tx.driver().run("SELECT COUNT(*) FROM letter WHERE recipient = $1 AND automatic = 1 AND made >= $2",
                  {desk::normal(address), desk::to_number(since)},
                  [&](Row const& row) { count = row.integer(0); });
  return static_cast<int>(count);
}

}  // namespace spoc::store
