// SPDX-License-Identifier: GPL-3.0-or-later
// Headers and subjects of mail that no person wrote, or not to us alone.
#pragma once

#include "parser/header.hpp"

#include <string>
#include <string_view>

namespace spoc::parser {

/// Each returns the field that speaks for it, "Auto-Submitted: auto-replied", or "".
std::string automatic_sign(Fields const& fields, std::string_view subject);
std::string list_sign(Fields const& fields);
std::string loop_sign(Fields const& fields);

}  // namespace spoc::parser
