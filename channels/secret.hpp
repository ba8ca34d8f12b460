// SPDX-License-Identifier: GPL-3.0-or-later
// Secrets that lie in files of their own, where whoever renews them writes them anew.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace spoc::channels {

/// The file's first line as it is now, without the end of the line (LF or CRLF); nothing where there is none
/// to read.
std::optional<std::string> secret_in(std::filesystem::path const& file);

}  // namespace spoc::channels
