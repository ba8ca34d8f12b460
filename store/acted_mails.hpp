// SPDX-License-Identifier: GPL-3.0-or-later
// Agents' mails that have been acted on: commands leave no message by which a double could be known.
#pragma once

#include "desk/ids.hpp"
#include "desk/time.hpp"
#include "store/store.hpp"

#include <optional>
#include <string_view>

namespace spoc::store {

/// Kept with what the mail did. What was noted before `since` is forgotten.
void note_acted(Tx& tx, std::string_view agent, std::string_view message_id, desk::TicketId ticket,
                desk::Time at, desk::Time since);
/// The ticket in which this agent's mail has been acted on; whither it was merged.
std::optional<desk::TicketId> find_acted(Tx& tx, std::string_view agent, std::string_view message_id);

}  // namespace spoc::store
