// SPDX-License-Identifier: GPL-3.0-or-later
// Thanks, told from news that come with thanks.
#include "desk/courtesy.hpp"
#include "desk/verdict.hpp"

#include <gtest/gtest.h>

namespace spoc::desk {
namespace {

class Courtesies : public testing::TestWithParam<char const*> {};
TEST_P(Courtesies, AskForNothing) { EXPECT_TRUE(is_courtesy(GetParam())) << GetParam(); }
INSTANTIATE_TEST_SUITE_P(
    Table, Courtesies,
    testing::Values(
        "Thanks!", "Thank you very much, Sam", "Great, it works now. Thanks!", "Tusen takk for hjelpen!",
        "好的，谢谢！", "謝謝您的協助", "Thanks, Kari", "Thanks Kari", "Thanks!\nKari", "Thanks 👍",
        "Many thanks for your help", "Thank you so much for the quick answer!", "It works again, thanks",
        "Thanks again", "Hi Kari,\nthanks for the help!\nBest regards\nAnne-Marie Berg",
        "No problem, thanks!", "No problem at all. Thanks, Sam", "No worries", "It’s fixed, thank you",
        "Thanks, O'Brien", "Thanks, all good. Have a nice day!", "Great, now it works",
        "Takk for hjelpen! Mvh Kari", "Takk!\nMvh\nKari Nordmann", "Takk for raskt svar",
        "Det virker nå, takk", "Hei Kari,\ntakk, det fungerer fint igjen. Ha en fin dag!",
        "Ikke noe problem, takk", "Takk, ingen problem", "Supert /Åse", "Takk for hjelpa, det fungerar no",
        "谢谢，小王", "谢谢小王", "谢谢王工", "非常感谢您的帮助！", "没问题，谢谢", "没有问题了，谢谢！",
        "问题已经解决了，谢谢。", "您好，收到，谢谢", "不客气，谢谢", "谢谢！\n李明", "再次感谢你们的支持",
        "辛苦了，谢谢 🙏", "太好了，可以了，谢谢", "沒問題，謝謝", "謝謝，小陳", "問題解決了，感謝您的幫忙",
        "不用謝，已經好了", "好的，謝謝！\n林先生",
        "Thanks!\n\nBest regards\nHugo Marsh\nHead of Accounts\n+44 20 7946 0000\nwww.example.org",
        "Tusen takk!\n\nMed vennlig hilsen\nOla Nordmann\nDaglig leder\nTlf 99 99 99 99",
        "Takk!\nMvh Ola Nordmann\nDaglig leder | Eksempel AS", "谢谢！\n此致\n敬礼"));

class ThanksWithNews : public testing::TestWithParam<char const*> {};
TEST_P(ThanksWithNews, AreNoCourtesies) { EXPECT_FALSE(is_courtesy(GetParam())) << GetParam(); }
INSTANTIATE_TEST_SUITE_P(
    Table, ThanksWithNews,
    testing::Values(
        "", "Thanks, but when?", "Thanks, but the printer in the hall still prints blank pages",
        "谢谢，但是打印机还是不行", "It does not work", "Takk for svaret, men det fungerer ikke nå",
        "Takk, det virker ikke", "Tusen takk, men det virker ikke", "Thanks, that did not help",
        "Thanks, it still fails", "Thanks, not fixed", "Thanks! Not solved.", "Great, it crashed again",
        "Great, now it crashes", "No. Thanks", "还是不行，请再处理一下。\n谢谢", "打印机还是不能打印 谢谢",
        "還是不行，請再處理一下。\n謝謝", "印表機還是不能列印 謝謝", "Thanks. Urgent!",
        "Thanks, Printer smokes", "Outlook hangs, thanks", "Thanks, it didn't help",
        "Thanks, it doesn’t work", "Got this again. Thanks", "Thanks. Error again", "Help, thanks",
        "Thanks. Help!", "Thanks, VPN DOWN", "Thanks 👎", "Thanks 😡", "Thanks :(", "Great. Broken.",
        "No, problem persists. Thanks", "No problem, thanks, but it still crashes", "Thanks, please call",
        "Thanks. Unfortunately it works only once", "Printer is slow, thanks", "Thanks, 5 more",
        "Not fixed, thanks", "Still broken. Thanks, Kari", "Thanks! Works, but slow", "Nei, takk",
        "Takk, feil igjen", "Takk. Krasjer fortsatt", "Svar takk", "Raskt svar takk", "Takk, det gikk ikke",
        "Takk! Haster.", "Skjermen er svart, takk", "Takk, kan dere ringe", "Flott. Nede igjen",
        "Ikkje løyst, takk", "Takk, aldri løst", "谢谢，还没解决", "没解决，谢谢", "没有解决，谢谢",
        "谢谢，又坏了", "谢谢，但是没用", "谢谢，很慢", "谢谢，打印机", "帮忙，谢谢", "帮忙解决，谢谢",
        "解决，谢谢", "蓝屏，谢谢", "谢谢，蓝屏", "谢谢，白屏了", "仍然不行，谢谢", "不正常，谢谢",
        "谢谢，请尽快", "收到错误，谢谢", "谢谢，马上断线", "謝謝，還沒解決", "沒有解決，謝謝",
        "Thanks!\n\nRegards\nHugo\nP.S. Smoke comes out.", "Thanks!\nRegards\nIt smokes again",
        "Thanks!\n\nMvh\nOla\nDet kommer røyk ut av den", "Thanks!\nRegards\nHugo\nScreen broken",
        "Takk!\nMvh\nOla\nNår kommer dere?", "It smokes.\n\nRegards\nHugo", "Regards\nHugo Marsh",
        "謝謝，又當機了", "仍然無法列印，謝謝", "謝謝，但是壞了", "謝謝，藍屏"));

TEST(Courtesy, LongerThanAFewLinesIsNone) { EXPECT_FALSE(is_courtesy("Thanks" + std::string(200, '!'))); }

/// Thanks above a signature, so many bytes in all.
std::string thanks_of(std::size_t bytes) {
  std::string out = "Thanks, that worked!\n\nRegards\n";
  while (out.size() + 80 < bytes) out += std::string(79, 'X') + "\n";
  return out + std::string(bytes - out.size(), 'Y');
}

TEST(Courtesy, HasALongSignatureUpToALimit) {
  EXPECT_TRUE(is_courtesy(thanks_of(longest_courtesy))) << "all of it may be one";
  EXPECT_FALSE(is_courtesy(thanks_of(longest_courtesy + 1)));
  EXPECT_FALSE(is_courtesy(thanks_of(longest_courtesy + 200)));
}

class WavedAside : public testing::TestWithParam<char const*> {};
TEST_P(WavedAside, DeniesNothing) {
  EXPECT_TRUE(waves_aside(GetParam())) << GetParam();
  EXPECT_EQ(verdict_of(GetParam()), Verdict::none) << GetParam();
}
INSTANTIATE_TEST_SUITE_P(Table, WavedAside,
                         testing::Values("No problem, thanks!", "no worries", "No more problems. Thank you",
                                         "没有问题，谢谢", "沒有問題，謝謝", "没问题，谢谢", "沒問題，謝謝"));

TEST(Courtesy, ANoThatDeniesIsNoWave) {
  for (char const* reply : {"No. Thanks", "No, problem persists", "Nei takk", "没有解决，谢谢", "不是"}) {
    EXPECT_FALSE(waves_aside(reply)) << reply;
    EXPECT_EQ(verdict_of(reply), Verdict::unsolved) << reply;
  }
}

}  // namespace
}  // namespace spoc::desk
