// SPDX-License-Identifier: GPL-3.0-or-later
// How the parts are doing: mailboxes, postmen, librarian. Lives on the desk thread; others post to it.
#pragma once

#include "desk/time.hpp"
#include "store/store.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <string>

namespace spoc::daemon {

/// The state of one mailbox or way out.
struct Pulse {
  bool well = false;
  std::string words;       ///< what is wrong, "" if nothing
  desk::Time last_well{};  ///< when it was last reached
  desk::Time since{};      ///< when this state began
  std::int64_t count = 0;  ///< mails or letters since the start
};

class Board {
 public:
  Board(store::Store& store, desk::Clock clock)
      : store_{store}, clock_{std::move(clock)}, started_{clock_()} {}

  /// "mailbox support" or "postman 0"; kept in the store as well, at most once a minute unless it changes.
  void note(std::string const& part, bool well, std::string const& words, std::int64_t count = 0);
  /// Something that the operator should know: a line in the log, counted, and told by the second route.
  /// `webhook`: the one that it is about.
  void alarm(std::string const& words, std::string const& webhook = {});
  using Route = std::function<void(std::string const& words, std::string const& webhook)>;
  void tell_alarms(Route route) { route_ = std::move(route); }
  std::int64_t alarms() const { return alarms_; }
  /// Why the last pulse could not be kept; "" when it was.
  std::string const& store_trouble() const { return store_trouble_; }
  std::map<std::string, Pulse> const& parts() const { return parts_; }
  desk::Time started() const { return started_; }
  desk::Time now() const { return clock_(); }

 private:
  store::Store& store_;
  desk::Clock clock_;
  desk::Time started_;
  std::map<std::string, Pulse> parts_;
  std::map<std::string, desk::Time> kept_;
  Route route_;
  std::int64_t alarms_ = 0;
  std::string store_trouble_;
};

}  // namespace spoc::daemon
