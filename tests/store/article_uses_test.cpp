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
    desk::Feedback again{"mail", "nb", true, "Takk igjen"};
    again.counts = false;
    EXPECT_EQ(add_feedback(tx, again, now), 3);
    EXPECT_THAT(remarks(tx, "mail", 10), SizeIs(2)) << "its words are kept";
    EXPECT_EQ(article_uses(tx).at("mail"), (desk::Uses{1, 0})) << "it moves nothing";
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

TEST_F(Desk, AKeeperIsToldOnceADay) {
  write([&](Tx& tx) {
    EXPECT_TRUE(untold_owners(tx).empty());
    add_feedback(tx, {"vpn", "en", false, "Step 3?", "VPN", "kb@example.net"}, now);
    add_feedback(tx, {"mail", "en", true, "Fine", "Mail", ""}, now + std::chrono::hours{1});
    add_feedback(tx, {"vpn", "en", true, "", "VPN", "kb@example.net"}, now);
    auto const owners = untold_owners(tx);
    ASSERT_THAT(owners, SizeIs(2));
    EXPECT_EQ(owners[0], (std::pair<std::string, desk::Time>{"", now + std::chrono::hours{1}}));
    EXPECT_EQ(owners[1], (std::pair<std::string, desk::Time>{"kb@example.net", now})) << "the first at once";
    auto const said = untold_remarks(tx, "kb@example.net", 10);
    ASSERT_THAT(said, SizeIs(1)) << "a bare answer is counted alone";
    EXPECT_EQ(said[0].title, "VPN");
    remark_was_told(tx, said[0].id, now);
    EXPECT_THAT(untold_remarks(tx, "kb@example.net", 10), testing::IsEmpty());
    add_feedback(tx, {"vpn", "en", false, "Step 4?", "VPN", "kb@example.net"}, now + std::chrono::hours{2});
    EXPECT_EQ(untold_owners(tx)[1].second, now + std::chrono::hours{24}) << "the next a day later";
  });
}

}  // namespace
}  // namespace spoc::store
