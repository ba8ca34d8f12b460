// SPDX-License-Identifier: GPL-3.0-or-later
// Rules of the house: which part of one holds, what they do, in which order, and that they come to an end.
#include "desk/rules.hpp"

#include "desk/phrase.hpp"
#include "desk/plan_tick.hpp"
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
using testing::SizeIs;

HouseRule rule_of(std::string name, std::vector<std::string> when) {
  HouseRule out;
  out.name = std::move(name);
  out.when = std::move(when);
  return out;
}

// ---- conditions ------------------------------------------------------------------------------------

struct Held {
  char const* name;
  void (*want)(HouseRule&);
  char const* why_not;  ///< "" where it fires
};

class Conditions : public testing::TestWithParam<Held> {};

TEST_P(Conditions, HoldOrAreNamed) {
  House home = house();
  home.vip = {"example.net"};
  home.calendars = {office()};
  RuleCase what;
  what.events = {Event::opened};
  what.ticket = ticket_of_ola();
  what.ticket.tags = {"printer"};
  what.author = "ola@example.net";
  what.subject = "Ødelagt skriver i rom 12";
  what.words = "It smokes since noon.";
  what.checks.dmarc = {"fail", "example.net"};
  what.standing = "warned";
  what.quiet = hours{2};
  what.now = at("2026-03-02 17:00");
  HouseRule rule = rule_of("one", {"opened"});
  GetParam().want(rule);
  EXPECT_EQ(why_not(rule, what, home), GetParam().why_not);
}

INSTANTIATE_TEST_SUITE_P(
    Table, Conditions,
    testing::Values(
        Held{"nothing_wanted", [](HouseRule&) {}, ""},
        Held{"another_event",
             [](HouseRule& r) {
               r.when = {"wrote", "answered"};
             },
             "when"},
        Held{"one_of_two_events",
             [](HouseRule& r) {
               r.when = {"wrote", "opened"};
             },
             ""},
        Held{"mailbox", [](HouseRule& r) { r.wanted.mailboxes = {"support"}; }, ""},
        Held{"other_mailbox", [](HouseRule& r) { r.wanted.mailboxes = {"sales"}; }, "if.mailboxes"},
        Held{"other_team", [](HouseRule& r) { r.wanted.teams = {"second line"}; }, "if.teams"},
        Held{"kind", [](HouseRule& r) { r.wanted.kinds = {"incident"}; }, ""},
        Held{"other_priority",
             [](HouseRule& r) {
               r.wanted.priorities = {"P1", "P2"};
             },
             "if.priorities"},
        Held{"status", [](HouseRule& r) { r.wanted.statuses = {"new"}; }, ""},
        Held{"tag",
             [](HouseRule& r) {
               r.wanted.tags = {"other", "printer"};
             },
             ""},
        Held{"no_such_tag", [](HouseRule& r) { r.wanted.tags = {"vip"}; }, "if.tags"},
        Held{"language", [](HouseRule& r) { r.wanted.languages = {"nb"}; }, ""},
        Held{"other_channel", [](HouseRule& r) { r.wanted.channels = {"chat"}; }, "if.channels"},
        Held{"address", [](HouseRule& r) { r.wanted.from = {"ola@example.net"}; }, ""},
        Held{"domain", [](HouseRule& r) { r.wanted.from = {"example.net"}; }, ""},
        Held{"end_of_a_domain_is_another", [](HouseRule& r) { r.wanted.from = {"ample.net"}; }, "if.from"},
        Held{"word_of_the_subject",
             [](HouseRule& r) {
               r.wanted.words = {"fax", "ØDELAGT"};
             },
             ""},
        Held{"word_of_the_text", [](HouseRule& r) { r.wanted.words = {"Smokes"}; }, ""},
        Held{"no_such_word", [](HouseRule& r) { r.wanted.words = {"toner"}; }, "if.words"},
        Held{"pattern", [](HouseRule& r) { r.wanted.patterns = {"*skriver*rom ??"}; }, ""},
        Held{"pattern_of_the_whole", [](HouseRule& r) { r.wanted.patterns = {"skriver"}; }, "if.patterns"},
        Held{"pattern_with_a_wide_letter", [](HouseRule& r) { r.wanted.patterns = {"?delagt*"}; }, ""},
        Held{"check", [](HouseRule& r) { r.wanted.checks = {"dmarc=fail"}; }, ""},
        Held{"nobody_looked",
             [](HouseRule& r) {
               r.wanted.checks = {"dmarc=fail", "spf=none"};
             },
             ""},
        Held{"all_checks",
             [](HouseRule& r) {
               r.wanted.checks = {"dmarc=fail", "dkim=fail"};
             },
             "if.checks"},
        Held{"standing",
             [](HouseRule& r) {
               r.wanted.standings = {"warned", "breached"};
             },
             ""},
        Held{"other_standing", [](HouseRule& r) { r.wanted.standings = {"breached"}; }, "if.standings"},
        Held{"closed_now",
             [](HouseRule& r) {
               r.wanted.calendar = "office";
               r.wanted.hours = "closed";
             },
             ""},
        Held{"not_open",
             [](HouseRule& r) {
               r.wanted.calendar = "office";
               r.wanted.hours = "open";
             },
             "if.hours"},
        Held{"vip", [](HouseRule& r) { r.wanted.vip = "yes"; }, ""},
        Held{"no_vip_wanted", [](HouseRule& r) { r.wanted.vip = "no"; }, "if.vip"},
        Held{"files", [](HouseRule& r) { r.wanted.files = "yes"; }, "if.files"},
        Held{"unassigned", [](HouseRule& r) { r.wanted.assigned = "no"; }, ""},
        Held{"assigned", [](HouseRule& r) { r.wanted.assigned = "yes"; }, "if.assigned"}),
    [](auto const& row) { return std::string{row.param.name}; });

