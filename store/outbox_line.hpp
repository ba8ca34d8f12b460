// SPDX-License-Identifier: GPL-3.0-or-later
// The order in which letters leave: people's own words before notices, and among both in turn by whose doing
// they are, so that nobody's letter waits behind ten thousand that somebody else has caused.
#pragma once

#include "desk/letter.hpp"
#include "store/store.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace spoc::store {

/// What decides on a letter's place.
struct InLine {
  std::optional<desk::TicketId> ticket;
  std::string recipient;  ///< normal()
  std::string crowd;      ///< whose doing it is
  bool words = false;     ///< somebody's own, not written by the desk
};

/// Whose doing it is: the agent's who caused it or asked for it, else the ticket's requester's. `author` is
/// the one of the row.
std::string crowd_of(Tx& tx, std::optional<desk::TicketId> ticket, desk::Letter const& letter,
                     std::string const& author);
/// The turn of a letter that is due now. Behind all of the same crowd, and beside the first of the others;
/// letters of one ticket to one person keep their order.
std::int64_t take_turn(Tx& tx, InLine const& letter, desk::Time now);
/// Letters that have become due since they were queued get theirs, some hundreds at most.
void give_turns(Tx& tx, desk::Time now);

enum class Lane { words, notices };
/// A condition on `turn`, to which ORDER BY turn, id belongs. Nobody says `state =` beside it: the planner
/// would take the index of states and sort all that wait.
std::string_view in_lane(Lane lane);

/// SET clauses for a letter that is queued no more; for one that will be due again.
inline constexpr std::string_view out_of_line =
    "claimant = NULL, claimed_until = NULL, turn = NULL, waiting = 0";
inline constexpr std::string_view back_to_wait =
    "claimant = NULL, claimed_until = NULL, turn = NULL, waiting = 1";

}  // namespace spoc::store
