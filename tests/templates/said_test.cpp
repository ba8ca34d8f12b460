// SPDX-License-Identifier: GPL-3.0-or-later
// Moments in the reader's zone and language, and the question at the end of a solved ticket.
#include "desk/phrase.hpp"
#include "templates/letter_words.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace spoc::templates {
namespace {

using testing::HasSubstr;
using testing::Not;

Texts const& said_texts() {
  static Texts const built_in = Texts::load({}).value();
  return built_in;
}

desk::Time at(char const* text) { return *desk::from_iso(text); }

LetterFacts in_oslo() {
  LetterFacts facts;
  facts.zone = {"Europe/Oslo",
                {{at("2025-10-26T01:00:00Z"), std::chrono::hours{1}, "CET"},
                 {at("2026-03-29T01:00:00Z"), std::chrono::hours{2}, "CEST"}}};
  facts.now = at("2026-03-27T12:00:00Z");
  return facts;
}

struct Row {
  char const* name;
  char const* language;
  std::string line;
  char const* expect;
};

class Said : public testing::TestWithParam<Row> {};

TEST_P(Said, InTheReadersLanguageAndZone) {
  auto const phrases = Phrases::load(said_texts(), GetParam().language).value();
  EXPECT_EQ(said(GetParam().line, in_oslo(), phrases), GetParam().expect);
}

std::string const monday = desk::phrase("first answer: due {1}", {"2026-03-30T08:40:00Z"});
std::string const late = desk::phrase("solution: overdue since {1}", {"2026-03-26T08:40:00Z"});
std::string const far = desk::phrase("solution: due {1}", {"2026-04-10T08:40:00Z"});
std::string const status = desk::phrase("the status of your case is now: {1}", {"open"});

INSTANTIATE_TEST_SUITE_P(
    Table, Said,
    testing::Values(Row{"en_near", "en", monday, "first answer: due Mon 10:40"},
                    Row{"en_late_before_the_clocks_changed", "en", late, "solution: overdue since Thu 09:40"},
                    Row{"en_far", "en", far, "solution: due 2026-04-10 10:40 CEST"},
                    Row{"nb_near", "nb", monday, "første svar: frist man. 10:40"},
                    Row{"hans_near", "zh-Hans", monday, "首次答复：期限 周一 10:40"},
                    Row{"hant_near", "zh-Hant", monday, "首次回覆：期限 週一 10:40"},
                    Row{"en_status", "en", status, "the status of your case is now: open"},
                    Row{"nb_status", "nb", status, "saken din har nå status: åpen"},
                    Row{"any_moment", "en",
                        desk::phrase("call the requester back: resolved {1}", {"2026-03-26T08:40:00Z"}),
                        "call the requester back: resolved 2026-03-26 09:40 CET"}),
    [](auto const& row) { return row.param.name; });

LetterFacts answer_that_resolves() {
  LetterFacts facts;
  facts.letter.kind = desk::LetterKind::answer;
  facts.letter.language = "en";
  facts.letter.text = "Turn it off.";
  facts.letter.token = "42.rr.aaaa.bbbb";
  facts.ticket.status = desk::Status::resolved;
  facts.public_url = "https://desk.example.org";
  return facts;
}

TEST(Question, IsAskedByTheAnswerThatResolves) {
  auto facts = answer_that_resolves();
  auto const asked = write_letter(facts, said_texts()).value();
  EXPECT_THAT(asked.text, HasSubstr("Is it solved?"));
  EXPECT_THAT(asked.text, HasSubstr("https://desk.example.org/solved/42.rr.aaaa.bbbb/yes"));
  EXPECT_THAT(asked.html, HasSubstr("href=\"https://desk.example.org/solved/42.rr.aaaa.bbbb/no\""));
  EXPECT_THAT(asked.text, Not(HasSubstr("closed in")));
  facts.close_after = std::chrono::days{5};
  EXPECT_THAT(write_letter(facts, said_texts()).value().text, HasSubstr("the ticket is closed in 5 days"));
  facts.public_url.clear();
  EXPECT_THAT(write_letter(facts, said_texts()).value().text, Not(HasSubstr("/solved/")));
  facts.ticket.status = desk::Status::open;
  EXPECT_THAT(write_letter(facts, said_texts()).value().text, Not(HasSubstr("Is it solved?")));
}

TEST(Acknowledgement, EachArticleHasALinkThatSaysThatItSolvedIt) {
  LetterFacts facts;
  facts.letter.kind = desk::LetterKind::acknowledgement;
  facts.letter.language = "nb";
  facts.articles = {{1, "vpn", "VPN", "", "", "https://desk.example.org/kb/vpn",
                     "https://desk.example.org/solved/42.rr.aaaa.bbbb/by/vpn"}};
  auto const offered = write_letter(facts, said_texts()).value();
  EXPECT_THAT(offered.text,
              HasSubstr("Dette løste saken: https://desk.example.org/solved/42.rr.aaaa.bbbb/by/vpn"));
  EXPECT_THAT(offered.html, HasSubstr("href=\"https://desk.example.org/solved/42.rr.aaaa.bbbb/by/vpn\""));
  facts.articles[0].solved_url.clear();
  EXPECT_THAT(write_letter(facts, said_texts()).value().text, Not(HasSubstr("Dette løste saken")));
}

TEST(Acknowledgement, SaysWhatIsKnownOfAnOutageAndPromisesNoReaderThen) {
  LetterFacts facts;
  facts.letter.kind = desk::LetterKind::acknowledgement;
  for (std::string const language : {"en", "nb", "zh-Hans", "zh-Hant"}) {
    facts.letter.language = language;
    facts.letter.text.clear();
    auto const plain = write_letter(facts, said_texts()).value();
    facts.letter.text = "Printing is <down>.";
    auto const known = write_letter(facts, said_texts()).value();
    EXPECT_THAT(plain.text, Not(HasSubstr("Printing"))) << language;
    EXPECT_THAT(known.text, HasSubstr("Printing is <down>.")) << language;
    EXPECT_THAT(known.html, HasSubstr("Printing is &lt;down&gt;.")) << language;
  }
  facts.letter.language = "en";
  EXPECT_THAT(write_letter(facts, said_texts()).value().text, Not(HasSubstr("Somebody will read it")));
}

}  // namespace
}  // namespace spoc::templates
