// SPDX-License-Identifier: GPL-3.0-or-later
// Letters: golden texts of every kind in every language, and what must never happen in any of them.
#include "templates/letter_words.hpp"

#include "tests/fakes/source_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

namespace spoc::templates {
namespace {

using desk::LetterKind;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

Texts const& texts() {
  static Texts const built_in = Texts::load({}).value();
  return built_in;
}

Draft written(LetterFacts const& facts) {
  auto draft = write_letter(facts, texts());
  EXPECT_TRUE(draft) << draft.error().what;
  return draft ? *draft : Draft{};
}

LetterFacts sample(LetterKind kind, std::string const& language) {
  for (auto const& facts : sample_letters(language)) {
    if (facts.letter.kind == kind) return facts;
  }
  return {};
}

std::string read(std::string const& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

class Golden : public testing::TestWithParam<std::tuple<int, std::string>> {};

TEST_P(Golden, Letter) {
  auto const kind = static_cast<LetterKind>(std::get<0>(GetParam()));
  auto const& language = std::get<1>(GetParam());
  std::string actual;
  for (auto const& facts : sample_letters(language)) {
    if (facts.letter.kind != kind) continue;
    auto const draft = written(facts);
    actual += "=== Subject: " + draft.subject + "\n" + draft.text + "=== HTML\n" + draft.html;
    for (auto const& attachment : draft.attachments)
      actual += "=== Attachment: " + attachment.filename + "\n";
  }
  auto const path = fakes::source_folder() + "/tests/templates/golden/" + std::string(desk::name(kind)) +
                    "." + language + ".txt";
  if (std::getenv("UPDATE_GOLDEN") != nullptr) std::ofstream(path, std::ios::binary) << actual;
  EXPECT_EQ(actual, read(path)) << path;
}

INSTANTIATE_TEST_SUITE_P(Every, Golden,
                         testing::Combine(testing::Range(0, 24),
                                          testing::Values("en", "zh-Hans", "zh-Hant", "nb")),
                         [](auto const& row) {
                           auto text =
                               std::string(desk::name(static_cast<LetterKind>(std::get<0>(row.param)))) +
                               "_" + std::get<1>(row.param);
                           std::erase(text, '-');
                           return text;
                         });

TEST(OtherWay, WithdrawnWordsAreMarkedAmongWhatWasSaid) {
  auto facts = sample_letters("en").at(2U * static_cast<std::size_t>(LetterKind::wrote));
  facts.history[0].kind = desk::MessageKind::outbound;
  facts.history[0].state = desk::MessageState::withdrawn;
  auto const draft = write_letter(facts, texts());
  ASSERT_TRUE(draft) << draft.error().what;
  EXPECT_THAT(draft->text, HasSubstr("(withdrawn, never sent)"));
  EXPECT_THAT(draft->html, HasSubstr("(withdrawn, never sent)"));
}

class EveryKind : public testing::TestWithParam<int> {
 protected:
  LetterFacts facts(std::string const& language = "en") const {
    return sample(static_cast<LetterKind>(GetParam()), language);
  }
};

TEST_P(EveryKind, EndsWithSignatureAndToken) {
  auto const draft = written(facts());
  EXPECT_THAT(draft.text, HasSubstr("\n-- \n"));
  bool const note = facts().answers == desk::Purpose::note;
  std::string const other = facts().other_address;
  std::string const way = (note ? "To the requester: " : "For colleagues alone: ") + other + "\n";
  EXPECT_THAT(draft.text,
              EndsWith("\nRef: 1042.rr.k3j4mnbv.q2w3e4r5t6y7u2i3\n" + (other.empty() ? std::string{} : way)));
  EXPECT_THAT(draft.html, HasSubstr(other));
  EXPECT_THAT(draft.html, HasSubstr("Ref: 1042.rr.k3j4mnbv.q2w3e4r5t6y7u2i3"));
  auto without = facts();
  without.letter.token.clear();
  EXPECT_THAT(written(without).text, Not(HasSubstr("Ref:")));
}

TEST_P(EveryKind, UserWordsAreNeverTemplateNorMarkup) {
  auto evil = facts();
  std::string const words = "{{token}} {{{desk}}} {{#lines}}x{{/nope}} <script>alert('1')</script>";
  evil.letter.token = "SECRET";
  evil.public_url.clear();  // its links hold the token too
  evil.letter.text = evil.about.reply = evil.about.text = words;
  evil.ticket.subject = evil.letter.to.name = evil.about.author.name = words;
  evil.ticket.requester_address.name = words;
  evil.ticket.tags = evil.letter.lines = {words};
  for (auto& message : evil.history) message.reply = words;
  for (auto& ticket : evil.earlier) ticket.subject = words;
  for (auto& item : evil.digest.items) item.subject = item.requester.name = words;
  evil.about.attachments[0].filename = words;
  auto const draft = written(evil);
  // A stranger's words are not mailed to an address that the stranger gave, a requester's not to a third
  // party; a list is about no one ticket.
  bool const listed = evil.letter.kind >= LetterKind::digest;
  bool const silent =
      evil.letter.kind == LetterKind::proof || evil.letter.kind == LetterKind::asked || listed;
  EXPECT_EQ(draft.subject.find("{{token}}") == std::string::npos, silent) << draft.subject;
  EXPECT_THAT(draft.html, Not(HasSubstr("<script")));
  // Only the line of its own shows the token.
  auto const first = draft.text.find("SECRET");
  EXPECT_EQ(draft.text.find("SECRET", first + 1), std::string::npos) << draft.text;
}

TEST_P(EveryKind, KeepsOneSubjectForOneTicket) {
  // What is asked of somebody outside doesn't show them the requester's words.
  if (GetParam() == static_cast<int>(LetterKind::asked)) {
    EXPECT_EQ(written(facts()).subject, "A question from Service desk [#1042]");
    return;
  }
  if (GetParam() == static_cast<int>(LetterKind::feedback)) {
    EXPECT_EQ(written(facts()).subject, "Service desk: what readers say of your articles");
    return;
  }
  // An agent's list is of many tickets.
  if (GetParam() >= static_cast<int>(LetterKind::digest)) {
    EXPECT_TRUE(written(facts()).subject.ends_with("Service desk: your tickets, 2026-11-20"));
    return;
  }
  auto const requester = GetParam() <= static_cast<int>(LetterKind::transcript) ||
                         GetParam() == static_cast<int>(LetterKind::progress) ||
                         GetParam() == static_cast<int>(LetterKind::rule);
  if (GetParam() == static_cast<int>(LetterKind::proof))
    EXPECT_EQ(written(facts()).subject, "Service desk: is this address yours? [#1042]");
  else
    EXPECT_EQ(written(facts()).subject,
              requester ? "Re: Printer <3> prints nothing [#1042]" : "[#1042] Printer <3> prints nothing");
}

TEST_P(EveryKind, LoadsNothingFromOutside) {
  auto const html = written(facts()).html;
  for (auto const* const loader : {"<img", "<link", "src=", "url(", "@import", "<script", "<iframe"}) {
    EXPECT_THAT(html, Not(HasSubstr(loader)));
  }
}

TEST_P(EveryKind, AnUnknownLanguageIsEnglish) {
  EXPECT_EQ(written(facts("sw")).text, written(facts("en")).text);
}

INSTANTIATE_TEST_SUITE_P(Kinds, EveryKind, testing::Range(0, 24), [](auto const& row) {
  return std::string(desk::name(static_cast<LetterKind>(row.param)));
});

struct SubjectRow {
  std::string name, given, expected;
};
class Subjects : public testing::TestWithParam<SubjectRow> {};

TEST_P(Subjects, Shown) {
  auto const phrases = Phrases::load(texts(), "en").value();
  EXPECT_EQ(display_subject(GetParam().given, phrases), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    Table, Subjects,
    testing::Values(SubjectRow{"plain", "Printer Broken", "Printer Broken"},
                    SubjectRow{"reply", "Re: SV: AW: Printer Broken", "Printer Broken"},
                    SubjectRow{"chinese", "回复：打印机坏了", "打印机坏了"},
                    SubjectRow{"own_number", "Re: Printer Broken [#1042]", "Printer Broken"},
                    SubjectRow{"number_first", "[#1042] Re: Printer", "Printer"},
                    SubjectRow{"tag_stays", "[VPN] Down again", "[VPN] Down again"},
                    SubjectRow{"tag_after_prefix", "Re: [VPN] Down", "[VPN] Down"},
                    SubjectRow{"empty", "", "(no subject)"},
                    SubjectRow{"only_prefix", "Re: ", "(no subject)"},
                    SubjectRow{"line_ends", "Printer\r\nBcc: x@example.org", "Printer Bcc: x@example.org"},
                    SubjectRow{"very_long", std::string(5000, 'x'), std::string(200, 'x') + "…"}),
    [](auto const& row) { return row.param.name; });

TEST(RequesterLetters, KnowNothingThatIsInternal) {
  for (auto const kind :
       {LetterKind::acknowledgement, LetterKind::answer, LetterKind::resolved, LetterKind::closed,
        LetterKind::transcript, LetterKind::proof, LetterKind::asked, LetterKind::progress}) {
    auto const draft = written(sample(kind, "en"));
    for (auto const* const internal :
         {"floor-2", "Toner was changed", "Per Olsen", "line1", "P2", "#977", "#1001"}) {
      EXPECT_THAT(draft.text + draft.html, Not(HasSubstr(internal))) << desk::name(kind);
    }
    auto const values = letter_values(sample(kind, "en"), texts()).value();
    for (auto const* const word : {"tags", "assignee", "team", "priority"})
      EXPECT_FALSE(values.words.contains(word));
    EXPECT_FALSE(values.lists.contains("history"));
  }
}

TEST(Acknowledgement, SpeaksOfArticlesOnlyWhenThereAreAny) {
  auto facts = sample(LetterKind::acknowledgement, "en");
  EXPECT_THAT(written(facts).text, HasSubstr("https://desk.example.org/kb/printer-silent"));
  EXPECT_THAT(written(facts).text, HasSubstr("Open the lid."));
  facts.articles.clear();
  EXPECT_THAT(written(facts).text, Not(HasSubstr("Perhaps")));
  EXPECT_THAT(written(facts).text, HasSubstr("#1042"));
}

TEST(Acknowledgement, GreetsNobodyByAddress) {
  auto facts = sample(LetterKind::acknowledgement, "en");
  facts.letter.to.name = "ola@example.org";
  EXPECT_THAT(written(facts).text, StartsWith("Hello,\n"));
}

TEST(Answer, BeginsWithTheAgentsWordsAndQuotesNothing) {
  auto const draft = written(sample(LetterKind::answer, "nb"));
  EXPECT_THAT(draft.text, StartsWith("Please switch the printer off"));
  EXPECT_THAT(draft.text, Not(HasSubstr("what came before")));
  EXPECT_THAT(draft.text, HasSubstr("Kari Hansen · Service desk · #1042"));
  ASSERT_EQ(draft.attachments.size(), 1U);
  EXPECT_EQ(draft.attachments[0].filename, "lamp.png");
}

TEST(Opened, ShowsEverythingWhereTheReplyIsEmpty) {
  auto facts = sample(LetterKind::opened, "en");
  facts.about.reply.clear();
  facts.about.text = "Only this.";
  EXPECT_THAT(written(facts).text, HasSubstr("\n\nOnly this.\n"));
}

TEST(Opened, ShowsThreeEarlierTicketsAndCountsAll) {
  auto facts = sample(LetterKind::opened, "en");
  facts.earlier.resize(4, facts.earlier[0]);
  facts.earlier_all = 7;
  facts.earlier_open = 1;
  auto const text = written(facts).text;
  EXPECT_THAT(text, HasSubstr("Earlier tickets: 7, 1 of them unfinished\n"));
  std::size_t shown = 0;
  for (auto at = text.find("\n  #"); at != std::string::npos; at = text.find("\n  #", at + 1)) ++shown;
  EXPECT_EQ(shown, 3U);
}

TEST(Wrote, ShowsTheLastFiveNewestFirstAndNotItself) {
  auto facts = sample(LetterKind::wrote, "en");
  facts.history.clear();
  for (int i = 1; i <= 9; ++i) {
    desk::Message message;
    message.id = desk::MessageId{i};
    message.author.name = "P" + std::to_string(i);
    message.reply = "words " + std::to_string(i);
    facts.history.push_back(message);
  }
  facts.about.id = desk::MessageId{9};
  auto const text = written(facts).text;
  EXPECT_THAT(text, Not(HasSubstr("words 9")));
  EXPECT_THAT(text, Not(HasSubstr("words 3")));
  EXPECT_LT(text.find("> words 8"), text.find("> words 4"));
  EXPECT_NE(text.find("> words 4"), std::string::npos);
}

TEST(Wrote, LeavesOutWhatNoServerTakesAndSaysSo) {
  auto facts = sample(LetterKind::wrote, "en");
  facts.about.attachments.push_back(
      {"huge.iso", "application/octet-stream", std::string(21U << 20U, 'x'), "", false, ""});
  auto const draft = written(facts);
  EXPECT_EQ(draft.attachments.size(), 1U);
  EXPECT_THAT(draft.text, HasSubstr("- huge.iso (21.0 MB, too large to send along)"));
}

TEST(Undelivered, ShowsTheAnswerOnceAndNeverTheRequestersWordsAsOne) {
  auto facts = sample(LetterKind::undelivered, "en");
  EXPECT_THAT(written(facts).text, HasSubstr("The answer was:\n\n> Please switch"));
  EXPECT_THAT(written(facts).text, Not(HasSubstr("The lamp is green")));
  facts.letter.text.clear();
  EXPECT_THAT(written(facts).text, HasSubstr("The answer was:\n\n> The lamp is green"));
  facts.about.kind = desk::MessageKind::inbound;
  EXPECT_THAT(written(facts).text, Not(HasSubstr("The answer was")));
}

TEST(Wrote, NamesTheRequesterWhereTheMessageHasNoAuthor) {
  auto facts = sample(LetterKind::wrote, "en");
  facts.about.author = {};
  facts.about.checks = {};
  EXPECT_THAT(written(facts).text, StartsWith("Ola Nordmann <ola@example.org> wrote:\n"));
}

TEST(Refusal, GivesTheTextBackAsItWas) {
  auto facts = sample(LetterKind::refusal, "en");
  facts.letter.text = "/clsoe\n\n  indented\n> quoted\n\n\n-- \nKari";
  EXPECT_THAT(written(facts).text, HasSubstr(facts.letter.text));
}

TEST(Wrote, TakesBrokenBytesAndHugeWords) {
  auto facts = sample(LetterKind::wrote, "en");
  facts.about.reply = "caf\xE9 " + std::string(3U << 20U, 'w');
  auto const draft = written(facts);
  EXPECT_THAT(draft.text.substr(0, 200), HasSubstr("caf\xEF\xBF\xBD www"));
  EXPECT_GT(draft.text.size(), 3U << 20U);
}

}  // namespace
}  // namespace spoc::templates
