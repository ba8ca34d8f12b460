// SPDX-License-Identifier: GPL-3.0-or-later
// The requester's answer to "is it solved?": by mail in one word, or by a button.
#pragma once

#include "desk/plan.hpp"

#include <string_view>

namespace spoc::desk {

enum class Verdict { none, solved, unsolved };

/// "Yes", "ja takk", "是的，谢谢" or "No, ...", "nei ...", "没有解决": by the first word. Only a short yes
/// with nothing but courtesies behind it is one; whoever says more wants to be read.
Verdict verdict_of(std::string_view reply);

/// known.ticket, which is finished, is open again and its crew is told. `who` says so, in these `words` or
/// none.
void take_up_again(Plan& plan, Known const& known, std::string who, std::string how, std::string words);

/// May a finished ticket still be taken up again? Later a new one begins that is linked to it.
bool past_reopening(Known const& known);

/// What the button does to known.ticket; an empty plan where there is nothing left to decide.
Plan plan_verdict(Verdict verdict, Known const& known);

/// The requester says that an article which was offered to them solved known.ticket: it is closed, the
/// article gets the credit, and the crew is told. An empty plan where the ticket is closed already.
Plan plan_self_solved(Suggestion const& article, Known const& known);

}  // namespace spoc::desk
