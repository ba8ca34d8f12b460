// SPDX-License-Identifier: GPL-3.0-or-later
// The thread that sends letters: claims what is due, gives it words, sends it, and reports what became of
// each.
#pragma once

#include "channels/smtp.hpp"
#include "channels/wake.hpp"
#include "daemon/board.hpp"
#include "daemon/config.hpp"
#include "daemon/front_desk.hpp"
#include "daemon/line.hpp"
#include "daemon/wording.hpp"

#include <atomic>
#include <map>
#include <optional>

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
  Result<> deliver(desk::Letter const& letter);
  Result<std::string> write(desk::Letter const& letter, std::string& from);
  Result<FrontDesk::Outcome> send(desk::Letter const& letter, std::string const& from,
                                  std::string const& mail);
  FrontDesk::Outcome judge(desk::Letter const& letter, std::string const& from,
                           channels::RecipientOutcome const& outcome) const;
  FrontDesk::Outcome later(desk::Letter const& letter, std::string const& words) const;
  Result<> connect();
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
  channels::Wake stop_;  ///< ends a dial or an answer that is waited for
  struct Owed {
    desk::Letter letter;
    FrontDesk::Outcome outcome;
  };
  std::optional<Owed> owed_;  ///< what became of a letter, until the store knows it
  std::string broken_off_;    ///< how the last letter ended, where the server gave no verdict on it
  std::map<std::string, std::string> unwelcome_;  ///< our addresses that the server refuses, and its words
  bool claims_ = true;  ///< some may be left to give back, from before a crash to begin with
};

}  // namespace spoc::daemon
