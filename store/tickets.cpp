// SPDX-License-Identifier: GPL-3.0-or-later
// Tickets, their participants, trail and offers, read.
#include "store/tickets.hpp"

#include "store/article_uses.hpp"
#include "store/columns.hpp"
#include "store/ledger.hpp"
#include "store/merges.hpp"

#include <set>

namespace spoc::store {
namespace {

/// The fact that says how many numbers no message has.
constexpr std::string_view skipped_messages = "skipped messages";

constexpr std::string_view ticket_columns =
    "SELECT id, subject, status, priority, channel, mailbox, team, assignee, requester, requester_name, "
    "requester_address, language, tags, related, rule, session, opened, changed, closed, other_teams, kind, "
    "impact, urgency, first_team, first_agent, promised, promise_made, category, passed_on, invited, "
    "(SELECT c.organisation FROM contact c WHERE c.id = ticket.requester) FROM ticket WHERE ";

desk::Ticket ticket_in(Row const& row) {
  desk::Ticket ticket;
  ticket.id = desk::TicketId{row.integer(0)};
  ticket.subject = row.text(1);
  ticket.status = known(desk::status_named(row.text(2)), "ticket.status", row.text(2));
  ticket.priority = static_cast<desk::Priority>(row.integer(3));
  ticket.channel = known(desk::channel_named(row.text(4)), "ticket.channel", row.text(4));
  ticket.mailbox = row.text(5);
  ticket.team = row.text(6);
  ticket.assignee = row.text(7);
  ticket.requester = desk::ContactId{row.integer(8)};
  ticket.requester_address = {row.text(9), row.text(10)};
  ticket.language = row.text(11);
  ticket.tags = from_lines(row.text(12));
  ticket.related = maybe_id_in<desk::TicketId>(row, 13);
  ticket.rule = row.text(14);
  ticket.session = row.text(15);
  ticket.opened = time_in(row, 16);
  ticket.changed = time_in(row, 17);
  ticket.closed = maybe_time_in(row, 18);
  ticket.other_teams = from_lines(row.text(19));
  ticket.kind = known(desk::ticket_kind_named(row.text(20)), "ticket.kind", row.text(20));
  ticket.impact = static_cast<desk::Level>(row.integer(21));
  ticket.urgency = static_cast<desk::Level>(row.integer(22));
  ticket.first_team = row.text(23);
  ticket.first_agent = row.text(24);
  ticket.category = row.text(27);
  ticket.passed_on = maybe_time_in(row, 28);
  ticket.invited = from_lines(row.text(29));
  ticket.organisation = row.text(30);
  if (auto const due = maybe_time_in(row, 25)) ticket.promise = desk::Promise{*due, time_in(row, 26)};
  return ticket;
}

std::vector<desk::Ticket> tickets_where(Tx& tx, std::string_view condition,
                                        std::vector<Value> const& values) {
  std::vector<desk::Ticket> tickets;
  tx.driver().run(std::string{ticket_columns}.append(condition), values,
                  [&](Row const& row) { tickets.push_back(ticket_in(row)); });
  for (auto& ticket : tickets) {
    tx.driver().run("SELECT name, address, copied FROM participant WHERE ticket = $1 ORDER BY position",
                    {desk::number(ticket.id)}, [&](Row const& row) {
                      ticket.participants.push_back({row.text(0), row.text(1)});
                      if (row.integer(2) != 0) ticket.copies.push_back(ticket.participants.back());
                    });
  }
  return tickets;
}

std::int64_t count_of(Tx& tx, std::string_view sql) {
  std::int64_t count = 0;
  tx.driver().run(sql, {}, [&](Row const& row) { count = row.integer(0); });
  return count;
}

/// Words of a condition and the values that they name, built together.
class Condition {
 public:
  void add(std::string_view words, Value value) { add(std::string{words} + " " + place_of(value)); }
  /// The value's name in the words: "$3".
  std::string place_of(Value value) {
    values_.push_back(value);
    return "$" + std::to_string(values_.size());
  }
  void add(std::string_view words) { text_.append(text_.empty() ? "" : " AND ").append(words); }
  std::string const& words() const { return text_; }
  std::vector<Value> const& values() const { return values_; }

