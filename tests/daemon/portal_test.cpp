// SPDX-License-Identifier: GPL-3.0-or-later
// The help pages over a folder of articles: who sees what, in which language, and what readers may send back.
#include "daemon/portal.hpp"

#include "daemon/portal_files.hpp"
#include "daemon/shelf.hpp"
#include "desk/phrase.hpp"
#include "store/announcements.hpp"
#include "store/article_uses.hpp"
#include "tests/daemon/desk_room.hpp"

#include <fstream>

namespace spoc::daemon {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

constexpr std::string_view shelved = "\x89PNG\r\n\x1a\n and the rest of it";

class HelpPages : public tests::DeskRoom {
 protected:
  HelpPages() {
    config.data = folder.path();
    config.knowledge = folder.path() / "kb";
    config.house = house;
    put("en/vpn.md", "id: vpn\ntitle: VPN <drops>\ntags: [network, vpn]\nowner: kb@example.org",
        "Look: ![the lamp](../pictures/lamp.png) and [printers](printer.md) or "
        "[here](https://example.org/).");
    put("nb/vpn.md", "id: vpn.nb\ntitle: VPN faller ut\nlanguage: nb\ntags: [nettverk]",
        "Start den på nytt.");
    put("en/printer.md", "id: printer\ntitle: Printer is offline\ntags: [printing]",
        "# Printer is offline\n\nPull.");
    put("en/codes.md", "id: codes\ntitle: Printer codes\naudience: internal\ntags: [printing]",
        "![secret](../pictures/codes.png)");
    write("pictures/lamp.png", shelved);
    write("pictures/codes.png", shelved);
    write("pictures/page.html", "<script>");
    shelve_now();
  }

  void write(std::string const& path, std::string_view text) const {
    fs::create_directories((config.knowledge / path).parent_path());
    std::ofstream{config.knowledge / path} << text;
  }
  void put(std::string const& path, std::string const& front_matter, std::string const& body) const {
    write(path, "---\n" + front_matter + "\n---\n\n" + body + "\n");
  }
  void shelve_now() {
    auto index = search::Index::open(config.index());
    ASSERT_TRUE(index);
    ASSERT_TRUE(shelve(*index, config.knowledge, "2026-03-02"));
  }

  channels::HttpResponse get(std::string const& path, std::map<std::string, std::string> query = {},
                             std::map<std::string, std::string> headers = {}) {
    channels::HttpRequest request;
    request.method = "GET";
    request.path = path;
    request.query = std::move(query);
    request.headers = std::move(headers);
    return portal.answer(request);
  }
  /// The seal that stands in an article's form.
  std::string seal(std::string const& page) const {
    constexpr std::string_view mark = "name=\"seal\" value=\"";
    auto const at = page.find(mark);
    return at == std::string::npos ? "" : page.substr(at + mark.size(), 32);
  }
  channels::HttpResponse post(std::string const& body, std::map<std::string, std::string> headers = {}) {
    channels::HttpRequest request;
    request.method = "POST";
    request.path = "/kb/vpn/feedback";
    request.query = {{"lang", "en"}};
    request.headers = std::move(headers);
    request.headers["host"] = "desk.example.org";
    request.body = body;
    request.peer = "192.0.2.1";
    return portal.answer(request);
  }
  static std::string header(channels::HttpResponse const& response, std::string const& name) {
    for (auto const& [one, value] : response.headers)
      if (one == name) return value;
    return "";
  }

