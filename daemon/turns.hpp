// SPDX-License-Identifier: GPL-3.0-or-later
// Whose turn it is in a mailbox with more mails than are read at once: the oldest mail's, but where one
// sender fills the mailbox the others go first.
#pragma once

#include "daemon/line.hpp"
#include "desk/arrival.hpp"
#include "store/store.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace spoc::daemon {

/// For one visit to an IMAP mailbox, on the mailroom's thread. Who sent more than a quarter of a turn is put
/// off; their mails keep their order, and so does what may answer one of them (Imap::since). Put off is also
/// what the server has not handed over while mails above it came. What was put off is known after a crash:
/// the ledger has each UID that is in, and a fact has the first that may not be.
class Turns {
 public:
  /// The UIDs above one, in order, as Imap::since() tells them.
  using Since = std::function<Result<std::vector<std::uint32_t>>(std::uint32_t above,
                                                                 std::set<std::string> const& passed_over)>;
  struct Turn {
    std::vector<std::uint32_t> uids;  ///< none: everything is in
    bool more = false;
  };

  /// `where`: any place in the mailbox. `most`: mails in a turn.
  Turns(desk::Place where, std::size_t most, Line& line, store::Store& store);

  /// The last turn's mails must be in, as far as they came.
  Result<Turn> next(Since const& since);
  /// Before these mails of the turn are committed: what lies below one of them and has not come is put off,
  /// so that it is asked for again until it is in or the server has it no more.
  Result<> about_to_keep(std::span<desk::Arrival const> arrivals);
  /// A mail of this turn.
  void note(desk::Arrival const& arrival);

 private:
  struct Start {
    std::uint32_t above = 0;  ///< all up to it are in
    bool gaps = false;        ///< of those above some may be
  };

  Result<Start> begin();
  Result<> put_off(std::uint32_t first);
  Result<> keep_missing(std::vector<std::uint32_t>& uids);
  Result<bool> let_others_go(Since const& since, bool gaps, Turn& turn);
  /// Who sent so much of the last turn that the others should not wait for it?
  void judge();

  desk::Place where_;
  std::size_t most_;
  Line& line_;
  store::Store& store_;                         ///< only inside Line::ask
  std::set<std::uint32_t> waiting_;             ///< of this turn, those that have not come
  std::uint32_t first_ = 0;                     ///< the first that is put off, 0 for none
  std::map<std::string, std::size_t> senders_;  ///< of this turn, with how many of its mails
  bool more_ = false;                           ///< others waited behind this turn
  std::set<std::string> crowd_;                 ///< senders that fill the mailbox
  std::uint32_t passed_ = 0;                    ///< up to it none is left that may go before the crowd
};

}  // namespace spoc::daemon
