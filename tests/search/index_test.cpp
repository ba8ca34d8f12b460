// SPDX-License-Identifier: GPL-3.0-or-later
// The writer: put, replace, remove, locks, broken folders, long terms.
#include "search/last_commit.hpp"
#include "shelf.hpp"

#include <fstream>
#include <map>

namespace spoc::search {
namespace {

namespace fs = std::filesystem;

using Writer = Shelf;

TEST_F(Writer, new_folder_is_fresh_until_it_is_settled) {
  EXPECT_TRUE(index.fresh());
  fill();
  index = Index::open(dir.path / "other").value();  // as if the process had died
  index = Index::open(folder).value();
  EXPECT_TRUE(index.fresh());
  EXPECT_TRUE(index.settle());
  EXPECT_FALSE(index.fresh());
  index = Index::open(dir.path / "other").value();
  EXPECT_FALSE(Index::open(folder).value().fresh());
}

TEST_F(Writer, article_comes_back_whole) {
  auto wanted = article("vpn", "en", "VPN", "Line one.\n\nLine two: 密码 åøæ");
  wanted.internal = true;
  wanted.tags = {"network", "", "remote work"};
  put(wanted);
  commit();
  auto const got = reader().article("vpn");
  ASSERT_TRUE(got) << got.error().what;
  EXPECT_EQ(*got, wanted);
}

TEST_F(Writer, missing_article_is_named) {
  commit();
  auto const got = reader().article("nowhere");
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().kind, Kind::missing);
  EXPECT_NE(got.error().what.find("nowhere"), std::string::npos);
}

TEST_F(Writer, put_replaces) {
  put(article("a", "en", "Coffee", "machine"));
  put(article("a", "en", "Tea", "kettle"));
  commit();
  auto read = reader();
  EXPECT_EQ(ids(read.search("coffee", {})), std::vector<std::string>{});
  EXPECT_EQ(ids(read.search("kettle", {})), std::vector<std::string>{"a"});
}

TEST_F(Writer, remove_takes_one_language_or_all) {
  put(article("a", "en", "Coffee", "machine"));
  put(article("a", "nb", "Kaffe", "maskin"));
  put(article("b", "en", "Coffee beans", "in the cupboard"));
  ASSERT_TRUE(index.remove_article("a", "nb"));
  commit();
  EXPECT_EQ(reader().article("a", "nb")->language, "en");
  ASSERT_TRUE(index.remove_article("a"));
  commit();
  EXPECT_FALSE(reader().article("a"));
  EXPECT_TRUE(reader().article("b"));
  EXPECT_TRUE(index.remove_article("never was"));
}

TEST_F(Writer, articles_lists_what_is_in_it_with_its_hash) {
  auto const one = article("a", "en", "Coffee", "machine");
  auto const two = article("b", "nb", "Te", "vann");
  put(one), put(two);
  put(MessageText{1, 1, true, "Coffee", "is out", "en"});
  auto const listed = index.articles();
  ASSERT_TRUE(listed);
  std::map<std::string, std::string> const got(listed->begin(), listed->end());
  EXPECT_EQ(got, (std::map<std::string, std::string>{{"a", content_hash(one)}, {"b", content_hash(two)}}));
}

TEST_F(Writer, hash_changes_with_every_part) {
  auto const plain = article("a", "en", "Title", "Body");
  std::vector<desk::Article> others(6, plain);
  others[0].id = "b", others[1].title = "Titles", others[2].language = "nb", others[3].internal = true;
  others[4].tags = {"x"}, others[5].body = "Bodie";
  for (auto const& other : others) EXPECT_NE(content_hash(other), content_hash(plain));
  EXPECT_EQ(content_hash(plain), content_hash(desk::Article(plain)));
}

TEST_F(Writer, second_writer_is_told_to_wait) {
  auto const second = Index::open(folder);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().kind, Kind::busy);
  EXPECT_NE(second.error().what.find(folder.string()), std::string::npos);
}

TEST_F(Writer, long_ids_words_and_runs_do_no_harm) {
  auto const long_id = std::string(3000, 'i');
  put(article(long_id, "en", "Long " + std::string(1 << 20, 'w'),
              "short words remain " + std::string(5000, 'x')));
  std::string run;
  for (int i = 0; i < 20000; ++i) run += "密码";
  put(article(long_id + "2", "zh", run, run));
  commit();
  auto read = reader();
  EXPECT_EQ(ids(read.search("remain", {})), std::vector<std::string>{long_id});
  EXPECT_EQ(read.article(long_id)->id, long_id);
  EXPECT_EQ(ids(read.search("密码", {})), std::vector<std::string>{long_id + "2"});
}

TEST_F(Writer, reader_without_an_index_says_what_to_do) {
  auto const got = Reader::open(dir.path / "nowhere");
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().kind, Kind::missing);
  EXPECT_NE(got.error().what.find("start spocd"), std::string::npos);
}

struct Damage {
  std::string name;
  std::function<void(fs::path const&)> inflict;
};

void overwrite(fs::path const& file, std::string const& bytes) {
  std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}

class Broken : public Shelf, public testing::WithParamInterface<Damage> {};

TEST_P(Broken, folder_is_moved_aside_and_made_anew) {
  fill();
  index = Index::open(dir.path / "other").value();  // lets the folder go
  GetParam().inflict(folder);
  auto again = Index::open(folder);
  ASSERT_TRUE(again) << again.error().what;
  EXPECT_TRUE(again->fresh());
  EXPECT_TRUE(fs::exists(folder.string() + ".broken-1"));
  EXPECT_TRUE(again->articles()->empty());
  ASSERT_TRUE(again->put(article("a", "en", "Coffee", "machine")));
  ASSERT_TRUE(again->commit());
  EXPECT_EQ(ids(reader().search("coffee", {})), std::vector<std::string>{"a"});
}

