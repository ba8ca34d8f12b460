// SPDX-License-Identifier: GPL-3.0-or-later
// The librarian's two duties: the folder of articles and the tickets' texts, in a real index.
#include "daemon/shelf.hpp"
#include "daemon/librarian.hpp"

#include "store/apply.hpp"
#include "store/sqlite.hpp"
#include "tests/daemon/desk_room.hpp"

#include <fstream>

namespace spoc::daemon {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using tests::Sketch;

class Shelf : public tests::DeskRoom {
 protected:
  Shelf() { fs::create_directory(shelf()); }

  fs::path shelf() const { return folder.path() / "kb"; }
  void put(std::string const& name, std::string const& front_matter, std::string const& body) {
    fs::create_directories((shelf() / name).parent_path());
    std::ofstream{shelf() / name} << "---\n" << front_matter << "\n---\n\n" << body << "\n";
  }
  Shelved look() {
    auto const done = shelve(index, shelf(), day);
    EXPECT_TRUE(done) << done.error().what;
    return done ? *done : Shelved{};
  }
  std::vector<std::string> found(std::string const& query, std::string const& language = "") {
    auto reader = search::Reader::open(folder.path() / "index");
    if (!reader) return {reader.error().what};
    std::vector<std::string> out;
    auto const hits = reader->search(query, {language, true, 10});
    if (hits)
      for (search::Hit const& hit : *hits) out.push_back(hit.id + " " + hit.language);
    return out;
  }
  static search::Index opened_index(fs::path const& at) {
    auto index = search::Index::open(at);
    if (!index) throw std::runtime_error(index.error().what);
    return std::move(*index);
  }

  std::string day = "2026-03-02";
  search::Index index = opened_index(folder.path() / "index");
};

TEST_F(Shelf, NewArticlesAreFound) {
  put("plug.md", "id: plug\ntitle: Plugs", "Pull the plug.");
  put("net/vpn.md", "id: vpn\ntitle: The tunnel", "Restart the tunnel.");
  std::ofstream{shelf() / "notes.txt"} << "plug";
  Shelved const done = look();
  EXPECT_EQ(done.articles, 2U);
  EXPECT_EQ(done.changed, 2U);
  EXPECT_EQ(done.removed, 0U);
  EXPECT_THAT(done.mistakes, IsEmpty());
  EXPECT_THAT(found("plug"), ElementsAre("plug en"));
  EXPECT_THAT(found("tunnel"), ElementsAre("vpn en"));
}

TEST_F(Shelf, AFolderThatIsAwayEmptiesNothing) {
  put("plug.md", "id: plug\ntitle: Plugs", "Pull the plug.");
  look();
  fs::rename(shelf(), folder.path() / "elsewhere");
  auto const done = shelve(index, shelf(), day);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().kind, Kind::busy);
  EXPECT_THAT(done.error().what, HasSubstr("kb is gone, while the search index has 1"));
  EXPECT_THAT(found("plug"), ElementsAre("plug en"));
  auto fresh = opened_index(folder.path() / "fresh");
  auto const nothing = shelve(fresh, shelf(), day);
  ASSERT_FALSE(nothing);
  EXPECT_THAT(nothing.error().what, HasSubstr("kb: the articles can't be read"));
}

/// A mount point whose disk is not there is an empty folder.
TEST_F(Shelf, AFolderWithoutAnArticleEmptiesNothingUnlessThatIsMeant) {
  put("plug.md", "id: plug\ntitle: Plugs", "Pull the plug.");
  put("nb/plug.md", "id: plug\nlanguage: nb\ntitle: Støpsler", "Trekk ut støpselet.");
  look();
  fs::rename(shelf(), folder.path() / "disk");
  fs::create_directories(shelf() / "lost+found");
  std::ofstream{shelf() / "readme.txt"} << "no article";
  auto const unmounted = shelve(index, shelf(), day);
  ASSERT_FALSE(unmounted);
  EXPECT_EQ(unmounted.error().kind, Kind::busy);
  EXPECT_THAT(unmounted.error().what,
              HasSubstr(shelf().string() + " holds no article, while the search index has 2"));
  EXPECT_THAT(unmounted.error().what, HasSubstr("create the file " + (shelf() / ".empty").string()));
  EXPECT_THAT(found("plug"), Contains("plug en"));
  fs::remove_all(shelf());
  fs::rename(folder.path() / "disk", shelf());
  EXPECT_EQ(look().changed, 0U) << "mounted again, as if nothing had been";

  fs::remove_all(shelf() / "nb");
  fs::remove(shelf() / "plug.md");
  ASSERT_FALSE(shelve(index, shelf(), day));
  std::ofstream{shelf() / ".empty"};
  EXPECT_EQ(look().removed, 1U);
  EXPECT_THAT(found("plug"), IsEmpty());
  fs::remove(shelf() / ".empty");
  EXPECT_EQ(look().articles, 0U) << "an index without articles has nothing to lose";
}

