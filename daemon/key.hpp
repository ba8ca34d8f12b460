// SPDX-License-Identifier: GPL-3.0-or-later
// The desk's signing key, and words that nobody can guess.
#pragma once

#include "desk/error.hpp"
#include "desk/token.hpp"

#include <filesystem>
#include <string>

namespace spoc::daemon {

/// Reads the key, or makes it (64 hex characters, mode 0600, synced) where the file is missing and
/// `may_make`.
Result<std::string> read_key(std::filesystem::path const& file, bool may_make);
desk::Sign signer(std::string key);
/// 32 random bytes as hex.
std::string random_word();

}  // namespace spoc::daemon
