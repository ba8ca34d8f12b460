// SPDX-License-Identifier: GPL-3.0-or-later
// Whose a file is that root makes in somebody else's folder.
#pragma once

#include <filesystem>

namespace spoc::daemon {

/// Run by root, gives the file to the owner of the folder that it lies in: spocd's user must be able to open
/// it.
void give_to_folders_owner(std::filesystem::path const& file);

/// The same with a folder and what is in it, folders too. Only what is root's is given, and nothing that a
/// link leads to: the owner could have put that there to get what is not theirs.
void give_all_to_folders_owner(std::filesystem::path const& folder);

}  // namespace spoc::daemon
