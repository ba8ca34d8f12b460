// SPDX-License-Identifier: GPL-3.0-or-later
// The known word that somebody probably meant.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace spoc::desk {

/// The word within an edit distance of a third of its length (at least 1, at most 3; swapped neighbours count
/// once).
std::optional<std::string_view> nearest(std::string_view word, std::vector<std::string_view> const& known);

}  // namespace spoc::desk
