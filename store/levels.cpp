// SPDX-License-Identifier: GPL-3.0-or-later
// Service levels as rows.
#include "store/levels.hpp"

#include "desk/courtesy.hpp"
#include "store/apply_steps.hpp"
#include "store/columns.hpp"

#include <algorithm>

namespace spoc::store {
namespace {

constexpr std::string_view outbound = "outbound";

/// Of few promises among many tickets the partial index knows.
std::string rows_of(Watched watched) {
  return watched == Watched::all ? "level WHERE "
                                 : "ticket JOIN level ON level.ticket = ticket.id "
                                   "WHERE ticket.promised IS NOT NULL AND ";
}

void add_exchange(Row const& row, desk::Course& course) {
  desk::Exchange one;
  one.id = desk::MessageId{row.integer(0)};
  one.at = time_in(row, 2);
  one.answer = row.text(1) == outbound;
  one.courtesy = !one.answer && desk::is_courtesy(row.text(3));
  course.exchanges.push_back(one);
}

}  // namespace

desk::Course course_of(Tx& tx, desk::TicketId ticket) {
  desk::Course course;
  tx.driver().run("SELECT status, at, seen FROM status_change WHERE ticket = $1 ORDER BY position",
                  {desk::number(ticket)}, [&](Row const& row) {
                    auto const status =
                        known(desk::status_named(row.text(0)), "status_change.status", row.text(0));
                    course.spans.push_back({time_in(row, 1), status, maybe_id_in<desk::MessageId>(row, 2)});
                  });
  // length() counts characters, never more than bytes: what may be a courtesy is read.
  tx.driver().run(
      "SELECT id, kind, at, CASE WHEN length(reply) <= $2 THEN reply ELSE '' END FROM message "
      "WHERE ticket = $1 AND kind IN ('inbound', 'outbound') AND rule <> 'announcement' AND state <> "
      "'withdrawn' "
      "ORDER BY id",
      {desk::number(ticket), static_cast<std::int64_t>(desk::longest_courtesy)},
      [&](Row const& row) { add_exchange(row, course); });
  // One that was cancelled never left.
  tx.driver().run(
      "SELECT made, settled FROM letter WHERE ticket = $1 AND kind = 'asked' AND state <> 'cancelled' ORDER "
      "BY id",
      {desk::number(ticket)}, [&](Row const& row) {
        course.questions.push_back({time_in(row, 0), maybe_time_in(row, 1)});
      });
  tx.driver().run(
      "SELECT MAX(made) FROM letter WHERE ticket = $1 AND kind IN ('resolved', 'closed') AND state <> "
      "'cancelled'",
      {desk::number(ticket)}, [&](Row const& row) { course.end_told = maybe_time_in(row, 0); });
  return course;
}

desk::LevelState level_of(Tx& tx, desk::TicketId ticket) {
  desk::LevelState level;
  tx.driver().run("SELECT next_moment, due, standing, told, informed FROM level WHERE ticket = $1",
                  {desk::number(ticket)}, [&](Row const& row) {
                    level = {maybe_time_in(row, 0), maybe_time_in(row, 1), row.text(2),
                             from_lines(row.text(3)), maybe_time_in(row, 4)};
                  });
  return level;
}

std::vector<desk::TicketId> levels_due(Tx& tx, Watched watched, desk::Time now, std::size_t limit) {
  std::vector<desk::TicketId> tickets;
  tx.driver().run("SELECT level.ticket FROM " + rows_of(watched) +
                      "next_moment IS NOT NULL AND next_moment <= $1 ORDER BY next_moment LIMIT $2",
                  {desk::to_number(now), static_cast<std::int64_t>(limit)},
                  [&](Row const& row) { tickets.push_back(desk::TicketId{row.integer(0)}); });
  return tickets;
}

std::optional<desk::Time> next_level(Tx& tx, Watched watched) {
  std::optional<desk::Time> next;
  tx.driver().run(
      "SELECT next_moment FROM " + rows_of(watched) + "next_moment IS NOT NULL ORDER BY next_moment LIMIT 1",
      {}, [&](Row const& row) { next = time_in(row, 0); });
  return next;
}

void put_off(Tx& tx, desk::TicketId ticket, std::optional<desk::Time> until) {
  tx.driver().run("UPDATE level SET next_moment = $2 WHERE ticket = $1",
                  {desk::number(ticket), maybe(until)});
}

Stretch unfinished_above(Tx& tx, desk::TicketId above, std::size_t limit) {
  constexpr std::int64_t most_rows = 1000;
  Stretch out;
  std::int64_t rows = 0;
  tx.driver().run(
      "SELECT id, CASE WHEN merged_into IS NULL AND (closed IS NULL OR status = 'resolved') THEN 1 ELSE 0 "
      "END "
      "FROM ticket WHERE id > $1 ORDER BY id LIMIT $2",
      {desk::number(above), most_rows}, [&](Row const& row) {
        ++rows;
        if (out.tickets.size() >= limit) return;
        out.seen = desk::TicketId{row.integer(0)};
        if (row.integer(1) == 1) out.tickets.push_back(*out.seen);
      });
  bool const whole = rows < most_rows && out.tickets.size() < limit;
  if (whole) out.seen.reset();
  return out;
}

std::map<std::string, std::int64_t> standings(Tx& tx) {
  std::map<std::string, std::int64_t> counts;
  tx.driver().run("SELECT standing, COUNT(*) FROM level WHERE standing <> '' GROUP BY standing", {},
                  [&](Row const& row) { counts[row.text(0)] = row.integer(1); });
  return counts;
}

void note_status(Tx& tx, desk::TicketId ticket, desk::Status status, desk::Time now) {
  std::string last;
  std::int64_t position = 0;
  tx.driver().run(
      "SELECT position, status FROM status_change WHERE ticket = $1 ORDER BY position DESC LIMIT 1",
      {desk::number(ticket)}, [&](Row const& row) {
        position = row.integer(0) + 1;
        last = row.text(1);
      });
  if (last == desk::name(status)) return;
  tx.driver().run(
      "INSERT INTO status_change (ticket, position, status, at, seen) VALUES ($1, $2, $3, $4, (SELECT "
      "MAX(id) FROM message))",
      {desk::number(ticket), position, desk::name(status), desk::to_number(now)});
}

void file_level(Tx& tx, desk::TicketId ticket, std::optional<desk::LevelState> const& level, bool touched) {
  if (level) {
    std::optional<desk::Time> const next = touched ? desk::Time{} : level->next;
    tx.driver().run(
        "INSERT INTO level (ticket, next_moment, due, standing, told, informed) VALUES ($1, $2, $3, $4, $5, "
        "$6) ON CONFLICT (ticket) DO UPDATE SET next_moment = excluded.next_moment, due = excluded.due, "
        "standing = excluded.standing, told = excluded.told, informed = excluded.informed",
        {desk::number(ticket), maybe(next), maybe(level->due), level->standing, as_lines(level->told),
         maybe(level->informed)});
    return;
  }
  if (!touched) return;
  tx.driver().run(
      "INSERT INTO level (ticket, next_moment, standing, told) VALUES ($1, 0, '', '') "
      "ON CONFLICT (ticket) DO UPDATE SET next_moment = 0",
      {desk::number(ticket)});
}

}  // namespace spoc::store
