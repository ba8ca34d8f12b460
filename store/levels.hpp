// SPDX-License-Identifier: GPL-3.0-or-later
// The course of tickets and what their service levels stand at. apply() writes both.
#pragma once

#include "desk/sla.hpp"
#include "store/store.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace spoc::store {

/// Statuses, public words and questions to people outside, oldest first.
desk::Course course_of(Tx& tx, desk::TicketId ticket);
/// What the last look left; an empty one where there was none.
desk::LevelState level_of(Tx& tx, desk::TicketId ticket);

/// Which tickets are looked at: where nothing is configured, those for which an agent promised something.
enum class Watched { all, promised };
/// Tickets whose next moment has come, the longest overdue first.
std::vector<desk::TicketId> levels_due(Tx& tx, Watched watched, desk::Time now, std::size_t limit);
std::optional<desk::Time> next_level(Tx& tx, Watched watched);
/// Look again at such a moment; nothing: when the ticket changes.
void put_off(Tx& tx, desk::TicketId ticket, std::optional<desk::Time> until);
struct Stretch {
  std::vector<desk::TicketId> tickets;
  std::optional<desk::TicketId> seen;  ///< goes on above this one; nothing: there are no more
};
/// Unfinished and resolved tickets above one, in order: `limit` at most, out of so many rows as are read in
/// no time.
Stretch unfinished_above(Tx& tx, desk::TicketId above, std::size_t limit);
/// How many tickets stand how: "ok", "warned", "breached", "met", "paused".
std::map<std::string, std::int64_t> standings(Tx& tx);

}  // namespace spoc::store
