// SPDX-License-Identifier: GPL-3.0-or-later
// A mailbox on a server that does what IMAP asks of it, but for what a test has it do instead.
#pragma once

#include "tests/fakes/scripted_server.hpp"

#include <charconv>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

namespace spoc::fakes {

/// UIDVALIDITY is 7. Without IDLE, so that a client comes back by itself.
class ImapBox {
 public:
  enum class Says { as_usual, answered, hangs_up };
  /// Asked before each command is done; it may have answered by itself.
  using Mood = std::function<Says(Peer&, std::string const& command)>;

  explicit ImapBox(std::string capabilities = "UIDPLUS MOVE") : capabilities_{std::move(capabilities)} {}

  void lay(std::uint32_t uid, std::string const& bytes) {
    std::lock_guard const held{lock_};
    mails_[uid] = bytes;
  }
  void be(Mood mood) {
    std::lock_guard const held{lock_};
    mood_ = std::move(mood);
  }
  /// What lies there.
  std::set<std::uint32_t> uids() const {
    std::lock_guard const held{lock_};
    std::set<std::uint32_t> out;
    for (auto const& [uid, bytes] : mails_) out.insert(uid);
    return out;
  }
  /// How often a command began so.
  int heard(std::string const& start) const {
    std::lock_guard const held{lock_};
    int count = 0;
    for (std::string const& one : commands_) count += one.starts_with(start) ? 1 : 0;
    return count;
  }
  channels::Account account() const { return server_.account("support"); }

  static std::string size_of(std::uint32_t uid, std::size_t size) {
    return "* 1 FETCH (UID " + std::to_string(uid) + " RFC822.SIZE " + std::to_string(size) + ")\r\n";
  }
  static std::string body_of(std::uint32_t uid, std::string const& mail) {
    return "* 1 FETCH (UID " + std::to_string(uid) + " INTERNALDATE \"02-Mar-2026 12:00:00 +0000\" BODY[] {" +
           std::to_string(mail.size()) + "}\r\n" + mail + ")\r\n";
  }
  /// Of "UID FETCH 1:3,7 (...)": does it ask for this one's body?
  static bool asks_for(std::string const& command, std::uint32_t uid) {
    return command.starts_with("UID FETCH") && command.find("BODY") != std::string::npos &&
           named(command).contains(uid);
  }
  static std::set<std::uint32_t> named(std::string const& command) {
    std::set<std::uint32_t> out;
    std::size_t at = command.find_first_of("0123456789");
    while (at != std::string::npos && at < command.size()) {
      std::uint32_t const first = number(command, at);
      std::uint32_t last = first;
      if (at < command.size() && command[at] == ':') last = number(command, ++at);
      for (auto uid = first; uid <= last; ++uid) out.insert(uid);
      if (at >= command.size() || command[at] != ',') break;
      ++at;
    }
    return out;
  }

 private:
  static std::uint32_t number(std::string const& text, std::size_t& at) {
    std::uint32_t out = 0;
    auto const read = std::from_chars(text.data() + at, text.data() + text.size(), out);
    at = static_cast<std::size_t>(read.ptr - text.data());
    return out;
  }

  void serve(Peer& peer) {
    peer.imap_login(capabilities_);
    for (std::string command = peer.command(); !command.empty(); command = peer.command()) {
      Mood mood;
      {
        std::lock_guard const held{lock_};
        commands_.push_back(command);
        mood = mood_;
      }
      Says const says = mood ? mood(peer, command) : Says::as_usual;
      if (says == Says::hangs_up) return;
      if (says == Says::as_usual) peer.answer(obey(command));
    }
  }

  std::string obey(std::string const& command) {
    std::lock_guard const held{lock_};
    std::string out;
    if (command.starts_with("UID SEARCH")) {
      auto const above = named(command.substr(0, command.find(":*")));
      for (auto const& [uid, bytes] : mails_)
        if (uid >= *above.begin()) out += "* SEARCH " + std::to_string(uid) + "\r\n";
    }
    bool const takes_away = command.starts_with("UID MOVE") || command.starts_with("UID EXPUNGE");
    bool const sizes = command.find("RFC822.SIZE") != std::string::npos;
    for (auto const uid : command.starts_with("UID SEARCH") ? std::set<std::uint32_t>{} : named(command)) {
      auto const found = mails_.find(uid);
      if (found == mails_.end()) continue;
      if (command.starts_with("UID FETCH"))
        out += sizes ? size_of(uid, found->second.size()) : body_of(uid, found->second);
      if (takes_away) mails_.erase(found);
    }
    return out;
  }

  std::string capabilities_;
  mutable std::mutex lock_;
  std::map<std::uint32_t, std::string> mails_;
  std::vector<std::string> commands_;
  Mood mood_;
  ScriptedServer server_{[this](Peer& peer) { serve(peer); }};
};

}  // namespace spoc::fakes
