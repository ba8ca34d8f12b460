// SPDX-License-Identifier: GPL-3.0-or-later
// The keys of [[oauth2]], and each mistake in them and in the accounts that name one.
#pragma once

#include "daemon/level_keys.hpp"

#include <vector>

namespace spoc::daemon {

/// Names that stand twice or are nobody's, addresses to which no secret may be said, accounts without a user.
std::vector<SectionMistake> check_tokens(Config& config);
/// Those that are used and could prove nothing. Not for a verb that reads no secrets.
std::vector<SectionMistake> check_token_secrets(Config const& config);

}  // namespace spoc::daemon
