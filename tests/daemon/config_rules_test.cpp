// SPDX-License-Identifier: GPL-3.0-or-later
// Rules of the configuration: what becomes of them, and each mistake with its line.
#include "daemon/config.hpp"

#include "tests/daemon/mistakes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace spoc::daemon {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string const rule = "[[rule]]\nname = \"one\"\nwhen = [\"opened\"]\n";

TEST(RuleConfig, DottedKeysAndTablesSayTheSame) {
  Loaded const loaded = read_config(
      smallest_desk + rule + "if.from = [\"Boss@Example.org\"]\nthen.tag = [\"vip\"]\nlast = true\n" +
          "[[rule]]\nname = \"two\"\nwhen = [\"time\"]\nafter = \"3d\"\n[rule.if]\nvip = \"yes\"\n"
          "[rule.then]\nassign = \"sam\"\n",
      "/");
  ASSERT_THAT(loaded.mistakes, IsEmpty()) << all_of(loaded.mistakes);
  auto const& rules = loaded.config.house.rules;
  ASSERT_EQ(rules.size(), 2U);
  EXPECT_THAT(rules[0].wanted.from, ElementsAre("boss@example.org"));
  EXPECT_THAT(rules[0].then.tag, ElementsAre("vip"));
  EXPECT_TRUE(rules[0].last);
  EXPECT_EQ(rules[1].after, std::chrono::hours{72});
  EXPECT_EQ(rules[1].wanted.vip, "yes");
  EXPECT_EQ(rules[1].then.assign, "sam");
}

TEST(RuleConfig, PersonsAreReadWithoutRegardToCapitals) {
  Loaded const loaded = read_config(
      smallest_desk + rule + "if.assignees = [\"Sam\"]\nif.organisations = [\"Sjøbua AS\"]\n", "/");
  ASSERT_THAT(loaded.mistakes, IsEmpty()) << all_of(loaded.mistakes);
  EXPECT_THAT(loaded.config.house.rules[0].wanted.assignees, ElementsAre("sam"));
  EXPECT_THAT(loaded.config.house.rules[0].wanted.organisations, ElementsAre("sjøbua as"));
}

TEST(RuleConfig, PrintsWhatItReads) {
  std::string const printed = print_config(smallest_desk + rule + "then.tag = [\"vip\"]\n", "/");
  EXPECT_THAT(printed, HasSubstr("then.tag = [ 'vip' ]"));
  EXPECT_THAT(read_config(printed, "/").mistakes, IsEmpty()) << all_of(read_config(printed, "/").mistakes);
}

struct WrongRule {
  char const* name;
  std::string text;
  char const* says;
};

class RuleMistakes : public testing::TestWithParam<WrongRule> {};

TEST_P(RuleMistakes, AreNamedWithTheirLine) {
  Loaded const loaded = read_config(smallest_desk + GetParam().text, "/");
  ASSERT_EQ(loaded.mistakes.size(), 1U) << all_of(loaded.mistakes);
  EXPECT_THAT(all_of(loaded.mistakes), HasSubstr(GetParam().says));
  EXPECT_GT(loaded.mistakes[0].line, 7);
}

INSTANTIATE_TEST_SUITE_P(
    Table, RuleMistakes,
    testing::Values(
        WrongRule{"event", "[[rule]]\nname = \"one\"\nwhen = [\"open\"]\n", "does not know \"open\""},
        WrongRule{"no_event", "[[rule]]\nname = \"one\"\nwhen = []\n", "would never fire"},
        WrongRule{"no_time", "[[rule]]\nname = \"one\"\nwhen = [\"time\"]\n", "say after how long"},
        WrongRule{"twice", rule + rule, "stands twice"},
        WrongRule{"condition", rule + "if.form = [\"x\"]\n", "did you mean \"if.from\"?"},
        WrongRule{"action", rule + "then.asign = \"sam\"\n", "did you mean \"then.assign\"?"},
        WrongRule{"mailbox", rule + "if.mailboxes = [\"sales\"]\n", "use the name of a [[mailbox]]"},
        WrongRule{"check", rule + "if.checks = [\"dmarc\"]\n", "dmarc=fail"},
        WrongRule{"calendar", rule + "if.calendar = \"office\"\n", "which is not configured"},
        WrongRule{"hours", rule + "if.hours = \"shut\"\n", "does not know \"shut\""},
        WrongRule{"closed_round_the_clock", rule + "if.hours = \"closed\"\n", "never holds"},
        WrongRule{"after_without_time", rule + "after = \"3d\"\n", "add \"time\" to when"},
        WrongRule{"agent", rule + "then.assign = \"boss\"\n", "use an agent's handle"},
        WrongRule{"team", rule + "then.team = \"second\"\n", "use the name of a [[team]]"},
        WrongRule{"priority", rule + "then.priority = \"P9\"\n", "use P1, P2, P3 or P4"},
        WrongRule{"tag", rule + "then.tag = [\"two words\"]\n", "use one word"},
        WrongRule{"asked_agent", rule + "then.ask = \"sam@example.org\"\nthen.question = \"?\"\n",
                  "somebody outside"},
        WrongRule{"assignee", rule + "if.assignees = [\"boss\"]\n", "use agents' handles"},
        WrongRule{"assignee_of_nobody", rule + "if.assignees = [\"sam\"]\nif.assigned = \"no\"\n",
                  "can't hold with"},
        WrongRule{"no_question", rule + "then.ask = \"help@example.com\"\n", "say both whom and what"}),
    [](auto const& row) { return std::string{row.param.name}; });

}  // namespace
}  // namespace spoc::daemon
