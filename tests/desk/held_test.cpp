// SPDX-License-Identifier: GPL-3.0-or-later
// Attachments that are kept aside, by name and by content.
#include "desk/held.hpp"

#include "desk/phrase.hpp"

#include <gtest/gtest.h>

namespace spoc::desk {
namespace {

std::string program() {
  std::string out = "MZ" + std::string(62, '\0');
  out[60] = 64;
  return out + std::string{"PE\0\0", 4};
}

struct HeldRow {
  char const* name;
  std::string filename, content, reason;
};
void PrintTo(HeldRow const& row, std::ostream* out) { *out << row.name; }
class HeldAttachments : public testing::TestWithParam<HeldRow> {};

TEST_P(HeldAttachments, AreNamed) {
  HeldRow const& row = GetParam();
  Attachment one;
  one.filename = row.filename;
  one.content = row.content;
  EXPECT_EQ(in_english(danger_of(one, {"exe", "scr", "js", "docm", "iso"})), row.reason);
  EXPECT_EQ(danger_of(one, {}), "") << "an empty list lets everything through";
}

INSTANTIATE_TEST_SUITE_P(
    Table, HeldAttachments,
    testing::Values(HeldRow{"Picture", "lamp.png", "\x89PNG", ""},
                    HeldRow{"Program", "setup.EXE", "", "files that end in .exe are kept aside"},
                    HeldRow{"TrailingDots", "setup.exe. .", "", "files that end in .exe are kept aside"},
                    HeldRow{"Script", "run.js", "", "files that end in .js are kept aside"},
                    HeldRow{"Macros", "report.docm", "", "files that end in .docm are kept aside"},
                    HeldRow{"DoubleExtension", "bill.pdf.exe", "", "its name hides that it ends in .exe"},
                    HeldRow{"TurnedRound", "annex\u202Efdp.exe", "", "its name hides that it ends in .exe"},
                    HeldRow{"InvisibleInside", "bill.e\u200Bxe", "", "its name hides that it ends in .exe"},
                    HeldRow{"RenamedProgram", "lamp.png", program(),
                            "it is a program, whatever its name says"},
                    HeldRow{"TextThatBeginsLikeOne", "notes.txt", "MZ is a postal code", ""},
                    HeldRow{"DotsInAName", "minutes.2026.03.pdf", "", ""},
                    HeldRow{"NoName", "", "words", ""}),
    [](auto const& row) { return std::string{row.param.name}; });

TEST(HeldAttachmentsOfAMail, KeepAnEarlierReason) {
  std::vector<Attachment> all(2);
  all[0].filename = all[1].filename = "x.exe";
  all[0].held = "virus";
  hold_dangerous(all, {"exe"});
  EXPECT_EQ(all[0].held, "virus");
  EXPECT_FALSE(all[1].held.empty());
}

}  // namespace
}  // namespace spoc::desk
