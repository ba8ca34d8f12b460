// SPDX-License-Identifier: GPL-3.0-or-later
// What a mail server's words say about a fault, as a status code of RFC 3463.
#pragma once

#include <string>
#include <string_view>

namespace spoc::parser {

/// The first enhanced status code in words, the detailed before the vague; "" if there is none.
std::string enhanced_status(std::string_view words);

/// "5.0.0" or "4.0.0" where the words hold an SMTP reply code of that class only; "" otherwise.
std::string status_of_reply_code(std::string_view words);

/// Does a code say no more than the class of the fault or the part of the system ("5.0.0", "5.1.0", "4.4.7")?
bool is_vague(std::string_view status);

/// What plain words say, in many languages: "user unknown" is ".1.1", "mailbox full" ".2.2". The class is not
/// among it; "" if nothing is known.
std::string_view detail_of_words(std::string_view lowered_words);

/// Of a refusal at the door (5xx): the server's enhanced code, or what its words say where that is missing or
/// vague. "" if neither says anything.
std::string status_of_refusal(std::string_view enhanced, std::string_view words);

}  // namespace spoc::parser
