// SPDX-License-Identifier: GPL-3.0-or-later
// apply(): a new ticket, its people, and the ids that its first mail names.
#include "store/apply_steps.hpp"
#include "store/columns.hpp"
#include "store/subject_key.hpp"

#include "desk/thread.hpp"

#include <algorithm>

namespace spoc::store {
namespace {

/// `closed` alone says whether a ticket is finished; a plan that forgot it must not make an endless one.
std::optional<desk::Time> closed_at(desk::Ticket const& ticket, desk::Time now) {
  if (!desk::finished(ticket.status)) return std::nullopt;
  return ticket.closed.value_or(now);
}

void insert_ticket(Tx& tx, desk::Ticket const& ticket, std::string_view thread_index, desk::Time now) {
  std::string const other_teams = as_lines(ticket.other_teams);
  tx.driver().run(
      "INSERT INTO ticket (id, subject, base_subject, status, priority, channel, mailbox, team, assignee, "
      "requester, "
      "requester_name, requester_address, language, tags, related, rule, session, thread_index, opened, "
      "changed, "
      "closed, other_teams, kind, impact, urgency, first_team, first_agent, category, passed_on, "
      "merged_into) VALUES ($1, $2, $3, "
      "$4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, "
      "$25, $26, $27, $28, $29, NULL)",
      {desk::number(ticket.id),
       ticket.subject,
       subject_key(desk::base_subject(ticket.subject).text),
       desk::name(ticket.status),
       static_cast<std::int64_t>(ticket.priority),
       desk::name(ticket.channel),
       ticket.mailbox,
       ticket.team,
       maybe(ticket.assignee),
       maybe_id(ticket.requester),
       ticket.requester_address.name,
       ticket.requester_address.address,
       ticket.language,
       as_lines(ticket.tags),
       maybe_id(ticket.related),
       ticket.rule,
       maybe(ticket.session),
       maybe(thread_index),
       desk::to_number(or_now(ticket.opened, now)),
       desk::to_number(or_now(ticket.changed, now)),
       maybe(closed_at(ticket, now)),
       other_teams,
       desk::name(ticket.kind),
       static_cast<std::int64_t>(ticket.impact),
       static_cast<std::int64_t>(ticket.urgency),
       maybe(ticket.first_team),
       maybe(ticket.first_agent),
       maybe(ticket.category),
       maybe(ticket.passed_on)});
}

/// `column` is one of ours, never anything from outside.
void add_lines(Tx& tx, desk::TicketId ticket, std::string const& column,
               std::vector<std::string> const& lines) {
  if (lines.empty()) return;
  std::vector<std::string> all;
  tx.driver().run("SELECT " + column + " FROM ticket WHERE id = $1", {desk::number(ticket)},
                  [&](Row const& row) { all = from_lines(row.text(0)); });
  for (std::string const& line : lines)
    if (std::find(all.begin(), all.end(), line) == all.end()) all.push_back(line);
  tx.driver().run("UPDATE ticket SET " + column + " = $2 WHERE id = $1",
                  {desk::number(ticket), as_lines(all)});
}

}  // namespace

void remember_references(Tx& tx, desk::TicketId ticket, desk::Mail const& mail) {
  constexpr std::size_t most = 200;
  std::vector<std::string> ids = mail.in_reply_to;
  ids.insert(ids.end(), mail.references.rbegin(), mail.references.rend());
  ids.resize(std::min(ids.size(), most));
  for (auto const& id : ids) {
    if (id.empty()) continue;
    tx.driver().run(
        "INSERT INTO first_reference (reference, ticket) VALUES ($1, $2) ON CONFLICT (reference, ticket) DO "
        "NOTHING",
        {id, desk::number(ticket)});
  }
}

void open_ticket(Tx& tx, desk::Ticket const& ticket, desk::Arrival const* arrival, desk::Time now) {
  if (ticket.id == desk::TicketId{})
    throw Fault{{Kind::broken, "a ticket can't be opened without its number"}};
  tx.driver().run("UPDATE counter SET value = $1 WHERE name = 'ticket' AND value < $1",
                  {desk::number(ticket.id)});
  desk::Mail const* mail = arrival != nullptr ? arrival->mail() : nullptr;
  insert_ticket(tx, ticket, mail != nullptr ? std::string_view{mail->thread_index} : "", now);
  note_status(tx, ticket.id, ticket.status, or_now(ticket.opened, now));
  add_participant(tx, ticket.id, ticket.requester_address);
  for (auto const& address : ticket.participants) add_participant(tx, ticket.id, address);
  if (mail != nullptr) remember_references(tx, ticket.id, *mail);
  if (!ticket.session.empty())
    tx.driver().run("UPDATE session SET ticket = $2 WHERE secret = $1",
                    {ticket.session, desk::number(ticket.id)});
}

void add_participant(Tx& tx, desk::TicketId ticket, desk::Address const& address) {
  std::string const key = desk::normal(address.address);
  if (key.empty()) return;
  tx.driver().run(
      "INSERT INTO participant (ticket, key, name, address, position) "
      "SELECT $1, $2, $3, $4, COUNT(*) FROM participant WHERE ticket = $1 ON CONFLICT (ticket, key) DO "
      "NOTHING",
      {desk::number(ticket), key, address.name, address.address});
}

void add_teams(Tx& tx, desk::TicketId ticket, std::vector<std::string> const& teams) {
  add_lines(tx, ticket, "other_teams", teams);
}

void add_invited(Tx& tx, desk::TicketId ticket, std::vector<std::string> const& agents) {
  add_lines(tx, ticket, "invited", agents);
}

std::string session_of(Tx& tx, desk::TicketId ticket) {
  std::string session;
  tx.driver().run("SELECT session FROM ticket WHERE id = $1", {desk::number(ticket)},
                  [&](Row const& row) { session = row.text(0); });
  return session;
}

}  // namespace spoc::store
