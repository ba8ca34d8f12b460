// SPDX-License-Identifier: GPL-3.0-or-later
// The log: one line an event in both forms, each with its time and level.
#include "daemon/log.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <algorithm>
#include <boost/json/parse.hpp>

namespace spoc::daemon {
namespace {

class Log : public testing::Test {
 protected:
  ~Log() override { open_log("info", false); }
  static std::string written(Entry const& entry) {
    testing::internal::CaptureStderr();
    entry.write();
    return testing::internal::GetCapturedStderr();
  }
};

TEST_F(Log, AJsonLineHasTimeLevelAndEvent) {
  open_log("info", true);
  std::string const line =
      written(Entry{Severity::warning, "letter"}.with("ticket", 7).with("words", "two\nlines \"quoted\""));
  EXPECT_EQ(std::count(line.begin(), line.end(), '\n'), 1);
  boost::json::object const object = boost::json::parse(line).as_object();
  EXPECT_THAT(std::string{object.at("time").as_string()},
              testing::MatchesRegex("[0-9]+-[0-9]+-[0-9]+T[0-9]+:[0-9]+:[0-9]+[.][0-9]+Z"));
  EXPECT_EQ(object.at("level").as_string(), "warning");
  EXPECT_EQ(object.at("event").as_string(), "letter");
  EXPECT_EQ(object.at("ticket").as_string(), "7");
  EXPECT_EQ(object.at("words").as_string(), "two\nlines \"quoted\"");
}

TEST_F(Log, APlainLineHasTheSame) {
  open_log("info", false);
  EXPECT_THAT(written(Entry{Severity::error, "start"}.with("why", "a b")),
              testing::MatchesRegex("[0-9]+-[0-9]+-[0-9]+T[0-9:.]+Z error start why=\"a b\"\n"));
  EXPECT_EQ(written(Entry{Severity::debug, "not asked for"}), "");
}

}  // namespace
}  // namespace spoc::daemon
