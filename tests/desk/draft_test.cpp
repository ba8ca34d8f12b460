// SPDX-License-Identifier: GPL-3.0-or-later
// From a ticket to a draft without anybody's name in it, and what its reviewers do with it.
#include "desk/draft.hpp"

#include "tests/desk/agent_room.hpp"

namespace spoc::desk {
namespace {

using namespace tests;

struct Cut {
  std::string name, given, expect;
};
class Cleaned : public testing::TestWithParam<Cut> {};

TEST_P(Cleaned, SaysNotWhomItWasWith) {
  std::vector<std::string> const names{"Ola Testmann", "Kari van der Eksempel", "王小明", "Åse Li", ""};
  EXPECT_EQ(cleaned(GetParam().given, names), GetParam().expect);
}

INSTANTIATE_TEST_SUITE_P(
    Texts, Cleaned,
    testing::Values(Cut{"Nothing", "Turn it off, wait 30 seconds.", "Turn it off, wait 30 seconds."},
                    Cut{"Address", "Write to ola.testmann+x@mail.example.net.", "Write to […]."},
                    Cut{"Address_in_brackets", "<ola@example.net>, a@b.c", "<[…]>, […]"},
                    Cut{"Address_among_Chinese", "请联系ola@example.net谢谢", "请联系[…]谢谢"},
                    Cut{"Address_with_a_number", "Write to ola-nordmann2@example.org.", "Write to […]."},
                    Cut{"Address_of_letters", "åse.bø@example.org, post@blåbær.example!", "[…], […]!"},
                    Cut{"No_address", "@ 5 o'clock, a @ b", "@ 5 o'clock, a @ b"},
                    Cut{"Token", "Ref: 1042.rr.k3j4mnbv.q2w3e4r5t6y7u2i3", "Ref: […]"},
                    Cut{"Token_in_a_link", "https://d.example/solved/1042.rr.k3j4mnbv.q2w3e4r5t6y7u2i3/yes",
                        "https://d.example/solved/[…]/yes"},
                    Cut{"Version", "Version 10.04.2 of 192.168.0.10", "Version 10.04.2 of […]"},
                    Cut{"Phone", "Call +47 22 33 44 55 or (0)800-123-4567 now", "Call […] or […] now"},
                    Cut{"Short_number", "Room 1204, error 0x80070005", "Room 1204, error 0x80070005"},
                    Cut{"Full_name", "OLA TESTMANN said so", "[…] said so"},
                    Cut{"First_name", "Hi Ola,\nthank you Kari!", "Hi […],\nthank you […]!"},
                    Cut{"Genitive", "Olas printer, Eksempel's desk", "[…]s printer, […]'s desk"},
                    Cut{"Within_a_word", "Olav's Solar panel, a karikature",
                        "Olav's Solar panel, a karikature"},
                    Cut{"Small_words_of_a_name", "van der", "van der"},
                    Cut{"Norwegian", "Åse ringte, Åsen gård", "[…] ringte, Åsen gård"},
                    Cut{"Chinese_name", "请王小明重启", "请[…]重启"}, Cut{"Empty", "", ""}),
    [](auto const& row) { return row.param.name; });

class CleanedOfOddNames : public testing::TestWithParam<Cut> {};

TEST_P(CleanedOfOddNames, SaysNotWhomItWasWith) {
  std::vector<std::string> const names{"'Nils Prøve'", "PRØVESEN, Anne-Grete (IT)", "ola testmann",
                                       "王小明（销售部）", "Eva\u00A0Utkast"};
  EXPECT_EQ(cleaned(GetParam().given, names), GetParam().expect);
}

INSTANTIATE_TEST_SUITE_P(
    Texts, CleanedOfOddNames,
    testing::Values(Cut{"In_quotes", "Nils said it, Nils Prøve did", "[…] said it, […] did"},
                    Cut{"Told_in_capitals", "Hello Anne, dear Prøvesen", "Hello […], dear […]"},
                    Cut{"Written_in_capitals", "HI OLA AND NILS", "HI […] AND […]"},
                    Cut{"Told_without_capitals", "Ola Testmann, Testmann's", "[…], […]'s"},
                    Cut{"Greeted_without_capitals", "hi ola, turn it off", "hi […], turn it off"},
                    Cut{"Alone_on_a_line", "it works\n- nils", "it works\n- […]"},
                    Cut{"Within_a_sentence", "the eva of it", "the eva of it"},
                    Cut{"Parted_by_a_hard_blank", "Ask Utkast or Eva", "Ask […] or […]"},
                    Cut{"Given_name", "请小明重启，王先生知道", "请[…]重启，[…]先生知道"},
                    Cut{"Chinese_whole", "王小明重启", "[…]重启"},
                    Cut{"Hard_blanks", "Call 22\u00A033\u00A044\u00A055 now", "Call […] now"},
                    Cut{"Wide_digits", "电话１３８００１３８０００。", "电话[…]。"},
                    Cut{"Behind_Chinese", "电话13800138000。", "电话[…]。"},
                    Cut{"Wide_address", "ola＠example.net", "[…]"}),
    [](auto const& row) { return row.param.name; });

TEST(MakeDraft, IsAFileWithFrontMatter) {
  DraftParts parts;
  parts.id = DraftId{7};
  parts.title = "Printer \"smokes\": why?\n";
  parts.language = "nb";
  parts.owner = "sam@example.org";
  parts.tags = {"printer", "a, b]"};
  parts.problem = "It smokes.";
  parts.solution = "Turn it off.";
  parts.now = noon();
  Draft const draft = make_draft(parts);
  EXPECT_EQ(draft.file, "printer-smokes-why-7");
  EXPECT_EQ(
      draft.text,
      "---\nid: printer-smokes-why-7\ntitle: Printer  smokes : why? \nlanguage: nb\naudience: public\n"
      "tags: [printer, a b]\nowner: sam@example.org\nreview: 2027-03-02\n---\n\n## Problem\n\nIt smokes.\n\n"
      "## Løsning\n\nTurn it off.\n");
  parts.title = "打印机冒烟";
  parts.language = "zh-Hans";
  EXPECT_EQ(make_draft(parts).file, "article-7");
}

class Drafting : public AgentRoom {
 protected:
  Drafting() {
    desk.keeps_knowledge = true;
    known.next_draft = DraftId{7};
    Message first;
    first.id = MessageId{1};
    first.kind = MessageKind::inbound;
    first.author = {"Ola Testmann", "ola@example.net"};
    first.reply = "My printer smokes. Ola Testmann, 22 33 44 55";
    known.history = {first};
  }
  Draft waiting(std::int64_t id, std::string by = "kari") {
    Draft out;
    out.id = DraftId{id};
    out.ticket = TicketId{42};
    out.title = "Smoke";
    out.file = "smoke-" + std::to_string(id);
    out.by = std::move(by);
    return out;
  }
};

TEST_F(Drafting, TheAnswerBecomesADraftForTheTeam) {
  Plan const plan = plan_for("/resolve\n/kb Smoking printers\n\nHello Ola, turn it off.");
  auto const* kept = change<KeepDraft>(plan);
  ASSERT_NE(kept, nullptr) << receipt(plan);
  EXPECT_EQ(kept->draft.id, DraftId{7});
  EXPECT_EQ(kept->draft.ticket, TicketId{42});
  EXPECT_EQ(kept->draft.by, "sam");
  EXPECT_EQ(kept->draft.title, "Smoking printers");
  for (std::string const gone : {"Ola", "Testmann", "22 33"})
    EXPECT_EQ(kept->draft.text.find(gone), std::string::npos) << kept->draft.text;
  EXPECT_NE(kept->draft.text.find("My printer smokes."), std::string::npos);
  EXPECT_NE(kept->draft.text.find("turn it off."), std::string::npos);
  EXPECT_TRUE(reaches_requester(plan)) << "the answer goes out as ever";
  int reviewers = 0;
  for (Letter const& one : plan.letters)
    if (one.kind == LetterKind::happened) {
      ++reviewers;
      EXPECT_EQ(one.text, kept->draft.text);
      EXPECT_FALSE(one.agent.empty());
    }
  EXPECT_EQ(reviewers, 2) << "kari and sam";
}

TEST_F(Drafting, SignaturesStayOutOfIt) {
  Plan const plan = plan_for("/kb\n\nTurn it off.\n\nBest regards\nSam Example\nHead of Printing");
  ASSERT_NE(change<KeepDraft>(plan), nullptr) << receipt(plan);
  EXPECT_EQ(change<KeepDraft>(plan)->draft.text.find("regards"), std::string::npos);
  EXPECT_EQ(change<KeepDraft>(plan)->draft.text.find("Head of Printing"), std::string::npos);
  EXPECT_NE(change<KeepDraft>(plan)->draft.text.find("Turn it off."), std::string::npos);
}

TEST(CleanedOfMailboxes, TakesThemWholeAndLeavesTheirWords) {
  EXPECT_EQ(cleaned("Laminator eats paper, says IDA.laminator", {"Ida Marsh", "ida.laminator"}),
            "Laminator eats paper, says […]");
}

TEST(CleanedOfMailboxes, KnowsThemByDigitsAndHyphens) {
  EXPECT_EQ(cleaned("ola-nordmann2 asked; see C:\\Users\\OLA-NORDMANN2\\log", {"ola", "ola-nordmann2"}),
            "[…] asked; see C:\\Users\\[…]\\log");
  EXPECT_EQ(cleaned("ola-nordmann22 is another", {"ola-nordmann2"}), "ola-nordmann22 is another");
  EXPECT_EQ(cleaned("Laminator eats paper, says ida-laminator", {"Ida Marsh", "ida-laminator"}),
            "Laminator eats paper, says […]");
  EXPECT_EQ(cleaned("Anne told Marie", {"Anne-Marie"}), "[…] told […]") << "a name";
  EXPECT_EQ(cleaned("error 12345", {"12345"}), "error 12345") << "nobody's name";
}

TEST(CleanedOfWideNames, CutsNoCharacterInTwo) {
  EXPECT_EQ(cleaned("请野太重启，𠮷先生知道", {"𠮷野太"}), "请[…]重启，[…]先生知道");
  EXPECT_EQ(cleaned("𠮷𡈽𠂉，𡈽𠂉，𡈽", {"𠮷𡈽𠂉"}), "[…]，[…]，𡈽");
  EXPECT_EQ(cleaned("王aéb，王aéb小，éb小", {"王aéb小"}), "王aéb，[…]，éb小")
      << "of ten bytes, no Chinese name";
}

TEST_F(Drafting, ANumberInAMailboxIsNoPartOfAName) {
  Message second;
  second.id = MessageId{2};
  second.kind = MessageKind::inbound;
  second.author = {"", "ola-nordmann2@example.org"};
  second.reply = "The same here.";
  known.history.push_back(second);
  known.history.front().reply = "See C:\\Users\\ola-nordmann2\\log. Ola Nordmann has it too.";
  Plan const plan = plan_for("/kb\n\nTry again, Nordmann.");
  auto const* kept = change<KeepDraft>(plan);
  ASSERT_NE(kept, nullptr) << receipt(plan);
  for (std::string const gone : {"ola", "Ola", "ordmann", "]2"})
    EXPECT_EQ(kept->draft.text.find(gone), std::string::npos) << gone << ": " << kept->draft.text;
}

TEST_F(Drafting, WhoWritesWithoutANameIsKnownByTheAddress) {
  Message second;
  second.id = MessageId{2};
  second.kind = MessageKind::inbound;
  second.author = {"", "nils.prove@example.net"};
  second.reply = "The same here.";
  known.history.push_back(second);
  known.history.front().reply = "See C:\\Users\\nils.prove\\log. Nils Prove has it too.";
  Plan const plan = plan_for("/kb\n\nPrøv igjen, Nils.");
  auto const* kept = change<KeepDraft>(plan);
  ASSERT_NE(kept, nullptr) << receipt(plan);
  for (std::string const gone : {"nils", "Nils", "Prove"})
    EXPECT_EQ(kept->draft.text.find(gone), std::string::npos) << kept->draft.text;
}

TEST_F(Drafting, ReviewersOfTheHouseGetItAlone) {
  desk.reviewers = {"kari"};
  Plan const plan = plan_for("/kb\n\nTurn it off.");
  std::vector<std::string> told;
  for (Letter const& one : plan.letters)
    if (one.kind == LetterKind::happened) told.push_back(one.agent);
  EXPECT_EQ(told, std::vector<std::string>{"kari"});
  ASSERT_NE(change<KeepDraft>(plan), nullptr);
  EXPECT_EQ(change<KeepDraft>(plan)->draft.title, "Printer");
}

TEST_F(Drafting, WithoutAnAnswerOrAFolderThereIsNone) {
  EXPECT_NE(receipt(plan_for("/kb")).find("no answer yet"), std::string::npos);
  EXPECT_EQ(change<KeepDraft>(plan_for("/note\n/kb\n\nTurn it off.")), nullptr) << "a note is no answer";
  desk.keeps_knowledge = false;
  Plan const plan = plan_for("/kb\n\nTurn it off.");
  EXPECT_NE(receipt(plan).find("no knowledge folder"), std::string::npos);
  EXPECT_FALSE(reaches_requester(plan)) << "all or nothing";
}

TEST_F(Drafting, AnEarlierAnswerWillDo) {
  Message answer;
  answer.id = MessageId{2};
  answer.kind = MessageKind::outbound;
  answer.agent = "kari";
  answer.reply = "Take the lid off.";
  known.history.push_back(answer);
  auto const plan = plan_for("/kb");
  ASSERT_NE(change<KeepDraft>(plan), nullptr) << receipt(plan);
  EXPECT_NE(change<KeepDraft>(plan)->draft.text.find("Take the lid off."), std::string::npos);
  EXPECT_FALSE(reaches_requester(plan));
}

TEST_F(Drafting, AReviewerDecidesAndTheAuthorHears) {
  known.drafts = {waiting(7)};
  Plan const published = plan_for("/publish");
  ASSERT_NE(change<SettleDraft>(published), nullptr) << receipt(published);
  EXPECT_EQ(*change<SettleDraft>(published), (SettleDraft{DraftId{7}, DraftState::published}));
  EXPECT_EQ(letters(published, LetterKind::happened).size(), 1U);
  EXPECT_EQ(letters(published, LetterKind::happened)[0].agent, "kari");
  Plan const rejected = plan_for("/reject the lid has no screw");
  ASSERT_NE(change<SettleDraft>(rejected), nullptr) << receipt(rejected);
  EXPECT_EQ(change<SettleDraft>(rejected)->state, DraftState::rejected);
  EXPECT_EQ(letters(rejected, LetterKind::happened)[0].lines.at(0),
            phrase("{1} rejects the draft \"{2}\": {3}", {"Sam Example", "Smoke", "the lid has no screw"}));
  EXPECT_FALSE(reaches_requester(published) || reaches_requester(rejected));
}

TEST_F(Drafting, WhichOneMustBeClear) {
  EXPECT_NE(receipt(plan_for("/publish")).find("no draft of this ticket"), std::string::npos);
  known.drafts = {waiting(7), waiting(9)};
  EXPECT_NE(receipt(plan_for("/publish")).find("7, 9"), std::string::npos);
  EXPECT_EQ(change<SettleDraft>(plan_for("/publish #9"))->id, DraftId{9});
  EXPECT_EQ(change<SettleDraft>(plan_for("/reject 7 too short"))->id, DraftId{7});
  EXPECT_EQ(change<SettleDraft>(plan_for("/publish 8")), nullptr);
  EXPECT_EQ(change<SettleDraft>(plan_for("/publish soon")), nullptr);
  EXPECT_NE(receipt(plan_for("/reject")).find("needs"), std::string::npos) << "why?";
  EXPECT_EQ(change<SettleDraft>(plan_for("/publish 7\n/reject 9 no")), nullptr);
}

TEST_F(Drafting, NobodyElseDecidesWhereThereAreReviewers) {
  desk.reviewers = {"kari"};
  known.drafts = {waiting(7)};
  Plan const plan = plan_for("/publish");
  EXPECT_EQ(change<SettleDraft>(plan), nullptr);
  EXPECT_NE(receipt(plan).find("Kari Eksempel"), std::string::npos);
}

}  // namespace
}  // namespace spoc::desk
