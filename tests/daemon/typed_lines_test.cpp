// SPDX-License-Identifier: GPL-3.0-or-later
// What people type into the chat, asked of the demonstration's articles: the right one is offered first, and
// whoever speaks of something else is offered nothing.
#include "daemon/shelf.hpp"
#include "search/terms.hpp"
#include "tests/fakes/source_folder.hpp"
#include "tests/fakes/temp_dir.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>

namespace spoc::daemon {
namespace {

namespace fs = std::filesystem;

struct Typed {
  std::string language, kept, article, line;
};

/// tests/daemon/typed_lines.txt.
std::vector<Typed> typed_lines() {
  std::ifstream in{fs::path{fakes::source_folder()} / "tests/daemon/typed_lines.txt"};
  std::vector<Typed> out;
  for (std::string row; std::getline(in, row);) {
    if (row.empty() || row.front() == '#') continue;
    std::array<std::string, 4> parts;
    for (std::size_t part = 0; part < 3; ++part) {
      auto const tab = row.find('\t');
      parts[part] = row.substr(0, tab);
      row.erase(0, tab + 1);
    }
    out.push_back({parts[0], parts[1], parts[2], row});
  }
  return out;
}

class TypedLines : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    auto index = search::Index::open(folder().path() / "index");
    ASSERT_TRUE(index) << index.error().what;
    auto const shelved = shelve(*index, fs::path{fakes::source_folder()} / "etc/demo/kb", "2026-03-02");
    ASSERT_TRUE(shelved) << shelved.error().what;
    ASSERT_GT(shelved->articles, 30U);
  }
  static fakes::TempDir& folder() {
    static fakes::TempDir made;
    return made;
  }
  /// As the widget asks: ids of what is offered, without the language behind them.
  std::vector<std::string> offered(Typed const& typed) {
    std::vector<std::string> out;
    auto const hits = reader.suggest("", typed.line, {typed.language, false, 3});
    if (!hits) return {hits.error().what};
    for (search::Hit const& hit : *hits)
      if (hit.confident) out.push_back(search::family_of(hit.id, hit.language));
    return out;
  }

  search::Reader reader = [] {
    auto opened = search::Reader::open(folder().path() / "index");
    if (!opened) throw std::runtime_error(opened.error().what);
    return std::move(*opened);
  }();
};

TEST_F(TypedLines, TheArticleIsOfferedFirst) {
  std::map<std::string, int> count;
  for (Typed const& typed : typed_lines()) {
    if (typed.article == "-") continue;
    ++count[typed.language];
    auto const got = offered(typed);
    EXPECT_EQ(got.empty() ? "nothing" : got.front(), typed.article) << typed.language << ": " << typed.line;
  }
  EXPECT_THAT(count, testing::SizeIs(4));
  for (auto const& [language, lines] : count) EXPECT_GE(lines, 18) << language;
}

TEST_F(TypedLines, OtherMattersAreOfferedNothing) {
  std::map<std::string, int> count;
  for (Typed const& typed : typed_lines()) {
    if (typed.article != "-") continue;
    ++count[typed.language];
    EXPECT_THAT(offered(typed), testing::IsEmpty()) << typed.language << ": " << typed.line;
  }
  EXPECT_THAT(count, testing::SizeIs(4));
  for (auto const& [language, lines] : count) EXPECT_GE(lines, 20) << language;
}

TEST_F(TypedLines, OneArticleIsOfferedOnceInTheVisitorsScript) {
  for (auto const& [language, line] :
       {std::pair{"zh-Hans", "VPN 每小時斷線"}, {"zh-Hant", "VPN 每小时断线"}}) {
    auto const hits = reader.suggest("", line, {language, false, 10});
    ASSERT_TRUE(hits) << hits.error().what;
    ASSERT_FALSE(hits->empty());
    EXPECT_EQ(hits->front().id, std::string{"vpn-drops."} + language);
    EXPECT_EQ(hits->front().language, language);
    EXPECT_TRUE(hits->front().confident);
    auto const again = std::count_if(hits->begin(), hits->end(), [](search::Hit const& hit) {
      return search::family_of(hit.id, hit.language) == "vpn-drops";
    });
    EXPECT_EQ(again, 1);
  }
}

}  // namespace
}  // namespace spoc::daemon
