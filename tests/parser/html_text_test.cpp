// SPDX-License-Identifier: GPL-3.0-or-later
// HTML to text as a reader sees it.
#include "parser/html.hpp"

#include <gtest/gtest.h>

namespace spoc::parser {
namespace {

struct Row {
  std::string name, html, text;
};
class HtmlText : public testing::TestWithParam<Row> {};

TEST_P(HtmlText, IsReadable) { EXPECT_EQ(html_to_text(GetParam().html), GetParam().text); }

INSTANTIATE_TEST_SUITE_P(
    Table, HtmlText,
    testing::Values(
        Row{"empty", "", ""}, Row{"plain", "Hello\n  there", "Hello there"},
        Row{"paragraphs", "<p>One</p><p>Two</p>", "One\n\nTwo"},
        Row{"divs", "<div>One</div><div>Two</div>", "One\nTwo"},
        Row{"div_br", "<div>One</div><div><br></div><div>Two</div>", "One\n\nTwo"},
        Row{"br", "One<br>Two<br/><br>Three", "One\nTwo\n\nThree"},
        Row{"inline", "a<b>b</b><i>c</i> <u>d</u>", "abc d"},
        Row{"entities", "K&aring;re &amp; S&oslash;n &lt;x&gt; &#8364; &#x4f60;&nbsp;!",
            "Kåre & Søn <x> € 你\u00a0!"},
        Row{"bare_entity", "AT&T &copy 2026 &unknown;", "AT&T © 2026 &unknown;"},
        Row{"windows_1252_number", "&#146;&#150;", "’–"},
        Row{"list", "<ul><li>a</li><li>b</li></ul>", "- a\n- b"},
        Row{"numbers", "<ol><li>a<li>b</ol>after", "1. a\n2. b\nafter"},
        Row{"nested_list", "<ul><li>a<ul><li>b</li></ul></li></ul>", "- a\n  - b"},
        Row{"table", "<table><tr><th>Name</th><th>Age</th></tr><tr><td>Kari</td><td>30</td></tr></table>",
            "Name | Age\nKari | 30"},
        Row{"word_table", "<table><tr><td><p>a</p></td><td><p>b</p></td></tr></table>", "a | b"},
        Row{"layout_table", "<table><tr><td><div>One</div><div>Two</div></td><td>Three</td></tr></table>",
            "One\nTwo\nThree"},
        Row{"link", "See <a href=\"https://example.org/x\">the page</a>.",
            "See the page <https://example.org/x>."},
        Row{"link_itself", "<a href=\"https://example.org/\">example.org</a>", "example.org"},
        Row{"mailto", "<a href=\"mailto:kari@example.org\">kari@example.org</a>", "kari@example.org"},
        Row{"mailto_name", "<a href=\"mailto:kari@example.org?subject=x\">Kari</a>",
            "Kari <kari@example.org>"},
        Row{"bad_link", "<a href=\"javascript:x\">here</a>", "here"},
        Row{"quote", "<p>Yes</p><blockquote><p>Shall we?</p><blockquote>Why?</blockquote></blockquote>",
            "Yes\n> Shall we?\n>> Why?"},
        Row{"heading", "<h1>T</h1>text", "T\n\ntext"}, Row{"rule", "a<hr>b", "a\n---\nb"},
        Row{"pre", "<pre>a\n  b</pre>c", "a\n  b\nc"},
        Row{"hidden", "<style>x{}</style><script>y</script><title>t</title>a<!-- b -->c", "ac"},
        Row{"conditional",
            "<!--[if mso]><table><tr><td><![endif]-->x<!--[if mso]></td></tr></table><![endif]-->", "x"},
        Row{"declaration", "<!DOCTYPE html><html><head><meta charset=utf-8></head><body>x</body></html>",
            "x"},
        Row{"picture", "a <img src=cid:1 alt=\"our logo\"> b <img src=x>", "a [our logo] b"},
        Row{"emoji", "ok <img src=cid:1 alt=\"😀\">", "ok 😀"},
        Row{"not_a_tag", "1 < 2 and 3 > 2", "1 < 2 and 3 > 2"}, Row{"cut_off", "text <a href=\"x", "text"},
        Row{"svg", "a<svg><text>b</text></svg>c", "ac"}, Row{"svg_open", "a<svg>b", "ab"},
        Row{"chinese", "<p>您好，</p><p>打印机无法工作。</p>", "您好，\n\n打印机无法工作。"}),
    [](auto const& row) { return row.param.name; });

TEST(HtmlTextTorture, Ends) {
  std::string divs, quotes, links, lists, tags;
  for (int i = 0; i < 20'000; ++i) {
    divs += "<div>";
    quotes += "<blockquote>";
    links += "<a href=http://example.org/>x";
    lists += "<ul><li>";
    tags += "<a><b><div>";
  }
  for (std::string const& html : {divs, quotes, links, lists, tags}) {
    std::string const text = html_to_text(html + "end");
    EXPECT_NE(text.find("end"), std::string::npos);
  }
}

}  // namespace
}  // namespace spoc::parser
