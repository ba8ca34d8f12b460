// SPDX-License-Identifier: GPL-3.0-or-later
// The keys of [ldap] and [calls], and what only shows when the whole file is known.
#pragma once

#include "daemon/config_keys.hpp"
#include "daemon/level_keys.hpp"

#include <span>
#include <vector>

namespace spoc::daemon {

std::span<Key<Config> const> directory_keys();
std::span<Key<Config> const> call_keys();
/// Names that nobody has, addresses that arrive nowhere.
std::vector<SectionMistake> check_people(Config const& config);

}  // namespace spoc::daemon
