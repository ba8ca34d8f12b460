// SPDX-License-Identifier: GPL-3.0-or-later
// Rules over a real database: with the arrival's commit, with a tick, and in trials that leave nothing
// behind.
#include "store/levels.hpp"
#include "store/reminders.hpp"
#include "tests/daemon/desk_room.hpp"

namespace spoc::daemon {
namespace {

using desk::LetterKind;
using desk::Status;
using std::chrono::hours;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using tests::Sketch;

class RulesTest : public tests::DeskRoom {
 protected:
  desk::HouseRule& add(std::string name, std::string when) {
    desk::HouseRule rule;
    rule.name = std::move(name);
    rule.when = {std::move(when)};
    house.rules.push_back(std::move(rule));
    return house.rules.back();
  }
  /// What waits for its undo delay leaves.
  void leave() {
    now += house.undo_delay;
    ASSERT_TRUE(front.claim_letters("postman", 50));
  }
  std::vector<std::string> ruled(desk::TicketId id) {
    std::vector<std::string> out;
    for (desk::Trail const& one : ask([&](store::Tx& tx) { return store::trail_of(tx, id); }))
      if (one.what == "rule") out.push_back(one.detail);
    return out;
  }
};

TEST_F(RulesTest, ForgedMailIsTaggedByItsChecks) {
  house.authserv_ids = {"mx.example.org"};
  auto& rule = add("forged", "opened");
  rule.wanted.checks = {"dmarc=fail"};
  rule.then.tag = {"perhaps-forged"};
  rule.then.note = "Ask back another way.";
  auto const id =
      receive(
          Sketch{.id = "m1@example.net",
                 .extra = "Authentication-Results: mx.example.org; dmarc=fail header.from=example.net\r\n"})
          .ticket;
  EXPECT_THAT(ticket(id).tags, ElementsAre("perhaps-forged"));
  ASSERT_THAT(messages(id), SizeIs(2));
  EXPECT_EQ(messages(id)[1].kind, desk::MessageKind::note);
  EXPECT_THAT(ruled(id), ElementsAre("forged: tag perhaps-forged, note"));
  auto const honest =
      receive(Sketch{.subject = "Other", .text = "Another matter", .id = "m2@example.net"}).ticket;
  EXPECT_THAT(ruled(honest), IsEmpty());
}

TEST_F(RulesTest, AnAgentsAnswerAndAVisitorsLineBeginRulesToo) {
  add("answered", "answered").then.follow_up = hours{24};
  add("chat", "opened").then.priority = "P1";
  auto const id = receive(Sketch{.id = "m1@example.net"}).ticket;
  receive(answer_by("kari", id, "Turn it off."));
  leave();
  EXPECT_THAT(ask([&](store::Tx& tx) { return store::reminders_of(tx, id); }), SizeIs(1));
  auto const chat = receive(line("r1", "Hello?")).ticket;
  EXPECT_EQ(ticket(chat).priority, desk::Priority::p1);
}

TEST_F(RulesTest, AnAnswerThatWasTakenBackBeganNone) {
  auto& rule = add("answered", "answered");
  rule.then.letter = "how did we do?";
  rule.then.status = "waiting";
  auto const id = receive(Sketch{.id = "m1@example.net"}).ticket;
  receive(answer_by("kari", id, "Wrong window, sorry."));
  EXPECT_THAT(ruled(id), IsEmpty()) << "it may still be stopped";
  receive(answer_by("kari", id, "/cancel"));
  leave();
  EXPECT_THAT(ruled(id), IsEmpty());
  EXPECT_EQ(ticket(id).status, Status::open);
  receive(answer_by("kari", id, "Turn it off."));
  leave();
  leave();
  EXPECT_THAT(ruled(id), ElementsAre("answered: status waiting, letter")) << "once";
  EXPECT_EQ(ticket(id).status, Status::waiting);
  EXPECT_THAT(letters(LetterKind::rule, id), SizeIs(1));
}

TEST_F(RulesTest, ARuleOfAnswersSeesTheirWordsAndPassesTheTicketOn) {
  house.teams.push_back({"second line", {"sam"}});
  house.teams.back().assignment = desk::Assignment::round_robin;
  auto& rule = add("spare parts", "answered");
  rule.wanted.words = {"drum"};
  rule.then.team = "second line";
  auto const id = receive(Sketch{.id = "m1@example.net"}).ticket;
  receive(answer_by("kari", id, "Turn it off."));
  leave();
  EXPECT_THAT(ruled(id), IsEmpty()) << "these words do not hold it";
  receive(answer_by("kari", id, "A new drum will come."));
  leave();
  EXPECT_THAT(ruled(id), ElementsAre("spare parts: team second line, assign nobody"));
  EXPECT_EQ(ticket(id).team, "second line");
  EXPECT_EQ(ticket(id).assignee, "sam") << "by the team's policy";
  letter_to("sam", LetterKind::assigned, id);
}

TEST_F(RulesTest, WhatAVisitorReadsAtOnceBeginsThemAtOnce) {
  add("answered", "answered").then.tag = {"answered"};
  auto const chat = receive(line("r1", "Hello?", "ada@example.net")).ticket;
  now += house.chat_gathering;
  ASSERT_TRUE(front.gather());
  present = {"s1"};
  receive(answer_by("kari", chat, "Hello."));
  EXPECT_THAT(ticket(chat).tags, ElementsAre("answered"));
}

TEST_F(RulesTest, AButtonOfALetterBeginsThemAsAMailDoes) {
  add("over", "changed").wanted.statuses = {"closed"};
  house.rules.back().then.letter = "how did we do?";
  add("again", "changed").wanted.statuses = {"open"};
  house.rules.back().then.priority = "P1";
  auto const id = receive(Sketch{.id = "m1@example.net"}).ticket;
  receive(answer_by("kari", id, "/resolve\nTurn it off."));
  auto const answers = letters(LetterKind::answer, id);
  ASSERT_THAT(answers, SizeIs(1));
  ASSERT_TRUE(front.decide(answers[0].token, desk::Verdict::solved));
  ASSERT_TRUE(front.decide(answers[0].token, desk::Verdict::solved));
  EXPECT_EQ(ticket(id).status, Status::closed);
  EXPECT_THAT(ruled(id), ElementsAre("over: letter")) << "pressed twice it is one change";
  EXPECT_THAT(letters(LetterKind::rule, id), SizeIs(1));
  ASSERT_TRUE(front.decide(answers[0].token, desk::Verdict::unsolved));
  EXPECT_EQ(ticket(id).status, Status::open);
  EXPECT_THAT(ruled(id), ElementsAre("over: letter", "again: priority P1"));
}

TEST_F(RulesTest, AnArticleThatSolvedItAndTheEndOfAChatBeginThemToo) {
  add("over", "changed").wanted.statuses = {"resolved", "closed"};
  house.rules.back().then.tag = {"over"};
  auto mail = arrival(Sketch{.id = "m1@example.net"});
  mail.suggestions = {{"smoke", "Smoke", "en", 0.9, true, false}};
  auto const id = receive(mail).ticket;
  ASSERT_TRUE(front.solve_by(letters(LetterKind::acknowledgement, id).at(0).token, "smoke"));
  EXPECT_THAT(ticket(id).tags, ElementsAre("over"));
  auto const chat = receive(line("r1", "Hello?", "ada@example.net")).ticket;
  desk::Rated rated;
  rated.solved = true;
  ASSERT_TRUE(front.end_chat("s1", rated));
  EXPECT_EQ(ticket(chat).status, Status::resolved);
  EXPECT_THAT(ticket(chat).tags, ElementsAre("over"));
}

TEST_F(RulesTest, ABrokenRuleHoldsUpNoLetter) {
  add("answered", "answered").then.tag = {"answered"};
  auto const id = receive(Sketch{.id = "m1@example.net"}).ticket;
  receive(answer_by("kari", id, "Turn it off."));
  auto const spoilt = db.write("test", [&](store::Tx& tx) {
    tx.driver().run(
        "CREATE TRIGGER spoilt BEFORE UPDATE OF tags ON ticket BEGIN SELECT RAISE(ABORT, 'spoilt'); END");
  });
  ASSERT_TRUE(spoilt);
  now += house.undo_delay;
  auto const due = front.claim_letters("postman", 50);
  ASSERT_TRUE(due) << due.error().what;
  EXPECT_TRUE(std::any_of(due->begin(), due->end(),
                          [](desk::Letter const& one) { return one.kind == LetterKind::answer; }));
  EXPECT_THAT(ruled(id), IsEmpty());
  EXPECT_THAT(alarms, testing::Contains(HasSubstr("spoilt")));
}

TEST_F(RulesTest, ATickFiresARuleOfTimeOnce) {
  auto& rule = add("silent", "time");
  rule.after = hours{48};
  rule.wanted.statuses = {"open"};
  rule.then.status = "waiting";
  rule.then.letter = "do you still need us?";
  auto const id = receive(Sketch{.id = "m1@example.net"}).ticket;
  receive(answer_by("kari", id, "Turn it off."));
  auto const answered = now;
  auto const next = front.tick();
  ASSERT_TRUE(next);
  EXPECT_EQ(*next, answered + hours{48});
  now += hours{48};
  ASSERT_TRUE(front.tick());
  ASSERT_TRUE(front.tick());
  EXPECT_EQ(ticket(id).status, Status::waiting);
  EXPECT_THAT(letters(LetterKind::rule, id), SizeIs(1));
  EXPECT_THAT(ruled(id), ElementsAre("silent: status waiting, letter"));
}

TEST_F(RulesTest, ATrialWithAMailSaysWhatWouldBeAndLeavesNothing) {
  auto& rule = add("printers", "opened");
  rule.wanted.words = {"smokes"};
  rule.then.tag = {"printer"};
  add("fax", "opened").wanted.words = {"fax"};
  auto const before = counts();
  auto const firings = front.try_rules(arrival(Sketch{.id = "m1@example.net"}));
  ASSERT_TRUE(firings) << firings.error().what;
  EXPECT_THAT(*firings, ElementsAre(desk::Firing{"printers", "", {"tag printer"}},
                                    desk::Firing{"fax", "if.words", {}}));
  EXPECT_EQ(counts().tickets, before.tickets);
  EXPECT_EQ(counts().queued, before.queued);
  EXPECT_THAT(rung, IsEmpty());
  // What is in already is judged all the same.
  auto const known = arrival(Sketch{.id = "m2@example.net"});
  receive(known);
  auto const again = front.try_rules(known);
  ASSERT_TRUE(again) << again.error().what;
  EXPECT_THAT(*again, SizeIs(2));
}

TEST_F(RulesTest, TheRequestersBudgetCountsAndNoAgents) {
  add("answered", "answered").then.letter = "how did we do?";
  auto const id = receive(Sketch{.id = "m1@example.net"}).ticket;
  for (int i = 0; i < 7; ++i)
    receive(Sketch{.from = "eva" + std::to_string(i) + "@example.net",
                   .subject = "Lamp " + std::to_string(i),
                   .text = "Number " + std::to_string(i) + " is dark.",
                   .id = "e" + std::to_string(i) + "@example.net"});
  house.automatic_budget = 6;  // of which Kari has had eight notices
  receive(answer_by("kari", id, "Turn it off."));
  leave();
  EXPECT_THAT(letters(LetterKind::rule, id), SizeIs(1)) << "an agent's budget is not asked";
  house.automatic_budget = 2;  // the acknowledgement, and the rule's letter
  receive(answer_by("kari", id, "And on again."));
  leave();
  EXPECT_THAT(letters(LetterKind::rule, id), SizeIs(1)) << "the requester's is";
  EXPECT_THAT(ruled(id),
              ElementsAre("answered: letter", "answered: nothing written: a machine may not write to them"));
}

TEST_F(RulesTest, ATrialWithATicketPromisesNoLetterWhereNoneMayGo) {
  add("hello", "opened").then.letter = "hello";
  auto const id = receive(Sketch{.id = "m1@example.net"}).ticket;
  EXPECT_THAT(*front.try_rules(id), ElementsAre(desk::Firing{"hello", "", {"letter"}}));
  house.automatic_budget = 1;
  desk::Firing const silent{"hello", "", {"nothing written: a machine may not write to them"}};
  EXPECT_THAT(*front.try_rules(id), ElementsAre(silent));
  house.automatic_budget = 1000;
  auto const chat = receive(line("r1", "Hello?", "ada@example.net")).ticket;
  present = {"s1"};
  desk::Firing const line_there{"hello", "", {"letter, in the chat"}};
  EXPECT_THAT(*front.try_rules(chat), ElementsAre(line_there)) << "the visitor's chat is open";
}

TEST_F(RulesTest, ATrialWithAnAnswerToAListRingsForNothing) {
  house.digest = "07:00";
  auto const id = receive(Sketch{.id = "m1@example.net"}).ticket;
  now += hours{20};
  ASSERT_TRUE(front.tick());
  desk::Letter const list = letter_to("kari", LetterKind::digest);
  Sketch answer;
  answer.from = "kari@example.org";
  answer.to = desk::with_token("support@example.org", list.token);
  answer.text = "1 close";
  answer.id = "answer@agents.example";
  answer.references = {list.message_id};
  ASSERT_TRUE(front.try_rules(arrival(answer)));
  rung.clear();
  receive(
      Sketch{.from = "eva@example.net", .subject = "Lamp", .text = "It is dark.", .id = "m2@example.net"});
  EXPECT_THAT(rung, SizeIs(1)) << "of the mail alone";
  EXPECT_EQ(ticket(id).status, Status::fresh);
}

TEST_F(RulesTest, ARuleOfTimeSeesTheNewestMailFromOutside) {
  auto& rule = add("partner", "time");
  rule.after = hours{24};
  rule.wanted.from = {"example.net"};
  rule.wanted.words = {"smokes"};
  rule.wanted.files = "no";
  rule.then.tag = {"partner"};
  auto const id = receive(Sketch{.id = "m1@example.net"}).ticket;
  receive(answer_by("kari", id, "/take\n\nDoes it?"));
  now += hours{24};
  EXPECT_THAT(*front.try_rules(id), ElementsAre(desk::Firing{"partner", "", {"tag partner"}}));
  ASSERT_TRUE(front.tick());
  EXPECT_THAT(ticket(id).tags, ElementsAre("partner"));
  EXPECT_THAT(*front.try_rules(id), ElementsAre(desk::Firing{"partner", "when", {}}));
}

TEST_F(RulesTest, ATicketThatARuleRoutesIsAssignedByThatTeam) {
  house.teams[0].assignment = desk::Assignment::round_robin;
  house.teams.push_back({"second line", {"kari", "sam"}, "2", "", desk::Assignment::round_robin});
  auto& rule = add("printers", "opened");
  rule.wanted.words = {"smokes"};
  rule.then.team = "second line";
  auto const mine = receive(Sketch{.id = "m1@example.net"}).ticket;
  auto const next =
      receive(Sketch{.subject = "Another", .text = "It smokes too, elsewhere.", .id = "m2@example.net"})
          .ticket;
  EXPECT_EQ(ticket(mine).team, "second line");
  EXPECT_EQ(ticket(mine).assignee, "kari");
  EXPECT_EQ(ticket(next).assignee, "sam");
  auto const other =
      receive(
          Sketch{.from = "eva@example.net", .subject = "Lamp", .text = "It is dark.", .id = "m3@example.net"})
          .ticket;
  EXPECT_EQ(ticket(other).team, "first line");
  EXPECT_EQ(ticket(other).assignee, "kari") << "the first line's turn was not spent";
  auto const chat = receive(line("r1", "It smokes here.")).ticket;
  EXPECT_EQ(ticket(chat).assignee, "kari");
}

TEST_F(RulesTest, ATrialWithATicketLooksAtItAsItStands) {
  auto const id = receive(Sketch{.id = "m1@example.net"}).ticket;
  auto& rule = add("printers", "opened");
  rule.wanted.words = {"smokes"};
  rule.then.tag = {"printer"};
  auto const firings = front.try_rules(id);
  ASSERT_TRUE(firings) << firings.error().what;
  EXPECT_THAT(*firings, ElementsAre(desk::Firing{"printers", "", {"tag printer"}}));
  EXPECT_THAT(ticket(id).tags, IsEmpty());
  auto const missing = front.try_rules(desk::TicketId{99999});
  ASSERT_FALSE(missing);
  EXPECT_THAT(missing.error().what, HasSubstr("99999"));
}

}  // namespace
}  // namespace spoc::daemon
