// SPDX-License-Identifier: GPL-3.0-or-later
// Asks ClamAV's daemon about bytes (INSTREAM, clamd(8)).
#pragma once

#include "desk/error.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace spoc::channels {

/// The name of the virus, "" for clean bytes. `place`: the path of clamd's socket, or "host:port" with an IP
/// address. An Error where it can't be asked or gives no verdict (too large for it, out of memory).
Result<std::string> scan(std::string const& place, std::string_view bytes, std::chrono::seconds patience);

}  // namespace spoc::channels
