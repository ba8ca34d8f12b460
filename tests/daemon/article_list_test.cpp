// SPDX-License-Identifier: GPL-3.0-or-later
// The list of all articles keeps in step with the index.
#include "daemon/article_list.hpp"

#include "search/index.hpp"
#include "tests/fakes/temp_dir.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace spoc::daemon {
namespace {

using testing::ElementsAre;

TEST(ArticleList, IsReadAgainWhenTheIndexHasChanged) {
  fakes::TempDir folder;
  auto const place = folder.path() / "index";
  ArticleList list;
  auto const none = list.all(place);
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().kind, Kind::missing);

  auto index = search::Index::open(place);
  ASSERT_TRUE(index) << index.error().what;
  auto const put = [&](std::string const& id, std::string const& language) {
    desk::Article article;
    article.id = id;
    article.language = language;
    article.title = "About " + id;
    article.body = "Words of " + id + ".";
    ASSERT_TRUE(index->put(article));
    ASSERT_TRUE(index->commit());
  };
  auto const names = [&] {
    std::vector<std::string> out;
    auto const all = list.all(place);
    if (!all) return std::vector{all.error().what};
    for (desk::Article const& one : **all) out.push_back(place_on_shelf(one));
    return out;
  };
  put("vpn", "nb");
  put("mail", "en");
  put("vpn", "en");
  EXPECT_THAT(names(), ElementsAre("mail|en", "vpn|en", "vpn|nb"));
  put("account", "en");
  EXPECT_THAT(names(), ElementsAre("account|en", "mail|en", "vpn|en", "vpn|nb"));
  for (char const* const id : {"a", "b", "c", "d"}) put(id, "en");
  EXPECT_EQ(names().size(), 8U) << "commits that nobody saw";
}

}  // namespace
}  // namespace spoc::daemon
