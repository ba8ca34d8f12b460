// SPDX-License-Identifier: GPL-3.0-or-later
// What agents get looked up, and where links to articles lead.
#include "daemon/finder.hpp"

#include "daemon/shelf.hpp"
#include "tests/fakes/temp_dir.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace spoc::daemon {
namespace {

namespace fs = std::filesystem;

class Finder : public testing::Test {
 protected:
  Finder() {
    put("en/vpn.md", "id: vpn\ntitle: VPN drops\nlanguage: en",
        "The tunnel drops every hour. Restart the tunnel.");
    put("nb/vpn.md", "id: vpn\ntitle: VPN faller ut\nlanguage: nb", "Tunnelen faller ut. Start den igjen.");
    put("en/codes.md", "id: codes\ntitle: Projector codes\nlanguage: en\naudience: internal",
        "The projector asks for a code: type it on the remote control of the projector.");
    auto index = search::Index::open(folder.path() / "index");
    EXPECT_TRUE(index && shelve(*index, folder.path() / "kb", "2026-03-02"));
  }
  void put(std::string const& path, std::string const& front_matter, std::string const& body) const {
    fs::path const file = folder.path() / "kb" / path;
    fs::create_directories(file.parent_path());
    std::ofstream{file} << "---\n" << front_matter << "\n---\n\n" << body << "\n";
  }
  fakes::TempDir folder;
};

TEST_F(Finder, LinksNameTheLanguageWhereTranslationsShareAnId) {
  auto reader = search::Reader::open(folder.path() / "index");
  ASSERT_TRUE(reader);
  EXPECT_EQ(article_page(&*reader, "vpn", "nb"), "/kb/vpn?lang=nb");
  EXPECT_EQ(article_page(&*reader, "codes", "en"), "/kb/codes");
  EXPECT_EQ(article_page(&*reader, "vpn", ""), "/kb/vpn");
  EXPECT_EQ(article_page(nullptr, "vpn", "nb"), "/kb/vpn");
}

TEST_F(Finder, AgentsSeeInternalArticlesAndEachHitHasItsLanguage) {
  auto reader = search::Reader::open(folder.path() / "index");
  ASSERT_TRUE(reader);
  auto const inside = look_up(&*reader, "", "The projector asks for a code", "en");
  ASSERT_FALSE(inside.articles.empty());
  EXPECT_EQ(inside.articles[0].article, "codes");
  EXPECT_TRUE(inside.articles[0].internal);
  auto const norwegian = look_up(&*reader, "", "Tunnelen faller ut", "nb");
  ASSERT_FALSE(norwegian.articles.empty());
  EXPECT_EQ(norwegian.articles[0].language, "nb");
  EXPECT_TRUE(look_up(nullptr, "", "Tunnelen faller ut", "nb").articles.empty());
}

TEST_F(Finder, VisitorsAreOfferedWhatTheyMayReadWithThePageInItsLanguage) {
  auto reader = search::Reader::open(folder.path() / "index");
  ASSERT_TRUE(reader);
  auto const norwegian = offers(&*reader, "Tunnelen faller ut", "nb");
  ASSERT_FALSE(norwegian.empty());
  EXPECT_EQ(norwegian[0].url, "/kb/vpn?lang=nb");
  EXPECT_TRUE(offers(&*reader, "The projector asks for a code", "en").empty()) << "agents alone may read it";
  EXPECT_TRUE(offers(nullptr, "Tunnelen faller ut", "nb").empty());
}

search::Hit hit(std::string id, bool confident, bool internal) {
  return {std::move(id), "", "", "en", 0.5, confident, internal};
}

std::vector<std::string> taken(std::vector<search::Hit> const& hits) {
  std::vector<std::string> out;
  for (desk::Suggestion const& one : suggested(hits)) out.push_back(one.article);
  return out;
}

TEST(Suggested, WhatAgentsAloneMayReadKeepsNoAnswerFromWhoAsks) {
  auto const inside = [](std::string id) { return hit(std::move(id), true, true); };
  auto const unsure = [](std::string id) { return hit(std::move(id), false, false); };
  auto const offered = [](std::string id) { return hit(std::move(id), true, false); };
  using testing::ElementsAre;
  EXPECT_THAT(taken({}), testing::IsEmpty());
  EXPECT_THAT(taken({offered("a"), inside("b"), unsure("c"), offered("d")}), ElementsAre("a", "b", "c"));
  EXPECT_THAT(taken({inside("a"), inside("b"), inside("c"), unsure("d"), offered("e"), offered("f")}),
              ElementsAre("a", "b", "e"));
  EXPECT_THAT(taken({inside("a"), inside("b"), inside("c"), unsure("d")}), ElementsAre("a", "b", "c"));
  EXPECT_THAT(taken({unsure("a"), offered("b")}), ElementsAre("a", "b"));
}

}  // namespace
}  // namespace spoc::daemon
