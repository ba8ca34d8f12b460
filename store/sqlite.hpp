// SPDX-License-Identifier: GPL-3.0-or-later
// SQLite as the body of the driver.
#pragma once

#include "store/driver.hpp"

#include <filesystem>
#include <memory>

namespace spoc::store {

/// Opens or creates the file (mode 0600) in WAL mode with synchronous=FULL and foreign keys; a lock is waited
/// for up to 10 s. Throws Fault that names the file and the remedy.
std::unique_ptr<Driver> open_sqlite(std::filesystem::path const& file);

}  // namespace spoc::store
