// SPDX-License-Identifier: GPL-3.0-or-later
// The chat socket against a real WebSocket client: words both ways, and every reason to close.
#include "channels/chat.hpp"

#include "tests/channels/served.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/beast/websocket.hpp>

namespace spoc::channels::test {
namespace {

namespace websocket = boost::beast::websocket;
using namespace std::chrono_literals;
using testing::HasSubstr;

std::shared_ptr<std::string const> frame(std::string text) {
  return std::make_shared<std::string const>(std::move(text));
}

class Visitor {
 public:
  explicit Visitor(std::uint16_t port) : socket(context_) {
    socket.next_layer().connect({net::ip::make_address("127.0.0.1"), port});
  }
  /// The HTTP status of the handshake's answer.
  unsigned enter(std::string const& origin = "", std::string const& path = "/chat",
                 std::string const& via = "") {
    socket.set_option(websocket::stream_base::decorator([&](websocket::request_type& request) {
      if (!origin.empty()) request.set(http::field::origin, origin);
      if (!via.empty()) request.set("X-Forwarded-For", via);
    }));
    error_code ignored;
    socket.handshake(response, "desk.example.org", path, ignored);
    return response.result_int();
  }
  void say(std::string_view words) {
    error_code ignored;
    socket.write(net::buffer(words), ignored);
  }
  /// The next frame; nothing when the connection has ended.
  std::optional<std::string> hear() {
    std::string text;
    auto room = net::dynamic_buffer(text);
    error_code error;
    socket.read(room, error);
    return error ? std::nullopt : std::optional(text);
  }
  /// Reads on to the end and tells the code of the close frame (1005: none).
  int close_code() {
    while (hear()) {
    }
    return socket.reason().code;
  }

 private:
  net::io_context context_;

