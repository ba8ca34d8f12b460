// SPDX-License-Identifier: GPL-3.0-or-later
// May it be answered by a machine? (RFC 3834)
#pragma once

#include "desk/mail.hpp"

#include <string>
#include <string_view>

namespace spoc::desk {

/// Why no automatic letter may answer this mail; "" if one may.
std::string no_automatic_answer(Mail const& mail, House const& house);

/// Does an enhanced status code (RFC 3463) say that the recipient's address itself takes no mail? 4.x speaks
/// of today, 5.1.7 and 5.1.8 of the sender.
bool address_is_bad(std::string_view status);

/// A ticket's tag that says that a machine wrote to it, so that none of ours answers.
bool is_of_machines(std::string_view tag);

/// Do the words of a refusal speak of whoever sent (`own`), not of the recipient? Many a server says 5.1.0 or
/// 5.1.1 of either.
bool blames_sender(std::string_view words, std::string_view own);

}  // namespace spoc::desk
