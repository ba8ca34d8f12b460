// SPDX-License-Identifier: GPL-3.0-or-later
// Dialling: certificates, STARTTLS, refused logins, nobody there; each with the kind that names the reaction.
#include "channels/dial.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <thread>

#include "tests/fakes/mail_servers.hpp"
#include "tests/fakes/scripted_server.hpp"

namespace spoc::channels {
namespace {

using fakes::MailServers;
using fakes::Peer;
using fakes::ScriptedServer;
using std::chrono::milliseconds;
using std::chrono::seconds;

struct Protocols : testing::TestWithParam<Protocol> {
  Account account(Security security) const {
    auto& servers = MailServers::get();
    return GetParam() == Protocol::imap ? servers.imap("dialler", security)
                                        : servers.smtp("dialler", security);
  }
  Error fault(Account const& account) {
    auto const dialled = Dialled::dial(GetParam(), account, wake_);
    return dialled ? Error{Kind::broken, "it was dialled"} : dialled.error();
  }
  Wake wake_;
};

INSTANTIATE_TEST_SUITE_P(Over, Protocols, testing::Values(Protocol::imap, Protocol::smtp),
                         [](auto const& row) { return row.param == Protocol::imap ? "imap" : "smtp"; });

TEST_P(Protocols, RefuseACertificateThatIsNotVouchedFor) {
  fakes::TempDir folder;
  std::string const other = folder.path() / "other.pem";
  std::string const make =
      "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=localhost -keyout " +
      other + ".key -out " + other + " 2>/dev/null";
  ASSERT_EQ(std::system(make.c_str()), 0);
  for (auto const security : {Security::tls, Security::starttls}) {
    auto wrong = account(security);
    wrong.ca_file = other;
    auto const unknown = fault(wrong);
    EXPECT_EQ(unknown.kind, Kind::refused) << unknown.what;
    EXPECT_NE(unknown.what.find("ca_file"), std::string::npos) << unknown.what;

    auto system = account(security);
    system.ca_file.clear();
    EXPECT_EQ(fault(system).kind, Kind::refused);

    auto missing = account(security);
    missing.ca_file = folder.path() / "none.pem";
    EXPECT_EQ(fault(missing).kind, Kind::refused);

    // The certificate is for localhost and 127.0.0.1.
    auto elsewhere = account(security);
    elsewhere.host = "0.0.0.0";
    auto const stranger = fault(elsewhere);
    EXPECT_EQ(stranger.kind, Kind::refused) << stranger.what;
    elsewhere.verify = false;
    EXPECT_TRUE(Dialled::dial(GetParam(), elsewhere, wake_));
  }
}

TEST_P(Protocols, RefuseAServerWithoutStarttls) {
  bool told_password = false;
  ScriptedServer server([&](Peer& peer) {
    peer.say(GetParam() == Protocol::imap ? "* OK ready\r\n" : "220 ready\r\n");
    for (auto line = peer.hear(); !line.empty(); line = peer.hear()) {
      auto const [tag, command] = Peer::split(line);
      if (tag == "EHLO")
        peer.say("250-hello\r\n250 AUTH PLAIN LOGIN\r\n");
      else if (command == "CAPABILITY")
        peer.say("* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n" + tag + " OK\r\n");
      else if (tag == "AUTH" || command.starts_with("AUTH") || command.starts_with("LOGIN"))
        told_password = true;
      else
        return;
    }
  });
  auto stripped = server.account("dialler");
  stripped.security = Security::starttls;
  auto const fault = this->fault(stripped);
  EXPECT_EQ(fault.kind, Kind::refused) << fault.what;
  EXPECT_NE(fault.what.find("STARTTLS"), std::string::npos) << fault.what;
  EXPECT_FALSE(told_password);
}

TEST_P(Protocols, DenyAWrongPassword) {
  auto wrong = account(Security::starttls);
  wrong.password = "wrong";
  auto const denied = fault(wrong);
  EXPECT_EQ(denied.kind, Kind::denied) << denied.what;
  EXPECT_NE(denied.what.find("the server said"), std::string::npos) << denied.what;
}

TEST_P(Protocols, AreBusyWhereNobodyAnswers) {
  auto nobody = account(Security::none);
  {
    ScriptedServer const gone([](Peer&) {});
    nobody.port = gone.account("").port;
  }
  EXPECT_EQ(fault(nobody).kind, Kind::busy);
  nobody.host = "no-such-host.invalid";
  EXPECT_EQ(fault(nobody).kind, Kind::busy);

  // TLS to a port that does not speak it.
  auto plain = account(Security::none);
  plain.security = Security::tls;
  EXPECT_EQ(fault(plain).kind, Kind::busy);
}

TEST_P(Protocols, GiveUpOnSilenceAndAtTheBell) {
  ScriptedServer server([&](Peer& peer) { peer.wait_for_end(); });
  auto silent = server.account("dialler");
  silent.timeout = milliseconds{400};
  EXPECT_EQ(fault(silent).kind, Kind::busy);
  silent.timeout = seconds{60};
  wake_.ring();
  auto const woken = fault(silent);
  EXPECT_EQ(woken.kind, Kind::busy);
  EXPECT_NE(woken.what.find("called away"), std::string::npos) << woken.what;
}

TEST_P(Protocols, RefuseWhatWouldBreakOutOfACommand) {
  for (char const* bad : {"", "local host", "localhost/x", "localhost\r\nQUIT", "user@localhost"}) {
    auto account = this->account(Security::none);
    account.host = bad;
    EXPECT_EQ(fault(account).kind, Kind::refused) << bad;
  }
  auto user = account(Security::none);
  user.user = "a\r\nb";
  EXPECT_EQ(fault(user).kind, Kind::refused);
}

TEST(Dial, WithoutAuthALoginIsDeniedRatherThanForgotten) {
  ScriptedServer server([](Peer& peer) {
    peer.smtp_hello("");
    peer.wait_for_end();
  });
  Wake wake;
  auto const dialled = Dialled::dial(Protocol::smtp, server.account("support"), wake);
  ASSERT_FALSE(dialled);
  EXPECT_EQ(dialled.error().kind, Kind::denied);
}

TEST(Dial, ALoginThatFailsForNowIsBusy) {
  ScriptedServer server([](Peer& peer) {
    peer.say("220 ready\r\n");
    peer.hear();
    peer.say("250-hello\r\n250 AUTH PLAIN\r\n");
    peer.hear();
    peer.say("454 4.7.0 the password store is away\r\n");
    peer.wait_for_end();
  });
  Wake wake;
  auto const dialled = Dialled::dial(Protocol::smtp, server.account("support"), wake);
  ASSERT_FALSE(dialled);
  EXPECT_EQ(dialled.error().kind, Kind::busy) << dialled.error().what;
}

TEST(Dial, AGreetingWithoutEndIsCutOff) {
  ScriptedServer server([](Peer& peer) {
    peer.say("220 ready\r\n");
    peer.hear();
    for (int i = 0; i < 10'000; ++i) peer.say("250-" + std::string(100, 'x') + "\r\n");
  });
  Wake wake;
  EXPECT_EQ(Dialled::dial(Protocol::smtp, server.account(""), wake).error().kind, Kind::busy);
}

TEST(Dial, WritingToAServerThatHungUpIsAnErrorAndNoSignal) {
  Wake wake;
  for (auto const security : {Security::tls, Security::none}) {
    auto dialled = Dialled::dial(Protocol::imap, MailServers::get().imap("dialler", security), wake);
    ASSERT_TRUE(dialled) << dialled.error().what;
    auto written = dialled->write("a LOGOUT\r\n");
    auto const until = std::chrono::steady_clock::now() + seconds{20};
    while (written && std::chrono::steady_clock::now() < until) written = dialled->write("b NOOP\r\n");
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().kind, Kind::busy);
    EXPECT_TRUE(dialled->ended());
    EXPECT_FALSE(dialled->read_some(seconds{1}));
  }
}

TEST(Wake, StaysRungUntilCleared) {
  Wake wake;
  EXPECT_FALSE(wake.rung());
  EXPECT_FALSE(wake.wait(milliseconds{5}));
  std::thread other([&] { wake.ring(); });
  EXPECT_TRUE(wake.wait(seconds{20}));
  other.join();
  wake.ring();
  EXPECT_TRUE(wake.rung());
  wake.clear();
  EXPECT_FALSE(wake.rung());
}

}  // namespace
}  // namespace spoc::channels
