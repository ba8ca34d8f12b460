// SPDX-License-Identifier: GPL-3.0-or-later
// A signature that stands alone, and words that only look like one; and what becomes of it below commands.
#include "desk/sign_off.hpp"
#include "tests/desk/agent_room.hpp"

#include <gtest/gtest.h>

namespace spoc::desk {
namespace {

using namespace tests;

struct SignOffRow {
  std::string name, words;
  bool alone;
};
void PrintTo(SignOffRow const& row, std::ostream* out) { *out << row.name; }
class SignOffs : public testing::TestWithParam<SignOffRow> {};

TEST_P(SignOffs, AreTold) {
  EXPECT_EQ(is_lone_sign_off(GetParam().words, {"Sam Example", "Sæm Øksnes", "陈示例"}), GetParam().alone);
}

INSTANTIATE_TEST_SUITE_P(
    Table, SignOffs,
    testing::Values(
        SignOffRow{"Norwegian", "Mvh\nSam Example\nIT-support, Eksempel AS\nTlf 99 99 99 99", true},
        SignOffRow{"OnOneLine", "Med vennlig hilsen, Sam", true},
        SignOffRow{"Dotted", "M.v.h. Sam Example", true},
        SignOffRow{"English", "Kind regards,\n\nSam Example\nService desk", true},
        SignOffRow{"Alone", "Best regards", true},
        SignOffRow{"NobodysName", "Regards,\nThe night shift", true},
        SignOffRow{"NameAtItsHead", "Sam Example\nService desk | +47 99 99 99 99", true},
        SignOffRow{"NameAndTitle", "Sam Example | Service desk\nwww.example.org", true},
        SignOffRow{"LettersOfItsOwn", "SÆM ØKSNES\nIT", true},
        SignOffRow{"NoBreakSpaces", "Mvh\xC2\xA0\nSam\xC2\xA0", true},
        SignOffRow{"Simplified", "此致\n敬礼\n陈示例", true},
        SignOffRow{"Traditional", "順頌商祺，\n陈示例", true}, SignOffRow{"Nothing", "", false},
        SignOffRow{"Blank", " \n\xC2\xA0\n", false},
        SignOffRow{"WordsBefore", "It is done.\n\nMvh\nSam Example", false},
        SignOffRow{"Thanks", "Thanks,\nSam", false}, SignOffRow{"Bye", "Bye.", false},
        SignOffRow{"GreetingsToSomebody", "Hilsen til Ola", false},
        SignOffRow{"ALongerWord", "Regardsless of that it works", false},
        SignOffRow{"NameInASentence", "Sam Example will call you at two.", false},
        SignOffRow{"FirstNameInASentence", "Sam will call you.", false},
        SignOffRow{"OtherName", "Ola Nordmann\nRoom 4", false},
        SignOffRow{"PostScript", "Mvh\nSam Example\n\nPS: The spare key is with Ola", false},
        SignOffRow{"DottedPostScript", "Regards,\nSam\nP.S. Turn it off first.", false},
        SignOffRow{"PostScriptOnALineOfItsOwn", "Regards\nSam Example\nP.S.\nTurn it off first", false},
        SignOffRow{"SecondPostScript", "Regards\nSam Example\npps turn it off", false},
        SignOffRow{"ChinesePostScript", "此致\n陈示例\n又及：请先关机", false},
        SignOffRow{"WidePostScript", "此致\n陈示例\nPS：请先关机", false},
        SignOffRow{"NoPostScript", "Mvh\nSam Example\nPS-avdelingen\nPsykologisk senter", true},
        SignOffRow{"LongLine", "Regards\n" + std::string(300, 'x'), false},
        SignOffRow{"ManyLines", "Regards\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n16", false}),
    [](auto const& row) { return row.param.name; });

TEST(SignOff, InitialsAreNoPostScript) {
  EXPECT_TRUE(is_lone_sign_off("Regards\nP. S. Olsen\nService desk", {"P. S. Olsen"}));
  EXPECT_FALSE(is_lone_sign_off("Regards\nP. S. Call me", {"P. S. Olsen"}));
}

TEST(SignOff, APostScriptBelowASignatureIsSaid) {
  for (std::string const words :
       {"It smokes.\n\nRegards\nHugo\nP.S. Since today", "It smokes.\n\nRegards\nHugo\nPS: Room 4",
        "冒烟了。\n此致\n陈示例\n又及：四楼"})
    EXPECT_EQ(before_sign_off(words), words);
}

// Each mark was a copy of the whole line.
TEST(SignOff, MarksWithoutEndAreReadOnce) {
  std::string const marks(std::size_t{1} << 18U, '!');
  EXPECT_FALSE(is_lone_sign_off("It is done" + marks, {"Sam Example"}));
  EXPECT_TRUE(is_lone_sign_off("Mvh" + marks, {"Sam Example"}));
  std::string const words = "It is done.\n" + marks;
  EXPECT_EQ(before_sign_off(words), words);
}

class SignedMails : public AgentRoom {
 protected:
  std::string const signature = "\n\nMvh\nSam Example\nIT-support\n";
};

TEST_F(SignedMails, CommandsAndASignatureNeverReachTheRequester) {
  Plan const plan = plan_for("/take\n/priority P1" + signature);
  EXPECT_FALSE(reaches_requester(plan));
  EXPECT_TRUE(plan.messages.empty());
  EXPECT_NE(change<SetPriority>(plan), nullptr);
  ASSERT_EQ(letters(plan, LetterKind::receipt).size(), 1U);
  EXPECT_NE(receipt(plan).find("only your signature"), std::string::npos) << receipt(plan);
}

TEST_F(SignedMails, ALoneCloseIsTheDesksOwnLetter) {
  Plan const plan = plan_for("/close" + signature);
  EXPECT_TRUE(letters(plan, LetterKind::answer).empty());
  EXPECT_EQ(letters(plan, LetterKind::closed).size(), 1U);
}

TEST_F(SignedMails, WhatNeedsWordsIsRefused) {
  EXPECT_NE(receipt(plan_for("/note" + signature)).find("/note"), std::string::npos);
  EXPECT_NE(receipt(plan_for("/ask help@example.com" + signature)).find("/ask"), std::string::npos);
  Plan const empty = plan_for("Mvh\nSam Example");
  EXPECT_FALSE(reaches_requester(empty)) << "an empty reply";
  ASSERT_EQ(letters(empty, LetterKind::refusal).size(), 1U);
  EXPECT_EQ(letters(empty, LetterKind::refusal).front().text, "Mvh\nSam Example");
}

TEST_F(SignedMails, APostScriptIsAnAnswer) {
  Plan const plan = plan_for("/close" + signature + "PS: Turn it off at night.");
  ASSERT_EQ(letters(plan, LetterKind::answer).size(), 1U);
  EXPECT_NE(letters(plan, LetterKind::answer).front().text.find("Turn it off at night."), std::string::npos);
}

TEST_F(SignedMails, WordsTakeTheirSignatureAlong) {
  Plan const plan = plan_for("/close\nIt is done." + signature);
  ASSERT_EQ(letters(plan, LetterKind::answer).size(), 1U);
  EXPECT_EQ(letters(plan, LetterKind::answer).front().text, "It is done.\n\nMvh\nSam Example\nIT-support");
}

TEST_F(SignedMails, AFileTakesItAlongToo) {
  attachments = {{"guide.pdf", "application/pdf", "%PDF", "1", false, ""}};
  Plan const plan = plan_for("Mvh\nSam Example");
  ASSERT_EQ(letters(plan, LetterKind::answer).size(), 1U);
  EXPECT_EQ(letters(plan, LetterKind::answer).front().text, "Mvh\nSam Example");
}

}  // namespace
}  // namespace spoc::desk
