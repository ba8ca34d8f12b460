// SPDX-License-Identifier: GPL-3.0-or-later
// What the directory gave of a contact the last time.
#pragma once

#include "desk/card.hpp"
#include "desk/ids.hpp"
#include "store/store.hpp"

namespace spoc::store {

desk::Given given_to(Tx& tx, desk::ContactId contact);
/// In the place of what was kept before.
void keep_given(Tx& tx, desk::ContactId contact, desk::Given const& given);

}  // namespace spoc::store
