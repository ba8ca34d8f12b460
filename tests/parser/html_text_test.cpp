// SPDX-License-Identifier: GPL-3.0-or-later
// HTML to text as a reader sees it.
#include "parser/html.hpp"

#include <gtest/gtest.h>

namespace spoc::parser {
namespace {

struct TextRow {
  std::string name, html, text;
};
class HtmlText : public testing::TestWithParam<TextRow> {};

TEST_P(HtmlText, IsReadable) { EXPECT_EQ(html_to_text(GetParam().html), GetParam().text); }

INSTANTIATE_TEST_SUITE_P(
    Table, HtmlText,
    testing::Values(
        TextRow{"empty", "", ""}, TextRow{"plain", "Hello\n  there", "Hello there"},
        TextRow{"paragraphs", "<p>One</p><p>Two</p>", "One\n\nTwo"},
        TextRow{"divs", "<div>One</div><div>Two</div>", "One\nTwo"},
        TextRow{"div_br", "<div>One</div><div><br></div><div>Two</div>", "One\n\nTwo"},
        TextRow{"br", "One<br>Two<br/><br>Three", "One\nTwo\n\nThree"},
        TextRow{"inline", "a<b>b</b><i>c</i> <u>d</u>", "abc d"},
        TextRow{"entities", "K&aring;re &amp; S&oslash;n &lt;x&gt; &#8364; &#x4f60;&nbsp;!",
                "Kåre & Søn <x> € 你 !"},
        TextRow{"bare_entity", "AT&T &copy 2026 &unknown;", "AT&T © 2026 &unknown;"},
        TextRow{"windows_1252_number", "&#146;&#150;", "’–"},
        TextRow{"list", "<ul><li>a</li><li>b</li></ul>", "- a\n- b"},
        TextRow{"numbers", "<ol><li>a<li>b</ol>after", "1. a\n2. b\nafter"},
        TextRow{"nested_list", "<ul><li>a<ul><li>b</li></ul></li></ul>", "- a\n  - b"},
        TextRow{"table", "<table><tr><th>Name</th><th>Age</th></tr><tr><td>Kari</td><td>30</td></tr></table>",
                "Name | Age\nKari | 30"},
        TextRow{"word_table", "<table><tr><td><p>a</p></td><td><p>b</p></td></tr></table>", "a | b"},
        TextRow{"layout_table", "<table><tr><td><div>One</div><div>Two</div></td><td>Three</td></tr></table>",
                "One\nTwo\nThree"},
        TextRow{"link", "See <a href=\"https://example.org/x\">the page</a>.",
                "See the page <https://example.org/x>."},
        TextRow{"link_itself", "<a href=\"https://example.org/\">example.org</a>", "example.org"},
        TextRow{"mailto", "<a href=\"mailto:kari@example.org\">kari@example.org</a>", "kari@example.org"},
        TextRow{"mailto_name", "<a href=\"mailto:kari@example.org?subject=x\">Kari</a>",
                "Kari <kari@example.org>"},
        TextRow{"bad_link", "<a href=\"javascript:x\">here</a>", "here"},
        TextRow{"quote", "<p>Yes</p><blockquote><p>Shall we?</p><blockquote>Why?</blockquote></blockquote>",
                "Yes\n> Shall we?\n>> Why?"},
        TextRow{"heading", "<h1>T</h1>text", "T\n\ntext"}, TextRow{"rule", "a<hr>b", "a\n---\nb"},
        TextRow{"pre", "<pre>a\n  b</pre>c", "a\n  b\nc"},
        TextRow{"hidden", "<style>x{}</style><script>y</script><title>t</title>a<!-- b -->c", "ac"},
        TextRow{"conditional",
                "<!--[if mso]><table><tr><td><![endif]-->x<!--[if mso]></td></tr></table><![endif]-->", "x"},
        TextRow{"declaration", "<!DOCTYPE html><html><head><meta charset=utf-8></head><body>x</body></html>",
                "x"},
        TextRow{"picture", "a <img src=cid:1 alt=\"our logo\"> b <img src=x>", "a [our logo] b"},
        TextRow{"emoji", "ok <img src=cid:1 alt=\"😀\">", "ok 😀"},
        TextRow{"not_a_tag", "1 < 2 and 3 > 2", "1 < 2 and 3 > 2"},
        TextRow{"cut_off", "text <a href=\"x", "text"},
        TextRow{"svg", "a<svg><title>x</title><text>b</text></svg>c", "abc"},
        TextRow{"svg_open", "a<svg>b", "ab"},
        TextRow{"chinese", "<p>您好，</p><p>打印机无法工作。</p>", "您好，\n\n打印机无法工作。"}),
    [](auto const& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Tables, HtmlText,
    testing::Values(
        TextRow{"three_columns", "<table><tr><td>a</td><td>b</td><td>c</td></tr></table>", "a | b | c"},
        TextRow{"caption", "<table><caption>Prices</caption><tr><td>a</td><td>1</td></tr></table>",
                "Prices\na | 1"},
        TextRow{"sections", "<table><thead><tr><th>A<th>B<tbody><tr><td>1<td>2<tfoot><tr><td>3<td>4</table>",
                "A | B\n1 | 2\n3 | 4"},
        TextRow{"cells_with_blanks", "<table>\n <tr>\n  <td> a </td>\n  <td>\n b </td>\n </tr>\n</table>",
                "a | b"},
        TextRow{"bold_cells", "<table><tr><td><b>Total</b></td><td><span>12</span></td></tr></table>",
                "Total | 12"},
        TextRow{"table_in_table",
                "<table><tr><td><table><tr><td>a</td><td>b</td></tr></table></td></tr><tr><td>c</table>",
                "a | b\nc"},
        TextRow{"layout_of_one_column",
                "<table><tr><td><p>a</p><p>b</p></td></tr><tr><td>c</td></tr></table>", "a\n\nb\n\nc"},
        TextRow{"hidden_cell",
                "<table><tr><td>a</td><td style=\"display:none\">b</td><td>c</td></tr></table>", "a | c"},
        TextRow{"hidden_cell_unclosed", "<table><tr><td>a<td style=\"display:none\">b<td>c<tr><td>d</table>",
                "a | c\nd"},
        TextRow{"hidden_row_unclosed", "<table><tr style=\"display:none\"><td>a<tr><td>b</table>", "b"},
        TextRow{"link_in_cell",
                "<table><tr><td><a href=\"https://example.org/1\">a</a></td><td>b</td></tr></table>",
                "a <https://example.org/1> | b"}),
    [](auto const& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Lists, HtmlText,
    testing::Values(TextRow{"numbers_in_bullets",
                            "<ul><li>a<ol><li>b</li><li>c</li></ol></li><li>d</li></ul>",
                            "- a\n  1. b\n  2. c\n- d"},
                    TextRow{"three_deep", "<ol><li>a<ol><li>b<ul><li>c</ul></ol><li>d</ol>",
                            "1. a\n  1. b\n    - c\n2. d"},
                    TextRow{"start", "<ol start=7><li>a<li>b</ol>", "7. a\n8. b"},
                    TextRow{"value", "<ol><li>a<li value=5>b<li>c</ol>", "1. a\n5. b\n6. c"},
                    TextRow{"letters", "<ol type=a><li>x<li>y</ol>", "a. x\nb. y"},
                    TextRow{"start_nonsense", "<ol start=\"-3x\"><li>a</ol>", "1. a"},
                    TextRow{"paragraph_in_item", "<ul><li><p>a</p></li><li><p>b</p></li></ul>", "- a\n\n- b"},
                    TextRow{"definitions", "<dl><dt>Printer<dd>Third floor<dt>Scanner<dd>Cellar</dl>",
                            "Printer\n  Third floor\nScanner\n  Cellar"},
                    TextRow{"item_without_list", "<li>a</li><li>b</li>", "- a\n- b"},
                    TextRow{"options", "<select><option>a</option><option>b</option></select>", "- a\n- b"},
                    TextRow{"quoted_list", "<blockquote><ul><li>a<li>b</ul></blockquote>", "> - a\n> - b"}),
    [](auto const& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Links, HtmlText,
    testing::Values(
        TextRow{"www", "<a href=\"https://www.example.org/\">Example.org</a>", "Example.org"},
        TextRow{"whole",
                "<a href=\"https://example.org/a?b=1&amp;c=2\">https://example.org/a?b=1&amp;c=2</a>",
                "https://example.org/a?b=1&c=2"},
        TextRow{"slash", "<a href=\"http://example.org/a/\">http://example.org/a</a>",
                "http://example.org/a"},
        TextRow{"other_place", "<a href=\"https://example.net/\">https://example.org/</a>",
                "https://example.org/ <https://example.net/>"},
        TextRow{"telephone", "<a href=\"tel:+4712345678\">+47 12 34 56 78</a>", "+47 12 34 56 78"},
        TextRow{"telephone_named", "<a href=\"tel:+4712345678\">Ring us</a>", "Ring us <+4712345678>"},
        TextRow{"mail_upper", "<a href=\"MAILTO:Desk@Example.org\">desk@example.org</a>", "desk@example.org"},
        TextRow{"picture", "<a href=\"https://example.org/\"><img src=\"cid:a\" alt=\"Shop\"></a>",
                "[Shop] <https://example.org/>"},
        TextRow{"silent", "a <a href=\"https://example.org/\"><img src=\"cid:a\"></a>b", "a b"},
        TextRow{"anchor", "<a name=\"x\">a</a> <a href=\"#x\">b</a>", "a b"},
        TextRow{"unclosed", "<a href=\"https://example.org/x\">a", "a <https://example.org/x>"},
        TextRow{"address_not_escaped", "Kari <kari@example.org> wrote", "Kari <kari@example.org> wrote"}),
    [](auto const& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Blanks, HtmlText,
    testing::Values(TextRow{"no_break", "a&nbsp;b", "a b"},
                    TextRow{"no_break_paragraph", "<p>a</p><p>&nbsp;</p><p>b</p>", "a\n\nb"},
                    TextRow{"indent_by_no_break", "<p>&nbsp;&nbsp;a</p>", "  a"},
                    TextRow{"zero_width", "prin&#8203;ter&#xfeff; pa&shy;per", "printer paper"},
                    TextRow{"preview_filler",
                            "<div>Hello&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;</div><div>b</div>", "Hello\nb"},
                    TextRow{"persian_joiner", "می‌خواهم", "می‌خواهم"},
                    TextRow{"emoji_joiner", "<b>👩‍💻</b>", "👩‍💻"},
                    TextRow{"direction_marks", "a&rlm;b&lrm;c", "a\u200fb\u200ec"},
                    TextRow{"line_end_in_chinese", "<p>打印机\n坏了。\n  请帮忙</p>", "打印机坏了。请帮忙"},
                    TextRow{"blank_in_chinese", "<p>打印机 坏了</p>", "打印机 坏了"},
                    TextRow{"line_end_in_korean", "<p>프린터가\n고장</p>", "프린터가 고장"},
                    TextRow{"line_end_beside_latin", "<p>打印机\nHP</p>", "打印机 HP"},
                    TextRow{"chinese_tags", "<b>您好</b><i>世界</i>", "您好世界"},
                    TextRow{"pre_blank_lines", "<pre>a\n\n\n  b\tc</pre>", "a\n\n\n  b\tc"},
                    TextRow{"pre_in_quote", "<blockquote><pre>a\n  b</pre></blockquote>", "> a\n>   b"},
                    TextRow{"quotation", "She said <q>no</q>.", "She said \"no\"."},
                    TextRow{"form", "<form>Name<fieldset>a</fieldset>b</form>c", "Name\na\nb\nc"},
                    TextRow{"textarea", "<textarea>a &lt; b</textarea>", "a < b"}),
    [](auto const& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Hidden, HtmlText,
    testing::Values(
        TextRow{"preview_line", "<div style=\"display:none;max-height:0\">Preview</div><p>Words</p>",
                "Words"},
        TextRow{"invisible", "<span style=\"visibility: hidden\">a</span>b", "b"},
        TextRow{"flat", "<div style=\"max-height:0px;overflow:hidden\">a</div>b", "b"},
        TextRow{"flat_alone", "<div style=\"height:0\">a</div>b", "a\nb"},
        TextRow{"transparent", "<p style=\"opacity:0\">a</p><p>b</p>", "b"},
        TextRow{"half_transparent", "<p style=\"opacity:0.5\">a</p><p>b</p>", "a\n\nb"},
        TextRow{"attribute", "<p hidden>a</p><p>b</p>", "b"},
        TextRow{"important", "<p style=\"DISPLAY: None !important\">a</p><p>b</p>", "b"},
        TextRow{"outlook_only", "<p style=\"mso-hide:all\">a</p><p>b</p>", "a\n\nb"},
        TextRow{"small_wrapper", "<div style=\"font-size:0\"><p style=\"font-size:14px\">a</p></div>", "a"},
        TextRow{"unclosed_paragraph", "<p style=\"display:none\">a<p>b", "b"},
        TextRow{"nested", "<div style=\"display:none\"><div>a</div><ul><li>b</ul></div>c", "c"},
        TextRow{"link", "<div style=\"display:none\"><a href=\"https://example.org/\">a</a></div>c", "c"},
        TextRow{"picture", "a<img src=\"cid:x\" alt=\"b\" style=\"display:none\">", "a"},
        TextRow{"everything", "<div style=\"display:none\"><p>a</p></div>", "a"},
        TextRow{"never_closed", "<div style=\"display:none\">a<p>b</p>", "a\n\nb"}),
    [](auto const& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Formulas, HtmlText,
    testing::Values(
        TextRow{"formula", "x = <math><mi>a</mi><mo>+</mo><mn>1</mn></math>", "x = a+1"},
        TextRow{"annotation",
                "<math><semantics><mi>a</mi><annotation encoding=x>\\alpha</annotation></semantics></math>b",
                "ab"},
        TextRow{"style_in_svg", "<svg><style>p{}</style><text>a</text></svg>", "a"},
        TextRow{"html_in_svg", "<svg><p>a</p></svg>b", "a\n\nb"},
        TextRow{"cdata", "<svg><text><![CDATA[a < b]]></text></svg>", "a < b"},
        TextRow{"noscript", "<noscript>a</noscript>b", "ab"}),
    [](auto const& row) { return row.param.name; });

TEST(HtmlText, BytesThatAreNoUtf8AreMended) {
  EXPECT_EQ(html_to_text("a\xff"
                         "b"),
            "a\ufffdb");
}

TEST(HtmlTextTorture, Ends) {
  std::string divs, quotes, links, lists, tags;
  for (int i = 0; i < 20'000; ++i) {
    divs += "<div>";
    quotes += "<blockquote>";
    links += "<a href=http://example.org/>x";
    lists += "<ul><li>";
    tags += "<a><b><div>";
  }
  std::string www = "<a href=\"https://example.org/";
  for (int i = 0; i < 300'000; ++i) www += "//www.";
  www += "\">www</a>";
  for (std::string const& html : {divs, quotes, links, lists, tags, www}) {
    std::string const text = html_to_text(html + "end");
    EXPECT_NE(text.find("end"), std::string::npos);
  }
}

}  // namespace
}  // namespace spoc::parser