TEST_F(Shelf, WhatIsNotOfferedIsStillAnArticleOfTheFolder) {
  put("plug.md", "id: plug\ntitle: Plugs", "Pull the plug.");
  look();
  put("plug.md", "id: plug\ntitle: Plugs\nexpires: 2026-03-01", "Pull the plug.");
  EXPECT_EQ(look().removed, 1U) << "the last one expired: that is no empty folder";
}

TEST_F(Shelf, AHalfSavedArticleStaysAsItWas) {
  put("plug.md", "id: plug\ntitle: Plugs", "Pull the plug.");
  look();
  std::ofstream{shelf() / "plug.md"} << "---\nid: pl";
  EXPECT_THAT(look().mistakes, SizeIs(1));
  EXPECT_THAT(found("plug"), ElementsAre("plug en"));
  fs::last_write_time(shelf() / "plug.md", fs::file_time_type::clock::now() - std::chrono::minutes{2});
  EXPECT_EQ(look().removed, 1U) << "it is not in the middle of being saved: it is broken";
  EXPECT_THAT(found("plug"), IsEmpty());
}

TEST_F(Shelf, ExpiredArticlesAreTakenOut) {
  put("plug.md", "id: plug\ntitle: Plugs\nexpires: 2026-03-03", "Pull the plug.");
  look();
  EXPECT_THAT(found("plug"), ElementsAre("plug en"));
  day = "2026-03-03";
  EXPECT_EQ(look().removed, 1U);
  EXPECT_THAT(found("plug"), IsEmpty());
}

TEST_F(Shelf, ProductsAreFound) {
  put("plug.md", "id: plug\ntitle: Plugs\nproducts: [Thinkstation]", "Pull the plug.");
  look();
  EXPECT_THAT(found("thinkstation"), ElementsAre("plug en"));
}

TEST_F(Shelf, EachFlawIsNamedWithItsLine) {
  put("a.md", "id: a\nowner: kb@example.org\nreview: 2026-03-01",
      "See [b](/kb/b), [c](/kb/c) and [d](d.pdf).");
  put("b.md", "id: b\nexpires: 2026-01-01",
      "`[no](link)`\n\n![A picture](pictures/b.png)\n\n```\n[x](gone)\n```");
  put("bad.md", "id: b\naudience: everybody", "x");
  put("twice.md", "id: a", "x");
  put("well.md", "id: well", "[here](#part) [there](https://example.org/x) ![It](pictures/it.png)");
  put("empty.md", "id: empty", "");
  fs::create_directories(shelf() / "pictures");
  std::ofstream{shelf() / "pictures/it.png"} << "\x89PNG\r\n\x1a\n picture";
  Examined const examined = examine_shelf(shelf(), day);
  EXPECT_EQ(examined.articles, 4U);
  std::vector<std::string> said;
  for (Flaw const& flaw : examined.flaws) said.push_back((flaw.mistake ? "" : "look: ") + shown(flaw));
  EXPECT_THAT(said, ElementsAre("look: a.md:4: was to be reviewed by 2026-03-01 (kb@example.org)",
                                HasSubstr("a.md:7: there is no article \"c\""),
                                HasSubstr("a.md:7: the file \"d.pdf\" is not there"),
                                "look: b.md:3: expired on 2026-01-01 and is not offered any more",
                                HasSubstr("b.md:8: the picture \"pictures/b.png\" is not there"),
                                HasSubstr("bad.md:3: audience must be public or internal"),
                                HasSubstr("empty.md:4: it has no words"),
                                HasSubstr("twice.md:2: id \"a\" is taken in this language by a.md")));
}

TEST_F(Shelf, NoFlawIsWithoutALine) {
  put("spaced.md", "id: spaced\n  review : 2026-03-01\ntranslations : [gone]", "x");
  put("x/y.md", "title: One", "x");
  put("x-y.md", "title: The same id, by its name", "x");
  std::ofstream{shelf() / "nothing.md"};
  std::vector<std::string> said;
  for (Flaw const& flaw : examine_shelf(shelf(), day).flaws) said.push_back(shown(flaw));
  EXPECT_THAT(said, ElementsAre(HasSubstr("nothing.md:1: it has no words"),
                                HasSubstr("spaced.md:3: was to be reviewed by 2026-03-01"),
                                HasSubstr("spaced.md:4: there is no article \"gone\""),
                                HasSubstr("x-y.md:1: id \"x-y\" is taken")));
}

