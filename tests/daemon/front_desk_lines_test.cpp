// SPDX-License-Identifier: GPL-3.0-or-later
// Lines, third parties, merging, splitting and undoing at the front desk, over a real database.
#include "store/outbox.hpp"
#include "store/webhook_calls.hpp"
#include "tests/daemon/desk_room.hpp"

namespace spoc::daemon {
namespace {

using desk::LetterKind;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using tests::Sketch;

class FrontDeskLines : public tests::DeskRoom {
 protected:
  FrontDeskLines() {
    house.teams = {{"first line", {"sam"}, "1", "second line"}, {"second line", {"kari"}, "2", ""}};
  }
  Sketch reply_to(desk::Letter const& letter, std::string const& from, std::string const& text) {
    Sketch out;
    out.from = from;
    out.to = desk::with_token("support@example.org", letter.token);
    out.subject = "Re: hello";
    out.text = text;
    out.id = "reply" + std::to_string(uid) + "@people.example";
    out.references = {letter.message_id};
    return out;
  }
  /// The postman has been: everything queued is sent.
  void send_all() {
    now += std::chrono::minutes{1};
    auto const due = front.claim_letters("test", 100);
    ASSERT_TRUE(due);
    for (desk::Letter const& one : *due)
      ASSERT_TRUE(front.record(one, {desk::LetterState::sent, "250", false, {}}));
  }
  std::vector<std::string> trail(desk::TicketId id) {
    std::vector<std::string> out;
    for (desk::Trail const& one : ask([&](store::Tx& tx) { return store::trail_of(tx, id); }))
      out.push_back(one.what);
    return out;
  }
};

TEST_F(FrontDeskLines, AnIncidentGoesThroughBothLinesAndASupplier) {
  desk::TicketId const id = receive(Sketch{.id = "m1@example.net"}).ticket;
  receive(answer_by("sam", id, "/escalate it is not the cable\nI changed the toner."));
  EXPECT_EQ(ticket(id).team, "second line");
  EXPECT_EQ(ticket(id).first_agent, "sam");

  desk::Letter const passed = letter_to("kari", LetterKind::assigned, id);
  receive(reply_to(passed, "kari@example.org", "/take\n/ask help@example.com Is there a spare drum?"));
  ASSERT_THAT(letters(LetterKind::asked), SizeIs(1));
  desk::News const answer =
      receive(reply_to(letters(LetterKind::asked)[0], "Help <help@example.com>", "Yes, it is on its way."));
  EXPECT_EQ(answer.ticket, id);
  EXPECT_EQ(answer.messages.at(0).kind, desk::MessageKind::note);
  EXPECT_EQ(letter_to("kari", LetterKind::replied, id).to.address, "kari@example.org");
  EXPECT_THAT(letters(LetterKind::answer), IsEmpty()) << "nothing has gone to the requester so far";

  receive(reply_to(passed, "kari@example.org", "/resolve\nA new drum is in."));
  EXPECT_EQ(ticket(id).status, desk::Status::resolved);
  EXPECT_EQ(ticket(id).team, "first line");
  EXPECT_EQ(ticket(id).assignee, "sam");
  EXPECT_THAT(letter_to("sam", LetterKind::happened, id).text, HasSubstr("new drum"));

  receive(reply_to(letters(LetterKind::answer)[0], "ola@example.net", "No, it still smokes."));
  EXPECT_EQ(ticket(id).status, desk::Status::open);
  EXPECT_EQ(letter_to("sam", LetterKind::wrote, id).to.address, "sam@example.org");
  EXPECT_THAT(trail(id), testing::IsSupersetOf({"escalated", "asked", "replied", "status", "reopened"}));
}

TEST_F(FrontDeskLines, AThirdPartysAnswerWithoutTheAddressIsStillANote) {
  desk::TicketId const id = receive(Sketch{}).ticket;
  receive(answer_by("sam", id, "/ask help@example.com Spare drum?"));
  Sketch answer = reply_to(letters(LetterKind::asked)[0], "help@example.com", "Yes.");
  answer.to = "support@example.org";  // the client dropped the sub-address; the thread is left
  EXPECT_EQ(receive(answer).ticket, id);
  EXPECT_EQ(messages(id).back().kind, desk::MessageKind::note);
  EXPECT_THAT(ticket(id).participants, SizeIs(1)) << "the third party takes no part";
}

TEST_F(FrontDeskLines, MergingKeepsEveryMessageAndOldTokensLeadThere) {
  desk::TicketId const first = receive(Sketch{.id = "m1@example.net"}).ticket;
  desk::TicketId const second = receive(Sketch{.from = "Eva <eva@example.net>",
                                               .subject = "Smoke in room 12",
                                               .text = "It smokes.",
                                               .id = "m2@example.net"})
                                    .ticket;
  desk::Letter acknowledged;
  for (auto const& one : letters(LetterKind::acknowledgement, second)) acknowledged = one;
  std::string const number = std::to_string(desk::number(first));
  receive(answer_by("sam", second, "/merge " + number));
  EXPECT_EQ(ticket(second).id, first);
  EXPECT_THAT(messages(first), SizeIs(2));
  ASSERT_THAT(ticket(first).copies, SizeIs(1));
  EXPECT_EQ(ticket(first).copies[0].address, "eva@example.net");
  EXPECT_EQ(receive(reply_to(acknowledged, "eva@example.net", "Still smoking.")).ticket, first);
  EXPECT_EQ(receive(Sketch{.from = "eva@example.net",
                           .subject = "Re: x",
                           .text = "More.",
                           .references = {"m2@example.net"}})
                .ticket,
            first);

  receive(answer_by("sam", first, "A new one comes tomorrow."));
  EXPECT_THAT(letters(LetterKind::answer), SizeIs(2)) << "both are answered";
  // The other way round would be a circle.
  desk::Letter const notice = letters(LetterKind::opened).back();
  receive(reply_to(notice, "sam@example.org", "/merge " + std::to_string(desk::number(second))));
  EXPECT_THAT(letters(LetterKind::refusal), SizeIs(1));
  EXPECT_THAT(ask([](store::Tx& tx) { return store::list_tickets(tx, {}); }), SizeIs(1));
}

TEST_F(FrontDeskLines, ANoticeOfAMergedTicketOffersWhatItShowed) {
  desk::Arrival toner = arrival(Sketch{.id = "m1@example.net"});
  toner.suggestions = {{"toner", "Toner", "en", 0.9, true, false}};
  desk::TicketId const first = receive(toner).ticket;
  desk::Arrival smoke =
      arrival(Sketch{.from = "eva@example.net", .subject = "Smoke", .id = "m2@example.net"});
  smoke.suggestions = {{"smoke", "Smoke", "en", 0.9, true, false}};
  desk::TicketId const second = receive(smoke).ticket;
  desk::Letter const notice = letter_to("sam", LetterKind::opened, second);
  receive(answer_by("sam", second, "/merge " + std::to_string(desk::number(first))));
  receive(reply_to(notice, "sam@example.org", "/use 1\nTry this."));
  auto const answers = letters(LetterKind::answer, first);
  ASSERT_FALSE(answers.empty());
  ASSERT_THAT(answers[0].articles, SizeIs(1));
  EXPECT_EQ(answers[0].articles[0].article, "smoke");
}

TEST_F(FrontDeskLines, SplittingMovesTheMessageAndItsThread) {
  desk::TicketId const first = receive(Sketch{.id = "m1@example.net"}).ticket;
  receive(Sketch{.subject = "And the scanner",
                 .text = "It scans nothing.",
                 .id = "m2@example.net",
                 .references = {"m1@example.net"}});
  desk::Letter const wrote = letter_to("sam", LetterKind::wrote, first);
  receive(reply_to(wrote, "sam@example.org", "/split"));
  EXPECT_THAT(messages(first), SizeIs(1));
  auto const all = ask([](store::Tx& tx) { return store::list_tickets(tx, {}); });
  ASSERT_THAT(all, SizeIs(2));
  desk::TicketId const second = all[0].id == first ? all[1].id : all[0].id;
  EXPECT_EQ(ticket(second).subject, "And the scanner");
  EXPECT_EQ(ticket(second).related, first);
  ASSERT_THAT(messages(second), SizeIs(1));
  EXPECT_EQ(receive(Sketch{.subject = "x", .text = "More.", .references = {"m2@example.net"}}).ticket,
            second);
  receive(reply_to(letter_to("sam", LetterKind::opened, second), "sam@example.org", "We come."));
  EXPECT_THAT(letters(LetterKind::answer, second), SizeIs(1));
}

TEST_F(FrontDeskLines, RulesAndPolicySeeATicketThatWasSplitOff) {
  house.agents.push_back({"eva", "Eva Eksempel", {"eva@example.org"}, "en"});
  house.teams.push_back({"scanners", {"kari", "eva"}});
  house.teams.back().assignment = desk::Assignment::round_robin;
  desk::HouseRule rule;
  rule.name = "scans";
  rule.when = {"opened"};
  rule.wanted.words = {"scans"};
  rule.then.team = "scanners";
  rule.then.note = "Ask which scanner.";
  rule.then.letter = "somebody looks at your scanner tomorrow";
  rule.then.follow_up = std::chrono::hours{4};
  rule.then.webhook = "pager";
  house.rules = {rule};
  house.webhooks = {{"pager", "https://example.com/", "secret", {"ticket.opened", "message.received"}}};
  desk::TicketId const first = receive(Sketch{.id = "m1@example.net"}).ticket;
  receive(Sketch{.subject = "And the scanner",
                 .text = "It scans nothing.",
                 .id = "m2@example.net",
                 .references = {"m1@example.net"}});
  receive(reply_to(letter_to("sam", LetterKind::wrote, first), "sam@example.org", "/take"));
  auto const rings = rung.size();
  receive(reply_to(letter_to("sam", LetterKind::wrote, first), "sam@example.org", "/split"));
  ASSERT_THAT(rung, SizeIs(rings + 2)) << "the old ticket's news and the new one's";
  desk::TicketId const second = rung.back().ticket == first ? rung[rings].ticket : rung.back().ticket;
  ASSERT_NE(second, first);
  EXPECT_EQ(ticket(second).team, "scanners");
  EXPECT_EQ(ticket(second).assignee, "kari") << "whose turn it is there";
  EXPECT_EQ(ticket(first).assignee, "sam");
  EXPECT_EQ(ticket(first).team, "first line");
  EXPECT_THAT(letters(LetterKind::opened, second), SizeIs(1));
  letter_to("kari", LetterKind::opened, second);
  EXPECT_THAT(letters(LetterKind::rule, second), SizeIs(1));
  ASSERT_THAT(messages(second), SizeIs(2));
  EXPECT_EQ(messages(second)[1].text, "Ask which scanner.");
  EXPECT_THAT(messages(first), SizeIs(1));
  EXPECT_THAT(trail(second), testing::ElementsAre("opened", "assigned", "rule", "assigned"));
  std::vector<std::string> calls;
  for (auto const& one : ask([](store::Tx& tx) { return store::list_calls(tx, "", 50); }))
    if (one.ticket == second) calls.insert(calls.begin(), one.event);
  EXPECT_THAT(calls, testing::ElementsAre("ticket.opened", "rule.fired"));
}

TEST_F(FrontDeskLines, AnOlderNoticeOfASplitMessageLeadsToItsOwnTicket) {
  desk::TicketId const first = receive(Sketch{.id = "m1@example.net"}).ticket;
  desk::Letter copied = letter_to("sam", LetterKind::opened, first);
  receive(reply_to(copied, "sam@example.org", "/cc eva@example.com"));
  receive(Sketch{.from = "Eva <eva@example.com>",
                 .subject = "Re: The printer smokes",
                 .text = "And my scanner is broken.",
                 .id = "m2@example.com",
                 .references = {"m1@example.net"}});
  desk::Letter const wrote = letter_to("sam", LetterKind::wrote, first);
  receive(reply_to(wrote, "sam@example.org", "/split"));
  receive(reply_to(wrote, "sam@example.org", "Your scanner is mended."));
  auto const answers = letters(LetterKind::answer);
  ASSERT_THAT(answers, SizeIs(1)) << "Ola hears nothing of Eva's matter";
  EXPECT_EQ(answers[0].to.address, "eva@example.com");
  EXPECT_NE(answers[0].ticket, first);
}

TEST_F(FrontDeskLines, ASuppliersAnswerFollowsAMerge) {
  desk::TicketId const first = receive(Sketch{.id = "m1@example.net"}).ticket;
  desk::TicketId const second =
      receive(Sketch{.from = "eva@example.net", .subject = "Smoke", .id = "m2@example.net"}).ticket;
  receive(answer_by("sam", second, "/ask help@example.com Spare drum?"));
  receive(answer_by("sam", second, "/merge " + std::to_string(desk::number(first))));
  desk::News const answer = receive(reply_to(letters(LetterKind::asked)[0], "help@example.com", "Yes."));
  EXPECT_EQ(answer.ticket, first);
  EXPECT_EQ(messages(first).back().kind, desk::MessageKind::note);
}

TEST_F(FrontDeskLines, UndoGivesBackCopiesLinksAndRequester) {
  desk::TicketId const id = receive(Sketch{.id = "m1@example.net"}).ticket;
  desk::TicketId const other = receive(Sketch{.from = "eva@example.net", .subject = "Scanner"}).ticket;
  auto const whole = ticket(id);
  receive(answer_by(
      "sam", id,
      "/requester eva@example.net\n/cc bob@example.com\n/link " + std::to_string(desk::number(other))));
  EXPECT_EQ(ticket(id).requester_address.address, "eva@example.net");
  EXPECT_EQ(ticket(id).related, other);
  receive(answer_by("sam", id, "/undo"));
  EXPECT_EQ(ticket(id).requester, whole.requester);
  EXPECT_EQ(ticket(id).requester_address.address, "ola@example.net");
  EXPECT_THAT(ticket(id).copies, IsEmpty());
  EXPECT_THAT(ticket(id).participants, SizeIs(1)) << "neither takes part any more";
  EXPECT_FALSE(ticket(id).related);
}

TEST_F(FrontDeskLines, UndoGivesBackTheLanguageThatNoContactHas) {
  desk::TicketId const id = receive(Sketch{.id = "m1@example.net"}).ticket;
  ASSERT_TRUE(db.write("test", [](store::Tx& tx) { tx.driver().run("UPDATE contact SET language = ''"); }));
  std::string const before = ticket(id).language;
  house.mailboxes[0].language = before == "nb" ? "en" : "nb";
  receive(answer_by("sam", id, "/requester nina@example.com"));
  EXPECT_EQ(ticket(id).language, house.mailboxes[0].language);
  receive(answer_by("sam", id, "/undo"));
  EXPECT_EQ(ticket(id).language, before);
}

TEST_F(FrontDeskLines, WhatACopiedPersonWroteIsSplitOffInTheirLanguage) {
  desk::TicketId const first = receive(Sketch{.id = "m1@example.net"}).ticket;
  receive(answer_by("sam", first, "/cc eva@example.com"));
  receive(Sketch{.from = "Eva <eva@example.com>",
                 .subject = "Re: The printer smokes",
                 .text = "And my scanner is broken.",
                 .id = "m2@example.com",
                 .references = {"m1@example.net"}});
  ASSERT_TRUE(db.write("test", [](store::Tx& tx) {
    tx.driver().run("UPDATE contact SET language = 'zh-Hant' WHERE name = 'Eva'");
  }));
  receive(reply_to(letter_to("sam", LetterKind::wrote, first), "sam@example.org", "/split"));
  auto const all = ask([](store::Tx& tx) { return store::list_tickets(tx, {}); });
  ASSERT_THAT(all, SizeIs(2));
  desk::Ticket const& second = all[0].id == first ? all[1] : all[0];
  EXPECT_EQ(second.requester_address.address, "eva@example.com");
  EXPECT_EQ(second.language, "zh-Hant");
}

TEST_F(FrontDeskLines, SplittingTakesTheNoteOfThePassedOnMailAlong) {
  desk::TicketId const first = receive(Sketch{.id = "m1@example.net"}).ticket;
  receive(Sketch{.from = "Kari Eksempel <kari@example.org>",
                 .subject = "Fwd: [#" + std::to_string(desk::number(first)) + "] And the scanner",
                 .text = "For you.\n\n-------- Forwarded Message --------\nSubject: And the scanner\n"
                         "Date: Thu, 19 Nov 2026 12:00:00 +0000\nFrom: Ola Testmann <ola@example.net>\n"
                         "To: kari@example.org\n\nIt scans nothing.",
                 .id = "m2@example.org",
                 .references = {"m1@example.net"}});
  ASSERT_THAT(messages(first), SizeIs(3));
  receive(reply_to(letter_to("sam", LetterKind::wrote, first), "sam@example.org", "/split"));
  EXPECT_THAT(messages(first), SizeIs(1)) << "a raw mail is in one ticket only";
}

TEST_F(FrontDeskLines, UndoStopsTheLetterThatWaitsAndOpensAgain) {
  desk::TicketId const id = receive(Sketch{}).ticket;
  receive(answer_by("sam", id, "/close\n/tag smoke\n/impact high"));
  ASSERT_EQ(ticket(id).status, desk::Status::closed);
  receive(answer_by("sam", id, "/undo"));
  EXPECT_EQ(ticket(id).status, desk::Status::fresh);
  EXPECT_THAT(ticket(id).tags, IsEmpty());
  EXPECT_EQ(ticket(id).impact, desk::Level::medium);
  EXPECT_EQ(ticket(id).priority, desk::Priority::p3);
  EXPECT_EQ(letters(LetterKind::closed)[0].state, desk::LetterState::cancelled);
  receive(answer_by("sam", id, "/undo "));
  EXPECT_THAT(letters(LetterKind::refusal), SizeIs(1)) << "twice is once";
}

TEST_F(FrontDeskLines, UndoSaysWhatHasLeft) {
  desk::TicketId const id = receive(Sketch{}).ticket;
  receive(answer_by("sam", id, "/close"));
  send_all();
  receive(answer_by("sam", id, "/undo"));
  EXPECT_EQ(ticket(id).status, desk::Status::fresh);
  auto const lines = letters(LetterKind::receipt).front().lines;
  EXPECT_THAT(lines, Contains(HasSubstr("can't be unsent")));
}

TEST_F(FrontDeskLines, AnotherRequesterIsAnotherContact) {
  desk::TicketId const id = receive(Sketch{}).ticket;
  receive(answer_by("sam", id, "/requester eva@example.net\n/cc ola@example.net\nHello both."));
  EXPECT_EQ(ticket(id).requester_address.address, "eva@example.net");
  EXPECT_THAT(ticket(id).copies, SizeIs(1));
  EXPECT_THAT(letters(LetterKind::answer), SizeIs(2));
  EXPECT_EQ(receive(Sketch{.text = "Thank you, and one thing more."}).opened, true)
      << "Ola is still a person of his own";
}

/// One command mail, and what each person received for it: forged, late, double, conflicting.
TEST_F(FrontDeskLines, WhatEachPersonReceives) {
  desk::TicketId const id = receive(Sketch{}).ticket;
  auto const received = [&](std::string const& address) {
    auto const all = ask([](store::Tx& tx) { return store::list_letters(tx, {{}, {}, 1000}); });
    std::string out;
    for (desk::Letter const& one : all)
      if (one.to.address == address) out = std::string{desk::name(one.kind)} + " " + out;
    return out;
  };
  EXPECT_EQ(received("sam@example.org"), "opened ");
  EXPECT_EQ(received("kari@example.org"), "");

  Sketch forged = answer_by("sam", id, "/escalate\nI want line 2");
  forged.from = "mallory@example.com";
  receive(forged);
  EXPECT_EQ(received("sam@example.org"), "opened refusal ") << "the owner of the token is told";
  EXPECT_EQ(received("mallory@example.com"), "");
  EXPECT_EQ(received("kari@example.org"), "");

  receive(answer_by("sam", id, "/take\n/clsoe"));
  EXPECT_EQ(received("sam@example.org"), "opened refusal refusal ");

  desk::Arrival const once = arrival(answer_by("sam", id, "/take\n/impact high"));
  receive(once);
  EXPECT_TRUE(receive(once).duplicate);
  EXPECT_EQ(received("sam@example.org"), "opened refusal refusal receipt ") << "a double is one";

  receive(answer_by("sam", id, "/escalate it burns"));
  EXPECT_EQ(received("kari@example.org"), "assigned ");
  receive(answer_by("sam", id, "/undo\n/close"));
  EXPECT_EQ(received("sam@example.org"), "opened refusal refusal receipt receipt refusal ");
  EXPECT_EQ(received("ola@example.net"), "acknowledgement ") << "commands alone never write to the requester";
}

}  // namespace
}  // namespace spoc::daemon
