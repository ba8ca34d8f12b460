// SPDX-License-Identifier: GPL-3.0-or-later
// The command block: what is one, what is not, and what stops everything.
#include "desk/commands.hpp"

#include "desk/nearest.hpp"

#include "desk/phrase.hpp"

#include <gtest/gtest.h>

namespace spoc::desk {
namespace {

struct Row {
  std::string name, reply;
  std::vector<Command> commands;
  std::string words;
  std::string fault;  // part of the first fault; "" for none
};
void PrintTo(Row const& row, std::ostream* out) { *out << row.reply; }
class Blocks : public testing::TestWithParam<Row> {};

TEST_P(Blocks, AreRead) {
  Row const& row = GetParam();
  CommandBlock const block = read_commands(row.reply);
  if (row.fault.empty()) {
    EXPECT_EQ(block.commands, row.commands);
    EXPECT_EQ(block.words, row.words);
    EXPECT_TRUE(block.faults.empty()) << (block.faults.empty() ? "" : block.faults.front());
  } else {
    ASSERT_FALSE(block.faults.empty());
    EXPECT_NE(in_english(block.faults.front()).find(row.fault), std::string::npos) << block.faults.front();
  }
}

INSTANTIATE_TEST_SUITE_P(
    Table, Blocks,
    testing::Values(
        Row{"NoCommands", "Hello Ola,\n/etc is full", {}, "Hello Ola,\n/etc is full", ""},
        Row{"One", "/take", {{Verb::take, ""}}, "", ""},
        Row{"Block",
            "/take\n/priority p2\n/tag printer\n\nHello Ola",
            {{Verb::take, ""}, {Verb::priority, "P2"}, {Verb::tag, "printer"}},
            "Hello Ola",
            ""},
        Row{"BlankLinesBetween",
            "\n/take\n\n/close\n\nBye",
            {{Verb::take, ""}, {Verb::close, ""}},
            "Bye",
            ""},
        Row{"UpperCase", "/TAKE", {{Verb::take, ""}}, "", ""},
        Row{"NoBreakSpace", "\xC2\xA0/take\nHi", {{Verb::take, ""}}, "Hi", ""},
        Row{"PathBelowTheBlock",
            "/take\nLook at /var/log\n/var is full",
            {{Verb::take, ""}},
            "Look at /var/log\n/var is full",
            ""},
        Row{"Assign", "/assign Kari Eksempel", {{Verb::assign, "Kari Eksempel"}}, "", ""},
        Row{"AssignToNobody", "/assign None", {{Verb::unassign, ""}}, "", ""},
        Row{"AssignToNobodyInNorwegian", "/tildel ingen", {{Verb::unassign, ""}}, "", ""},
        Row{"Unassign", "/取消分配", {{Verb::unassign, ""}}, "", ""},
        Row{"UnassignWhom", "/unassign sam", {}, "", "takes nothing behind it"},
        Row{"Untag", "/tag -printer", {{Verb::tag, "-printer"}}, "", ""},
        Row{"Classes",
            "/kind Spørsmål\n/impact HØY\n/urgency 低",
            {{Verb::kind, "question"}, {Verb::impact, "high"}, {Verb::urgency, "low"}},
            "",
            ""},
        Row{"WrongKind", "/kind disaster", {}, "", "incident, request, question or complaint"},
        Row{"WrongLevel", "/impact huge", {}, "", "high, medium or low"},
        Row{"MergeWithSign", "/merge #17", {{Verb::merge, "17"}}, "", ""},
        Row{"MergeWhat", "/merge the other", {}, "", "ticket's number"},
        Row{"MergeHuge", "/merge 99999999999999999999", {}, "", "ticket's number"},
        Row{"CopyInBrackets", "/cc <Eva@Example.net>", {{Verb::cc, "eva@example.net"}}, "", ""},
        Row{"CopyWhom", "/cc Eva", {}, "", "a mail address is meant"},
        Row{"CopyTwo", "/cc a@example.net, b@example.net", {}, "", "a mail address is meant"},
        Row{"RequesterByName",
            "/requester Ada <Ada@Example.com>",
            {{Verb::requester, "Ada <Ada@Example.com>"}},
            "",
            ""},
        Row{"RequesterWhom", "/requester Ada", {}, "", "a mail address is meant"},
        Row{"RequesterNameAlone", "/requester Ada <>", {}, "", "a mail address is meant"},
        Row{"Ask", "/ask help@example.com Is it you?", {{Verb::ask, "help@example.com Is it you?"}}, "", ""},
        Row{"AskWhom", "/ask them politely", {}, "", "a mail address is meant"},
        Row{"EscalateBare", "/escalate", {{Verb::escalate, ""}}, "", ""},
        Row{"UndoWhat", "/undo that", {}, "", "takes nothing behind it"},
        Row{"Norwegian",
            "/Lukk\n/TILDEL kari\n/LØST",
            {{Verb::close, ""}, {Verb::assign, "kari"}, {Verb::resolve, ""}},
            "",
            ""},
        Row{"Simplified", "/关闭\n再见", {{Verb::close, ""}}, "再见", ""},
        Row{"TraditionalFullWidth",
            "／指派　kari\n／關閉",
            {{Verb::assign, "kari"}, {Verb::close, ""}},
            "",
            ""},
        Row{"SendAnywayInNorwegian", "/send likevel\nHei", {{Verb::send, "likevel"}}, "Hei", ""},
        Row{"MisspeltNorwegian", "/luk\nHei", {}, "", "did you mean /lukk"},
        Row{"SlashAlone", "/\nHi", {}, "", "\"/\" is not a command"},
        Row{"SendAnyway", "/send anyway\nHi", {{Verb::send, "anyway"}}, "Hi", ""},
        Row{"Misspelt", "/clsoe\nBye", {}, "", "did you mean /close"},
        Row{"Unknown", "/frobnicate", {}, "", "\"/frobnicate\" is not a command"},
        Row{"UnknownAmongKnown", "/take\n/nonsense\nHi", {}, "", "/nonsense"},
        Row{"PathInTheBlock", "/etc/passwd is full", {}, "", "is not a command"},
        Row{"MissingArgument", "/assign", {}, "", "/assign needs NAME|TEAM|me"},
        Row{"SuperfluousArgument", "/close now", {}, "", "takes nothing behind it"},
        Row{"WrongPriority", "/priority P7", {}, "", "P1, P2, P3 or P4"},
        Row{"WrongArticle", "/use two", {}, "", "number of a suggested article"},
        Row{"TwoTags", "/tag one two", {}, "", "takes one word"},
        Row{"SendWhat", "/send", {}, "", "/send anyway"}),
    [](auto const& row) { return row.param.name; });

TEST(Commands, AnAddressIsReadHoweverItIsWritten) {
  EXPECT_EQ(address_in("Ola@example.net"), (Address{"", "ola@example.net"}));
  EXPECT_EQ(address_in("<Ola@example.net>"), (Address{"", "ola@example.net"}));
  EXPECT_EQ(address_in("Ola Testmann <Ola@example.net>"), (Address{"Ola Testmann", "ola@example.net"}));
  EXPECT_EQ(address_in("Ola <ola@example.net"), (Address{"Ola", "ola@example.net"}));
}

TEST(Commands, EachHasHelp) {
  for (CommandRow const& row : command_table()) EXPECT_FALSE(row.help.empty()) << row.word;
}

TEST(Nearest, FindsWhatWasMeant) {
  std::vector<std::string_view> const known{"close", "resolve", "take", "tag"};
  EXPECT_EQ(nearest("clsoe", known), "close");
  EXPECT_EQ(nearest("reslove", known), "resolve");
  EXPECT_EQ(nearest("tak", known), "take") << "the first of equals";
  EXPECT_FALSE(nearest("frobnicate", known));
  EXPECT_FALSE(nearest(std::string(1000, 'x'), known));
}

}  // namespace
}  // namespace spoc::desk
