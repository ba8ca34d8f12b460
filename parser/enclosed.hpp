// SPDX-License-Identifier: GPL-3.0-or-later
// Which attachments a raw mail can be written again from.
#pragma once

#include "desk/enclosed.hpp"
#include "desk/mail.hpp"

#include <string_view>
#include <vector>

namespace spoc::parser {

/// The texts of those attachments that stand in the mail as base64 in lines of one length (RFC 2045 6.8), in
/// the order of their places, without overlap; each compared to the byte. Those of less than 4 KiB are left
/// where they are, and what comes behind sixteen larger ones that do not stand there so.
std::vector<desk::Enclosed> enclosed_in(std::string_view raw, std::vector<desk::Attachment> const& files);

}  // namespace spoc::parser
