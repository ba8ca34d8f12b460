// SPDX-License-Identifier: GPL-3.0-or-later
// Mails that were being read or filed when the process died: which go their way alone, and which are not read
// again.
#pragma once

#include "store/store.hpp"

#include <set>
#include <string>
#include <vector>

namespace spoc::daemon {

/// By hash.
struct Suspects {
  std::set<std::string> convicted;  ///< the process has died on them eight times
  std::set<std::string> doubtful;   ///< the next death is to have but one to blame
};

/// Counts a death for each of what a black box held; once at the start, on the desk's thread.
Suspects suspects_of(std::vector<std::string> const& found, store::Store& store);

}  // namespace spoc::daemon
