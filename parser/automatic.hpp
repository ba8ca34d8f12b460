// SPDX-License-Identifier: GPL-3.0-or-later
// Headers and subjects of mail that no person wrote, or not to us alone.
#pragma once

#include "parser/header.hpp"

#include <string>
#include <string_view>

namespace spoc::parser {

/// Each returns the field (or the words) that speak for it, "Auto-Submitted: auto-replied", or "".
std::string automatic_sign(Fields const& fields, std::string_view subject, std::string_view text);
std::string list_sign(Fields const& fields);
std::string loop_sign(Fields const& fields);

/// "Out of office: ..." in many languages.
bool is_vacation_subject(std::string_view subject);

}  // namespace spoc::parser
