// SPDX-License-Identifier: GPL-3.0-or-later
// Phrases keep their parts apart until somebody says them.
#include "desk/phrase.hpp"

#include <gtest/gtest.h>

namespace spoc::desk {
namespace {

TEST(Phrase, IsSaidInEnglishAndInAnotherForm) {
  std::string const one = phrase("{1} answered {2}", {"Kari", "Ola"});
  EXPECT_EQ(in_english(one), "Kari answered Ola");
  EXPECT_EQ(filled("{2} fikk svar av {1}", parts_of(one).parts), "Ola fikk svar av Kari");
}

TEST(Phrase, PartsAreNeverReadAsForms) {
  EXPECT_EQ(in_english(phrase("{1} and {2}", {"{2}", "x"})), "{2} and x");
  EXPECT_EQ(in_english(phrase("{1}", {"a\x1F"
                                      "b\nc"})),
            "a b c");
}

TEST(Phrase, TextWithoutPartsStandsAsItIs) {
  EXPECT_EQ(in_english("550 no such user {1}"), "550 no such user {1}");
  EXPECT_TRUE(parts_of("closed").parts.empty());
}

}  // namespace
}  // namespace spoc::desk
