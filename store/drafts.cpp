// SPDX-License-Identifier: GPL-3.0-or-later
// Drafts in and out of their table.
#include "store/drafts.hpp"

#include "store/columns.hpp"

namespace spoc::store {
namespace {

std::vector<desk::Draft> drafts_where(Tx& tx, std::string const& condition,
                                      std::vector<Value> const& values) {
  std::vector<desk::Draft> out;
  tx.driver().run(
      "SELECT id, ticket, file, title, language, author, text, made, state FROM draft WHERE " + condition,
      values, [&](Row const& row) {
        desk::Draft one;
        one.id = desk::DraftId{row.integer(0)};
        one.ticket = desk::TicketId{row.integer(1)};
        one.file = row.text(2);
        one.title = row.text(3);
        one.language = row.text(4);
        one.by = row.text(5);
        one.text = row.text(6);
        one.made = time_in(row, 7);
        one.state = known(desk::draft_state_named(row.text(8)), "draft.state", row.text(8));
        out.push_back(std::move(one));
      });
  return out;
}

}  // namespace

desk::DraftId next_draft(Tx& tx) { return desk::DraftId{next_number(tx, "draft")}; }

void keep_draft(Tx& tx, desk::Draft const& draft) {
  tx.driver().run(
      "INSERT INTO draft (id, ticket, file, title, language, author, text, made, state, settled, filed) "
      "VALUES "
      "($1, $2, $3, $4, $5, $6, $7, $8, $9, NULL, '')",
      {desk::number(draft.id), desk::number(draft.ticket), draft.file, draft.title, draft.language, draft.by,
       draft.text, desk::to_number(draft.made), desk::name(draft.state)});
}

void settle_draft(Tx& tx, desk::DraftId id, desk::DraftState state, desk::Time now) {
  tx.driver().run("UPDATE draft SET state = $2, settled = $3 WHERE id = $1 AND state = 'waiting'",
                  {desk::number(id), desk::name(state), desk::to_number(now)});
}

std::vector<desk::Draft> waiting_drafts(Tx& tx, desk::TicketId ticket) {
  return drafts_where(tx, "ticket = $1 AND state = 'waiting' ORDER BY id", {desk::number(ticket)});
}

std::vector<desk::Draft> list_drafts(Tx& tx, std::size_t limit) {
  return drafts_where(tx, "1 = 1 ORDER BY id DESC LIMIT $1", {static_cast<std::int64_t>(limit)});
}

std::vector<desk::Draft> unfiled_drafts(Tx& tx, std::size_t limit) {
  return drafts_where(tx, "filed <> state ORDER BY id LIMIT $1", {static_cast<std::int64_t>(limit)});
}

void draft_was_filed(Tx& tx, desk::DraftId id, desk::DraftState state) {
  tx.driver().run("UPDATE draft SET filed = $2 WHERE id = $1", {desk::number(id), desk::name(state)});
}

}  // namespace spoc::store