  Config config;
  Portal portal{config, db, front};
};

TEST_F(HelpPages, StartShowsTopicsAndArticlesInTheReadersLanguage) {
  auto const english = get("/kb/");
  EXPECT_EQ(english.status, 200);
  EXPECT_THAT(english.body, HasSubstr("<html lang=\"en\">"));
  EXPECT_THAT(english.body, HasSubstr("VPN &lt;drops&gt;"));
  EXPECT_THAT(english.body, HasSubstr("network <span>1</span>"));
  EXPECT_THAT(english.body, Not(HasSubstr("VPN faller ut"))) << "its translation is there already";
  auto const norwegian = get("/kb", {}, {{"accept-language", "de;q=0.9, nb-NO, en;q=0.8"}});
  EXPECT_THAT(norwegian.body, HasSubstr("<html lang=\"nb\">"));
  EXPECT_THAT(norwegian.body, HasSubstr("VPN faller ut"));
  EXPECT_THAT(norwegian.body, HasSubstr("Printer is offline"))
      << "what is not translated is shown all the same";
  EXPECT_THAT(get("/kb/", {{"lang", "zh-TW"}}, {{"accept-language", "nb"}}).body,
              HasSubstr("<html lang=\"zh-Hant\">"));
}

TEST_F(HelpPages, InternalArticlesAreNowhere) {
  for (std::string const path : {"/kb/", "/kb/printer"})
    EXPECT_THAT(get(path).body, Not(HasSubstr("Printer codes"))) << path;
  EXPECT_EQ(get("/kb/codes").status, 404);
  EXPECT_EQ(get("/kb/codes/files/pictures/codes.png").status, 404);
  EXPECT_EQ(get("/kb/vpn/files/pictures/codes.png").status, 404) << "not by way of another article";
  EXPECT_THAT(get("/kb/", {{"q", "printer codes"}, {"as", "json"}}).body, Not(HasSubstr("codes\"")));
}

TEST_F(HelpPages, AnArticleHasOneHeadingItsTranslationsAndItsPictures) {
  auto const page = get("/kb/vpn");
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, HasSubstr("src=\"/kb/vpn/files/pictures/lamp.png\""));
  EXPECT_THAT(page.body, HasSubstr("href=\"/kb/printer\""));
  EXPECT_THAT(page.body, HasSubstr("href=\"https://example.org/\""));
  EXPECT_THAT(page.body, HasSubstr("href=\"/kb/vpn.nb?lang=nb\""));
  EXPECT_THAT(header(page, "Content-Security-Policy"), Not(HasSubstr("unsafe")));
  EXPECT_EQ(header(page, "Set-Cookie"), "");
  std::string const printer = get("/kb/printer").body;
  EXPECT_EQ(printer.find("<h1>"), printer.rfind("<h1>"));
}

TEST_F(HelpPages, ArticlesThatNameOneAnotherAreOneInSeveralLanguages) {
  put("zh/tunnel.md", "id: tunnel-zh\ntitle: 断线\nlanguage: zh-Hans\ntranslations: [../en/vpn.md]",
      "重启。");
  put("de/tunnel.md", "id: tunnel-de\ntitle: Tunnel weg\nlanguage: de\ntranslations: [codes]",
      "Neu starten.");
  shelve_now();
  for (std::string const path : {"/kb/vpn", "/kb/vpn.nb"})
    EXPECT_THAT(get(path).body, HasSubstr("href=\"/kb/tunnel-zh?lang=zh-Hans\"")) << path;
  EXPECT_THAT(get("/kb/tunnel-zh").body, HasSubstr("href=\"/kb/vpn.nb?lang=nb\""));
  EXPECT_THAT(get("/kb/tunnel-de").body, Not(HasSubstr("/kb/codes"))) << "internal articles don't exist here";
}

TEST_F(HelpPages, ATranslationIsNeverSaidToBeMissing) {
  auto const english = get("/kb/vpn", {{"lang", "nb"}});
  EXPECT_THAT(english.body, HasSubstr("<a href=\"/kb/vpn.nb?lang=nb\">VPN faller ut</a>"));
  EXPECT_THAT(english.body, Not(HasSubstr("finnes ikke på norsk")));
  EXPECT_THAT(get("/kb/printer", {{"lang", "nb"}}).body, HasSubstr("finnes ikke på norsk"));
  EXPECT_THAT(get("/kb/vpn.nb", {{"lang", "nb"}}).body, Not(HasSubstr("→")));
}

