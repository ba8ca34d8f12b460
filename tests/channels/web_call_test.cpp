// SPDX-License-Identifier: GPL-3.0-or-later
// Calls to the real server: over TCP, over a Unix socket, bounded, and never to the inside unasked.
#include "channels/web_call.hpp"

#include "tests/channels/served.hpp"
#include "tests/fakes/temp_dir.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

namespace spoc::channels::test {
namespace {

using testing::HasSubstr;

WebCall call_to(std::uint16_t port, std::string const& host = "127.0.0.1") {
  WebCall call;
  call.url = "http://" + host + ":" + std::to_string(port) + "/hook";
  call.body = "{}";
  call.inside = true;
  return call;
}

TEST(WebCall, BringsTheAnswer) {
  Served served;
  auto const answer = call_web(call_to(served.port));
  ASSERT_TRUE(answer) << answer.error().what;
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(answer->body, "POST /hook\npeer 127.0.0.1\nbody {}\n");
  EXPECT_EQ(answer->headers.at("x-content-type-options"), "nosniff");
}

TEST(WebCall, DialsTheInsideOnlyWhereItMay) {
  Served served;
  for (auto const* host :
       {"127.0.0.1", "localhost", "[::1]", "0.0.0.0", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]"}) {
    WebCall call = call_to(served.port, host);
    call.inside = false;
    auto const answer = call_web(call);
    ASSERT_FALSE(answer) << host;
    EXPECT_EQ(answer.error().kind, Kind::denied) << host << ": " << answer.error().what;
  }
}

TEST(WebCall, FollowsNoRedirect) {
  int asked = 0;
  Served served{{}, [&](HttpRequest const&) {
                  ++asked;
                  return HttpResponse{302, "text/plain", "", {{"Location", "/elsewhere"}}};
                }};
  auto const answer = call_web(call_to(served.port));
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 302);
  EXPECT_EQ(asked, 1);
}

TEST(WebCall, TakesSoMuchAndNoMore) {
  Served served{{}, [](HttpRequest const&) {
                  return HttpResponse{200, "text/plain", std::string(100'000, 'x'), {}};
                }};
  auto const answer = call_web(call_to(served.port));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, Kind::busy);
  EXPECT_THAT(answer.error().what, HasSubstr("larger than 65536 bytes"));
}

TEST(WebCall, EndsWhenCalledAwayOrWhenNobodyAnswers) {
  Served served;
  Wake rung;
  rung.ring();
  EXPECT_EQ(call_web(call_to(served.port), &rung).error().kind, Kind::busy);
  WebCall odd = call_to(served.port);
  odd.url = "file:///etc/passwd";
  EXPECT_EQ(call_web(odd).error().kind, Kind::refused);
}

TEST(UnixSocket, IsForOurselvesAndGoesWithTheServer) {
  fakes::TempDir folder;
  HttpSettings settings;
  settings.socket = folder.path() / "api.sock";
  WebCall call;
  call.url = "http://localhost/x";
  call.socket = settings.socket;
  EXPECT_EQ(call_web(call).error().kind, Kind::missing);
  {
    Served served{
        settings, [](HttpRequest const& request) {
          return HttpResponse{200, "text/plain", request.peer + (request.local ? " ours" : " not ours"), {}};
        }};
    struct stat file {};
    ASSERT_EQ(::stat(settings.socket.c_str(), &file), 0);
    EXPECT_EQ(file.st_mode & 0777U, 0600U);
    auto const answer = call_web(call);
    ASSERT_TRUE(answer) << answer.error().what;
    EXPECT_EQ(answer->body, "local ours");
  }
  EXPECT_FALSE(std::filesystem::exists(settings.socket));
  EXPECT_EQ(call_web(call).error().kind, Kind::missing);
}

TEST(UnixSocket, ATooLongPathIsNamedWithTheRemedy) {
  net::io_context context;
  RememberingDoor door;
  HttpSettings settings;
  settings.socket = "/tmp/" + std::string(200, 'x');
  auto const opened = HttpServer::open(context, settings, Served::echo, door);
  ASSERT_FALSE(opened);
  EXPECT_THAT(opened.error().what, HasSubstr("name a shorter one as api.socket"));
}

TEST(Feed, GivesPiecesWhenNudgedAndEndsWithTheFeed) {
  auto pieces = std::make_shared<std::deque<std::optional<std::string>>>();
  Served served{{}, [&](HttpRequest const&) {
                  HttpResponse response{200, "text/event-stream", "data: first\n\n", {}};
                  response.feed = [pieces]() -> std::optional<std::string> {
                    if (pieces->empty()) return "";
                    auto piece = pieces->front();
                    pieces->pop_front();
                    return piece;
                  };
                  return response;
                }};
  Client client(served.port);
  client.say("GET /events HTTP/1.1\r\nHost: a\r\n\r\n");
  std::string said;
  auto const read_until = [&](std::string_view words) {
    while (said.find(words) == std::string::npos) {
      std::array<char, 512> room{};
      error_code error;
      auto const size = client.socket.read_some(net::buffer(room), error);
      if (error) return false;
      said.append(room.data(), size);
    }
    return true;
  };
  ASSERT_TRUE(read_until("data: first\n\n"));
  EXPECT_THAT(said, HasSubstr("Content-Type: text/event-stream\r\n"));
  served.nudge(std::deque<std::optional<std::string>>{"data: second\n\n", std::nullopt}, *pieces);
  EXPECT_TRUE(read_until("data: second\n\n"));
  EXPECT_TRUE(client.is_hung_up());
  EXPECT_EQ(served.connections(), 0U);
}

TEST(Feed, AReaderThatTakesNothingGivesItsPlaceUp) {
  HttpSettings settings;
  settings.chat.ping = std::chrono::milliseconds{50};
  Served served{settings, [](HttpRequest const&) {
                  HttpResponse response{200, "text/event-stream", "data: first\n\n", {}};
                  response.feed = []() -> std::optional<std::string> {
                    return "data: " + std::string(8 << 20, 'x') +
                           "\n\n";  // more than the socket buffers hold
                  };
                  return response;
                }};
  Client client(served.port);
  client.say("GET /events HTTP/1.1\r\nHost: a\r\n\r\n");
  std::array<char, 64> begin{};
  ASSERT_GT(client.socket.read_some(net::buffer(begin)), 0U) << "it has begun";
  while (served.connections() > 0) std::this_thread::yield();
}

}  // namespace
}  // namespace spoc::channels::test
