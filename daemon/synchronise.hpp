// SPDX-License-Identifier: GPL-3.0-or-later
// What is written must outlive the machine.
#pragma once

#include "desk/error.hpp"

#include <filesystem>
#include <string_view>

namespace spoc::daemon {

/// Waits until a file, or a folder's list of names, is on the disk (fsync(2)). Kind::broken where it can't
/// be.
Result<> synchronise(std::filesystem::path const& path);
/// The file holds these bytes, or what it held before, whenever the machine stops; whoever looks through the
/// folder meanwhile finds no half of it. `rights` are those of a new file, less the process's umask.
Result<> write_whole(std::filesystem::path const& file, std::string_view bytes, unsigned rights);

}  // namespace spoc::daemon
