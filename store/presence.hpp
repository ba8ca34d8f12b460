// SPDX-License-Identifier: GPL-3.0-or-later
// Which agents are at work, and whose turn it is.
#pragma once

#include "desk/ids.hpp"
#include "desk/presence.hpp"
#include "desk/rota.hpp"
#include "store/store.hpp"

#include <string_view>

namespace spoc::store {

desk::Presences presences(Tx& tx);
void keep_presence(Tx& tx, std::string_view agent, desk::Presence const& presence, desk::Time now);
/// `requester`: whose last agent is the familiar one.
desk::Rota rota(Tx& tx, desk::ContactId requester);
void keep_turn(Tx& tx, std::string_view team, std::string_view agent);

}  // namespace spoc::store
