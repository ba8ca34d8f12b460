// SPDX-License-Identifier: GPL-3.0-or-later
// Single steps on a contact's addresses.
#pragma once

#include "desk/people.hpp"
#include "store/store.hpp"

#include <optional>
#include <string_view>

namespace spoc::store {

/// Whose address it is; nothing where nobody has it.
std::optional<desk::ContactId> contact_at(Tx& tx, std::string_view address);
/// Behind those that the contact has; nobody may have it yet.
void add_address(Tx& tx, desk::ContactId contact, std::string_view address);

}  // namespace spoc::store
