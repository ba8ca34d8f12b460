// SPDX-License-Identifier: GPL-3.0-or-later
// Rules of the house that the clock begins: once for each silence, and never to and fro.
#include "desk/phrase.hpp"
#include "desk/plan_tick.hpp"
#include "tests/desk/oslo.hpp"
#include "tests/desk/rules_room.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace spoc::desk {
namespace {

using namespace tests;
using std::chrono::hours;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class Silence : public HouseRules {
 protected:
  Silence() {
    known.ticket = ticket_of_ola();
    known.ticket->status = Status::waiting;
    known.ticket->assignee = "kari";
    course.spans = {{at("2026-03-02 07:00"), Status::fresh}, {at("2026-03-02 08:00"), Status::waiting}};
    course.exchanges = {{MessageId{1}, at("2026-03-02 07:00"), false, false},
                        {MessageId{2}, at("2026-03-02 08:00"), true, false}};
  }
  Plan look(std::string_view when) {
    known.now = at(when);
    Plan plan = plan_tick(course, level, known);
    apply_rules_in_time(plan, course, known);
    level = *plan.level;
    for (Change const& one : plan.changes)
      if (auto const* status = std::get_if<SetStatus>(&one)) {
        known.ticket->status = status->status;
        course.spans.push_back({at(when), status->status});
      }
    return plan;
  }
  HouseRule& timed(std::string name, Duration after) {
    HouseRule& out = add(std::move(name), {"time"});
    out.after = after;
    return out;
  }
  Course course;
  LevelState level;
};

TEST_F(Silence, IsCountedFromTheLastWordAndBrokenOnce) {
  auto& rule = timed("silent", hours{48});
  rule.wanted.statuses = {"waiting"};
  rule.then.letter = "do you still need us?";
  EXPECT_THAT(ruled(look("2026-03-03 08:00")), IsEmpty());
  EXPECT_EQ(level.next, at("2026-03-04 08:00"));
  EXPECT_THAT(ruled(look("2026-03-04 08:00")), ElementsAre("silent: letter"));
  EXPECT_THAT(ruled(look("2026-03-04 08:01")), IsEmpty());
  EXPECT_THAT(ruled(look("2026-03-09 08:00")), IsEmpty());
  course.exchanges.push_back({MessageId{3}, at("2026-03-10 08:00"), true, false});
  EXPECT_THAT(ruled(look("2026-03-12 08:00")), ElementsAre("silent: letter")) << "another silence";
  EXPECT_EQ(std::count_if(level.told.begin(), level.told.end(),
                          [](auto const& key) { return key.starts_with("rule/"); }),
            1)
      << "what is over is forgotten";
}

TEST_F(Silence, TwoRulesCannotPassATicketToAndFro) {
  auto& there = timed("there", hours{1});
  there.wanted.statuses = {"waiting"};
  there.then.status = "open";
  auto& back = timed("back", hours{1});
  back.wanted.statuses = {"open"};
  back.then.status = "waiting";
  int fired = 0;
  for (int hour = 9; hour < 24; ++hour)
    fired += static_cast<int>(
        ruled(look("2026-03-02 " + std::string{hour < 10 ? "0" : ""} + std::to_string(hour) + ":30")).size());
  EXPECT_EQ(fired, 2);
}

TEST_F(Silence, WaitsForTheHoursThatItWants) {
  home.calendars = {office()};
  auto& rule = timed("call", hours{2});
  rule.wanted.calendar = "office";
  rule.wanted.hours = "open";
  rule.then.tell = {"assignee"};
  course.exchanges.push_back({MessageId{3}, at("2026-03-02 14:30"), false, false});
  EXPECT_THAT(ruled(look("2026-03-02 16:30")), IsEmpty());
  EXPECT_EQ(level.next, at("2026-03-03 07:00"));
  EXPECT_THAT(ruled(look("2026-03-03 07:00")), ElementsAre("call: tell kari"));
}

/// A mail of a partner's that nobody has touched for a day.
TEST_F(Silence, AsksOfTheNewestWordsFromOutside) {
  auto& rule = timed("partner", hours{24});
  rule.wanted.from = {"example.net"};
  rule.wanted.words = {"smokes"};
  rule.wanted.checks = {"dmarc=pass"};
  rule.wanted.files = "yes";
  rule.then.tag = {"partner"};
  EXPECT_THAT(ruled(look("2026-03-03 08:00")), IsEmpty()) << "nobody knows of any words";
  known.newest = Message{};
  known.newest->kind = MessageKind::inbound;
  known.newest->author.address = "Ola@example.net";
  known.newest->subject = "Re: [#42] Printer";
  known.newest->reply = "It smokes.";
  known.newest->checks.dmarc = {"pass", "example.net"};
  known.newest->attachments.emplace_back();
  auto const rehearsed = rehearse_rules(course, level, known);
  EXPECT_THAT(rehearsed, ElementsAre(Firing{"partner", "", {"tag partner"}}));
  EXPECT_THAT(ruled(look("2026-03-03 08:01")), ElementsAre("partner: tag partner"));
  EXPECT_THAT(rehearse_rules(course, level, known), ElementsAre(Firing{"partner", "when", {}}))
      << "it has fired in this silence";
}

TEST_F(Silence, ARehearsalSeesTheSubjectThatTheRuleWillSee) {
  known.newest = Message{};
  known.newest->kind = MessageKind::inbound;
  known.newest->subject = "Re: Printer";
  auto& rule = timed("silent", hours{1});
  rule.wanted.patterns = {"Printer"};
  rule.then.tag = {"a"};
  add("mail", {"wrote"}).wanted.patterns = {"Re: *"};
  known.now = at("2026-03-02 10:00");
  EXPECT_THAT(rehearse_rules(course, level, known),
              ElementsAre(Firing{"silent", "", {"tag a"}}, Firing{"mail", "", {}}));
  EXPECT_THAT(ruled(look("2026-03-02 10:00")), ElementsAre("silent: tag a"));
}

TEST_F(Silence, GivesWhatItPassesOnByTheTeamsPolicy) {
  home.teams.push_back({"second line", {"sam"}, "2", "", Assignment::least_loaded});
  auto& rule = timed("pass on", hours{2});
  rule.then.team = "second line";
  rule.then.tell = {"assignee"};
  Plan const plan = look("2026-03-02 10:00");
  EXPECT_EQ(std::get<SetAssignee>(plan.changes.back()).handle, "sam");
  EXPECT_THAT(told(plan, LetterKind::assigned), ElementsAre("sam"));
  EXPECT_THAT(told(plan, LetterKind::happened), ElementsAre("sam", "kari")) << "who had it hears so, too";
  EXPECT_NE(in_english(letters(plan, LetterKind::happened)[1].lines.at(0)).find("Sam Example has it now"),
            std::string::npos);
}

TEST_F(Silence, ARulesNameMayBeginAsAnothersDoes) {
  timed("printer/toner", hours{1}).then.tag = {"toner"};
  timed("printer", hours{2}).then.tag = {"printer"};
  EXPECT_THAT(ruled(look("2026-03-02 09:00")), ElementsAre("printer/toner: tag toner"));
  EXPECT_THAT(ruled(look("2026-03-02 10:00")), ElementsAre("printer: tag printer"));
  EXPECT_THAT(ruled(look("2026-03-02 11:00")), IsEmpty()) << "each has had its turn in this silence";
}

TEST_F(Silence, WhatGoesBackToItsOwnerIsOwnedNoMore) {
  home.teams.push_back({"second line", {"sam"}, "2"});
  known.ticket->team = "second line";
  known.ticket->assignee = "sam";
  known.ticket->first_team = "first line";
  known.ticket->first_agent = "kari";
  timed("back", hours{2}).then.team = "first line";
  Plan const plan = look("2026-03-02 10:00");
  EXPECT_EQ(change<SetTeam>(plan)->team, "first line");
  ASSERT_NE(change<SetFirstLine>(plan), nullptr);
  EXPECT_EQ(*change<SetFirstLine>(plan), SetFirstLine{});
}

TEST_F(Silence, ATicketThatDoesNotFitIsNotLookedAtForItsSake) {
  auto& rule = timed("silent", hours{48});
  rule.wanted.statuses = {"open"};
  look("2026-03-03 08:00");
  EXPECT_FALSE(level.next);
}

TEST_F(Silence, ARehearsalSaysWhatWouldBeAndWhyNot) {
  add("opened", {"opened"}).then.tag = {"x"};
  timed("silent", hours{48}).then.tag = {"y"};
  add("words", {"wrote"}).wanted.words = {"toner"};
  known.now = at("2026-03-03 08:00");
  known.newest = Message{};
  known.newest->reply = "It smokes.";
  EXPECT_THAT(rehearse_rules(course, level, known),
              ElementsAre(Firing{"opened", "", {"tag x"}}, Firing{"silent", "when", {}},
                          Firing{"words", "if.words", {}}));
}

}  // namespace
}  // namespace spoc::desk
