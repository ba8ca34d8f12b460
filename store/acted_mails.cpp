// SPDX-License-Identifier: GPL-3.0-or-later
// Agents' mails that have been acted on.
#include "store/acted_mails.hpp"

#include "store/columns.hpp"

namespace spoc::store {

void note_acted(Tx& tx, std::string_view agent, std::string_view message_id, desk::TicketId ticket,
                desk::Time at, desk::Time since) {
  tx.driver().run("DELETE FROM acted_mail WHERE at < $1", {desk::to_number(since)});
  tx.driver().run(
      "INSERT INTO acted_mail (agent, message_id, ticket, at) VALUES ($1, $2, $3, $4) "
      "ON CONFLICT (agent, message_id) DO NOTHING",
      {agent, message_id, desk::number(ticket), desk::to_number(at)});
}

std::optional<desk::TicketId> find_acted(Tx& tx, std::string_view agent, std::string_view message_id) {
  std::optional<desk::TicketId> ticket;
  tx.driver().run(
      "SELECT COALESCE(t.merged_into, t.id) FROM acted_mail a JOIN ticket t ON t.id = a.ticket "
      "WHERE a.agent = $1 AND a.message_id = $2",
      {agent, message_id}, [&](Row const& row) { ticket = desk::TicketId{row.integer(0)}; });
  return ticket;
}

}  // namespace spoc::store
