// SPDX-License-Identifier: GPL-3.0-or-later
// Ticks of a wound clock: who is told what, once, and when to look again.
#include "desk/plan_tick.hpp"

#include "desk/phrase.hpp"
#include "tests/desk/house.hpp"
#include "tests/desk/oslo.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace spoc::desk {
namespace {

using namespace tests;
using std::chrono::hours;
using std::chrono::minutes;
using testing::ElementsAre;
using testing::IsEmpty;

class Tick : public testing::Test {
 protected:
  Tick() {
    home.calendars = {office()};
    Policy normal;
    normal.name = "normal";
    normal.calendar = "office";
    normal.first_response = hours{2};
    home.policies = {normal};
    known.ticket = ticket_of_ola();
    known.ticket->assignee = "kari";
    course.spans = {{at("2026-03-02 07:00"), Status::fresh}};
    course.exchanges = {{MessageId{1}, at("2026-03-02 07:00"), false, false}};
  }

  Plan look(std::string_view when) {
    known.now = at(when);
    Plan plan = plan_tick(course, level, known);
    level = *plan.level;
    for (Change const& one : plan.changes)
      if (auto const* status = std::get_if<SetStatus>(&one)) become(status->status, when);
    return plan;
  }
  void become(Status status, std::string_view when) {
    known.ticket->status = status;
    course.spans.push_back({at(when), status});
  }
  void answer(std::string_view when) {
    MessageId const id{course.exchanges.empty() ? 9 : number(course.exchanges.back().id) + 1};
    course.exchanges.push_back({id, at(when), true, false});
  }
  Policy& policy() { return home.policies.front(); }
  static std::vector<std::string> agents(Plan const& plan) {
    std::vector<std::string> out;
    for (Letter const& one : plan.letters) out.push_back(one.agent);
    return out;
  }

