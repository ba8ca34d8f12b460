// SPDX-License-Identifier: GPL-3.0-or-later
// What an agent's last command mail changed in a ticket.
#pragma once

#include "desk/plan.hpp"
#include "store/store.hpp"

#include <optional>
#include <string_view>

namespace spoc::store {

std::optional<desk::Undo> find_undo(Tx& tx, desk::TicketId ticket, std::string_view agent);
/// In place of the one before it.
void keep_undo(Tx& tx, desk::TicketId ticket, desk::Undo const& undo);
void drop_undo(Tx& tx, desk::TicketId ticket, std::string_view agent);
/// Letters to people outside that have left since a moment.
int sent_outside_since(Tx& tx, desk::TicketId ticket, desk::Time since);

}  // namespace spoc::store
