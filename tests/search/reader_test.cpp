// SPDX-License-Identifier: GPL-3.0-or-later
// The reader: languages, scripts, the search box, suggestions, tickets, and commits under its feet.
#include "shelf.hpp"

#include <thread>

namespace spoc::search {
namespace {

using Ids = std::vector<std::string>;

struct Asked {
  std::string name, query, first;
};

class Finds : public Shelf, public testing::WithParamInterface<Asked> {};

TEST_P(Finds, by_search_and_by_suggestion) {
  fill();
  auto read = reader();
  auto const found = ids(read.search(GetParam().query, {}));
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found.front(), GetParam().first);
  auto const suggested = ids(read.suggest("", GetParam().query, {}));
  ASSERT_FALSE(suggested.empty());
  EXPECT_EQ(suggested.front(), GetParam().first);
}

INSTANTIATE_TEST_SUITE_P(
    Questions, Finds,
    testing::Values(Asked{"english_plural", "my passwords were forgotten", "password"},
                    Asked{"english_verb", "the vpn keeps disconnecting", "vpn-drops"},
                    Asked{"norwegian_form", "skrivere", "skriver"},
                    Asked{"norwegian_question", "Når er det kantina har åpent?", "lunsj"},
                    Asked{"norwegian_without_its_letters", "aapningstidene i kantinen", "lunsj"},
                    Asked{"norwegian_without_accents", "apningstider", "lunsj"},
                    Asked{"simplified_to_traditional", "我忘记了密码,怎么办", "mima"},
                    Asked{"traditional_to_simplified", "打印機卡紙", "dayin"},
                    Asked{"chinese_with_spaces", "打印机 卡纸", "dayin"},
                    Asked{"chinese_and_latin", "printer 打印机 卡纸", "dayin"},
                    Asked{"full_width", "ＶＰＮ", "vpn-drops"}, Asked{"upper_case", "TONER", "printer-jam"}),
    [](auto const& each) { return each.param.name; });

class Hostile : public Shelf, public testing::WithParamInterface<Asked> {};

TEST_P(Hostile, query_is_no_error) {
  fill();
  auto read = reader();
  EXPECT_TRUE(read.search(GetParam().query, {}));
  EXPECT_TRUE(read.suggest(GetParam().query, GetParam().query, {}));
  EXPECT_TRUE(read.tickets(GetParam().query, 5));
}

std::string times(int count, std::string const& piece) {
  std::string out;
  for (int i = 0; i < count; ++i) out += piece;
  return out;
}

INSTANTIATE_TEST_SUITE_P(Queries, Hostile,
                         testing::Values(Asked{"nothing", "", ""}, Asked{"operators", "AND OR \"", ""},
                                         Asked{"quote", "\"", ""}, Asked{"minus", "- -- -\"-", ""},
                                         Asked{"only_exclusions", "-vpn -printer", ""},
                                         Asked{"parentheses", times(200000, "("), ""},
                                         Asked{"long_word", std::string(1 << 20, 'a'), ""},
                                         Asked{"long_run", times(300000, "密"), ""},
                                         Asked{"many_words", times(200000, "vpn jam "), ""},
                                         Asked{"many_phrases", times(50000, "\"vpn client\" "), ""},
                                         Asked{"broken_utf8", "\xff\xfe\xc3(\xe4\xbd vpn", ""},
                                         Asked{"nul", std::string("vpn\0printer", 11), ""},
                                         Asked{"stop_words_alone", "who are you?", ""}),
                         [](auto const& each) { return each.param.name; });

TEST_F(Shelf, broken_utf8_still_finds) {
  fill();
  EXPECT_EQ(ids(reader().search("\xff toner", {})), Ids{"printer-jam"});
}

TEST_F(Shelf, phrases_and_exclusions_narrow) {
  put(article("a", "en", "Red wine", "and white bread"));
  put(article("b", "en", "White wine", "and red cabbage"));
  put(article("c", "zh", "红酒", "和白面包"));
  commit();
  auto read = reader();
  EXPECT_EQ(ids(read.search("\"red wine\"", {})), Ids{"a"});
  EXPECT_EQ(ids(read.search("wine -cabbage", {})), Ids{"a"});
  EXPECT_EQ(ids(read.search("\"紅酒\"", {})), Ids{"c"});
  EXPECT_EQ(ids(read.search("\"wine and\"", {})), Ids{});
}

TEST_F(Shelf, title_counts_more_than_body) {
  put(article("body", "en", "Office rules", "Headsets are kept in the cupboard by the door."));
  put(article("title", "en", "Headsets", "They are kept in the cupboard by the door, ask us."));
  commit();
  EXPECT_EQ(ids(reader().search("headset", {})), (Ids{"title", "body"}));
}

TEST_F(Shelf, asked_language_comes_first_and_stands_for_its_translations) {
  put(article("wifi", "en", "Guest wifi", "The password of the guest wifi hangs in the reception."));
  put(article("wifi", "nb", "Gjestenett wifi", "Passordet til gjestenettet henger i resepsjonen."));
  put(article("roaming", "en", "Wifi abroad", "Use the eduroam wifi."));
  commit();
  auto read = reader();
  auto const norwegian = read.search("wifi", {"nb", false, 10});
  EXPECT_EQ(ids(norwegian), (Ids{"wifi", "roaming"}));
  EXPECT_EQ(norwegian->front().language, "nb");
  EXPECT_EQ(read.search("wifi", {"en", false, 10})->size(), 2U);
  for (auto const& hit : *read.search("wifi", {"en", false, 10})) EXPECT_EQ(hit.language, "en");
  EXPECT_EQ(read.article("wifi", "nb")->title, "Gjestenett wifi");
}

TEST_F(Shelf, internal_articles_are_for_agents) {
  auto secret = article("runbook", "en", "Gateway runbook", "Restart the gateway with the root password.");
  secret.internal = true;
  put(secret);
  commit();
  auto read = reader();
  EXPECT_EQ(ids(read.search("gateway", {})), Ids{});
  EXPECT_EQ(ids(read.suggest("gateway", "runbook", {})), Ids{});
  auto const seen = read.search("gateway", {"", true, 10});
  ASSERT_EQ(ids(seen), Ids{"runbook"});
  EXPECT_TRUE(seen->front().internal);
}

TEST_F(Shelf, internal_translations_stand_for_nothing_public) {
  put(article("wifi", "en", "Guest wifi", "The password of the guest wifi hangs in the reception."));
  auto inside = article("wifi", "nb", "Gjestenett wifi", "Passordet til wifi ligger i safen.");
  inside.internal = true;
  put(inside);
  commit();
  auto const seen = reader().search("wifi", {"nb", true, 10});
  ASSERT_EQ(ids(seen), (Ids{"wifi", "wifi"})) << "an agent sees both, a requester can be shown one";
  EXPECT_NE(seen->front().internal, seen->back().internal);
}

TEST_F(Shelf, limit_holds) {
  for (int i = 0; i < 30; ++i)
    put(article("a" + std::to_string(i), "en", "Coffee", "cup " + std::to_string(i)));
  commit();
  EXPECT_EQ(reader().search("coffee", {"", false, 7})->size(), 7U);
  EXPECT_EQ(reader().search("coffee", {"", false, 0})->size(), 0U);
}

TEST_F(Shelf, reader_sees_a_commit) {
  fill();
  auto read = reader();
  EXPECT_EQ(ids(read.search("kettle", {})), Ids{});
  put(article("tea", "en", "Tea", "kettle"));
  EXPECT_EQ(ids(read.search("kettle", {})), Ids{});
  commit();
  EXPECT_EQ(ids(read.search("kettle", {})), Ids{"tea"});
}

TEST_F(Shelf, reader_never_errs_while_commits_go_on) {
  fill();
  auto read = reader();
  std::atomic<bool> done = false;
  std::thread writer([&] {
    for (int i = 0; i < 60; ++i) {
      for (int j = 0; j < 4; ++j)
        (void)index.put(
            article("n" + std::to_string(j), "en", "Printer " + std::to_string(i), "jam vpn password"));
      (void)index.commit();
    }
    done = true;
  });
  std::size_t asked = 0;
  for (; !done || asked < 50; ++asked) {
    auto const found = read.suggest("printer jam", "vpn password", {});
    EXPECT_TRUE(found) << found.error().what;
    if (!found) break;
    EXPECT_FALSE(found->empty());
    EXPECT_TRUE(read.article("printer-jam"));
  }
  writer.join();
  EXPECT_GE(asked, 50U);
}

TEST_F(Shelf, tickets_are_found_and_apart_from_articles) {
  put(MessageText{7, 7, true, "Printer is on fire", "There is smoke everywhere.", "en"});
  put(MessageText{8, 8, true, "打印機壞了", "不能列印", "zh-Hant"});
  put(MessageText{9, 9, true, "Skriveren streiker", "Den varsler om tomt for toner", "nb"});
  commit();
  auto read = reader();
  EXPECT_EQ(*read.tickets("printers smoking", 5), std::vector<std::int64_t>{7});
  EXPECT_EQ(*read.tickets("打印机", 5), std::vector<std::int64_t>{8});
  EXPECT_EQ(*read.tickets("skrivere", 5), std::vector<std::int64_t>{9});
  EXPECT_EQ(*read.tickets("#9", 5), std::vector<std::int64_t>{9});
  EXPECT_EQ(ids(read.search("printer smoke", {})), Ids{});
}

constexpr char const* vpn_mail =
    "Hi,\n\nsince Monday my VPN is a pain. Working from home, the client disconnects every few minutes and I "
    "have "
    "to sign in again. It is a wireless connection, the rest of the internet is fine. Can you help?\n\n"
    "Best regards\nAda Example\nAccounting, Example Ltd";
constexpr char const* party_mail =
    "Hello everybody,\n\nthe summer party takes place on the fourth of July in the garden behind the museum. "
    "There "
    "will be grilled vegetables, lemonade and a band that plays swing. Please tell Olga until Friday whether "
    "you "
    "bring your children.\n\nCheers\nAda Example";

TEST_F(Shelf, mail_about_an_article_is_answered_with_confidence) {
  fill();
  auto const found = reader().suggest("VPN drops", vpn_mail, {"en", false, 3});
  ASSERT_TRUE(found);
  ASSERT_FALSE(found->empty());
  EXPECT_EQ(found->front().id, "vpn-drops");
  EXPECT_TRUE(found->front().confident);
  EXPECT_GT(found->front().score, 0);
  EXPECT_LE(found->front().score, 1);
}

TEST_F(Shelf, mail_about_something_else_gets_no_confident_hit) {
  fill();
  auto const found = reader().suggest("Summer party", party_mail, {"en", false, 10});
  ASSERT_TRUE(found);
  for (auto const& hit : *found) EXPECT_FALSE(hit.confident) << hit.id << ' ' << hit.score;
}

class Learns : public Shelf {
 protected:
  void learn(std::map<std::string, double> const& favours, bool news = true) {
    auto const done = index.learn(favours);
    ASSERT_TRUE(done) << done.error().what;
    EXPECT_EQ(*done, news);
    commit();
  }
};

TEST_F(Learns, use_changes_the_order_of_near_equals) {
  put(article("a", "en", "Badge lost", "Go to the reception and ask for a new badge."));
  put(article("b", "en", "Badge lost", "Go to the reception and ask for a new badge there."));
  fill();
  auto read = reader();
  auto const before = read.suggest("", "I have lost my badge", {});
  ASSERT_GE(ids(before).size(), 2U);
  std::string const first = ids(before)[0], second = ids(before)[1];
  learn({{second, 1.08}, {first, 0.92}});
  auto const after = read.suggest("", "I have lost my badge", {});
  EXPECT_EQ(ids(after)[0], second);
  EXPECT_EQ(ids(after)[1], first);
  EXPECT_EQ((*after)[0].score, (*before)[1].score) << "it is no more confident than before";
  learn({{first, 1.0}, {second, 1.0}});
  EXPECT_EQ(ids(read.suggest("", "I have lost my badge", {})), ids(before)) << "and it is taken back";
  learn({}, false);
}

TEST_F(Learns, use_never_beats_a_much_better_match) {
  fill();
  auto read = reader();
  auto const before = ids(read.search("forgotten password", {}));
  ASSERT_EQ(before.at(0), "password");
  learn({{"vpn-drops", 1.08}, {"printer-jam", 1.08}, {"mima", 1.08}, {"password", 0.92}});
  EXPECT_EQ(ids(read.search("forgotten password", {})).at(0), "password");
  learn({{"vpn-drops", 1e9}, {"printer-jam", 1e9}, {"mima", 1e9}, {"password", 0}});
  EXPECT_EQ(ids(read.search("forgotten password", {})).at(0), "password")
      << "whoever hands in a factor that is none";
}

TEST_F(Learns, what_is_learnt_outlives_the_reader_and_new_articles) {
  put(article("a", "en", "Badge lost", "Go to the reception and ask for a new badge."));
  put(article("b", "en", "Badge lost", "Go to the reception and ask for a new badge there."));
  commit();
  std::string const second = ids(reader().suggest("", "I have lost my badge", {})).at(1);
  learn({{second, 1.05}});
  put(article("c", "en", "Car park", "The barrier opens with the badge."));
  commit();
  EXPECT_EQ(ids(reader().suggest("", "I have lost my badge", {})).at(0), second);
}

TEST_F(Shelf, similar_tickets_share_their_rare_words) {
  put(MessageText{1, 1, true, "Scanner jams", "The sheet feeder of the scanner jams at the second page.",
                  "en"});
  put(MessageText{2, 2, true, "Lunch", "Which soup is there on the second floor today?", "en"});
  put(MessageText{3, 3, true, "Skanneren stopper", "Arkmateren i skanneren stopper på side to.", "nb"});
  put(MessageText{4, 4, true, "Car park", "The barrier does not open with my badge.", "en"});
  put(MessageText{5, 5, true, "Monitor", "My second monitor stays dark.", "en"});
  commit();
  auto read = reader();
  auto const like = read.similar_tickets("Our scanner", "The sheet feeder jams again.", 5);
  ASSERT_TRUE(like);
  EXPECT_EQ(*like, std::vector<std::int64_t>{1});
  EXPECT_TRUE(read.similar_tickets("", "", 5)->empty());
  EXPECT_TRUE(read.similar_tickets("Invoice", "Please pay within ten days.", 5)->empty());
}

}  // namespace
}  // namespace spoc::search
