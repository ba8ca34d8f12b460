// SPDX-License-Identifier: GPL-3.0-or-later
// What the passing of time makes happen to one ticket: warnings, news for the requester, closing.
#pragma once

#include "desk/plan.hpp"

namespace spoc::desk {

/// A look at known.ticket at known.now. `course` is its own, `had` what the last look left. The plan's level
/// says what people have been told with it and when to look again, so that nothing is said twice.
Plan plan_tick(Course const& course, LevelState const& had, Known const& known);

/// A reminder whose moment has come, of known.ticket: the letter, and the reminder is gone.
Plan plan_reminder(Reminder const& reminder, Known const& known);

}  // namespace spoc::desk
