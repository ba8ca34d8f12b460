// SPDX-License-Identifier: GPL-3.0-or-later
// Where a ticket's number leads after merges.
#pragma once

#include "desk/ids.hpp"
#include "store/store.hpp"

#include <optional>

namespace spoc::store {

/// The ticket that this one was merged into, at last, or itself; nothing where there is no such ticket.
std::optional<desk::TicketId> resolve(Tx& tx, desk::TicketId id);

}  // namespace spoc::store
