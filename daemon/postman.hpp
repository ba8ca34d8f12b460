// SPDX-License-Identifier: GPL-3.0-or-later
// The thread that sends letters: claims what is due, gives it words, sends it, and reports what became of
// each. While the server keeps one letter the next gets its words; while the store notes one the next is on
// its way as far as a server takes no mail by it.
#pragma once

#include "channels/smtp.hpp"
#include "channels/wake.hpp"
#include "daemon/board.hpp"
#include "daemon/config.hpp"
#include "daemon/front_desk.hpp"
#include "daemon/line.hpp"
#include "daemon/wording.hpp"

#include <atomic>
#include <chrono>
#include <deque>
#include <future>
#include <map>
#include <optional>
#include <string>

namespace spoc::daemon {

class Postman {
 public:
  Postman(int number, Config const& config, templates::Texts const& texts, Line& line, FrontDesk& desk,
          Board& board);

  void run();
  /// From any thread: letters may be due.
  void nudge() { wake_.ring(); }
  void stop();

  /// Sends what is due; false if nothing was. An Error means that the way out is blocked. run() does nothing
  /// else, again and again. A letter on which the connection broke comes again later, and ends the round.
  Result<bool> round();

 private:
  struct Owed {
    desk::Letter letter;
    FrontDesk::Outcome outcome;
  };
  /// A letter as it leaves.
  struct Written {
    desk::LetterId letter{};
    std::string from;
    Result<std::string> mail;
    std::chrono::steady_clock::time_point at;
  };

  Result<> deliver(desk::Letter const& letter, desk::Letter const* next);
  Written write(desk::Letter const& letter);
  Written take_written(desk::Letter const& letter);
  Result<FrontDesk::Outcome> send(desk::Letter const& letter, Written const& written,
                                  desk::Letter const* next);
  Result<FrontDesk::Outcome> put_into_maildir(desk::Letter const& letter, std::string const& mail);
  FrontDesk::Outcome judge(desk::Letter const& letter, std::string const& from,
                           channels::RecipientOutcome const& outcome) const;
  FrontDesk::Outcome later(desk::Letter const& letter, std::string const& words) const;
  Result<> connect();
  void begin_record(Owed owed);
  Result<> confirm();
  Result<> settle();
  void rest();
  std::string trouble() const;
  void look_at(std::string const& from, channels::RecipientOutcome const& outcome);

  std::string name_;
  Config const& config_;
  Line& line_;
  FrontDesk& desk_;
  Board& board_;
  channels::Wake wake_;
  std::atomic<bool> stopping_{false};
  Wording wording_;
  std::optional<channels::Smtp> smtp_;
  channels::Wake stop_;             ///< ends a dial or an answer that is waited for
  std::optional<Written> written_;  ///< the next letter, got ready while the server kept the one before
  std::deque<Owed> owed_;           ///< what became of letters, until the store knows it
  std::future<Result<>> noting_;    ///< of the first of these, under way
  std::string broken_off_;          ///< how the last letter ended, where the server gave no verdict on it
  std::map<std::string, std::string> unwelcome_;  ///< our addresses that the server refuses, and its words
  bool claims_ = true;  ///< some may be left to give back, from before a crash to begin with
};

}  // namespace spoc::daemon
