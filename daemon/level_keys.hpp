// SPDX-License-Identifier: GPL-3.0-or-later
// Calendars and service levels of the configuration become values of the house.
#pragma once

#include "daemon/config.hpp"

#include <string>
#include <vector>

namespace spoc::daemon {

/// A mistake in the nth section of its kind.
struct SectionMistake {
  std::string key;
  std::size_t nth = 0;
  std::string what, remedy;
};

/// Loads the zones, makes the calendars, and checks every name that the policies use.
std::vector<SectionMistake> settle_levels(Config& config);

}  // namespace spoc::daemon
