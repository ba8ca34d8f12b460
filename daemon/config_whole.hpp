// SPDX-License-Identifier: GPL-3.0-or-later
// The configuration as a whole, once each key has been read: paths made absolute, names that must exist,
// files.
#pragma once

#include "daemon/config.hpp"

#include <filesystem>
#include <string>

namespace spoc::daemon {

/// A mistake that only shows when the file is seen as a whole; `key` may carry the section's count:
/// "[team].members 1".
void whole(Loaded& loaded, std::string key, std::string what, std::string remedy);

/// Paths beside the file or below the data folder, and what one section takes from another.
void settle(Loaded& loaded, std::filesystem::path const& folder);
/// What the table of keys can't see: the matrix, and names that must exist elsewhere in the file.
void check_names(Loaded& loaded);
/// Files and folders that must be there; makes the data folder.
void check_files(Loaded& loaded);

}  // namespace spoc::daemon
