// SPDX-License-Identifier: GPL-3.0-or-later
// Somebody outside is asked: what reaches them, and what becomes of their answer.
#include "tests/desk/lines_room.hpp"

#include <gmock/gmock.h>

namespace spoc::desk {
namespace {

using namespace tests;

class ThirdParties : public LinesRoom {};

TEST_F(ThirdParties, AskReachesTheThirdPartyAloneWithNothingOfTheThread) {
  known.thread_ids = {"m1@example.net", "spoc.42.rr.aaaaaaaa.bbbbbbbbbbbbbbbb.cccccccccccccccc@example.org"};
  Plan const plan = plan_for("/ask help@example.com Serial 123\nDoes it have a warranty?");
  ASSERT_EQ(letters(plan, LetterKind::asked).size(), 1U);
  Letter const asked = letters(plan, LetterKind::asked)[0];
  EXPECT_EQ(asked.to.address, "help@example.com");
  EXPECT_EQ(asked.text, "Serial 123\n\nDoes it have a warranty?");
  EXPECT_TRUE(asked.references.empty());
  EXPECT_EQ(read_token(asked.token, toy_sign)->role, Role::third);
  EXPECT_TRUE(letters(plan, LetterKind::answer).empty());
  EXPECT_EQ(plan.messages[0].kind, MessageKind::note);
  EXPECT_EQ(change<SetStatus>(plan), nullptr);
}

TEST_F(ThirdParties, AThirdPartysAnswerIsANoteForAgents) {
  Plan const question = plan_for("/ask help@example.com Warranty?");
  known.token = read_token(letters(question, LetterKind::asked)[0].token, toy_sign);
  known.author.address = {"Help", "help@example.com"};
  Mail const mail = mail_from("help@example.com", "Re: A question", "Yes, until May.");
  Plan const plan = plan_third_party(arrival_of(mail), known);
  EXPECT_EQ(plan.messages[0].kind, MessageKind::note);
  EXPECT_FALSE(reaches_requester(plan));
  EXPECT_EQ(letters(plan, LetterKind::replied).size(), 2U);
  EXPECT_EQ(read_token(letters(plan, LetterKind::replied)[0].token, toy_sign)->purpose, Purpose::note);
  EXPECT_FALSE(trailed(plan, "unexpected sender"));
  known.author.address.address = "other@example.com";
  EXPECT_TRUE(trailed(plan_third_party(arrival_of(mail), known), "unexpected sender"));
}

TEST_F(ThirdParties, AThirdPartysAnswerEndsTheWaitForIt) {
  Plan const question = plan_for("/ask help@example.com Warranty?\n/wait");
  EXPECT_EQ(change<SetStatus>(question)->status, Status::waiting);
  EXPECT_THAT(receipt(question), testing::HasSubstr("waiting for whom you ask"));
  EXPECT_EQ(letters(question, LetterKind::asked).size(), 1U);
  EXPECT_FALSE(std::any_of(question.letters.begin(), question.letters.end(),
                           [](Letter const& one) { return one.to.address == "ola@example.net"; }));
  known.token = read_token(letters(question, LetterKind::asked)[0].token, toy_sign);
  known.author.address = {"Help", "help@example.com"};
  known.ticket->status = Status::waiting;
  Mail mail = mail_from("help@example.com", "Re: A question", "Yes, until May.");
  ASSERT_TRUE(change<SetStatus>(plan_third_party(arrival_of(mail), known)));
  EXPECT_EQ(change<SetStatus>(plan_third_party(arrival_of(mail), known))->status, Status::open);
  mail.kind = MailKind::auto_reply;
  EXPECT_EQ(change<SetStatus>(plan_third_party(arrival_of(mail), known)), nullptr)
      << "a machine answers nothing";
  mail.kind = MailKind::personal;
  known.ticket->status = Status::resolved;
  EXPECT_EQ(change<SetStatus>(plan_third_party(arrival_of(mail), known)), nullptr);
}

TEST_F(ThirdParties, AThirdPartysAnswerEndsItsQuestion) {
  Plan const question = plan_for("/ask help@example.com Warranty?");
  EXPECT_EQ(change<EndQuestions>(question), nullptr);
  known.token = read_token(letters(question, LetterKind::asked)[0].token, toy_sign);
  known.author.address = {"Help", "Help@example.com"};
  Mail mail = mail_from("help@example.com", "Re: A question", "Yes, until May.");
  auto const ended = [&] {
    Plan const plan = plan_third_party(arrival_of(mail), known);
    EndQuestions const* found = change<EndQuestions>(plan);
    return found == nullptr ? std::string{"none"} : "[" + found->address + "]";
  };
  EXPECT_EQ(ended(), "[help@example.com]");
  known.author.address = {"A colleague", "other@example.com"};
  EXPECT_EQ(ended(), "[]") << "passed on: nobody can tell whose question it was";
  mail.kind = MailKind::auto_reply;
  EXPECT_EQ(ended(), "none") << "a machine answers nothing";
}

TEST_F(ThirdParties, AQuestionThatComesBackIsAwaitedByNobody) {
  Letter const asked = letters(plan_for("/ask help@example.com Warranty?"), LetterKind::asked).at(0);
  Plan const refused = plan_undelivered(asked, "550 no", false, known);
  ASSERT_NE(change<EndQuestions>(refused), nullptr);
  EXPECT_EQ(change<EndQuestions>(refused)->address, "help@example.com");
  Letter answer = asked;
  answer.kind = LetterKind::answer;
  EXPECT_EQ(change<EndQuestions>(plan_undelivered(answer, "550 no", false, known)), nullptr);

  Mail mail = mail_from("", "Returned", "");
  mail.kind = MailKind::bounce;
  mail.bounce = Bounce{};
  mail.bounce->recipient = "help@example.com";
  mail.bounce->status = "5.1.1";
  mail.bounce->action = "failed";
  known.bounced = asked;
  Plan const bounced = plan_arrival(arrival_of(mail), known);
  ASSERT_NE(change<EndQuestions>(bounced), nullptr);
  EXPECT_EQ(change<EndQuestions>(bounced)->address, "help@example.com");
  mail.bounce->action = "delayed";
  EXPECT_EQ(change<EndQuestions>(plan_arrival(arrival_of(mail), known)), nullptr) << "it may still arrive";
}

TEST_F(ThirdParties, ReopenWakesATicketThatIsOpen) {
  ASSERT_NE(change<EndQuestions>(plan_for("/reopen")), nullptr);
  EXPECT_EQ(change<EndQuestions>(plan_for("/reopen"))->address, "");
  EXPECT_EQ(change<EndQuestions>(plan_for("/wait")), nullptr);
}

TEST_F(ThirdParties, AThirdPartyThatFloodsIsKeptWithoutLetters) {
  Plan const question = plan_for("/ask help@example.com Warranty?");
  known.token = read_token(letters(question, LetterKind::asked)[0].token, toy_sign);
  known.author.address = {"Help", "help@example.com"};
  Mail const mail = mail_from("help@example.com", "Re: A question", "Yes, until May.");
  known.mails = desk.mail_budget;
  Plan const first = plan_third_party(arrival_of(mail), known);
  EXPECT_EQ(first.messages.size(), 1U);
  EXPECT_TRUE(first.letters.empty());
  EXPECT_TRUE(trailed(first, "flooded"));
  EXPECT_NE(first.alarm, "");
  ++known.mails;
  EXPECT_EQ(plan_third_party(arrival_of(mail), known).alarm, "") << "one alarm is enough";
}

TEST_F(ThirdParties, AskPassesNoDangerousFileOn) {
  desk.mailboxes.front().held_extensions = {"exe"};
  attachments = {{"setup.exe", "application/octet-stream", "x", "1", false, ""}};
  Plan const plan = plan_for("/ask help@example.com Is it yours?");
  EXPECT_TRUE(letters(plan, LetterKind::asked).empty());
  ASSERT_EQ(letters(plan, LetterKind::refusal).size(), 1U);
  EXPECT_NE(receipt(plan).find("setup.exe"), std::string::npos) << receipt(plan);
}

}  // namespace
}  // namespace spoc::desk
