// SPDX-License-Identifier: GPL-3.0-or-later
// Presence and rota: a row an agent, a row a team; loads are counted among the unfinished tickets.
#include "store/presence.hpp"

#include "store/columns.hpp"

namespace spoc::store {

desk::Presences presences(Tx& tx) {
  desk::Presences all;
  tx.driver().run("SELECT agent, whereabouts, until, by_note FROM presence", {}, [&](Row const& row) {
    desk::Presence& one = all[row.text(0)];
    one.where = known(desk::whereabouts_named(row.text(1)), "presence.whereabouts", row.text(1));
    one.until = maybe_time_in(row, 2);
    one.by_note = row.integer(3) != 0;
  });
  return all;
}

void keep_presence(Tx& tx, std::string_view agent, desk::Presence const& presence, desk::Time now) {
  tx.driver().run(
      "INSERT INTO presence (agent, whereabouts, until, by_note, since) VALUES ($1, $2, $3, $4, $5) ON "
      "CONFLICT "
      "(agent) DO UPDATE SET whereabouts = excluded.whereabouts, until = excluded.until, by_note = "
      "excluded.by_note, since = excluded.since",
      {agent, desk::name(presence.where), maybe(presence.until), std::int64_t{presence.by_note},
       desk::to_number(now)});
}

desk::Rota rota(Tx& tx, desk::ContactId requester) {
  desk::Rota rota;
  tx.driver().run(
      "SELECT assignee, COUNT(*) FROM ticket WHERE closed IS NULL AND merged_into IS NULL AND assignee IS "
      "NOT "
      "NULL GROUP BY assignee",
      {}, [&](Row const& row) { rota.unfinished[row.text(0)] = static_cast<int>(row.integer(1)); });
  tx.driver().run("SELECT team, agent FROM rota", {},
                  [&](Row const& row) { rota.last[row.text(0)] = row.text(1); });
  tx.driver().run(
      "SELECT assignee FROM ticket WHERE requester = $1 AND assignee IS NOT NULL ORDER BY changed DESC, id "
      "DESC "
      "LIMIT 1",
      {desk::number(requester)}, [&](Row const& row) { rota.familiar = row.text(0); });
  return rota;
}

void keep_turn(Tx& tx, std::string_view team, std::string_view agent) {
  tx.driver().run(
      "INSERT INTO rota (team, agent) VALUES ($1, $2) ON CONFLICT (team) DO UPDATE SET agent = "
      "excluded.agent",
      {team, agent});
}

}  // namespace spoc::store
