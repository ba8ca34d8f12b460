// SPDX-License-Identifier: GPL-3.0-or-later
// The librarian's queue: which tickets have new words, and which words.
#include "store/apply.hpp"
#include "store/apply_steps.hpp"
#include "store/columns.hpp"
#include "store/merges.hpp"

namespace spoc::store {

void queue_index_job(Tx& tx, desk::TicketId ticket) {
  // A change that comes while the librarian works on the ticket gets a new number: finishing the old one
  // leaves it.
  tx.driver().run(
      "INSERT INTO index_job (id, ticket) VALUES ($1, $2) ON CONFLICT (ticket) DO UPDATE SET id = "
      "excluded.id",
      {next_number(tx, "index_job"), desk::number(ticket)});
}

std::vector<IndexJob> index_jobs(Tx& tx, std::size_t limit, std::int64_t after) {
  std::vector<IndexJob> jobs;
  tx.driver().run("SELECT id, ticket FROM index_job WHERE id > $1 ORDER BY id LIMIT $2",
                  {after, static_cast<std::int64_t>(limit)}, [&](Row const& row) {
                    jobs.push_back({row.integer(0), desk::TicketId{row.integer(1)}});
                  });
  return jobs;
}

void finish_jobs(Tx& tx, std::vector<IndexJob> const& jobs) {
  for (auto const& job : jobs) tx.driver().run("DELETE FROM index_job WHERE id = $1", {job.id});
}

std::optional<Wording> wording_of(Tx& tx, desk::TicketId ticket) {
  std::optional<Wording> out;
  tx.driver().run("SELECT subject, language, merged_into FROM ticket WHERE id = $1", {desk::number(ticket)},
                  [&](Row const& row) {
                    out.emplace();
                    out->language = row.text(1);
                    if (row.null(2)) out->subject = row.text(0);
                  });
  if (!out) return out;
  tx.driver().run("SELECT id FROM message WHERE ticket = $1 ORDER BY id", {desk::number(ticket)},
                  [&](Row const& row) { out->messages.push_back(desk::MessageId{row.integer(0)}); });
  return out;
}

std::string words_of(Tx& tx, desk::MessageId message) {
  std::string out;
  tx.driver().run("SELECT reply FROM message WHERE id = $1", {desk::number(message)},
                  [&](Row const& row) { out = row.text(0); });
  return out;
}

void index_everything(Tx& tx) {
  auto const base = next_number(tx, "index_job");
  keep_numbers(tx);
  tx.driver().run("DELETE FROM index_job");
  tx.driver().run("INSERT INTO index_job (id, ticket) SELECT $1 + id, id FROM ticket", {base});
  tx.driver().run(
      "UPDATE counter SET value = value + (SELECT value FROM counter WHERE name = 'ticket') WHERE name = "
      "'index_job'");
}

}  // namespace spoc::store
