// SPDX-License-Identifier: GPL-3.0-or-later
// When teams and agents go home: urgent tickets follow the sun, and what is due at night is offered.
#include "desk/after_hours.hpp"

#include "desk/phrase.hpp"
#include "desk/plan_tick.hpp"
#include "desk/rules.hpp"
#include "tests/desk/house.hpp"
#include "tests/desk/oslo.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace spoc::desk {
namespace {

using namespace tests;
using std::chrono::hours;
using testing::ElementsAre;
using testing::IsEmpty;

/// A look as the front desk takes one.
class Looks : public testing::Test {
 protected:
  Looks() {
    known.ticket = ticket_of_ola();
    course.spans = {{at("2026-03-02 07:00"), Status::open}};
    known.ticket->status = Status::open;
    course.exchanges = {{MessageId{1}, at("2026-03-02 07:00"), false, false}};
  }
  Plan look(Time when) {
    known.now = when;
    Plan plan = plan_tick(course, level, known);
    pass_on_in_time(plan, course, known);
    apply_rules_in_time(plan, course, known);
    level = *plan.level;
    for (Change const& one : plan.changes) {
      if (auto const* team = std::get_if<SetTeam>(&one)) known.ticket->team = team->team;
      if (auto const* has = std::get_if<SetAssignee>(&one)) known.ticket->assignee = has->handle;
    }
    return plan;
  }
  Plan look(std::string_view when) { return look(at(when)); }
  static std::vector<std::string> told(Plan const& plan, LetterKind kind) {
    std::vector<std::string> out;
    for (Letter const& one : letters(plan, kind)) out.push_back(one.agent);
    return out;
  }
  Calendar& add_calendar(std::string name, std::string const& open) {
    home.calendars.push_back(calendar_of({open}, {}, Zone{}));
    home.calendars.back().name = std::move(name);
    return home.calendars.back();
  }

