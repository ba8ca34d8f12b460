// SPDX-License-Identifier: GPL-3.0-or-later
// The beginnings of texts.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace spoc::desk {

/// At most so many bytes of a text in UTF-8, up to the end of a character.
std::string_view beginning_of(std::string_view text, std::size_t most);

/// The first line; one of more than `most` bytes is cut between characters and ends with "…".
std::string first_line_of(std::string_view text, std::size_t most);

}  // namespace spoc::desk