  House home = tests::house();
  Known known = known_in(home);
  Course course;
  LevelState level;
};

TEST_F(Tick, WhatAMachineWroteIsPromisedNothing) {
  policy().callback = policy().resolution = hours{1};
  course.exchanges.clear();
  for (std::string const word : {"auto_reply", "bounce", "loop"}) {
    known.ticket->tags = {word};
    Plan const plan = look("2026-03-02 12:00");
    EXPECT_THAT(plan.letters, IsEmpty()) << word;
    EXPECT_EQ(plan.level->standing, "") << word;
    EXPECT_FALSE(plan.level->next) << word;
    EXPECT_THAT(dues(home, *known.ticket, course, known.now), IsEmpty()) << word;
  }
  course.exchanges = {{MessageId{1}, at("2026-03-02 07:00"), false, false}};
  EXPECT_THAT(look("2026-03-02 12:01").letters, testing::Not(IsEmpty())) << "somebody has spoken in it";
}

TEST_F(Tick, WithNothingPromisedThereIsNothingToWaitFor) {
  home.policies.clear();
  Plan const plan = look("2026-03-02 12:00");
  EXPECT_TRUE(plan.letters.empty());
  EXPECT_FALSE(plan.level->next);
  EXPECT_EQ(plan.level->standing, "");
}

TEST_F(Tick, WarnsOnceThenTellsOfTheBreachOnce) {
  EXPECT_THAT(agents(look("2026-03-02 07:10")), IsEmpty());
  EXPECT_EQ(level.next, at("2026-03-02 08:36"));
  EXPECT_EQ(level.due, at("2026-03-02 09:00"));
  EXPECT_EQ(level.standing, "ok");

  Plan const warned = look("2026-03-02 08:36");
  EXPECT_THAT(agents(warned), ElementsAre("kari"));
  EXPECT_EQ(warned.letters.front().kind, LetterKind::warning);
  EXPECT_EQ(warned.letters.front().language, "nb");
  EXPECT_EQ(in_english(warned.letters.front().lines.front()), "first answer: due 2026-03-02T09:00:00Z");
  EXPECT_TRUE(trailed(warned, "warned"));
  EXPECT_EQ(level.next, at("2026-03-02 09:00"));
  EXPECT_THAT(agents(look("2026-03-02 08:40")), IsEmpty()) << "every one once";

  Plan const breached = look("2026-03-02 09:00");
  EXPECT_THAT(agents(breached), ElementsAre("kari", "sam"));
  EXPECT_TRUE(trailed(breached, "breached"));
  EXPECT_EQ(level.standing, "breached");
  EXPECT_FALSE(level.next);
  EXPECT_THAT(agents(look("2026-03-02 09:30")), IsEmpty());
}

TEST_F(Tick, TheSameLookSaysTheSameIdsAgain) {
  LevelState const before = level;
  auto const first = look("2026-03-02 08:36").letters;
  level = before;  // the process died before the commit
  auto const second = look("2026-03-02 08:37").letters;
  ASSERT_EQ(first.size(), second.size());
  EXPECT_EQ(first.front().message_id, second.front().message_id);
}

TEST_F(Tick, ABreachThatWasSleptThroughIsTrailedButNotShouted) {
  Plan const plan = look("2026-03-05 12:00");
  EXPECT_TRUE(trailed(plan, "breached"));
  EXPECT_TRUE(plan.letters.empty());
  EXPECT_EQ(plan.level->standing, "breached");
}

TEST_F(Tick, AnAnswerEndsTheWaiting) {
  answer("2026-03-02 08:00");
  become(Status::open, "2026-03-02 08:00");
  EXPECT_THAT(agents(look("2026-03-02 12:00")), IsEmpty());
  EXPECT_EQ(level.standing, "met");
  EXPECT_FALSE(level.due);
}

TEST_F(Tick, EachUnansweredMessageHasItsOwnWarning) {
  policy().next_response = hours{1};
  answer("2026-03-02 08:00");
  course.exchanges.push_back({MessageId{10}, at("2026-03-02 09:00"), false, false});
  EXPECT_EQ(look("2026-03-02 09:50").letters.size(), 1U);
  answer("2026-03-02 09:55");
  course.exchanges.push_back({MessageId{12}, at("2026-03-02 11:00"), false, false});
  EXPECT_EQ(look("2026-03-02 11:50").letters.size(), 1U);
  for (std::string const& key : level.told) EXPECT_EQ(key.find("/10/"), std::string::npos) << key;
}

TEST_F(Tick, WritesToWhomThePolicySays) {
  policy().warn = {"sam", "team"};
  EXPECT_THAT(agents(look("2026-03-02 08:40")), ElementsAre("sam", "kari"));
  known.ticket->assignee.clear();
  EXPECT_THAT(agents(look("2026-03-02 09:10")), ElementsAre("kari", "sam")) << "the team while nobody has it";
}

TEST_F(Tick, KeepsTheRequesterInformed) {
  policy().keep_informed = hours{8};
  EXPECT_TRUE(letters(look("2026-03-02 14:59"), LetterKind::progress).empty());
  EXPECT_EQ(letters(look("2026-03-02 15:00"), LetterKind::progress).size(), 1U);
  EXPECT_EQ(level.informed, at("2026-03-02 15:00"));
  EXPECT_EQ(level.next, at("2026-03-03 15:00"));
  answer("2026-03-03 14:00");
  EXPECT_TRUE(letters(look("2026-03-03 15:00"), LetterKind::progress).empty()) << "an answer is news";
  become(Status::waiting, "2026-03-03 15:00");
  EXPECT_TRUE(letters(look("2026-03-20 15:00"), LetterKind::progress).empty()) << "it is their turn";
}

TEST_F(Tick, WhileSomebodyOutsideIsWaitedForTheRequesterIsKeptInformed) {
  policy().keep_informed = hours{8};
  become(Status::waiting, "2026-03-02 07:30");
  course.questions = {{at("2026-03-02 07:30"), std::nullopt}};
  EXPECT_EQ(letters(look("2026-03-02 15:00"), LetterKind::progress).size(), 1U);
  course.questions.front().ended = at("2026-03-02 16:00");
  EXPECT_TRUE(letters(look("2026-03-20 15:00"), LetterKind::progress).empty())
      << "they have answered: the requester alone is waited for";
}

TEST_F(Tick, KeepsSilentTowardsMachinesAndDeadAddresses) {
  policy().keep_informed = hours{8};
  known.dead_address = true;
  EXPECT_TRUE(look("2026-03-03 15:00").letters.empty());
  known.dead_address = false;
  known.ticket->tags = {"list"};
  level.told.clear();
  EXPECT_TRUE(letters(look("2026-03-03 15:00"), LetterKind::progress).empty());
  known.ticket->tags.clear();
  known.automatic_sent = home.automatic_budget;
  EXPECT_TRUE(letters(look("2026-03-03 15:00"), LetterKind::progress).empty());
}

TEST_F(Tick, TellsOfAStatusOnceUnlessAnAnswerDid) {
  policy().progress = {"open"};
  become(Status::open, "2026-03-02 07:30");
  auto const told = letters(look("2026-03-02 07:31"), LetterKind::progress);
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(in_english(told.front().lines.front()), "the status of your case is now: open");
  EXPECT_TRUE(letters(look("2026-03-02 07:32"), LetterKind::progress).empty());
  become(Status::waiting, "2026-03-02 07:40");
  become(Status::open, "2026-03-02 08:00");
  answer("2026-03-02 08:00");
  EXPECT_TRUE(letters(look("2026-03-02 08:01"), LetterKind::progress).empty());
}

TEST_F(Tick, TellsAVisitorInTheChat) {
  policy().progress = {"open"};
  known.visitor_present = true;
  become(Status::open, "2026-03-02 07:30");
  Plan const plan = look("2026-03-02 07:31");
  ASSERT_EQ(plan.messages.size(), 1U);
  EXPECT_EQ(plan.messages.front().reply, "Saken din har nå status: åpen.");
  ASSERT_EQ(letters(plan, LetterKind::progress).size(), 1U);
  EXPECT_EQ(letters(plan, LetterKind::progress).front().state, LetterState::unread);
  EXPECT_TRUE(look("2026-03-02 07:32").messages.empty()) << "once";
}

TEST_F(Tick, TellsOfAStatusLaterWhereItCouldNotBeTold) {
  policy().progress = {"open"};
  known.automatic_sent = home.automatic_budget;
  become(Status::open, "2026-03-02 07:30");
  EXPECT_TRUE(letters(look("2026-03-02 07:31"), LetterKind::progress).empty());
  ASSERT_TRUE(level.next);
  EXPECT_LE(*level.next, at("2026-03-02 08:31"));
  known.automatic_sent = 0;
  EXPECT_EQ(letters(look("2026-03-02 08:31"), LetterKind::progress).size(), 1U);
  EXPECT_TRUE(letters(look("2026-03-02 08:32"), LetterKind::progress).empty());
}

TEST_F(Tick, TellsNobodyTwiceThatItIsOver) {
  policy().progress = {"resolved"};
  become(Status::resolved, "2026-03-02 07:30");
  course.end_told = at("2026-03-02 07:30");
  EXPECT_TRUE(letters(look("2026-03-02 07:31"), LetterKind::progress).empty())
      << "the agent's letter said it";
  become(Status::open, "2026-03-02 07:40");
  become(Status::resolved, "2026-03-02 08:00");  // a rule's doing
  EXPECT_EQ(letters(look("2026-03-02 08:01"), LetterKind::progress).size(), 1U);
}

TEST_F(Tick, ClosesWhatNobodySpokeOfAgain) {
  home.close_after = hours{48};
  become(Status::resolved, "2026-03-02 08:00");
  EXPECT_EQ(change<SetStatus>(look("2026-03-04 07:59")), nullptr);
  EXPECT_EQ(level.next, at("2026-03-04 08:00"));
  Plan const plan = look("2026-03-04 08:00");
  ASSERT_NE(change<SetStatus>(plan), nullptr);
  EXPECT_EQ(change<SetStatus>(plan)->status, Status::closed);
  EXPECT_TRUE(trailed(plan, "status"));
  EXPECT_TRUE(look("2026-03-10 08:00").changes.empty());
}

TEST_F(Tick, APromiseNeedsNoPolicyAndMovesForNobody) {
  home.policies.clear();
  known.ticket->promise = Promise{at("2026-03-02 17:00"), at("2026-03-02 07:00")};
  become(Status::waiting, "2026-03-02 08:00");
  EXPECT_THAT(agents(look("2026-03-02 09:00")), IsEmpty());
  EXPECT_EQ(level.next, at("2026-03-02 15:00"));
  Plan const warned = look("2026-03-02 15:00");
  EXPECT_THAT(agents(warned), ElementsAre("kari"));
  EXPECT_EQ(in_english(warned.letters.front().lines.front()), "promised: due 2026-03-02T17:00:00Z");
  EXPECT_THAT(agents(look("2026-03-02 15:01")), IsEmpty());
  EXPECT_THAT(agents(look("2026-03-02 17:00")), ElementsAre("kari", "sam"));
  EXPECT_THAT(agents(look("2026-03-02 18:00")), IsEmpty());
  known.ticket->promise = Promise{at("2026-03-03 17:00"), at("2026-03-02 18:00")};
  EXPECT_THAT(agents(look("2026-03-02 18:01")), IsEmpty());
  EXPECT_EQ(level.standing, "ok");
  EXPECT_THAT(agents(look("2026-03-03 17:00")), ElementsAre("kari", "sam")) << "a new promise is a new one";
  become(Status::resolved, "2026-03-03 18:00");
  EXPECT_THAT(agents(look("2026-03-03 18:00")), IsEmpty());
}

TEST_F(Tick, APromiseTakesThePlaceOfThePolicysSolution) {
  policy().resolution = hours{8};
  known.ticket->promise = Promise{at("2026-03-05 17:00"), at("2026-03-02 07:00")};
  auto const all = dues(home, *known.ticket, course, at("2026-03-02 08:00"));
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].target, Target::first_response);
  EXPECT_EQ(all[1].target, Target::resolution);
  EXPECT_EQ(all[1].due, at("2026-03-05 17:00"));
}

