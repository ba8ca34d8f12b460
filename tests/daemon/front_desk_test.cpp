// SPDX-License-Identifier: GPL-3.0-or-later
// Mail at the front desk: new tickets, known mails, threads, agents' answers, and one bad mail among good
// ones.
#include "daemon/black_box.hpp"
#include "daemon/corridor.hpp"
#include "store/blobs.hpp"
#include "store/ledger.hpp"
#include "tests/daemon/desk_room.hpp"

namespace spoc::daemon {
namespace {

using desk::LetterKind;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using tests::Sketch;

class FrontDeskMail : public tests::DeskRoom {};

TEST_F(FrontDeskMail, OpensATicketAndWritesLetters) {
  desk::News const news = receive(Sketch{});
  EXPECT_TRUE(news.opened);
  EXPECT_EQ(news.rule, "new");
  EXPECT_EQ(news.letters, 3U);
  ASSERT_THAT(news.messages, SizeIs(1));
  EXPECT_NE(news.messages[0].id, desk::MessageId{});
  EXPECT_EQ(ticket(news.ticket).subject, "The printer smokes");
  EXPECT_EQ(ticket(news.ticket).team, "first line");
  ASSERT_THAT(letters(LetterKind::acknowledgement), SizeIs(1));
  EXPECT_EQ(letters(LetterKind::acknowledgement)[0].to.address, "ola@example.net");
  EXPECT_EQ(letter_to("kari", LetterKind::opened).to.address, "kari@example.org");
  EXPECT_EQ(letter_to("sam", LetterKind::opened).to.address, "sam@example.org");
  ASSERT_THAT(rung, SizeIs(1));
  EXPECT_EQ(rung[0].ticket, news.ticket);
}

TEST_F(FrontDeskMail, SameArrivalTwiceIsOneTicket) {
  desk::Arrival const mail = arrival({});
  receive(mail);
  desk::News const again = receive(mail);
  EXPECT_TRUE(again.duplicate);
  EXPECT_FALSE(again.opened);
  EXPECT_EQ(counts().tickets, 1);
  EXPECT_EQ(counts().messages, 1);
}

TEST_F(FrontDeskMail, SameBytesTwiceInOneBatchAreOneTicket) {
  std::vector<desk::Arrival> const batch{arrival({}), arrival({})};
  auto const all = front.receive(batch);
  ASSERT_TRUE(all);
  EXPECT_FALSE(all->at(0).duplicate);
  EXPECT_TRUE(all->at(1).duplicate);
  EXPECT_EQ(counts().tickets, 1);
}

TEST_F(FrontDeskMail, SameBytesAtANewUidAreOneTicket) {
  desk::Arrival mail = arrival({});
  receive(mail);
  mail.place = {"support", 8, 1, ""};  // UIDVALIDITY has changed
  EXPECT_TRUE(receive(mail).duplicate);
  EXPECT_EQ(counts().tickets, 1);
  EXPECT_EQ(ask([](store::Tx& tx) { return store::highest_uid(tx, "support", 8); }), 1U);
}

TEST_F(FrontDeskMail, SameMailByListAndDirectlyIsOneTicket) {
  receive(Sketch{.id = "m1@example.net"});
  desk::News const again =
      receive(Sketch{.id = "m1@example.net", .extra = "Received: from list.example.net\r\n"});
  EXPECT_TRUE(again.duplicate);
  EXPECT_EQ(counts().tickets, 1);
}

TEST_F(FrontDeskMail, MailWithoutASenderIsKeptAll) {
  desk::News const news = receive(Sketch{.from = ""});
  EXPECT_TRUE(news.opened);
  EXPECT_THAT(letters(LetterKind::acknowledgement), IsEmpty());
  EXPECT_THAT(letters(LetterKind::opened), SizeIs(2));
}

// ---- threads ----------------------------------------------------------------------------------------------

TEST_F(FrontDeskMail, ReplyThreadsByToken) {
  desk::TicketId const first = receive(Sketch{.id = "m1@example.net"}).ticket;
  desk::Letter const acknowledgement = letters(LetterKind::acknowledgement)[0];
  // From another address and without references: the token alone says where it belongs.
  desk::News const news = receive(Sketch{.from = "ola@home.example",
                                         .to = desk::with_token("support@example.org", acknowledgement.token),
                                         .subject = "hello",
                                         .text = "Still smoking."});
  EXPECT_EQ(news.ticket, first);
  EXPECT_EQ(news.rule, "token");
  EXPECT_FALSE(news.opened);
  EXPECT_THAT(letters(LetterKind::wrote, first), SizeIs(2));
}

TEST_F(FrontDeskMail, ReplyThreadsByReference) {
  desk::TicketId const first = receive(Sketch{.id = "m1@example.net"}).ticket;
  desk::News const news =
      receive(Sketch{.subject = "hello", .text = "Still smoking.", .references = {"m1@example.net"}});
  EXPECT_EQ(news.ticket, first);
  EXPECT_EQ(news.rule, "reference");
  EXPECT_THAT(messages(first), SizeIs(2));
}

TEST_F(FrontDeskMail, StrangersNumberOpensARelatedTicket) {
  desk::TicketId const first = receive(Sketch{}).ticket;
  std::string const number = std::to_string(desk::number(first));
  desk::News const news = receive(Sketch{
      .from = "eve@example.com", .subject = "Re: [#" + number + "] printer", .text = "What does he write?"});
  EXPECT_TRUE(news.opened);
  EXPECT_NE(news.ticket, first);
  EXPECT_EQ(ticket(news.ticket).related, first);
  EXPECT_THAT(messages(first), SizeIs(1));
}

TEST_F(FrontDeskMail, ExplainsWithoutWriting) {
  desk::TicketId const first = receive(Sketch{.id = "m1@example.net"}).ticket;
  Sketch const reply{.text = "More.", .references = {"m1@example.net"}};
  auto const match = front.explain(parser::read_mail(tests::raw_mail(reply)));
  ASSERT_TRUE(match);
  EXPECT_EQ(match->rule, desk::Rule::reference);
  EXPECT_EQ(match->ticket, first);
  EXPECT_THAT(match->reasons, Contains(HasSubstr("m1@example.net")));
  EXPECT_EQ(counts().messages, 1);
}

TEST_F(FrontDeskMail, ReplyLongAfterTheEndOpensALinkedTicket) {
  desk::TicketId const first = receive(Sketch{.id = "m1@example.net"}).ticket;
  receive(answer_by("sam", first, "/close\n"));
  ASSERT_EQ(ticket(first).status, desk::Status::closed);
  now += house.reopen_window + std::chrono::hours{1};
  desk::News const news = receive(Sketch{.text = "It smokes again.", .references = {"m1@example.net"}});
  EXPECT_TRUE(news.opened);
  EXPECT_EQ(ticket(news.ticket).related, first);
}

// ---- agents -----------------------------------------------------------------------------------------------

TEST_F(FrontDeskMail, AgentsAnswerReachesTheOutbox) {
  desk::TicketId const first = receive(Sketch{}).ticket;
  desk::News const news = receive(answer_by("kari", first, "/tag printer\n\nPull the plug."));
  EXPECT_EQ(news.ticket, first);
  ASSERT_THAT(letters(LetterKind::answer), SizeIs(1));
  desk::Letter const answer = letters(LetterKind::answer)[0];
  EXPECT_EQ(answer.to.address, "ola@example.net");
  EXPECT_EQ(answer.text, "Pull the plug.");
  EXPECT_EQ(answer.due, now + house.undo_delay);
  EXPECT_EQ(ticket(first).assignee, "kari");
  EXPECT_EQ(ticket(first).status, desk::Status::open);
  EXPECT_THAT(letter_to("kari", LetterKind::receipt).lines,
              Contains(AllOf(HasSubstr("tagged"), HasSubstr("printer"))));
}

TEST_F(FrontDeskMail, CancelStopsTheAnswerThatWaits) {
  desk::TicketId const first = receive(Sketch{}).ticket;
  receive(answer_by("kari", first, "Pull the plug."));
  now += std::chrono::seconds{10};
  receive(answer_by("kari", first, "/cancel\n"));
  EXPECT_EQ(letters(LetterKind::answer)[0].state, desk::LetterState::cancelled);
}

TEST_F(FrontDeskMail, SecondAnswerByAColleagueIsHeld) {
  desk::TicketId const first = receive(Sketch{}).ticket;
  Sketch const late = answer_by("sam", first, "Use the other printer.");
  now += std::chrono::minutes{1};
  receive(answer_by("kari", first, "Pull the plug."));
  receive(late);
  EXPECT_THAT(letters(LetterKind::answer), SizeIs(1));
  EXPECT_THAT(letter_to("sam", LetterKind::refusal).lines,
              Contains(AllOf(HasSubstr("answered at"), HasSubstr("Kari Eksempel"))));
}

TEST_F(FrontDeskMail, SoItIsWhereARelayWritesMessageIdsAnew) {
  desk::TicketId const first = receive(Sketch{}).ticket;
  Sketch late = answer_by("sam", first, "Use the other printer.");
  late.references = {"0100018c@relay.example"};
  now += std::chrono::minutes{1};
  Sketch early = answer_by("kari", first, "Pull the plug.");
  early.references = {"0100018d@relay.example"};
  receive(early);
  receive(late);
  EXPECT_THAT(letters(LetterKind::answer), SizeIs(1));
  EXPECT_THAT(letter_to("sam", LetterKind::refusal).lines, Contains(HasSubstr("answered at")));
}

TEST_F(FrontDeskMail, WordsOfAHandOverDoNotCrossTheAnswerToIt) {
  desk::TicketId const first = receive(Sketch{}).ticket;
  receive(answer_by("sam", first, "/assign kari\nKari knows printers."));
  desk::Letter const given = letter_to("kari", LetterKind::assigned);
  Sketch answer = answer_by("kari", first, "Pull the plug.");
  answer.references = {given.message_id};
  receive(answer);
  EXPECT_THAT(letters(LetterKind::refusal), testing::IsEmpty());
  EXPECT_THAT(letters(LetterKind::answer), SizeIs(2));
}

TEST_F(FrontDeskMail, ForgedAgentIsRefused) {
  desk::TicketId const first = receive(Sketch{}).ticket;
  Sketch forged = answer_by("kari", first, "/close\n\nSend me your password.");
  forged.from = "mallory@example.com";
  receive(forged);
  EXPECT_THAT(letters(LetterKind::answer), IsEmpty());
  EXPECT_EQ(ticket(first).status, desk::Status::fresh);
  ASSERT_THAT(messages(first), SizeIs(2));
  EXPECT_EQ(messages(first)[1].kind, desk::MessageKind::note);
  desk::Letter const told = letter_to("kari", LetterKind::refusal);
  EXPECT_THAT(told.text, HasSubstr("Send me your password."));
  EXPECT_THAT(alarms, ElementsAre(HasSubstr("mallory@example.com")));
}

TEST_F(FrontDeskMail, ColleaguesTokenIsRefused) {
  desk::TicketId const first = receive(Sketch{}).ticket;
  Sketch borrowed = answer_by("kari", first, "Pull the plug.");
  borrowed.from = "sam@example.org";
  receive(borrowed);
  EXPECT_THAT(letters(LetterKind::answer), IsEmpty());
  EXPECT_THAT(letter_to("sam", LetterKind::refusal).lines, testing::Not(IsEmpty()));
}

// ---- trouble ----------------------------------------------------------------------------------------------

TEST_F(FrontDeskMail, OneBadArrivalOfTenHurtsNoOther) {
  desk::Arrival first = arrival({});
  first.suggestions = {{"plug", "Plugs", "en", 0.9, true, false}};
  desk::TicketId const ticket = receive(first).ticket;
  rung.clear();
  article_is_broken = true;  // only an agent's mail to a ticket with articles asks for them
  std::vector<desk::Arrival> batch;
  for (int i = 0; i < 10; ++i) {
    std::string const count = std::to_string(i);
    batch.push_back(i == 4 ? arrival(answer_by("kari", ticket, "/use 1\n"))
                           : arrival({.from = "p" + count + "@example.net", .subject = "Trouble " + count}));
  }
  auto const all = front.receive(batch);
  ASSERT_TRUE(all) << all.error().what;
  ASSERT_THAT(*all, SizeIs(10));
  for (std::size_t i = 0; i < 10; ++i) EXPECT_EQ(all->at(i).quarantined, i == 4) << i;
  EXPECT_EQ(counts().tickets, 1 + 10);  // the bad one is shown as a ticket, too
  EXPECT_EQ(counts().quarantined, 1);
  EXPECT_THAT(rung, SizeIs(10));
  EXPECT_THAT(alarms, ElementsAre(HasSubstr("quarantine: ")));
  auto const aside = ask([](store::Tx& tx) { return store::quarantine(tx, false); });
  ASSERT_THAT(aside, SizeIs(1));
  EXPECT_EQ(aside[0].hash, batch[4].hash);
  EXPECT_THAT(aside[0].reason, HasSubstr("the shelf fell down"));
  EXPECT_EQ(ask([&](store::Tx& tx) { return store::find_blob(tx, batch[4].hash); }), batch[4].raw);
  EXPECT_TRUE(receive(batch[4]).duplicate) << "it must not come again and again";
}

TEST_F(FrontDeskMail, TheBytesOfAnAttachmentAreKeptOnce) {
  std::string const picture(50'000, '\x89');
  std::string raw =
      "From: ola@example.net\r\nTo: support@example.com\r\nSubject: Screen\r\nMIME-Version: 1.0\r\n"
      "Content-Type: image/png; name=screen.png\r\nContent-Transfer-Encoding: base64\r\n\r\n";
  desk::append_base64(raw, picture, {76, true});
  raw += "\r\n";
  BlackBox box{folder.path() / "reading"};
  Corridor corridor{"", box, {}, false};
  desk::Arrival const arrival = corridor.take({{"support", 7, 1, ""}, raw, now});
  EXPECT_TRUE(receive(arrival).opened);
  std::int64_t kept = 0;
  ask([&](store::Tx& tx) {
    tx.driver().run("SELECT SUM(LENGTH(bytes)) FROM blob", {},
                    [&](store::Row const& row) { kept = row.integer(0); });
    return 0;
  });
  EXPECT_LT(kept, 51'000);
  EXPECT_EQ(ask([&](store::Tx& tx) { return store::find_blob(tx, arrival.hash); }), raw);
  EXPECT_EQ(ask([&](store::Tx& tx) { return store::find_blob(tx, parser::sha256(picture)); }), picture);
}

TEST_F(FrontDeskMail, MailThatKilledTheProcessTooOftenIsPutAside) {
  BlackBox box{folder.path() / "reading"};
  std::string const raw = tests::raw_mail({});
  Corridor corridor{"", box, {parser::sha256(raw)}, false};
  desk::News const news = receive(corridor.take({{"support", 7, 1, ""}, raw, now}));
  EXPECT_TRUE(news.quarantined);
  EXPECT_THAT(ask([](store::Tx& tx) { return store::quarantine(tx, false); }).at(0).reason,
              HasSubstr("died eight times"));
  EXPECT_THAT(letters(LetterKind::acknowledgement), IsEmpty());
}

TEST_F(FrontDeskMail, StoreInTroubleKeepsNothingAndRingsNoBell) {
  ASSERT_TRUE(db.write("fault", [](store::Tx& tx) {
    tx.driver().run("CREATE TRIGGER full BEFORE INSERT ON ticket BEGIN SELECT RAISE(ABORT, 'no room'); END");
  }));
  desk::Arrival const mail = arrival({});
  EXPECT_FALSE(front.receive(std::span{&mail, 1}));
  EXPECT_THAT(rung, IsEmpty());
  EXPECT_EQ(counts().tickets, 0);
  ASSERT_TRUE(db.write("mend", [](store::Tx& tx) { tx.driver().run("DROP TRIGGER full"); }));
  EXPECT_TRUE(receive(mail).opened);
}

TEST_F(FrontDeskMail, WhatWasKeptBeforeATroubleRingsTheBell) {
  ASSERT_TRUE(db.write("fault", [](store::Tx& tx) {
    tx.driver().run(
        "CREATE TRIGGER full BEFORE INSERT ON session WHEN new.secret = 's2' BEGIN SELECT RAISE(ABORT, 'no "
        "room'); END");
  }));
  std::vector<desk::Arrival> const batch{line("r1", "The printer is on fire.", "", "s1"),
                                         line("r1", "Mine, too.", "", "s2")};
  EXPECT_FALSE(front.receive(batch));
  ASSERT_THAT(rung, SizeIs(1)) << "that line is in: its visitor and its other tabs must hear so";
  EXPECT_EQ(rung[0].session, "s1");
}

TEST_F(FrontDeskMail, BellRingsOnlyAfterCommit) {
  store::Store other = opened(database());
  std::int64_t seen = 0;
  on_bell = [&](desk::News const& news) {
    EXPECT_TRUE(
        other.read("bell", [&](store::Tx& tx) { seen += store::find_ticket(tx, news.ticket) ? 1 : 0; }));
  };
  std::vector<desk::Arrival> const batch{arrival({}), arrival({.from = "ada@example.net"})};
  ASSERT_TRUE(front.receive(batch));
  EXPECT_EQ(seen, 2);
}

}  // namespace
}  // namespace spoc::daemon