 private:
  std::string text_;
  std::vector<Value> values_;
};

}  // namespace

desk::TicketId next_ticket(Tx& tx) {
  // Only apply() moves the counter, when it opens the ticket: an arrival that joins another ticket wastes no
  // number.
  return desk::TicketId{count_of(tx, "SELECT value + 1 FROM counter WHERE name = 'ticket'")};
}

std::optional<desk::TicketId> resolve(Tx& tx, desk::TicketId id) {
  std::set<desk::TicketId> seen;
  while (seen.insert(id).second) {
    bool found = false;
    std::optional<desk::TicketId> next;
    tx.driver().run("SELECT merged_into FROM ticket WHERE id = $1", {desk::number(id)}, [&](Row const& row) {
      found = true;
      next = maybe_id_in<desk::TicketId>(row, 0);
    });
    if (!found) return std::nullopt;
    if (!next) return id;
    id = *next;
  }
  throw Fault{{Kind::broken, "ticket " + std::to_string(desk::number(id)) + " is merged in a circle"}};
}

std::optional<desk::Ticket> find_ticket(Tx& tx, desk::TicketId id) {
  auto const place = resolve(tx, id);
  if (!place) return std::nullopt;
  auto found = tickets_where(tx, "id = $1", {desk::number(*place)});
  return std::move(found.front());
}

namespace {

/// What is not due comes last.
constexpr std::int64_t never_due = 9'000'000'000'000'000'000;
std::string const due_order =
    "COALESCE((SELECT due FROM level WHERE level.ticket = ticket.id), " + std::to_string(never_due) + ")";

/// Always as many places, since each other statement would be prepared and kept; 0 is no ticket.
void among(Condition& condition, std::vector<std::int64_t> const& numbers) {
  std::string places;
  for (std::size_t i = 0; i < TicketFilter::most_among; ++i)
    places += (i == 0 ? "" : ", ") + condition.place_of(i < numbers.size() ? numbers[i] : std::int64_t{0});
  condition.add("id IN (" + places + ")");
}

/// `tag` is the filter's as a pattern, "" for any.
void narrow(Condition& condition, TicketFilter const& filter, std::string const& tag) {
  if (filter.priority) condition.add("priority =", static_cast<std::int64_t>(*filter.priority));
  if (filter.kind) condition.add("kind =", desk::name(*filter.kind));
  if (!tag.empty()) condition.add("'\n' || tags LIKE " + condition.place_of(tag) + like_escape);
  if (filter.since) condition.add("changed >=", desk::to_number(*filter.since));
  if (filter.among) among(condition, *filter.among);
  if (filter.behind_due) {
    std::string const moment = condition.place_of(filter.behind_due->first),
                      same = condition.place_of(filter.behind_due->first),
                      last = condition.place_of(desk::number(filter.behind_due->second));
    condition.add("(" + due_order + " > " + moment + " OR (" + due_order + " = " + same + " AND id > " +
                  last + "))");
  }
  if (!filter.behind) return;
  auto const moment = desk::to_number(filter.behind->first);
  condition.add("changed <=", moment);
  std::string const other = condition.place_of(moment);
  condition.add("(changed <> " + other + " OR id < " +
                condition.place_of(desk::number(filter.behind->second)) + ")");
}

std::string nobodys(Condition& condition, std::vector<std::string> const& agents) {
  std::string named;
  for (std::string const& one : agents) named += (named.empty() ? "" : ", ") + condition.place_of(one);
  return named.empty() ? "assignee IS NULL" : "(assignee IS NULL OR assignee NOT IN (" + named + "))";
}

/// What is finished has an index of its own, which the words must name. Where no other column leads to few
/// tickets, both are asked and merged in their order.
bool asks_both(TicketFilter const& filter) {
  return !filter.unfinished && !filter.status && !filter.by_due && !filter.requester && !filter.among &&
         filter.assignee.empty();
}

bool is_finished(desk::Status status) {
  return status == desk::Status::resolved || status == desk::Status::closed;
}

}  // namespace

std::vector<desk::Ticket> list_tickets(Tx& tx, TicketFilter const& filter) {
  Condition condition;
  condition.add("merged_into IS NULL");
  if (filter.unfinished || (filter.status && !is_finished(*filter.status))) condition.add("closed IS NULL");
  if (filter.status && is_finished(*filter.status)) condition.add("closed IS NOT NULL");
  // Sorted afterwards: the index that has more columns than another spares rows.
  if (filter.by_due && filter.unfinished) condition.add("changed >= 0");
  if (filter.status) condition.add("status =", desk::name(*filter.status));
  if (!filter.assignee.empty()) condition.add("assignee =", filter.assignee);
  if (filter.unassigned) condition.add(nobodys(condition, filter.agents));
  if (!filter.team.empty()) condition.add("team =", filter.team);
  if (filter.requester) condition.add("requester =", desk::number(*filter.requester));
  std::string const tag = filter.tag.empty() ? "" : "%\n" + like_word(filter.tag) + "\n%";
  narrow(condition, filter, tag);
  std::string words = condition.words();
  if (asks_both(filter))
    words += " AND closed IS NULL UNION ALL " + std::string{ticket_columns} + condition.words() +
             " AND closed IS NOT NULL";
  words += filter.by_due ? " ORDER BY " + due_order + ", id" : " ORDER BY changed DESC, id DESC";
  words += " LIMIT " + condition.place_of(static_cast<std::int64_t>(filter.limit));
  return tickets_where(tx, words, condition.values());
}

std::vector<desk::Trail> trail_of(Tx& tx, desk::TicketId ticket) {
  std::vector<desk::Trail> trail;
  tx.driver().run("SELECT at, who, what, detail FROM trail WHERE ticket = $1 ORDER BY id",
                  {desk::number(ticket)}, [&](Row const& row) {
                    trail.push_back({ticket, time_in(row, 0), row.text(1), row.text(2), row.text(3)});
                  });
  return trail;
}

std::int64_t due_place(std::optional<desk::Time> due) { return due ? desk::to_number(*due) : never_due; }

std::vector<Numbered> trail_of(Tx& tx, desk::TicketId ticket, std::int64_t after, std::size_t limit) {
  std::vector<Numbered> out;
  tx.driver().run(
      "SELECT id, at, who, what, detail FROM trail WHERE ticket = $1 AND id > $2 ORDER BY id LIMIT $3",
      {desk::number(ticket), after, static_cast<std::int64_t>(limit)}, [&](Row const& row) {
        out.push_back({row.integer(0), {ticket, time_in(row, 1), row.text(2), row.text(3), row.text(4)}});
      });
  return out;
}

std::vector<Numbered> trail_after(Tx& tx, std::int64_t id, std::size_t limit) {
  std::vector<Numbered> out;
  tx.driver().run("SELECT id, ticket, at, who, what, detail FROM trail WHERE id > $1 ORDER BY id LIMIT $2",
                  {id, static_cast<std::int64_t>(limit)}, [&](Row const& row) {
                    out.push_back({row.integer(0),
                                   {desk::TicketId{row.integer(1)}, time_in(row, 2), row.text(3), row.text(4),
                                    row.text(5)}});
                  });
  return out;
}

std::int64_t last_trail(Tx& tx) {
  keep_numbers(tx);
  return count_of(tx, "SELECT value FROM counter WHERE name = 'trail'");
}

std::vector<desk::Suggestion> offered(Tx& tx, desk::TicketId ticket) {
  std::vector<desk::Suggestion> articles;
  tx.driver().run("SELECT articles FROM offer WHERE ticket = $1", {desk::number(ticket)},
                  [&](Row const& row) { articles = from_articles(row.text(0)); });
  return articles;
}

Counts count(Tx& tx) {
  Counts counts;
  keep_numbers(tx);
  // By their moments of change, so that the index that has all of it is taken.
  counts.tickets = count_of(
      tx,
      "SELECT (SELECT COUNT(*) FROM ticket WHERE closed IS NULL AND changed >= 0) + (SELECT COUNT(*) FROM "
      "ticket WHERE closed IS NOT NULL AND changed >= 0)");
  counts.unfinished = count_of(
      tx, "SELECT COUNT(*) FROM ticket WHERE closed IS NULL AND merged_into IS NULL AND changed >= 0");
  // Messages are numbered without gaps but for those of skip_numbers(), and none is deleted, so nobody has to
  // count a million of them.
  counts.messages =
      count_of(tx, "SELECT value FROM counter WHERE name = 'message'") - counted(tx, skipped_messages);
  counts.queued = count_of(tx, "SELECT COUNT(*) FROM letter WHERE state = 'queued'");
  counts.failed = count_of(tx, "SELECT COUNT(*) FROM letter WHERE state IN ('refused', 'given_up')");
  counts.refused_agents = counted(tx, "refused agent mails");
  counts.self_solved = self_solved(tx);
  counts.quarantined = count_of(tx, "SELECT COUNT(*) FROM quarantine WHERE resolved = 0");
  return counts;
}

void skip_numbers(Tx& tx) {
  constexpr std::int64_t gap_of_tickets = 1000, gap = 20'000;
  keep_numbers(tx);
  tx.driver().run("UPDATE counter SET value = value + CASE name WHEN 'ticket' THEN $1 ELSE $2 END",
                  {gap_of_tickets, gap});
  keep_fact(tx, "count." + std::string{skipped_messages},
            std::to_string(counted(tx, skipped_messages) + gap));
}

}  // namespace spoc::store
