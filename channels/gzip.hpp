// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes as RFC 1952 packs them.
#pragma once

#include <string>
#include <string_view>

namespace spoc::channels {

/// "" where it can't be packed.
std::string gzipped(std::string_view bytes);

}  // namespace spoc::channels
