// SPDX-License-Identifier: GPL-3.0-or-later
// A mail passed on inside the text of another: who wrote it, when, and what.
#pragma once

#include "desk/mail.hpp"

#include <optional>
#include <string_view>

namespace spoc::parser {

/// The forward block of a text: "Begin forwarded message:", "---------- Forwarded message ---------",
/// "转发邮件", "Videresendt melding", with the header block below it. "-----Original Message-----" and a bare
/// header block stand above answered mails as well: they count where the subject says "Fwd:". Fills
/// everything but language and attachments. Linear in the size of the text.
std::optional<desk::Forwarded> forwarded_in_text(std::string_view text, std::string_view subject);

/// The beginning of a text that is longer than anybody types (512 KB), cut at a line end or between
/// characters: what the finders of history are shown, which keep a record for each line.
std::string_view what_people_type(std::string_view text);

/// "Fwd: ", "VS: ", "转发：": does a subject say that a mail is passed on?
bool says_forward(std::string_view subject);

}  // namespace spoc::parser
