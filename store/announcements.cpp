// SPDX-License-Identifier: GPL-3.0-or-later
// Announcements in and out of their tables.
#include "store/announcements.hpp"

#include "store/columns.hpp"
#include "store/ledger.hpp"

#include <cstdlib>

namespace spoc::store {
namespace {

/// announcement_ticket.told; 0 for not yet, 1 for in the chat, or that nobody was to be told.
constexpr int told_by_letter = 2;

/// The last announcement that was held against the tickets of before.
constexpr std::string_view joined_fact = "announcement.joined";

constexpr std::string_view announcement_columns =
    "a.id, a.text, a.words, a.author, a.made, a.until, a.ended, a.ticket";

desk::Announcement announcement_in(Row const& row) {
  desk::Announcement out;
  out.id = desk::AnnouncementId{row.integer(0)};
  out.text = row.text(1);
  out.words = from_lines(row.text(2));
  out.by = row.text(3);
  out.made = time_in(row, 4);
  out.until = maybe_time_in(row, 5);
  out.ended = maybe_time_in(row, 6);
  out.ticket = maybe_id_in<desk::TicketId>(row, 7).value_or(desk::TicketId{});
  return out;
}

void add_translations(Tx& tx, desk::Announcement& announcement) {
  tx.driver().run("SELECT language, text FROM announcement_text WHERE announcement = $1",
                  {desk::number(announcement.id)},
                  [&](Row const& row) { announcement.translations[row.text(0)] = row.text(1); });
}

std::vector<desk::Announcement> announcements_where(Tx& tx, std::string const& condition,
                                                    std::vector<Value> const& values) {
  std::vector<desk::Announcement> out;
  tx.driver().run("SELECT " + std::string{announcement_columns} + " FROM announcement a WHERE " + condition,
                  values, [&](Row const& row) { out.push_back(announcement_in(row)); });
  for (desk::Announcement& one : out) add_translations(tx, one);
  return out;
}

}  // namespace

desk::AnnouncementId add_announcement(Tx& tx, desk::Announcement const& announcement) {
  desk::AnnouncementId const id{next_number(tx, "announcement")};
  tx.driver().run(
      "INSERT INTO announcement (id, text, words, author, made, until, ended, ticket) VALUES ($1, $2, $3, "
      "$4, "
      "$5, $6, $7, $8)",
      {desk::number(id), announcement.text, as_lines(announcement.words), announcement.by,
       desk::to_number(announcement.made), maybe(announcement.until), maybe(announcement.ended),
       announcement.ticket == desk::TicketId{} ? Value{nullptr} : Value{desk::number(announcement.ticket)}});
  for (auto const& [language, text] : announcement.translations)
    tx.driver().run("INSERT INTO announcement_text (announcement, language, text) VALUES ($1, $2, $3)",
                    {desk::number(id), language, text});
  if (announcement.ticket != desk::TicketId{}) add_ticket_to(tx, id, announcement.ticket);
  return id;
}

bool end_announcement(Tx& tx, desk::AnnouncementId id, desk::Time now) {
  return tx.driver().run(
             "UPDATE announcement SET ended = $2 WHERE id = $1 AND ended IS NULL AND (until IS NULL OR until "
             "> $2)",
             {desk::number(id), desk::to_number(now)}) > 0;
}

void add_ticket_to(Tx& tx, desk::AnnouncementId id, desk::TicketId ticket) {
  tx.driver().run(
      "INSERT INTO announcement_ticket (announcement, ticket, told) VALUES ($1, $2, 0) ON CONFLICT "
      "(announcement, ticket) DO NOTHING",
      {desk::number(id), desk::number(ticket)});
}

std::vector<desk::Announcement> announcements_in_force(Tx& tx, desk::Time now) {
  return announcements_where(tx, "a.ended IS NULL AND (a.until IS NULL OR a.until > $1) ORDER BY a.id DESC",
                             {desk::to_number(now)});
}

std::vector<Before> tickets_before(Tx& tx, desk::Announcement const& announcement, desk::Time since,
                                   std::size_t limit) {
  std::vector<Before> out;
  // A ticket has changed when it was opened, or later: so the index of changes holds all.
  tx.driver().run(
      "SELECT t.id, t.subject, m.reply, (SELECT COUNT(*) FROM message a WHERE a.ticket = t.id AND a.kind = "
      "'outbound' AND a.agent <> '' AND a.state <> 'withdrawn') FROM ticket t JOIN message m ON m.id = "
      "(SELECT MIN(f.id) FROM message f "
      "WHERE f.ticket = t.id) WHERE t.closed IS NULL AND t.merged_into IS NULL AND t.changed >= $1 AND "
      "t.opened >= $1 AND t.opened < $2 AND m.kind = 'inbound' AND NOT EXISTS (SELECT 1 FROM "
      "announcement_ticket b WHERE b.announcement = $3 AND b.ticket = t.id) ORDER BY t.changed DESC LIMIT $4",
      {desk::to_number(since), desk::to_number(announcement.made), desk::number(announcement.id),
       static_cast<std::int64_t>(limit)},
      [&](Row const& row) {
        out.push_back({desk::TicketId{row.integer(0)}, row.text(1) + "\n" + row.text(2), row.integer(3) > 0});
      });
  return out;
}

std::vector<desk::Announcement> announcements_to_join(Tx& tx, desk::Time now, desk::Duration reach) {
  std::int64_t const last = std::atoll(fact(tx, joined_fact).value_or("0").c_str());
  return announcements_where(tx,
                             "a.ended IS NULL AND (a.until IS NULL OR a.until > $1) AND a.id > $2 AND a.made "
                             "> $3 ORDER BY a.id",
                             {desk::to_number(now), last, desk::to_number(now - reach)});
}

void note_joined(Tx& tx, desk::AnnouncementId id) {
  keep_fact(tx, joined_fact, std::to_string(desk::number(id)));
}

std::vector<AnnouncementCount> list_announcements(Tx& tx, std::size_t limit) {
  std::vector<AnnouncementCount> out;
  for (desk::Announcement& one :
       announcements_where(tx, "1 = 1 ORDER BY a.id DESC LIMIT $1", {static_cast<std::int64_t>(limit)})) {
    std::int64_t tickets = 0;
    tx.driver().run("SELECT COUNT(*) FROM announcement_ticket WHERE announcement = $1",
                    {desk::number(one.id)}, [&](Row const& row) { tickets = row.integer(0); });
    out.push_back({std::move(one), tickets});
  }
  return out;
}

std::vector<Untold> untold_ends(Tx& tx, desk::Time now, std::size_t limit) {
  std::vector<Untold> out;
  tx.driver().run("SELECT " + std::string{announcement_columns} +
                      ", t.ticket FROM announcement_ticket t JOIN announcement a ON a.id = t.announcement "
                      "WHERE t.told = 0 AND (a.ended IS NOT NULL OR a.until <= $1) ORDER BY t.announcement, "
                      "t.ticket LIMIT $2",
                  {desk::to_number(now), static_cast<std::int64_t>(limit)}, [&](Row const& row) {
                    out.push_back({announcement_in(row), desk::TicketId{row.integer(8)}});
                  });
  for (Untold& one : out) add_translations(tx, one.announcement);
  return out;
}

void end_was_told(Tx& tx, desk::AnnouncementId id, desk::TicketId ticket, bool by_letter) {
  tx.driver().run("UPDATE announcement_ticket SET told = $3 WHERE announcement = $1 AND ticket = $2",
                  {desk::number(id), desk::number(ticket), std::int64_t{by_letter ? told_by_letter : 1}});
}

std::optional<desk::TicketId> other_ticket_in(Tx& tx, desk::AnnouncementId id, std::string_view address,
                                              desk::TicketId except, bool over) {
  std::optional<desk::TicketId> found;
  if (address.empty()) return found;
  tx.driver().run(
      "SELECT MIN(t.id) FROM announcement_ticket a JOIN ticket t ON t.id = a.ticket WHERE a.announcement = "
      "$1 "
      "AND t.requester_address = $2 AND t.id <> $3 AND a.told >= $4",
      {desk::number(id), address, desk::number(except), std::int64_t{over ? told_by_letter : 0}},
      [&](Row const& row) { found = maybe_id_in<desk::TicketId>(row, 0); });
  return found;
}

std::optional<desk::Time> next_end(Tx& tx) {
  std::optional<desk::Time> next;
  tx.driver().run(
      "SELECT MIN(CASE WHEN a.ended IS NOT NULL AND (a.until IS NULL OR a.ended < a.until) THEN a.ended ELSE "
      "a.until END) FROM announcement_ticket t JOIN announcement a ON a.id = t.announcement WHERE t.told = 0",
      {}, [&](Row const& row) { next = maybe_time_in(row, 0); });
  return next;
}

}  // namespace spoc::store
