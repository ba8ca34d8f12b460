// SPDX-License-Identifier: GPL-3.0-or-later
// The IMAP dialogue as such: tagged commands out, answers in, and what the server says unasked.
#pragma once

#include "channels/dial.hpp"
#include "channels/imap_lines.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <string_view>

namespace spoc::channels {

/// Several commands may be under way; their answers are told apart by tags that nobody can guess.
class ImapTalk {
 public:
  using Hear = std::function<Result<>(ImapAnswer&)>;

  /// Asks for the capabilities too: after the login they differ from those before it.
  static Result<ImapTalk> open(Account const& account, Wake const& wake);

  /// Sends a command; returns its tag.
  Result<std::string> send(std::string const& command);
  Result<> write(std::string_view bytes);
  /// The next answer, whatever it is. BYE, garbage, silence and the bell end the talk, except with `calm`,
  /// where silence and the bell are nothing special (IDLE).
  Result<ImapAnswer> next(std::chrono::milliseconds patience, bool calm = false);
  /// All that comes until the command's own answer; `hear` gets the rest. The answer may be NO or BAD.
  Result<ImapAnswer> finish(std::string const& tag, Hear const& hear = {});
  /// A command that must be answered OK.
  Result<ImapAnswer> ask(std::string const& command, Hear const& hear = {});
  /// The Error that a NO or BAD means.
  Error refusal(std::string const& command, ImapAnswer const& answer) const;

  bool can(std::string_view capability) const;
  bool woken() const { return line_.woken(); }
  void heed_wake(bool heed) { line_.heed_wake(heed); }
  bool ended() const { return ended_ || line_.ended(); }
  void end() { ended_ = true; }

  std::uint32_t exists = 0;  ///< as last told
  bool grown = false;        ///< EXISTS went up since this was cleared
  std::chrono::milliseconds timeout{};

 private:
  ImapTalk(Dialled line, Account const& account);
  void note(ImapAnswer const& answer);
  Error garbage(std::string const& what);

  Dialled line_;
  ImapReader reader_;
  std::string where_;
  std::string tag_start_;
  unsigned commands_ = 0;
  std::set<std::string, std::less<>> capabilities_;
  bool ended_ = false;
};

}  // namespace spoc::channels
