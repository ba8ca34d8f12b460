// SPDX-License-Identifier: GPL-3.0-or-later
// Reminders as rows.
#include "store/reminders.hpp"

#include "store/columns.hpp"

namespace spoc::store {
namespace {

std::vector<desk::Reminder> reminders_where(Tx& tx, std::string_view condition,
                                            std::vector<Value> const& values) {
  std::vector<desk::Reminder> out;
  tx.driver().run(std::string{"SELECT id, ticket, agent, at, text FROM reminder WHERE "}.append(condition),
                  values, [&](Row const& row) {
                    out.push_back({desk::ReminderId{row.integer(0)}, desk::TicketId{row.integer(1)},
                                   row.text(2), time_in(row, 3), row.text(4)});
                  });
  return out;
}

}  // namespace

std::vector<desk::Reminder> reminders_due(Tx& tx, desk::Time now, std::size_t limit) {
  return reminders_where(tx, "at <= $1 ORDER BY at, id LIMIT $2",
                         {desk::to_number(now), static_cast<std::int64_t>(limit)});
}

std::optional<desk::Time> next_reminder(Tx& tx) {
  std::optional<desk::Time> next;
  tx.driver().run("SELECT at FROM reminder ORDER BY at LIMIT 1", {},
                  [&](Row const& row) { next = time_in(row, 0); });
  return next;
}

std::vector<desk::Reminder> reminders_of(Tx& tx, desk::TicketId ticket) {
  return reminders_where(tx, "ticket = $1 ORDER BY at, id", {desk::number(ticket)});
}

void add_reminder(Tx& tx, desk::TicketId ticket, desk::Reminder const& reminder) {
  tx.driver().run("INSERT INTO reminder (id, ticket, agent, at, text) VALUES ($1, $2, $3, $4, $5)",
                  {next_number(tx, "reminder"), desk::number(ticket), reminder.agent,
                   desk::to_number(reminder.at), reminder.text});
}

void drop_reminder(Tx& tx, desk::ReminderId id) {
  tx.driver().run("DELETE FROM reminder WHERE id = $1", {desk::number(id)});
}

}  // namespace spoc::store
