// SPDX-License-Identifier: GPL-3.0-or-later
// The tables, and the steps from each version of them to the next.
#pragma once

#include "store/driver.hpp"

#include <string_view>

namespace spoc::store {

/// The version that this program reads and writes.
int schema_version();
/// Creates the tables or brings them up to date, all in one transaction. Throws Fault if they are newer than
/// we are.
void bring_up_to_date(Driver& driver, std::string_view file);
/// The tables in an empty file as an older release left them: what tests of the steps begin with.
void make_older(Driver& driver, int version);
/// Throws Fault{conflict} where steps would have to be taken.
void expect_up_to_date(Driver& driver, std::string_view file);

}  // namespace spoc::store
