// SPDX-License-Identifier: GPL-3.0-or-later
// What readers said is counted, and kept where it has words.
#include "store/article_uses.hpp"

#include "tests/store/desk_fixture.hpp"

namespace spoc::store {
namespace {

using testing::SizeIs;

TEST_F(Desk, ReadersAnswersAreCountedAndTheirWordsKept) {
  write([&](Tx& tx) {
    EXPECT_EQ(add_feedback(tx, {"vpn", "en", true, ""}, now), 0);
    EXPECT_EQ(add_feedback(tx, {"vpn", "en", false, "Step 3?"}, now), 1);
    EXPECT_EQ(add_feedback(tx, {"mail", "nb", true, "Takk"}, now), 2);
    EXPECT_EQ(article_uses(tx), (std::map<std::string, desk::Uses>{{"mail", {1, 0}}, {"vpn", {1, 1}}}));
    ASSERT_THAT(remarks(tx, "", 10), SizeIs(2));
    EXPECT_EQ(remarks(tx, "", 10)[0].article, "mail") << "the newest first";
    EXPECT_THAT(remarks(tx, "", 1), SizeIs(1));
    auto const vpn = remarks(tx, "vpn", 10);
    ASSERT_THAT(vpn, SizeIs(1));
    EXPECT_EQ(vpn[0].language, "en");
    EXPECT_EQ(vpn[0].at, now);
    EXPECT_FALSE(vpn[0].helped);
    EXPECT_EQ(vpn[0].words, "Step 3?");
  });
}

TEST_F(Desk, WhatAgentsSendAndWhatSolvesIsCountedBesideIt) {
  write([&](Tx& tx) {
    count_use(tx, {"vpn", desk::ArticleUse::sent});
    count_use(tx, {"vpn", desk::ArticleUse::solved});
    count_use(tx, {"vpn", desk::ArticleUse::solved});
    add_feedback(tx, {"vpn", "en", true, ""}, now);
    count_use(tx, {"mail", desk::ArticleUse::solved});
    EXPECT_EQ(article_uses(tx),
              (std::map<std::string, desk::Uses>{{"mail", {0, 0, 0, 1}}, {"vpn", {1, 0, 1, 2}}}));
    EXPECT_EQ(self_solved(tx), 3);
  });
}

}  // namespace
}  // namespace spoc::store