TEST_F(Shelf, PicturesAreLookedForAsTheHelpPagesDo) {
  put("en/lamp.md", "id: lamp",
      "![It](../pictures/my%20lamp.png)\n![It](<../pictures/my "
      "lamp.png>)\n![It](../pictures/your%20lamp.png)\n"
      "![It](../pictures/drawing.svg)\n![It](../../lamp.png)\n![It](../.hidden/lamp.png)\n"
      "[Chinese](/kb/%E6%89%93%E5%8D%B0)");
  put("zh.md", "id: \u6253\u5370\nlanguage: zh-Hans", "x");
  for (std::string const place : {"pictures/my lamp.png", ".hidden/lamp.png", "../lamp.png"}) {
    fs::create_directories((shelf() / place).parent_path());
    std::ofstream{shelf() / place} << "\x89PNG\r\n\x1a\n picture";
  }
  std::ofstream{shelf() / "pictures/drawing.svg"} << "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
  std::vector<std::string> said;
  for (Flaw const& flaw : examine_shelf(shelf(), day).flaws) said.push_back(shown(flaw));
  EXPECT_THAT(
      said, ElementsAre(HasSubstr("en/lamp.md:7: the picture \"../pictures/your%20lamp.png\" is not there"),
                        HasSubstr("en/lamp.md:8: the picture \"../pictures/drawing.svg\" is not shown: it is "
                                  "no PNG, JPEG, GIF or WebP"),
                        HasSubstr("en/lamp.md:9: the picture \"../../lamp.png\" lies outside"),
                        HasSubstr("en/lamp.md:10: the picture \"../.hidden/lamp.png\" lies outside")));
}

TEST_F(Shelf, TranslationsThatAreMissingOrOneSidedAreNamedWithTheirLine) {
  put("vpn.md", "id: vpn\ntranslations: [tunnel, gone, twin, lonely, vpn]", "x");
  put("nb/tunnel.md", "id: tunnel\nlanguage: nb\ntranslations:\n  - ../vpn.md\n  - nowhere.md", "x");
  put("twin.md", "id: twin\ntranslations: [vpn]", "x");
  put("lonely.md", "id: lonely\nlanguage: nb", "x");
  std::vector<std::string> said;
  for (Flaw const& flaw : examine_shelf(shelf(), day).flaws) {
    EXPECT_TRUE(flaw.mistake);
    said.push_back(shown(flaw));
  }
  EXPECT_THAT(said, ElementsAre(HasSubstr("nb/tunnel.md:6: there is no article \"nowhere.md\""),
                                HasSubstr("twin.md:3: its translation \"vpn\" is in the same language, en"),
                                HasSubstr("vpn.md:3: there is no article \"gone\" to be its translation"),
                                HasSubstr("vpn.md:3: its translation \"twin\" is in the same language, en"),
                                HasSubstr("vpn.md:3: its translation \"lonely\" does not name \"vpn\""),
                                HasSubstr("vpn.md:3: names itself")));
}

TEST_F(Shelf, ItsStateChangesWithItsArticlesAlone) {
  put("plug.md", "id: plug", "Pull the plug.");
  std::string const first = state_of(shelf());
  EXPECT_EQ(state_of(shelf()), first);
  std::ofstream{shelf() / "plug.png"} << "picture";
  EXPECT_EQ(state_of(shelf()), first) << "no article";
  put("nb/plug.md", "id: plug\nlanguage: nb", "Trekk ut.");
  std::string const second = state_of(shelf());
  EXPECT_NE(second, first);
  fs::last_write_time(shelf() / "plug.md", fs::file_time_type::clock::now() - std::chrono::hours{2});
  std::string const third = state_of(shelf());
  EXPECT_NE(third, second) << "of the same size";
  fs::rename(shelf() / "plug.md", shelf() / "plugs.md");
  EXPECT_NE(state_of(shelf()), third);
  EXPECT_EQ(state_of(shelf() / "nowhere"), "");
}

TEST_F(Shelf, WhatIsBeingSavedIsLookedAtAgain) {
  put("bad.md", "titel: Plugs", "Pull the plug.");
  EXPECT_TRUE(look().waits);
  fs::last_write_time(shelf() / "bad.md", fs::file_time_type::clock::now() - std::chrono::hours{2});
  EXPECT_FALSE(look().waits);
}

TEST_F(Shelf, SecondLookChangesNothing) {
  put("plug.md", "id: plug\ntitle: Plugs", "Pull the plug.");
  look();
  Shelved const again = look();
  EXPECT_EQ(again.articles, 1U);
  EXPECT_EQ(again.changed + again.removed, 0U);
}

