// SPDX-License-Identifier: GPL-3.0-or-later
// What /find finds in the search index.
#pragma once

#include "daemon/front_desk.hpp"
#include "search/index.hpp"

#include <string>

namespace spoc::daemon {

/// At most eight tickets and three articles, internal ones too: it is an agent who asks. Nothing without a
/// reader or where the index can't be read.
Findings find_for_agent(search::Reader* reader, std::string const& words, std::string const& language);

}  // namespace spoc::daemon
