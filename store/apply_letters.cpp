// SPDX-License-Identifier: GPL-3.0-or-later
// apply(): letters into the outbox, lines into the trail.
#include "store/apply_steps.hpp"
#include "store/columns.hpp"
#include "store/outbox_line.hpp"

#include <algorithm>

namespace spoc::store {
namespace {

std::optional<desk::MessageId> what_it_is_about(desk::Letter const& letter,
                                                std::vector<desk::Message> const& added) {
  bool const last = letter.about == desk::about_last;
  if (letter.about != desk::about_new && !last) return letter.about;
  if (added.empty()) throw Fault{{Kind::broken, "a letter is about a new message, but the plan adds none"}};
  return last ? added.back().id : added.front().id;
}

/// The agent whose words it carries: what /cancel looks for.
std::string author_of(Tx& tx, std::optional<desk::MessageId> about, std::vector<desk::Message> const& added) {
  if (!about) return {};
  auto const found =
      std::find_if(added.begin(), added.end(), [&](auto const& one) { return one.id == *about; });
  if (found != added.end()) return found->agent;
  std::string agent;
  tx.driver().run("SELECT agent FROM message WHERE id = $1", {desk::number(*about)},
                  [&](Row const& row) { agent = row.text(0); });
  return agent;
}

}  // namespace

void queue_letter(Tx& tx, desk::TicketId ticket, desk::Letter const& letter,
                  std::vector<desk::Message> const& added, desk::Time now) {
  auto const about = what_it_is_about(letter, added);
  desk::Time const made = or_now(letter.made, now), due = or_now(letter.due, made);
  auto const of = letter.ticket == desk::TicketId{} ? ticket : letter.ticket;
  auto const maybe_of = of == desk::TicketId{} ? std::nullopt : std::optional{of};
  std::string const author = letter.author.empty() ? author_of(tx, about, added) : letter.author;
  std::string const recipient = desk::normal(letter.to.address),
                    crowd = crowd_of(tx, maybe_of, letter, author);
  bool const queued = letter.state == desk::LetterState::queued;
  std::optional<std::int64_t> turn;
  if (queued && due <= now)
    turn = take_turn(tx, {maybe_of, recipient, crowd, !desk::is_automatic(letter.kind)}, now);
  tx.driver().run(
      "INSERT INTO letter (id, kind, ticket, to_name, to_address, recipient, agent, author, language, "
      "message_id, "
      "thread, token, about, text, lines, articles, automatic, made, due, state, attempts, outcome, crowd, "
      "turn, waiting, seen) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, "
      "$20, 0, '', $21, $22, $23, (SELECT MAX(id) FROM message))",
      {next_number(tx, "letter"),
       desk::name(letter.kind),
       maybe_id(of),
       letter.to.name,
       letter.to.address,
       recipient,
       letter.agent,
       author,
       letter.language,
       maybe(letter.message_id),
       as_lines(letter.references),
       letter.token,
       maybe_id(about),
       letter.text,
       as_lines(letter.lines),
       as_articles(letter.articles),
       std::int64_t{desk::is_automatic(letter.kind)},
       desk::to_number(made),
       desk::to_number(due),
       desk::name(letter.state),
       crowd,
       turn ? Value{*turn} : Value{nullptr},
       std::int64_t{queued && !turn}});
}

void add_trail(Tx& tx, desk::TicketId ticket, desk::Trail const& trail, desk::Time now) {
  tx.driver().run(
      "INSERT INTO trail (id, ticket, at, who, what, detail) VALUES ($1, $2, $3, $4, $5, $6)",
      {next_number(tx, "trail"), maybe_id(trail.ticket == desk::TicketId{} ? ticket : trail.ticket),
       desk::to_number(or_now(trail.at, now)), trail.who, trail.what, trail.detail});
}

}  // namespace spoc::store
