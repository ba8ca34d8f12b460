// SPDX-License-Identifier: GPL-3.0-or-later
// The keys of [[webhook]], and each mistake in them.
#pragma once

#include "daemon/level_keys.hpp"

#include <vector>

namespace spoc::daemon {

/// Secrets become bytes; names that stand twice, addresses that are none, events that nobody knows.
std::vector<SectionMistake> settle_webhooks(Config& config);

}  // namespace spoc::daemon
