// SPDX-License-Identifier: GPL-3.0-or-later
// Our submission client against servers that answer oddly, say 421, or drop; and the spelling of its side.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <future>
#include <ostream>
#include <string>
#include <thread>
#include <vector>

#include "channels/smtp.hpp"
#include "channels/smtp_words.hpp"
#include "tests/fakes/scripted_server.hpp"

namespace spoc::channels {
namespace {

using fakes::Peer;
using fakes::ScriptedServer;
using std::chrono::milliseconds;
using std::chrono::seconds;
using Lines = std::vector<std::string>;

Lines shown(Result<std::vector<RecipientOutcome>> const& outcomes) {
  if (!outcomes) return {"error " + std::string(outcomes.error().kind == Kind::busy ? "busy" : "other")};
  Lines out;
  for (auto const& outcome : *outcomes)
    out.push_back(outcome.broken_off ? "broken off"
                                     : std::to_string(outcome.code) +
                                           (outcome.delivered == Delivered::sent      ? " sent"
                                            : outcome.delivered == Delivered::refused ? " refused"
                                                                                      : " busy") +
                                           (outcome.at_mail ? " at MAIL" : ""));
  return out;
}

Envelope const two{"desk@example.org", {"kari@example.org", "ola@example.org"}};
std::string const mail = "Subject: x\r\n\r\nhello\r\n";

// What the server answers to MAIL, RCPT, RCPT, DATA, the mail, RSET; "" hangs up. A server that pipelines
// hears DATA even where nobody is left for the mail, and says that itself. Then what became of the two.
struct FaultRow {
  std::string name;
  Lines answers;
  Lines expect;
  bool ends;
};
void PrintTo(FaultRow const& row, std::ostream* out) { *out << row.name; }

class SmtpFaults : public testing::TestWithParam<FaultRow> {
 protected:
  static bool for_reset(std::string const& answer) { return answer == "250 reset" || answer == "500 what"; }
  static void play(Peer& peer, Lines const& answers, std::string const& extensions) {
    peer.smtp_hello(extensions);
    bool in_mail = false;
    for (std::size_t at = 0; at < answers.size();) {
      auto const line = peer.hear();
      if (line.empty() && peer.heard.size() > 1000) return;
      if (in_mail && line != ".") continue;
      if (answers[at].empty()) return;
      if (line == "DATA" && for_reset(answers[at])) {
        peer.say("503 nobody is left\r\n");
        continue;
      }
      in_mail = answers[at].starts_with("354");
      peer.say(answers[at++] + "\r\n");
    }
    peer.wait_for_end();
  }
  Wake wake_;
};

TEST_P(SmtpFaults, AreToldForEachRecipient) {
  for (std::string const extensions : {"250-PIPELINING\r\n", ""}) {
    // Without pipelining DATA is never said when nobody is left.
    ScriptedServer server([&](Peer& peer) { play(peer, GetParam().answers, extensions); });
    auto smtp = Smtp::open(server.account(""), "desk.example.org", wake_);
    ASSERT_TRUE(smtp) << smtp.error().what;
    EXPECT_EQ(shown(smtp->send(two, mail)), GetParam().expect) << extensions;
    EXPECT_EQ(smtp->ended(), GetParam().ends) << extensions;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Of, SmtpFaults,
    testing::Values(
        FaultRow{
            "all_well", {"250 ok", "250 ok", "251 ok", "354 go", "250 ok"}, {"250 sent", "250 sent"}, false},
        FaultRow{"one_refused",
                 {"250 ok", "550 no", "250 ok", "354 go", "250 ok"},
                 {"550 refused", "250 sent"},
                 false},
        FaultRow{"one_later",
                 {"250 ok", "250 ok", "452 full", "354 go", "250 ok"},
                 {"250 sent", "452 busy"},
                 false},
        FaultRow{"too_many",
                 {"250 ok", "250 ok", "552 too many", "354 go", "250 ok"},
                 {"250 sent", "552 busy"},
                 false},
        FaultRow{"all_refused",
                 {"250 ok", "550 no", "553 no", "250 reset"},
                 {"550 refused", "553 refused"},
                 false},
        FaultRow{"mail_refused",
                 {"550 not you", "503 no", "503 no", "250 reset"},
                 {"550 refused at MAIL", "550 refused at MAIL"},
                 false},
        FaultRow{"mail_later",
                 {"451 wait", "503 no", "503 no", "250 reset"},
                 {"451 busy at MAIL", "451 busy at MAIL"},
                 false},
        FaultRow{"data_refused",
                 {"250 ok", "250 ok", "550 no", "554 no", "250 reset"},
                 {"554 refused", "550 refused"},
                 false},
        FaultRow{"data_strange",
                 {"250 ok", "250 ok", "250 ok", "250 what", "250 reset"},
                 {"250 busy", "250 busy"},
                 false},
        FaultRow{"content_refused",
                 {"250 ok", "250 ok", "250 ok", "354 go", "554 5.7.1 spam"},
                 {"554 refused", "554 refused"},
                 false},
        FaultRow{"content_later",
                 {"250 ok", "250 ok", "250 ok", "354 go", "451 grey"},
                 {"451 busy", "451 busy"},
                 false},
        FaultRow{"closing_at_mail", {"421 bye"}, {"421 busy at MAIL", "421 busy at MAIL"}, true},
        FaultRow{"closing_at_rcpt", {"250 ok", "550 no", "421 bye"}, {"550 refused", "421 busy"}, true},
        FaultRow{
            "closing_at_data", {"250 ok", "250 ok", "550 no", "421 bye"}, {"421 busy", "550 refused"}, true},
        FaultRow{"closing_at_end",
                 {"250 ok", "250 ok", "250 ok", "354 go", "421 bye"},
                 {"421 busy", "421 busy"},
                 true},
        FaultRow{"drop_at_mail", {""}, {"broken off", "broken off"}, true},
        FaultRow{"drop_at_rcpt", {"250 ok", "550 no", ""}, {"broken off", "broken off"}, true},
        FaultRow{"drop_at_data", {"250 ok", "250 ok", "250 ok", ""}, {"broken off", "broken off"}, true},
        FaultRow{
            "drop_at_end", {"250 ok", "250 ok", "250 ok", "354 go", ""}, {"broken off", "broken off"}, true},
        FaultRow{"garbage", {"250 ok", "hello?"}, {"broken off", "broken off"}, true},
        FaultRow{"two_codes", {"250-ok\r\n550 no"}, {"broken off", "broken off"}, true},
        FaultRow{"reset_refused",
                 {"250 ok", "550 no", "550 no", "500 what"},
                 {"550 refused", "550 refused"},
                 true}),
    [](auto const& row) { return row.param.name; });

class Smtps : public testing::Test {
 protected:
  Smtp open(ScriptedServer const& server, milliseconds timeout = seconds{5}) {
    auto account = server.account("");
    account.timeout = timeout;
    auto smtp = Smtp::open(account, "desk.example.org", wake_);
    if (!smtp) throw std::runtime_error(smtp.error().what);
    return std::move(*smtp);
  }
  Wake wake_;
};

TEST_F(Smtps, SayWhatTheServerOffersAndNothingElse) {
  struct Offer {
    std::string extensions, mail, rcpt;
  };
  for (auto const& offer :
       {Offer{"", "MAIL FROM:<desk@example.org>", "RCPT TO:<a+b=c@example.org>"},
        Offer{"250-SIZE\r\n250-8BITMIME\r\n250-DSN\r\n250-SMTPUTF8\r\n",
              "MAIL FROM:<desk@example.org> SIZE=18 BODY=8BITMIME RET=HDRS",
              "RCPT TO:<a+b=c@example.org> NOTIFY=FAILURE,DELAY ORCPT=rfc822;a+2Bb+3Dc@example.org"}}) {
    Lines heard;
    ScriptedServer server([&](Peer& peer) {
      peer.smtp_hello(offer.extensions);
      for (int i = 0; i < 2; ++i) {
        heard.push_back(peer.hear());
        peer.say("451 later\r\n");
      }
      peer.wait_for_end();
    });
    {
      auto smtp = open(server, milliseconds{300});
      (void)smtp.send({"desk@example.org", {"a+b=c@example.org"}}, "Subject: x\r\n\r\n\xC3\xB8\r\n");
    }
    EXPECT_EQ(heard, (Lines{offer.mail, offer.rcpt}));
  }
}

TEST_F(Smtps, WithoutSmtputf8OnlyAsciiAddressesGo) {
  ScriptedServer server([](Peer& peer) {
    peer.smtp_hello("");
    for (char const* answer : {"250 ok", "250 ok", "354 go"}) {
      EXPECT_EQ(peer.hear().find("SMTPUTF8"), std::string::npos);
      peer.say(std::string(answer) + "\r\n");
    }
    while (peer.hear() != ".") {
    }
    peer.say("250 ok\r\n");
    peer.wait_for_end();
  });
  auto smtp = open(server);
  auto const outcomes = smtp.send({"desk@example.org", {"bjørn@example.org", "kari@example.org"}}, mail);
  EXPECT_EQ(shown(outcomes), (Lines{"0 refused", "250 sent"}));
  EXPECT_EQ(outcomes->at(0).enhanced, "5.6.7");
}

TEST_F(Smtps, AConnectionThatWasClosedMeanwhileIsNoticedBeforeTheMail) {
  Wake closed;
  ScriptedServer server([&](Peer& peer) {
    peer.smtp_hello("");
    peer.say("421 idle for too long\r\n");
    closed.ring();
  });
  auto smtp = open(server);
  ASSERT_TRUE(closed.wait(seconds{20}));
  EXPECT_EQ(shown(smtp.send(two, mail)), Lines{"error busy"});
  EXPECT_TRUE(smtp.ended());
}

TEST_F(Smtps, AServerThatIsSilentAfterTheMailBreaksThatMailOff) {
  ScriptedServer server([](Peer& peer) {
    peer.smtp_hello("");
    for (char const* answer : {"250 ok", "250 ok", "250 ok", "354 go"}) {
      peer.hear();
      peer.say(std::string(answer) + "\r\n");
    }
    peer.wait_for_end();
  });
  {
    auto smtp = open(server, milliseconds{300});
    auto const outcomes = smtp.send(two, mail);
    EXPECT_EQ(shown(outcomes), (Lines{"broken off", "broken off"}));
    EXPECT_EQ(outcomes->at(1).delivered, Delivered::busy);
    EXPECT_TRUE(outcomes->at(1).words.starts_with("broken off: ")) << outcomes->at(1).words;
    EXPECT_TRUE(smtp.ended());
  }
}

TEST_F(Smtps, TheBellEndsTheWaitButNotForTheVerdict) {
  ScriptedServer server([this](Peer& peer) {
    peer.smtp_hello("250-PIPELINING\r\n");
    for (int i = 0; i < 4; ++i) peer.hear();
    peer.say("250 ok\r\n250 ok\r\n250 ok\r\n354 go\r\n");
    while (peer.hear() != ".") {
    }
    wake_.ring();
    // The client now waits with the bell rung; a verdict that comes in time is heard all the same.
    std::this_thread::sleep_for(milliseconds{50});
    peer.say("250 taken\r\n");
    peer.wait_for_end();
  });
  auto smtp = open(server);
  EXPECT_EQ(shown(smtp.send(two, mail)), (Lines{"250 sent", "250 sent"}));
  EXPECT_EQ(shown(smtp.send(two, mail)), Lines{"error busy"});
  EXPECT_TRUE(smtp.ended());
}

/// RFC 2920 3.1: one that answers DATA with 354 although it refused everybody gets a mail for nobody.
TEST_F(Smtps, AServerThatWaitsForAMailForNobodyGetsAnEmptyOne) {
  std::promise<Lines> all;
  ScriptedServer server([&](Peer& peer) {
    peer.smtp_hello("250-PIPELINING\r\n");
    for (int mails = 0; mails < 2; ++mails) {
      for (int i = 0; i < 4; ++i) peer.hear();
      peer.say(mails == 0 ? "250 ok\r\n550 no\r\n550 no\r\n354 go\r\n"
                          : "250 ok\r\n250 ok\r\n250 ok\r\n354 go\r\n");
      while (peer.hear() != ".") {
      }
      if (mails == 1) all.set_value(peer.heard);
      peer.say(mails == 0 ? "554 nobody to give it to\r\n" : "250 taken\r\n");
    }
    peer.wait_for_end();
  });
  auto smtp = open(server);
  EXPECT_EQ(shown(smtp.send(two, mail)), (Lines{"550 refused", "550 refused"}));
  EXPECT_FALSE(smtp.ended());
  EXPECT_EQ(shown(smtp.send(two, mail)), (Lines{"250 sent", "250 sent"}));
  Lines const heard = all.get_future().get();
  auto const data = std::find(heard.begin(), heard.end(), "DATA");
  ASSERT_LT(data - heard.begin() + 2, static_cast<std::ptrdiff_t>(heard.size()));
  EXPECT_EQ(data[1], ".") << "not a word of the mail";
  EXPECT_TRUE(data[2].starts_with("MAIL")) << data[2];
}

TEST_F(Smtps, TheCallerWorksWhileTheServerDoes) {
  std::string order;
  std::atomic<bool> begun = false;
  Wake words_are_due, all_is_heard;
  ScriptedServer server([&](Peer& peer) {
    peer.smtp_hello("");
    for (char const* answer : {"250 ok", "250 ok", "250 ok", "354 go"}) {
      EXPECT_FALSE(begun) << "before " << answer;
      peer.hear();
      peer.say(std::string(answer) + "\r\n");
    }
    EXPECT_TRUE(words_are_due.wait(seconds{20}));
    while (peer.hear() != ".") {
    }
    EXPECT_TRUE(all_is_heard.wait(seconds{20})) << "the caller is called before the verdict";
    peer.say("250 taken\r\n");
    peer.wait_for_end();
  });
  auto smtp = open(server);
  Meanwhile const meanwhile{[&]() -> Result<> {
                              begun = true;
                              order += "words ";
                              words_are_due.ring();
                              return {};
                            },
                            [&] {
                              order += "verdict";
                              all_is_heard.ring();
                            }};
  EXPECT_EQ(shown(smtp.send(two, mail, meanwhile)), (Lines{"250 sent", "250 sent"}));
  EXPECT_EQ(order, "words verdict");
}

TEST_F(Smtps, AMailThatIsTakenBackDoesNotEnd) {
  std::promise<std::string> after_data;
  ScriptedServer server([&](Peer& peer) {
    peer.smtp_hello("");
    for (char const* answer : {"250 ok", "250 ok", "250 ok", "354 go"}) {
      peer.hear();
      peer.say(std::string(answer) + "\r\n");
    }
    after_data.set_value(peer.hear());
  });
  {
    auto smtp = open(server);
    bool waited = false;
    auto const outcomes = smtp.send(two, mail,
                                    {[]() -> Result<> {
                                       return Error{Kind::broken, "not now"};
                                     },
                                     [&] { waited = true; }});
    ASSERT_FALSE(outcomes);
    EXPECT_EQ(outcomes.error().what, "not now");
    EXPECT_TRUE(smtp.ended());
    EXPECT_FALSE(waited);
  }
  EXPECT_EQ(after_data.get_future().get(), "") << "the connection ends with nothing said";
}

TEST_F(Smtps, ManyRecipientsGoInFlights) {
  ScriptedServer server([](Peer& peer) {
    peer.smtp_hello("250-PIPELINING\r\n");
    for (auto line = peer.hear(); line != "."; line = peer.hear()) {
      if (line.starts_with("MAIL") || line.starts_with("RCPT"))
        peer.say("250 " + std::string(400, 'x') + "\r\n");
      if (line == "DATA") peer.say("354 go\r\n");
    }
    peer.say("250 ok\r\n");
    peer.wait_for_end();
  });
  auto smtp = open(server);
  Envelope many{"desk@example.org", {}};
  for (int i = 0; i < 3000; ++i) many.recipients.push_back("person" + std::to_string(i) + "@example.org");
  auto const outcomes = smtp.send(many, mail);
  ASSERT_TRUE(outcomes) << outcomes.error().what;
  EXPECT_EQ(shown(outcomes), Lines(3000, "250 sent"));
}

TEST(SmtpWords, RepliesAreReadHoweverTheyAreCut) {
  std::string const said =
      "250-mail.example.org\r\n250-SIZE 100\r\n250 OK\r\n550-5.1.1 no such\r\n550 5.1.1 "
      "user\there\r\n220\r\n";
  for (std::size_t const step : {1, 2, 1000}) {
    SmtpReader reader;
    std::vector<SmtpReply> replies;
    for (std::size_t at = 0; at < said.size(); at += step) {
      reader.feed(std::string_view(said).substr(at, step));
      for (auto reply = reader.next(); reply && *reply; reply = reader.next()) replies.push_back(**reply);
    }
    ASSERT_EQ(replies.size(), 3U);
    EXPECT_EQ(replies[0].raw, "mail.example.org\nSIZE 100\nOK");
    EXPECT_EQ(replies[1].code, 550);
    EXPECT_EQ(replies[1].enhanced, "5.1.1");
    EXPECT_EQ(replies[1].words, "no such user here");
    EXPECT_EQ(replies[2].words, "");
  }
  for (std::string const& bad : Lines{"hello\r\n", "999 x\r\n", "25\r\n", "250x\r\n", "250-a\r\n251 b\r\n",
                                      std::string(70'000, '2')}) {
    SmtpReader reader;
    reader.feed(bad);
    EXPECT_FALSE(reader.next()) << bad.substr(0, 20);
  }
}

TEST(SmtpWords, AMailIsMadeFitForTheWire) {
  for (auto const& [given, expect] :
       std::vector<std::pair<std::string, std::string>>{{"", ".\r\n"},
                                                        {"a", "a\r\n.\r\n"},
                                                        {"a\r\n", "a\r\n.\r\n"},
                                                        {"a\nb\rc\r\n\r\n", "a\r\nb\r\nc\r\n\r\n.\r\n"},
                                                        {".", "..\r\n.\r\n"},
                                                        {"\r\n.\r\nx", "\r\n..\r\nx\r\n.\r\n"},
                                                        {"\n.\n", "\r\n..\r\n.\r\n"},
                                                        {"\r.\r", "\r\n..\r\n.\r\n"},
                                                        {"a.\r\n..b", "a.\r\n...b\r\n.\r\n"}})
    EXPECT_EQ(wire_form(given), expect) << given;
}

}  // namespace
}  // namespace spoc::channels
