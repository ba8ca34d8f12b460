// SPDX-License-Identifier: GPL-3.0-or-later
// How long the index counts as in step with the knowledge folder: reading thousands of articles at each look
// would keep a processor busy for nothing.
#pragma once

#include <chrono>
#include <string>
#include <utility>

namespace spoc::daemon {

class FolderTrust {
 public:
  using Moment = std::chrono::steady_clock::time_point;
  /// So often each article is read again although nothing says that it has changed: some file systems forget
  /// to.
  static constexpr std::chrono::hours longest{1};

  /// Does the index still have what a folder in that state has? "" is a state that nobody knows.
  bool holds(std::string const& state, Moment now) const {
    return !state.empty() && state == state_ && now - read_ < longest;
  }
  /// Each article was read, for whatever reason, and what it says is in the index.
  void gain(std::string state, Moment now) {
    state_ = std::move(state);
    read_ = now;
  }
  void lose() { state_.clear(); }

 private:
  std::string state_;  ///< "" where the articles are to be read
  Moment read_{};
};

}  // namespace spoc::daemon
