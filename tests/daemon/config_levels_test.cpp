// SPDX-License-Identifier: GPL-3.0-or-later
// Calendars, service levels and time zones of the configuration: what becomes of them, and each mistake.
#include "daemon/config.hpp"
#include "daemon/zones.hpp"

#include "tests/daemon/mistakes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace spoc::daemon {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string const office =
    "[[calendar]]\nname = \"office\"\ntime_zone = \"Europe/Oslo\"\nhours = [\"Mon-Fri 08:00-16:00\"]\n";

desk::Time at(char const* text) { return *desk::from_iso(text); }

TEST(LevelConfig, BecomesTheHouses) {
  Loaded const loaded = read_config(
      smallest_desk + "time_zone = \"Asia/Shanghai\"\n" + office + "holidays = [\"05-17\"]\n" +
          "[[sla]]\nname = \"urgent\"\ncalendar = \"office\"\npriorities = [\"P1\"]\nfirst_response = "
          "\"1h\"\n"
          "requesters = [\"Boss@Example.org\"]\norganisations = [\"Example Ltd\"]\nwarn = "
          "[\"sam\"]\n[desk]\ntime_zone = \"Europe/Oslo\"\n",
      "/");
  ASSERT_THAT(loaded.mistakes, IsEmpty()) << all_of(loaded.mistakes);
  desk::House const& house = loaded.config.house;
  desk::Calendar const& calendar = house.calendar("office");
  EXPECT_TRUE(calendar.open_at(at("2026-03-27T07:00:00Z")));
  EXPECT_TRUE(calendar.open_at(at("2026-03-30T06:00:00Z"))) << "summer time";
  EXPECT_FALSE(calendar.open_at(at("2027-05-17T08:00:00Z"))) << "a holiday";
  ASSERT_EQ(house.policies.size(), 1U);
  EXPECT_EQ(house.policies[0].first_response, std::chrono::hours{1});
  EXPECT_THAT(house.policies[0].requesters, ElementsAre("boss@example.org"));
  EXPECT_THAT(house.policies[0].organisations, ElementsAre("example ltd"));
  EXPECT_THAT(house.policies[0].runs, ElementsAre("new", "open"));
  EXPECT_EQ(house.zone_of("sam").name, "Asia/Shanghai");
  EXPECT_EQ(house.zone_of("").name, "Europe/Oslo");
  EXPECT_TRUE(house.calendar("").open_at(at("2026-03-28T03:00:00Z"))) << "round the clock";
}

struct WrongLevels {
  char const* name;
  std::string text;
  char const* says;
};

class LevelMistakes : public testing::TestWithParam<WrongLevels> {};

TEST_P(LevelMistakes, AreNamedWithLineAndRemedy) {
  Loaded const loaded = read_config(smallest_desk + GetParam().text, "/");
  ASSERT_EQ(loaded.mistakes.size(), 1U) << all_of(loaded.mistakes);
  EXPECT_THAT(all_of(loaded.mistakes), HasSubstr(GetParam().says));
  EXPECT_GT(loaded.mistakes[0].line, 0);
  EXPECT_FALSE(loaded.mistakes[0].remedy.empty());
}

std::string const sla = "[[sla]]\nname = \"normal\"\n";

INSTANTIATE_TEST_SUITE_P(
    Table, LevelMistakes,
    testing::Values(
        WrongLevels{"no_such_zone", "[desk]\ntime_zone = \"Mars/Base\"\n", "\"Mars/Base\" is no time zone"},
        WrongLevels{"agent_on_mars", "time_zone = \"Mars/Base\"\n", "[agent].time_zone"},
        WrongLevels{"empty_calendar", "[[calendar]]\nname = \"office\"\nhours = []\n", "never be open"},
        WrongLevels{"agent_hours",
                    "[[agent]]\nhandle = \"eva\"\nname = \"Eva\"\naddresses = [\"eva@example.org\"]\nhours = "
                    "\"nights\"\n",
                    "add [[calendar]] name = \"nights\""},
        WrongLevels{"hours", "[[calendar]]\nname = \"office\"\nhours = [\"Mon 8-16\"]\n", "no interval"},
        WrongLevels{"holiday", office + "holidays = [\"Easter\"]\n", "does not know the date \"Easter\""},
        WrongLevels{"calendar", sla + "calendar = \"office\"\n", "which is not configured"},
        WrongLevels{"priority", sla + "priorities = [\"P9\"]\n", "does not know \"P9\""},
        WrongLevels{"team", sla + "teams = [\"second\"]\n", "does not know \"second\""},
        WrongLevels{"mailbox", sla + "mailboxes = [\"sales\"]\n", "does not know \"sales\""},
        WrongLevels{"status", sla + "runs = [\"busy\"]\n", "does not know \"busy\""},
        WrongLevels{"audience", sla + "breach = [\"boss\"]\n", "does not know \"boss\""}),
    [](auto const& row) { return row.param.name; });

TEST(Zones, AreThoseOfTheSystem) {
  auto const oslo = load_zone("Europe/Oslo");
  ASSERT_TRUE(oslo) << oslo.error().what;
  EXPECT_EQ(oslo->at(at("2026-03-29T00:59:59Z")).abbreviation, "CET");
  EXPECT_EQ(oslo->at(at("2026-03-29T01:00:00Z")).abbreviation, "CEST");
  EXPECT_EQ(oslo->at(at("2026-03-29T01:00:00Z")).offset, std::chrono::hours{2});
  auto const utc = load_zone("UTC");
  ASSERT_TRUE(utc);
  EXPECT_EQ(utc->local(at("2026-03-29T01:00:00Z")).time_since_epoch(),
            at("2026-03-29T01:00:00Z").time_since_epoch());
  auto const mars = load_zone("Mars/Base");
  ASSERT_FALSE(mars);
  EXPECT_THAT(mars.error().what, HasSubstr("Europe/Oslo"));
}

}  // namespace
}  // namespace spoc::daemon
