// SPDX-License-Identifier: GPL-3.0-or-later
// Our submission client against a real Exim that delivers to a real Dovecot: what was sent is what arrives.
#include "channels/smtp.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <vector>

#include "channels/imap.hpp"
#include "tests/fakes/mail_servers.hpp"

namespace spoc::channels {
namespace {

using fakes::MailServers;
using std::chrono::seconds;

class SmtpWithExim : public testing::Test {
 protected:
  Smtp open(Account const& account) {
    auto smtp = Smtp::open(account, "desk.example.org", wake_);
    if (!smtp) throw std::runtime_error(smtp.error().what);
    return std::move(*smtp);
  }
  Smtp open() { return open(MailServers::get().smtp("")); }

  // "550/5.1.1 refused" for each recipient.
  static std::vector<std::string> send(Smtp& smtp, Envelope const& envelope, std::string const& mail) {
    auto const outcomes = smtp.send(envelope, mail);
    if (!outcomes) return {outcomes.error().what};
    std::vector<std::string> out;
    for (auto const& outcome : *outcomes) {
      char const* word = outcome.delivered == Delivered::sent   ? "sent"
                         : outcome.delivered == Delivered::busy ? "busy"
                                                                : "refused";
      out.push_back(std::to_string(outcome.code) + "/" + outcome.enhanced + " " + word);
    }
    return out;
  }

  // The mails in a mailbox once there are `count`, without what the servers put on top of them.
  std::vector<std::string> delivered(std::string const& user, std::size_t count) {
    auto imap = Imap::open(MailServers::get().imap(user), "INBOX", wake_);
    if (!imap) throw std::runtime_error(imap.error().what);
    std::vector<std::uint32_t> uids;
    while ((uids = imap->since(0).value()).size() < count)
      if (imap->idle(seconds{10}).value() == Idled::quiet) break;
    std::vector<std::string> mails;
    auto const done = imap->fetch(uids, [&](Fetched&& mail) {
      raw_.push_back(mail.bytes);
      mails.push_back(mail.bytes.substr(mail.bytes.find("Subject:")));
      return true;
    });
    EXPECT_TRUE(done) << done.error().what;
    return mails;
  }