TEST_F(HelpPages, OldNamesOfLanguagesAreTheSameLanguages) {
  put("no/scanner.md", "id: scanner\ntitle: Skanneren står\nlanguage: no", "Trekk ut.");
  put("en/scanner.md", "id: scanner\ntitle: Scanner hangs", "Pull.");
  put("tw/scanner.md", "id: scanner\ntitle: 掃描器\nlanguage: zh-TW", "拔掉。");
  put("cn/scanner.md", "id: scanner\ntitle: 扫描仪\nlanguage: zh-CN", "拔掉。");
  shelve_now();
  auto const norwegian = get("/kb/scanner", {{"lang", "nb"}});
  EXPECT_THAT(norwegian.body, HasSubstr("<h1>Skanneren står</h1>"));
  EXPECT_THAT(norwegian.body, Not(HasSubstr("finnes ikke på norsk")));
  EXPECT_THAT(norwegian.body, HasSubstr("href=\"/kb/scanner?lang=no\" lang=\"nb\""));
  EXPECT_THAT(get("/kb/scanner", {{"lang", "zh-Hant"}}).body, HasSubstr("<h1>掃描器</h1>"));
  EXPECT_THAT(get("/kb/scanner", {{"lang", "zh-Hans"}}).body, HasSubstr("<h1>扫描仪</h1>"));
  EXPECT_THAT(get("/kb/", {{"lang", "nb"}}).body, Not(HasSubstr("<span class=\"tongue\">no</span>")));
}

TEST_F(HelpPages, AChangedArticleIsReadAnewAndTheOthersStay) {
  EXPECT_THAT(get("/kb/").body, HasSubstr("Printer is offline"));
  put("en/printer.md", "id: printer\ntitle: Printer sleeps\ntags: [waking]", "Pull.");
  put("en/new.md", "id: new\ntitle: Something new", "It is here.");
  put("en/codes.md", "id: codes\ntitle: Printer codes\ntags: [printing]", "Public now.");
  fs::remove(config.knowledge / "nb/vpn.md");
  shelve_now();
  auto const start = get("/kb/").body;
  for (std::string const title :
       {"Printer sleeps", "Something new", "Printer codes", "VPN &lt;drops&gt;", "waking"})
    EXPECT_THAT(start, HasSubstr(title));
  EXPECT_THAT(start, Not(HasSubstr("Printer is offline")));
  EXPECT_EQ(get("/kb/vpn.nb").status, 404);
  put("en/codes.md", "id: codes\ntitle: Printer codes\naudience: internal", "Internal again.");
  shelve_now();
  EXPECT_THAT(get("/kb/").body, Not(HasSubstr("Printer codes")));
  EXPECT_EQ(get("/kb/codes").status, 404);
}

TEST_F(HelpPages, PicturesComeWithATagAndNothingElseComes) {
  auto const found = get("/kb/vpn/files/pictures/lamp.png");
  EXPECT_EQ(found.status, 200);
  EXPECT_EQ(found.type, "image/png");
  EXPECT_EQ(found.body, shelved);
  std::string const tag = header(found, "ETag");
  EXPECT_EQ(get("/kb/vpn/files/pictures/lamp.png", {}, {{"if-none-match", tag}}).status, 304);
  for (std::string const place : {"en/vpn.md", "../spoc.db", "pictures/page.html", "pictures/none.png", ""})
    EXPECT_EQ(get("/kb/vpn/files/" + place).status, 404) << place;
}

