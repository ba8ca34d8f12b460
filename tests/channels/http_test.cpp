// SPDX-License-Identifier: GPL-3.0-or-later
// The HTTP door against a real client: answers, limits, patience, seats, and the end.
#include "channels/http.hpp"

#include "tests/channels/served.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/resource.h>
#include <unistd.h>

#include <utility>

namespace spoc::channels::test {
namespace {

using testing::HasSubstr;
using namespace std::chrono_literals;

TEST(Http, GivesTheAnswerItsParts) {
  Served served;
  Client client(served.port);
  auto const response =
      client.get("/kb/vpn%20drops?q=caf%C3%A9+au+lait&flag&q=second", "Cookie: a=1\r\nCOOKIE: b=2\r\n");
  EXPECT_EQ(response.result_int(), 200u);
  EXPECT_EQ(response.body(),
            "GET /kb/vpn drops\n?flag=\n?q=caf\xC3\xA9 au lait\npeer 127.0.0.1\nbody \ncookie a=1; b=2\n");
  EXPECT_EQ(response["Content-Type"], "text/plain; charset=utf-8");
  EXPECT_EQ(response["X-Content-Type-Options"], "nosniff");
  EXPECT_EQ(response["Referrer-Policy"], "same-origin");
  EXPECT_TRUE(response["Date"].ends_with(" GMT")) << response["Date"];
}

TEST(Http, KeepsTheConnectionForPipelinedRequestsInOrder) {
  Served served;
  Client client(served.port);
  client.say("POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\noneGET /2 HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_THAT(client.hear().body(), HasSubstr("POST /1\npeer 127.0.0.1\nbody one\n"));
  EXPECT_THAT(client.hear().body(), HasSubstr("GET /2\n"));
  EXPECT_EQ(client.get("/3").keep_alive(), true);
}

TEST(Http, EndsTheConnectionOfOldClients) {
  Served served;
  Client client(served.port);
  client.say("GET /old HTTP/1.0\r\n\r\n");
  EXPECT_EQ(client.hear().result_int(), 200u);
  EXPECT_TRUE(client.is_hung_up());
}

TEST(Http, AnswersHeadLikeGetWithoutTheBody) {
  Served served;
  Client client(served.port);
  client.say("HEAD /page HTTP/1.1\r\nHost: a\r\n\r\n");
  auto const response = client.hear(true);
  EXPECT_EQ(response.result_int(), 200u);
  EXPECT_EQ(response["Content-Length"],
            std::to_string(std::string("GET /page\npeer 127.0.0.1\nbody \n").size()));
  EXPECT_EQ(client.get("/next").result_int(), 200u) << "no body may stand in the way";
}

TEST(Http, GoesOnWithAClientThatAsksFirst) {
  Served served;
  Client client(served.port);
  client.say("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.hear().result_int(), 100u);
  client.say("word");
  EXPECT_THAT(client.hear().body(), HasSubstr("body word"));
}

TEST(Http, LetsTheAnswerSayItsOwnHeadersButNoNewLines) {
  Served served({}, [](HttpRequest const& request) {
    HttpResponse response;
    response.status = request.path == "/none" ? 204 : 302;
    response.headers = {{"Referrer-Policy", "no-referrer"},
                        {"Location", "/x\r\nSet-Cookie: stolen=1"},
                        {"Set-Cookie", "a=1"},
                        {"Set-Cookie", "b=2"}};
    return response;
  });
  Client client(served.port);
  auto const response = client.get("/");
  EXPECT_EQ(response.result_int(), 302u);
  EXPECT_EQ(response["Referrer-Policy"], "no-referrer");
  EXPECT_EQ(response["Location"], "/x  Set-Cookie: stolen=1");
  EXPECT_EQ(response.count("Set-Cookie"), 2u);
  auto const none = client.get("/none");
  EXPECT_EQ(none.result_int(), 204u);
  EXPECT_EQ(none.count("Content-Length") + none.count("Content-Type"), 0u);
}

TEST(Http, SurvivesAnAnswerThatThrows) {
  Served served({}, [](HttpRequest const&) -> HttpResponse { throw std::runtime_error("secret detail"); });
  Client client(served.port);
  auto const response = client.get("/");
  EXPECT_EQ(response.result_int(), 500u);
  EXPECT_EQ(response.body().find("secret"), std::string::npos);
  EXPECT_EQ(client.get("/again").result_int(), 500u);
}

/// What takes the answer that a request waits for.
using Take = std::function<void(HttpResponse)>;

TEST(Http, AnAnswerMayComeLaterAndHoldsUpNobody) {
  auto const waiting = std::make_shared<Take>();
  Served served({}, [waiting](HttpRequest const& request) {
    HttpResponse response;
    response.body = request.path;
    if (request.path == "/slow") {
      HttpRequest const* const kept = &request;
      response.deferred = [waiting, kept](Take take) {
        *waiting = [take = std::move(take), kept](HttpResponse said) {
          said.body += kept->body;  // the request is still there
          take(std::move(said));
        };
      };
    } else if (request.path == "/go") {
      HttpResponse late;
      late.status = 201;
      late.body = "late for ";
      std::exchange(*waiting, nullptr)(std::move(late));
    }
    return response;
  });
  Client slow(served.port), other(served.port);
  slow.say("POST /slow HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nword");
  while (!served.ask([&] { return static_cast<bool>(*waiting); }))
    EXPECT_EQ(other.get("/else").body(), "/else");
  EXPECT_EQ(other.get("/go").body(), "/go");
  auto const answer = slow.hear();
  EXPECT_EQ(answer.result_int(), 201u);
  EXPECT_EQ(answer.body(), "late for word");
  EXPECT_EQ(slow.get("/next").body(), "/next") << "the connection goes on";
}

TEST(Http, AnAnswerThatComesLaterMayComeAtOnceOrFail) {
  Served served({}, [](HttpRequest const& request) {
    HttpResponse response;
    bool const fails = request.path == "/fails";
    response.deferred = [fails](Take const& take) {
      if (fails) throw std::runtime_error("no");
      HttpResponse said;
      said.body = "at once";
      take(std::move(said));
    };
    return response;
  });
  Client client(served.port);
  EXPECT_EQ(client.get("/").body(), "at once");
  EXPECT_EQ(client.get("/fails").result_int(), 500u);
}

struct Refused {
  std::string name, request;
  unsigned status;
};
class Refusal : public testing::TestWithParam<Refused> {};

TEST_P(Refusal, IsSaidAndTheConnectionEnds) {
  HttpSettings settings;
  settings.limits.header = 1024;
  settings.limits.body = 2048;
  Served served(settings);
  Client client(served.port);
  client.say(GetParam().request);
  auto const response = client.hear();
  EXPECT_EQ(response.result_int(), GetParam().status);
  EXPECT_FALSE(response.keep_alive());
  EXPECT_EQ(response["X-Content-Type-Options"], "nosniff");
  EXPECT_TRUE(client.is_hung_up());
  EXPECT_EQ(Client(served.port).get("/").result_int(), 200u) << "the next client is served";
}

std::string const host = " HTTP/1.1\r\nHost: a\r\n";
INSTANTIATE_TEST_SUITE_P(
    Http, Refusal,
    testing::Values(
        Refused{"garbage", "\x16\x03\x01\x02 hello\r\n\r\n", 400},
        Refused{"no_host", "GET / HTTP/1.1\r\n\r\n", 400},
        Refused{"two_hosts", "GET /" + host + "Host: b\r\n\r\n", 400},
        Refused{"broken_escape", "GET /%zz" + host + "\r\n", 400},
        Refused{"nul_in_path", "GET /a%00b" + host + "\r\n", 400},
        Refused{"climbing_path", "GET /kb/%2e%2e/etc" + host + "\r\n", 400},
        Refused{"version_9", "GET / HTTP/9.1\r\nHost: a\r\n\r\n", 400},
        Refused{"bad_length", "POST /" + host + "Content-Length: many\r\n\r\n", 400},
        Refused{"smuggling",
                "POST /" + host + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
        Refused{"header_too_large", "GET /" + host + "X: " + std::string(2000, 'x') + "\r\n\r\n", 431},
        Refused{"endless_header", "GET /" + std::string(300'000, 'x'), 431},
        Refused{"body_too_large",
                "POST /" + host + "Content-Length: 300000\r\n\r\n" + std::string(300'000, 'x'), 413},
        Refused{
            "chunks_too_large",
            "POST /" + host + "Transfer-Encoding: chunked\r\n\r\n1000\r\n" + std::string(4096, 'x') + "\r\n",
            413},
        Refused{"chat_without_upgrade", "GET /chat" + host + "\r\n", 426}),
    [](auto const& row) { return row.param.name; });

TEST(Http, HangsUpOnTheIdleAndOnTheSlow) {
  HttpSettings settings;
  settings.limits.idle = 50ms;
  Served served(settings);
  Client silent(served.port), slow(served.port), kept(served.port);
  slow.say("GET / HTTP/1.1\r\nHo");
  EXPECT_EQ(kept.get("/").result_int(), 200u);
  EXPECT_TRUE(silent.is_hung_up());
  EXPECT_TRUE(slow.is_hung_up());
  EXPECT_TRUE(kept.is_hung_up());
}

TEST(Http, CountsSeatsPerPeerAndGivesThemBack) {
  HttpSettings settings;
  settings.limits.connections_per_peer = 2;
  Served served(settings);
  Client first(served.port);
  auto second = std::make_unique<Client>(served.port);
  EXPECT_EQ(first.get("/").result_int(), 200u);
  EXPECT_EQ(second->get("/").result_int(), 200u);
  Client third(served.port);
  auto const refused = third.get("/");
  EXPECT_EQ(refused.result_int(), 503u);
  EXPECT_EQ(refused["Retry-After"], "5");
  EXPECT_TRUE(third.is_hung_up());
  second.reset();
  third.socket.close();
  while (served.connections() > 1) std::this_thread::yield();
  EXPECT_EQ(Client(served.port).get("/").result_int(), 200u);
}

TEST(Http, CountsAllSeats) {
  HttpSettings settings;
  settings.limits.connections = 1;
  Served served(settings);
  Client first(served.port);
  EXPECT_EQ(first.get("/").result_int(), 200u);
  EXPECT_EQ(Client(served.port).get("/").result_int(), 503u);
  EXPECT_EQ(first.get("/still").result_int(), 200u);
}

TEST(Http, LooksBehindItsOwnProxiesOnly) {
  std::string const fields = "X-Forwarded-For: 203.0.113.9, 192.0.2.7\r\n";
  Served direct;
  EXPECT_THAT(Client(direct.port).get("/", fields).body(), HasSubstr("peer 127.0.0.1\n"));
  HttpSettings settings;
  settings.proxies = {"127.0.0.1"};
  settings.limits.connections_per_peer = 1;
  Served served(settings);
  Client one(served.port), two(served.port);
  EXPECT_THAT(one.get("/", fields).body(), HasSubstr("peer 192.0.2.7\n"));
  EXPECT_EQ(two.get("/", fields).result_int(), 200u) << "a proxy carries many";
}

/// Takes every descriptor that the process may have, and gives them back at its end.
class NoDescriptors {
 public:
  NoDescriptors() {
    ::getrlimit(RLIMIT_NOFILE, &before_);
    rlimit now = before_;
    now.rlim_cur = 256;
    ::setrlimit(RLIMIT_NOFILE, &now);
    for (int taken = ::dup(0); taken >= 0; taken = ::dup(0)) taken_.push_back(taken);
  }
  NoDescriptors(NoDescriptors const&) = delete;
  NoDescriptors& operator=(NoDescriptors const&) = delete;
  ~NoDescriptors() {
    for (int const descriptor : taken_) ::close(descriptor);
    ::setrlimit(RLIMIT_NOFILE, &before_);
  }
  std::size_t taken() const { return taken_.size(); }

 private:
  rlimit before_{};
  std::vector<int> taken_;
};

TEST(Http, OutlivesALackOfDescriptors) {
  Served served;
  net::io_context context;
  tcp::socket socket(context, tcp::v4());
  {
    NoDescriptors const none;
    ASSERT_GT(none.taken(), 0u);
    socket.connect({net::ip::make_address("127.0.0.1"), served.port});
    net::write(socket, net::buffer(std::string("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")));
    pollfd answer{socket.native_handle(), POLLIN, 0};
    EXPECT_EQ(::poll(&answer, 1, 250), 0) << "nobody can have accepted it";
  }
  boost::beast::flat_buffer buffer;
  http::response<http::string_body> response;
  http::read(socket, buffer, response);
  EXPECT_EQ(response.result_int(), 200u);
}

TEST(Http, NamesThePortThatItCannotHave) {
  Served served;
  net::io_context context;
  HttpSettings settings;
  settings.port = served.port;
  auto const taken = HttpServer::open(context, settings, Served::echo, served.door);
  ASSERT_TRUE(taken.has_error());
  EXPECT_EQ(taken.error().kind, Kind::busy);
  EXPECT_THAT(taken.error().what, HasSubstr("127.0.0.1 port " + std::to_string(served.port)));
  EXPECT_THAT(taken.error().what, HasSubstr("choose another port"));
  settings.address = "localhost";
  auto const name = HttpServer::open(context, settings, Served::echo, served.door);
  ASSERT_TRUE(name.has_error());
  EXPECT_THAT(name.error().what, HasSubstr("no IP address"));
}

TEST(Http, ServesBothFamiliesOnTheDualStackAddress) {
  HttpSettings settings;
  settings.address = "::";
  Served served(settings);
  EXPECT_THAT(Client(served.port).get("/").body(), HasSubstr("peer 127.0.0.1\n")) << "not ::ffff:127.0.0.1";
}

TEST(Http, ClosesIdleConnectionsAndThenIsAtItsEnd) {
  Served served;
  Client idle(served.port);
  EXPECT_EQ(idle.get("/").result_int(), 200u);
  Client begun(served.port);
  begun.say("GET / HTTP/1.1\r\n");
  auto const start = std::chrono::steady_clock::now();
  served.finish();
  EXPECT_LT(std::chrono::steady_clock::now() - start, 2s) << "no farewell is waited for when nobody is left";
  EXPECT_TRUE(idle.is_hung_up());
  EXPECT_TRUE(begun.is_hung_up());
}

TEST(Http, TakesLeaveOfAClientThatIsInTheMiddleOfARequest) {
  HttpSettings settings;
  settings.limits.header = 8 << 20;
  Served served(settings);
  Client client(served.port);
  client.say("GET / HTTP/1.1\r\nX-Long: ");
  std::promise<void> under_way;
  std::thread dribbling([&] {
    error_code error;
    for (int i = 0; !error; ++i) {
      net::write(client.socket, net::buffer("x", 1), error);
      if (i == 1000) under_way.set_value();
    }
  });
  under_way.get_future().wait();
  auto const start = std::chrono::steady_clock::now();
  served.finish();
  EXPECT_LT(std::chrono::steady_clock::now() - start, 2s) << "its next piece must not be waited for";
  dribbling.join();
}

TEST(Http, CutsWhoHoldsUpTheFarewell) {
  Served served({}, [](HttpRequest const&) {
    HttpResponse response;
    response.body.assign(32 << 20, 'x');  // more than the socket buffers hold
    return response;
  });
  Client reader(served.port);
  reader.say("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  char byte = 0;
  net::read(reader.socket, net::buffer(&byte, 1));
  served.finish();
}

}  // namespace
}  // namespace spoc::channels::test
