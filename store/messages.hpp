// SPDX-License-Identifier: GPL-3.0-or-later
// Reading messages by any condition, for the nouns of this room.
#pragma once

#include "desk/ticket.hpp"
#include "store/driver.hpp"
#include "store/store.hpp"

#include <string_view>
#include <vector>

namespace spoc::store {

/// `condition` is all that follows WHERE. Attachments come without content.
std::vector<desk::Message> messages_where(Tx& tx, std::string_view condition,
                                          std::vector<Value> const& values);

}  // namespace spoc::store