TEST_F(Tick, APolicyMayHoldForSomeKindsAlone) {
  policy().kinds = {"complaint"};
  EXPECT_EQ(policy_for(home, *known.ticket), nullptr);
  known.ticket->kind = TicketKind::complaint;
  EXPECT_EQ(policy_for(home, *known.ticket), &policy());
}

TEST_F(Tick, RemindsToCallBackOnceAfterResolving) {
  policy().callback = hours{4};
  become(Status::resolved, "2026-03-02 08:00");
  EXPECT_TRUE(look("2026-03-02 11:59").letters.empty());
  auto const told = letters(look("2026-03-02 12:00"), LetterKind::reminder);
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told.front().agent, "kari");
  EXPECT_TRUE(look("2026-03-02 12:01").letters.empty());
}

// ---- the manager -----------------------------------------------------------------------------------

class ManagerTick : public Tick {
 protected:
  ManagerTick() {
    home.agents.push_back({"lea", "Lea Leder", {"lea@example.org"}, "en"});
    home.teams.at(0).manager = "lea";
    policy().manager_at = 90;
    policy().warn = policy().breach = {};
  }
};

TEST_F(ManagerTick, HearsOnceAtTheShareOfTheTarget) {
  look("2026-03-02 07:10");
  EXPECT_EQ(level.next, at("2026-03-02 08:36")) << "80 per cent of two hours: the warning";
  EXPECT_THAT(agents(look("2026-03-02 08:36")), IsEmpty());
  EXPECT_EQ(level.next, at("2026-03-02 08:48"));
  Plan const told = look("2026-03-02 08:48");
  ASSERT_THAT(agents(told), ElementsAre("lea"));
  EXPECT_TRUE(trailed(told, "manager told"));
  std::string lines;
  for (std::string const& one : told.letters.front().lines) lines += in_english(one) + "\n";
  EXPECT_EQ(lines,
            "first answer: due 2026-03-02T09:00:00Z\nKari Eksempel of team first line has it\n"
            "the requester has had no answer yet\n");
  EXPECT_THAT(agents(look("2026-03-02 09:30")), IsEmpty());
}

