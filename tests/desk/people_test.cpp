// SPDX-License-Identifier: GPL-3.0-or-later
// Addresses, languages, mailboxes, teams; moments; who may be answered; who an agent's mail is from.
#include "desk/screen.hpp"
#include "desk/trust.hpp"
#include "tests/desk/house.hpp"

#include "desk/phrase.hpp"

#include <gtest/gtest.h>

namespace spoc::desk {
namespace {

using tests::toy_sign;

TEST(People, AreFoundByAnyOfTheirAddresses) {
  House const house = tests::house();
  EXPECT_EQ(house.agent_at(" KARI@private.example ")->handle, "kari");
  EXPECT_EQ(house.agent_at("ola@example.net"), nullptr);
  EXPECT_EQ(house.mailbox_at("Support+42.ar.x@example.org")->name, "support");
  EXPECT_EQ(house.mailbox_at("help@example.org")->name, "support");
  EXPECT_EQ(house.mailbox_at("ola+support@example.org"), nullptr);
}

TEST(People, AnUnknownTeamIsEverybody) {
  House const house = tests::house();
  EXPECT_EQ(house.members("first line").size(), 2U);
  EXPECT_EQ(house.members("nobody").size(), 2U);
}

TEST(People, LanguagesAreThoseWeSpeak) {
  for (auto const& [given, spoken_] :
       std::vector<std::pair<std::string, std::string>>{{"nn", "nb"},
                                                        {"no", "nb"},
                                                        {"nb-NO", "nb"},
                                                        {"zh", "zh-Hans"},
                                                        {"zh-TW", "zh-Hant"},
                                                        {"zh-Hant-HK", "zh-Hant"},
                                                        {"de", "en"},
                                                        {"", "en"},
                                                        {"EN-gb", "en"}})
    EXPECT_EQ(spoken(given), spoken_) << given;
}

TEST(Moments, GoToTextAndBack) {
  for (std::string const text : {"2026-02-28T23:59:59Z", "1970-01-01T00:00:00Z", "2028-02-29T12:00:00Z"}) {
    auto const time = from_iso(text);
    ASSERT_TRUE(time) << text;
    EXPECT_EQ(iso(*time), text);
    EXPECT_EQ(from_number(to_number(*time)), *time);
  }
  for (std::string const text :
       {"2026-02-29T00:00:00Z", "2026-1-01T00:00:00Z", "yesterday", "2026-01-01T25:00:00Z", ""})
    EXPECT_FALSE(from_iso(text)) << text;
}

TEST(Screen, NamesWhyAMachineMustNotAnswer) {
  House const house = tests::house();
  EXPECT_EQ(no_automatic_answer(tests::mail_from("ola@example.net", "x", "y"), house), "");
  Mail mail = tests::mail_from("ola@example.net", "x", "y");
  mail.kind = MailKind::auto_reply;
  mail.kind_reason = "Auto-Submitted: auto-replied";
  EXPECT_EQ(no_automatic_answer(mail, house), "Auto-Submitted: auto-replied");
  mail = tests::mail_from("ola@example.net", "x", "y");
  mail.return_path = "";
  EXPECT_EQ(no_automatic_answer(mail, house), "null return path");
  EXPECT_NE(no_automatic_answer(tests::mail_from("MAILER-DAEMON@example.net", "x", "y"), house), "");
  EXPECT_NE(no_automatic_answer(tests::mail_from("support@example.org", "x", "y"), house), "");
}

/// A mail that answers the notice made for `issued`, written by `author`.
Mail answer_of(std::string const& author, std::string const& issued) {
  Mail mail = tests::mail_from(author, "Re: x", "/take");
  mail.to = {{"", with_token("support@example.org",
                             mint(TicketId{42}, Role::agent, Purpose::reply, issued, toy_sign))}};
  return mail;
}

TEST(Trust, HoldsWhereFromAndTokenAgree) {
  House const house = tests::house();
  AgentClaim const claim =
      agent_claim(answer_of("kari@private.example", "kari@example.org"), house, toy_sign);
  EXPECT_TRUE(claim.made);
  EXPECT_TRUE(claim.faults.empty());
  EXPECT_EQ(claim.agent->handle, "kari");
}

TEST(Trust, FailsWhereTheyDoNot) {
  House const house = tests::house();
  EXPECT_EQ(agent_claim(answer_of("mallory@example.net", "kari@example.org"), house, toy_sign).faults.size(),
            1U);
  AgentClaim const borrowed = agent_claim(answer_of("sam@example.org", "kari@example.org"), house, toy_sign);
  ASSERT_EQ(borrowed.faults.size(), 1U);
  EXPECT_NE(borrowed.faults.front().find("Kari"), std::string::npos);
  EXPECT_FALSE(
      agent_claim(tests::mail_from("kari@example.org", "my own request", "help"), house, toy_sign).made);
}

TEST(Trust, AsksOurOwnServerWhereConfigured) {
  House house = tests::house();
  house.authserv_ids = {"mx.example.org"};
  Mail mail = answer_of("kari@example.org", "kari@example.org");
  EXPECT_EQ(agent_claim(mail, house, toy_sign).faults.size(), 1U);
  mail.authentication_results = {"mx.evil.example; dmarc=pass header.from=example.org"};
  EXPECT_EQ(agent_claim(mail, house, toy_sign).faults.size(), 1U);
  mail.authentication_results = {
      "mx.example.org; spf=fail smtp.mailfrom=x@example.net; dmarc=pass (p=none) header.from=example.org"};
  EXPECT_TRUE(agent_claim(mail, house, toy_sign).faults.empty());
  // A second field of the same name came in with the mail: only the topmost of ours counts.
  mail.authentication_results = {"mx.example.org; dmarc=fail header.from=example.org",
                                 "mx.example.org; dmarc=pass header.from=example.org"};
  EXPECT_EQ(agent_claim(mail, house, toy_sign).faults.size(), 1U);
  mail.authentication_results = {"mx.example.org; dkim=pass header.d=example.net"};
  EXPECT_EQ(agent_claim(mail, house, toy_sign).faults.size(), 1U);
}

}  // namespace
}  // namespace spoc::desk
