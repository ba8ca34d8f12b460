// SPDX-License-Identifier: GPL-3.0-or-later
// Chat sessions, and which of their lines who has had.
#include "store/chats.hpp"

#include "store/columns.hpp"
#include "store/contact_rows.hpp"
#include "store/messages.hpp"
#include "store/tickets.hpp"

#include <algorithm>

namespace spoc::store {

namespace {

std::optional<Session> session_where(Tx& tx, std::string const& condition, std::string_view value) {
  std::optional<Session> session;
  tx.driver().run(
      "SELECT secret, ticket, name, address, language, last, opened, seen, visitor, confirmed FROM session "
      "WHERE " +
          condition,
      {value}, [&](Row const& row) {
        session = Session{row.text(0),     maybe_id_in<desk::TicketId>(row, 1),
                          row.text(2),     row.text(3),
                          row.text(4),     row.integer(5),
                          time_in(row, 6), time_in(row, 7),
                          row.text(8),     row.text(9)};
      });
  return session;
}

}  // namespace

std::optional<Session> find_session(Tx& tx, std::string_view secret) {
  return session_where(tx, "secret = $1", secret);
}

std::optional<Session> session_of_visitor(Tx& tx, std::string_view visitor) {
  return session_where(tx, "visitor = $1 ORDER BY seen DESC, secret LIMIT 1", visitor);
}

void add_session(Tx& tx, Session const& session) {
  auto const added = tx.driver().run(
      "INSERT INTO session (secret, ticket, name, address, language, last, opened, seen, visitor) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (secret) DO NOTHING",
      {session.secret, maybe_id(session.ticket), session.name, session.address, session.language,
       session.last, desk::to_number(session.opened), desk::to_number(session.seen), maybe(session.visitor)});
  if (added == 0) throw Fault{{Kind::conflict, "this chat session is open already"}};
}

void update_session(Tx& tx, Session const& session) {
  auto const changed = tx.driver().run(
      "UPDATE session SET name = $2, address = $3, language = $4, seen = $5, visitor = $6, "
      "confirmed = $7 WHERE secret = $1",
      {session.secret, session.name, session.address, session.language, desk::to_number(session.seen),
       maybe(session.visitor), maybe(session.confirmed)});
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

std::vector<desk::Message> newest_lines(Tx& tx, std::string_view secret, std::int64_t after,
                                        std::int64_t before, std::size_t most) {
  auto lines =
      messages_where(tx, "session = $1 AND sequence > $2 AND sequence < $3 ORDER BY sequence DESC LIMIT $4",
                     {secret, after, before, static_cast<std::int64_t>(most)});
  std::reverse(lines.begin(), lines.end());
  return lines;
}

std::vector<Waiting> waiting_lines(Tx& tx, desk::Time before, desk::Duration longest) {
  std::vector<Waiting> all;
  tx.driver().run(
      "SELECT ticket FROM message WHERE told = 0 GROUP BY ticket HAVING MAX(at) <= $1 OR MIN(at) <= $2 "
      "ORDER BY MAX(at), ticket",
      {desk::to_number(before), desk::to_number(before - longest)}, [&](Row const& row) {
        all.push_back({desk::TicketId{row.integer(0)}, {}});
      });
  for (auto& waiting : all)
    waiting.lines =
        messages_where(tx, "ticket = $1 AND told = 0 ORDER BY id", {desk::number(waiting.ticket)});
  return all;
}

std::optional<desk::Time> next_waiting(Tx& tx, desk::Duration longest) {
  std::optional<desk::Time> moment;
  tx.driver().run(
      "SELECT CASE WHEN MAX(at) < MIN(at) + $1 THEN MAX(at) ELSE MIN(at) + $1 END AS since FROM message "
      "WHERE told = 0 GROUP BY ticket ORDER BY since LIMIT 1",
      {std::int64_t{longest.count()}}, [&](Row const& row) { moment = time_in(row, 0); });
  return moment;
}

bool has_earlier(Tx& tx, desk::TicketId ticket, desk::MessageId message) {
  bool found = false;
  tx.driver().run("SELECT 1 FROM message WHERE ticket = $1 AND id < $2 LIMIT 1",
                  {desk::number(ticket), desk::number(message)}, [&](Row const&) { found = true; });
  return found;
}

std::vector<desk::Attachment> gathered_files(Tx& tx, desk::Message const& last, Contents contents) {
  std::int64_t before = 0;
  tx.driver().run(
      "SELECT MAX(m.id) FROM letter l JOIN message m ON m.id = l.about WHERE l.ticket = $1 AND m.id < $2 AND "
      "m.channel = 'chat' AND m.kind = 'inbound'",
      {desk::number(last.ticket), desk::number(last.id)}, [&](Row const& row) { before = row.integer(0); });
  std::vector<desk::Attachment> files;
  for (auto const& line : messages_where(
           tx, "ticket = $1 AND id > $2 AND id <= $3 AND channel = 'chat' AND kind = 'inbound' ORDER BY id",
           {desk::number(last.ticket), before, desk::number(last.id)})) {
    if (line.attachments.empty()) continue;
    auto const whole = find_message(tx, line.id, contents);
    if (whole) files.insert(files.end(), whole->attachments.begin(), whole->attachments.end());
  }
  return files;
}

std::vector<desk::Rated> ratings_of(Tx& tx, desk::TicketId ticket) {
  std::vector<desk::Rated> all;
  tx.driver().run("SELECT score, solved, words FROM rating WHERE ticket = $1 ORDER BY at",
                  {desk::number(ticket)}, [&](Row const& row) {
                    all.push_back({static_cast<int>(row.integer(0)), row.integer(1) != 0, row.text(2)});
                  });
  return all;
}

std::vector<desk::FirstAnswer> first_answers(Tx& tx, desk::Time since, int hour) {
  constexpr std::int64_t one_hour = 3'600'000;
  std::vector<desk::FirstAnswer> chats;
  tx.driver().run(
      "SELECT t.opened, (SELECT MIN(m.at) FROM message m WHERE m.ticket = t.id AND m.kind = 'outbound' AND "
      "m.agent <> '' AND m.state <> 'withdrawn') FROM ticket t WHERE t.id IN (SELECT id FROM ticket WHERE "
      "closed IS NULL AND changed >= $1 UNION ALL SELECT id FROM ticket WHERE closed IS NOT NULL AND changed "
      ">= $1) AND t.opened >= $1 AND t.channel = 'chat' AND "
      "t.merged_into IS NULL AND (t.opened / $2) % 24 = $3 ORDER BY t.opened DESC LIMIT 1000",
      {desk::to_number(since), one_hour, std::int64_t{hour}}, [&](Row const& row) {
        chats.push_back({time_in(row, 0), maybe_time_in(row, 1)});
      });
  return chats;
}

std::vector<desk::Ticket> tickets_of_address(Tx& tx, std::string_view address, std::size_t limit) {
  std::vector<desk::Ticket> found;
  auto const contact = contact_at(tx, address);
  if (!contact) return found;
  TicketFilter theirs;
  theirs.requester = *contact;
  theirs.limit = limit;
  for (desk::Ticket& ticket : list_tickets(tx, theirs))
    if (desk::normal(ticket.requester_address.address) == desk::normal(address))
      found.push_back(std::move(ticket));
  return found;
}

void mark_told(Tx& tx, desk::TicketId ticket, desk::MessageId up_to) {
  tx.driver().run("UPDATE message SET told = 1 WHERE ticket = $1 AND told = 0 AND id <= $2",
                  {desk::number(ticket), desk::number(up_to)});
}

}  // namespace spoc::store
