// SPDX-License-Identifier: GPL-3.0-or-later
// Letters that agents want to get later.
#pragma once

#include "desk/promise.hpp"
#include "store/store.hpp"

#include <optional>
#include <vector>

namespace spoc::store {

/// Whose moment has come, the earliest first.
std::vector<desk::Reminder> reminders_due(Tx& tx, desk::Time now, std::size_t limit);
std::optional<desk::Time> next_reminder(Tx& tx);
/// Those of a ticket that wait, the earliest first.
std::vector<desk::Reminder> reminders_of(Tx& tx, desk::TicketId ticket);

void add_reminder(Tx& tx, desk::TicketId ticket, desk::Reminder const& reminder);
void drop_reminder(Tx& tx, desk::ReminderId id);

}  // namespace spoc::store
