// SPDX-License-Identifier: GPL-3.0-or-later
// Tables of phrases find what a plain search finds.
#include "parser/phrases.hpp"

#include <gtest/gtest.h>

namespace spoc::parser {
namespace {

constexpr std::string_view table[] = {"out of office", "out of", "tak", "不在办公室", "automatic reply"};

struct PhraseRow {
  std::string_view text;
  bool in, begins;
};
class PhraseTable : public testing::TestWithParam<PhraseRow> {};

TEST_P(PhraseTable, FindsWhatAPlainSearchFinds) {
  Phrases const phrases{table};
  EXPECT_EQ(phrases.in(GetParam().text), GetParam().in);
  EXPECT_EQ(phrases.begin_of(GetParam().text), GetParam().begins);
}

INSTANTIATE_TEST_SUITE_P(
    Texts, PhraseTable,
    testing::Values(PhraseRow{"", false, false}, PhraseRow{"ta", false, false}, PhraseRow{"tak", true, true},
                    PhraseRow{"mange tak", true, false}, PhraseRow{"out o", false, false},
                    PhraseRow{"out of order", true, true}, PhraseRow{"i am out of office", true, false},
                    PhraseRow{"我现在不在办公室", true, false}, PhraseRow{"不在办公室", true, true},
                    PhraseRow{"an automatic repl", false, false}));

TEST(PhraseTable, TakesOnlyWhatIsAccepted) {
  Phrases const phrases{table};
  std::string_view const text = "takk, mange tak";
  auto const alone = [&](std::size_t at, std::string_view phrase) {
    return at + phrase.size() == text.size() || text[at + phrase.size()] == ' ';
  };
  EXPECT_TRUE(phrases.any(text, alone));
  EXPECT_FALSE(phrases.any(text.substr(0, 4), [&](std::size_t, std::string_view) { return false; }));
}

TEST(PhraseTable, AnEmptyTableHoldsNothing) {
  Phrases const phrases{{}};
  EXPECT_FALSE(phrases.in("words"));
  EXPECT_FALSE(phrases.begin_of(""));
}

}  // namespace
}  // namespace spoc::parser
