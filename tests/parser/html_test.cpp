// SPDX-License-Identifier: GPL-3.0-or-later
// The sanitiser: exact outputs, and that nothing active is left of hostile inputs.
#include "parser/html.hpp"

#include <gtest/gtest.h>

namespace spoc::parser {
namespace {

struct HtmlRow {
  std::string name, html, safe;
};
class Sanitise : public testing::TestWithParam<HtmlRow> {};

TEST_P(Sanitise, Writes) {
  std::string const safe = sanitise(GetParam().html);
  EXPECT_EQ(safe, GetParam().safe);
  EXPECT_EQ(sanitise(safe), safe);
}

constexpr char rel[] = " rel=\"noopener noreferrer nofollow\" target=\"_blank\"";

INSTANTIATE_TEST_SUITE_P(
    Table, Sanitise,
    testing::Values(
        HtmlRow{"empty", "", ""}, HtmlRow{"text", "a & b < c", "a &amp; b &lt; c"},
        HtmlRow{"tags", "<p>a <b>b</b></p>", "<p>a <b>b</b></p>"}, HtmlRow{"upper", "<P>a</P>", "<p>a</p>"},
        HtmlRow{"unclosed", "<p><b>a", "<p><b>a</b></p>"}, HtmlRow{"stray_end", "a</b></div>c", "ac"},
        HtmlRow{"misnested", "<b><i>a</b>c</i>", "<b><i>a</i></b>c"},
        HtmlRow{"two_paragraphs", "<p>a<p>b", "<p>a</p><p>b</p>"},
        HtmlRow{"items", "<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"},
        HtmlRow{"cells", "<table><tr><td>a<td>b<tr><td>c</table>",
                "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>"},
        HtmlRow{"cell_outside", "<td>a</td>", "a"},
        HtmlRow{"cell_keeps_outside_open", "<div><table><tr><td></div>a</td></tr></table>b</div>",
                "<div><table><tr><td>a</td></tr></table>b</div>"},
        HtmlRow{"unknown", "<o:p>a</o:p><blink>b</blink>", "ab"},
        HtmlRow{"link", "<a href=\"http://example.org/?a=1&b=2\">x</a>",
                std::string{"<a href=\"http://example.org/?a=1&amp;b=2\""} + rel + ">x</a>"},
        HtmlRow{"link_target", "<a target=_top rel=opener href=tel:+4711>x</a>",
                std::string{"<a href=\"tel:+4711\""} + rel + ">x</a>"},
        HtmlRow{"link_without_scheme", "<a href=\"/admin/delete\">x</a>", "<a>x</a>"},
        HtmlRow{"link_of_the_page", "<a href=//example.org/x>x</a>",
                std::string{"<a href=\"https://example.org/x\""} + rel + ">x</a>"},
        HtmlRow{"held", "<img src=\"https://example.org/p.gif\" width=90>",
                "<img data-held-src=\"https://example.org/p.gif\" width=\"90\">"},
        HtmlRow{"cid", "<img src=cid:pic@example alt=\"a 'b'\">",
                "<img src=\"cid:pic@example\" alt=\"a &#39;b&#39;\">"},
        HtmlRow{"data", "<img src=data:image/png;base64,AAAA>", "<img src=\"data:image/png;base64,AAAA\">"},
        HtmlRow{"style", "<p style=\"color: red; position:fixed; margin:0 1px\">x</p>",
                "<p style=\"color:red;margin:0 1px;\">x</p>"},
        HtmlRow{"style_rgb", "<p style=\"color:rgb(1, 2,3)\">x</p>", "<p style=\"color:rgb(1, 2,3);\">x</p>"},
        HtmlRow{"style_url", "<p style=\"background-color:url(http://x)\">x</p>", "<p>x</p>"},
        HtmlRow{"style_escape", "<p style=\"color:\\65xpression(1)\">x</p>", "<p>x</p>"},
        HtmlRow{"class_and_id", "<p class=a id=b name=c data-x=d>x</p>", "<p>x</p>"},
        HtmlRow{"lang", "<p lang=zh dir=ltr title=\"a&quot;b\">x</p>",
                "<p lang=\"zh\" dir=\"ltr\" title=\"a&quot;b\">x</p>"},
        HtmlRow{"second_attribute", "<p lang=a lang=b>x</p>", "<p lang=\"a\">x</p>"},
        HtmlRow{"style_element", "<style>p{}</style>x", "x"}, HtmlRow{"comment", "a<!-- b -->c", "ac"},
        HtmlRow{"comment_open", "a<!-- b", "a"}, HtmlRow{"comment_short", "a<!-->b<!--->c", "abc"},
        HtmlRow{"form", "<form action=x><input value=a><button>go</button></form>", "<div>go</div>"},
        HtmlRow{"br_end", "a</br>b", "a<br>b"}, HtmlRow{"nul", std::string{"a\0b", 3}, "ab"},
        HtmlRow{"xmp", "<xmp><b>x</b></xmp>", "&lt;b&gt;x&lt;/b&gt;"}),
    [](auto const& row) { return row.param.name; });

class Hostile : public testing::TestWithParam<std::string> {};

// In the output each "<" is a tag of ours and each value stands in double quotes, so plain searching finds
// what could act: tags and names outside of the values, addresses and styles inside of them.
TEST_P(Hostile, LeavesNothingActive) {
  std::string const safe = sanitise(GetParam());
  std::string outside;
  bool in_tag = false, in_value = false;
  for (char const c : safe) {
    if (c == '<') in_tag = true;
    if (c == '>') in_tag = false;
    if (c == '"' && in_tag) in_value = !in_value;
    if (in_tag && !in_value) outside += c;
  }
  EXPECT_FALSE(in_value) << safe;
  for (std::string_view const word :
       {"<script", "<svg",     "<math", "<style",    "<iframe",   "<object",   "<embed",    "<form",
        "<base",   "<meta",    "<link", "<template", "<noscript", "<title",    "<textarea", "<select",
        "<!--",    "<marquee", " on",   "srcdoc",    "xlink",     "background"})
    EXPECT_EQ(outside.find(word), std::string::npos) << word << " in " << safe;
  for (std::string_view const word : {"href=\"java", "href=\"data", "href=\"vb", "src=\"java",
                                      "style=\"width", "style=\"behavior", "style=\"-moz"})
    EXPECT_EQ(safe.find(word), std::string::npos) << word << " in " << safe;
  EXPECT_EQ(sanitise(safe), safe);
}

INSTANTIATE_TEST_SUITE_P(
    Table, Hostile,
    testing::Values(
        "<script>alert(1)</script>", "<ScRiPt src=//x></sCrIpT>", "<script",
        "<scr<script>ipt>alert(1)</scr</script>ipt>", "<img src=x onerror=alert(1)>",
        "<img/src=x/onerror=alert(1)>", "<img src=\"x\"onerror=alert(1)>",
        "<a href=javascript:alert(1)>x</a>", "<a href=\"java\tscript:alert(1)\">x</a>",
        "<a href=\"&#106;avascript:alert(1)\">x</a>", "<a href=\"javascript&colon;alert(1)\">x</a>",
        "<a href=\"java&Tab;script&NewLine;:alert(1)\">x</a>", "<a href=\" \x01javascript:alert(1)\">x</a>",
        "<a href=\"JaVaScRiPt:alert(1)\">x</a>", "<a href=\"vbscript:x\">x</a>",
        "<a href=\"data:text/html,<script>alert(1)</script>\">x</a>", "<img src=javascript:alert(1)>",
        "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>", "<object data=javascript:x>",
        "<embed src=x>", "<base href=//evil.example/>",
        "<meta http-equiv=refresh content=0;url=javascript:x>",
        "<link rel=stylesheet href=//evil.example/x.css>",
        "<form action=javascript:x><input type=submit></form>", "<svg onload=alert(1)>",
        "<svg><script>alert(1)</script></svg>", "<svg><style><img src=x onerror=alert(1)></style></svg>",
        "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 "
        "onerror=alert(1)&gt;\">",
        "<math><annotation-xml encoding=\"text/html\"><xmp>&lt;/xmp&gt;&lt;img src "
        "onerror=alert(1)&gt;</xmp></annotation-xml></math>",
        "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
        "<template><img src=x onerror=alert(1)></template>",
        "<select><template><style><!--</style><a rel=\"--></style></template></select><img id=x src "
        "onerror=alert(1)>\">",
        "<title><img title=\"</title><img src=1 onerror=alert(1)>\">",
        "<textarea><img title=\"</textarea><img src=1 onerror=alert(1)>\">",
        "<!--><img src=x onerror=alert(1)>-->", "<!-- --!><img src=x onerror=alert(1)>-->",
        "<![CDATA[<img src=x onerror=alert(1)>]]>", "<?xml <img src=x onerror=alert(1)>?>",
        "</ <img src=x onerror=alert(1)>", "<p style=\"background:url(javascript:x)\">x",
        "<p style=\"width:expression(alert(1))\">x", "<p style=\"-moz-binding:url(x)\">x",
        "<p style=\"color:red/*;*/;behavior:url(x)\">x", "<style>@import '//evil.example';</style>",
        "<table background=javascript:x><td background=javascript:y>x", "<img src=`x`onerror=alert(1)>",
        "<p title='`onmouseover=alert(1)'>x", "<a href='http://x\" onclick=alert(1)//'>x</a>",
        "<p lang='\"><script>alert(1)</script>'>x", "<font color='\"onmouseover=alert(1) x=\"'>x",
        "<plaintext><img src=x onerror=alert(1)>", "<xmp></xmp><img src=x onerror=alert(1)></xmp>",
        "<video><source onerror=alert(1)></video>", "<details open ontoggle=alert(1)>x",
        "<a xlink:href=javascript:x>x</a>", "<marquee onstart=alert(1)>x</marquee>",
        "<body onload=alert(1)>x", "<isindex action=javascript:x>", "<div onmouseover\n=\nalert(1)>x",
        "<x onclick=alert(1)>y</x>", "&lt;script&gt;alert(1)&lt;/script&gt;"));

TEST(SanitiseTorture, Ends) {
  std::string divs, quotes, mix, attributes = "<p ", closes, comments, lists;
  for (int i = 0; i < 30'000; ++i) {
    divs += "<div>";
    quotes += "<blockquote>";
    mix += "<a><b><div>";
    attributes += "a" + std::to_string(i) + "=1 ";
    closes += "<b><i></div></b>";
    comments += "<!--";
    lists += "<svg><style>";
  }
  std::string wide(2'000'000, '<');
  for (std::string const& html : {divs, quotes, mix, attributes + ">", closes, comments, lists, wide})
    sanitise(html + "end");
  EXPECT_NE(sanitise(divs + "end").find("end"), std::string::npos);
  EXPECT_NE(sanitise(attributes + ">end").find("end"), std::string::npos);
}

TEST(EscapeHtml, EscapesAllFive) { EXPECT_EQ(escape_html("&<>\"'a"), "&amp;&lt;&gt;&quot;&#39;a"); }

}  // namespace
}  // namespace spoc::parser
