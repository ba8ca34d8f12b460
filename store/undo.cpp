// SPDX-License-Identifier: GPL-3.0-or-later
// Snapshots in a column each: one field a line, tags parted by commas.
#include "store/undo.hpp"

#include "store/columns.hpp"

#include <algorithm>
#include <sstream>

namespace spoc::store {
namespace {

/// Its two moments in milliseconds, with a blank between; "" for none.
std::string as_text(std::optional<desk::Promise> const& promise) {
  return promise ? std::to_string(desk::to_number(promise->due)) + ' ' +
                       std::to_string(desk::to_number(promise->made))
                 : "";
}

std::optional<desk::Promise> promise_in(std::string const& text) {
  std::int64_t due = 0, made = 0;
  if (!(std::istringstream{text} >> due >> made)) return std::nullopt;
  return desk::Promise{desk::from_number(due), desk::from_number(made)};
}

std::string joined(std::vector<std::string> const& all) {
  std::string out;
  for (auto const& one : all) out += (out.empty() ? "" : ",") + one;
  return out;
}

std::vector<std::string> parted(std::string text) {
  std::replace(text.begin(), text.end(), ',', '\n');
  return from_lines(text);
}

std::int64_t number_in(std::string const& text) {
  std::int64_t number = 0;
  std::istringstream{text} >> number;
  return number;
}

std::string as_text(desk::Snapshot const& shot) {
  return as_lines({std::string{desk::name(shot.status)},
                   shot.assignee,
                   shot.team,
                   shot.first_team,
                   shot.first_agent,
                   std::string{desk::name(shot.priority)},
                   std::string{desk::name(shot.kind)},
                   std::string{desk::name(shot.levels.first)},
                   std::string{desk::name(shot.levels.second)},
                   joined(shot.tags),
                   as_text(shot.promise),
                   shot.category,
                   joined(shot.copies),
                   joined(shot.participants),
                   shot.requester,
                   std::to_string(desk::number(shot.contact)),
                   std::to_string(desk::number(shot.related.value_or(desk::TicketId{}))),
                   shot.passed_on ? "passed on" : "",
                   joined(shot.invited),
                   shot.language});
}

desk::Snapshot from_text(std::string const& text) {
  auto fields = from_lines(text);
  bool const complete = fields.size() > 12;  // older releases kept no people
  fields.resize(20);                         // nor whom they invited, nor the language
  desk::Snapshot shot;
  shot.status = known(desk::status_named(fields[0]), "undo.status", fields[0]);
  shot.assignee = fields[1];
  shot.team = fields[2];
  shot.first_team = fields[3];
  shot.first_agent = fields[4];
  shot.priority = known(desk::priority_named(fields[5]), "undo.priority", fields[5]);
  shot.kind = known(desk::ticket_kind_named(fields[6]), "undo.kind", fields[6]);
  shot.levels = {known(desk::level_named(fields[7]), "undo.impact", fields[7]),
                 known(desk::level_named(fields[8]), "undo.urgency", fields[8])};
  shot.tags = parted(fields[9]);
  shot.promise = promise_in(fields[10]);
  shot.category = fields[11];
  if (!complete) return shot;
  shot.copies = parted(fields[12]);
  shot.participants = parted(fields[13]);
  shot.requester = fields[14];
  shot.contact = desk::ContactId{number_in(fields[15])};
  if (auto const related = number_in(fields[16]); related != 0) shot.related = desk::TicketId{related};
  shot.passed_on = !fields[17].empty();
  shot.invited = parted(fields[18]);
  shot.language = fields[19];
  return shot;
}

}  // namespace

std::optional<desk::Undo> find_undo(Tx& tx, desk::TicketId ticket, std::string_view agent) {
  std::optional<desk::Undo> undo;
  tx.driver().run(
      "SELECT at, earlier, later, reminders, lasting FROM undo WHERE ticket = $1 AND agent = $2",
      {desk::number(ticket), agent}, [&](Row const& row) {
        undo = desk::Undo{
            std::string{agent},     time_in(row, 0), from_text(row.text(1)), from_text(row.text(2)), {},
            from_lines(row.text(4))};
        for (auto const& one : from_lines(row.text(3)))
          undo->reminders.push_back(desk::from_number(number_in(one)));
      });
  return undo;
}

void keep_undo(Tx& tx, desk::TicketId ticket, desk::Undo const& undo) {
  std::vector<std::string> reminders;
  for (auto const& one : undo.reminders) reminders.push_back(std::to_string(desk::to_number(one)));
  tx.driver().run(
      "INSERT INTO undo (ticket, agent, at, earlier, later, reminders, lasting) VALUES ($1, $2, $3, $4, $5, "
      "$6, $7) ON CONFLICT (ticket, agent) DO UPDATE SET at = excluded.at, earlier = excluded.earlier, later "
      "= "
      "excluded.later, reminders = excluded.reminders, lasting = excluded.lasting",
      {desk::number(ticket), undo.agent, desk::to_number(undo.at), as_text(undo.before), as_text(undo.after),
       as_lines(reminders), as_lines(undo.lasting)});
}

void drop_undo(Tx& tx, desk::TicketId ticket, std::string_view agent) {
  tx.driver().run("DELETE FROM undo WHERE ticket = $1 AND agent = $2", {desk::number(ticket), agent});
}

int sent_outside_since(Tx& tx, desk::TicketId ticket, desk::Time since) {
  std::int64_t count = 0;
  tx.driver().run(
      "SELECT COUNT(*) FROM letter WHERE ticket = $1 AND agent = '' AND state = 'sent' AND made >= $2",
      {desk::number(ticket), desk::to_number(since)}, [&](Row const& row) { count = row.integer(0); });
  return static_cast<int>(count);
}

}  // namespace spoc::store
