// SPDX-License-Identifier: GPL-3.0-or-later
// The invariants as a table of sentences and of the queries that find what breaks them.
#include "store/invariants.hpp"

#include "store/blobs.hpp"
#include "store/driver.hpp"

#include <array>

namespace spoc::store {
namespace {

constexpr std::size_t most_examples = 10;

/// The query returns one text a row: what is wrong there.
struct Invariant {
  std::string_view sentence;
  std::string_view query;
};

constexpr std::array invariants{
    Invariant{"every ticket holds a message, unless it was merged into another",
              "SELECT 'ticket ' || t.id FROM ticket t WHERE t.merged_into IS NULL AND NOT EXISTS "
              "(SELECT 1 FROM message m WHERE m.ticket = t.id)"},
    Invariant{
        "a raw mail is in one ticket only",
        "SELECT 'mail ' || m.raw_hash || ' in ' || COUNT(DISTINCT m.ticket) || ' tickets' FROM message m "
        "WHERE m.raw_hash IS NOT NULL AND NOT EXISTS (SELECT 1 FROM quarantine q WHERE q.hash = m.raw_hash) "
        "GROUP BY m.raw_hash HAVING COUNT(DISTINCT m.ticket) > 1 AND NOT EXISTS (SELECT 1 FROM ledger l "
        "WHERE l.hash LIKE 'retry:%:' || m.raw_hash)"},
    Invariant{
        "the raw mail of every message is kept",
        "SELECT 'message ' || m.id || ' wants ' || m.raw_hash FROM message m WHERE m.raw_hash IS NOT NULL "
        "AND m.raw_hash NOT IN (SELECT sha256 FROM blob)"},
    Invariant{"the content of every attachment is kept",
              "SELECT 'message ' || a.message || ' wants ' || a.sha256 FROM attachment a WHERE "
              "a.sha256 NOT IN (SELECT sha256 FROM blob)"},
    Invariant{"what a raw mail encloses is kept",
              "SELECT 'mail ' || e.mail || ' wants ' || e.file FROM enclosed e WHERE e.file NOT IN "
              "(SELECT sha256 FROM blob)"},
    Invariant{"no blob is kept twice",
              "SELECT 'blob ' || sha256 FROM (SELECT sha256 FROM blob_name UNION ALL SELECT sha256 FROM "
              "early_blob) GROUP BY sha256 HAVING COUNT(*) > 1"},
    Invariant{"every ticket of the ledger exists",
              "SELECT l.mailbox || ' uid ' || l.uid || ' names ticket ' || l.ticket FROM ledger l "
              "WHERE l.ticket IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ticket t WHERE t.id = l.ticket)"},
    Invariant{"every mail in quarantine is kept raw",
              "SELECT 'quarantine ' || q.id FROM quarantine q WHERE q.raw = 1 AND q.hash NOT IN "
              "(SELECT sha256 FROM blob)"},
    Invariant{
        "every answer has its letter or stands in a chat",
        "SELECT 'message ' || m.id || ' of ticket ' || m.ticket FROM message m WHERE m.kind = 'outbound' "
        "AND m.session IS NULL AND NOT EXISTS (SELECT 1 FROM letter l WHERE l.about = m.id)"},
    Invariant{
        "what waits to be said has a letter that may still leave",
        "SELECT 'message ' || m.id || ' of ticket ' || m.ticket FROM message m WHERE m.state = 'waiting' "
        "AND NOT EXISTS (SELECT 1 FROM letter l WHERE l.about = m.id AND l.state <> 'cancelled')"},
    Invariant{"letters are queued, unread, sent, refused, given up or cancelled",
              "SELECT 'letter ' || id || ' is ' || state FROM letter "
              "WHERE state NOT IN ('queued', 'unread', 'sent', 'refused', 'given_up', 'cancelled')"},
    Invariant{
        "letters that are queued stand in line or wait, and no others do",
        "SELECT 'letter ' || id || ' is ' || state FROM letter WHERE (state = 'queued') <> (turn IS NOT "
        "NULL OR waiting = 1) OR (turn IS NOT NULL AND waiting = 1)"},
    Invariant{"a letter's Message-ID is its own",
              "SELECT 'Message-ID ' || message_id || ' of ' || COUNT(*) || ' letters' FROM letter "
              "WHERE message_id IS NOT NULL GROUP BY message_id HAVING COUNT(*) > 1"},
    Invariant{
        "the lines of a chat are numbered 1, 2, 3 to the last",
        "SELECT 'chat of ticket ' || s.ticket || ': ' || COUNT(m.id) || ' lines, the last ' || s.last "
        "FROM session s LEFT JOIN message m ON m.session = s.secret GROUP BY s.secret, s.ticket, s.last "
        "HAVING COUNT(m.id) <> s.last OR COALESCE(MAX(m.sequence), 0) <> s.last"},
    Invariant{"finished tickets have the moment of it, unfinished have none",
              "SELECT 'ticket ' || id || ' is ' || status FROM ticket "
              "WHERE (closed IS NULL) = (status IN ('resolved', 'closed'))"},
    Invariant{"merged tickets lead to one that is not merged",
              "WITH RECURSIVE way (start, at, steps) AS (SELECT id, merged_into, 1 FROM ticket "
              "WHERE merged_into IS NOT NULL UNION ALL SELECT w.start, t.merged_into, w.steps + 1 FROM way w "
              "JOIN ticket t ON t.id = w.at WHERE t.merged_into IS NOT NULL AND w.steps < 1000) "
              "SELECT 'ticket ' || start FROM way GROUP BY start HAVING MAX(steps) >= 1000"},
    Invariant{
        "no number is given twice",
        "SELECT c.name || ' counts to ' || c.value || ', but ' || n.most || ' is there' FROM counter c JOIN "
        "(SELECT 'ticket' AS name, MAX(id) AS most FROM ticket UNION ALL "
        "SELECT 'message', MAX(id) FROM message UNION ALL SELECT 'contact', MAX(id) FROM contact UNION ALL "
        "SELECT 'letter', MAX(id) FROM letter UNION ALL SELECT 'trail', MAX(id) FROM trail UNION ALL "
        "SELECT 'quarantine', MAX(id) FROM quarantine UNION ALL SELECT 'index_job', MAX(id) FROM index_job "
        "UNION ALL SELECT 'digest', MAX(id) FROM digest UNION ALL SELECT 'blob_name', MAX(id) FROM "
        "blob_name) "
        "n "
        "ON n.name = c.name WHERE n.most > c.value"},
    Invariant{"every ticket that waits to be indexed exists",
              "SELECT 'ticket ' || j.ticket FROM index_job j WHERE NOT EXISTS "
              "(SELECT 1 FROM ticket t WHERE t.id = j.ticket)"},
};

Finding ask(Tx& tx, Invariant const& invariant) {
  Finding found{std::string{invariant.sentence}, {}, 0};
  tx.driver().run(invariant.query, {}, [&](Row const& row) {
    ++found.broken;
    if (found.examples.size() < most_examples) found.examples.push_back(row.text(0));
  });
  return found;
}

Finding physical(Tx& tx) {
  Finding found{"pages, indexes and references of the database are whole", tx.driver().damage(), 0};
  found.broken = static_cast<std::int64_t>(found.examples.size());
  if (found.examples.size() > most_examples) found.examples.resize(most_examples);
  return found;
}

bool is_whole(Tx& tx, std::string const& name, Digest const& digest) {
  try {
    auto const bytes = find_blob(tx, name);
    return bytes && digest(*bytes) == name;
  } catch (Fault const& fault) {
    if (fault.error.kind != Kind::broken) throw;
    return false;
  }
}

Finding contents(Tx& tx, Digest const& digest) {
  Finding found{"the content of every blob is what its name says", {}, 0};
  for (std::string const& name : blob_names(tx)) {
    if (is_whole(tx, name, digest)) continue;
    ++found.broken;
    if (found.examples.size() < most_examples) found.examples.push_back("blob " + name);
  }
  return found;
}

}  // namespace

std::vector<Finding> check_invariants(Tx& tx, Digest const& digest) {
  std::vector<Finding> out{physical(tx)};
  for (Invariant const& one : invariants) out.push_back(ask(tx, one));
  if (digest) out.push_back(contents(tx, digest));
  return out;
}

namespace {

std::vector<std::int64_t> numbers_of(Tx& tx, std::string const& query) {
  std::vector<std::int64_t> out;
  tx.driver().run(query, {}, [&](Row const& row) { out.push_back(row.integer(0)); });
  return out;
}

}  // namespace

std::vector<std::int64_t> indexed_tickets(Tx& tx) {
  return numbers_of(tx,
                    "SELECT t.id FROM ticket t WHERE t.merged_into IS NULL AND NOT EXISTS "
                    "(SELECT 1 FROM index_job j WHERE j.ticket = t.id) ORDER BY t.id");
}

std::vector<std::int64_t> indexed_messages(Tx& tx) {
  return numbers_of(tx,
                    "SELECT m.id FROM message m WHERE NOT EXISTS "
                    "(SELECT 1 FROM index_job j WHERE j.ticket = m.ticket) ORDER BY m.id");
}

std::vector<std::int64_t> every_ticket(Tx& tx) { return numbers_of(tx, "SELECT id FROM ticket ORDER BY id"); }

std::vector<std::int64_t> every_message(Tx& tx) {
  return numbers_of(tx, "SELECT id FROM message ORDER BY id");
}

}  // namespace spoc::store
