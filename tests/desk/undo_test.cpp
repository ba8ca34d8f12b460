// SPDX-License-Identifier: GPL-3.0-or-later
// Taking back: what /undo gives back, what it leaves, and what /cancel stops.
#include "tests/desk/lines_room.hpp"

#include <gmock/gmock.h>

namespace spoc::desk {
namespace {

using namespace tests;

class Undoing : public LinesRoom {};

TEST_F(Undoing, UndoGivesBackWhatNobodyChangedSince) {
  Plan const done = plan_for("/close\n/priority P1\n/tag fire");
  ASSERT_NE(change<KeepUndo>(done), nullptr);
  known.undo = change<KeepUndo>(done)->undo;
  known.ticket->status = Status::closed;
  known.ticket->priority = Priority::p2;  // a colleague was there since
  known.ticket->tags = {"fire"};
  known.sent_since = 1;
  Plan const plan = plan_for("/undo");
  EXPECT_EQ(change<SetStatus>(plan)->status, Status::fresh);
  EXPECT_EQ(change<SetPriority>(plan), nullptr);
  EXPECT_EQ(change<RemoveTag>(plan)->tag, "fire");
  ASSERT_NE(change<CancelLetters>(plan), nullptr);
  EXPECT_EQ(change<CancelLetters>(plan)->agent, "sam") << "their own letters, no colleague's";
  EXPECT_NE(receipt(plan).find("priority was changed again since"), std::string::npos) << receipt(plan);
  EXPECT_NE(receipt(plan).find("can't be unsent"), std::string::npos) << receipt(plan);
  EXPECT_FALSE(reaches_requester(plan));
}

TEST_F(Undoing, TheNewestCommandMailIsTheOneThatUndoTakesBack) {
  known.undo = change<KeepUndo>(plan_for("/close"))->undo;
  known.ticket->status = Status::closed;
  Plan const newer = plan_for("/cc eva@example.net");
  ASSERT_NE(change<KeepUndo>(newer), nullptr);
  known.undo = change<KeepUndo>(newer)->undo;
  known.ticket->copies = {{"", "eva@example.net"}};
  Plan const plan = plan_for("/undo");
  EXPECT_EQ(change<SetStatus>(plan), nullptr) << "it stays closed";
  ASSERT_NE(change<DropCopy>(plan), nullptr);
  EXPECT_EQ(*change<DropCopy>(plan), (DropCopy{{"", "eva@example.net"}, false}));
}

TEST_F(Undoing, AskingKeepsWhatUndoTakesBack) {
  for (char const* words : {"/status", "/help", "/find printer", "/cancel", "No command at all."})
    EXPECT_EQ(change<KeepUndo>(plan_for(words)), nullptr) << words;
  EXPECT_NE(change<KeepUndo>(plan_for("/status\n/close")), nullptr);
}

TEST_F(Undoing, UndoGivesBackPeopleLinksAndReminders) {
  known.ticket->requester = ContactId{5};
  known.ticket->participants = {{"Ola Testmann", "ola@example.net"}};
  Plan const done = plan_for("/requester eva@example.net\n/link 17\n/remind 2h call\n/cc ola@example.net");
  known.undo = change<KeepUndo>(done)->undo;
  known.ticket->requester_address = {"", "eva@example.net"};
  known.ticket->copies = {{"", "ola@example.net"}};
  known.ticket->related = TicketId{17};
  Time const at = change<AddReminder>(done)->reminder.at;
  known.reminders = {{ReminderId{3}, TicketId{42}, "sam", at, "call"},
                     {ReminderId{4}, TicketId{42}, "kari", at, "hers"},
                     {ReminderId{5}, TicketId{42}, "sam", at + std::chrono::hours{1}, "another"}};
  Plan const plan = plan_for("/undo");
  EXPECT_EQ(change<ReplaceRequester>(plan)->address.address, "ola@example.net");
  EXPECT_EQ(change<ReplaceRequester>(plan)->contact, ContactId{5});
  EXPECT_EQ(change<ReplaceRequester>(plan)->language, "nb") << "theirs again";
  EXPECT_EQ(change<SetRelated>(plan)->ticket, TicketId{}) << receipt(plan);
  EXPECT_EQ(change<DropReminder>(plan)->id, ReminderId{3});
  std::vector<DropCopy> dropped;
  for (Change const& one : plan.changes)
    if (auto const* drop = std::get_if<DropCopy>(&one)) dropped.push_back(*drop);
  EXPECT_THAT(dropped, testing::ElementsAre(DropCopy{{"", "ola@example.net"}, true},
                                            DropCopy{{"", "eva@example.net"}, false}));
}

TEST_F(Undoing, UndoGivesBackTheLanguageToo) {
  Plan const done = plan_for("/requester eva@example.net");
  ASSERT_EQ(change<ReplaceRequester>(done)->language, "en") << "the mailbox's";
  known.undo = change<KeepUndo>(done)->undo;
  known.ticket->requester_address = {"", "eva@example.net"};
  known.ticket->language = "en";
  EXPECT_EQ(change<ReplaceRequester>(plan_for("/undo"))->language, "nb") << "the ticket's own until then";
}

TEST_F(Undoing, UndoTakesAnInvitationBackAndTellsTheGuest) {
  desk.agents.push_back({"eva", "Eva Example", {"eva@example.org"}, "en"});
  known.ticket->invited = {"eva"};
  known.undo = change<KeepUndo>(plan_for("/invite kari"))->undo;
  known.ticket->invited = {"eva", "kari"};
  Plan const plan = plan_for("/undo");
  ASSERT_NE(change<SetInvited>(plan), nullptr) << receipt(plan);
  EXPECT_THAT(change<SetInvited>(plan)->agents, testing::ElementsAre("eva")) << "who was there before stays";
  auto const told = letters(plan, LetterKind::happened);
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].agent, "kari");
  EXPECT_EQ(in_english(told[0].lines.at(0)), "Sam Example took the invitation to this ticket back");
  EXPECT_NE(receipt(plan).find("Kari Eksempel is not in this ticket any more"), std::string::npos);
  EXPECT_FALSE(reaches_requester(plan));
}

