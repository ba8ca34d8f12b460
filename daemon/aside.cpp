// SPDX-License-Identifier: GPL-3.0-or-later
// A queue with a lock of its own.
#include "daemon/aside.hpp"

#include "daemon/log.hpp"

#include <exception>
#include <memory>
#include <string>
#include <utility>

namespace spoc::daemon {

bool Aside::take(Work work, Then instead) {
  std::lock_guard const lock{mutex_};
  if (stopping_ || waiting_.size() >= most_waiting) return false;
  waiting_.push_back({std::move(work), std::move(instead)});
  changed_.notify_one();
  return true;
}

std::optional<Aside::Piece> Aside::next() {
  std::unique_lock lock{mutex_};
  changed_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
  if (stopping_) return std::nullopt;
  Piece piece = std::move(waiting_.front());
  waiting_.pop_front();
  return piece;
}

Aside::Then Aside::done(Piece& piece) {
  std::string why;
  try {
    return piece.work();
  } catch (std::exception const& fault) {
    why = fault.what();
  } catch (...) {
    why = "an unknown fault";
  }
  Entry{Severity::error, "work beside the desk failed"}.with("why", why).write();
  return piece.instead;
}

/// What a piece holds is the desk's: it goes back there, and ends there.
void Aside::run() {
  while (auto piece = next()) {
    Then then = done(*piece);
    line_.post([piece = std::make_shared<Piece>(std::move(*piece)), then = std::move(then)] { then(); });
  }
}

void Aside::stop() {
  std::deque<Piece> left;
  {
    std::lock_guard const lock{mutex_};
    stopping_ = true;
    left.swap(waiting_);
    changed_.notify_all();
  }
  for (Piece& one : left) line_.post(std::move(one.instead));
}

}  // namespace spoc::daemon
