// SPDX-License-Identifier: GPL-3.0-or-later
// The set of texts: complete, overridable file by file, and every mistake in them named.
#include "desk/phrase.hpp"
#include "templates/letter_words.hpp"
#include "templates/plain_html.hpp"
#include "templates/template_text.hpp"

#include "tests/fakes/source_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <unistd.h>

#include <fstream>

namespace spoc::templates {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class OverrideFolder : public testing::Test {
 protected:
  OverrideFolder() {
    auto pattern = (std::filesystem::temp_directory_path() / "spoc-texts-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
  }
  ~OverrideFolder() override { std::filesystem::remove_all(folder_); }

  void put(std::string const& path, std::string const& text) const {
    std::filesystem::create_directories((folder_ / path).parent_path());
    std::ofstream(folder_ / path) << text;
  }
  std::string fault() const {
    auto const texts = Texts::load(folder_);
    return texts ? "" : texts.error().what;
  }

  std::filesystem::path folder_;
};

TEST(BuiltInTexts, HaveNoMistake) { EXPECT_THAT(Texts::load({}).value().check(), IsEmpty()); }

TEST(BuiltInTexts, AreThereForEveryKindAndLanguage) {
  for (std::string const language : {"en", "zh-Hans", "zh-Hant", "nb"}) {
    for (int kind = 0; kind < 15; ++kind) {
      auto const word = std::string(desk::name(static_cast<desk::LetterKind>(kind)));
      // An answer has the agent's words alone, and subjects have none: the English files serve all.
      auto const folder = word == "answer" ? "en" : language;
      for (std::string const ending : {".txt", ".html"}) {
        auto const path =
            fakes::source_folder() + "/templates/text/" + folder + "/" + word + ending + ".mustache";
        EXPECT_TRUE(std::filesystem::exists(path)) << path;
      }
      EXPECT_THAT(Texts::load({}).value().names(), Contains(word + ".subject"));
    }
  }
}

TEST_F(OverrideFolder, ReplacesOneFileAndNoOther) {
  put("nb/closed.txt.mustache", "Slutt på #{{number}}.\n{{>foot}}\n");
  auto const texts = Texts::load(folder_).value();
  EXPECT_THAT(texts.check(), IsEmpty());
  for (auto const& facts : sample_letters("nb")) {
    auto const draft = write_letter(facts, texts).value();
    auto const original = write_letter(facts, Texts::load({}).value()).value();
    if (facts.letter.kind == desk::LetterKind::closed) {
      EXPECT_THAT(draft.text, testing::StartsWith("Slutt på #1042.\n-- \n"));
    } else {
      EXPECT_EQ(draft.text, original.text);
    }
    EXPECT_EQ(draft.html, original.html);
  }
}

TEST_F(OverrideFolder, MayBringPartialsOfItsOwn) {
  put("en/closed.txt.mustache", "{{>greeting}}\nBye.\n");
  put("en/greeting.txt.mustache", "Good day, {{name}}\n");
  auto const texts = Texts::load(folder_).value();
  EXPECT_THAT(texts.check(), IsEmpty());
  EXPECT_EQ(texts.render("closed.txt", "en", {{{"name", "Ola"}}, {}, {}}).value(), "Good day, Ola\nBye.\n");
}

TEST_F(OverrideFolder, NamesAnUnknownName) {
  put("nb/answer.txt.mustache", "{{text}} {{agnet}}\n{{^text}}{{nothing_like_it}}{{/text}}\n");
  EXPECT_THAT(Texts::load(folder_).value().check(),
              ElementsAre("letter text nb/answer.txt.mustache: unknown names: agnet",
                          "letter text nb/answer.txt.mustache: unknown names: agnet, nothing_like_it"));
}

TEST_F(OverrideFolder, KeepsInternalWordsFromRequesters) {
  put("en/resolved.txt.mustache", "{{tags}} {{assignee}}\n");
  EXPECT_THAT(Texts::load(folder_).value().check(),
              ElementsAre("letter text en/resolved.txt.mustache: unknown names: assignee, tags"));
}

TEST_F(OverrideFolder, NamesFilesThatNoLetterUses) {
  put("nb/anwser.txt.mustache", "x\n");
  put("sv/answer.txt.mustache", "x\n");
  put("README.md", "not a text");
  EXPECT_THAT(Texts::load(folder_).value().check(),
              ElementsAre("nb/anwser.txt: no letter has a text of this name",
                          "sv/answer.txt: not in a folder en, zh-Hans, zh-Hant or nb"));
}

TEST_F(OverrideFolder, MustExist) {
  auto const texts = Texts::load(folder_ / "nowhere");
  ASSERT_FALSE(texts);
  EXPECT_EQ(texts.error().kind, Kind::missing);
  EXPECT_THAT(texts.error().what, HasSubstr("nowhere does not exist"));
}

struct MistakeRow {
  std::string name, file, text, expected;
};
class Mistakes : public OverrideFolder, public testing::WithParamInterface<MistakeRow> {};

TEST_P(Mistakes, AreNamedWithFileAndLine) {
  put("en/" + GetParam().file + ".mustache", GetParam().text);
  EXPECT_THAT(fault(), HasSubstr("en/" + GetParam().file + ".mustache, "));
  EXPECT_THAT(fault(), HasSubstr(GetParam().expected));
}

std::string nested(int depth) {
  std::string text;
  for (int i = 0; i < depth; ++i) text += "{{#a}}";
  for (int i = 0; i < depth; ++i) text += "{{/a}}";
  return text;
}

INSTANTIATE_TEST_SUITE_P(
    Table, Mistakes,
    testing::Values(
        MistakeRow{"unclosed_tag", "closed.txt", "a\n\n{{text", "line 3: a tag begins and never ends"},
        MistakeRow{"unclosed_section", "closed.txt", "a\n{{#text}}b", "line 2: {{#text}} is never closed"},
        MistakeRow{"crossed_sections", "closed.txt", "{{#a}}{{#b}}{{/a}}{{/b}}", "{{/a}} ends no section"},
        MistakeRow{"stray_end", "closed.txt", "{{/a}}", "{{/a}} ends no section"},
        MistakeRow{"delimiters", "closed.txt", "{{=<% %>=}}", "other delimiters"},
        MistakeRow{"bad_name", "closed.txt", "{{ticket.number}}", "\"ticket.number\" is no name"},
        MistakeRow{"empty_name", "closed.txt", "{{}}", "is no name"},
        MistakeRow{"unescaped_in_html", "closed.html", "{{{text}}}", "{{{text}}} would not be escaped"},
        MistakeRow{"ampersand_in_html", "closed.html", "{{& text}}", "would not be escaped"},
        MistakeRow{"missing_partial", "closed.txt", "{{>nowhere}}", "there is no text \"nowhere\""},
        MistakeRow{"recursive_partial", "closed.txt", "{{>closed}}", "put into itself"},
        MistakeRow{"deep_sections", "closed.txt", nested(5000), "more than 16 sections"},
        MistakeRow{"too_large", "closed.txt", std::string(70'000, 'x'), "larger than 64 KB"}),
    [](auto const& row) { return row.param.name; });

TEST(Partials, ThatMultiplyAreStopped) {
  std::string const wide = "{{>b}}{{>b}}{{>b}}{{>b}}{{>b}}{{>b}}";
  std::string const leaf(60'000, 'x');
  auto const result = with_partials(wide, false, [&leaf](std::string const&) { return &leaf; });
  ASSERT_FALSE(result);
  EXPECT_THAT(result.error().what, HasSubstr("larger than 256 KB"));
}

TEST(Partials, AloneOnALineLeaveNoBlankLine) {
  std::string const inner = "inner\n";
  auto const partial = [&inner](std::string const&) { return &inner; };
  EXPECT_EQ(with_partials("a\n  {{>p}}  \nb\n", false, partial).value(), "a\ninner\nb\n");
  EXPECT_EQ(with_partials("{{>p}}", false, partial).value(), "inner\n");
  EXPECT_EQ(with_partials("a {{>p}} b", false, partial).value(), "a inner\n b");
}

TEST(Render, KnowsEmptyFromFull) {
  auto const texts = Texts::load({});
  Texts::Values values;
  values.words = {
      {"agent", ""}, {"desk", "D & D"}, {"number", "7"}, {"token", "{{desk}}"}, {"other_way", ""}};
  EXPECT_EQ(texts.value().render("foot.txt", "zh-Hans", values).value(), "-- \nD & D · #7\nRef: {{desk}}\n");
  EXPECT_THAT(texts.value().render("foot.html", "nb", values).value(),
              HasSubstr("D &amp; D · #7<br>\nRef: {{desk}}"));
}

TEST(Render, ListsUnknownNamesAndMissingTexts) {
  auto const texts = Texts::load({}).value();
  auto const unknown = texts.render("foot.txt", "en", {});
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().kind, Kind::unreadable);
  EXPECT_EQ(unknown.error().what,
            "letter text en/foot.txt.mustache: unknown names: agent, desk, number, other_way, token");
  auto const missing = texts.render("nothing.txt", "en", {});
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().kind, Kind::missing);
}

TEST(ListLines, LinkTheAddressesUnderWhichOneGoesOn) {
  EXPECT_EQ(html_of_line("#7 <b> & so on"), "#7 &lt;b&gt; &amp; so on");
  EXPECT_EQ(html_of_line("Ola: support+7.ar.abc.def@example.org"),
            "Ola: <a href=\"mailto:support+7.ar.abc.def@example.org\">support+7.ar.abc.def@example.org</a>");
  EXPECT_EQ(html_of_line("ola@example.org"), "ola@example.org") << "people's own are none";
  EXPECT_EQ(html_of_line("a+b@\"onclick"), "a+b@&quot;onclick");
}

TEST(ListLines, SpeakTheReadersLanguage) {
  auto const texts = Texts::load({}).value();
  auto const line = desk::phrase("#{1} \"{2}\" ({3}), {4}: {5}", {"7", "Printer", "open", "Ola", "a@b"});
  EXPECT_EQ(said(line, {}, Phrases::load(texts, "en").value()), "#7 \"Printer\" (open), Ola: a@b");
  EXPECT_EQ(said(line, {}, Phrases::load(texts, "nb").value()), "#7 «Printer» (åpen), Ola: a@b");
  EXPECT_EQ(said(line, {}, Phrases::load(texts, "zh-Hans").value()), "#7“Printer”（处理中），Ola： a@b");
}

struct HtmlRow {
  std::string name, text, expected;
};
class PlainHtml : public testing::TestWithParam<HtmlRow> {};

TEST_P(PlainHtml, Made) { EXPECT_EQ(html_of(GetParam().text), GetParam().expected); }

INSTANTIATE_TEST_SUITE_P(
    Table, PlainHtml,
    testing::Values(
        HtmlRow{"empty", " \n", ""}, HtmlRow{"lines", "a\nb\n\nc\n", "<p>a<br>\nb</p>\n<p>c</p>"},
        HtmlRow{"escaped", "<b> & \"q\" 'a'", "<p>&lt;b&gt; &amp; &quot;q&quot; &#39;a&#39;</p>"},
        HtmlRow{"indented", "a\n  b", "<p>a<br>\n&nbsp;&nbsp;b</p>"},
        HtmlRow{"link", "See https://example.org/a?b=1&c=2.",
                "<p>See <a "
                "href=\"https://example.org/a?b=1&amp;c=2\">https://example.org/a?b=1&amp;c=2</a>.</p>"},
        HtmlRow{"link_before_han", "见http://example.org/x。好",
                "<p>见<a href=\"http://example.org/x\">http://example.org/x</a>。好</p>"},
        HtmlRow{"link_breaking_out", "https://x/\"onclick=\"y",
                "<p><a href=\"https://x/\">https://x/</a>&quot;onclick=&quot;y</p>"},
        HtmlRow{"no_script_link", "javascript:alert(1) https://", "<p>javascript:alert(1) https://</p>"},
        HtmlRow{"broken_bytes", "a\xFF", "<p>a\xEF\xBF\xBD</p>"}),
    [](auto const& row) { return row.param.name; });

}  // namespace
}  // namespace spoc::templates
