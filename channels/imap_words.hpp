// SPDX-License-Identifier: GPL-3.0-or-later
// How our side of the IMAP dialogue is spelt: strings, folder names, sets of UIDs, dates.
#pragma once

#include "desk/error.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace spoc::channels {

/// A folder's name as an argument: modified UTF-7 (RFC 3501 5.1.3), quoted. Kind::refused if it is no UTF-8
/// or holds control characters.
Result<std::string> folder_argument(std::string_view name);
/// A flag or keyword as STORE takes it ("\Seen", "Filed"); Kind::refused for anything that is no atom.
Result<std::string> flag_argument(std::string_view name);
/// A mail address as SEARCH takes it; Kind::refused for one with blanks, quotes or anything but ASCII.
Result<std::string> address_argument(std::string_view address);
/// "1:3,7" of ascending UIDs.
std::string uid_set(std::span<std::uint32_t const> uids);
/// INTERNALDATE ("17-Jul-1996 02:44:25 -0700") in milliseconds since 1970.
std::optional<std::int64_t> internal_date(std::string_view text);

}  // namespace spoc::channels
