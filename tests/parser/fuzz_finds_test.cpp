// SPDX-License-Identifier: GPL-3.0-or-later
// What the fuzz targets found, each fault as small as it can be said.
#include "parser/calendar.hpp"
#include "parser/charset.hpp"
#include "parser/dialect.hpp"
#include "parser/fold_words.hpp"
#include "parser/quote.hpp"
#include "parser/report.hpp"

#include <gtest/gtest.h>

namespace spoc::parser {
namespace {

// U+0138 was folded to a capital letter, which folded further.
TEST(FuzzFinds, FoldingTwiceIsFoldingOnce) {
  std::string text;
  for (char32_t c = 0x20; c < 0x2100; ++c) {
    if (c < 0x80) {
      text += static_cast<char>(c);
    } else if (c < 0x800) {
      text += static_cast<char>(0xc0 | (c >> 6));
      text += static_cast<char>(0x80 | (c & 0x3f));
    } else {
      text += static_cast<char>(0xe0 | (c >> 12));
      text += static_cast<char>(0x80 | ((c >> 6) & 0x3f));
      text += static_cast<char>(0x80 | (c & 0x3f));
    }
  }
  EXPECT_EQ(folded(folded(text)), folded(text));
}

// A character that was cut in two at the limit became U+FFFD, and the line longer than promised.
TEST(FuzzFinds, OneLineKeepsItsLimit) {
  for (std::size_t lead = 0; lead < 4; ++lead) {
    std::string words(lead, 'x');
    for (int i = 0; i < 300; ++i) words += "字";
    std::string const line = one_line(words);
    EXPECT_LE(line.size(), 500U);
    EXPECT_TRUE(is_utf8(line));
    EXPECT_EQ(line.find("\ufffd"), std::string::npos);
  }
}

TEST(FuzzFinds, AFailedRecipientIsValidUtf8) {
  std::string const header = "X-Failed-Recipients: slow@example.c\xff\xffom\n";
  EXPECT_TRUE(is_utf8(read_dialect(read_fields(header), "Warning", "not yet delivered").recipient));
}

// A line of nothing but a colon was asked for its first letter.
TEST(FuzzFinds, AColonAloneIsNoSeparator) { EXPECT_EQ(reply_of_text("Hello\n:\nthere"), "Hello\n:\nthere"); }

// Whose clock time is none has a date, and no character is cut in two.
TEST(FuzzFinds, ACalendarsBrokenClockIsLeftOut) {
  std::string const words = words_of_calendar(
      "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261124T1\xd0\xbf\xd0\xbf\xd0\xbf\nSUMMARY:Printer\nEND:"
      "VEVENT\n");
  EXPECT_EQ(words, "Invitation: Printer\nWhen: 2026-11-24\n");
}

}  // namespace
}  // namespace spoc::parser
