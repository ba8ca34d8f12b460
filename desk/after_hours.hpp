// SPDX-License-Identifier: GPL-3.0-or-later
// What becomes of tickets when those who have them go home.
#pragma once

#include "desk/plan.hpp"

namespace spoc::desk {

/// Adds to a tick's plan of known.ticket, after plan_tick(): where the hours of its team have ended and the
/// team hands over such tickets, it goes to the team that would get it as a new one, if that is open; where
/// the hours of whoever has it have ended and something is due before they are back, colleagues at work are
/// offered it, once. The plan's level says when to look again.
void pass_on_in_time(Plan& plan, Course const& course, Known const& known);

}  // namespace spoc::desk