// ---- what happens ----------------------------------------------------------------------------------

class HouseRules : public testing::Test {
 protected:
  HouseRule& add(std::string name, std::vector<std::string> when) {
    home.rules.push_back(rule_of(std::move(name), std::move(when)));
    return home.rules.back();
  }
  Plan opened(Mail mail = mail_from("ola@example.net", "Printer", "It smokes.")) {
    Arrival const arrival = arrival_of(std::move(mail));
    Plan plan = plan_arrival(arrival, known);
    firings = apply_rules(plan, arrival, known);
    return plan;
  }
  static std::vector<std::string> told(Plan const& plan, LetterKind kind) {
    std::vector<std::string> out;
    for (Letter const& one : letters(plan, kind))
      out.push_back(one.agent.empty() ? one.to.address : one.agent);
    return out;
  }
  static std::vector<std::string> ruled(Plan const& plan) {
    std::vector<std::string> out;
    for (Trail const& one : plan.trail)
      if (one.what == "rule") out.push_back(one.detail);
    return out;
  }

  House home = house();
  Known known = known_in(home);
  std::vector<Firing> firings;
};

TEST_F(HouseRules, ChangeTheTicketAndSaySoInTheTrail) {
  auto& rule = add("vip", {"opened"});
  rule.then.priority = "P1";
  rule.then.kind = "complaint";
  rule.then.tag = {"vip", "vip"};
  rule.then.status = "open";
  Plan const plan = opened();
  EXPECT_EQ(change<SetPriority>(plan)->priority, Priority::p1);
  EXPECT_EQ(change<SetKind>(plan)->kind, TicketKind::complaint);
  EXPECT_EQ(change<SetStatus>(plan)->status, Status::open);
  EXPECT_THAT(ruled(plan), ElementsAre("vip: priority P1, kind complaint, tag vip, status open"));
}

TEST_F(HouseRules, LaterOnesSeeWhatEarlierOnesDid) {
  add("first", {"opened"}).then.tag = {"a"};
  auto& second = add("second", {"opened"});
  second.wanted.tags = {"a"};
  second.then.tag = {"b"};
  second.last = true;
  add("third", {"opened"}).then.tag = {"c"};
  EXPECT_THAT(ruled(opened()), ElementsAre("first: tag a", "second: tag b"));
  EXPECT_THAT(firings, SizeIs(2)) << "the last one ends the walk";
}

TEST_F(HouseRules, WhatOneDoesBeginsNoOther) {
  add("opens", {"opened"}).then.status = "waiting";
  add("changes", {"changed"}).then.status = "open";
  EXPECT_THAT(ruled(opened()), ElementsAre("opens: status waiting"));
}

