// SPDX-License-Identifier: GPL-3.0-or-later
// Moments as people write them, on a Monday at 13:00 in Oslo.
#include "desk/read_when.hpp"

#include "tests/desk/oslo.hpp"

#include <gtest/gtest.h>

namespace spoc::desk {
namespace {

using namespace tests;

struct Written {
  char const* name;
  char const* text;
  char const* expect;  ///< in UTC, then the words behind it; "" for no moment
};

class Moments : public testing::TestWithParam<Written> {};

TEST_P(Moments, AreRead) {
  auto const when = read_when(GetParam().text, at("2026-03-02 12:00"), oslo(), 9 * 60);
  std::string const read =
      when ? iso(when->at).substr(0, 16) + (when->rest.empty() ? "" : " " + when->rest) : "";
  EXPECT_EQ(read, GetParam().expect);
}

INSTANTIATE_TEST_SUITE_P(
    Table, Moments,
    testing::Values(Written{"minutes", "30m", "2026-03-02T12:30"},
                    Written{"hours_with_words", "2h call them", "2026-03-02T14:00 call them"},
                    Written{"norwegian_hours", "2t ring dem", "2026-03-02T14:00 ring dem"},
                    Written{"chinese_hours", "2小时 回电", "2026-03-02T14:00 回电"},
                    Written{"in_two_hours", "in 2h", "2026-03-02T14:00"},
                    Written{"days", "3d", "2026-03-05T12:00"},
                    Written{"four_weeks_over_the_change_of_clocks", "4w", "2026-03-30T11:00"},
                    Written{"clock_today", "14:30", "2026-03-02T13:30"},
                    Written{"clock_that_has_passed", "9:00 ring", "2026-03-03T08:00 ring"},
                    Written{"norwegian_clock", "kl. 14.30", "2026-03-02T13:30"},
                    Written{"today_without_a_clock", "today", "2026-03-02T08:00"},
                    Written{"tomorrow", "tomorrow", "2026-03-03T08:00"},
                    Written{"tomorrow_with_a_clock", "Tomorrow at 14:00 ask again",
                            "2026-03-03T13:00 ask again"},
                    Written{"in_the_morning", "i morgen 10:15 sjekk", "2026-03-03T09:15 sjekk"},
                    Written{"one_word_in_norwegian", "imorgen", "2026-03-03T08:00"},
                    Written{"chinese_tomorrow", "明天 14:00 跟进", "2026-03-03T13:00 跟进"},
                    Written{"weekday", "fri 14:00", "2026-03-06T13:00"},
                    Written{"whole_weekday", "Friday", "2026-03-06T08:00"},
                    Written{"norwegian_weekday", "fre 14:00", "2026-03-06T13:00"},
                    Written{"norwegian_saturday", "lørdag", "2026-03-07T08:00"},
                    Written{"chinese_weekday", "周五 14:00", "2026-03-06T13:00"},
                    Written{"chinese_sunday", "星期天", "2026-03-08T08:00"},
                    Written{"traditional_weekday", "週三", "2026-03-04T08:00"},
                    Written{"this_weekday_later", "mon 15:00", "2026-03-02T14:00"},
                    Written{"this_weekday_passed_is_next_weeks", "mon", "2026-03-09T08:00"},
                    Written{"date", "2026-12-01", "2026-12-01T08:00"},
                    Written{"date_in_summer_with_a_clock", "2026-07-01 14:00 x", "2026-07-01T12:00 x"},
                    Written{"norwegian_date", "1.12.", "2026-12-01T08:00"},
                    Written{"norwegian_date_next_year", "1.2.", "2027-02-01T08:00"},
                    Written{"norwegian_date_with_its_year", "01.02.2027 08:30", "2027-02-01T07:30"},
                    Written{"yesterday_is_read_too", "2026-03-01", "2026-03-01T08:00"},
                    Written{"jumped_over_hour", "2026-03-29 02:30", "2026-03-29T01:00"},
                    Written{"no_date", "2026-02-30", ""}, Written{"no_month", "2026-13-01", ""},
                    Written{"words", "soon", ""}, Written{"empty", "", ""}, Written{"bare_number", "5", ""},
                    Written{"unknown_unit", "5y", ""}, Written{"hour_25", "25:00", ""},
                    Written{"too_far_away", "99999d", ""}, Written{"another_word", "todayish", ""}),
    [](auto const& row) { return std::string{row.param.name}; });

}  // namespace
}  // namespace spoc::desk
