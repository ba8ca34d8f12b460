// SPDX-License-Identifier: GPL-3.0-or-later
// What counts as a confirmation, of which mails, and what is not done all the same.
#include "desk/confirm.hpp"
#include "tests/desk/agent_room.hpp"

#include <gtest/gtest.h>

namespace spoc::desk {
namespace {

using namespace tests;

struct ConfirmRow {
  std::string name, words;
  bool says;
};
void PrintTo(ConfirmRow const& row, std::ostream* out) { *out << row.name; }
class ConfirmWords : public testing::TestWithParam<ConfirmRow> {};

TEST_P(ConfirmWords, Say) { EXPECT_EQ(says_confirm(GetParam().words, {"Sam Example"}), GetParam().says); }

INSTANTIATE_TEST_SUITE_P(Table, ConfirmWords,
                         testing::Values(ConfirmRow{"Alone", "/confirm", true},
                                         ConfirmRow{"Norwegian", "/Bekreft\n", true},
                                         ConfirmRow{"Chinese", "／确认", true},
                                         ConfirmRow{"Signed", "/confirm\n\nRegards\nSam Example", true},
                                         ConfirmRow{"WithWords", "/confirm\nIt was me.", false},
                                         ConfirmRow{"WithACommand", "/confirm\n/close", false},
                                         ConfirmRow{"Twice", "/confirm\n/confirm", false},
                                         ConfirmRow{"Misspelt", "/confrim", false},
                                         ConfirmRow{"FurtherDown", "Yes.\n/confirm", false},
                                         ConfirmRow{"Nothing", "", false}),
                         [](auto const& row) { return row.param.name; });

class ConfirmedMail : public AgentRoom {
 protected:
  Mail mail_by(std::string const& author, Purpose purpose = Purpose::reply) {
    Mail mail = mail_from(author, "Re: [#42] Printer", "/close");
    mail.to = {{"", with_token("support@example.org",
                               mint(TicketId{42}, Role::agent, purpose, "sam@example.org", toy_sign))}};
    return mail;
  }
  std::optional<AgentClaim> claim(Mail const& mail, std::string const& handle = "sam") {
    return claim_confirmed(mail, *desk.agent(handle), desk, toy_sign);
  }
};

TEST_F(ConfirmedMail, OnlyItsSenderWasWrong) {
  EXPECT_FALSE(claim(mail_by("sam@example.org"))) << "it was never refused for that";
  desk.dkim_required = true;
  ASSERT_TRUE(claim(mail_by("sam@example.org")));
  EXPECT_EQ(claim(mail_by("sam@example.org"))->agent->handle, "sam");
  EXPECT_TRUE(claim(mail_by("sam@example.org"))->faults.empty());
  EXPECT_FALSE(claim(mail_by("sam@example.org"), "kari"));
}

TEST_F(ConfirmedMail, AStrangersIsTheOneWhoseNoticeItAnswers) {
  ASSERT_TRUE(claim(mail_by("sam@example.com")));
  EXPECT_FALSE(claim(mail_by("sam@example.com"), "kari"));
}

TEST_F(ConfirmedMail, AColleaguesNoticeIsTheWriters) {
  ASSERT_TRUE(claim(mail_by("kari@example.org"), "kari"));
  EXPECT_FALSE(claim(mail_by("kari@example.org"), "sam")) << "who had the notice did not write";
}

TEST_F(ConfirmedMail, WordsToTheNoteAddressStayANote) {
  Mail mail = mail_by("sam@example.com", Purpose::note);
  mail.text = mail.reply = "He is difficult.";
  Plan const plan = plan_confirmed(arrival_of(mail), known, *claim(mail));
  EXPECT_FALSE(reaches_requester(plan));
  ASSERT_EQ(plan.messages.size(), 1U);
  EXPECT_EQ(plan.messages[0].kind, MessageKind::note);
  EXPECT_EQ(plan.messages[0].agent, "sam");
  EXPECT_NE(receipt(plan).find("confirmed"), std::string::npos);
  EXPECT_TRUE(trailed(plan, "confirmed"));
}

TEST_F(ConfirmedMail, WhatIsRefusedAgainWasNotConfirmed) {
  Mail mail = mail_by("sam@example.com");
  mail.text = mail.reply = "/clsoe";
  Plan const plan = plan_confirmed(arrival_of(mail), known, *claim(mail));
  EXPECT_TRUE(plan.changes.empty());
  EXPECT_FALSE(trailed(plan, "confirmed"));
  EXPECT_TRUE(trailed(plan, "refused"));
}

TEST_F(ConfirmedMail, OfAMachineIsNotTaken) {
  Mail mail = mail_by("sam@example.com");
  mail.kind = MailKind::auto_reply;
  EXPECT_FALSE(claim(mail));
  mail.kind = MailKind::list;
  EXPECT_TRUE(claim(mail));
}

TEST_F(ConfirmedMail, IsOfferedWhereItCanBeDone) {
  auto const offer = [&] { return receipt(plan_for("/close", "sam@example.com")).find("/confirm"); };
  EXPECT_NE(offer(), std::string::npos);
  attachments = {{"logo.png", "image/png", "z", "3", true, "logo"}};
  EXPECT_NE(offer(), std::string::npos) << "a signature's picture";
  attachments = {{"plan.pdf", "application/pdf", "x", "1", false, ""}};
  EXPECT_EQ(offer(), std::string::npos) << "files are passed on to nobody";
}

TEST_F(ConfirmedMail, FilesArePassedOnToNobody) {
  Mail mail = mail_by("sam@example.com");
  mail.attachments = {{"plan.pdf", "application/pdf", "x", "1", false, ""}};
  Plan const plan = plan_confirmed(arrival_of(mail), known, *claim(mail));
  EXPECT_TRUE(plan.changes.empty());
  EXPECT_NE(receipt(plan).find("attachments"), std::string::npos);
  EXPECT_EQ(receipt(plan).find("if you wrote it"), std::string::npos);
  EXPECT_FALSE(trailed(plan, "confirmed")) << "nothing was done";
  EXPECT_TRUE(trailed(plan, "refused"));
  mail.attachments = {{"logo.png", "image/png", "z", "3", true, "logo"}};
  EXPECT_NE(change<SetStatus>(plan_confirmed(arrival_of(mail), known, *claim(mail))), nullptr);
}

}  // namespace
}  // namespace spoc::desk
