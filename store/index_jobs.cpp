// SPDX-License-Identifier: GPL-3.0-or-later
// The librarian's queue: which tickets have new words.
#include "store/apply.hpp"
#include "store/apply_steps.hpp"
#include "store/columns.hpp"

namespace spoc::store {

void queue_index_job(Tx& tx, desk::TicketId ticket) {
  // A change that comes while the librarian works on the ticket gets a new number: finishing the old one
  // leaves it.
  tx.driver().run(
      "INSERT INTO index_job (id, ticket) VALUES ($1, $2) ON CONFLICT (ticket) DO UPDATE SET id = "
      "excluded.id",
      {next_number(tx, "index_job"), desk::number(ticket)});
}

std::vector<IndexJob> index_jobs(Tx& tx, std::size_t limit) {
  std::vector<IndexJob> jobs;
  tx.driver().run("SELECT id, ticket FROM index_job ORDER BY id LIMIT $1", {static_cast<std::int64_t>(limit)},
                  [&](Row const& row) {
                    jobs.push_back({row.integer(0), desk::TicketId{row.integer(1)}});
                  });
  return jobs;
}

void finish_jobs(Tx& tx, std::vector<IndexJob> const& jobs) {
  for (auto const& job : jobs) tx.driver().run("DELETE FROM index_job WHERE id = $1", {job.id});
}

void index_everything(Tx& tx) {
  auto const base = next_number(tx, "index_job");
  tx.driver().run("DELETE FROM index_job");
  tx.driver().run(
      "INSERT INTO index_job (id, ticket) SELECT $1 + id, id FROM ticket WHERE merged_into IS NULL", {base});
  tx.driver().run(
      "UPDATE counter SET value = value + (SELECT value FROM counter WHERE name = 'ticket') WHERE name = "
      "'index_job'");
}

}  // namespace spoc::store
