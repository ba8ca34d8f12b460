// SPDX-License-Identifier: GPL-3.0-or-later
// A TCP server that says what a test tells it to, for faults that no real server shows on demand.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "channels/dial.hpp"

namespace spoc::fakes {

/// The server's side of one connection. Its script ends the connection by returning.
class Peer {
 public:
  explicit Peer(int socket) : socket_(socket) {}

  void say(std::string_view bytes) {
    while (!bytes.empty()) {
      auto const sent = send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
  }
  /// The next line without CRLF; "" at the end.
  std::string hear() {
    std::string line;
    for (char c = 0; recv(socket_, &c, 1, 0) == 1;) {
      if (c == '\n') break;
      if (c != '\r') line += c;
    }
    heard.push_back(line);
    return line;
  }
  /// So many bytes; fewer at the end.
  std::string take(std::size_t count) {
    std::string bytes(count, '\0');
    std::size_t got = 0;
    while (got < count) {
      auto const some = recv(socket_, bytes.data() + got, count - got, 0);
      if (some <= 0) break;
      got += static_cast<std::size_t>(some);
    }
    bytes.resize(got);
    return bytes;
  }
  /// Until the client hangs up.
  void wait_for_end() {
    for (char c = 0; recv(socket_, &c, 1, 0) == 1;) {
    }
  }

  // IMAP.
  /// The greeting, CAPABILITY as often as it is asked for, LOGIN; returns when SELECT was answered.
  void imap_login(std::string const& capabilities) {
    say("* OK ready\r\n");
    for (std::string line = hear(); !line.empty(); line = hear()) {
      auto const [tag, command] = split(line);
      if (command == "CAPABILITY") say("* CAPABILITY IMAP4rev1 " + capabilities + "\r\n");
      if (command.starts_with("SELECT"))
        say("* 3 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT 40] next\r\n");
      say(tag + " OK done\r\n");
      if (command.starts_with("SELECT")) return;
    }
  }
  /// Tag and command of a line.
  static std::pair<std::string, std::string> split(std::string const& line) {
    auto const blank = line.find(' ');
    return {line.substr(0, blank), blank == std::string::npos ? "" : line.substr(blank + 1)};
  }
  /// The command of the next line; its tag is kept for ok().
  std::string command() {
    auto const [tag, rest] = split(hear());
    tag_ = tag;
    return rest;
  }
  std::string const& tag() const { return tag_; }
  void answer(std::string const& untagged = "", std::string const& verdict = "OK done") {
    say(untagged + tag_ + " " + verdict + "\r\n");
  }

  // SMTP.
  /// The greeting and as many EHLOs as libcurl and we say.
  void smtp_hello(std::string const& extensions) {
    say("220 ready\r\n");
    for (int times = 0; times < 2; ++times) {
      hear();
      say("250-hello\r\n" + extensions + "250 HELP\r\n");
    }
  }

  std::vector<std::string> heard;

 private:
  int socket_;
  std::string tag_;
};

/// Serves connections one after the other, each with the script; joins when it goes.
class ScriptedServer {
 public:
  using Script = std::function<void(Peer&)>;

  explicit ScriptedServer(Script script)
      : script_(std::move(script)), listener_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    if (bind(listener_, generic, size) != 0 || listen(listener_, 8) != 0 ||
        getsockname(listener_, generic, &size) != 0)
      throw std::runtime_error("no port to listen on");
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  ScriptedServer(ScriptedServer const&) = delete;
  ScriptedServer& operator=(ScriptedServer const&) = delete;
  ~ScriptedServer() {
    shutdown(listener_, SHUT_RDWR);
    thread_.join();
    close(listener_);
  }

  channels::Account account(std::string const& user) const {
    channels::Account account;
    account.host = "127.0.0.1";
    account.port = port_;
    account.security = channels::Security::none;
    account.user = user;
    account.password = user.empty() ? "" : "secret";
    account.timeout = std::chrono::seconds{5};
    return account;
  }

 private:
  void serve() {
    for (int client = 0; (client = accept(listener_, nullptr, nullptr)) >= 0;) {
      int const at_once = 1;  // or every second say() waits for the client's delayed acknowledgement
      setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
      Peer peer(client);
      script_(peer);
      close(client);
    }
  }

  Script script_;
  int listener_;
  std::uint16_t port_ = 0;
  std::thread thread_;
};

}  // namespace spoc::fakes
