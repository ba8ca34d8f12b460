// SPDX-License-Identifier: GPL-3.0-or-later
// Chat sessions, and which of their lines who has had.
#include "store/chats.hpp"

#include "store/columns.hpp"
#include "store/messages.hpp"

namespace spoc::store {

std::optional<Session> find_session(Tx& tx, std::string_view secret) {
  std::optional<Session> session;
  tx.driver().run(
      "SELECT secret, ticket, name, address, language, last, opened, seen FROM session WHERE secret = $1",
      {secret}, [&](Row const& row) {
        session = Session{row.text(0),     maybe_id_in<desk::TicketId>(row, 1),
                          row.text(2),     row.text(3),
                          row.text(4),     row.integer(5),
                          time_in(row, 6), time_in(row, 7)};
      });
  return session;
}

void add_session(Tx& tx, Session const& session) {
  auto const added = tx.driver().run(
      "INSERT INTO session (secret, ticket, name, address, language, last, opened, seen) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (secret) DO NOTHING",
      {session.secret, maybe_id(session.ticket), session.name, session.address, session.language,
       session.last, desk::to_number(session.opened), desk::to_number(session.seen)});
  if (added == 0) throw Fault{{Kind::conflict, "this chat session is open already"}};
}

void update_session(Tx& tx, Session const& session) {
  auto const changed = tx.driver().run(
      "UPDATE session SET name = $2, address = $3, language = $4, seen = $5 WHERE secret = $1",
      {session.secret, session.name, session.address, session.language, desk::to_number(session.seen)});
  if (changed == 0) throw Fault{{Kind::missing, "no such chat session; it has to be opened first"}};
}

std::optional<desk::Message> find_line(Tx& tx, std::string_view secret, std::string_view ref) {
  if (ref.empty()) return std::nullopt;
  auto found = messages_where(tx, "session = $1 AND ref = $2", {secret, ref});
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

std::vector<desk::Message> lines_after(Tx& tx, std::string_view secret, std::int64_t after) {
  return messages_where(tx, "session = $1 AND sequence > $2 ORDER BY sequence", {secret, after});
}

std::vector<Waiting> waiting_lines(Tx& tx, desk::Time before) {
  std::vector<Waiting> all;
  tx.driver().run(
      "SELECT ticket FROM message WHERE told = 0 GROUP BY ticket HAVING MAX(at) <= $1 ORDER BY MAX(at), "
      "ticket",
      {desk::to_number(before)}, [&](Row const& row) {
        all.push_back({desk::TicketId{row.integer(0)}, {}});
      });
  for (auto& waiting : all)
    waiting.lines =
        messages_where(tx, "ticket = $1 AND told = 0 ORDER BY id", {desk::number(waiting.ticket)});
  return all;
}

std::optional<desk::Time> next_waiting(Tx& tx) {
  std::optional<desk::Time> moment;
  tx.driver().run(
      "SELECT MAX(at) AS newest FROM message WHERE told = 0 GROUP BY ticket ORDER BY newest LIMIT 1", {},
      [&](Row const& row) { moment = time_in(row, 0); });
  return moment;
}

void mark_told(Tx& tx, desk::TicketId ticket, desk::MessageId up_to) {
  tx.driver().run("UPDATE message SET told = 1 WHERE ticket = $1 AND told = 0 AND id <= $2",
                  {desk::number(ticket), desk::number(up_to)});
}

}  // namespace spoc::store
