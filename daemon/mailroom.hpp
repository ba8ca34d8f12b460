// SPDX-License-Identifier: GPL-3.0-or-later
// One mailbox's thread: fetches, parses, hands batches to the front desk, and only after the commit touches
// the mail.
#pragma once

#include "channels/maildir.hpp"
#include "channels/wake.hpp"
#include "daemon/board.hpp"
#include "daemon/config.hpp"
#include "daemon/corridor.hpp"
#include "daemon/front_desk.hpp"
#include "daemon/line.hpp"
#include "daemon/patience.hpp"
#include "daemon/turns.hpp"
#include "store/ledger.hpp"
#include "templates/letter.hpp"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <deque>
#include <future>
#include <map>
#include <memory>
#include <vector>

namespace spoc::daemon {

class Mailroom {
 public:
  /// How long it waits, and how much it takes at once.
  struct Pace {
    desk::Duration first_pause = std::chrono::seconds{1};  ///< after a visit that failed; then twice as long
    desk::Duration longest_pause = std::chrono::minutes{2};
    std::size_t visit_mails = 1000;                    ///< taken in before their after-commit action
    desk::Duration ask_again = std::chrono::hours{1};  ///< for a mail that the server could not hand over
  };

  Mailroom(MailboxConfig const& mailbox, Config const& config, templates::Texts const& texts, Line& line,
           FrontDesk& desk, Board& board, store::Store& store, Pace pace);

  /// Until stop(); reconnects with back-off.
  void run();
  /// From any thread.
  void stop();

 private:
  struct Batch {
    std::vector<desk::Arrival> arrivals;
    std::size_t bytes = 0;
  };
  struct Taking;

  void run_imap(Corridor& corridor);
  Result<> visit_imap(Corridor& corridor);
  Result<bool> round_imap(channels::Imap& imap, Turns& turns, Corridor& corridor);
  Result<> find_spot();
  desk::Place place_of(channels::Imap const& imap, std::uint32_t uid) const;
  Result<> fetch(channels::Imap& imap, std::vector<std::uint32_t> const& uids, Taking& taking);
  bool take(channels::Fetched&& fetched, Taking& taking);
  void judge_missing(Taking& taking);
  void put_aside(std::uint32_t uid, std::string const& why, Taking& taking);
  Result<std::vector<store::Quarantined>> due_again(std::uint32_t validity);
  Result<> ask_again(channels::Imap& imap, Corridor& corridor);
  bool may_be_cleared(channels::Fetched const& fetched) const;
  void run_maildir(Corridor& corridor);
  void recognise(std::vector<channels::Lying> const& lying);
  void forget_gone(std::vector<channels::Lying> const& lying);
  Result<RawMail> read_lying(channels::Lying const& one) const;
  Result<bool> round_maildir(Corridor& corridor);
  Result<bool> clear_away(channels::Imap& imap);
  Result<bool> clear_away(std::vector<channels::Lying> const& lying);
  Result<> clear_away(channels::Lying const& one);
  Result<std::vector<desk::Place>> uncleared(std::uint32_t validity);
  Result<> note_cleared(std::vector<desk::Place> const& places);
  Result<> hand_in(Batch& batch);
  Result<> hand_in(Taking& taking);
  Result<> settle();
  Result<> settle_down_to(std::size_t batches, std::size_t bytes);
  Result<> hand_in_and_settle(Batch& batch);
  bool full(Batch const& batch) const;
  void note(bool well, std::string const& words, std::int64_t count = 0);
  /// All is well but for what trouble() has told.
  void note_well(std::int64_t count = 0);
  /// Something that goes wrong beside the intake, until it is told again with no words.
  void trouble(std::string const& what, std::string const& words);
  /// Its hash was in the black box: it goes its way alone.
  bool is_doubtful(std::string const& bytes) const;

  MailboxConfig const& mailbox_;
  Config const& config_;
  templates::Texts const& texts_;
  Line& line_;
  FrontDesk& desk_;
  Board& board_;
  store::Store& store_;  ///< only inside Line::ask
  Pace pace_;
  std::shared_ptr<BlackBox> box_;
  std::set<std::string> doubtful_;
  Patience patience_;
  std::string spot_;             ///< of this account and folder
  bool waits_for_some_ = false;  ///< the server has mails that it has not handed over
  std::map<std::string, std::string> troubles_;
  channels::Wake wake_;
  std::atomic<bool> stopping_{false};
  bool brought_ = false;               ///< a mail, on this visit
  std::set<std::string> known_names_;  ///< of files in a Maildir
  struct Sent {
    std::size_t bytes = 0;
    std::future<Result<std::size_t>> receipt;  ///< how many of its mails the desk has committed
  };
  std::deque<Sent> under_way_;
  std::shared_ptr<bool> failed_ = std::make_shared<bool>(false);  ///< one of these; the desk thread's
};

}  // namespace spoc::daemon
