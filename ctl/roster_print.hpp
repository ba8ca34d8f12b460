// SPDX-License-Identifier: GPL-3.0-or-later
// What became of a list of people, printed.
#pragma once

#include "ctl/verbs.hpp"
#include "daemon/roster.hpp"

namespace spoc::ctl {

/// Each card whose contact changed or was refused, and the counts. The exit code: 1 where something was
/// refused.
int print_report(Common const& common, daemon::RosterReport const& report, bool dry_run);

}  // namespace spoc::ctl
