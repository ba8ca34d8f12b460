// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes of a mail to what it says.
#pragma once

#include "desk/mail.hpp"

#include <string>
#include <string_view>

namespace spoc::parser {

/// Reads a raw mail (RFC 5322, 2045 to 2049, 2047, 2231). Never throws for any input and never returns
/// invalid UTF-8; what was broken is listed in defects. Linear in the size of the input, with hard limits
/// on nesting depth, number of parts and header size.
desk::Mail read_mail(std::string_view raw);

}  // namespace spoc::parser
