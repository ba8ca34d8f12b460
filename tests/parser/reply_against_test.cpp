// SPDX-License-Identifier: GPL-3.0-or-later
// Answers to letters that we know: what came back of them is folded in every shape that clients give it.
#include "parser/html.hpp"
#include "parser/quote.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace spoc::parser {
namespace {

std::vector<std::string> const letters = {
    "Hello Ola,\n\nthank you for writing to us. We have your message; its number is #42.\nSomebody will read "
    "it and "
    "answer you here. If you want to add something, just\nreply to this mail.\n\nPerhaps one of these "
    "already answers "
    "it:\n\n1. Printing from your own laptop\nhttps://desk.example.org/kb/printing\n\nIf that solved it, "
    "just reply and "
    "tell us.\n\nService Desk\nRef: 42.rr.abc.def\n",
    "Hello Ola,\n\nwhich room are you in at the moment, and which printer do you use?\nDoes the \"paper\" "
    "light blink "
    "when you try to print – yes or no?\n\nKari, Service Desk\n",
    "您好，\n\n我们已经收到您的来信，编号是四十二。请问您在哪个房间，使用的是哪一台打印机？\n\n服务台\n",
};

struct ReplyRow {
  char const* name;
  char const* text;
  char const* reply;
};
class Against : public testing::TestWithParam<ReplyRow> {};
TEST_P(Against, OnlyTheirWordsStay) {
  auto const reply = reply_against(GetParam().text, letters);
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->reply, GetParam().reply);
}

INSTANTIATE_TEST_SUITE_P(
    Shapes, Against,
    testing::Values(
        ReplyRow{
            "unmarked",
            "Yes, thanks.\n\nHello Ola,\n\nthank you for writing to us. We have your message; its number is "
            "#42.\n"
            "Somebody will read it and answer you here. If you want to add something, just\nreply to this "
            "mail.\n",
            "Yes, thanks."},
        ReplyRow{
            "wrapped_anew",
            "Yes, thanks.\n\nHello Ola,\n\nthank you for writing to us. We have your\nmessage; its number is "
            "#42. "
            "Somebody\nwill read it and answer you here. If\nyou want to add something, just reply to\nthis "
            "mail.\n",
            "Yes, thanks."},
        ReplyRow{
            "unwrapped",
            "Yes, thanks.\n\nHello Ola, thank you for writing to us. We have your message; its number is "
            "#42. Somebody will "
            "read it and answer you here. If you want to add something, just reply to this mail.\n",
            "Yes, thanks."},
        ReplyRow{
            "below_unknown_header",
            "Jah.\n\nKellelt: Service Desk\nAeg: esmaspäev\n\nwhich room are you in at the moment, and which "
            "printer do "
            "you use?\nDoes the \"paper\" light blink when you try to print – yes or no?\n",
            "Jah.\n\nKellelt: Service Desk\nAeg: esmaspäev"},
        ReplyRow{
            "signs_lost_and_typographic",
            "Yes.\n\nWhich room are you in at the moment, and which printer do you use? Does the “paper” "
            "light blink "
            "when you try to print - yes or no?\n",
            "Yes."},
        ReplyRow{
            "links_rewritten",
            "Solved.\n\nPerhaps one of these already answers it:\n\n1. Printing from your own laptop\n"
            "<https://safe.example.com/?url=https%3A%2F%2Fdesk.example.org%2Fkb%2Fprinting&data=1>\n\nIf "
            "that solved it, "
            "just reply and tell us.\n",
            "Solved."},
        ReplyRow{
            "answers_between_unmarked_lines",
            "Hello Ola,\n\nwhich room are you in at the moment, and which printer do you use?\n\nRoom 214, "
            "the blue "
            "one.\n\nDoes the \"paper\" light blink when you try to print – yes or no?\n\nNo.\n\nKari, "
            "Service Desk\n",
            "Hello Ola,\n\nwhich room are you in at the moment, and which printer do you use?\n\nRoom 214, "
            "the blue "
            "one.\n\nDoes the \"paper\" light blink when you try to print – yes or no?\n\nNo."},
        ReplyRow{
            "answers_below_header_of_outlook",
            "See below.\n\nFrom: Service Desk <desk@example.org>\nSent: Monday\nTo: Ola\nSubject: Re: "
            "Printer\n\nwhich "
            "room are you in at the moment, and which printer do you use?\nRoom 214.\nDoes the \"paper\" "
            "light blink when "
            "you try to print – yes or no?\nNo.\n",
            "See below.\n\nwhich room are you in at the moment, and which printer do you use?\nRoom "
            "214.\nDoes the "
            "\"paper\" light blink when you try to print – yes or no?\nNo."},
        ReplyRow{
            "bottom",
            "which room are you in at the moment, and which printer do you use?\nDoes the \"paper\" light "
            "blink when you "
            "try to print – yes or no?\n\nRoom 214, and it does not.\n",
            "Room 214, and it does not."},
        ReplyRow{
            "quoted",
            "Room 214.\n\n> which room are you in at the moment, and which printer do you\n> use? Does the "
            "\"paper\" light "
            "blink when you try to print – yes or no?\n",
            "Room 214."},
        ReplyRow{
            "chinese",
            "在三楼，蓝色的那台。\n\n我们已经收到您的来信，编号是四十二。\n请问您在哪个房间，使用的是哪一台打"
            "印机？\n",
            "在三楼，蓝色的那台。"},
        ReplyRow{"nothing_new", "which room are you in at the moment, and which printer do you use?\n", ""}),
    [](auto const& row) { return std::string{row.param.name}; });

