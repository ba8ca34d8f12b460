// SPDX-License-Identifier: GPL-3.0-or-later
// apply(): two tickets become one, or one becomes two. Every message stays, in exactly one of them.
#include "store/apply_steps.hpp"
#include "store/columns.hpp"
#include "store/contacts.hpp"

namespace spoc::store {

void merge_ticket(Tx& tx, desk::TicketId from, desk::MergeInto const& merge, desk::Time now) {
  auto& db = tx.driver();
  desk::TicketId const into = merge.target;
  std::int64_t const source = desk::number(from), target = desk::number(into);
  db.run("UPDATE message SET ticket = $2 WHERE ticket = $1", {source, target});
  db.run("UPDATE letter SET ticket = $2 WHERE ticket = $1", {source, target});
  db.run("UPDATE trail SET ticket = $2, detail = detail || $3 WHERE ticket = $1",
         {source, target, " (as #" + std::to_string(source) + ")"});
  // Behind those that the target has, in their order; the other requester gets copies.
  db.run(
      "INSERT INTO participant (ticket, key, name, address, position, copied) "
      "SELECT $2, p.key, p.name, p.address, p.position + (SELECT COUNT(*) FROM participant WHERE ticket = "
      "$2), "
      "p.copied FROM participant p WHERE p.ticket = $1 ON CONFLICT (ticket, key) DO NOTHING",
      {source, target});
  db.run(
      "UPDATE participant SET copied = 1 WHERE ticket = $2 AND key = (SELECT LOWER(requester_address) FROM "
      "ticket WHERE id = $1) AND key <> (SELECT LOWER(requester_address) FROM ticket WHERE id = $2)",
      {source, target});
  db.run("UPDATE draft SET ticket = $2 WHERE ticket = $1", {source, target});
  db.run("UPDATE reminder SET ticket = $2 WHERE ticket = $1", {source, target});
  db.run("DELETE FROM undo WHERE ticket = $1", {source});
  db.run(
      "UPDATE ticket SET merged_into = $2, status = 'closed', closed = $3, first_team = NULL, first_agent = "
      "NULL "
      "WHERE id = $1",
      {source, target, desk::to_number(now)});
  // Whoever led here leads there at once: a way never has more than one step.
  db.run("UPDATE ticket SET merged_into = $2 WHERE merged_into = $1", {source, target});
  note_status(tx, from, desk::Status::closed, now);
  db.run("UPDATE ticket SET changed = $2 WHERE id = $1", {target, desk::to_number(now)});
  if (!merge.first_team.empty())
    db.run("UPDATE ticket SET first_team = $2, first_agent = $3 WHERE id = $1",
           {target, merge.first_team, maybe(merge.first_agent)});
  add_teams(tx, into, merge.teams);
  add_invited(tx, into, merge.invited);
  queue_index_job(tx, into);
  queue_index_job(tx, from);
  file_level(tx, into, std::nullopt, true);
}

void split_message(Tx& tx, desk::TicketId from, desk::SplitOff const& split, desk::Time now) {
  desk::Ticket fresh = split.fresh;
  fresh.requester = find_or_add_contact(tx, fresh.requester_address, "", now).id;
  open_ticket(tx, fresh, nullptr, now);
  auto const moved =
      tx.driver().run("UPDATE message SET ticket = $3 WHERE id = $2 AND ticket = $1",
                      {desk::number(from), desk::number(split.message), desk::number(fresh.id)});
  if (moved != 1) throw Fault{{Kind::conflict, "the message to be split off is not in this ticket any more"}};
  // The note of an agent who passed that very mail on goes along: a raw mail is in one ticket only.
  tx.driver().run(
      "UPDATE message SET ticket = $3 WHERE ticket = $1 AND raw_hash = (SELECT raw_hash FROM message WHERE "
      "id = $2)",
      {desk::number(from), desk::number(split.message), desk::number(fresh.id)});
  queue_index_job(tx, fresh.id);
  file_level(tx, fresh.id, std::nullopt, true);
}

}  // namespace spoc::store
