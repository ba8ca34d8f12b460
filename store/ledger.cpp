// SPDX-License-Identifier: GPL-3.0-or-later
// What has been taken in, by place and by content; quarantine and facts.
#include "store/ledger.hpp"

#include "store/apply_steps.hpp"
#include "store/blobs.hpp"
#include "store/columns.hpp"
#include "store/ledger_rows.hpp"
#include "store/two_ages.hpp"

#include <algorithm>

namespace spoc::store {
namespace {

bool is_nowhere(desk::Place const& place) {
  return place.validity == 0 && place.uid == 0 && place.name.empty();
}

bool finds(Tx& tx, std::string_view sql, std::vector<Value> const& values) {
  bool found = false;
  tx.driver().run(sql, values, [&](Row const&) { found = true; });
  return found;
}

constexpr std::string_view this_place = "mailbox = $1 AND validity = $2 AND uid = $3 AND name = $4";

constexpr std::string_view quarantine_columns =
    "SELECT id, mailbox, validity, uid, name, hash, reason, at, ticket, resolved FROM quarantine WHERE ";

std::vector<Quarantined> quarantined_where(Tx& tx, std::string_view condition,
                                           std::vector<Value> const& values) {
  std::vector<Quarantined> all;
  tx.driver().run(std::string{quarantine_columns}.append(condition), values, [&](Row const& row) {
    Quarantined one;
    one.id = desk::QuarantineId{row.integer(0)};
    one.place = {row.text(1), static_cast<std::uint32_t>(row.integer(2)),
                 static_cast<std::uint32_t>(row.integer(3)), row.text(4)};
    one.hash = row.text(5);
    one.reason = row.text(6);
    one.at = time_in(row, 7);
    one.ticket = maybe_id_in<desk::TicketId>(row, 8);
    one.resolved = row.integer(9) != 0;
    all.push_back(std::move(one));
  });
  return all;
}

/// The bytes have come after all: what lay in quarantine for want of them is settled.
void resolve_others_at(Tx& tx, desk::Place const& place, std::string_view hash) {
  std::vector<Value> const where{place.mailbox, std::int64_t{place.validity}, std::int64_t{place.uid},
                                 place.name};
  if (place.uid == 0 || !finds(tx, std::string{"SELECT 1 FROM ledger WHERE "}.append(this_place), where))
    return;
  auto values = where;
  values.emplace_back(hash);
  tx.driver().run(
      std::string{"UPDATE quarantine SET resolved = 1 WHERE resolved = 0 AND hash <> $5 AND "}.append(
          this_place),
      values);
}

/// A mail of an IMAP mailbox that the server could not hand over is not in, though its place is known.
bool lies_here(Tx& tx, desk::Place const& place, std::string_view hash) {
  bool known = false, aside = false;
  std::string there;
  tx.driver().run(std::string{"SELECT hash, outcome FROM ledger WHERE "}.append(this_place),
                  {place.mailbox, std::int64_t{place.validity}, std::int64_t{place.uid}, place.name},
                  [&](Row const& row) {
                    known = true;
                    there = row.text(0);
                    aside = place.uid != 0 && row.text(1) == "quarantined";
                  });
  if (!aside || there == hash) return known;
  return is_kept(tx, there);
}

std::string again_key(desk::QuarantineId id) {
  return "quarantine." + std::to_string(desk::number(id)) + ".again";
}

}  // namespace

void enter(Tx& tx, desk::Place const& place, std::string_view hash, std::optional<desk::TicketId> ticket,
           std::string_view outcome, desk::Time now, bool to_clear) {
  resolve_others_at(tx, place, hash);
  // A NULL never collides in a unique index: any number of imports may lie nowhere.
  Value const name = is_nowhere(place) ? Value{nullptr} : Value{place.name};
  tx.driver().run(
      "INSERT INTO ledger (mailbox, validity, uid, name, hash, ticket, outcome, at, cleared, settled) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0) ON CONFLICT (mailbox, validity, uid, name) "
      "DO UPDATE SET hash = excluded.hash, ticket = excluded.ticket, outcome = excluded.outcome, at = "
      "excluded.at, cleared = excluded.cleared",
      {place.mailbox, std::int64_t{place.validity}, std::int64_t{place.uid}, name, hash, maybe_id(ticket),
       outcome, desk::to_number(now), to_clear ? Value{std::int64_t{0}} : Value{nullptr}});
  next_of_two_ages(tx, "ledger");
}

bool seen(Tx& tx, desk::Place const& place, std::string_view hash, bool to_clear) {
  if (!is_nowhere(place) && lies_here(tx, place, hash)) return true;
  std::optional<desk::TicketId> ticket;
  desk::Time at{};
  bool known = false;
  static std::string const alike = with_the_tail("ticket, at, hash, mailbox", "ledger", "hash");
  tx.driver().run(alike, {hash}, [&](Row const& row) {
    if (known || row.text(2) != hash || row.text(3) != place.mailbox) return;
    known = true;
    ticket = maybe_id_in<desk::TicketId>(row, 0);
    at = time_in(row, 1);
  });
  if (known && !is_nowhere(place)) enter(tx, place, hash, ticket, "duplicate", at, to_clear);
  return known;
}

std::string spot_of(Tx& tx, std::string_view mailbox, std::string_view where) {
  std::string const key = "imap." + std::string{mailbox} + ".where";
  auto known = from_lines(fact(tx, key).value_or(""));
  auto const found = std::find(known.begin(), known.end(), where);
  auto const number = found - known.begin() + 1;
  if (found == known.end()) {
    known.emplace_back(where);
    keep_fact(tx, key, as_lines(known));
  }
  return number == 1 ? "" : "#" + std::to_string(number);
}

std::uint32_t highest_uid(Tx& tx, std::string_view mailbox, std::uint32_t validity, std::string_view spot) {
  std::int64_t highest = 0;
  tx.driver().run(
      "SELECT uid FROM ledger WHERE mailbox = $1 AND validity = $2 AND name = $3 ORDER BY uid DESC LIMIT 1",
      {mailbox, std::int64_t{validity}, spot}, [&](Row const& row) { highest = row.integer(0); });
  return static_cast<std::uint32_t>(highest);
}

std::vector<std::string> known_names(Tx& tx, std::string_view mailbox, std::span<std::string const> names) {
  std::vector<std::string> known;
  for (std::string const& name : names) {
    if (finds(tx,
              "SELECT 1 FROM ledger WHERE mailbox = $1 AND validity = 0 AND uid = 0 AND name = $2 LIMIT 1",
              {mailbox, name}))
      known.push_back(name);
  }
  return known;
}

std::vector<desk::Place> uncleared(Tx& tx, std::string_view mailbox, std::uint32_t validity,
                                   std::size_t limit, std::string_view spot) {
  std::vector<desk::Place> places;
  tx.driver().run(
      "SELECT uid, name FROM ledger WHERE mailbox = $1 AND validity = $2 AND cleared = 0 AND "
      "(uid = 0 OR name = $3) ORDER BY uid LIMIT $4",
      {mailbox, std::int64_t{validity}, spot, static_cast<std::int64_t>(limit)}, [&](Row const& row) {
        places.push_back(
            {std::string{mailbox}, validity, static_cast<std::uint32_t>(row.integer(0)), row.text(1)});
      });
  return places;
}

void note_cleared(Tx& tx, std::span<desk::Place const> places) {
  for (desk::Place const& place : places)
    tx.driver().run(std::string{"UPDATE ledger SET cleared = 1 WHERE "}.append(this_place),
                    {place.mailbox, std::int64_t{place.validity}, std::int64_t{place.uid}, place.name});
}

std::vector<std::uint32_t> missing(Tx& tx, std::string_view mailbox, std::uint32_t validity,
                                   std::vector<std::uint32_t> const& uids, std::string_view spot) {
  std::vector<std::uint32_t> out;
  for (auto const uid : uids) {
    if (!finds(tx,
               "SELECT 1 FROM ledger WHERE mailbox = $1 AND validity = $2 AND uid = $3 AND name = $4 "
               "LIMIT 1",
               {mailbox, std::int64_t{validity}, std::int64_t{uid}, spot}))
      out.push_back(uid);
  }
  return out;
}

std::vector<std::string> hashes_filed(Tx& tx, desk::TicketId ticket, desk::Time about) {
  constexpr std::chrono::hours near{1};
  std::vector<std::string> hashes;
  tx.driver().run("SELECT hash FROM ledger WHERE at >= $2 AND at <= $3 AND ticket = $1",
                  {desk::number(ticket), desk::to_number(about - near), desk::to_number(about + near)},
                  [&](Row const& row) { hashes.push_back(row.text(0)); });
  return hashes;
}

int begin_attempt(Tx& tx, std::string_view hash) {
  std::int64_t count = 0;
  tx.driver().run(
      "INSERT INTO attempt (hash, count) VALUES ($1, 1) ON CONFLICT (hash) DO UPDATE SET count = "
      "attempt.count + 1 "
      "RETURNING count",
      {hash}, [&](Row const& row) { count = row.integer(0); });
  return static_cast<int>(count);
}

void put_aside(Tx& tx, desk::Arrival const& arrival, std::string_view reason,
               std::optional<desk::TicketId> ticket, desk::Time now) {
  auto const& place = arrival.place;
  tx.driver().run(
      "INSERT INTO quarantine (id, mailbox, validity, uid, name, hash, reason, at, ticket, resolved, raw) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $10)",
      {next_number(tx, "quarantine"), place.mailbox, std::int64_t{place.validity}, std::int64_t{place.uid},
       place.name, arrival.raw.empty() ? arrival.hash : raw_name(arrival), reason, desk::to_number(now),
       maybe_id(ticket), std::int64_t{!arrival.raw.empty()}});
}

std::vector<Quarantined> quarantine(Tx& tx, bool with_resolved) {
  return quarantined_where(tx, with_resolved ? "1 = 1 ORDER BY id" : "resolved = 0 ORDER BY id", {});
}

std::optional<Quarantined> find_quarantined(Tx& tx, desk::QuarantineId id) {
  auto found = quarantined_where(tx, "id = $1", {desk::number(id)});
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

void resolve_quarantined(Tx& tx, desk::QuarantineId id) {
  if (tx.driver().run("UPDATE quarantine SET resolved = 1 WHERE id = $1", {desk::number(id)}) == 0) {
    throw Fault{{Kind::missing, "nothing in quarantine has the number " + std::to_string(desk::number(id)) +
                                    "; spocctl quarantine list shows them"}};
  }
}

std::vector<Quarantined> not_handed_over(Tx& tx, std::string_view mailbox, std::uint32_t validity,
                                         std::string_view spot) {
  auto held = quarantined_where(
      tx, "resolved = 0 AND uid <> 0 AND mailbox = $1 AND validity = $2 AND name = $3 ORDER BY id",
      {mailbox, std::int64_t{validity}, spot});
  std::erase_if(held, [&](Quarantined const& one) { return is_kept(tx, one.hash); });
  return held;
}

bool take_if_due(Tx& tx, desk::QuarantineId id, desk::Time now, desk::Duration pause) {
  auto const again = desk::from_iso(fact(tx, again_key(id)).value_or(""));
  auto const held = find_quarantined(tx, id);
  bool const asked_for = again == desk::Time{};
  // From the future: the clock was set back.
  desk::Time const last = again ? *again : held ? held->at : now;
  if (!asked_for && last <= now && now - last < pause) return false;
  keep_fact(tx, again_key(id), desk::iso(now));
  return true;
}

void make_due(Tx& tx, desk::QuarantineId id) { keep_fact(tx, again_key(id), desk::iso(desk::Time{})); }

std::optional<std::string> fact(Tx& tx, std::string_view key) {
  std::optional<std::string> value;
  tx.driver().run("SELECT value FROM fact WHERE key = $1", {key},
                  [&](Row const& row) { value = row.text(0); });
  return value;
}

std::int64_t counted(Tx& tx, std::string_view name) {
  std::int64_t count = 0;
  tx.driver().run("SELECT CAST(value AS BIGINT) FROM fact WHERE key = $1", {"count." + std::string{name}},
                  [&](Row const& row) { count = row.integer(0); });
  return count;
}

void count_up(Tx& tx, std::string_view name) {
  keep_fact(tx, "count." + std::string{name}, std::to_string(counted(tx, name) + 1));
}

void keep_fact(Tx& tx, std::string_view key, std::string_view value) {
  tx.driver().run(
      "INSERT INTO fact (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
      {key, value});
}

}  // namespace spoc::store
