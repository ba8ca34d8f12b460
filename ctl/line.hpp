// SPDX-License-Identifier: GPL-3.0-or-later
// Asks the daemon that is running, by its Unix socket.
#pragma once

#include "channels/web_call.hpp"
#include "daemon/config.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace spoc::ctl {

/// What is asked of it.
struct Request {
  std::string method, path;  ///< "POST", "/api/v1/tickets/7/commands"
  std::string body{};        ///< JSON, "" for none
  std::string as{};          ///< handle of the agent in whose name
  std::vector<std::pair<std::string, std::string>> headers{};
  std::chrono::milliseconds patience = std::chrono::minutes{2};
};

/// Nothing when no daemon runs on this data folder.
Result<std::optional<channels::WebAnswer>> ask_daemon(daemon::Config const& config, Request const& request);

/// Work lies in the store: a daemon that runs shall look at once instead of soon.
void wake_daemon(daemon::Config const& config);

}  // namespace spoc::ctl