TEST_F(HelpPages, PicturesByReferenceAndInBracketsAreShown) {
  put("en/lamps.md", "id: lamps\ntitle: Lamps",
      "![a lamp][lamp] ![two](<my lamp & co.png>)\n\n[lamp]: lamp.png");
  write("en/lamp.png", shelved);
  write("en/my lamp & co.png", shelved);
  shelve_now();
  EXPECT_THAT(get("/kb/lamps").body, HasSubstr("src=\"/kb/lamps/files/en/lamp.png\""));
  EXPECT_EQ(get("/kb/lamps/files/en/lamp.png").status, 200);
  EXPECT_EQ(get("/kb/lamps/files/en/my lamp & co.png").status, 200);
}

TEST_F(HelpPages, APictureThatIsNoneOrLeadsOutOfTheFolderIsNotServed) {
  put("en/odd.md", "id: odd\ntitle: Odd", "![a](page.png) ![b](out.png) ![c](../../spoc.db) ![d](big.png)");
  write("en/page.png", "<script>alert(1)</script>");
  write("en/big.png", std::string{shelved} + std::string(11U << 20U, 'x'));
  std::ofstream{folder.path() / "secret.png"} << shelved;
  fs::create_symlink(folder.path() / "secret.png", config.knowledge / "en/out.png");
  shelve_now();
  for (std::string const place : {"en/page.png", "en/out.png", "../spoc.db", "en/big.png"})
    EXPECT_EQ(get("/kb/odd/files/" + place).status, 404) << place;
}

TEST_F(HelpPages, SearchFindsByBeginningsWhilePeopleType) {
  auto const typed = get("/kb/", {{"q", "prin off"}, {"as", "json"}});
  EXPECT_EQ(typed.type, "application/json");
  EXPECT_THAT(typed.body, HasSubstr("\"said\":\"1 article\""));
  EXPECT_THAT(typed.body, HasSubstr("\"url\":\"/kb/printer\""));
  EXPECT_THAT(get("/kb/", {{"q", "printer"}}).body, HasSubstr("value=\"printer\""))
      << "a plain form without script";
  EXPECT_THAT(get("/kb/", {{"q", "<b>"}}).body, Not(HasSubstr("<b>")));
  EXPECT_THAT(get("/kb/", {{"q", std::string(5000, 'x')}, {"as", "json"}}).body, HasSubstr("Nothing found"));
}

TEST_F(HelpPages, TopicsListTheirArticles) {
  EXPECT_THAT(get("/kb/", {{"tag", "printing"}}).body, HasSubstr("Printer is offline"));
  EXPECT_EQ(get("/kb/", {{"tag", "nothing"}}).status, 404);
}

TEST_F(HelpPages, AnAnswerIsCountedAndItsWordsAreKept) {
  std::string const sealed = "seal=" + seal(get("/kb/vpn").body);
  auto const done = post(sealed + "&helped=no&words=Step+3+is+wrong%3A+see+%E2%9C%93");
  EXPECT_EQ(done.status, 303);
  EXPECT_EQ(header(done, "Location"), "/kb/vpn?said=no&lang=en#helped");
  EXPECT_THAT(get("/kb/vpn", {{"said", "no"}}).body,
              HasSubstr("Thank you for telling us; your words are kept"));
  EXPECT_EQ(post(sealed + "&helped=yes&words=").status, 303);
  auto const uses = ask([](store::Tx& tx) { return store::article_uses(tx); });
  EXPECT_EQ(uses.at("vpn"), (desk::Uses{1, 1}));
  auto const said = ask([](store::Tx& tx) { return store::remarks(tx, "vpn", 10); });
  ASSERT_THAT(said, SizeIs(1)) << "a bare answer is counted alone";
  EXPECT_FALSE(said[0].helped);
  EXPECT_EQ(said[0].words, "Step 3 is wrong: see \xE2\x9C\x93");
  EXPECT_THAT(ask([](store::Tx& tx) { return store::remarks(tx, "other", 10); }), testing::IsEmpty());
  EXPECT_THAT(get("/kb/").body, HasSubstr("Helped most people"));
}

