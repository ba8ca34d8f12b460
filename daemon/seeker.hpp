// SPDX-License-Identifier: GPL-3.0-or-later
// The thread that asks the search index for programs: a phrase of common words takes a tenth of a second in a
// large desk, which nobody's chat should wait for.
#pragma once

#include "daemon/aside.hpp"
#include "search/index.hpp"

#include <filesystem>
#include <functional>
#include <optional>

namespace spoc::daemon {

class Seeker {
 public:
  /// Asks a reader, nullptr while there is no index.
  using Work = std::function<Aside::Then(search::Reader*)>;

  Seeker(std::filesystem::path index, Line& line) : index_{std::move(index)}, aside_{line} {}

  /// As Aside::take.
  bool take(Work work, Aside::Then instead);
  void run() { aside_.run(); }
  void stop() { aside_.stop(); }

 private:
  search::Reader* reader();

  std::filesystem::path const index_;
  Aside aside_;
  std::optional<search::Reader> reader_;  ///< the thread's
};

}  // namespace spoc::daemon
