// SPDX-License-Identifier: GPL-3.0-or-later
// Time zones from the system's tz database, as values for desk/.
#pragma once

#include "desk/error.hpp"
#include "desk/zone.hpp"

#include <string>

namespace spoc::daemon {

/// The zone of that name ("Europe/Oslo"), with all changes that the system knows from 2000 on; after the last
/// one (2037) the last offset holds. An Error names the remedy.
Result<desk::Zone> load_zone(std::string const& name);

}  // namespace spoc::daemon
