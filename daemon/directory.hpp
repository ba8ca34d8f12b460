// SPDX-License-Identifier: GPL-3.0-or-later
// The directory's people, taken into the book of contacts every few hours, on a thread of its own.
#pragma once

#include "channels/wake.hpp"
#include "daemon/board.hpp"
#include "daemon/config.hpp"
#include "daemon/line.hpp"
#include "daemon/roster.hpp"

#include <atomic>
#include <functional>

namespace spoc::daemon {

/// Entries as cards, by the configured attributes; entries without key and address are left out.
std::vector<desk::Card> cards_of(std::vector<channels::DirectoryEntry> const& entries,
                                 DirectoryAttributes const& attributes);

/// Asks the directory and takes its people in; who is gone from it is marked. Nothing is written where the
/// directory can't be read to its end. What is to be written is found out beforehand, without the write lock,
/// and written by a hundred: mail must not wait for the directory.
Result<RosterReport> sync_directory(Config const& config, store::Store& store, RosterOrder order,
                                    std::function<bool()> const& going);

/// Something to be written by a store, and who has it written.
using DirectoryWork = std::function<Result<>(store::Store& by)>;
using Writes = std::function<Result<>(DirectoryWork const& work)>;
/// The same, but what is to be written is handed to `writes`: one hundred after the other from a connection
/// of its own would keep the write lock from the desk, which would wait for it asleep.
Result<RosterReport> sync_directory(Config const& config, store::Store& store, RosterOrder order,
                                    std::function<bool()> const& going, Writes const& writes);

class DirectoryWatch {
 public:
  /// `desks` is the desk thread's: what is to be written is written by it there.
  DirectoryWatch(Config const& config, Line& line, Board& board, store::Store& desks)
      : config_{config}, line_{line}, board_{board}, desks_{desks} {}
  /// Until stop().
  void run();
  /// From any thread.
  void stop();

 private:
  desk::Duration round();
  void note(bool well, std::string const& words);

  Config const& config_;
  Line& line_;
  Board& board_;
  store::Store& desks_;
  channels::Wake wake_;
  std::atomic<bool> stopping_{false};
};

}  // namespace spoc::daemon