TEST_F(Shelf, ChangedArticleIsMadeAnew) {
  put("plug.md", "id: plug\ntitle: Plugs", "Pull the plug.");
  put("vpn.md", "id: vpn\ntitle: The tunnel", "Restart the tunnel.");
  look();
  put("plug.md", "id: plug\ntitle: Plugs", "Push the button.");
  Shelved const done = look();
  EXPECT_EQ(done.changed, 1U);
  EXPECT_THAT(found("button"), ElementsAre("plug en"));
  EXPECT_THAT(found("pull"), IsEmpty());
}

TEST_F(Shelf, RemovedArticleIsGone) {
  put("plug.md", "id: plug\ntitle: Plugs", "Pull the plug.");
  put("vpn.md", "id: vpn\ntitle: The tunnel", "Restart the tunnel.");
  look();
  fs::remove(shelf() / "plug.md");
  Shelved const done = look();
  EXPECT_EQ(done.articles, 1U);
  EXPECT_EQ(done.removed, 1U);
  EXPECT_THAT(found("plug"), IsEmpty());
  EXPECT_THAT(found("tunnel"), ElementsAre("vpn en"));
}

TEST_F(Shelf, TranslationsShareAnId) {
  put("plug.md", "id: plug\ntitle: Plugs", "Pull the plug.");
  put("nb/plug.md", "id: plug\nlanguage: nb\ntitle: Støpsler", "Trekk ut støpselet.");
  Shelved const done = look();
  EXPECT_EQ(done.articles, 2U);
  EXPECT_EQ(done.changed, 1U) << "one id";
  EXPECT_THAT(done.mistakes, IsEmpty());
  EXPECT_THAT(found("plug"), Contains("plug en"));
  EXPECT_THAT(found("støpselet", "nb"), Contains("plug nb"));

  fs::remove(shelf() / "nb/plug.md");
  EXPECT_EQ(look().articles, 1U);
  EXPECT_THAT(found("støpselet", "nb"), IsEmpty());
  EXPECT_THAT(found("plug"), ElementsAre("plug en"));
}

TEST_F(Shelf, SameIdInOneLanguageIsAMistake) {
  put("a.md", "id: plug\ntitle: Plugs", "Pull the plug.");
  put("b.md", "id: plug\ntitle: Sockets", "Mind the socket.");
  Shelved const done = look();
  EXPECT_EQ(done.articles, 1U);
  ASSERT_THAT(done.mistakes, SizeIs(1));
  EXPECT_THAT(done.mistakes[0], HasSubstr("b.md"));
  EXPECT_EQ(done.mistakes[0].find("b.md:2: "), 0U) << done.mistakes[0];
  EXPECT_THAT(done.mistakes[0], HasSubstr("taken in this language by a.md"));
  EXPECT_THAT(done.mistakes[0], HasSubstr("give it an id of its own"));
  EXPECT_THAT(found("socket"), IsEmpty());
}

struct Broken {
  std::string name, front_matter, place, remedy;
};
void PrintTo(Broken const& row, std::ostream* out) { *out << row.name; }

class BrokenArticle : public Shelf, public testing::WithParamInterface<Broken> {};

TEST_P(BrokenArticle, IsNamedWithItsLineAndHurtsNoOther) {
  put("good.md", "id: good\ntitle: Good", "Words.");
  put("bad.md", GetParam().front_matter, "Pull the plug.");
  Shelved const done = look();
  EXPECT_EQ(done.articles, 1U);
  ASSERT_THAT(done.mistakes, SizeIs(1));
  EXPECT_EQ(done.mistakes[0].find("bad.md:" + GetParam().place + ": "), 0U) << done.mistakes[0];
  EXPECT_THAT(done.mistakes[0], HasSubstr(GetParam().remedy));
}

INSTANTIATE_TEST_SUITE_P(
    Each, BrokenArticle,
    testing::Values(Broken{"unknown_field", "id: bad\ntitel: Plugs", "3", "known are id, title"},
                    Broken{"no_field", "id: bad\n\nPlugs", "4", "key: value"},
                    Broken{"bad_id", "id: two words", "2", "one word"},
                    Broken{"bad_audience", "id: bad\naudience: friends", "3", "public or internal"}),
    [](auto const& each) { return each.param.name; });

TEST_F(Shelf, MendedArticleIsTakenIn) {
  put("bad.md", "titel: Plugs", "Pull the plug.");
  EXPECT_THAT(look().mistakes, SizeIs(1));
  put("bad.md", "title: Plugs", "Pull the plug.");
  EXPECT_THAT(look().mistakes, IsEmpty());
  EXPECT_THAT(found("plug"), SizeIs(1));
}