INSTANTIATE_TEST_SUITE_P(
    Kinds, Broken,
    testing::Values(
        Damage{"version_file", [](auto const& f) { overwrite(f / "articles" / "iamglass", "rubbish"); }},
        Damage{"no_table", [](auto const& f) { fs::remove(f / "articles" / "postlist.glass"); }},
        Damage{"tickets", [](auto const& f) { overwrite(f / "tickets" / "iamglass", ""); }},
        Damage{"older_format", [](auto const& f) { overwrite(f / "format", "spoc-search 0\n"); }},
        Damage{"no_format", [](auto const& f) { fs::remove(f / "format"); }},
        Damage{"a_file_instead", [](auto const& f) { fs::remove_all(f), overwrite(f, "no folder"); }}),
    [](auto const& each) { return each.param.name; });

/// The files of a folder, at whatever depth.
std::vector<fs::path> files_in(fs::path const& folder) {
  std::vector<fs::path> out;
  for (auto const& one : fs::recursive_directory_iterator(folder))
    if (one.is_regular_file()) out.push_back(one.path());
  return out;
}

TEST_F(Writer, that_was_emptied_is_made_anew_in_its_place) {
  fill();
  auto read = reader();
  ASSERT_EQ(ids(read.search("toner", {})), std::vector<std::string>{"printer-jam"});
  EXPECT_TRUE(index.there());
  for (auto const& file : files_in(folder)) fs::remove(file);
  EXPECT_FALSE(index.there());
  EXPECT_FALSE(read.search("toner", {}));
  index = Index::open(dir.path / "other").value();  // lets the folder go
  index = Index::open(folder).value();
  EXPECT_TRUE(index.fresh());
  EXPECT_TRUE(index.there());
  EXPECT_FALSE(fs::exists(folder.string() + ".broken-1"));
  put(article("new", "en", "Coffee", "machine"));
  commit();
  EXPECT_EQ(ids(read.search("coffee", {})), std::vector<std::string>{"new"});
}

TEST_F(Writer, that_was_emptied_and_wrote_on_is_still_gone) {
  fill();
  for (auto const& file : files_in(folder)) fs::remove(file);
  put(article("late", "en", "Coffee", "machine"));
  [[maybe_unused]] auto const kept = index.commit();  // Xapian writes into files that have no name any more
  EXPECT_FALSE(index.there());
  index = Index::open(dir.path / "other").value();
  auto again = Index::open(folder);
  ASSERT_TRUE(again) << again.error().what;
  EXPECT_TRUE(again->fresh());
  EXPECT_TRUE(again->articles()->empty());
}

TEST_F(Writer, misses_each_file_that_a_database_needs) {
  fill();
  for (auto const& file : files_in(folder)) {
    bool const needed =
        file.filename() == "format" || file.filename() == "iamglass" || file.filename() == "postlist.glass";
    auto const aside = dir.path / "aside";
    fs::rename(file, aside);
    EXPECT_EQ(index.there(), !needed) << file;
    fs::rename(aside, file);
  }
  EXPECT_TRUE(index.there());
}

TEST_F(Writer, folder_is_news_once_after_each_commit) {
  fill();
  LastCommit last;
  EXPECT_TRUE(last.is_news(folder / "articles"));
  EXPECT_FALSE(last.is_news(folder / "articles"));
  for (int i = 0; i < 20; ++i) {
    put(article("new", "en", "Coffee " + std::to_string(i), "machine"));
    EXPECT_FALSE(last.is_news(folder / "articles"));
    commit();
    EXPECT_TRUE(last.is_news(folder / "articles")) << i;
    EXPECT_FALSE(last.is_news(folder / "articles"));
  }
  last.forget();
  EXPECT_TRUE(last.is_news(folder / "articles"));
  EXPECT_TRUE(last.is_news(folder / "nowhere"));
  EXPECT_TRUE(last.is_news(folder / "nowhere"));
}

TEST_F(Writer, one_word_in_a_ticket_weighs_as_often_as_it_stands_there) {
  put(MessageText{1, 1, true, "Printer", "The scanner is beside it.", "en"});
  put(MessageText{2, 2, true, "Printer", "A scanner, two scanners, no scanner: scanning.", "en"});
  commit();
  EXPECT_EQ(reader().tickets("scanner", 10).value(), (std::vector<std::int64_t>{2, 1}));
  EXPECT_EQ(reader().tickets("\"two scanners\"", 10).value(), std::vector<std::int64_t>{2});
}

TEST_F(Writer, an_index_of_another_release_is_told_from_a_damaged_one) {
  fill();
  overwrite(folder / "format", "another\n");
  auto const none = Reader::open(folder);
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().kind, Kind::missing);
  EXPECT_NE(none.error().what.find("of another release; start spocd"), std::string::npos);
}

TEST_F(Writer, open_reader_follows_to_the_new_folder) {
  fill();
  auto read = reader();
  ASSERT_EQ(ids(read.search("toner", {})), std::vector<std::string>{"printer-jam"});
  index = Index::open(dir.path / "other").value();
  overwrite(folder / "format", "another\n");
  index = Index::open(folder).value();
  put(article("new", "en", "Coffee", "machine"));
  commit();
  EXPECT_EQ(ids(read.search("coffee", {})), std::vector<std::string>{"new"});
  EXPECT_EQ(ids(read.search("toner", {})), std::vector<std::string>{});
}

}  // namespace
}  // namespace spoc::search