  House home = house();
  Known known = known_in(home);
  Course course;
  LevelState level;
};

/// West, east and south are open one after another, an hour apart from each other at one place.
class Sun : public Looks {
 protected:
  Sun() {
    add_calendar("west", "Mon-Fri 06:00-14:00");
    add_calendar("south", "Mon-Fri 14:00-22:00");
    add_calendar("east", "Mon-Fri 23:00-06:00");
    home.agents.push_back({"luz", "Luz Ejemplo", {"luz@example.org"}, "en"});
    home.teams = {{"west", {"kari"}}, {"south", {"luz"}}, {"east", {"sam"}}};
    for (Team& one : home.teams) {
      one.hours = one.name;
      one.hand_over = {"P1", "P2"};
    }
    home.mailboxes[0].team = "";
    home.mailboxes[0].teams = {"west", "south", "east"};
    known.ticket->team = "west";
    known.ticket->assignee = "kari";
    known.ticket->priority = Priority::p1;
  }
};

TEST_F(Sun, AnUrgentTicketGoesFromWhoGoesHomeToWhoIsOpen) {
  EXPECT_THAT(look("2026-03-02 10:00").changes, IsEmpty());
  EXPECT_EQ(level.next, at("2026-03-02 14:00")) << "when they go home";
  Plan const plan = look("2026-03-02 14:00");
  EXPECT_EQ(change<SetTeam>(plan)->team, "south");
  EXPECT_EQ(change<SetAssignee>(plan)->handle, "") << "nobody has it there yet";
  EXPECT_THAT(told(plan, LetterKind::assigned), ElementsAre("luz"));
  EXPECT_TRUE(trailed(plan, "handed over"));
  EXPECT_EQ(level.next, at("2026-03-02 22:00"));
}

TEST_F(Sun, ItGoesRoundAndNeverToAndFro) {
  std::vector<std::string> way;
  for (Time now = at("2026-03-02 07:00"); now < at("2026-03-05 07:00"); now += std::chrono::minutes{10}) {
    Plan const plan = look(now);
    if (auto const* team = change<SetTeam>(plan)) way.push_back(iso(now).substr(8, 8) + " " + team->team);
  }
  EXPECT_THAT(
      way, ElementsAre("02T14:00 south", "02T23:00 east", "03T06:00 west", "03T14:00 south", "03T23:00 east",
                       "04T06:00 west", "04T14:00 south", "04T23:00 east", "05T06:00 west"))
      << "between 22 and 23 nobody is open, and it stays";
}

TEST_F(Sun, WhereNobodyIsOpenItWaitsForTheFirst) {
  known.ticket->team = "south";
  EXPECT_THAT(look("2026-03-02 22:10").changes, IsEmpty());
  EXPECT_EQ(level.next, at("2026-03-02 23:00"));
}

TEST_F(Sun, ATeamThatNeverClosesIsNoReasonToLookAllTheTime) {
  home.teams.push_back({"night watch", {"sam"}});
  known.ticket->team = "south";
  EXPECT_THAT(look("2026-03-02 22:10").changes, IsEmpty()) << "none of its mailbox's teams is open";
  EXPECT_EQ(level.next, at("2026-03-02 23:00"));
}

TEST_F(Sun, WhatComesToItsOwnerIsOwnedNoMore) {
  known.ticket->first_team = "south";
  known.ticket->first_agent = "luz";
  Plan const plan = look("2026-03-02 14:00");
  EXPECT_EQ(change<SetTeam>(plan)->team, "south");
  ASSERT_NE(change<SetFirstLine>(plan), nullptr);
  EXPECT_EQ(*change<SetFirstLine>(plan), SetFirstLine{});
}

TEST_F(Sun, OthersStay) {
  known.ticket->priority = Priority::p3;
  EXPECT_THAT(look("2026-03-02 15:00").changes, IsEmpty());
  known.ticket->priority = Priority::p2;
  known.ticket->status = Status::waiting;
  EXPECT_THAT(look("2026-03-02 15:00").changes, IsEmpty()) << "the requester is waited for";
  known.ticket->status = Status::resolved;
  EXPECT_THAT(look("2026-03-02 15:00").changes, IsEmpty());
  known.ticket->status = Status::open;
  home.teams[0].hand_over.clear();
  EXPECT_THAT(look("2026-03-02 15:00").changes, IsEmpty());
}

TEST_F(Sun, OnlyToATeamThatWouldGetItAsANewOne) {
  home.categories = {{"billing", {}, {}, {}, {}, {}, {"billing"}}};
  home.teams[0].skills = {"billing"};
  known.ticket->category = "billing";
  EXPECT_THAT(look("2026-03-02 15:00").changes, IsEmpty()) << "nobody else knows it";
  home.teams[1].skills = {"billing"};
  EXPECT_EQ(change<SetTeam>(look("2026-03-02 15:10"))->team, "south");
}

TEST_F(Sun, TheNewTeamsPolicyGivesItToSomebodyWhoIsTold) {
  home.teams[1].members = {"kari", "luz"};
  home.teams[1].assignment = Assignment::round_robin;
  known.rota.last["south"] = "kari";
  Plan const plan = look("2026-03-02 14:00");
  EXPECT_EQ(std::get<SetTurn>(plan.changes.back()), (SetTurn{"south", "luz"}));
  EXPECT_EQ(known.ticket->assignee, "luz");
  EXPECT_THAT(told(plan, LetterKind::assigned), ElementsAre("luz"));
}

TEST_F(Sun, RulesOfTimeSeeItWhereItIsNow) {
  HouseRule rule;
  rule.name = "south";
  rule.when = {"time"};
  rule.after = hours{1};
  rule.wanted.teams = {"south"};
  rule.then.assign = "luz";
  home.rules = {rule};
  Plan const plan = look("2026-03-02 14:00");
  EXPECT_EQ(known.ticket->assignee, "luz");
  EXPECT_THAT(told(plan, LetterKind::assigned), ElementsAre("luz"));
}

/// Kari works by day, Sam by night.
class Night : public Looks {
 protected:
  Night() {
    add_calendar("day", "Mon-Fri 08:00-16:00");
    add_calendar("night", "Mon-Fri 16:00-24:00");
    home.agents[0].hours = "day";
    home.agents[1].hours = "night";
    known.ticket->assignee = "kari";
    Policy policy;
    policy.name = "normal";
    policy.resolution = hours{13};
    policy.warn_at = 100;
    policy.warn = policy.breach = {};
    home.policies = {policy};
  }
};

TEST_F(Night, WhatIsDueBeforeTheyAreBackIsOfferedOnce) {
  EXPECT_THAT(look("2026-03-02 15:00").letters, IsEmpty());
  EXPECT_EQ(level.next, at("2026-03-02 16:00"));
  Plan const plan = look("2026-03-02 16:00");
  ASSERT_THAT(told(plan, LetterKind::happened), ElementsAre("sam"));
  EXPECT_EQ(
      in_english(plan.letters[0].lines.at(0)),
      "Kari Eksempel has gone home, and this is due before they are back; it waits for whoever takes it");
  EXPECT_EQ(plan.letters[0].about, MessageId{1});
  EXPECT_TRUE(trailed(plan, "offered"));
  EXPECT_EQ(change<SetAssignee>(plan), nullptr) << "it is still hers";
  EXPECT_THAT(look("2026-03-02 17:00").letters, IsEmpty());
  EXPECT_THAT(look("2026-03-03 09:00").letters, IsEmpty()) << "she is back";
  EXPECT_THAT(told(look("2026-03-03 16:00"), LetterKind::happened), ElementsAre("sam"))
      << "overdue by now, another evening";
}

TEST_F(Night, WhoIsInAllTheSameKeepsTheirsUntilThen) {
  known.presences["kari"] = {Whereabouts::in, at("2026-03-02 20:00"), false};
  EXPECT_THAT(look("2026-03-02 16:00").letters, IsEmpty());
  EXPECT_EQ(level.next, at("2026-03-02 20:00"));
  EXPECT_THAT(told(look("2026-03-02 20:00"), LetterKind::happened), ElementsAre("sam"));
}

TEST_F(Night, WhatIsDueLaterWaitsForThem) {
  home.policies[0].resolution = hours{27};
  EXPECT_THAT(look("2026-03-02 16:00").letters, IsEmpty());
  home.policies.clear();
  EXPECT_THAT(look("2026-03-02 16:10").letters, IsEmpty()) << "nothing is due at all";
}

TEST_F(Night, NobodyAtWorkIsWaitedFor) {
  home.agents[1].hours = "day";
  home.calendars[0] = calendar_of({"Mon-Fri 08:00-16:00"}, {}, Zone{});
  home.calendars[0].name = "day";
  EXPECT_THAT(look("2026-03-02 16:00").letters, IsEmpty());
  home.agents[1].hours = "night";
  home.calendars[1] = calendar_of({"Mon-Fri 18:00-24:00"}, {}, Zone{});
  home.calendars[1].name = "night";
  EXPECT_THAT(look("2026-03-02 16:10").letters, IsEmpty());
  EXPECT_EQ(level.next, at("2026-03-02 18:00"));
  EXPECT_THAT(told(look("2026-03-02 18:00"), LetterKind::happened), ElementsAre("sam"));
}

TEST_F(Night, WhoIsAwayHasOfferedItAlready) {
  known.presences["kari"] = {Whereabouts::away, {}, false};
  EXPECT_THAT(look("2026-03-02 16:00").letters, IsEmpty());
  known.presences = {{"sam", {Whereabouts::out, {}, false}}};
  EXPECT_THAT(look("2026-03-02 16:10").letters, IsEmpty()) << "Sam is out";
}

}  // namespace
}  // namespace spoc::desk