TEST(Against, TextMadeFromTheirHtml) {
  std::string const text = html_to_text(
      "<div>It works now.</div><div><p>Hello Ola,</p><p>thank you for writing to us. We have your message; "
      "its number is "
      "#42. Somebody will read it and answer you here. If you want to add something, just reply to this "
      "mail.</p><p>1. <a "
      "href='https://desk.example.org/kb/printing'>Printing from your own laptop</a></p></div>");
  auto const reply = reply_against(text, letters);
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->reply, "It works now.");
  EXPECT_FALSE(reply->scattered);
}

TEST(Against, WhatIsNotOursIsNoFind) {
  EXPECT_FALSE(reply_against("Hello Ola,\n\nthank you for the cake.\n", letters));
  EXPECT_FALSE(reply_against("If you want to add\n", letters)) << "five words that anybody may write";
  EXPECT_FALSE(reply_against("", letters));
  EXPECT_FALSE(reply_against("which room are you in at the moment, and which printer do you use?", {}));
}

TEST(Against, AnAnswerOnTheLineOfAQuestionStays) {
  auto const reply = reply_against(
      "which room are you in at the moment, and which printer do you use? 214\nDoes the \"paper\" light "
      "blink when you "
      "try to print – yes or no?\n",
      letters);
  ASSERT_TRUE(reply);
  EXPECT_NE(reply->reply.find("214"), std::string::npos);
}

TEST(Against, WordsInSeveralPlacesAreTold) {
  auto const reply = reply_against(
      "Hello Ola,\n\nwhich room are you in at the moment, and which printer do you use?\n\nRoom 214.\n\n"
      "Does the \"paper\" light blink when you try to print – yes or no?\n\nNo.\n",
      letters);
  ASSERT_TRUE(reply);
  EXPECT_TRUE(reply->scattered);
}

TEST(Against, LargeTextsEnd) {
  std::vector<std::string> many(1);
  std::string answer = "Mine.\n\n";
  for (int i = 0; i < 60'000; ++i) many[0] += "line " + std::to_string(i) + " of a letter\n";
  answer += many[0];
  auto const reply = reply_against(answer, many);
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->reply, "Mine.");
  std::string const same(1'000'000, 'a');
  EXPECT_FALSE(reply_against(same, std::vector<std::string>{same}));
}

}  // namespace
}  // namespace spoc::parser
