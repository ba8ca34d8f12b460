// SPDX-License-Identifier: GPL-3.0-or-later
// Turns: fair queueing by start times. A crowd's letters stand one turn apart, and who comes anew stands
// where the line is just now.
#include "store/outbox_line.hpp"

#include "store/columns.hpp"

#include <algorithm>

namespace spoc::store {
namespace {

/// Turns of people's words lie below 0. No desk writes so many letters before its line is empty once.
constexpr std::int64_t words_begin = -1'000'000'000'000'000;
constexpr std::int64_t notices_begin = 0;
constexpr std::int64_t notices_end = 1'000'000'000'000'000;

/// At a time: the desk has others to serve. Ten times what a postman claims.
constexpr std::int64_t most_turns = 200;

struct Range {
  std::int64_t first, end;
};

Range range_of(bool words) {
  return words ? Range{words_begin, notices_begin} : Range{notices_begin, notices_end};
}

std::optional<std::int64_t> turn_where(Tx& tx, std::string_view condition, std::vector<Value> const& values) {
  std::optional<std::int64_t> turn;
  tx.driver().run(std::string{"SELECT turn FROM letter WHERE "}.append(condition), values,
                  [&](Row const& row) { turn = row.integer(0); });
  return turn;
}

/// Where the line is: the first that nobody has claimed. An empty line begins anew.
std::int64_t head_of(Tx& tx, Range range, desk::Time now) {
  auto const head = turn_where(
      tx,
      "turn >= $1 AND turn < $2 AND (claimed_until IS NULL OR claimed_until <= $3) ORDER BY turn, id LIMIT 1",
      {range.first, range.end, desk::to_number(now)});
  return head.value_or(range.first);
}

std::optional<std::int64_t> last_of_crowd(Tx& tx, std::string const& crowd, Range range) {
  return turn_where(tx, "crowd = $1 AND turn >= $2 AND turn < $3 ORDER BY turn DESC LIMIT 1",
                    {crowd, range.first, range.end});
}

/// Of the same ticket to the same person.
std::optional<std::int64_t> last_of_course(Tx& tx, InLine const& letter, Range range) {
  if (!letter.ticket) return std::nullopt;
  return turn_where(tx,
                    "ticket = $1 AND recipient = $2 AND turn >= $3 AND turn < $4 ORDER BY turn DESC LIMIT 1",
                    {desk::number(*letter.ticket), letter.recipient, range.first, range.end});
}

struct Waiting {
  std::int64_t id;
  InLine letter;
};

std::vector<Waiting> due_letters(Tx& tx, std::string_view which, desk::Time now) {
  std::vector<Waiting> out;
  tx.driver().run(
      std::string{"SELECT id, ticket, recipient, crowd, automatic FROM letter WHERE waiting = 1 AND "}
          .append(which)
          .append("due <= $1 ORDER BY due, id LIMIT $2"),
      {desk::to_number(now), most_turns}, [&](Row const& row) {
        out.push_back({row.integer(0),
                       {maybe_id_in<desk::TicketId>(row, 1), row.text(2), row.text(3), row.integer(4) == 0}});
      });
  return out;
}

void give_each_a_turn(Tx& tx, std::vector<Waiting> const& letters, desk::Time now) {
  for (Waiting const& one : letters)
    tx.driver().run("UPDATE letter SET turn = $2, waiting = 0 WHERE id = $1",
                    {one.id, take_turn(tx, one.letter, now)});
}

}  // namespace

std::string crowd_of(Tx& tx, std::optional<desk::TicketId> ticket, desk::Letter const& letter,
                     std::string const& author) {
  if (!author.empty()) return author;
  bool const asked_for = letter.kind == desk::LetterKind::receipt ||
                         letter.kind == desk::LetterKind::refusal ||
                         letter.kind == desk::LetterKind::digest_receipt;
  std::string crowd;
  if (ticket && !asked_for)
    tx.driver().run("SELECT requester_address FROM ticket WHERE id = $1", {desk::number(*ticket)},
                    [&](Row const& row) {
                      crowd = desk::normal(row.text(0));
                      // A visitor without an address.
                      if (crowd.empty()) crowd = "#" + std::to_string(desk::number(*ticket));
                    });
  return crowd.empty() ? desk::normal(letter.to.address) : crowd;
}

std::int64_t take_turn(Tx& tx, InLine const& letter, desk::Time now) {
  Range const lane = range_of(letter.words);
  std::int64_t turn = head_of(tx, lane, now);
  if (auto const last = last_of_crowd(tx, letter.crowd, lane)) turn = std::max(turn, *last + 1);
  if (auto const last = last_of_course(tx, letter, lane)) turn = std::max(turn, *last);
  if (letter.words && letter.ticket) {
    // What they should read first goes with it.
    tx.driver().run("UPDATE letter SET turn = $3 WHERE ticket = $1 AND recipient = $2 AND turn >= $4",
                    {desk::number(*letter.ticket), letter.recipient, turn, notices_begin});
    return turn;
  }
  return last_of_course(tx, letter, range_of(true)).value_or(turn);
}

void give_turns(Tx& tx, desk::Time now) {
  give_each_a_turn(tx, due_letters(tx, "automatic = 0 AND ", now), now);
  give_each_a_turn(tx, due_letters(tx, "", now), now);
}

std::string_view in_lane(Lane lane) { return lane == Lane::words ? "turn < 0" : "turn >= 0"; }

}  // namespace spoc::store
