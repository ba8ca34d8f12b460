// SPDX-License-Identifier: GPL-3.0-or-later
// A switchboard over a real front desk, and sockets that write down their frames.
#pragma once

#include "daemon/switchboard.hpp"

#include "tests/daemon/desk_room.hpp"

#include <boost/json.hpp>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace spoc::daemon::tests {

class Socket : public channels::ChatSocket {
 public:
  void send(std::shared_ptr<std::string const> frame) override {
    frames.push_back(boost::json::parse(*frame).as_object());
  }
  void close(int code, std::string const&) override { closed = code; }
  std::string const& peer() const override { return peer_; }

  /// The frames of a kind, "" for all, since the last take().
  std::vector<boost::json::object> of(std::string_view kind) const {
    std::vector<boost::json::object> out;
    for (boost::json::object const& one : frames)
      if (kind.empty() || one.at("t").as_string() == kind) out.push_back(one);
    return out;
  }
  std::vector<boost::json::object> frames;
  int closed = 0;

 private:
  std::string peer_ = "192.0.2.1";
};

inline std::string text(boost::json::object const& frame, std::string_view key) {
  auto const* value = frame.if_contains(key);
  return value != nullptr && value->is_string() ? std::string{value->as_string()} : "";
}
inline std::int64_t whole(boost::json::object const& frame, std::string_view key) {
  return frame.at(key).as_int64();
}

class SwitchboardRoom : public DeskRoom {
 protected:
  SwitchboardRoom() {
    on_bell = [this](desk::News const& news) { board.tell(news); };
  }

  std::shared_ptr<Socket> open() {
    auto socket = std::make_shared<Socket>();
    board.opened(socket);
    return socket;
  }
  void hear(std::shared_ptr<Socket> const& socket, boost::json::object const& frame) {
    board.heard(*socket, boost::json::serialize(frame));
  }
  /// Says hello; returns the session.
  std::string greet(std::shared_ptr<Socket> const& socket, std::string const& session = "",
                    std::int64_t last = 0) {
    hear(socket, {{"t", "hello"},
                  {"session", session.empty() ? boost::json::value(nullptr) : boost::json::value(session)},
                  {"last", last},
                  {"language", "en"}});
    auto const welcome = socket->of("welcome");
    EXPECT_EQ(welcome.size(), 1U);
    return welcome.empty() ? "" : text(welcome[0], "session");
  }
  void say(std::shared_ptr<Socket> const& socket, std::string const& ref, std::string const& words) {
    hear(socket, {{"t", "line"}, {"ref", ref}, {"text", words}});
  }
  /// What the desk thread does when it has nothing else to do.
  void turn() {
    std::vector<std::function<void()>> due;
    due.swap(later);
    for (auto const& one : due) one();
  }

  std::vector<std::function<void()>> later;
  std::vector<std::string> asked;
  Switchboard board{front, "support",
                    [this](std::string const& words, std::string const&) {
                      asked.push_back(words);
                      return std::vector<parser::Offer>{{"plug", "Plugs", "/kb/plug"}};
                    },
                    [this](std::function<void()> work) { later.push_back(std::move(work)); }};
};

}  // namespace spoc::daemon::tests
