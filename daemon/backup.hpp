// SPDX-License-Identifier: GPL-3.0-or-later
// Backup of a desk at work, and the way back: the database and the tokens' key; the index is made anew.
#pragma once

#include "daemon/config.hpp"
#include "store/invariants.hpp"
#include "store/store.hpp"
#include "store/tickets.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace spoc::daemon {

/// Names inside a backup's folder.
inline constexpr char const* backup_database = "spoc.db";
inline constexpr char const* backup_key = "secret";

/// Makes `folder` (which must not be there yet) and copies the database as of one moment and the tokens' key
/// into it, while a daemon may be at work. Durable when this returns; a folder with that name is whole.
Result<store::Counts> back_up(store::Store& store, Config const& config, std::filesystem::path const& folder);

struct Restored {
  store::Counts counts;         ///< of what is there now
  std::filesystem::path aside;  ///< where the former database and key lie, empty if there were none
  /// What `check` would say of it: the backup was whole as a file, and not all in it was as it should be.
  std::vector<std::string> untrue;
};

/// Puts a backup in place of the desk's database and key; what was there is kept aside, and the index is
/// removed, to be made anew. The backup is copied and examined first. Kind::conflict while a daemon is at
/// work; Kind::unreadable, with nothing changed, for a backup whose file is damaged. At no instant is there a
/// data folder without a database.
Result<Restored> restore(Config const& config, std::filesystem::path const& folder, desk::Time now);

/// The invariants of the store, and that the index is there and holds what it should, no more. `thorough`:
/// contents of blobs, too.
Result<std::vector<store::Finding>> check(store::Store& store, Config const& config, bool thorough,
                                          desk::Time now);

}  // namespace spoc::daemon
