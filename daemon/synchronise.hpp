// SPDX-License-Identifier: GPL-3.0-or-later
// What is written must outlive the machine.
#pragma once

#include "desk/error.hpp"

#include <filesystem>

namespace spoc::daemon {

/// Waits until a file, or a folder's list of names, is on the disk (fsync(2)). Kind::broken where it can't
/// be.
Result<> synchronise(std::filesystem::path const& path);

}  // namespace spoc::daemon
