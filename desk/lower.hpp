// SPDX-License-Identifier: GPL-3.0-or-later
// Words without regard to capitals, in the languages of the house.
#pragma once

#include <string>
#include <string_view>

namespace spoc::desk {

/// Trimmed, and lower case in ASCII and in the letters of Norwegian (U+00C0 to U+00DE, but for the sign of
/// times).
std::string lower(std::string_view text);

}  // namespace spoc::desk
