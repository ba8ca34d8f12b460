// SPDX-License-Identifier: GPL-3.0-or-later
// The catalogue: every article without its body, and whether there is something new.
#include "search/catalogue.hpp"

#include "shelf.hpp"

#include <set>

namespace spoc::search {
namespace {

TEST_F(Shelf, CatalogueListsEveryArticleWithoutItsBody) {
  fill();
  auto catalogue = Catalogue::open(folder);
  ASSERT_TRUE(catalogue);
  auto const all = catalogue->articles();
  ASSERT_TRUE(all) << all.error().what;
  std::set<std::string> names;
  for (desk::Article const& one : *all) {
    names.insert(one.id + " " + one.language);
    EXPECT_EQ(one.body, "");
    EXPECT_NE(one.title, "");
  }
  EXPECT_EQ(names, (std::set<std::string>{"dayin zh-Hans", "lunsj nb", "mima zh-Hant", "password en",
                                          "printer-jam en", "skriver nb", "vpn-drops en"}));
}

TEST_F(Shelf, CatalogueHasAnotherEditionAfterEachCommit) {
  fill();
  auto catalogue = Catalogue::open(folder);
  ASSERT_TRUE(catalogue);
  auto const first = catalogue->edition();
  ASSERT_TRUE(first);
  EXPECT_EQ(*catalogue->edition(), *first);
  put(article("new", "en", "Something new", "It is here."));
  commit();
  EXPECT_NE(*catalogue->edition(), *first);
  EXPECT_EQ(catalogue->articles()->size(), 8U);
}

TEST_F(Shelf, CatalogueTellsWhatIsNewByItsHash) {
  fill();
  auto catalogue = Catalogue::open(folder);
  ASSERT_TRUE(catalogue);
  auto const before = catalogue->listed();
  ASSERT_TRUE(before) << before.error().what;
  EXPECT_EQ(before->size(), 7U);
  std::set<std::string> known;
  for (auto const& one : *before) known.insert(one.hash);
  EXPECT_EQ(known.size(), 7U);
  put(article("vpn-drops", "en", "Something else", "It is here."));
  commit();
  ASSERT_TRUE(catalogue->edition());
  auto const after = catalogue->listed();
  ASSERT_TRUE(after);
  EXPECT_EQ(after->size(), 7U);
  std::vector<std::string> fresh;
  for (auto const& one : *after)
    if (!known.contains(one.hash)) fresh.push_back(catalogue->article(one)->title);
  EXPECT_EQ(fresh, std::vector<std::string>{"Something else"});
}

TEST_F(Shelf, CatalogueOfNothingIsMissing) {
  auto const none = Catalogue::open(folder / "elsewhere");
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().kind, Kind::missing);
}

TEST_F(Shelf, CatalogueOfAnotherReleaseIsMissing) {
  commit();
  ASSERT_TRUE(Catalogue::open(folder));
  std::filesystem::resize_file(folder / "format", 3);
  auto const none = Catalogue::open(folder);
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().kind, Kind::missing);
}

}  // namespace
}  // namespace spoc::search
