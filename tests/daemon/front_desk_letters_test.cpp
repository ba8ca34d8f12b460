// SPDX-License-Identifier: GPL-3.0-or-later
// Letters at the front desk: claimed when due, recorded, refused, and not too many of them.
#include "tests/daemon/desk_room.hpp"

namespace spoc::daemon {
namespace {

using desk::LetterKind;
using desk::LetterState;
using testing::Contains;
using testing::Each;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using tests::Sketch;

class FrontDeskLetters : public tests::DeskRoom {
 protected:
  std::vector<desk::Letter> claim(std::string const& who = "postman 0") {
    auto claimed = front.claim_letters(who, 50);
    EXPECT_TRUE(claimed);
    return claimed ? *claimed : std::vector<desk::Letter>{};
  }
  /// One ticket, its three first letters sent, and an agent's answer that waits.
  desk::TicketId answered() {
    desk::TicketId const ticket = receive(Sketch{}).ticket;
    for (desk::Letter const& one : claim())
      EXPECT_TRUE(front.record(one, {LetterState::sent, "250 ok", false, {}}));
    receive(answer_by("kari", ticket, "Pull the plug."));
    now += house.undo_delay;
    rung.clear();
    return ticket;
  }
  /// What the bell said of new things; that an answer has left is told without its words.
  std::vector<desk::News> news() {
    std::vector<desk::News> out = rung;
    std::erase_if(out, [](desk::News const& one) { return one.duplicate && one.letters == 0; });
    return out;
  }
};

TEST_F(FrontDeskLetters, OnlyWhatIsDueIsClaimed) {
  desk::TicketId const ticket = receive(Sketch{}).ticket;
  EXPECT_THAT(claim(), SizeIs(3));
  receive(answer_by("kari", ticket, "Pull the plug."));
  EXPECT_THAT(claim(), IsEmpty()) << "the answer can still be cancelled";
  auto const next = front.next_letter();
  ASSERT_TRUE(next && *next);
  now += house.undo_delay;
  EXPECT_LE(**next, now);
  auto const due = claim();
  ASSERT_THAT(due, SizeIs(1));
  EXPECT_EQ(due[0].kind, LetterKind::answer);
}

TEST_F(FrontDeskLetters, ThatAnAnswerHasLeftStandsInTheTrail) {
  desk::TicketId const ticket = answered();
  auto const left = [&] {
    std::vector<std::string> out;
    for (desk::Trail const& one : ask([&](store::Tx& tx) { return store::trail_of(tx, ticket); }))
      if (one.what == "left") out.push_back(one.who + ": " + one.detail);
    return out;
  };
  now -= std::chrono::seconds{1};
  claim();
  EXPECT_THAT(left(), IsEmpty()) << "it may still be cancelled";
  now += std::chrono::seconds{1};
  claim();
  EXPECT_THAT(left(), testing::ElementsAre("desk: answer of kari"));
  EXPECT_THAT(rung, SizeIs(1)) << "whoever reads the event stream hears of it";
  receive(answer_by("kari", ticket, "/ask help@example.com Is the line down?"));
  now += house.undo_delay;
  claim();
  EXPECT_THAT(left(), testing::ElementsAre("desk: answer of kari", "desk: question of kari"));
  receive(answer_by("kari", ticket, "No, sorry."));
  receive(answer_by("kari", ticket, "/cancel"));
  now += house.undo_delay;
  claim();
  EXPECT_THAT(left(), SizeIs(2)) << "what was stopped never left";
}

TEST_F(FrontDeskLetters, ClaimsAreOneMansUntilTheyRunOutOrAreDropped) {
  receive(Sketch{});
  EXPECT_THAT(claim("postman 0"), SizeIs(3));
  EXPECT_THAT(claim("postman 1"), IsEmpty());
  EXPECT_GT(front.next_letter().value().value(), now) << "nothing for postman 1 to get up for";
  EXPECT_TRUE(front.drop_claims("postman 0"));
  EXPECT_THAT(claim("postman 1"), SizeIs(3));
  now += std::chrono::minutes{11};
  EXPECT_THAT(claim("postman 0"), SizeIs(3)) << "postman 1 died";
}

TEST_F(FrontDeskLetters, NothingIsDueInAnEmptyDesk) {
  EXPECT_THAT(claim(), IsEmpty());
  auto const next = front.next_letter();
  ASSERT_TRUE(next);
  EXPECT_FALSE(*next);
}

TEST_F(FrontDeskLetters, SentLettersStaySent) {
  desk::TicketId const ticket = answered();
  auto const due = claim();
  ASSERT_THAT(due, SizeIs(1));
  EXPECT_TRUE(front.record(due[0], {LetterState::sent, "250 2.0.0 queued", false, {}}));
  EXPECT_THAT(claim(), IsEmpty());
  EXPECT_EQ(letters(LetterKind::answer, ticket)[0].outcome, "250 2.0.0 queued");
  EXPECT_THAT(letters(LetterKind::undelivered), IsEmpty());
  EXPECT_THAT(news(), IsEmpty());
}

TEST_F(FrontDeskLetters, QueuedKeepsTheLetterForLater) {
  answered();
  auto const due = claim();
  ASSERT_THAT(due, SizeIs(1));
  desk::Time const again = now + std::chrono::minutes{5};
  EXPECT_TRUE(front.record(due[0], {LetterState::queued, "451 later", false, again}));
  EXPECT_THAT(claim(), IsEmpty());
  EXPECT_THAT(letters(LetterKind::undelivered), IsEmpty());
  now = again;
  auto const second = claim();
  ASSERT_THAT(second, SizeIs(1));
  EXPECT_EQ(second[0].id, due[0].id);
  EXPECT_EQ(second[0].attempts, 1);
  EXPECT_EQ(second[0].message_id, due[0].message_id);
}

TEST_F(FrontDeskLetters, RefusedTellsTheAgentAndRings) {
  desk::TicketId const ticket = answered();
  auto const due = claim();
  ASSERT_THAT(due, SizeIs(1));
  EXPECT_TRUE(front.record(due[0], {LetterState::refused, "550 5.1.1 no such user", true, {}}));
  desk::Letter const told = letter_to("kari", LetterKind::undelivered, ticket);
  EXPECT_THAT(told.lines, Contains("ola@example.net: 550 5.1.1 no such user"));
  EXPECT_EQ(told.text, "Pull the plug.");
  EXPECT_THAT(letters(LetterKind::undelivered), SizeIs(1)) << "the ticket is Kari's";
  ASSERT_THAT(news(), SizeIs(1));
  EXPECT_EQ(news()[0].letters, 1U);
}

TEST_F(FrontDeskLetters, DeadAddressIsNotWrittenToAgain) {
  desk::TicketId const ticket = answered();
  EXPECT_TRUE(front.record(claim().at(0), {LetterState::refused, "550 5.1.1 no such user", true, {}}));
  receive(answer_by("kari", ticket, "Did you pull it?"));
  EXPECT_THAT(letters(LetterKind::answer, ticket), SizeIs(1));
  EXPECT_THAT(letter_to("kari", LetterKind::refusal).lines,
              Contains(HasSubstr("does not take mail any more")));
  receive(Sketch{.subject = "I am back", .text = "Here I am."});  // a mail from it revives it
  EXPECT_THAT(letters(LetterKind::acknowledgement), SizeIs(2));
}

TEST_F(FrontDeskLetters, WhatIsQueuedForAnAddressThatDiesIsToldAsUndelivered) {
  desk::TicketId const ticket = receive(Sketch{}).ticket;
  for (desk::Letter const& one : claim())
    EXPECT_TRUE(front.record(one, {LetterState::sent, "250 ok", false, {}}));
  receive(answer_by("kari", ticket, "Pull the plug."));
  ASSERT_TRUE(db.write("two die", [](store::Tx& tx) {
    for (char const* one : {"ola@example.net", "sam@example.org"})
      tx.driver().run("INSERT INTO dead_address (key, reason, since) VALUES ($1, '550 gone', 0)", {one});
  }));
  now += house.undo_delay;
  rung.clear();
  EXPECT_THAT(claim(), IsEmpty());
  desk::Letter const told = letter_to("kari", LetterKind::undelivered, ticket);
  EXPECT_EQ(told.text, "Pull the plug.");
  EXPECT_THAT(told.lines, Contains(HasSubstr("ola@example.net: the address takes no mail (550 gone)")));
  EXPECT_THAT(rung, SizeIs(2)) << "told; and the answer can't be stopped any more";
  EXPECT_THAT(alarms, IsEmpty());

  receive(Sketch{.from = "ada@example.net", .subject = "Another"});  // its notice to Sam goes nowhere
  claim();
  EXPECT_THAT(alarms, Contains(HasSubstr("a notice to agent sam")));
}

TEST_F(FrontDeskLetters, RefusedNoticeToAnAgentTellsNobodyElse) {
  desk::TicketId const ticket = receive(Sketch{}).ticket;
  EXPECT_TRUE(front.record(letter_to("sam", LetterKind::opened),
                           {LetterState::given_up, "no answer for 5 days", false, {}}));
  EXPECT_THAT(letters(LetterKind::undelivered), IsEmpty());
  auto const trail = ask([&](store::Tx& tx) { return store::trail_of(tx, ticket); });
  EXPECT_THAT(trail, Contains(Field(&desk::Trail::what, "undelivered")));
}

TEST_F(FrontDeskLetters, BounceOfOurLetterTellsTheAgent) {
  desk::TicketId const ticket = answered();
  desk::Letter const answer = claim().at(0);
  EXPECT_TRUE(front.record(answer, {LetterState::sent, "250 ok", false, {}}));
  desk::Arrival bounce =
      arrival({.from = "mailer-daemon@example.net", .subject = "Undelivered", .text = "no"});
  desk::Mail mail = *bounce.mail();
  mail.kind = desk::MailKind::bounce;
  mail.bounce = desk::Bounce{"ola@example.net", "5.1.1", "failed", "550 no such user", answer.message_id};
  bounce.what = mail;
  EXPECT_EQ(receive(bounce).ticket, ticket);
  EXPECT_THAT(letter_to("kari", LetterKind::undelivered).lines,
              Contains("ola@example.net: 550 no such user"));
  EXPECT_EQ(letters(LetterKind::answer)[0].state, LetterState::refused);
}

TEST_F(FrontDeskLetters, AutomaticLettersHaveABudgetAnHour) {
  house.automatic_budget = 3;
  auto const write = [&](int count) {
    receive(Sketch{.subject = "Loop " + std::to_string(count), .text = "Number " + std::to_string(count)});
  };
  for (int i = 0; i < 5; ++i) write(i);
  EXPECT_THAT(letters(LetterKind::acknowledgement), SizeIs(3));
  EXPECT_THAT(letters(LetterKind::acknowledgement),
              Each(Field(&desk::Letter::to, Field(&desk::Address::address, "ola@example.net"))));
  EXPECT_EQ(counts().tickets, 5) << "every mail is kept all the same";
  EXPECT_THAT(alarms, SizeIs(2));
  EXPECT_THAT(alarms, Each(HasSubstr("ola@example.net: over the budget of 3")));
  receive(Sketch{.from = "ada@example.net"});
  EXPECT_THAT(letters(LetterKind::acknowledgement), SizeIs(4)) << "the budget is one address's own";
  now += std::chrono::minutes{59};
  write(5);
  EXPECT_THAT(letters(LetterKind::acknowledgement), SizeIs(4));
  now += std::chrono::minutes{2};
  write(6);
  EXPECT_THAT(letters(LetterKind::acknowledgement), SizeIs(5));
}

TEST_F(FrontDeskLetters, MachinesGetNone) {
  for (std::string const extra :
       {"Auto-Submitted: auto-replied\r\n", "List-Id: <news.example.net>\r\n", "Precedence: bulk\r\n"}) {
    desk::News const news = receive(Sketch{.text = "Words of " + extra, .extra = extra});
    EXPECT_TRUE(news.opened) << extra;
  }
  EXPECT_THAT(letters(LetterKind::acknowledgement), IsEmpty());
}

TEST_F(FrontDeskLetters, AgentsHearOnceOfAnAnswerThatWaits) {
  desk::TicketId const ticket = receive(Sketch{}).ticket;
  receive(answer_by("kari", ticket, "Pull the plug."));
  desk::Letter const answer = letters(LetterKind::answer, ticket).at(0);
  auto const busy = [&] {
    EXPECT_TRUE(front.record(
        answer, {desk::LetterState::queued, "421 come again", false, now + std::chrono::hours{1}}));
  };
  now += std::chrono::hours{3};
  busy();
  EXPECT_THAT(letters(LetterKind::happened), IsEmpty());
  now += std::chrono::hours{2};
  busy();
  ASSERT_THAT(letters(LetterKind::happened), SizeIs(1)) << "the ticket is Kari's";
  desk::Letter const told = letter_to("kari", LetterKind::happened, ticket);
  EXPECT_THAT(told.lines.at(0), HasSubstr("421 come again"));
  EXPECT_EQ(told.text, "Pull the plug.");
  now += std::chrono::hours{4};
  busy();
  EXPECT_THAT(letters(LetterKind::happened), SizeIs(1));
  EXPECT_TRUE(
      front.record(letters(LetterKind::acknowledgement, ticket).at(0),
                   {desk::LetterState::queued, "421 come again", false, now + std::chrono::hours{1}}));
  EXPECT_THAT(letters(LetterKind::happened), SizeIs(1)) << "nobody waits for an acknowledgement";
}

}  // namespace
}  // namespace spoc::daemon
