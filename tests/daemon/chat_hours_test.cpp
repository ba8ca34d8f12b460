// SPDX-License-Identifier: GPL-3.0-or-later
// Opening hours: what is read, when it is open, and when next.
#include "daemon/chat_hours.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>

namespace spoc::daemon {
namespace {

class ChatHours : public testing::Test {
 protected:
  ChatHours() {
    ::setenv("TZ", "Europe/Oslo", 1);
    ::tzset();
  }
  ~ChatHours() override {
    ::unsetenv("TZ");
    ::tzset();
  }
  static desk::Time at(char const* text) { return *desk::from_iso(text); }
};

TEST_F(ChatHours, ReadsSpansAndNamesTheFaultyOne) {
  auto const spans = read_hours({"sat 10:00-14:30", "mon-tue 08:00-24:00"});
  ASSERT_TRUE(spans);
  EXPECT_EQ(*spans, (std::vector<Span>{{480, 1440}, {1920, 2880}, {7800, 8070}}));
  for (char const* bad : {"", "mon", "mon 8-16", "mon 08:00-08:00", "fri-mon 08:00-16:00", "day 08:00-16:00",
                          "mon 08:60-16:00", "mon 08:00-24:01", "mon  08:00-16:00", "mon-fri-"}) {
    auto const no = read_hours({bad});
    ASSERT_FALSE(no) << bad;
    EXPECT_NE(no.error().what.find(bad), std::string::npos);
  }
}

TEST_F(ChatHours, IsOpenByTheClockOfTheMachine) {
  auto const spans = *read_hours({"mon-fri 08:00-16:00"});
  EXPECT_TRUE(is_open({}, at("2026-01-04T03:00:00Z")));
  EXPECT_TRUE(is_open(spans, at("2026-01-05T07:00:00Z")));  // 08:00 in Oslo, winter
  EXPECT_FALSE(is_open(spans, at("2026-01-05T06:59:00Z")));
  EXPECT_TRUE(is_open(spans, at("2026-07-06T06:00:00Z")));   // 08:00 in Oslo, summer
  EXPECT_FALSE(is_open(spans, at("2026-07-06T14:00:00Z")));  // 16:00 is over
}

TEST_F(ChatHours, GoesOnIntoTheNextDay) {
  EXPECT_EQ(*read_hours({"sun 22:00-06:00"}), (std::vector<Span>{{0, 360}, {6 * 1440 + 1320, 7 * 1440}}));
  EXPECT_EQ(*read_hours({"mon 22:00-00:00"}), (std::vector<Span>{{1320, 1440}}));
  auto const spans = *read_hours({"mon-fri 22:00-06:00"});
  EXPECT_TRUE(is_open(spans, at("2026-01-05T22:00:00Z")));   // Monday, 23:00 in Oslo
  EXPECT_TRUE(is_open(spans, at("2026-01-10T04:59:00Z")));   // Saturday, 05:59
  EXPECT_FALSE(is_open(spans, at("2026-01-10T05:00:00Z")));  // Saturday, 06:00
  EXPECT_EQ(opens_next(spans, at("2026-01-10T12:00:00Z")), at("2026-01-12T21:00:00Z"));
}

TEST_F(ChatHours, KnowsWhenItOpensNext) {
  auto const spans = *read_hours({"mon-fri 08:00-16:00"});
  EXPECT_EQ(opens_next(spans, at("2026-01-05T05:00:00Z")), at("2026-01-05T07:00:00Z"));
  EXPECT_EQ(opens_next(spans, at("2026-01-09T18:00:00Z")), at("2026-01-12T07:00:00Z"));
  EXPECT_EQ(opens_next(spans, at("2026-01-05T09:00:00Z")), std::nullopt);
  EXPECT_EQ(opens_next({}, at("2026-01-05T05:00:00Z")), std::nullopt);
  // Over the night in which the clock is put forward (29 March 2026).
  EXPECT_EQ(opens_next(spans, at("2026-03-28T12:00:00Z")), at("2026-03-30T06:00:00Z"));
}

}  // namespace
}  // namespace spoc::daemon
