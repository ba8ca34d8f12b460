// SPDX-License-Identifier: GPL-3.0-or-later
// Access tokens from a provider on loopback: what it is asked, how long a token serves, what is told when it
// refuses, and which refresh token is used next.
#include "daemon/token_source.hpp"

#include "tests/fakes/scripted_server.hpp"
#include "tests/fakes/temp_dir.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <mutex>
#include <string>
#include <vector>

namespace spoc::daemon {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;
using namespace std::chrono_literals;

/// Answers each request with the next of its answers, the last one again and again.
class Provider {
 public:
  explicit Provider(std::vector<std::string> answers) : answers_{std::move(answers)} {}

  std::string url() const {
    return "http://127.0.0.1:" + std::to_string(server_.account("").port) + "/token";
  }
  /// The bodies so far.
  std::vector<std::string> asked() {
    std::lock_guard const lock{mutex_};
    return asked_;
  }

 private:
  void serve(fakes::Peer& peer) {
    std::size_t length = 0;
    for (std::string line = peer.hear(); !line.empty(); line = peer.hear())
      if (line.starts_with("Content-Length: ")) length = std::stoul(line.substr(16));
    std::string const body = peer.take(length);
    std::lock_guard const lock{mutex_};
    std::string const answer = answers_.at(std::min(asked_.size(), answers_.size() - 1));
    asked_.push_back(body);
    auto const space = answer.find(' ');
    std::string const text = answer.substr(space + 1);
    peer.say("HTTP/1.1 " + answer.substr(0, space) +
             " Said\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(text.size()) +
             "\r\nConnection: close\r\n\r\n" + text);
  }

  std::vector<std::string> answers_;
  std::mutex mutex_;
  std::vector<std::string> asked_;
  fakes::ScriptedServer server_{[this](fakes::Peer& peer) { serve(peer); }};
};

std::string token(std::string const& word, std::string const& more = R"(,"expires_in":3600)") {
  return R"(200 {"access_token":")" + word + R"(","token_type":"Bearer")" + more + "}";
}

class TokenSourceTest : public testing::Test {
 protected:
  TokenConfig config_for(Provider const& provider) const {
    TokenConfig config;
    config.name = "desk";
    config.url = provider.url();
    config.client_id = "our id";
    config.client_secret = "s&cret";
    return config;
  }
  TokenSource source(TokenConfig config) {
    return TokenSource{std::move(config), folder.path() / "refresh.desk", [this] { return now; }};
  }
  void write(std::string const& name, std::string const& text) const {
    std::ofstream{folder.path() / name} << text << "\n";
  }

  fakes::TempDir folder;
  channels::Wake wake;
  std::chrono::steady_clock::time_point now{1h};
};

TEST_F(TokenSourceTest, AsksForTheClientItselfByItsSecret) {
  Provider provider{{token("first")}};
  TokenConfig config = config_for(provider);
  config.scope = "https://mail.example.org/.default";
  auto from = source(config);
  EXPECT_EQ(from.token(wake).value(), "first");
  EXPECT_THAT(provider.asked(),
              ElementsAre("client_id=our%20id&client_secret=s%26cret&grant_type=client_credentials"
                          "&scope=https%3A%2F%2Fmail.example.org%2F.default"));
}

TEST_F(TokenSourceTest, ATokenServesUntilShortlyBeforeItsEnd) {
  Provider provider{{token("first"), token("second", R"(,"expires_in":"120")"), token("third", "")}};
  auto from = source(config_for(provider));
  EXPECT_EQ(from.token(wake).value(), "first");
  now += 54min;
  EXPECT_EQ(from.token(wake).value(), "first");
  EXPECT_THAT(provider.asked(), SizeIs(1));
  now += 1min;
  EXPECT_EQ(from.token(wake).value(), "second");
  now += 89s;
  EXPECT_EQ(from.token(wake).value(), "second") << "one of two minutes is renewed half a minute before";
  now += 1s;
  EXPECT_EQ(from.token(wake).value(), "third");
  now += 54min;
  EXPECT_EQ(from.token(wake).value(), "third") << "an hour where nothing is said";
}

TEST_F(TokenSourceTest, WhatTheServerRefusesIsRenewedButNotAtOnceAgain) {
  Provider provider{{token("first"), token("second")}};
  auto from = source(config_for(provider));
  EXPECT_EQ(from.token(wake).value(), "first");
  EXPECT_FALSE(from.refused("first")) << "another would be refused, too";
  now += 2min;
  EXPECT_TRUE(from.refused("first"));
  EXPECT_EQ(from.token(wake).value(), "second");
  EXPECT_TRUE(from.refused("first")) << "somebody else has renewed it meanwhile";
  EXPECT_EQ(from.token(wake).value(), "second");
}

TEST_F(TokenSourceTest, WhileTheProviderIsAwayTheLastOneServesToItsEnd) {
  Provider provider{{token("first"), "503 {}", "503 {}", token("second")}};
  auto from = source(config_for(provider));
  EXPECT_EQ(from.token(wake).value(), "first");
  now += 58min;
  EXPECT_EQ(from.token(wake).value(), "first");
  now += 3min;
  auto const none = from.token(wake);
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().kind, Kind::busy);
  EXPECT_THAT(none.error().what, AllOf(HasSubstr("[[oauth2]] desk"), HasSubstr("503")));
  EXPECT_EQ(from.token(wake).value(), "second");
}