TEST_F(ManagerTick, AtTheBreachWhereThePolicySaysSo) {
  policy().manager_at = 100;
  EXPECT_THAT(agents(look("2026-03-02 08:59")), IsEmpty());
  EXPECT_THAT(agents(look("2026-03-02 09:00")), ElementsAre("lea"));
}

TEST_F(ManagerTick, HearsWhatWasTriedAndSoDoesTheOwnersManager) {
  home.teams.push_back({"network", {"sam"}});
  home.teams.back().manager = "sam";
  policy().resolution = hours{4};
  known.ticket->team = "network";
  known.ticket->first_team = "first line";
  known.ticket->assignee = "";
  known.ticket->opened = at("2026-03-02 07:00");
  known.ticket->passed_on = at("2026-03-02 09:10");
  answer("2026-03-02 08:00");
  Plan const told = look("2026-03-02 10:40");
  EXPECT_THAT(agents(told), ElementsAre("sam", "lea"));
  std::string lines;
  for (std::string const& one : told.letters.front().lines) lines += in_english(one) + "\n";
  EXPECT_EQ(lines,
            "solution: due 2026-03-02T11:00:00Z\nteam network has it, nobody has taken it\n"
            "passed on to another line 2 h 10 min after it was opened\n"
            "the requester was answered 1 times, last at 2026-03-02T08:00:00Z\n");
}

