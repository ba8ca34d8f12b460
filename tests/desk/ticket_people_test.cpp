// SPDX-License-Identifier: GPL-3.0-or-later
// Who gets copies of a ticket, and another requester.
#include "tests/desk/lines_room.hpp"

namespace spoc::desk {
namespace {

using namespace tests;

class TicketPeople : public LinesRoom {};

TEST_F(TicketPeople, CopiesGetEachAnswerUnderATokenOfTheirOwn) {
  Plan const plan = plan_for("/cc eva@example.net\nIt is mended.");
  EXPECT_EQ(change<AddCopy>(plan)->address.address, "eva@example.net");
  ASSERT_EQ(letters(plan, LetterKind::answer).size(), 2U);
  Letter const copy = letters(plan, LetterKind::answer)[0];
  EXPECT_EQ(copy.to.address, "eva@example.net");
  EXPECT_TRUE(issued_to(*read_token(copy.token, toy_sign), "eva@example.net", toy_sign));
  EXPECT_FALSE(reaches_requester(plan_for("/cc eva@example.net")));
}

TEST_F(TicketPeople, CopiesGoByMailWhereTheRequesterReadsInTheChat) {
  known.ticket->session = "s";
  known.ticket->copies = {{"", "eva@example.net"}};
  known.visitor_present = true;
  Plan const plan = plan_for("/tag chat\nIt is mended.");
  auto const answers = letters(plan, LetterKind::answer);
  ASSERT_EQ(answers.size(), 2U);
  EXPECT_EQ(answers[0].to.address, "eva@example.net");
  EXPECT_EQ(answers[0].state, LetterState::queued);
  EXPECT_EQ(answers[0].due, noon() + desk.undo_delay);
  EXPECT_EQ(answers[0].text, "It is mended.");
  EXPECT_TRUE(issued_to(*read_token(answers[0].token, toy_sign), "eva@example.net", toy_sign));
  EXPECT_EQ(answers[1].to.address, "ola@example.net");
  EXPECT_EQ(answers[1].state, LetterState::unread) << "he reads it there";
  EXPECT_EQ(plan.messages.at(0).state, MessageState::said);
  EXPECT_NE(receipt(plan).find("copies of them go to eva@example.net"), std::string::npos) << receipt(plan);

  known.dead_address = true;
  ASSERT_EQ(letters(plan_for("Hello."), LetterKind::answer).size(), 1U);
  EXPECT_EQ(letters(plan_for("Hello."), LetterKind::answer)[0].to.address, "eva@example.net");
  known.dead_address = known.visitor_present = false;
  known.ticket->requester_address = {};
  auto const away = letters(plan_for("Hello."), LetterKind::answer);
  ASSERT_EQ(away.size(), 1U) << "the visitor has gone and left no address";
  EXPECT_EQ(away[0].to.address, "eva@example.net");
}

TEST_F(TicketPeople, AnotherRequesterIsAnsweredFromNowOn) {
  Plan const plan = plan_for("/requester eva@example.net\nHello Eva.");
  EXPECT_EQ(change<ReplaceRequester>(plan)->address.address, "eva@example.net");
  ASSERT_EQ(letters(plan, LetterKind::answer).size(), 1U);
  EXPECT_EQ(letters(plan, LetterKind::answer)[0].to.address, "eva@example.net");
}

TEST_F(TicketPeople, AnotherRequesterIsWrittenToInTheirOwnLanguage) {
  desk.mailboxes.front().language = "en";
  known.ticket->language = "nb";
  Plan const unknown = plan_for("/requester eva@example.net\nHello Eva.");
  EXPECT_EQ(change<ReplaceRequester>(unknown)->language, "en") << "the mailbox's, not the old requester's";
  EXPECT_EQ(letters(unknown, LetterKind::answer).at(0).language, "en");
  known.people_at["eva@example.net"].language = "zh-TW";
  Plan const plan = plan_for("/requester Eva <eva@example.net>\nHello Eva.");
  EXPECT_EQ(change<ReplaceRequester>(plan)->language, spoken("zh-TW"));
  EXPECT_EQ(letters(plan, LetterKind::answer).at(0).language, spoken("zh-TW"));
  EXPECT_EQ(change<ReplaceRequester>(plan_for("/requester ola@example.net"))->language, "nb") << "no change";
}

}  // namespace
}  // namespace spoc::desk