TEST_F(HelpPages, AReadersWordsReachTheKeeperOnceADay) {
  auto const say = [&](std::string const& words) {
    EXPECT_EQ(post("seal=" + seal(get("/kb/vpn").body) + "&helped=no&words=" + words).status, 303);
    ASSERT_TRUE(front.tick());
  };
  say("Step+3%3F");
  auto const first = letters(desk::LetterKind::feedback);
  ASSERT_THAT(first, SizeIs(1));
  EXPECT_EQ(first[0].to.address, "kb@example.org");
  EXPECT_EQ(first[0].lines,
            std::vector<std::string>{desk::phrase("\"{1}\" did not help: {2}", {"VPN <drops>", "Step 3?"})});
  say("Step+4%3F");
  say("Step+5%3F");
  EXPECT_THAT(letters(desk::LetterKind::feedback), SizeIs(1)) << "not for every reader a letter";
  now += std::chrono::hours{24};
  ASSERT_TRUE(front.tick());
  ASSERT_TRUE(front.tick());
  auto const all = letters(desk::LetterKind::feedback);
  ASSERT_THAT(all, SizeIs(2));
  EXPECT_EQ(std::max(all[0].lines.size(), all[1].lines.size()), 2U);
}

TEST_F(HelpPages, OnlyPagesOfOursMayAnswerAndNotTooOften) {
  std::string const sealed = "seal=" + seal(get("/kb/vpn").body) + "&helped=yes";
  EXPECT_EQ(post("helped=yes").status, 403);
  EXPECT_EQ(post("seal=" + std::string(32, '0') + "&helped=yes").status, 403);
  EXPECT_EQ(post(sealed, {{"origin", "https://elsewhere.example"}}).status, 403);
  EXPECT_EQ(post(sealed, {{"sec-fetch-site", "cross-site"}}).status, 403);
  EXPECT_EQ(post(sealed, {{"origin", "https://desk.example.org"}, {"sec-fetch-site", "same-origin"}}).status,
            303);
  EXPECT_EQ(post("seal=" + seal(get("/kb/vpn").body) + "&helped=maybe").status, 400);
  now += std::chrono::days{2};
  EXPECT_EQ(post(sealed).status, 403) << "the page was open for too long";
  std::string const fresh = "seal=" + seal(get("/kb/vpn").body) + "&helped=yes";
  int refused = 0;
  for (int i = 0; i < 15; ++i)
    if (post(fresh).status == 429) ++refused;
  EXPECT_GE(refused, 5);
  EXPECT_EQ(post(fresh + "&words=" + std::string(9000, 'x')).status, 429);
}

TEST_F(HelpPages, OneReaderMovesAnArticleALittle) {
  std::string const sealed = "seal=" + seal(get("/kb/vpn").body) + "&helped=yes&words=";
  for (int i = 0; i < 6; ++i) EXPECT_EQ(post(sealed + std::to_string(i)).status, 303);
  EXPECT_EQ(ask([](store::Tx& tx) { return store::article_uses(tx); }).at("vpn"), (desk::Uses{3, 0}));
  EXPECT_THAT(ask([](store::Tx& tx) { return store::remarks(tx, "vpn", 10); }), SizeIs(6))
      << "words are kept";
}

TEST_F(HelpPages, WhatGoesNowhereIsSaidInTheReadersLanguage) {
  auto const page = get("/kb/nothing", {{"lang", "nb"}});
  EXPECT_EQ(page.status, 404);
  EXPECT_THAT(page.body, HasSubstr("Denne siden finnes ikke."));
  EXPECT_EQ(get("/kb/vpn/elsewhere").status, 404);
}

