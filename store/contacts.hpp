// SPDX-License-Identifier: GPL-3.0-or-later
// People who write to the desk, by address.
#pragma once

#include "desk/people.hpp"
#include "store/store.hpp"

#include <optional>
#include <string_view>

namespace spoc::store {

/// Finds by address, else makes one; a name or language that was unknown is filled in.
desk::Contact find_or_add_contact(Tx& tx, desk::Address const& address, std::string_view language,
                                  desk::Time now);
std::optional<desk::Contact> find_contact(Tx& tx, desk::ContactId id);
/// A chat visitor without an address.
desk::Contact add_visitor(Tx& tx, std::string_view name, std::string_view language, desk::Time now);
/// Is the address known not to take mail? (MarkDead; a mail from it revives it.)
bool is_dead(Tx& tx, std::string_view address);
struct DeadAddress {
  std::string address, reason;
  desk::Time since{};
};
std::optional<DeadAddress> find_dead(Tx& tx, std::string_view address);
void revive(Tx& tx, std::string_view address);

}  // namespace spoc::store
