// SPDX-License-Identifier: GPL-3.0-or-later
// Lists of synonyms: their form, their mistakes, and what they do to an order.
#include "search/synonyms.hpp"

#include "shelf.hpp"

#include <algorithm>

namespace spoc::search {
namespace {

using Ids = std::vector<std::string>;

TEST(ListOfSynonyms, IsReadByLanguage) {
  auto const list = read_synonyms(
      "# ours\n"
      "hal, time sheet   # the program\n"
      "\n"
      "[en]\r\n"
      "laptop, notebook\n"
      "rdp => remote desktop\n"
      "[zh-Hant]\n"
      "信箱，郵箱、邮件箱\n");
  EXPECT_TRUE(list.mistakes.empty());
  ASSERT_EQ(list.groups.size(), 4U);
  EXPECT_EQ(list.groups[0].language, "");
  EXPECT_EQ(list.groups[0].members, (Ids{"hal", "time sheet"}));
  EXPECT_EQ(list.groups[1].language, "en");
  EXPECT_FALSE(list.groups[1].one_way);
  EXPECT_TRUE(list.groups[2].one_way);
  EXPECT_EQ(list.groups[2].members, (Ids{"rdp", "remote desktop"}));
  EXPECT_EQ(list.groups[3].language, "zh");
  EXPECT_EQ(list.groups[3].members.size(), 3U);
}

TEST(ListOfSynonyms, MistakesAreNamedWithTheirLine) {
  struct Row {
    std::string text;
    int line;
    std::string what;
  };
  for (Row const& row : {Row{"alone\n", 1, "two members"}, Row{"\n[en\n", 2, "as [en]"},
                         Row{"[]\n", 1, "as [en]"}, Row{"a, b => c\n", 1, "one word or phrase"},
                         Row{"laptop, ...\n", 1, "no letters"}, Row{"断, 断线\n", 1, "single character"},
                         Row{"x, one two three four five six seven\n", 1, "more than 6"}}) {
    auto const list = read_synonyms(row.text);
    EXPECT_TRUE(list.groups.empty()) << row.text;
    ASSERT_EQ(list.mistakes.size(), 1U) << row.text;
    EXPECT_EQ(list.mistakes[0].first, row.line);
    EXPECT_NE(list.mistakes[0].second.find(row.what), std::string::npos) << list.mistakes[0].second;
  }
}

TEST(ListOfSynonyms, OwnListHasNoMistake) {
  auto const list = read_synonyms(own_synonyms());
  for (auto const& [line, what] : list.mistakes) ADD_FAILURE() << line << ": " << what;
  std::map<std::string, int> count;
  for (auto const& group : list.groups) ++count[group.language];
  for (auto const* language : {"en", "nb", "zh"}) EXPECT_GE(count[language], 25) << language;
}

class Widened : public Shelf {
 protected:
  void use(std::string const& text, bool news = true) {
    auto const done = index.use_synonyms(text);
    ASSERT_TRUE(done) << done.error().what;
    EXPECT_EQ(*done, news);
    commit();
  }
};

TEST_F(Widened, ReadersHearOfANewList) {
  fill();
  auto read = reader();
  EXPECT_EQ(ids(read.search("fizzer", {})), Ids{});
  use("fizzer, toner\n");
  EXPECT_EQ(ids(read.search("fizzer", {})), Ids{"printer-jam"});
  EXPECT_EQ(ids(read.search("fizzer", {"", false, 10, false})), Ids{});
  use("fizzer, toner\n", false);
  use("");
  EXPECT_EQ(ids(read.search("fizzer", {})), Ids{}) << "and what is taken out is forgotten";
}

TEST_F(Widened, TheWordItselfCountsMore) {
  put(article("frob", "en", "Frob", "Turn the frob to the left and wait for the lamp."));
  put(article("knob", "en", "Knob", "Turn the knob to the left and wait for the lamp."));
  use("[en]\nfrob, knob\n");
  EXPECT_EQ(ids(reader().search("frob", {})), (Ids{"frob", "knob"}));
  EXPECT_EQ(ids(reader().search("knob", {})), (Ids{"knob", "frob"}));
}

TEST_F(Widened, PhrasesMustStandInARow) {
  put(article("tunnel", "en", "Tunnel", "The line falls over when it rains."));
  put(article("apart", "en", "Apart", "It falls. We are over the hill."));
  use("[en]\nzonk, falls over\n");
  auto const found = reader().search("zonk", {});
  ASSERT_TRUE(found);
  ASSERT_FALSE(found->empty());
  EXPECT_EQ(found->front().id, "tunnel");
  use("[en]\nfalls over, zonk\n", true);
  put(article("zonk", "en", "Zonk", "All about it."));
  commit();
  EXPECT_EQ(ids(reader().search("it falls over", {})).size(), 3U);
}

TEST_F(Widened, OneWayIsOneWay) {
  put(article("rdp", "en", "Sessions", "Start the rdp client."));
  put(article("desktop", "en", "Desktop", "Start the remote desktop there."));
  use("[en]\nrdp => remote desktop\n");
  EXPECT_EQ(ids(reader().search("rdp", {})), (Ids{"rdp", "desktop"}));
  EXPECT_EQ(ids(reader().search("remote desktop", {})), Ids{"desktop"});
}

TEST_F(Widened, ALanguagesWordsAreItsOwn) {
  put(article("tid", "nb", "Klokken", "Hva klokken er vises på veggen."));
  use("[nb]\nurtid, klokken\n");
  EXPECT_EQ(ids(reader().search("urtid", {"nb", false, 10})), Ids{"tid"});
  EXPECT_EQ(ids(reader().search("urtid", {"en", false, 10})), Ids{});
}

TEST_F(Widened, ChineseWordsAndRegionalOnes) {
  put(article("dy", "zh-Hans", "打印机", "打印机在三楼。"));
  put(article("wj", "zh-Hans", "文件夹", "文件夹在服务器上。"));
  commit();
  EXPECT_EQ(ids(reader().search("印表機", {"zh-Hant", false, 10})), Ids{"dy"});
  EXPECT_EQ(ids(reader().search("資料夾", {"zh-Hant", false, 10})), Ids{"wj"});
}

class Spelt : public Shelf {};

TEST_F(Spelt, AMisspeltWordFinds) {
  fill();
  auto read = reader();
  EXPECT_EQ(ids(read.search("forgoten pasword", {})).at(0), "password");
  EXPECT_EQ(ids(read.search("vnp", {})).at(0), "vpn-drops");
  EXPECT_EQ(ids(read.search("kantinnen", {"nb", false, 10})), Ids{"lunsj"});
  EXPECT_EQ(ids(read.search("pasword", {"", false, 10, true, false})), Ids{});
}

TEST_F(Spelt, IdentifiersAndShortOrFarWordsStayAsTheyAre) {
  put(article("code", "en", "Error 0x80070057", "ERR_CERT_INVALID means that the tray is shut."));
  commit();
  auto read = reader();
  for (auto const* query : {"0x80070058", "err_cert_invalit", "trx", "tr", "bray", "密码锁"})
    EXPECT_EQ(ids(read.search(query, {})), Ids{}) << query;
}

TEST_F(Spelt, WordsThatAreKnownStayAsTheyAre) {
  put(article("form", "en", "Form", "Fill in the form."));
  put(article("farm", "en", "Farm", "The server farm."));
  commit();
  EXPECT_EQ(ids(reader().search("farm", {})), Ids{"farm"});
}

TEST_F(Spelt, WordsOfRemovedArticlesAreForgotten) {
  put(article("tea", "en", "Kettle", "The kettle stands there."));
  put(article("lamp", "en", "Lamp", "The lamp shines."));
  commit();
  auto read = reader();
  EXPECT_EQ(ids(read.search("kettel", {})), Ids{"tea"});
  put(article("tea", "en", "Pot", "The pot stands there."));
  ASSERT_TRUE(index.remove_article("lamp"));
  commit();
  EXPECT_EQ(ids(read.search("kettel", {})), Ids{});
  EXPECT_EQ(ids(read.search("lmap", {})), Ids{});
}

class Translated : public Shelf {
 protected:
  void put_both() {
    put(article("wifi", "en", "Guest wifi", "The password of the guest wifi hangs in the reception."));
    put(article("wifi.zh-Hans", "zh-Hans", "访客 wifi", "访客 wifi 的密码在前台。"));
    put(article("wifi.zh-Hant", "zh-Hant", "訪客 wifi", "訪客 wifi 的密碼在前台。"));
    put(article("lan.cable", "en", "Cable", "No wifi at hand? Take a cable."));
    commit();
  }
};

TEST_F(Translated, OneArticleIsOneHit) {
  put_both();
  auto read = reader();
  struct Row {
    std::string language, query, id;
  };
  for (Row const& row :
       {Row{"zh-Hans", "訪客 wifi 密碼", "wifi.zh-Hans"}, Row{"zh-Hant", "访客 wifi 密码", "wifi.zh-Hant"},
        Row{"en", "guest wifi", "wifi"}, Row{"zh-TW", "wifi", "wifi.zh-Hans"},
        Row{"zh-Hant", "guest wifi", "wifi.zh-Hant"}}) {
    auto const found = ids(read.search(row.query, {row.language, false, 10}));
    ASSERT_FALSE(found.empty());
    EXPECT_EQ(
        std::count_if(found.begin(), found.end(), [](auto const& id) { return id.starts_with("wifi"); }), 1);
    if (row.language != "zh-TW") {
      EXPECT_EQ(found.front(), row.id) << row.language << ' ' << row.query;
    }
  }
}

TEST_F(Translated, TheLimitCountsArticles) {
  put_both();
  EXPECT_EQ(ids(reader().search("wifi", {"en", false, 2})), (Ids{"wifi", "lan.cable"}));
}

TEST_F(Translated, ThoseThatNameOneAnotherAreOneHit) {
  auto english = article("vpn-drops", "en", "VPN drops", "The tunnel of the VPN drops every hour.");
  english.translations = {"vpn-faller-ut"};
  auto norwegian = article("vpn-faller-ut", "nb", "VPN faller ut", "Tunnelen til VPN faller ut hver time.");
  norwegian.translations = {"vpn-drops"};
  auto twin = article("vpn-twin", "en", "VPN twice", "Two tunnels of the VPN, no translation.");
  twin.translations = {"vpn-drops"};
  for (auto const& one : {english, norwegian, twin}) put(one);
  commit();
  auto read = reader();
  auto const asked_in = [&](std::string const& language) {
    auto found = ids(read.search("vpn", {language, false, 10}));
    std::sort(found.begin(), found.end());
    return found;
  };
  EXPECT_EQ(asked_in("nb"), (Ids{"vpn-faller-ut", "vpn-twin"}));
  EXPECT_EQ(asked_in("en"), (Ids{"vpn-drops", "vpn-twin"})) << "two of one language are two articles";
}

TEST(FamilyOfAnArticle, IsItsIdWithoutTheLanguage) {
  EXPECT_EQ(family_of("vpn", "en"), "vpn");
  EXPECT_EQ(family_of("vpn.nb", "nb"), "vpn");
  EXPECT_EQ(family_of("vpn.nb", "en"), "vpn.nb");
  EXPECT_EQ(family_of(".nb", "nb"), ".nb");
  EXPECT_EQ(family_of("vpnnb", "nb"), "vpnnb");
}

}  // namespace
}  // namespace spoc::search
