// SPDX-License-Identifier: GPL-3.0-or-later
// "Is it solved?", answered by mail and by a button.
#include "desk/verdict.hpp"

#include "tests/desk/house.hpp"

#include <gtest/gtest.h>

namespace spoc::desk {
namespace {

using namespace tests;

struct VerdictRow {
  char const* name;
  char const* reply;
  Verdict expect;
};

class Verdicts : public testing::TestWithParam<VerdictRow> {};

TEST_P(Verdicts, AreRead) { EXPECT_EQ(verdict_of(GetParam().reply), GetParam().expect); }

INSTANTIATE_TEST_SUITE_P(
    Table, Verdicts,
    testing::Values(VerdictRow{"en_yes", "Yes", Verdict::solved},
                    VerdictRow{"en_yes_thanks", "yes, thank you!", Verdict::solved},
                    VerdictRow{"en_yes_it_works", "Yes, it works now.", Verdict::solved},
                    VerdictRow{"en_no", "No.", Verdict::unsolved},
                    VerdictRow{"en_no_and_why", "No, it still smokes when I print twice.", Verdict::unsolved},
                    VerdictRow{"en_yes_but", "Yes, but now the scanner is gone", Verdict::none},
                    VerdictRow{"en_question", "Yes? Who did it?", Verdict::none},
                    VerdictRow{"en_not_a_no", "Nothing has changed", Verdict::none},
                    VerdictRow{"nb_yes", "Ja takk", Verdict::solved},
                    VerdictRow{"nb_no", "Nei, ikke ennå", Verdict::unsolved},
                    VerdictRow{"hans_yes", "是的，谢谢！", Verdict::solved},
                    VerdictRow{"hans_solved", "已解决。", Verdict::solved},
                    VerdictRow{"hans_no", "不是，还是不行", Verdict::unsolved},
                    VerdictRow{"hans_not_yet", "还没有解决", Verdict::unsolved},
                    VerdictRow{"hant_yes", "是，謝謝", Verdict::solved},
                    VerdictRow{"hant_no", "沒有，打不開", Verdict::unsolved},
                    VerdictRow{"en_signed", "Yes\n\nBest regards\nHugo Marsh\nAccounts\n+44 20 7946 0000",
                               Verdict::solved},
                    VerdictRow{"nb_signed", "Ja, takk!\n\nMvh\nOla Nordmann\nØkonomi\nTlf 99 99 99 99",
                               Verdict::solved},
                    VerdictRow{"nb_no_signed", "Nei.\n\nMvh\nOla Nordmann", Verdict::unsolved},
                    VerdictRow{"yes_and_more_below", "Yes\n\nRegards\nHugo\nNow the scanner does not work",
                               Verdict::none},
                    VerdictRow{"empty", "", Verdict::none},
                    VerdictRow{"other", "The printer smokes", Verdict::none}),
    [](auto const& row) { return row.param.name; });

class Asked : public testing::Test {
 protected:
  Asked() {
    known.ticket = ticket_of_ola();
    known.ticket->status = Status::resolved;
    known.ticket->closed = noon();
    known.match.ticket = known.ticket->id;
  }
  House home = tests::house();
  Known known = known_in(home);
};

TEST_F(Asked, YesByMailClosesAndWakesNobody) {
  Plan const plan =
      plan_arrival(arrival_of(mail_from("ola@example.net", "Re: Printer", "Yes, thanks!")), known);
  ASSERT_NE(change<SetStatus>(plan), nullptr);
  EXPECT_EQ(change<SetStatus>(plan)->status, Status::closed);
  EXPECT_TRUE(trailed(plan, "confirmed"));
  EXPECT_TRUE(plan.letters.empty());
  EXPECT_EQ(plan.messages.size(), 1U);
}

TEST_F(Asked, NoByMailReopensAndSaysSo) {
  Plan const plan =
      plan_arrival(arrival_of(mail_from("ola@example.net", "Re: Printer", "No, it smokes")), known);
  ASSERT_NE(change<SetStatus>(plan), nullptr);
  EXPECT_EQ(change<SetStatus>(plan)->status, Status::open);
  EXPECT_FALSE(letters(plan, LetterKind::wrote).empty());
  bool said = false;
  for (Trail const& one : plan.trail) said = said || one.detail == "resolved to open: not solved";
  EXPECT_TRUE(said);
}

TEST_F(Asked, AComplaintWithThanksReopensAndThanksAloneDoNot) {
  for (char const* words : {"Takk, det virker ikke", "Thanks, not fixed", "打印机还是不能打印 谢谢"}) {
    Plan const plan = plan_arrival(arrival_of(mail_from("ola@example.net", "Re: Printer", words)), known);
    ASSERT_NE(change<SetStatus>(plan), nullptr) << words;
    EXPECT_EQ(change<SetStatus>(plan)->status, Status::open) << words;
    EXPECT_EQ(letters(plan, LetterKind::wrote).size(), 2U) << words;
  }
  for (char const* words : {"No problem, thanks!", "没有问题，谢谢", "Takk, Kari"}) {
    Plan const plan = plan_arrival(arrival_of(mail_from("ola@example.net", "Re: Printer", words)), known);
    EXPECT_EQ(change<SetStatus>(plan), nullptr) << words;
    EXPECT_TRUE(trailed(plan, "courtesy")) << words;
  }
}

TEST_F(Asked, YesToAnOpenTicketIsJustAWord) {
  known.ticket->status = Status::open;
  known.ticket->closed.reset();
  Plan const plan = plan_arrival(arrival_of(mail_from("ola@example.net", "Re: Printer", "Yes")), known);
  EXPECT_EQ(change<SetStatus>(plan), nullptr);
  EXPECT_FALSE(letters(plan, LetterKind::wrote).empty());
}

TEST_F(Asked, TheButtonClosesOnce) {
  EXPECT_EQ(change<SetStatus>(plan_verdict(Verdict::solved, known))->status, Status::closed);
  known.ticket->status = Status::closed;
  EXPECT_TRUE(plan_verdict(Verdict::solved, known).changes.empty());
}

TEST_F(Asked, TheButtonReopensWithinTheWindowAndTellsTheCrew) {
  Plan const plan = plan_verdict(Verdict::unsolved, known);
  EXPECT_EQ(change<SetStatus>(plan)->status, Status::open);
  EXPECT_EQ(letters(plan, LetterKind::reminder).size(), 2U);
  known.now = noon() + home.reopen_window + std::chrono::hours{1};
  EXPECT_EQ(change<SetStatus>(plan_verdict(Verdict::unsolved, known)), nullptr);
}

TEST_F(Asked, ALateNoOpensALinkedTicketAsAMailedOneWould) {
  known.now = noon() + home.reopen_window + std::chrono::hours{1};
  known.next_ticket = TicketId{77};
  known.ticket->language = "nb";
  EXPECT_EQ(what_comes_of(Verdict::unsolved, known), Decided::linked);
  Plan const plan = plan_verdict(Verdict::unsolved, known);
  ASSERT_TRUE(plan.open);
  EXPECT_EQ(plan.ticket, TicketId{77});
  EXPECT_EQ(plan.open->related, known.ticket->id);
  EXPECT_EQ(plan.open->subject, known.ticket->subject);
  EXPECT_EQ(plan.open->requester_address.address, "ola@example.net");
  ASSERT_EQ(plan.messages.size(), 1U);
  EXPECT_EQ(plan.messages.front().reply, "Nei, dette er ikke løst.");
  EXPECT_EQ(plan.messages.front().raw_hash, "");
  EXPECT_EQ(letters(plan, LetterKind::opened).size(), 2U);
  EXPECT_EQ(plan.trail.back().ticket, known.ticket->id);
  EXPECT_EQ(plan.trail.back().detail, "#77");
}

TEST_F(Asked, AYesToAnOpenTicketIsNotedAndTold) {
  known.ticket->status = Status::open;
  known.ticket->closed.reset();
  EXPECT_EQ(what_comes_of(Verdict::solved, known), Decided::told);
  Plan const plan = plan_verdict(Verdict::solved, known);
  EXPECT_TRUE(plan.changes.empty());
  EXPECT_TRUE(trailed(plan, "confirmed"));
  EXPECT_EQ(letters(plan, LetterKind::happened).size(), 2U);
  EXPECT_EQ(what_comes_of(Verdict::unsolved, known), Decided::going_on);
  EXPECT_TRUE(plan_verdict(Verdict::unsolved, known).letters.empty());
}

TEST_F(Asked, AnArticleThatSolvedItClosesIsCreditedAndTheCrewHears) {
  known.ticket->status = Status::fresh;
  known.ticket->closed.reset();
  Suggestion const article{"vpn", "VPN", "en", 0.9, true, false};
  Plan const plan = plan_self_solved(article, known);
  ASSERT_NE(change<SetStatus>(plan), nullptr);
  EXPECT_EQ(change<SetStatus>(plan)->status, Status::closed);
  ASSERT_NE(change<CountUse>(plan), nullptr);
  EXPECT_EQ(*change<CountUse>(plan), (CountUse{"vpn", ArticleUse::solved}));
  EXPECT_TRUE(trailed(plan, "self-solved"));
  EXPECT_EQ(letters(plan, LetterKind::happened).size(), 2U);
  EXPECT_TRUE(std::none_of(plan.letters.begin(), plan.letters.end(),
                           [](Letter const& one) { return one.agent.empty(); }));
  known.ticket->status = Status::closed;
  EXPECT_TRUE(plan_self_solved(article, known).changes.empty());
}

}  // namespace
}  // namespace spoc::desk