TEST_F(HelpPages, AKnownOutageStandsOnTop) {
  ASSERT_TRUE(db.write("announce", [&](store::Tx& tx) {
    desk::Announcement outage;
    outage.text = "Mail is <slow>.\nWe are on it.";
    outage.translations = {{"nb", "E-posten er treg."}};
    outage.made = now;
    store::add_announcement(tx, outage);
  }));
  EXPECT_THAT(get("/kb/").body, HasSubstr("Mail is &lt;slow&gt;.<br>We are on it."));
  EXPECT_THAT(get("/kb/vpn", {{"lang", "nb"}}).body, HasSubstr("E-posten er treg."));
  EXPECT_THAT(get("/kb/", {{"q", "mail"}}).body, HasSubstr("Mail is &lt;slow&gt;.<br>We are on it."));
  EXPECT_THAT(get("/kb/", {{"tag", "printing"}}).body, HasSubstr("Mail is &lt;slow&gt;.<br>We are on it."));
}

TEST(ForMail, NothingIsRelativeToAMail) {
  std::string const html =
      "<p>See <a href=\"printer.md\">printers</a>, <a href=\"/kb/codes?a=1&amp;b=2\">codes</a> and <a "
      "href=\"https://example.org/\">more</a>.</p><img src=\"../pictures/my%20lamp.png\" alt=\"A "
      "&quot;lamp&quot;\">";
  EXPECT_EQ(
      for_mail(html, "en/vpn.md", "https://desk.example.org", "vpn"),
      "<p>See <a href=\"https://desk.example.org/kb/vpn\">printers</a>, <a "
      "href=\"https://desk.example.org/kb/codes?a=1&amp;b=2\">codes</a> and <a "
      "href=\"https://example.org/\">more</a>.</p><img "
      "src=\"https://desk.example.org/kb/vpn/files/pictures/my%20lamp.png\" alt=\"A &quot;lamp&quot;\">");
  EXPECT_EQ(for_mail(html, "en/vpn.md", "", "vpn"),
            "<p>See printers, codes and <a href=\"https://example.org/\">more</a>.</p>A &quot;lamp&quot;");
  EXPECT_EQ(for_mail("a < b", "en/vpn.md", "", "vpn"), "a < b");
}

struct Address {
  std::string name, path, address, place;
};
class PlaceMeant : public testing::TestWithParam<Address> {};
TEST_P(PlaceMeant, IsWithinTheFolderOrNowhere) {
  EXPECT_EQ(place_meant(GetParam().path, GetParam().address), GetParam().place);
}
INSTANTIATE_TEST_SUITE_P(Addresses, PlaceMeant,
                         testing::Values(Address{"Beside", "en/a.md", "b.png", "en/b.png"},
                                         Address{"Above", "en/a.md", "../p/b.png", "p/b.png"},
                                         Address{"Blank", "a.md", "my%20b.png", "my b.png"},
                                         Address{"Fragment", "a.md", "b.md#c", "b.md"},
                                         Address{"Out", "en/a.md", "../../b.png", ""},
                                         Address{"Hidden", "a.md", ".git/config", ""},
                                         Address{"Absolute", "a.md", "/etc/passwd", ""},
                                         Address{"Web", "a.md", "https://example.org/b.png", ""},
                                         Address{"Mail", "a.md", "mailto:a@example.org", ""}),
                         [](auto const& row) { return row.param.name; });

struct Wish {
  std::string name, header, language;
};
class Liked : public testing::TestWithParam<Wish> {};
TEST_P(Liked, IsTheHeaviestOfOurs) { EXPECT_EQ(liked_language(GetParam().header), GetParam().language); }
INSTANTIATE_TEST_SUITE_P(Headers, Liked,
                         testing::Values(Wish{"None", "", "en"}, Wish{"Unknown", "de, fr;q=0.5", "en"},
                                         Wish{"First", "nb, en;q=0.9", "nb"},
                                         Wish{"Heavier", "en;q=0.3, zh-TW;q=0.8", "zh-Hant"},
                                         Wish{"Unwanted", "nb;q=0, en;q=0.1", "en"},
                                         Wish{"Nonsense", ";;q=,,,zh;q=x", "zh-Hans"}),
                         [](auto const& row) { return row.param.name; });

}  // namespace
}  // namespace spoc::daemon
