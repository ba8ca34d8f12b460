// SPDX-License-Identifier: GPL-3.0-or-later
// Who says a phrase: the newest first, within bounds.
#include "search/said.hpp"

#include "tests/search/shelf.hpp"

#include <gmock/gmock.h>
#include <xapian.h>

namespace spoc::search {
namespace {

using Numbers = std::vector<std::int64_t>;

class Said : public Shelf {
 protected:
  /// Message n is of ticket 100 + n.
  void say(std::vector<std::string> const& texts) {
    for (std::size_t i = 0; i < texts.size(); ++i) {
      auto const number = static_cast<std::int64_t>(i + 1);
      put(MessageText{100 + number, number, true, "", texts[i], "en"});
    }
    commit();
  }
  Xapian::Database db() const { return Xapian::Database((folder / "tickets").string()); }
  static std::vector<std::string> times(std::size_t count, std::vector<std::string> const& texts) {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < count; ++i) out.push_back(texts[i % texts.size()]);
    return out;
  }
  std::vector<Word> const phrase = split("red wine");
};

TEST_F(Said, WhereAllCanBeLookedAtAllAreFound) {
  say(times(9, {"Red wine.", "Wine, red.", "Nothing."}));
  EXPECT_EQ(newest_that_say(db(), phrase), (Numbers{101, 104, 107}));
}

TEST_F(Said, OfMoreTheNewestAreLookedAt) {
  say(times(30, {"Wine, red.", "Red wine."}));
  EXPECT_EQ(newest_that_say(db(), phrase, {8, 1000, 10}), (Numbers{122, 124, 126, 128, 130}))
      << "after two pieces of five messages ten are compared";
}

TEST_F(Said, OfThoseThatSayItTheNewestAreTaken) {
  say(times(30, {"Wine, red.", "Red wine."}));
  EXPECT_EQ(newest_that_say(db(), phrase, {50'000, 2, 10}), (Numbers{128, 130}));
  EXPECT_EQ(newest_that_say(db(), phrase, {29, 7, 10}), (Numbers{118, 120, 122, 124, 126, 128, 130}));
}

TEST_F(Said, PiecesLeaveNothingOut) {
  say(times(30, {"Red wine.", "Red.", "Wine."}));
  Numbers const all{101, 104, 107, 110, 113, 116, 119, 122, 125, 128};
  for (std::uint32_t piece = 1; piece < 70; ++piece)
    EXPECT_EQ(newest_that_say(db(), phrase, {19, 1000, piece}), all) << piece;
}

TEST_F(Said, OthersAreNotAsked) {
  say(times(9, {"Red wine.", "Wine, red.", "Nothing."}));
  EXPECT_EQ(those_that_say(db(), phrase, {101, 102, 103, 107, 999}), (Numbers{101, 107}));
  EXPECT_EQ(those_that_say(db(), phrase, {}), Numbers{});
}

TEST_F(Said, AsManyAsHaveItsRarestWord) {
  say(times(9, {"Red wine, white wine.", "Red.", "Reds and wines."}));
  EXPECT_EQ(most_that_say(db(), phrase), 6U);
  EXPECT_EQ(most_that_say(db(), split("red nothing")), 0U);
}

TEST_F(Said, NothingIsSaidByNobody) {
  EXPECT_EQ(newest_that_say(db(), phrase), Numbers{});
  EXPECT_EQ(newest_that_say(db(), phrase, {0, 0, 1}), Numbers{});
}

}  // namespace
}  // namespace spoc::search