TEST_F(ManagerTick, HearsOfAPromiseInTheSolutionsPlace) {
  policy().manager_at = 50;
  policy().first_response = {};
  policy().resolution = hours{1};
  known.ticket->promise = Promise{at("2026-03-02 12:00"), at("2026-03-02 08:00")};
  EXPECT_THAT(agents(look("2026-03-02 09:00")), IsEmpty()) << "the policy's hour is none any more";
  EXPECT_EQ(level.next, at("2026-03-02 10:00"));
  Plan const told = look("2026-03-02 10:00");
  EXPECT_THAT(agents(told), ElementsAre("lea"));
  EXPECT_EQ(in_english(told.letters.at(0).lines.at(0)), "promised: due 2026-03-02T12:00:00Z");
  EXPECT_THAT(agents(look("2026-03-02 10:30")), IsEmpty());
}

TEST_F(ManagerTick, HearsOfABrokenPromiseWithoutAnyPolicy) {
  home.policies.clear();
  known.ticket->promise = Promise{at("2026-03-02 12:00"), at("2026-03-02 08:00")};
  auto const hears = [&](std::string_view when) {
    auto const told = agents(look(when));
    return std::count(told.begin(), told.end(), "lea");
  };
  EXPECT_EQ(hears("2026-03-02 11:59"), 0);
  EXPECT_EQ(level.next, at("2026-03-02 12:00"));
  EXPECT_EQ(hears("2026-03-02 12:00"), 1);
  EXPECT_EQ(hears("2026-03-02 12:30"), 0);
}

TEST_F(ManagerTick, NeverUnlessAsked) {
  policy().manager_at = 0;
  EXPECT_THAT(agents(look("2026-03-02 08:50")), IsEmpty());
  EXPECT_THAT(agents(look("2026-03-02 09:00")), IsEmpty());
}

TEST_F(ManagerTick, AnAnswerInTimeLeavesThemAlone) {
  answer("2026-03-02 08:00");
  EXPECT_THAT(agents(look("2026-03-02 08:50")), IsEmpty());
}

}  // namespace
}  // namespace spoc::desk
