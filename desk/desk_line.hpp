// SPDX-License-Identifier: GPL-3.0-or-later
// What the desk itself says in a chat, and the mail that says the same where nobody looks there.
#pragma once

#include "desk/plan.hpp"

#include <string>
#include <string_view>

namespace spoc::desk {

/// Message::rule of the desk's own words in a chat: they are no agent's answer.
inline constexpr std::string_view desk_rule = "announcement";

/// The desk's own words in a chat.
Message desk_line(std::string const& text, Known const& known);
bool is_desk_line(Message const& message);

/// `words` stand in the chat from now on; `letter`, which says the same, goes only where they are not seen
/// there, and only where a machine may write.
void say_in_chat(Plan& plan, Letter letter, std::string const& words, Known const& known);

/// Sentences for requesters, in their language.
std::string over_in_chat(Status status, std::string_view language);    ///< resolved or closed
std::string status_in_chat(Status status, std::string_view language);  ///< it is so now
std::string working_in_chat(std::string_view language);                ///< nobody has forgotten them

}  // namespace spoc::desk
