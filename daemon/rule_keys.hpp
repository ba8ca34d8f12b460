// SPDX-License-Identifier: GPL-3.0-or-later
// What only shows when the rules of the configuration are seen beside the house.
#pragma once

#include "daemon/level_keys.hpp"

#include <vector>

namespace spoc::daemon {

/// Names that nobody bears, words that nobody knows, rules that can never fire.
std::vector<SectionMistake> check_rules(Config const& config);

}  // namespace spoc::daemon
