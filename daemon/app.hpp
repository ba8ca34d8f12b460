// SPDX-License-Identifier: GPL-3.0-or-later
// The daemon put together: every part in the order in which it depends on others, and the way it ends.
#pragma once

#include "daemon/config.hpp"
#include "desk/error.hpp"

namespace spoc::daemon {

/// Runs until SIGTERM or SIGINT; drains and ends cleanly. An Error means that it could not start.
Result<> run(Config config);

}  // namespace spoc::daemon
