// SPDX-License-Identifier: GPL-3.0-or-later
// Webhook calls: queued, recorded, listed, put back.
#include "store/webhook_calls.hpp"

#include "store/columns.hpp"

#include <algorithm>

namespace spoc::store {
namespace {

std::vector<QueuedCall> calls_where(Tx& tx, std::string_view condition, std::vector<Value> const& values) {
  std::vector<QueuedCall> out;
  tx.driver().run(
      std::string{"SELECT id, webhook, event, ticket, body, made, begun, due, state, attempts, outcome FROM "
                  "webhook_call WHERE "}
          .append(condition),
      values, [&](Row const& row) {
        out.push_back({row.integer(0), row.text(1), row.text(2),
                       maybe_id_in<desk::TicketId>(row, 3).value_or(desk::TicketId{}), row.text(4),
                       time_in(row, 5), time_in(row, 6), time_in(row, 7), row.text(8),
                       static_cast<int>(row.integer(9)), row.text(10)});
      });
  return out;
}

}  // namespace

std::int64_t next_call(Tx& tx) { return next_number(tx, "webhook_call"); }

std::int64_t queue_call(Tx& tx, QueuedCall const& call) {
  std::int64_t const id = call.id != 0 ? call.id : next_call(tx);
  tx.driver().run(
      "INSERT INTO webhook_call (id, webhook, event, ticket, body, made, begun, due, state, attempts, "
      "outcome) VALUES ($1, $2, $3, $4, $5, $6, $6, $6, 'queued', 0, '')",
      {id, call.webhook, call.event, maybe_id(call.ticket), call.body, desk::to_number(call.made)});
  return id;
}

std::optional<QueuedCall> first_call(Tx& tx, std::string_view webhook) {
  auto calls = calls_where(tx, "state = 'queued' AND webhook = $1 ORDER BY id LIMIT 1", {webhook});
  return calls.empty() ? std::nullopt : std::optional{std::move(calls.front())};
}

void record_call(Tx& tx, std::int64_t id, std::string_view state, std::string_view outcome,
                 desk::Time again) {
  tx.driver().run(
      "UPDATE webhook_call SET state = $2, outcome = $3, due = $4, attempts = attempts + 1 WHERE id = $1",
      {id, state, outcome, desk::to_number(again)});
}

void give_up_calls_but_of(Tx& tx, std::vector<std::string> const& webhooks) {
  std::vector<std::string> gone;
  tx.driver().run("SELECT DISTINCT webhook FROM webhook_call WHERE state = 'queued'", {},
                  [&](Row const& row) {
                    if (std::find(webhooks.begin(), webhooks.end(), row.text(0)) == webhooks.end())
                      gone.push_back(row.text(0));
                  });
  for (std::string const& one : gone)
    tx.driver().run(
        "UPDATE webhook_call SET state = 'given_up', outcome = 'no [[webhook]] of this name is configured' "
        "WHERE state = 'queued' AND webhook = $1",
        {one});
}

std::vector<QueuedCall> list_calls(Tx& tx, std::string_view state, std::size_t limit) {
  auto const most = static_cast<std::int64_t>(limit);
  if (state.empty()) return calls_where(tx, "id > 0 ORDER BY id DESC LIMIT $1", {most});
  return calls_where(tx, "state = $1 ORDER BY id DESC LIMIT $2", {state, most});
}

std::int64_t retry_calls(Tx& tx, std::optional<std::int64_t> id, desk::Time now) {
  std::string const sql =
      "UPDATE webhook_call SET state = 'queued', due = $1, begun = $1, attempts = 0 WHERE (state = "
      "'given_up' OR (state = 'queued' AND attempts > 0))";
  if (!id) return tx.driver().run(sql, {desk::to_number(now)});
  return tx.driver().run(sql + " AND id = $2", {desk::to_number(now), *id});
}

void forget_calls(Tx& tx, desk::Time before) {
  for (std::string_view const state : {"sent", "given_up"}) {
    // Numbers rise with time, so the oldest tell up to which one there is anything to forget.
    std::int64_t last = 0;
    tx.driver().run("SELECT id, made FROM webhook_call WHERE state = $1 ORDER BY id LIMIT 100", {state},
                    [&](Row const& row) {
                      if (time_in(row, 1) < before) last = row.integer(0);
                    });
    if (last > 0) tx.driver().run("DELETE FROM webhook_call WHERE state = $1 AND id <= $2", {state, last});
  }
}

CallCounts count_calls(Tx& tx) {
  CallCounts out;
  tx.driver().run(
      "SELECT state, COUNT(*) FROM webhook_call WHERE state IN ('queued', 'given_up') GROUP BY state", {},
      [&](Row const& row) { (row.text(0) == "queued" ? out.queued : out.given_up) = row.integer(1); });
  return out;
}

}  // namespace spoc::store
