// SPDX-License-Identifier: GPL-3.0-or-later
// Classes and lines: to whom a ticket goes and comes back, and what stops a command.
#include "tests/desk/lines_room.hpp"

namespace spoc::desk {
namespace {

using namespace tests;

class PlanLines : public LinesRoom {};

TEST(Classes, MatrixGivesThePriority) {
  using enum Level;
  EXPECT_EQ(priority_of(itil_matrix, high, high), Priority::p1);
  EXPECT_EQ(priority_of(itil_matrix, high, low), Priority::p3);
  EXPECT_EQ(priority_of(itil_matrix, medium, medium), Priority::p3);
  EXPECT_EQ(priority_of(itil_matrix, low, low), Priority::p4);
  EXPECT_FALSE(matrix_row("P1 P2"));
  EXPECT_FALSE(matrix_row("P1 P2 P9"));
  EXPECT_EQ(matrix_row("P4 P4 P1")->at(2), Priority::p1);
}

TEST_F(PlanLines, ImpactAndUrgencyMakeThePriorityUnlessItIsSaid) {
  Plan const plan = plan_for("/kind question\n/impact high\n/urgency high");
  EXPECT_EQ(change<SetKind>(plan)->kind, TicketKind::question);
  EXPECT_NE(receipt(plan).find("priority P1"), std::string::npos) << receipt(plan);
  EXPECT_FALSE(reaches_requester(plan));
  Plan const said = plan_for("/impact high\n/priority P4");
  EXPECT_EQ(change<SetPriority>(said)->priority, Priority::p4);
}

TEST_F(PlanLines, AVipsTicketIsMoreUrgent) {
  desk.vip = {"example.net"};
  desk.mailboxes[0].impact = Level::high;
  known.ticket.reset();
  known.author.address = {"Ola Testmann", "ola@example.net"};
  Plan const plan = plan_arrival(arrival_of(mail_from("ola@example.net", "Printer", "It smokes")), known);
  EXPECT_EQ(plan.open->urgency, Level::high);
  EXPECT_EQ(plan.open->priority, Priority::p1);
  desk.vip = {"boss@example.net"};
  EXPECT_EQ(
      plan_arrival(arrival_of(mail_from("ola@example.net", "Printer", "It smokes")), known).open->priority,
      Priority::p2);
}

TEST_F(PlanLines, EscalateGoesToTheNextLineWithWhatWasTried) {
  known.now = noon() + std::chrono::minutes{125};
  Plan const plan = plan_for("/escalate not the cable\nI changed toner and drum.");
  EXPECT_EQ(change<SetTeam>(plan)->team, "second line");
  EXPECT_EQ(*change<SetFirstLine>(plan), (SetFirstLine{"first line", "sam"}));
  EXPECT_FALSE(reaches_requester(plan)) << "the words are for the next line";
  ASSERT_EQ(letters(plan, LetterKind::assigned).size(), 1U);
  EXPECT_EQ(letters(plan, LetterKind::assigned)[0].agent, "kari");
  EXPECT_EQ(letters(plan, LetterKind::assigned)[0].text, "not the cable\n\nI changed toner and drum.");
  EXPECT_EQ(plan.messages[0].kind, MessageKind::note);
  auto const trail = std::find_if(plan.trail.begin(), plan.trail.end(),
                                  [](auto const& one) { return one.what == "escalated"; });
  ASSERT_NE(trail, plan.trail.end());
  EXPECT_NE(trail->detail.find("2 h 5 min after it was opened"), std::string::npos) << trail->detail;
}

TEST_F(PlanLines, AReasonMayBeginWithTheNameOfTheOwnTeam) {
  desk.teams[0].name = known.ticket->team = "it";
  desk.mailboxes[0].team = "it";
  Plan const plan = plan_for("/escalate it is not the cable");
  EXPECT_EQ(change<SetTeam>(plan)->team, "second line");
  EXPECT_EQ(letters(plan, LetterKind::assigned).at(0).text, "it is not the cable");
  Plan const named = plan_for("/escalate second line: it is not the cable");
  EXPECT_EQ(letters(named, LetterKind::assigned).at(0).text, "it is not the cable");
}

TEST_F(PlanLines, TheOwnerHearsOfTheEndAndHasTheTicketAgain) {
  known.ticket->team = "second line";
  known.ticket->assignee = "kari";
  known.ticket->first_team = "first line";
  known.ticket->first_agent = "sam";
  Plan const plan = plan_for("/resolve\nNew drum is in.", "kari@example.org", "kari@example.org");
  ASSERT_EQ(letters(plan, LetterKind::happened).size(), 1U);
  EXPECT_EQ(letters(plan, LetterKind::happened)[0].agent, "sam");
  EXPECT_EQ(change<SetTeam>(plan)->team, "first line");
  EXPECT_EQ(change<SetAssignee>(plan)->handle, "sam");
  EXPECT_EQ(*change<SetFirstLine>(plan), SetFirstLine{});
  EXPECT_TRUE(reaches_requester(plan));
}

TEST_F(PlanLines, WhatIsGivenBackToItsOwnerIsOwnedNoMore) {
  known.ticket->team = "second line";
  known.ticket->assignee = "kari";
  known.ticket->first_team = "first line";
  known.ticket->first_agent = "sam";
  for (char const* words : {"/assign first line", "/escalate first line: it is yours after all"}) {
    Plan const plan = plan_for(words, "kari@example.org", "kari@example.org");
    EXPECT_EQ(change<SetTeam>(plan)->team, "first line") << words;
    ASSERT_NE(change<SetFirstLine>(plan), nullptr) << words;
    EXPECT_EQ(*change<SetFirstLine>(plan), SetFirstLine{}) << words;
    EXPECT_NE(receipt(plan).find("given to team first line"), std::string::npos) << receipt(plan);
    EXPECT_EQ(receipt(plan).find("you are told when it is solved"), std::string::npos) << receipt(plan);
  }
  EXPECT_EQ(change<SetFirstLine>(plan_for("/assign kari", "kari@example.org", "kari@example.org")), nullptr)
      << "a person is no team";
}

TEST_F(PlanLines, WhatIsOverAndPassedOnIsOpenAgain) {
  known.ticket->status = Status::closed;
  Plan const plan = plan_for("/escalate it is back");
  ASSERT_NE(change<SetStatus>(plan), nullptr);
  EXPECT_EQ(change<SetStatus>(plan)->status, Status::open) << "somebody shall work on it";
  EXPECT_NE(receipt(plan).find("open again"), std::string::npos) << receipt(plan);
  EXPECT_FALSE(reaches_requester(plan));
  known.ticket->status = Status::waiting;
  EXPECT_EQ(change<SetStatus>(plan_for("/escalate hard")), nullptr);
}

TEST_F(PlanLines, WhoHadItHearsThatTheyHaveItNoMore) {
  known.ticket->assignee = "kari";
  desk.teams[0].members = {"sam"};
  for (char const* words : {"/take", "/unassign", "/assign sam"}) {
    auto const told = letters(plan_for(words), LetterKind::happened);
    ASSERT_EQ(told.size(), 1U) << words;
    EXPECT_EQ(told[0].agent, "kari");
    EXPECT_NE(in_english(told[0].lines.at(0)).find("not yours any more"), std::string::npos);
  }
  EXPECT_TRUE(letters(plan_for("/priority P1"), LetterKind::happened).empty());
  known.ticket->assignee = "sam";
  EXPECT_TRUE(letters(plan_for("/unassign"), LetterKind::happened).empty()) << "their own doing";
}

/// Mistyped and conflicting: nothing is done, nobody but the author hears of it.
struct StopRow {
  std::string name, words, reason;
};
void PrintTo(StopRow const& row, std::ostream* out) { *out << row.words; }
class Stops : public PlanLines, public testing::WithParamInterface<StopRow> {};

TEST_P(Stops, EverythingAndSayWhy) {
  known.others.at(17).status = Status::closed;
  known.others.emplace(42, *known.ticket);
  known.others.emplace(9, *known.ticket);
  known.answered_first = true;
  Plan const plan = plan_for(GetParam().words);
  EXPECT_TRUE(plan.changes.empty());
  EXPECT_TRUE(plan.messages.empty());
  ASSERT_EQ(plan.letters.size(), 1U);
  EXPECT_EQ(plan.letters[0].kind, LetterKind::refusal);
  EXPECT_EQ(plan.letters[0].agent, "sam");
  EXPECT_NE(receipt(plan).find(GetParam().reason), std::string::npos) << receipt(plan);
}

INSTANTIATE_TEST_SUITE_P(
    Table, Stops,
    testing::Values(StopRow{"MergeIntoItself", "/merge 42", "is this very ticket"},
                    StopRow{"MergeInACircle", "/merge 9", "was merged into this very ticket"},
                    StopRow{"MergeIntoAClosedOne", "/merge 17", "is closed"},
                    StopRow{"MergeIntoNothing", "/merge 99", "there is no ticket #99"},
                    StopRow{"MergeAndClose", "/merge 17\n/close", "stand alone"},
                    StopRow{"SplitTheFirst", "/split", "opened this ticket"},
                    StopRow{"LinkToNothing", "/link 99", "there is no ticket #99"},
                    StopRow{"EscalateWithoutAReason", "/escalate", "needs a reason"},
                    StopRow{"EscalateToItself", "/escalate first line: hard", "with team first line already"},
                    StopRow{"EscalateAndTake", "/take\n/escalate hard", "by itself"},
                    StopRow{"EscalateAndClose", "/escalate hard\n/close", "can't stand with /close"},
                    StopRow{"EscalateAndResolve", "/resolve\n/escalate hard", "can't stand with /close"},
                    StopRow{"EscalateWithAnArticle", "/escalate hard\n/use 1", "can't stand with /close"},
                    StopRow{"AskNothing", "/ask help@example.com", "needs your question"},
                    StopRow{"AskAnAgent", "/ask kari@example.org Why?", "is an agent"},
                    StopRow{"AskTheDesk", "/ask support@example.org Why?", "own address"},
                    StopRow{"AskTheRequester", "/ask ola@example.net Why?", "is the requester"},
                    StopRow{"AskTwice", "/ask a@example.com x\n/ask b@example.com y",
                            "one question at a time"},
                    StopRow{"AskInANote", "/note\n/ask a@example.com x\nhm", "can't stand with"},
                    StopRow{"CopyToTheRequester", "/cc ola@example.net", "is the requester"},
                    StopRow{"UndoNothing", "/undo", "no command mail of yours"},
                    StopRow{"OneUnknownWord", "/kind question\n/impct high\nHello", "did you mean /impact"}),
    [](auto const& row) { return row.param.name; });

}  // namespace
}  // namespace spoc::desk
