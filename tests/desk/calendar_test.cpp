// SPDX-License-Identifier: GPL-3.0-or-later
// Calendars: open time over weekends, holidays and the days on which clocks change.
#include "desk/calendar.hpp"

#include "tests/desk/oslo.hpp"

#include <gtest/gtest.h>

namespace spoc::desk {
namespace {

using namespace tests;
using std::chrono::minutes;

/// Moments in UTC.
struct Span {
  char const* name;
  std::vector<std::string> hours;
  char const* from;
  char const* to;
  int open;  ///< minutes
};

class Between : public testing::TestWithParam<Span> {};

TEST_P(Between, CountsOpenTimeAndAfterFindsTheWayBack) {
  Calendar const calendar = calendar_of(GetParam().hours, {"05-17", "2026-04-03"});
  Time const from = at(GetParam().from), to = at(GetParam().to);
  EXPECT_EQ(calendar.between(from, to), minutes{GetParam().open});
  EXPECT_EQ(calendar.between(to, from), minutes{0});
  if (GetParam().open == 0) return;
  auto const reached = calendar.after(from, minutes{GetParam().open});
  ASSERT_TRUE(reached);
  EXPECT_LE(*reached, to);
  EXPECT_EQ(calendar.between(from, *reached), minutes{GetParam().open});
  EXPECT_LT(calendar.between(from, *reached - minutes{1}), minutes{GetParam().open});
}

std::vector<std::string> const weekdays{"Mon-Fri 08:00-16:00"}, always{"always"};

INSTANTIATE_TEST_SUITE_P(
    Table, Between,
    testing::Values(
        Span{"within_a_day", weekdays, "2026-03-02 08:00", "2026-03-02 09:30", 90},
        Span{"before_opening", weekdays, "2026-03-02 05:00", "2026-03-02 08:00", 60},
        Span{"over_night", weekdays, "2026-03-02 14:00", "2026-03-03 08:00", 120},
        Span{"over_a_weekend", weekdays, "2026-03-06 14:00", "2026-03-09 08:00", 120},
        Span{"within_a_weekend", weekdays, "2026-03-07 08:00", "2026-03-08 20:00", 0},
        Span{"lunch", {"Mon-Fri 08:00-12:00, 12:30-16:00"}, "2026-03-02 10:45", "2026-03-02 11:45", 30},
        Span{"through_midnight", {"Mon-Fri 22:00-06:00"}, "2026-03-02 20:00", "2026-03-03 08:00", 480},
        Span{"holiday_of_one_year", weekdays, "2026-04-02 06:00", "2026-04-06 06:00", 480},
        Span{"holiday_of_every_year", always, "2026-05-16 22:00", "2026-05-17 22:00", 0},
        Span{"dst_gap_shortens_the_night", always, "2026-03-28 23:00", "2026-03-29 22:00", 23 * 60},
        Span{"dst_gap_has_no_hour_between_two_and_three",
             {"Sun 02:00-04:00"},
             "2026-03-29 00:00",
             "2026-03-29 12:00",
             60},
        Span{"dst_gap_that_swallows_the_opening",
             {"Sun 02:15-02:45"},
             "2026-03-29 00:00",
             "2026-03-29 12:00",
             0},
        Span{"dst_gap_shifts_the_office_by_an_hour", weekdays, "2026-03-27 07:00", "2026-03-30 07:00", 540},
        Span{"dst_overlap_lengthens_the_night", always, "2026-10-24 22:00", "2026-10-25 23:00", 25 * 60},
        Span{"dst_overlap_counts_twice", {"Sun 02:00-03:00"}, "2026-10-25 00:00", "2026-10-25 12:00", 120},
        Span{"dst_overlap_opens_at_the_first",
             {"Sun 02:30-04:00"},
             "2026-10-24 22:00",
             "2026-10-25 12:00",
             150},
        Span{"after_the_last_known_change", weekdays, "2040-01-02 07:00", "2040-01-03 07:00", 480}),
    [](auto const& row) { return row.param.name; });

TEST(Calendar, KnowsWhenItIsOpenAndWhenNext) {
  Calendar const calendar = office();
  EXPECT_TRUE(calendar.open_at(at("2026-03-02 07:00")));
  EXPECT_FALSE(calendar.open_at(at("2026-03-02 06:59")));
  EXPECT_FALSE(calendar.open_at(at("2026-03-02 15:00")));
  EXPECT_EQ(calendar.next_opening(at("2026-03-06 15:00")), at("2026-03-09 07:00"));
  EXPECT_EQ(calendar.next_opening(at("2026-04-02 14:30")), at("2026-04-06 06:00")) << "Friday is a holiday";
  EXPECT_TRUE(always_open().open_at(at("2026-03-07 03:00")));
}

TEST(Calendar, FarFuturesAreBounded) {
  Calendar const calendar = office();
  EXPECT_FALSE(calendar.after(at("2026-03-02 07:00"), std::chrono::hours{100'000}));
  Calendar never;
  EXPECT_FALSE(never.next_opening(at("2026-03-02 07:00")));
  EXPECT_EQ(never.between(at("2026-03-02 07:00"), at("2036-03-02 07:00")), minutes{0});
}

TEST(Zone, GoesThereAndBack) {
  Zone const zone = oslo();
  EXPECT_EQ(zone.local(at("2026-03-29 00:59")).time_since_epoch(), at("2026-03-29 01:59").time_since_epoch());
  EXPECT_EQ(zone.local(at("2026-03-29 01:00")).time_since_epoch(), at("2026-03-29 03:00").time_since_epoch());
  Local const twice{at("2026-10-25 02:30").time_since_epoch()};
  EXPECT_EQ(zone.first(twice), at("2026-10-25 00:30"));
  EXPECT_EQ(zone.last(twice), at("2026-10-25 01:30"));
  Local const never{at("2026-03-29 02:30").time_since_epoch()};
  EXPECT_EQ(zone.first(never), at("2026-03-29 01:00"));
  EXPECT_EQ(zone.last(never), at("2026-03-29 01:00"));
  EXPECT_EQ(Zone{}.first(twice), at("2026-10-25 02:30"));
  EXPECT_EQ(Zone{}.at(at("2026-10-25 02:30")).abbreviation, "UTC");
}

struct Faulty {
  char const* name;
  std::vector<std::string> lines;
  char const* what;
};

class WrongHours : public testing::TestWithParam<Faulty> {};

TEST_P(WrongHours, AreRefusedWithTheReason) {
  auto const week = read_hours(GetParam().lines);
  ASSERT_FALSE(week);
  EXPECT_NE(week.error().what.find(GetParam().what), std::string::npos) << week.error().what;
}

INSTANTIATE_TEST_SUITE_P(
    Table, WrongHours,
    testing::Values(Faulty{"empty", {}, "never be open"},
                    Faulty{"no_day", {"08:00-16:00"}, "does not begin with days"},
                    Faulty{"no_such_day", {"Mon-Fry 08:00-16:00"}, "days"},
                    Faulty{"no_hours", {"Mon-Fri"}, "says no hours"},
                    Faulty{"half_an_interval", {"Mon 08:00"}, "no interval"},
                    Faulty{"no_such_hour", {"Mon 08:00-25:00"}, "no interval"},
                    Faulty{"nothing_long", {"Mon 08:00-08:00"}, "no interval"},
                    Faulty{"lapping", {"Mon-Fri 08:00-16:00", "Fri 15:00-17:00"}, "lap"},
                    Faulty{"lapping_over_midnight", {"Mon 22:00-06:00", "Tue 05:00-09:00"}, "lap"}),
    [](auto const& row) { return row.param.name; });

TEST(Holidays, AreDatesThatExist) {
  EXPECT_TRUE(read_holiday("12-25"));
  EXPECT_TRUE(read_holiday("2028-02-29"));
  EXPECT_FALSE(read_holiday("2026-02-29"));
  EXPECT_FALSE(read_holiday("13-01"));
  EXPECT_FALSE(read_holiday("Christmas"));
}

/// Moments in UTC; "" for none.
struct Closing {
  char const* name;
  std::vector<std::string> hours;
  char const* at;
  char const* closes;
};

class Closes : public testing::TestWithParam<Closing> {};

TEST_P(Closes, AtTheEndOfTheOpenTime) {
  auto const closes = calendar_of(GetParam().hours, {"05-17"}).next_closing(at(GetParam().at));
  std::string const wanted = GetParam().closes;
  EXPECT_EQ(closes, wanted.empty() ? std::nullopt : std::optional{at(wanted)});
}

INSTANTIATE_TEST_SUITE_P(
    Table, Closes,
    testing::Values(
        Closing{"open_now", weekdays, "2026-03-02 09:00", "2026-03-02 15:00"},
        Closing{"closed_now", weekdays, "2026-03-06 17:00", "2026-03-09 15:00"},
        Closing{"at_its_end", weekdays, "2026-03-02 15:00", "2026-03-03 15:00"},
        Closing{"lunch", {"Mon 08:00-12:00, 12:30-16:00"}, "2026-03-02 08:00", "2026-03-02 11:00"},
        Closing{"hours_that_touch",
                {"Mon 08:00-12:00", "Mon 12:00-16:00"},
                "2026-03-02 08:00",
                "2026-03-02 15:00"},
        Closing{"midnight_is_no_end", {"Mon-Fri 22:00-06:00"}, "2026-03-02 22:00", "2026-03-03 05:00"},
        Closing{"the_clocks_change", {"Sat,Sun 20:00-06:00"}, "2026-03-28 20:00", "2026-03-29 04:00"},
        Closing{"a_holiday_ends_it", always, "2026-05-10 08:00", "2026-05-16 22:00"}),
    [](auto const& row) { return std::string{row.param.name}; });

TEST(Calendar, RoundTheClockNeverCloses) {
  EXPECT_EQ(always_open().next_closing(at("2026-03-02 08:00")), std::nullopt);
}

}  // namespace
}  // namespace spoc::desk
