// SPDX-License-Identifier: GPL-3.0-or-later
// A thread for what the desk should not wait for: pieces of work in their order, and what the desk does then.
#pragma once

#include "daemon/line.hpp"

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>

namespace spoc::daemon {

class Aside {
 public:
  /// Called once, on the desk thread.
  using Then = std::function<void()>;
  /// Done beside the desk.
  using Work = std::function<Then()>;
  /// Each holds what it needs, and waits for those before it.
  static constexpr std::size_t most_waiting = 50;

  explicit Aside(Line& line) : line_{line} {}

  /// From the desk thread: returns at once. `instead` is for work that is not begun before the end, and for
  /// such that throws, which the log has then. False where too much waits or the desk ends: neither will be
  /// called.
  bool take(Work work, Then instead);

  /// The thread's body, until stop(). A fault of one piece ends no other.
  void run();
  /// What was begun is finished.
  void stop();

 private:
  struct Piece {
    Work work;
    Then instead;
  };
  /// Nothing when it is time to end.
  std::optional<Piece> next();
  static Then done(Piece& piece);

  Line& line_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Piece> waiting_;
  bool stopping_ = false;
};

}  // namespace spoc::daemon
