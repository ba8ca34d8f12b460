// SPDX-License-Identifier: GPL-3.0-or-later
// A queue of files, looked at one after the other.
#include "daemon/scanner.hpp"

#include <memory>

namespace spoc::daemon {
namespace {

/// Each holds its bytes in memory, and waits for those before it.
constexpr std::size_t most_waiting = 50;

}  // namespace

void Scanner::look(std::vector<desk::Attachment> files, Done done) {
  {
    std::lock_guard const lock{mutex_};
    if (!stopping_ && waiting_.size() < most_waiting) {
      waiting_.push_back({std::move(files), std::move(done)});
      changed_.notify_one();
      return;
    }
  }
  done(std::nullopt);
}

std::optional<Scanner::Job> Scanner::next() {
  std::unique_lock lock{mutex_};
  changed_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
  if (stopping_) return std::nullopt;
  Job job = std::move(waiting_.front());
  waiting_.pop_front();
  return job;
}

void Scanner::run() {
  while (auto job = next()) {
    auto scanned = std::make_shared<Scanned>();
    scanned->files = std::move(job->files);
    scanned->infected = look_for_viruses(clamd_, scanned->files);
    line_.post([done = std::move(job->done), scanned] { done(std::move(*scanned)); });
  }
}

void Scanner::stop() {
  std::deque<Job> left;
  {
    std::lock_guard const lock{mutex_};
    stopping_ = true;
    left.swap(waiting_);
    changed_.notify_all();
  }
  for (Job& one : left) line_.post([done = std::move(one.done)] { done(std::nullopt); });
}

}  // namespace spoc::daemon
