// SPDX-License-Identifier: GPL-3.0-or-later
// The clock of a service level: rows of what happened to a ticket, and how its targets stand then.
#include "desk/sla.hpp"

#include "tests/desk/house.hpp"
#include "tests/desk/oslo.hpp"

#include <gtest/gtest.h>

namespace spoc::desk {
namespace {

using namespace tests;
using std::chrono::hours;
using std::chrono::minutes;

/// Office hours, 07:00 to 15:00 UTC in winter. First answer in 2 h, next in 4 h, solution in 16 h.
Policy policy() {
  Policy out;
  out.name = "normal";
  out.calendar = "office";
  out.first_response = hours{2};
  out.next_response = hours{4};
  out.resolution = hours{16};
  return out;
}

struct ClockRow {
  char const* name;
  std::vector<std::pair<char const*, char const*>> statuses;  ///< since when which
  std::vector<std::pair<char const*, char const*>> said;      ///< when; "answer", "asks" or "thanks"
  char const* now;
  std::string expect;
};

Course course_of(ClockRow const& row) {
  Course out;
  for (auto const& [when, status] : row.statuses) out.spans.push_back({at(when), *status_named(status)});
  std::int64_t id = 0;
  for (auto const& [when, what] : row.said)
    out.exchanges.push_back(
        {MessageId{++id}, at(when), std::string_view{what} == "answer", std::string_view{what} == "thanks"});
  return out;
}

/// "first_response ok 30 due 2026-03-02T09:00:00Z; ..."
std::string told(std::vector<Due> const& all) {
  std::string out;
  for (Due const& due : all) {
    out += (out.empty() ? "" : "; ") + std::string{name(due.target)} + " " + std::string{name(due.standing)} +
           " " + std::to_string(std::chrono::duration_cast<minutes>(due.used).count());
    if (due.due) out += " due " + iso(*due.due).substr(5, 11);
    if (due.over) out += " over";
  }
  return out;
}

TEST(Clock, AMailThatCameAfterALaterAnswerAwaitsOne) {
  Policy policy;
  policy.first_response = policy.next_response = std::chrono::hours{2};
  Calendar const always;
  Course course;
  course.spans = {{at("2026-03-02 07:00"), Status::open, MessageId{1}}};
  course.exchanges = {{MessageId{1}, at("2026-03-02 07:00")},
                      {MessageId{2}, at("2026-03-02 08:05"), true},
                      {MessageId{3}, at("2026-03-02 07:40")}};
  auto const next = [&]() -> std::optional<Due> {
    for (Due const& due : dues(policy, always, course, at("2026-03-02 08:20")))
      if (due.target == Target::next_response) return due;
    return std::nullopt;
  };
  ASSERT_TRUE(next());
  EXPECT_EQ(next()->anchor, MessageId{3});
  course.exchanges[1].answer = false;
  course.exchanges[1].courtesy = true;
  course.spans = {{at("2026-03-02 07:00"), Status::open, MessageId{1}},
                  {at("2026-03-02 08:06"), Status::resolved, MessageId{2}},
                  {at("2026-03-02 08:10"), Status::open, MessageId{3}}};
  ASSERT_TRUE(next()) << "it came after the end, and opened it again";
  course.spans[1].seen = MessageId{3};
  EXPECT_FALSE(next());
  course.spans[1].seen.reset();
  EXPECT_FALSE(next()) << "of an end of before nobody knows but the time";
}

class Clocks : public testing::TestWithParam<ClockRow> {};

TEST_P(Clocks, Stand) {
  Course const course = course_of(GetParam());
  EXPECT_EQ(told(dues(policy(), office(), course, at(GetParam().now))), GetParam().expect);
}

INSTANTIATE_TEST_SUITE_P(
    Table, Clocks,
    testing::Values(
        ClockRow{"fresh",
                 {{"2026-03-02 07:00", "new"}},
                 {{"2026-03-02 07:00", "asks"}},
                 "2026-03-02 07:30",
                 "first_response ok 30 due 03-02T09:00; resolution ok 30 due 03-03T15:00"},
        ClockRow{"opened_at_night",
                 {{"2026-03-01 23:00", "new"}},
                 {{"2026-03-01 23:00", "asks"}},
                 "2026-03-02 06:00",
                 "first_response ok 0 due 03-02T09:00; resolution ok 0 due 03-03T15:00"},
        ClockRow{"warned_at_eighty_per_cent",
                 {{"2026-03-02 07:00", "new"}},
                 {{"2026-03-02 07:00", "asks"}},
                 "2026-03-02 08:36",
                 "first_response warned 96 due 03-02T09:00; resolution ok 96 due 03-03T15:00"},
        ClockRow{"breached_at_the_very_moment",
                 {{"2026-03-02 07:00", "new"}},
                 {{"2026-03-02 07:00", "asks"}},
                 "2026-03-02 09:00",
                 "first_response breached 120 due 03-02T09:00; resolution ok 120 due 03-03T15:00"},
        ClockRow{"answered_in_time",
                 {{"2026-03-02 07:00", "new"}, {"2026-03-02 08:00", "open"}},
                 {{"2026-03-02 07:00", "asks"}, {"2026-03-02 08:00", "answer"}},
                 "2026-03-02 10:00",
                 "first_response met 60 over; resolution ok 180 due 03-03T15:00"},
        ClockRow{"answered_too_late",
                 {{"2026-03-02 07:00", "new"}, {"2026-03-02 10:00", "open"}},
                 {{"2026-03-02 07:00", "asks"}, {"2026-03-02 10:00", "answer"}},
                 "2026-03-02 11:00",
                 "first_response breached 180 due 03-02T09:00 over; resolution ok 240 due 03-03T15:00"},
        ClockRow{"next_answer_from_the_oldest_unanswered",
                 {{"2026-03-02 07:00", "new"}, {"2026-03-02 08:00", "open"}},
                 {{"2026-03-02 07:00", "asks"},
                  {"2026-03-02 08:00", "answer"},
                  {"2026-03-02 09:00", "asks"},
                  {"2026-03-02 10:00", "asks"}},
                 "2026-03-02 11:00",
                 "first_response met 60 over; next_response ok 120 due 03-02T13:00; resolution ok 240 due "
                 "03-03T15:00"},
        ClockRow{
            "thanks_awaits_no_answer",
            {{"2026-03-02 07:00", "new"}, {"2026-03-02 08:00", "open"}},
            {{"2026-03-02 07:00", "asks"}, {"2026-03-02 08:00", "answer"}, {"2026-03-02 09:00", "thanks"}},
            "2026-03-02 11:00",
            "first_response met 60 over; resolution ok 240 due 03-03T15:00"},
        ClockRow{"pause_while_waiting",
                 {{"2026-03-02 07:00", "new"}, {"2026-03-02 08:00", "waiting"}},
                 {{"2026-03-02 07:00", "asks"}, {"2026-03-02 08:00", "answer"}},
                 "2026-03-05 11:00",
                 "first_response met 60 over; resolution paused 60"},
        ClockRow{"pause_moves_the_due_moment",
                 {{"2026-03-02 07:00", "new"}, {"2026-03-02 08:00", "waiting"}, {"2026-03-03 08:00", "open"}},
                 {{"2026-03-02 07:00", "asks"}, {"2026-03-02 08:00", "answer"}, {"2026-03-03 08:00", "asks"}},
                 "2026-03-03 09:00",
                 "first_response met 60 over; next_response ok 60 due 03-03T12:00; resolution ok 120 due "
                 "03-04T15:00"},
        ClockRow{
            "resolved_in_time",
            {{"2026-03-02 07:00", "new"}, {"2026-03-03 07:00", "resolved"}, {"2026-03-09 07:00", "closed"}},
            {{"2026-03-02 07:00", "asks"}, {"2026-03-02 08:00", "answer"}},
            "2026-03-20 07:00",
            "first_response met 60 over; resolution met 480 over"},
        ClockRow{"resolving_without_words_is_an_answer",
                 {{"2026-03-02 07:00", "new"}, {"2026-03-02 08:00", "resolved"}},
                 {{"2026-03-02 07:00", "asks"}},
                 "2026-03-02 12:00",
                 "first_response met 60 over; resolution met 60 over"},
        ClockRow{
            "reopen_goes_on_with_what_was_used",
            {{"2026-03-02 07:00", "new"}, {"2026-03-02 09:00", "resolved"}, {"2026-03-04 07:00", "open"}},
            {{"2026-03-02 07:00", "asks"}, {"2026-03-02 08:00", "answer"}, {"2026-03-04 07:00", "asks"}},
            "2026-03-04 08:00",
            "first_response met 60 over; next_response ok 60 due 03-04T11:00; resolution ok 180 due "
            "03-05T13:00"},
        ClockRow{
            "reopen_of_a_breached_one_stays_breached",
            {{"2026-03-02 07:00", "new"}, {"2026-03-04 09:00", "resolved"}, {"2026-03-05 07:00", "open"}},
            {{"2026-03-02 07:00", "asks"}, {"2026-03-02 08:00", "answer"}},
            "2026-03-05 08:00",
            "first_response met 60 over; resolution breached 1140 due 03-03T15:00"},
        ClockRow{"holiday_and_dst_lie_between",
                 {{"2026-04-02 13:00", "new"}},
                 {{"2026-04-02 13:00", "asks"}},
                 "2026-04-05 12:00",
                 "first_response ok 60 due 04-06T07:00; resolution ok 60 due 04-07T13:00"},
        ClockRow{"dst_change_moves_utc_not_the_clock",
                 {{"2026-03-27 14:00", "new"}},
                 {{"2026-03-27 14:00", "asks"}},
                 "2026-03-27 14:30",
                 "first_response ok 30 due 03-30T07:00; resolution ok 30 due 03-31T13:00"}),
    [](auto const& row) { return row.param.name; });

// ---- somebody outside ------------------------------------------------------------------------------

struct AskedRow {
  char const* name;
  std::vector<std::pair<char const*, char const*>> questions;  ///< asked, ended; "" for not yet
  std::vector<std::pair<char const*, char const*>> statuses;
  std::vector<std::pair<char const*, char const*>> said;
  char const* now;
  std::string expect;
};

Course course_of(AskedRow const& row) {
  Course out = course_of(ClockRow{row.name, row.statuses, row.said, row.now, ""});
  for (auto const& [asked, ended] : row.questions)
    out.questions.push_back({at(asked), *ended == '\0' ? std::nullopt : std::optional{at(ended)}});
  return out;
}

class Outside : public testing::TestWithParam<AskedRow> {};

TEST_P(Outside, PausesTheSolution) {
  Policy pausing = policy();
  pausing.pause_for_third_party = true;
  Course const course = course_of(GetParam());
  EXPECT_EQ(told(dues(pausing, office(), course, at(GetParam().now))), GetParam().expect);
}

using Spans = std::vector<std::pair<char const*, char const*>>;
Spans const opened_at_seven{{"2026-03-02 07:00", "new"}};
Spans const asks_at_seven{{"2026-03-02 07:00", "asks"}};
Spans const answered_at_eight{{"2026-03-02 07:00", "asks"}, {"2026-03-02 08:00", "answer"}};

INSTANTIATE_TEST_SUITE_P(
    Table, Outside,
    testing::Values(
        AskedRow{"an_open_question_pauses_the_solution_alone",
                 {{"2026-03-02 08:00", ""}},
                 opened_at_seven,
                 asks_at_seven,
                 "2026-03-02 08:30",
                 "first_response ok 90 due 03-02T09:00; resolution paused 60"},
        AskedRow{"their_answer_moves_the_due_moment",
                 {{"2026-03-02 09:00", "2026-03-03 09:00"}},
                 opened_at_seven,
                 answered_at_eight,
                 "2026-03-03 10:00",
                 "first_response met 60 over; resolution ok 180 due 03-04T15:00"},
        AskedRow{"no_question_left_no_pause",
                 {},
                 opened_at_seven,
                 answered_at_eight,
                 "2026-03-02 10:00",
                 "first_response met 60 over; resolution ok 180 due 03-03T15:00"},
        AskedRow{"several_overlap_and_count_once",
                 {{"2026-03-02 09:00", "2026-03-02 11:00"}, {"2026-03-02 10:00", "2026-03-02 12:00"}},
                 opened_at_seven,
                 answered_at_eight,
                 "2026-03-02 13:00",
                 "first_response met 60 over; resolution ok 180 due 03-04T10:00"},
        AskedRow{"one_of_two_is_still_open",
                 {{"2026-03-02 09:00", "2026-03-02 11:00"}, {"2026-03-02 10:00", ""}},
                 opened_at_seven,
                 answered_at_eight,
                 "2026-03-02 13:00",
                 "first_response met 60 over; resolution paused 120"},
        AskedRow{"one_after_the_other",
                 {{"2026-03-02 09:00", "2026-03-02 10:00"}, {"2026-03-02 11:00", "2026-03-02 12:00"}},
                 opened_at_seven,
                 answered_at_eight,
                 "2026-03-02 13:00",
                 "first_response met 60 over; resolution ok 240 due 03-04T09:00"},
        AskedRow{
            "an_answer_to_the_requester_ends_it",
            {{"2026-03-02 09:00", ""}},
            opened_at_seven,
            {{"2026-03-02 07:00", "asks"}, {"2026-03-02 08:00", "answer"}, {"2026-03-02 12:00", "answer"}},
            "2026-03-02 13:00",
            "first_response met 60 over; resolution ok 180 due 03-04T10:00"},
        AskedRow{"what_the_requester_writes_runs_on",
                 {{"2026-03-02 09:00", ""}},
                 opened_at_seven,
                 {{"2026-03-02 07:00", "asks"}, {"2026-03-02 08:00", "answer"}, {"2026-03-02 10:00", "asks"}},
                 "2026-03-02 11:00",
                 "first_response met 60 over; next_response ok 60 due 03-02T14:00; resolution paused 120"},
        AskedRow{"a_bounce_ends_it_and_what_passed_does_not_count",
                 {{"2026-03-02 09:00", "2026-03-02 09:30"}},
                 opened_at_seven,
                 answered_at_eight,
                 "2026-03-02 10:30",
                 "first_response met 60 over; resolution ok 180 due 03-04T07:30"},
        AskedRow{"waiting_holds_too_and_counts_once",
                 {{"2026-03-02 09:00", "2026-03-02 11:00"}},
                 {{"2026-03-02 07:00", "new"}, {"2026-03-02 09:00", "waiting"}, {"2026-03-02 10:00", "open"}},
                 answered_at_eight,
                 "2026-03-02 12:00",
                 "first_response met 60 over; resolution ok 180 due 03-04T09:00"},
        AskedRow{"resolved_while_it_was_open",
                 {{"2026-03-02 09:00", ""}},
                 {{"2026-03-02 07:00", "new"}, {"2026-03-03 07:00", "resolved"}},
                 answered_at_eight,
                 "2026-03-05 07:00",
                 "first_response met 60 over; resolution met 120 over"},
        AskedRow{
            "reopened_it_waits_for_nobody",
            {{"2026-03-02 09:00", ""}},
            {{"2026-03-02 07:00", "new"}, {"2026-03-03 07:00", "resolved"}, {"2026-03-04 07:00", "open"}},
            answered_at_eight,
            "2026-03-04 09:00",
            "first_response met 60 over; resolution ok 240 due 03-05T13:00"},
        AskedRow{"closed_and_asked_in_one_mail",
                 {{"2026-03-02 09:00", ""}},
                 {{"2026-03-02 07:00", "new"}, {"2026-03-02 09:00", "closed"}, {"2026-03-04 07:00", "open"}},
                 answered_at_eight,
                 "2026-03-04 08:00",
                 "first_response met 60 over; resolution ok 180 due 03-05T13:00"},
        AskedRow{"asked_when_it_was_too_late_already",
                 {{"2026-03-04 09:00", ""}},
                 opened_at_seven,
                 answered_at_eight,
                 "2026-03-04 12:00",
                 "first_response met 60 over; resolution breached 1080 due 03-03T15:00"}),
    [](auto const& row) { return row.param.name; });

TEST(Policies, AQuestionPausesNothingUnlessThePolicySaysSo) {
  Course const course =
      course_of(AskedRow{"", {{"2026-03-02 08:00", ""}}, opened_at_seven, asks_at_seven, "", ""});
  EXPECT_EQ(told(dues(policy(), office(), course, at("2026-03-02 08:30"))),
            "first_response ok 90 due 03-02T09:00; resolution ok 90 due 03-03T15:00");
}

TEST(Policies, AChangedPriorityIsReckonedFromTheWholeCourse) {
  House house = tests::house();
  house.calendars = {office()};
  Policy urgent = policy();
  urgent.name = "urgent";
  urgent.priorities = {"P1"};
  urgent.resolution = hours{4};
  house.policies = {urgent, policy()};
  Ticket ticket = ticket_of_ola();
  Course const course{{{at("2026-03-02 07:00"), Status::open}}, {}};
  auto const of = [&] { return dues(house, ticket, course, at("2026-03-02 10:00")).back(); };
  EXPECT_EQ(of().due, at("2026-03-03 15:00"));
  EXPECT_EQ(of().used, hours{3});
  ticket.priority = Priority::p1;
  EXPECT_EQ(of().due, at("2026-03-02 11:00"));
  EXPECT_EQ(of().used, hours{3}) << "what has passed has passed";
  ticket.priority = Priority::p3;
  EXPECT_EQ(of().due, at("2026-03-03 15:00"));
}

struct MatchRow {
  char const* name;
  void (*narrow)(Policy&);
  bool fits;
};

class Matching : public testing::TestWithParam<MatchRow> {};

TEST_P(Matching, ByEveryList) {
  House house = tests::house();
  Policy only = policy();
  GetParam().narrow(only);
  house.policies = {only};
  Ticket ticket = ticket_of_ola();
  ticket.tags = {"complaint"};
  ticket.organisation = "Example Ltd";
  EXPECT_EQ(policy_for(house, ticket) != nullptr, GetParam().fits);
}

INSTANTIATE_TEST_SUITE_P(
    Table, Matching,
    testing::Values(MatchRow{"no_lists", [](Policy&) {}, true},
                    MatchRow{"priority",
                             [](Policy& p) {
                               p.priorities = {"P2", "P3"};
                             },
                             true},
                    MatchRow{"other_priority", [](Policy& p) { p.priorities = {"P1"}; }, false},
                    MatchRow{"mailbox", [](Policy& p) { p.mailboxes = {"support"}; }, true},
                    MatchRow{"other_mailbox", [](Policy& p) { p.mailboxes = {"sales"}; }, false},
                    MatchRow{"team", [](Policy& p) { p.teams = {"first line"}; }, true},
                    MatchRow{"other_team", [](Policy& p) { p.teams = {"second"}; }, false},
                    MatchRow{"tag",
                             [](Policy& p) {
                               p.tags = {"complaint", "vip"};
                             },
                             true},
                    MatchRow{"other_tag", [](Policy& p) { p.tags = {"vip"}; }, false},
                    MatchRow{"address", [](Policy& p) { p.requesters = {"ola@example.net"}; }, true},
                    MatchRow{"domain", [](Policy& p) { p.requesters = {"example.net"}; }, true},
                    MatchRow{"other_domain", [](Policy& p) { p.requesters = {"net"}; }, false},
                    MatchRow{"organisation", [](Policy& p) { p.organisations = {"example ltd"}; }, true},
                    MatchRow{"other_organisation", [](Policy& p) { p.organisations = {"example"}; }, false}),
    [](auto const& row) { return row.param.name; });

}  // namespace
}  // namespace spoc::desk
