// SPDX-License-Identifier: GPL-3.0-or-later
// The thread that writes the search index: articles when their files change, tickets when their text does.
#pragma once

#include "channels/wake.hpp"
#include "daemon/board.hpp"
#include "daemon/config.hpp"
#include "daemon/folder_trust.hpp"
#include "daemon/line.hpp"
#include "daemon/shelf.hpp"
#include "search/index.hpp"
#include "store/apply.hpp"
#include "store/store.hpp"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace spoc::daemon {

/// Puts a batch of waiting tickets into the index and commits; returns how many.
Result<std::size_t> index_tickets(search::Index& index, store::Store& store, std::size_t limit);

/// Which of the jobs in the queue are done now.
struct Portion {
  std::size_t most;
  std::size_t least = 1;   ///< none where fewer wait
  std::int64_t after = 0;  ///< those with higher numbers
};

/// Puts what is new in a portion of the tickets into the index. The caller commits, and takes what is
/// returned out of the queue then (store::finish_jobs).
Result<std::vector<store::IndexJob>> put_tickets(search::Index& index, store::Store& store,
                                                 Portion const& portion);

/// Into an index that is new every ticket has to go, also when we die before the first is in it.
Result<> queue_for_new(search::Index& index, store::Store& store);

class Librarian {
 public:
  /// `desks` is the desk thread's: the librarian writes by it there, never beside it.
  Librarian(Config const& config, Line& line, Board& board, store::Store& desks);
  void run();
  /// From any thread: tickets may have changed.
  void nudge() { wake_.ring(); }
  void stop();

 private:
  void round(search::Index& index, store::Store& store);
  Result<std::size_t> index_waiting(search::Index& index, store::Store& store);
  void look_at_folder(search::Index& index);
  /// What the operator's list says means the same.
  void look_at_synonyms(search::Index& index);
  void look_after_drafts(store::Store& store);
  /// What readers, agents and requesters make of articles goes into the ranking.
  void learn(search::Index& index, store::Store& store);
  void note(bool well, std::string const& words);
  /// What keeps one of its duties from being done, until it is said to be well ("").
  void keep(std::string const& duty, std::string const& trouble);
  /// Tells the board how all duties stand, so that it is not taken for silent.
  void report();

  Config const& config_;
  Line& line_;
  Board& board_;
  store::Store& desks_;
  channels::Wake wake_;
  channels::Wake stop_;  ///< ends the wait after a fault, which tickets that change must not
  std::atomic<bool> stopping_{false};
  std::vector<std::string> told_;  ///< mistakes that are in the log already
  std::string told_of_synonyms_;
  FolderTrust trust_;                                             ///< of the folder and the day
  std::map<std::string, std::string> troubles_;                   ///< by duty
  std::chrono::steady_clock::time_point looked_, learnt_, read_;  ///< at the folder; from use; the synonyms
};

}  // namespace spoc::daemon