TEST_F(TokenSourceTest, ARefusalIsToldWithTheRemedyAndWithoutTheSecret) {
  Provider provider{{R"(400 {"error":"invalid_grant","error_description":"Token\r\nrevoked"})",
                     R"(401 {"error":"invalid_client"})", R"(400 {"error":"slow_down"})", "200 no JSON",
                     R"(200 {"token_type":"Bearer"})"}};
  auto from = source(config_for(provider));
  auto const grant = from.token(wake).error();
  EXPECT_EQ(grant.kind, Kind::denied);
  EXPECT_THAT(grant.what, AllOf(HasSubstr("invalid_grant Token  revoked"), HasSubstr("new refresh token"),
                                Not(HasSubstr("s&cret"))));
  auto const client = from.token(wake).error();
  EXPECT_EQ(client.kind, Kind::denied);
  EXPECT_THAT(client.what, HasSubstr("check client_id, client_secret"));
  for (int other = 0; other < 3; ++other) EXPECT_EQ(from.token(wake).error().kind, Kind::busy);
}

TEST_F(TokenSourceTest, FilesAreReadAnewAtEachRenewal) {
  Provider provider{{token("first"), token("second")}};
  TokenConfig config = config_for(provider);
  config.refresh_token = "as it was at the start";
  config.refresh_token_file = folder.path() / "grant";
  config.client_secret_file = folder.path() / "secret";
  auto from = source(config);
  EXPECT_THAT(from.token(wake).error().what, HasSubstr("grant can't be read"));
  write("grant", "one");
  write("secret", "s1");
  EXPECT_EQ(from.token(wake).value(), "first");
  write("grant", "two");
  write("secret", "s2");
  now += 1h;
  EXPECT_EQ(from.token(wake).value(), "second");
  EXPECT_THAT(provider.asked(),
              ElementsAre("client_id=our%20id&client_secret=s1&grant_type=refresh_token&refresh_token=one",
                          "client_id=our%20id&client_secret=s2&grant_type=refresh_token&refresh_token=two"));
}

TEST_F(TokenSourceTest, ANewRefreshTokenTakesThePlaceOfTheLastAndOutlivesARestart) {
  Provider provider{{token("a", R"(,"refresh_token":"grown 1")"), token("b", R"(,"refresh_token":"grown 2")"),
                     token("c"), token("d")}};
  TokenConfig config = config_for(provider);
  config.client_secret.clear();
  config.refresh_token = "root";
  {
    auto from = source(config);
    EXPECT_EQ(from.token(wake).value(), "a");
    now += 1h;
    EXPECT_EQ(from.token(wake).value(), "b");
  }
  struct stat file {};
  ASSERT_EQ(::stat((folder.path() / "refresh.desk").c_str(), &file), 0);
  EXPECT_EQ(file.st_mode & 0777U, 0600U);
  {
    auto from = source(config);
    EXPECT_EQ(from.token(wake).value(), "c");
  }
  config.refresh_token = "given anew";
  auto from = source(config);
  EXPECT_EQ(from.token(wake).value(), "d");
  std::string const begin = "client_id=our%20id&grant_type=refresh_token&refresh_token=";
  EXPECT_THAT(provider.asked(),
              ElementsAre(begin + "root", begin + "grown%201", begin + "grown%202", begin + "given%20anew"));
}

TEST_F(TokenSourceTest, TheOldRefreshTokenIsNotSentWhereTheNewestCannotBeRead) {
  Provider provider{{token("a")}};
  TokenConfig config = config_for(provider);
  config.refresh_token = "root";
  // As a file that belongs to somebody else, for root too.
  std::filesystem::create_symlink("refresh.desk", folder.path() / "refresh.desk");
  auto from = source(config);
  auto const none = from.token(wake);
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().kind, Kind::busy);
  EXPECT_THAT(none.error().what, AllOf(HasSubstr("refresh.desk"), HasSubstr("can't be read")));
  EXPECT_THAT(provider.asked(), SizeIs(0));
  std::filesystem::remove(folder.path() / "refresh.desk");
  EXPECT_EQ(from.token(wake).value(), "a");
}

TEST_F(TokenSourceTest, NobodyIsAskedAtTheEnd) {
  Provider provider{{token("a")}};
  auto from = source(config_for(provider));
  wake.ring();
  EXPECT_THAT(from.token(wake).error().what, HasSubstr("called away"));
  EXPECT_THAT(provider.asked(), SizeIs(0));
}

TEST_F(TokenSourceTest, ItsOwnEndEndsTheWait) {
  fakes::ScriptedServer silent{[](fakes::Peer& peer) { peer.wait_for_end(); }};
  TokenConfig config;
  config.name = "desk";
  config.url = "http://127.0.0.1:" + std::to_string(silent.account("").port) + "/token";
  wake.ring();
  EXPECT_EQ(source(config).token(wake).error().kind, Kind::busy);
}

TEST_F(TokenSourceTest, AccountsThatNameItGetIt) {
  Config config;
  config.data = folder.path();
  config.tokens.push_back({"one", "http://127.0.0.1:9/", "id", "", "", "", {}, {}, {}});
  config.out.tokens = "one";
  config.mailboxes.resize(2);
  config.mailboxes[1].tokens = "one";
  provide_tokens(config);
  EXPECT_EQ(config.mailboxes[0].account.tokens, nullptr);
  EXPECT_NE(config.out.account.tokens, nullptr);
  EXPECT_EQ(config.mailboxes[1].account.tokens, config.out.account.tokens) << "one for all";
}

}  // namespace
}  // namespace spoc::daemon