TEST_F(Shelf, TicketsAreIndexedAndTheirJobsDone) {
  desk::TicketId const id = receive(Sketch{}).ticket;
  receive(Sketch{.from = "ada@example.net", .subject = "Coffee", .text = "The coffee machine leaks."});
  auto const first = index_tickets(index, db, 1);
  ASSERT_TRUE(first);
  EXPECT_EQ(*first, 1U);
  auto const rest = index_tickets(index, db, 100);
  ASSERT_TRUE(rest);
  EXPECT_EQ(*rest, 1U);
  auto const none = index_tickets(index, db, 100);
  ASSERT_TRUE(none);
  EXPECT_EQ(*none, 0U);
  auto reader = search::Reader::open(folder.path() / "index");
  ASSERT_TRUE(reader);
  auto const smoke = reader->tickets("smokes", 10);
  ASSERT_TRUE(smoke);
  EXPECT_THAT(*smoke, ElementsAre(desk::number(id)));
  EXPECT_THAT(found("coffee"), IsEmpty()) << "tickets are no articles";
}

TEST_F(Shelf, NewWordsQueueTheTicketAgain) {
  desk::TicketId const id = receive(Sketch{.id = "m1@example.net"}).ticket;
  ASSERT_TRUE(index_tickets(index, db, 100));
  receive(Sketch{.text = "And now it whistles.", .references = {"m1@example.net"}});
  auto const again = index_tickets(index, db, 100);
  ASSERT_TRUE(again);
  EXPECT_EQ(*again, 1U);
  auto reader = search::Reader::open(folder.path() / "index");
  ASSERT_TRUE(reader);
  EXPECT_THAT(reader->tickets("whistles", 10).value(), ElementsAre(desk::number(id)));
}

TEST_F(Shelf, AnIndexThatDiffersFromItsFolderIsSeen) {
  put("plug.md", "id: plug\ntitle: Plugs", "Pull the plug.");
  put("old.md", "id: old\ntitle: Old\nexpires: 2026-01-01", "Gone.");
  desk::Duration const at_once{0};
  auto const same = compare_shelf({"plug"}, shelf(), day, at_once);
  ASSERT_TRUE(same) << same.error().what;
  EXPECT_THAT(same->missing, IsEmpty());
  EXPECT_THAT(same->surplus, IsEmpty());
  auto const other = compare_shelf({"lost", "old"}, shelf(), day, at_once);
  EXPECT_THAT(other->missing, ElementsAre("plug"));
  EXPECT_THAT(other->surplus, ElementsAre("lost", "old"));
  auto const young = compare_shelf({"lost"}, shelf(), day, std::chrono::hours{1});
  EXPECT_THAT(young->missing, IsEmpty()) << "just saved: the index follows";
  EXPECT_THAT(young->surplus, IsEmpty());
  ASSERT_TRUE(shelve(index, shelf(), day));
  ASSERT_TRUE(index.commit());
  auto reader = search::Reader::open(folder.path() / "index");
  ASSERT_TRUE(reader);
  EXPECT_THAT(reader->all_articles().value(), ElementsAre("plug"));
}

TEST_F(Shelf, LostIndexIsMadeAgainFromTheStore) {
  desk::TicketId const id = receive(Sketch{}).ticket;
  ASSERT_TRUE(index_tickets(index, db, 100));
  search::Index anew = opened_index(folder.path() / "index2");
  ASSERT_TRUE(anew.fresh());
  {
    // The disk is full: nothing is queued, and the next opening must try again.
    auto const driver = store::open_sqlite(database());
    driver->run("CREATE TRIGGER full BEFORE INSERT ON index_job BEGIN SELECT RAISE(ABORT, 'full'); END");
    EXPECT_FALSE(queue_for_new(anew, db));
    driver->run("DROP TRIGGER full");
  }
  anew = opened_index(folder.path() / "index3");
  anew = opened_index(folder.path() / "index2");
  ASSERT_TRUE(anew.fresh());
  ASSERT_TRUE(queue_for_new(anew, db));
  EXPECT_FALSE(anew.fresh());
  EXPECT_EQ(index_tickets(anew, db, 100).value(), 1U);
  auto reader = search::Reader::open(folder.path() / "index2");
  ASSERT_TRUE(reader);
  EXPECT_THAT(reader->tickets("printer", 10).value(), ElementsAre(desk::number(id)));
}

}  // namespace
}  // namespace spoc::daemon
