// SPDX-License-Identifier: GPL-3.0-or-later
// Which pictures of a mail's text its author put there now, and which came with history or signature.
#pragma once

#include "desk/mail.hpp"

#include <string_view>
#include <vector>

namespace spoc::parser {

/// Says of each inline attachment whether it is the author's own (desk::Attachment::own): the HTML shows it
/// among the words that reply_of_html keeps, and in no element that a client writes the signature into; or
/// the HTML does not show it at all, so somebody put it beside the words.
void tell_own_pictures(std::string_view html, std::vector<desk::Attachment>& attachments);

}  // namespace spoc::parser
