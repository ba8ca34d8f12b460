// SPDX-License-Identifier: GPL-3.0-or-later
// A belt between two threads: one lays values on it, the other takes them off in that order; a full belt
// makes the first wait.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <utility>

namespace spoc::daemon {

template <class T>
class Belt {
 public:
  explicit Belt(std::size_t room) : room_{room} {}

  /// False when nobody takes any more: the value is lost, the giver should end.
  bool lay(T value) {
    std::unique_lock lock{mutex_};
    moved_.wait(lock, [&] { return stopped_ || lying_.size() < room_; });
    if (stopped_) return false;
    lying_.push_back(std::move(value));
    moved_.notify_all();
    return true;
  }

  /// Nothing when the belt has been emptied after end().
  std::optional<T> take() {
    std::unique_lock lock{mutex_};
    asked_ = true;
    moved_.notify_all();
    moved_.wait(lock, [&] { return ended_ || !lying_.empty(); });
    asked_ = false;
    if (lying_.empty()) return std::nullopt;
    std::optional<T> value{std::move(lying_.front())};
    lying_.pop_front();
    moved_.notify_all();
    return value;
  }

  /// For the giver: until all that was laid has been dealt with and the taker asks for more, or takes no
  /// more.
  void wait_until_dealt_with() {
    std::unique_lock lock{mutex_};
    moved_.wait(lock, [&] { return stopped_ || (asked_ && lying_.empty()); });
  }

  /// The giver has laid its last.
  void end() {
    std::lock_guard const lock{mutex_};
    ended_ = true;
    moved_.notify_all();
  }

  /// The taker takes no more.
  void stop() {
    std::lock_guard const lock{mutex_};
    stopped_ = true;
    moved_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable moved_;
  std::deque<T> lying_;
  std::size_t room_;
  bool ended_ = false, stopped_ = false;
  bool asked_ = false;  ///< the taker waits
};

}  // namespace spoc::daemon
