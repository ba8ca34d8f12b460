// SPDX-License-Identifier: GPL-3.0-or-later
// What only shows when teams, categories, sites and mailboxes are seen together.
#pragma once

#include "daemon/level_keys.hpp"

#include <vector>

namespace spoc::daemon {

/// Names that nobody bears, branches without a tree, times that no clock shows.
std::vector<SectionMistake> check_routing(Config const& config);

}  // namespace spoc::daemon
