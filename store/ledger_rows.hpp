// SPDX-License-Identifier: GPL-3.0-or-later
// Single rows of ledger and quarantine, written by apply().
#pragma once

#include "desk/arrival.hpp"
#include "store/store.hpp"

#include <optional>
#include <string_view>

namespace spoc::store {

/// Notes that the mail at this place is in. A place that is known already gets the new content. `to_clear`:
/// uncleared() tells of it until it is cleared.
void enter(Tx& tx, desk::Place const& place, std::string_view hash, std::optional<desk::TicketId> ticket,
           std::string_view outcome, desk::Time now, bool to_clear = false);
void put_aside(Tx& tx, desk::Arrival const& arrival, std::string_view reason,
               std::optional<desk::TicketId> ticket, desk::Time now);

}  // namespace spoc::store
