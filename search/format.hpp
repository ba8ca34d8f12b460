// SPDX-License-Identifier: GPL-3.0-or-later
// The folder's format file: which version of this room's tables it was written by.
#pragma once

#include "desk/error.hpp"

#include <filesystem>

namespace spoc::search {

bool is_our_format(std::filesystem::path const& folder);
/// Throws std::runtime_error where it can't.
void write_format(std::filesystem::path const& folder);
/// Kind::missing where the folder holds no index that this program reads.
Result<> expect_index(std::filesystem::path const& folder);

}  // namespace spoc::search