TEST_F(Undoing, UndoLeavesInvitationsThatOthersMadeOrEnded) {
  known.undo = change<KeepUndo>(plan_for("/invite kari\n/priority P1"))->undo;
  known.ticket->priority = Priority::p1;
  Plan const ended = plan_for("/undo");  // a colleague has ended it since
  EXPECT_EQ(change<SetInvited>(ended), nullptr);
  EXPECT_NE(change<SetPriority>(ended), nullptr);
  EXPECT_TRUE(letters(ended, LetterKind::happened).empty());

  known.ticket->invited = {"kari"};
  known.undo = change<KeepUndo>(plan_for("/invite -kari"))->undo;
  known.ticket->invited = {"sam"};  // a colleague invited him since
  Plan const again = plan_for("/undo");
  EXPECT_THAT(change<SetInvited>(again)->agents, testing::ElementsAre("sam", "kari"));
  EXPECT_NE(receipt(again).find("Kari Eksempel is in this ticket with you"), std::string::npos);
  EXPECT_TRUE(letters(again, LetterKind::happened).empty()) << "she was told of no end";
}

TEST_F(Undoing, CancelStopsTheMailOfWordsThatStandInTheChat) {
  known.waiting_mails = 1;
  for (char const* words : {"/cancel", "/undo"}) {
    Plan const plan = plan_for(words);
    EXPECT_NE(change<CancelLetters>(plan), nullptr) << words;
    EXPECT_NE(receipt(plan).find("your words stay in the chat"), std::string::npos) << receipt(plan);
    EXPECT_EQ(receipt(plan).find("was stopped before it left"), std::string::npos) << receipt(plan);
  }
}

TEST_F(Undoing, WhatCannotBeTakenBackIsNamed) {
  known.undo = change<KeepUndo>(plan_for("/split"))->undo;
  Plan const plan = plan_for("/undo");
  EXPECT_TRUE(plan.changes.empty());
  ASSERT_EQ(letters(plan, LetterKind::refusal).size(), 1U);
  EXPECT_NE(receipt(plan).find("/split can't be taken back"), std::string::npos) << receipt(plan);

  known.undo = change<KeepUndo>(plan_for("/priority P1\n/note\nHe is ill."))->undo;
  known.ticket->priority = Priority::p1;
  Plan const both = plan_for("/undo");
  EXPECT_EQ(change<SetPriority>(both)->priority, Priority::p3);
  EXPECT_NE(receipt(both).find("/note can't be taken back"), std::string::npos) << receipt(both);
}

TEST_F(Undoing, AfterAMergeTheTargetsUndoNamesIt) {
  Plan const plan = plan_for("/merge 17");
  ASSERT_NE(change<KeepUndo>(plan), nullptr);
  EXPECT_EQ(change<KeepUndo>(plan)->ticket, TicketId{17});
  EXPECT_THAT(change<KeepUndo>(plan)->undo.lasting, testing::ElementsAre("/merge"));
}

TEST_F(Undoing, ATransferThatIsTakenBackWasNone) {
  known.undo = change<KeepUndo>(plan_for("/escalate hard"))->undo;
  known.ticket->team = "second line";
  known.ticket->status = Status::open;
  known.ticket->first_team = "first line";
  known.ticket->first_agent = "sam";
  known.ticket->passed_on = noon();
  EXPECT_NE(change<ForgetPassedOn>(plan_for("/undo")), nullptr);
  known.undo->before.passed_on = true;
  EXPECT_EQ(change<ForgetPassedOn>(plan_for("/undo")), nullptr) << "an earlier one stays";
}

TEST_F(Undoing, UndoTellsBothWhomItTakesFromAndWhomItGivesTo) {
  known.ticket->assignee = "kari";
  known.undo = change<KeepUndo>(plan_for("/take"))->undo;
  known.ticket->assignee = "sam";
  auto const again = letters(plan_for("/undo"), LetterKind::assigned);
  ASSERT_EQ(again.size(), 1U);
  EXPECT_EQ(again[0].agent, "kari");
  known.ticket->assignee.clear();
  known.undo = change<KeepUndo>(plan_for("/assign kari"))->undo;
  known.ticket->assignee = "kari";
  EXPECT_EQ(letters(plan_for("/undo"), LetterKind::happened).at(0).agent, "kari");
}

}  // namespace
}  // namespace spoc::desk
