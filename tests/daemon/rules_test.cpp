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
  EXPECT_THAT(ask([&](store::Tx& tx) { return store::reminders_of(tx, id); }), SizeIs(1));
  auto const chat = receive(line("r1", "Hello?")).ticket;
  EXPECT_EQ(ticket(chat).priority, desk::Priority::p1);
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
