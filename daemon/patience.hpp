// SPDX-License-Identifier: GPL-3.0-or-later
// How often a server has failed to hand over which mail, and when the others go on without it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>

namespace spoc::daemon {

/// For one IMAP mailbox, on its mailroom's thread; begins anew with the process.
class Patience {
 public:
  /// The server answered, but without this mail. True: it has done so three times.
  bool missed(std::uint32_t uid);
  /// A visit ended when this one was to come next. `alone`: it was all that had been asked for. True: so it
  /// has ended three visits alone, and is to blame.
  bool ended(std::uint32_t uid, bool alone);
  void came(std::uint32_t uid);
  /// Three visits have ended at the same mail: from here on each is asked for alone, to see which it is.
  bool careful() const { return careful_; }
  void turn_done() { careful_ = false; }
  /// False where mail after mail fails and none comes: then it is the server's trouble, no mail's.
  bool may_put_aside() const;
  void put_aside(std::uint32_t uid);

 private:
  std::map<std::uint32_t, int> failures_;
  std::map<std::uint32_t, int> alone_;  ///< visits that it ended alone
  std::size_t in_a_row_ = 0;            ///< put aside since a mail came
  bool careful_ = false;
};

}  // namespace spoc::daemon