  Wake wake_;
  std::vector<std::string> raw_;
};

TEST_F(SmtpWithExim, EachRecipientHasItsOwnAnswer) {
  auto smtp = open();
  Envelope const envelope{"desk@example.org",
                          {"kari@example.org", "nouser@example.org", "tempfail@example.org",
                           "Ola+42.ar@example.org", "somebody@elsewhere.invalid", "a b@example.org"}};
  auto const outcomes = smtp.send(envelope, "Subject: one\r\n\r\nhello\r\n");
  ASSERT_TRUE(outcomes) << outcomes.error().what;
  ASSERT_EQ(outcomes->size(), 6U);
  EXPECT_EQ((*outcomes)[0].delivered, Delivered::sent);
  EXPECT_EQ((*outcomes)[0].code, 250);
  EXPECT_EQ((*outcomes)[1].delivered, Delivered::refused);
  EXPECT_EQ((*outcomes)[1].enhanced, "5.1.1");
  EXPECT_EQ((*outcomes)[1].words, "no such user here");
  EXPECT_EQ((*outcomes)[1].recipient, "nouser@example.org");
  EXPECT_EQ((*outcomes)[2].delivered, Delivered::busy);
  EXPECT_EQ((*outcomes)[2].code, 451);
  EXPECT_EQ((*outcomes)[2].enhanced, "4.3.0");
  EXPECT_EQ((*outcomes)[3].delivered, Delivered::sent);
  EXPECT_EQ((*outcomes)[4].delivered, Delivered::refused);
  EXPECT_EQ((*outcomes)[5].delivered, Delivered::refused);
  EXPECT_EQ((*outcomes)[5].code, 0);

  EXPECT_EQ(delivered("ola", 1), std::vector<std::string>{"Subject: one\r\n\r\nhello\r\n"});
  EXPECT_NE(raw_.at(0).find("Delivered-To: Ola+42.ar@example.org\r\n"), std::string::npos) << raw_.at(0);
  EXPECT_NE(raw_.at(0).find("Return-Path: <desk@example.org>\r\n"), std::string::npos) << raw_.at(0);
  EXPECT_EQ(delivered("kari", 1).size(), 1U);
  smtp.close();
  EXPECT_TRUE(smtp.ended());
}

TEST_F(SmtpWithExim, ManyMailsGoOverOneConnectionWhateverHappens) {
  auto smtp = open();
  using Lines = std::vector<std::string>;
  EXPECT_EQ(send(smtp, {"a@example.org", {"many@example.org"}}, "Subject: 1\r\n\r\n"), Lines{"250/ sent"});
  EXPECT_EQ(
      send(smtp, {"a@example.org", {"nouser@example.org", "tempfail@example.org"}}, "Subject: x\r\n\r\n"),
      (Lines{"550/5.1.1 refused", "451/4.3.0 busy"}));
  EXPECT_EQ(send(smtp, {"a@example.org", {}}, "Subject: x\r\n\r\n"), Lines{});
  EXPECT_EQ(send(smtp, {"a@example.org", {"x>\r\nDATA@example.org"}}, "Subject: x\r\n\r\n"),
            Lines{"0/5.1.3 refused"});
  EXPECT_EQ(send(smtp, {"", {"many@example.org"}}, "Subject: 2\r\n\r\n"), Lines{"250/ sent"});
  for (int i = 3; i <= 20; ++i)
    EXPECT_EQ(
        send(smtp, {"a@example.org", {"many@example.org"}}, "Subject: " + std::to_string(i) + "\r\n\r\n"),
        Lines{"250/ sent"});
  EXPECT_FALSE(smtp.ended());
  EXPECT_EQ(delivered("many", 20).size(), 20U);
  bool null_sender = false;
  for (auto const& mail : raw_)
    null_sender = null_sender || mail.find("Return-Path: <>\r\n") != std::string::npos;
  EXPECT_TRUE(null_sender);
}

TEST_F(SmtpWithExim, DotsAndLineEndsSurvive) {
  auto smtp = open();
  std::string const given =
      "Subject: dots\n\n.\n..\n...a\r\n.b\r\nQUIT\r\n\r\n.\r\nlast \xC3\xB8 .\rbare\n\n.";
  ASSERT_EQ(send(smtp, {"a@example.org", {"dots@example.org"}}, given),
            std::vector<std::string>{"250/ sent"});
  std::string lines = "Subject: lines\r\n\r\n";
  for (int i = 0; i < 50'000; ++i) lines += ".line " + std::to_string(i) + "\r\n";
  ASSERT_EQ(send(smtp, {"a@example.org", {"lines@example.org"}}, lines),
            std::vector<std::string>{"250/ sent"});
  auto const came = delivered("dots", 1);
  ASSERT_EQ(came.size(), 1U);
  EXPECT_EQ(
      came[0],
      "Subject: dots\r\n\r\n.\r\n..\r\n...a\r\n.b\r\nQUIT\r\n\r\n.\r\nlast \xC3\xB8 .\r\nbare\r\n\r\n.\r\n");
  EXPECT_TRUE(delivered("lines", 1) == std::vector<std::string>{lines});
}

TEST_F(SmtpWithExim, InjectionIsRefusedBeforeAnythingIsSaid) {
  auto smtp = open();
  for (auto const& bad : std::vector<std::string>{
           "a@example.org>\r\nRCPT TO:<victim@example.org", "a@example.org\nDATA", "<a@example.org>", "",
           "a@example.org NOTIFY=NEVER", std::string("a\0b@example.org", 15), std::string(400, 'a')}) {
    EXPECT_EQ(send(smtp, {"a@example.org", {bad}}, "Subject: x\r\n\r\n"),
              std::vector<std::string>{"0/5.1.3 refused"})
        << bad;
    if (!bad.empty()) {
      EXPECT_EQ(send(smtp, {bad, {"victim@example.org"}}, "Subject: x\r\n\r\n"),
                std::vector<std::string>{"0/5.1.7 refused"});
    }
  }
  EXPECT_FALSE(Smtp::open(MailServers::get().smtp(""), "desk\r\nMAIL FROM:<>", wake_));
  ASSERT_EQ(send(smtp, {"a@example.org", {"victim@example.org"}}, "Subject: only\r\n\r\n"),
            std::vector<std::string>{"250/ sent"});
  EXPECT_EQ(delivered("victim", 1), std::vector<std::string>{"Subject: only\r\n\r\n"});
}

TEST_F(SmtpWithExim, EverySecurityAndLoginSends) {
  for (auto const security : {Security::tls, Security::starttls, Security::none}) {
    auto smtp = open(MailServers::get().smtp("kari", security));
    EXPECT_EQ(send(smtp, {"kari@example.org", {"secure@example.org"}}, "Subject: x\r\n\r\n"),
              std::vector<std::string>{"250/ sent"});
  }
  EXPECT_EQ(delivered("secure", 3).size(), 3U);
  for (auto const& mail : raw_) EXPECT_NE(mail.find("with esmtp"), std::string::npos);
}

TEST_F(SmtpWithExim, AddressesBeyondAsciiNeedSmtputf8) {
  auto smtp = open();
  EXPECT_EQ(send(smtp, {"desk@example.org", {"bjørn@example.org"}}, "Subject: x\r\n\r\n"),
            std::vector<std::string>{"250/ sent"});
}

TEST_F(SmtpWithExim, WhatIsTooLargeIsNotEvenSent) {
  auto smtp = open();
  std::string const mail = "Subject: x\r\n\r\n" + std::string(60 << 20, 'x');
  EXPECT_EQ(send(smtp, {"desk@example.org", {"kari@example.org"}}, mail),
            std::vector<std::string>{"0/5.3.4 refused"});
  EXPECT_FALSE(smtp.ended());
}

}  // namespace
}  // namespace spoc::channels