 public:
  websocket::stream<tcp::socket> socket;
  websocket::response_type response;
};

TEST(Chat, CarriesWordsBothWays) {
  Served served;
  std::string peer;
  served.door.on_heard = [&](ChatSocket& socket, std::string const& text) {
    peer = socket.peer();
    for (int i = 0; i < 200; ++i) socket.send(frame(text + std::to_string(i)));
  };
  Visitor visitor(served.port);
  ASSERT_EQ(visitor.enter(), 101u);
  EXPECT_EQ(served.door.next(), "opened");
  visitor.say("你好");
  EXPECT_EQ(served.door.next(), "heard 你好");
  for (int i = 0; i < 200; ++i) ASSERT_EQ(visitor.hear(), "你好" + std::to_string(i));
  EXPECT_EQ(peer, "127.0.0.1");
  error_code ignored;
  visitor.socket.close(websocket::close_code::normal, ignored);
  EXPECT_EQ(served.door.next(), "closed");
}

TEST(Chat, NoticesAVisitorThatVanishes) {
  Served served;
  {
    Visitor visitor(served.port);
    ASSERT_EQ(visitor.enter(), 101u);
  }
  EXPECT_EQ(served.door.next(), "opened");
  EXPECT_EQ(served.door.next(), "closed");
}

struct Breach {
  std::string name;
  std::function<void(Visitor&)> deed;
  int code;
};
class Breaches : public testing::TestWithParam<Breach> {};

TEST_P(Breaches, CloseWithTheirCode) {
  HttpSettings settings;
  settings.chat.frame = 1000;
  settings.chat.frames_per_second = 1;
  Served served(settings);
  Visitor visitor(served.port);
  ASSERT_EQ(visitor.enter(), 101u);
  GetParam().deed(visitor);
  EXPECT_EQ(visitor.close_code(), GetParam().code);
  EXPECT_EQ(served.door.next(), "opened");
  std::string event = served.door.next();
  while (event.starts_with("heard")) event = served.door.next();
  EXPECT_EQ(event, "closed");
}

INSTANTIATE_TEST_SUITE_P(Chat, Breaches,
                         testing::Values(Breach{"too_large",
                                                [](Visitor& v) { v.say(std::string(1001, 'x')); }, 1009},
                                         Breach{"too_large_in_pieces",
                                                [](Visitor& v) {
                                                  error_code ignored;
                                                  for (int i = 0; i < 3; ++i) {
                                                    v.socket.write_some(
                                                        false, net::buffer(std::string(500, 'x')), ignored);
                                                  }
                                                },
                                                1009},
                                         Breach{"too_fast",
                                                [](Visitor& v) {
                                                  for (int i = 0; i < 10; ++i) v.say("hello");
                                                },
                                                1008},
                                         Breach{"too_many_pings",
                                                [](Visitor& v) {
                                                  error_code ignored;
                                                  for (int i = 0; i < 10; ++i) v.socket.ping({}, ignored);
                                                },
                                                1008},
                                         Breach{"binary",
                                                [](Visitor& v) {
                                                  v.socket.binary(true);
                                                  v.say("bytes");
                                                },
                                                1003},
                                         Breach{"no_utf8", [](Visitor& v) { v.say("\xFF\xFE"); }, 1007}),
                         [](auto const& row) { return row.param.name; });

TEST(Chat, AllowsABurstOfFourSeconds) {
  HttpSettings settings;
  settings.chat.frames_per_second = 2;
  Served served(settings);
  Visitor visitor(served.port);
  ASSERT_EQ(visitor.enter(), 101u);
  EXPECT_EQ(served.door.next(), "opened");
  for (int i = 0; i < 8; ++i) visitor.say("x");
  for (int i = 0; i < 8; ++i) EXPECT_EQ(served.door.next(), "heard x");
}

TEST(Chat, LetsGoOfASlowReader) {
  HttpSettings settings;
  settings.chat.queue = 10;
  Served served(settings);
  Visitor slow(served.port), other(served.port);
  ASSERT_EQ(slow.enter(), 101u);
  EXPECT_EQ(served.door.next(), "opened");
  auto const big = frame(std::string(8 << 20, 'x'));  // more than the socket buffers hold
  served.ask([&] {
    auto const socket = *served.door.sockets.begin();
    for (int i = 0; i < 11; ++i) socket->send(big);
    return 0;
  });
  ASSERT_EQ(other.enter(), 101u);
  EXPECT_EQ(slow.close_code(), 1013);
  std::multiset<std::string> const events{served.door.next(), served.door.next()};
  EXPECT_EQ(events, (std::multiset<std::string>{"closed", "opened"}));
}

TEST(Chat, BoundsASlowReaderInBytes) {
  HttpSettings settings;
  settings.chat.queue_bytes = 1 << 20;
  Served served(settings);
  Visitor slow(served.port);
  ASSERT_EQ(slow.enter(), 101u);
  EXPECT_EQ(served.door.next(), "opened");
  std::weak_ptr<std::string const> last;
  served.ask([&] {
    auto const socket = *served.door.sockets.begin();
    // More than the socket buffers hold. One may be larger than the bound: it alone is not too many.
    socket->send(frame(std::string(8 << 20, 'x')));
    for (int i = 0; i < 100; ++i) {
      auto const line = frame(std::string(100 << 10, 'y'));
      socket->send(line);
      last = line;
    }
    return 0;
  });
  EXPECT_TRUE(last.expired()) << "what comes after the bound is not kept";
  EXPECT_EQ(slow.close_code(), 1013);
}

/// Or a long answer behind a welcome would close the socket whenever its visitor comes.
TEST(Chat, OneFrameMayBeLargerThanTheBoundAlsoBehindOthers) {
  HttpSettings settings;
  settings.chat.queue_bytes = 1 << 20;
  Served served(settings);
  Visitor visitor(served.port);
  ASSERT_EQ(visitor.enter(), 101u);
  EXPECT_EQ(served.door.next(), "opened");
  served.ask([&] {
    auto const socket = *served.door.sockets.begin();
    socket->send(frame("welcome"));
    socket->send(frame(std::string(2 << 20, 'x')));
    return 0;
  });
  EXPECT_EQ(visitor.hear(), "welcome");
  EXPECT_EQ(visitor.hear().value_or("").size(), std::size_t{2} << 20);
}

TEST(Chat, CutsASlowReaderThatNeverReads) {
  HttpSettings settings;
  settings.chat.queue = 1;
  Served served(settings);
  Visitor slow(served.port);
  ASSERT_EQ(slow.enter(), 101u);
  EXPECT_EQ(served.door.next(), "opened");
  served.ask([&] {
    auto const socket = *served.door.sockets.begin();
    for (int i = 0; i < 2; ++i) socket->send(frame(std::string(8 << 20, 'x')));
    return 0;
  });
  EXPECT_EQ(served.door.next(), "closed");
  while (served.connections() > 0) std::this_thread::yield();
}

TEST(Chat, SaysAllThatIsQueuedBeforeItCloses) {
  Served served;
  served.door.on_heard = [&](ChatSocket& socket, std::string const&) {
    for (int i = 0; i < 5; ++i) socket.send(frame("last words"));
    socket.close(4001, std::string(500, 'r'));
    socket.send(frame("too late"));
    socket.close(1000, "twice");
  };
  Visitor visitor(served.port);
  ASSERT_EQ(visitor.enter(), 101u);
  visitor.say("x");
  for (int i = 0; i < 5; ++i) EXPECT_EQ(visitor.hear(), "last words");
  EXPECT_EQ(visitor.hear(), std::nullopt);
  EXPECT_EQ(visitor.socket.reason().code, 4001);
  EXPECT_EQ(visitor.socket.reason().reason.size(), 123u);
}

TEST(Chat, MayBeClosedAsSoonAsItOpens) {
  Served served;
  served.door.on_opened = [](ChatSocket& socket) { socket.close(1008, "not you"); };
  Visitor visitor(served.port);
  ASSERT_EQ(visitor.enter(), 101u);
  EXPECT_EQ(visitor.close_code(), 1008);
  EXPECT_EQ(served.door.next(), "opened");
  EXPECT_EQ(served.door.next(), "closed");
}

TEST(Chat, CostsOnlyItsSocketWhenTheDoorThrows) {
  Served served;
  served.door.on_heard = [](ChatSocket&, std::string const&) { throw std::runtime_error("oops"); };
  Visitor visitor(served.port);
  ASSERT_EQ(visitor.enter(), 101u);
  visitor.say("x");
  EXPECT_EQ(visitor.close_code(), 1011);
  EXPECT_EQ(Visitor(served.port).enter(), 101u);
}

TEST(Chat, PingsAndDropsWhoDoesNotAnswer) {
  HttpSettings settings;
  settings.chat.ping = 50ms;
  Served served(settings);
  Visitor alive(served.port);
  ASSERT_EQ(alive.enter(), 101u);
  EXPECT_EQ(served.door.next(), "opened");
  int pings = 0;
  served.door.on_heard = [](ChatSocket& socket, std::string const&) { socket.send(frame("still here")); };
  alive.socket.control_callback([&](websocket::frame_type kind, boost::beast::string_view) {
    if (kind == websocket::frame_type::ping && ++pings == 5) alive.say("hello");
  });
  EXPECT_EQ(alive.hear(), "still here") << "five pings answered is longer than the patience with the silent";
  EXPECT_EQ(served.door.next(), "heard hello");
  // From now on nobody reads, so nobody answers pings.
  EXPECT_EQ(served.door.next(), "closed");
}

TEST(Chat, AsksWhereAPageComesFrom) {
  HttpSettings settings;
  settings.origins = {"https://intranet.example.org"};
  Served served(settings);
  EXPECT_EQ(Visitor(served.port).enter("https://intranet.example.org"), 101u);
  EXPECT_EQ(Visitor(served.port).enter("http://desk.example.org"), 101u) << "same origin";
  Visitor stranger(served.port);
  EXPECT_EQ(stranger.enter("https://evil.example.net"), 403u);
  EXPECT_THAT(stranger.response.body(), HasSubstr("https://evil.example.net may not open a chat here"));
}

TEST(Chat, IsAtItsPathOnly) {
  Served served;
  EXPECT_EQ(Visitor(served.port).enter("", "/elsewhere"), 200u);
}

TEST(Chat, NeedsAWholeHandshake) {
  Served served;
  std::string const upgrade =
      "GET /chat HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n";
  Client no_key(served.port);
  no_key.say(upgrade + "Sec-WebSocket-Version: 13\r\n\r\n");
  EXPECT_EQ(no_key.hear().result_int(), 400u);
  Client hasty(served.port);
  hasty.say(upgrade +
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\nframes");
  EXPECT_EQ(hasty.hear().result_int(), 400u);
  EXPECT_TRUE(hasty.is_hung_up());
}

TEST(Chat, CountsTheClientsBehindAProxy) {
  HttpSettings settings;
  settings.proxies = {"127.0.0.1"};
  settings.limits.connections_per_peer = 1;
  Served served(settings);
  Visitor first(served.port), same(served.port), other(served.port);
  EXPECT_EQ(first.enter("", "/chat", "192.0.2.1"), 101u);
  EXPECT_EQ(same.enter("", "/chat", "192.0.2.1"), 503u);
  EXPECT_EQ(same.response["Retry-After"], "5");
  EXPECT_EQ(other.enter("", "/chat", "192.0.2.2"), 101u);
}

TEST(Chat, SaysThatTheServiceRestarts) {
  Served served;
  Visitor visitor(served.port);
  ASSERT_EQ(visitor.enter(), 101u);
  EXPECT_EQ(served.door.next(), "opened");
  auto code = std::async(std::launch::async, [&] { return visitor.close_code(); });
  served.finish();
  EXPECT_EQ(code.get(), 1012);
  EXPECT_EQ(served.door.next(), "closed");
}

TEST(Chat, DoesNotWaitForEverForAGoodbye) {
  Served served;
  Visitor deaf(served.port);
  ASSERT_EQ(deaf.enter(), 101u);
  EXPECT_EQ(served.door.next(), "opened");
  served.finish();
  EXPECT_EQ(served.door.next(), "closed");
}

}  // namespace
}  // namespace spoc::channels::test
