// SPDX-License-Identifier: GPL-3.0-or-later
// A virus scanner that says what a test tells it to.
#pragma once

#include "tests/fakes/scripted_server.hpp"

#include <functional>
#include <string>
#include <utility>

namespace spoc::fakes {

/// clamd as it answers INSTREAM: reads all pieces, then says its verdict. `before` runs in between.
class Clamd {
 public:
  explicit Clamd(std::string verdict, std::function<void()> before = {})
      : server_{[this, verdict = std::move(verdict), before = std::move(before)](Peer& peer) {
          std::string const command = peer.take(10);
          received.clear();
          for (;;) {
            std::string const length = peer.take(4);
            if (length.size() < 4) return;
            std::size_t bytes = 0;
            for (char c : length) bytes = bytes << 8U | static_cast<unsigned char>(c);
            if (bytes == 0) break;
            received += peer.take(bytes);
          }
          if (before) before();
          if (command == std::string{"zINSTREAM\0", 10}) peer.say(verdict + std::string(1, '\0'));
        }} {}

  std::string place() const { return "127.0.0.1:" + std::to_string(server_.account("").port); }
  std::string received;

 private:
  ScriptedServer server_;
};

}  // namespace spoc::fakes
