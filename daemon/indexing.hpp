// SPDX-License-Identifier: GPL-3.0-or-later
// The search index filled on a thread of its own while another thread takes mail in.
#pragma once

#include "channels/wake.hpp"
#include "daemon/config.hpp"
#include "desk/error.hpp"

#include <atomic>
#include <cstddef>
#include <thread>

namespace spoc::daemon {

/// For a command that brings many mails: what they make is in the index when it ends. Where a daemon runs,
/// its librarian holds the index and does the work, and this does nothing.
class Indexing {
 public:
  explicit Indexing(Config const& config);
  Indexing(Indexing const&) = delete;
  Indexing& operator=(Indexing const&) = delete;
  /// What waits still is left to the next who indexes.
  ~Indexing();

  /// From any thread: there may be more to do.
  void nudge() { wake_.ring(); }
  /// No more will come: the rest is put in at once. finish() says so too.
  void drain();
  /// Puts in all that waits, and ends; returns how many tickets were put in altogether.
  Result<std::size_t> finish();

 private:
  void run();
  Result<> work();

  Config const& config_;
  channels::Wake wake_;
  std::atomic<bool> draining_{false}, stopping_{false};
  std::size_t tickets_ = 0;  ///< this and the next: the thread's, until it has ended
  Result<> outcome_;
  std::thread thread_;
};

}  // namespace spoc::daemon
