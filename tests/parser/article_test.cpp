// SPDX-License-Identifier: GPL-3.0-or-later
// Knowledge articles: front matter, its faults, and Markdown to HTML and text.
#include "parser/article.hpp"

#include <gtest/gtest.h>

namespace spoc::parser {
namespace {

TEST(Article, ReadsFrontMatter) {
  auto const article = read_article(
      "---\nid: vpn-drops\ntitle: \"VPN drops: what now?\"\nlanguage: nb\naudience: internal\n"
      "tags: [vpn, 'remote work']\n# a comment\n---\n# VPN\n\nStart it again.\n",
      "network/vpn.md");
  ASSERT_TRUE(article) << article.error().what;
  EXPECT_EQ(article->id, "vpn-drops");
  EXPECT_EQ(article->title, "VPN drops: what now?");
  EXPECT_EQ(article->language, "nb");
  EXPECT_TRUE(article->internal);
  EXPECT_EQ(article->tags, (std::vector<std::string>{"vpn", "remote work"}));
  EXPECT_EQ(article->body, "# VPN\n\nStart it again.\n");
  EXPECT_EQ(article->path, "network/vpn.md");
}

TEST(Article, ReadsOwnerProductsAndDays) {
  auto const article = read_article(
      "---\nproducts: [Citrix, SAP]\nowner: kb@example.org\nreview: 2027-01-31\nexpires: "
      "2028-02-29\n---\nText\n",
      "a.md");
  ASSERT_TRUE(article) << article.error().what;
  EXPECT_EQ(article->products, (std::vector<std::string>{"Citrix", "SAP"}));
  EXPECT_EQ(article->owner, "kb@example.org");
  EXPECT_EQ(article->review, "2027-01-31");
  EXPECT_EQ(article->expires, "2028-02-29");
}

TEST(Article, ReadsTranslations) {
  std::vector<std::string> const both{"vpn-faller-ut", "zh/vpn.md"};
  for (std::string const list :
       {"translations: [vpn-faller-ut, zh/vpn.md]", "translations:\n  - vpn-faller-ut\n  - 'zh/vpn.md'"}) {
    auto const article = read_article("---\n" + list + "\n---\nText\n", "a.md");
    ASSERT_TRUE(article) << article.error().what;
    EXPECT_EQ(article->translations, both);
  }
}

TEST(Article, LinksAndPicturesAreNamedWithTheirLines) {
  auto const links = markdown_links(
      "See [the net](/kb/net) and ![a plug](plug.png \"Plug\").\n\n```\n[not](this)\n```\nNor `[this](one)`, "
      "but [that](x.md).\n");
  ASSERT_EQ(links.size(), 3U);
  EXPECT_EQ(links[0].target, "/kb/net");
  EXPECT_EQ(links[1].target, "plug.png");
  EXPECT_TRUE(links[1].picture);
  EXPECT_EQ(links[2].line, 6);
  EXPECT_EQ(links[2].target, "x.md");
}

TEST(Article, FindsReferencesAndPlacesInBrackets) {
  auto const links = markdown_links(
      "![a plug][plug] and ![two words](<my plug.png> \"Plug\"), [the net][].\n\n"
      "    [not](this.png)\n\n[plug]: pictures/plug.png\n[the net]: net.md\n");
  ASSERT_EQ(links.size(), 3U);
  EXPECT_EQ(links[0].target, "pictures/plug.png");
  EXPECT_TRUE(links[0].picture);
  EXPECT_EQ(links[0].line, 5) << "where it can be mended";
  EXPECT_EQ(links[1].target, "my plug.png");
  EXPECT_TRUE(links[1].picture);
  EXPECT_EQ(links[1].line, 1);
  EXPECT_EQ(links[2].target, "net.md");
  EXPECT_FALSE(links[2].picture);
}

TEST(Article, ReadsTagsAsAList) {
  auto const article =
      read_article("---\r\ntags:\r\n  - vpn\r\n  - wifi\r\nid: x\r\n---\r\nText\r\n", "x.md");
  ASSERT_TRUE(article) << article.error().what;
  EXPECT_EQ(article->tags, (std::vector<std::string>{"vpn", "wifi"}));
  EXPECT_EQ(article->id, "x");
  EXPECT_FALSE(article->internal);
}

TEST(Article, MakesIdAndTitle) {
  auto const article = read_article("Intro\n\n## Printer jams ##\n", "Office/Printer Jams.md");
  ASSERT_TRUE(article);
  EXPECT_EQ(article->id, "office-printer-jams");
  EXPECT_EQ(article->title, "Printer jams");
  EXPECT_EQ(read_article("打印机\n===\n", "打印机.md")->title, "打印机");
  EXPECT_EQ(read_article("no heading", "a.md")->title, "a");
  EXPECT_EQ(read_article("", "")->id, "article");
  EXPECT_EQ(read_article("\xef\xbb\xbf---\nid: bom\n---\n", "a.md")->id, "bom");
}

struct FlawRow {
  std::string name, bytes, line, word;
};
class BadArticle : public testing::TestWithParam<FlawRow> {};

TEST_P(BadArticle, NamesLineAndRemedy) {
  auto const article = read_article(GetParam().bytes, "kb/a.md");
  ASSERT_FALSE(article);
  EXPECT_EQ(article.error().kind, Kind::unreadable);
  EXPECT_TRUE(article.error().what.starts_with("kb/a.md:" + GetParam().line + ": ")) << article.error().what;
  EXPECT_NE(article.error().what.find(GetParam().word), std::string::npos) << article.error().what;
}

INSTANTIATE_TEST_SUITE_P(
    Table, BadArticle,
    testing::Values(FlawRow{"audience", "---\nid: a\naudience: all\n---\n", "3", "public or internal"},
                    FlawRow{"unknown", "---\ncolour: red\n---\n", "2", "known are"},
                    FlawRow{"no_colon", "---\nid a\n---\n", "2", "key: value"},
                    FlawRow{"id_blank", "---\nid: two words\n---\n", "2", "one word"},
                    FlawRow{"id_path", "---\nid: ../etc\n---\n", "2", "one word"},
                    FlawRow{"id_empty", "---\nid:\n---\n", "2", "one word"},
                    FlawRow{"language", "---\nlanguage:\n---\n", "2", "zh-Hans"},
                    FlawRow{"owner", "---\nowner: Kari\n---\n", "2", "an address"},
                    FlawRow{"day", "---\nreview: 2027-02-30\n---\n", "2", "a day such as"},
                    FlawRow{"open", "---\nid: a\n", "1", "never closed"}),
    [](auto const& row) { return row.param.name; });

bool has(std::string const& text, std::string_view part) { return text.find(part) != std::string::npos; }

TEST(Markdown, ToHtml) {
  std::string const html = markdown_to_html(
      "# Title\n\nSome **bold** and ~~old~~ text, see https://example.org/a.\n\n| a | b |\n|---|---|\n| 1 | "
      "2 |\n");
  EXPECT_TRUE(has(html, "<h1>Title</h1>")) << html;
  EXPECT_TRUE(has(html, "<strong>bold</strong>")) << html;
  EXPECT_TRUE(has(html, "<del>old</del>")) << html;
  EXPECT_TRUE(has(html, "href=\"https://example.org/a\"")) << html;
  EXPECT_TRUE(has(html, "<td>1</td>")) << html;
}

TEST(Markdown, OwnPicturesAndPagesStay) {
  EXPECT_TRUE(has(markdown_to_html("![p](https://example.org/p.png)"), " src=\"https://example.org/p.png\""));
  EXPECT_TRUE(has(markdown_to_html("[other](other.md)"), "href=\"other.md\""));
}

TEST(Markdown, NothingActive) {
  EXPECT_FALSE(has(markdown_to_html("[x](javascript:alert(1))"), "javascript"));
  EXPECT_FALSE(has(markdown_to_html("[x](data:text/html,hi)"), "data:"));
  EXPECT_FALSE(has(markdown_to_html("<script>alert(1)</script>"), "<script"));
  EXPECT_FALSE(has(markdown_to_html("a <img src=x onerror=alert(1)>"), "<img"));
  EXPECT_FALSE(has(markdown_to_html("<javascript:alert(1)>"), "href=\"javascript"));
}

TEST(Markdown, ToText) {
  EXPECT_EQ(markdown_to_text("# VPN\n\nDo *this*:\n\n1. stop\n2. start\n"),
            "VPN\n\nDo this:\n\n1. stop\n2. start");
  EXPECT_EQ(markdown_to_text("See [the page](https://example.org/p)."),
            "See the page <https://example.org/p>.");
  EXPECT_EQ(markdown_to_text(""), "");
}

TEST(Markdown, TortureEnds) {
  std::string deep, images, lists;
  for (int i = 0; i < 50'000; ++i) deep += "> ", images += "![[]()", lists += "* ";
  EXPECT_FALSE(markdown_to_html(deep + "x").empty());
  EXPECT_FALSE(markdown_to_html(images).empty());
  markdown_to_html(lists);
  markdown_to_text(deep + "x");
}

}  // namespace
}  // namespace spoc::parser
