// SPDX-License-Identifier: GPL-3.0-or-later
// Is the desk well? The same facts for /healthz, /metrics and spocctl health.
#pragma once

#include "daemon/board.hpp"
#include "daemon/config.hpp"
#include "store/store.hpp"
#include "store/tickets.hpp"
#include "store/webhook_calls.hpp"

#include <map>
#include <string>
#include <vector>

namespace spoc::daemon {

struct Health {
  std::vector<std::string> troubles;  ///< empty: well
  store::Counts counts;
  store::CallCounts calls;                        ///< of webhooks
  std::map<std::string, std::int64_t> standings;  ///< tickets by how their service level stands
  std::int64_t oldest_letter_seconds = 0;         ///< how long the oldest due letter has waited
  int disk_free_percent = 100;
  struct Part {
    std::string name;
    bool well = false;
    desk::Time last{};  ///< when it last said so
    std::string words;
  };
  std::vector<Part> parts;
};

/// Reads the pulses that the daemon keeps in the store; a pulse older than thirty minutes, letters stuck for
/// fifteen minutes and a nearly full disk are troubles. `board`: the daemon's own, which knows of a store
/// that can't be written, and what could not be written there.
Result<Health> examine(store::Store& store, Config const& config, desk::Time now,
                       Board const* board = nullptr);

}  // namespace spoc::daemon