TEST_F(HouseRules, TheNoticeGoesToThoseWhoseItIsNow) {
  home.teams.push_back({"second line", {"sam"}});
  add("route", {"opened"}).then.team = "second line";
  Plan const plan = opened();
  EXPECT_THAT(told(plan, LetterKind::opened), ElementsAre("sam"));
  EXPECT_THAT(told(plan, LetterKind::assigned), IsEmpty());
  EXPECT_EQ(letters(plan, LetterKind::opened)[0].about, about_new);
  home.rules[0].then.assign = "kari";
  EXPECT_THAT(told(opened(), LetterKind::opened), ElementsAre("kari"));
}

TEST_F(HouseRules, LettersGoOutsideOnlyWhereAMachineMayWrite) {
  auto& rule = add("hello", {"opened"});
  rule.then.letter = "somebody looks at it on Monday";
  rule.then.ask = "help@example.com";
  rule.then.question = "Is the line down?";
  Plan const plan = opened();
  EXPECT_THAT(told(plan, LetterKind::rule), ElementsAre("ola@example.net"));
  EXPECT_THAT(told(plan, LetterKind::asked), ElementsAre("help@example.com"));
  Mail list = mail_from("ola@example.net", "News", "Read this.");
  list.kind = MailKind::list;
  Plan const machine = opened(list);
  EXPECT_THAT(told(machine, LetterKind::rule), IsEmpty());
  EXPECT_THAT(told(machine, LetterKind::asked), IsEmpty());
  EXPECT_THAT(ruled(machine), ElementsAre("hello: nothing written: a machine may not write to them"));
  known.automatic_sent = home.automatic_budget;
  EXPECT_THAT(told(opened(), LetterKind::rule), IsEmpty());
}

TEST_F(HouseRules, ImportedMailGetsNoLettersAtAll) {
  auto& rule = add("hello", {"opened"});
  rule.then.tell = {"team"};
  rule.then.team = "first line";
  rule.then.letter = "hello";
  rule.then.tag = {"old"};
  Arrival arrival = arrival_of(mail_from("ola@example.net", "Printer", "It smokes."));
  arrival.quiet = true;
  Plan plan = plan_arrival(arrival, known);
  apply_rules(plan, arrival, known);
  EXPECT_THAT(plan.letters, IsEmpty());
  EXPECT_NE(change<AddTag>(plan), nullptr);
}

TEST_F(HouseRules, NotesTellingAndFollowUps) {
  auto& rule = add("care", {"wrote"});
  rule.then.note = "Be kind.";
  rule.then.tell = {"sam", "assignee"};
  rule.then.say = "they wrote again";
  rule.then.follow_up = hours{4};
  known.ticket = ticket_of_ola();
  known.ticket->assignee = "kari";
  Plan const plan = opened();
  ASSERT_THAT(plan.messages, SizeIs(2));
  EXPECT_EQ(plan.messages[1].kind, MessageKind::note);
  EXPECT_EQ(plan.messages[1].reply, "Be kind.");
  EXPECT_THAT(told(plan, LetterKind::happened), ElementsAre("sam", "kari"));
  EXPECT_EQ(letters(plan, LetterKind::happened)[0].lines, std::vector<std::string>{"they wrote again"});
  EXPECT_EQ(change<AddReminder>(plan)->reminder,
            (Reminder{ReminderId{}, TicketId{42}, "kari", noon() + hours{4}, "they wrote again"}));
}

TEST_F(HouseRules, NothingIsRuledTwiceOrWhereNothingWasDone) {
  add("any", {"opened", "wrote", "changed"}).then.tag = {"x"};
  Plan duplicate;
  duplicate.duplicate = true;
  Plan refused;
  refused.refused_agent = true;
  known.ticket = ticket_of_ola();
  for (Plan* plan : {&duplicate, &refused}) {
    apply_rules(*plan, arrival_of(mail_from("ola@example.net", "x", "y")), known);
    EXPECT_THAT(plan->changes, IsEmpty());
  }
}

// ---- time ------------------------------------------------------------------------------------------

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
