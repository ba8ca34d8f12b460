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

/// What comes of a button.
enum class Decided {
  closed,    ///< the ticket is closed, now or before
  told,      ///< it is solved for the requester, but open: its agents hear so
  reopened,  ///< it is open again
  going_on,  ///< it is open anyway
  linked,    ///< too late to reopen it: a new ticket goes on with it
};
Decided what_comes_of(Verdict verdict, Known const& known);

/// What the button does to known.ticket; an empty plan where there is nothing left to decide. Too late to
/// reopen it the plan is that of plan_unsolved_late().
Plan plan_verdict(Verdict verdict, Known const& known);

/// As a mailed "no" would: a new ticket, known.next_ticket, that is linked to known.ticket and names it.
Arrival unsolved_late(Known const& known);
Plan plan_unsolved_late(Arrival const& arrival, Known const& known);
/// The trail of the old ticket names the one that goes on with it.
inline constexpr std::string_view went_on = "went on";
/// The trail's words for a "yes" to an open ticket.
inline constexpr std::string_view solved_while_open = "solved, by the button; the ticket is open";

/// The requester says that an article which was offered to them solved known.ticket: it is closed, the
/// article gets the credit, and the crew is told. An empty plan where the ticket is closed already.
Plan plan_self_solved(Suggestion const& article, Known const& known);

}  // namespace spoc::desk
