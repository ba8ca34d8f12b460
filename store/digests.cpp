// SPDX-License-Identifier: GPL-3.0-or-later
// Lists as rows: one a list, one a number.
#include "store/digests.hpp"

#include "store/columns.hpp"

namespace spoc::store {
namespace {

void keep_item(Tx& tx, desk::DigestId id, std::size_t place, desk::DigestItem const& item) {
  tx.driver().run(
      "INSERT INTO digest_item (digest, position, ticket, subject, requester_name, requester_address, "
      "priority, status, assignee, team, due) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
      {desk::number(id), static_cast<std::int64_t>(place), desk::number(item.ticket), item.subject,
       item.requester.name, item.requester.address, static_cast<std::int64_t>(item.priority),
       desk::name(item.status), item.assignee, item.team, item.due});
}

desk::DigestItem item_in(Row const& row) {
  desk::DigestItem item;
  item.ticket = desk::TicketId{row.integer(0)};
  item.subject = row.text(1);
  item.requester = {row.text(2), row.text(3)};
  item.priority = static_cast<desk::Priority>(row.integer(4));
  item.status = known(desk::status_named(row.text(5)), "digest_item.status", row.text(5));
  item.assignee = row.text(6);
  item.team = row.text(7);
  item.due = row.text(8);
  return item;
}

}  // namespace

desk::DigestId next_digest(Tx& tx) { return desk::DigestId{next_number(tx, "digest")}; }

void keep_digest(Tx& tx, desk::Digest const& digest) {
  tx.driver().run(
      "INSERT INTO digest (id, agent, day, mailbox, made, left_out, seen) VALUES ($1, $2, $3, $4, $5, $6, "
      "(SELECT MAX(id) FROM message))",
      {desk::number(digest.id), digest.agent, digest.day, digest.mailbox, desk::to_number(digest.made),
       std::int64_t{digest.left_out}});
  for (std::size_t i = 0; i < digest.items.size(); ++i) keep_item(tx, digest.id, i, digest.items[i]);
}

std::optional<desk::Digest> find_digest(Tx& tx, desk::DigestId id) {
  std::optional<desk::Digest> digest;
  tx.driver().run(
      "SELECT agent, day, mailbox, made, left_out, seen FROM digest WHERE id = $1", {desk::number(id)},
      [&](Row const& row) {
        digest = desk::Digest{
            id, row.text(0), row.text(1), row.text(2), time_in(row, 3), {}, static_cast<int>(row.integer(4))};
        digest->seen = maybe_id_in<desk::MessageId>(row, 5);
      });
  if (!digest) return digest;
  tx.driver().run(
      "SELECT ticket, subject, requester_name, requester_address, priority, status, assignee, team, due "
      "FROM digest_item WHERE digest = $1 ORDER BY position",
      {desk::number(id)}, [&](Row const& row) { digest->items.push_back(item_in(row)); });
  return digest;
}

std::set<std::pair<std::string, std::string>> digest_days(Tx& tx, desk::Time since) {
  std::set<std::pair<std::string, std::string>> all;
  tx.driver().run("SELECT agent, day FROM digest WHERE made >= $1", {desk::to_number(since)},
                  [&](Row const& row) { all.emplace(row.text(0), row.text(1)); });
  return all;
}

void note_digest_answer(Tx& tx, desk::DigestId id, std::string_view message_id) {
  tx.driver().run(
      "INSERT INTO digest_answer (digest, message_id) VALUES ($1, $2) ON CONFLICT (digest, message_id) DO "
      "NOTHING",
      {desk::number(id), message_id});
}

bool has_digest_answer(Tx& tx, desk::DigestId id, std::string_view message_id) {
  bool found = false;
  tx.driver().run("SELECT 1 FROM digest_answer WHERE digest = $1 AND message_id = $2",
                  {desk::number(id), message_id}, [&](Row const&) { found = true; });
  return found;
}

}  // namespace spoc::store
