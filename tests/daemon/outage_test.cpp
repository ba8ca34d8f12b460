// SPDX-License-Identifier: GPL-3.0-or-later
// An outage at the front desk: who belongs to it, what they read, and that each hears of its end once.
#include "store/announcements.hpp"
#include "tests/daemon/desk_room.hpp"

namespace spoc::daemon {
namespace {

using desk::LetterKind;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using tests::Sketch;

class Outages : public tests::DeskRoom {
 protected:
  desk::AnnouncementId announce(std::optional<desk::Time> until = {}) {
    desk::Announcement said;
    said.text = "Printing is down.";
    said.words = {"printer"};
    said.by = "operator";
    said.made = now;
    said.until = until;
    desk::AnnouncementId id{};
    EXPECT_TRUE(db.write("announce", [&](store::Tx& tx) { id = store::add_announcement(tx, said); }));
    return id;
  }
  void end(desk::AnnouncementId id) {
    EXPECT_TRUE(db.write("end", [&](store::Tx& tx) { EXPECT_TRUE(store::end_announcement(tx, id, now)); }));
  }
  void ticks() {
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(front.tick());
  }
};

TEST_F(Outages, AMailIsAnsweredWithItAndHearsTheEndOnce) {
  auto const id = announce();
  auto const ticket = receive(Sketch{}).ticket;
  auto const first = letters(LetterKind::acknowledgement, ticket);
  ASSERT_THAT(first, SizeIs(1));
  EXPECT_EQ(first[0].text, "Printing is down.");
  ticks();
  EXPECT_THAT(letters(LetterKind::progress, ticket), IsEmpty());
  end(id);
  rung.clear();
  ticks();
  auto const last = letters(LetterKind::progress, ticket);
  ASSERT_THAT(last, SizeIs(1));
  EXPECT_THAT(last[0].lines[0], HasSubstr("Printing is down."));
  EXPECT_EQ(this->ticket(ticket).status, desk::Status::resolved);
  EXPECT_FALSE(rung.empty()) << "the postman hears of it";
}

TEST_F(Outages, OthersAreLeftAlone) {
  auto const id = announce();
  Sketch other;
  other.subject = "Lunch";
  other.text = "Which soup is there?";
  auto const ticket = receive(other).ticket;
  EXPECT_EQ(letters(LetterKind::acknowledgement, ticket).at(0).text, "");
  end(id);
  ticks();
  EXPECT_THAT(letters(LetterKind::progress, ticket), IsEmpty());
  EXPECT_EQ(this->ticket(ticket).status, desk::Status::fresh);
}

TEST_F(Outages, ItIsOverWhenItsTimeHasCome) {
  announce(now + std::chrono::hours{1});
  auto const ticket = receive(Sketch{}).ticket;
  auto const next = front.tick();
  ASSERT_TRUE(next && *next);
  EXPECT_EQ(**next, now + std::chrono::hours{1});
  now += std::chrono::hours{1};
  ticks();
  EXPECT_THAT(letters(LetterKind::progress, ticket), SizeIs(1));
  Sketch late;
  late.from = "Ada Testmann <ada@example.net>";
  EXPECT_EQ(letters(LetterKind::acknowledgement, receive(late).ticket).at(0).text, "");
}

TEST_F(Outages, AVisitorReadsItInTheChatAndItIsNoAnswer) {
  announce();
  auto const news = receive(line("r1", "The printer is gone"));
  ASSERT_THAT(news.messages, SizeIs(2));
  EXPECT_EQ(news.messages[1].reply, "Printing is down.");
  EXPECT_EQ(news.messages[1].sequence, 2);
  auto const colleague = ask([&](store::Tx& tx) { return store::newest_answer(tx, news.ticket, "sam"); });
  EXPECT_FALSE(colleague) << "nobody has answered yet";
}

TEST_F(Outages, AVisitorWhoDoesNotLookIsMailed) {
  announce();
  for (bool const looks : {true, false}) {
    std::string const session = looks ? "s1" : "s2", who = looks ? "ada@example.net" : "eva@example.net";
    present = {session};
    auto const id = receive(line("r1", "The printer is gone", who, session)).ticket;
    ASSERT_THAT(letters(LetterKind::progress, id), SizeIs(1));
    EXPECT_EQ(letters(LetterKind::progress, id)[0].state, desk::LetterState::unread);
    if (looks) {
      ASSERT_TRUE(front.saw(session, 2));
    }
    now += house.unread_after;
    ticks();
    ASSERT_THAT(letters(LetterKind::progress, id), SizeIs(1));
    EXPECT_EQ(letters(LetterKind::progress, id)[0].state,
              looks ? desk::LetterState::cancelled : desk::LetterState::queued);
  }
}

TEST_F(Outages, WhatWasMergedIsToldWhereItLivesOn) {
  auto const id = announce();
  auto const one = receive(Sketch{}).ticket;
  Sketch again;
  again.from = "Ada Testmann <ada@example.net>";
  again.text = "Lunch?";
  again.subject = "Something else";
  auto const other = receive(again).ticket;
  receive(answer_by("kari", one, "/merge " + std::to_string(desk::number(other))));
  end(id);
  ticks();
  EXPECT_THAT(letters(LetterKind::progress), SizeIs(1));
  EXPECT_THAT(letters(LetterKind::progress, other), SizeIs(1));
}

TEST_F(Outages, WhatIsSplitOffBelongsByItsOwnWords) {
  auto const id = announce();
  auto const lamp = receive(Sketch{.subject = "Lamp", .text = "It is dark.", .id = "m1@example.net"}).ticket;
  receive(Sketch{.subject = "Re: Lamp",
                 .text = "And the printer prints nothing.",
                 .id = "m2@example.net",
                 .references = {"m1@example.net"}});
  desk::Letter const wrote = letter_to("kari", LetterKind::wrote, lamp);
  Sketch split;
  split.from = "kari@example.org";
  split.to = desk::with_token("support@example.org", wrote.token);
  split.text = "/split The printer";
  split.id = "split@agents.example";
  split.references = {wrote.message_id};
  receive(split);
  auto const all = ask([](store::Tx& tx) { return store::list_tickets(tx, {}); });
  ASSERT_THAT(all, SizeIs(2));
  auto const printer = all[0].id == lamp ? all[1].id : all[0].id;
  auto const told = letters(LetterKind::progress, printer);
  ASSERT_THAT(told, SizeIs(1)) << "nobody has told them";
  EXPECT_THAT(told[0].lines.at(0), HasSubstr("Printing is down."));
  EXPECT_EQ(ticket(printer).related, lamp);
  end(id);
  ticks();
  EXPECT_THAT(letters(LetterKind::progress, printer), SizeIs(2)) << "and of the end";
  EXPECT_EQ(ticket(printer).status, desk::Status::resolved);
  EXPECT_THAT(letters(LetterKind::progress, lamp), IsEmpty());
}

TEST_F(Outages, WhoReadItInTheOldTicketReadsItNotAgainInTheNewOne) {
  announce();
  auto const first = receive(Sketch{.id = "m1@example.net"}).ticket;
  receive(Sketch{.subject = "Re: The printer smokes",
                 .text = "The printer of the second floor, too.",
                 .id = "m2@example.net",
                 .references = {"m1@example.net"}});
  desk::Letter const wrote = letter_to("kari", LetterKind::wrote, first);
  Sketch split;
  split.from = "kari@example.org";
  split.to = desk::with_token("support@example.org", wrote.token);
  split.text = "/split";
  split.id = "split@agents.example";
  split.references = {wrote.message_id};
  receive(split);
  EXPECT_THAT(letters(LetterKind::progress), IsEmpty());
  auto const members = ask([](store::Tx& tx) { return store::list_announcements(tx, 5); });
  ASSERT_THAT(members, SizeIs(1));
  EXPECT_EQ(members[0].tickets, 2) << "it belongs to it all the same";
}

TEST_F(Outages, OneAddressReadsItOnceAndHearsTheEndOnce) {
  auto const id = announce();
  auto const first = receive(Sketch{}).ticket;
  Sketch again;
  again.text = "Now the printer of room 13 too.";
  again.subject = "Another printer";
  auto const second = receive(again).ticket;
  ASSERT_NE(first, second);
  EXPECT_EQ(letters(LetterKind::acknowledgement, first).at(0).text, "Printing is down.");
  EXPECT_EQ(letters(LetterKind::acknowledgement, second).at(0).text, "") << "acknowledged as any other";
  end(id);
  ticks();
  EXPECT_THAT(letters(LetterKind::progress), SizeIs(1));
  for (auto const one : {first, second}) EXPECT_EQ(ticket(one).status, desk::Status::resolved);
}

TEST_F(Outages, WhoseFirstTicketIsFinishedHearsOfItByTheOther) {
  auto const id = announce();
  auto const first = receive(Sketch{}).ticket;
  receive(answer_by("kari", first, "/close"));
  Sketch again;
  again.text = "Now the printer of room 13 too.";
  again.subject = "Another printer";
  auto const second = receive(again).ticket;
  end(id);
  ticks();
  EXPECT_THAT(letters(LetterKind::progress, first), IsEmpty());
  EXPECT_THAT(letters(LetterKind::progress, second), SizeIs(1));
}

TEST_F(Outages, AVacationNoteNeitherBelongsToItNorIsAnswered) {
  auto const id = announce();
  Sketch note;
  note.text = "I am away from my printer.";
  note.extra = "Auto-Submitted: auto-replied\r\n";
  auto const ticket = receive(note).ticket;
  end(id);
  ticks();
  EXPECT_THAT(letters(LetterKind::acknowledgement, ticket), IsEmpty());
  EXPECT_THAT(letters(LetterKind::progress, ticket), IsEmpty());
}

TEST_F(Outages, AnAgentAnnouncesByMailAndSaysThatItIsOver) {
  auto const first = receive(Sketch{}).ticket;
  receive(answer_by("kari", first, "/announce printer\nPrinting is down.\n\nnb: Skriverne er nede."));
  auto const all = ask([](store::Tx& tx) { return store::list_announcements(tx, 10); });
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(all[0].announcement.ticket, first);
  EXPECT_EQ(all[0].announcement.by, "kari");
  ASSERT_THAT(letters(LetterKind::progress, first), SizeIs(1)) << "who wrote first reads it too";
  EXPECT_THAT(letters(LetterKind::answer), IsEmpty());
  Sketch other;
  other.from = "Ada Testmann <ada@example.net>";
  other.subject = "My printer";
  auto const second = receive(other).ticket;
  EXPECT_EQ(ticket(second).related, first);
  EXPECT_EQ(letters(LetterKind::acknowledgement, second).at(0).text, "Printing is down.");
  receive(answer_by("kari", first, "/announce over"));
  ticks();
  EXPECT_THAT(letters(LetterKind::progress, first), SizeIs(2));
  EXPECT_THAT(letters(LetterKind::progress, second), SizeIs(1));
  EXPECT_EQ(ticket(second).status, desk::Status::resolved);
  auto const over = ask([](store::Tx& tx) { return store::list_announcements(tx, 10); });
  EXPECT_TRUE(over[0].announcement.ended);
}

TEST_F(Outages, OpenTicketsOfBeforeJoinIt) {
  auto const from = [this](std::string const& name, std::string const& words) {
    Sketch mail;
    mail.from = name + " <" + name + "@example.net>";
    mail.subject = words;
    mail.text = words;
    return receive(mail).ticket;
  };
  auto const old = from("old", "The printer smells");
  now += std::chrono::hours{25};
  auto const first = from("ida", "The printer is mute"), answered = from("bo", "My printer beeps");
  auto const other = from("vera", "Which soup is there today?");
  auto const closed = from("tom", "A printer for room 9");
  receive(answer_by("kari", answered, "Somebody comes."));
  receive(answer_by("kari", closed, "/close"));
  now += std::chrono::minutes{5};
  auto const again = from("ida", "Printer of room 13");
  now += std::chrono::minutes{5};
  auto const id = announce();
  ticks();
  ticks();
  EXPECT_EQ(ask([](store::Tx& tx) { return store::list_announcements(tx, 1); }).at(0).tickets, 3);
  EXPECT_EQ(letters(LetterKind::progress, first).size() + letters(LetterKind::progress, again).size(), 1U)
      << "one address reads it once";
  for (auto const one : {old, answered, other, closed})
    EXPECT_THAT(letters(LetterKind::progress, one), IsEmpty());
  end(id);
  ticks();
  EXPECT_EQ(letters(LetterKind::progress, first).size() + letters(LetterKind::progress, again).size(), 2U);
  EXPECT_THAT(letters(LetterKind::progress, answered), SizeIs(1)) << "they hear of the end";
  EXPECT_EQ(ticket(answered).status, desk::Status::open);
  EXPECT_EQ(ticket(first).status, desk::Status::resolved);
}

TEST_F(Outages, AnAnnouncementTakenBackInTimeIsReadByNobodyOfBefore) {
  Sketch other;
  other.from = "Ada Testmann <ada@example.net>";
  other.subject = "My printer";
  auto const before = receive(other).ticket;
  Sketch mine;
  mine.text = "The printer of room 12";
  auto const ticket = receive(mine).ticket;
  now += std::chrono::minutes{5};
  receive(answer_by("kari", ticket, "/announce printer\nPrinting is down."));
  ticks();
  EXPECT_THAT(letters(LetterKind::progress, before), IsEmpty());
  receive(answer_by("kari", ticket, "/announce over"));
  now += house.undo_delay;
  ticks();
  EXPECT_THAT(letters(LetterKind::progress, before), IsEmpty());
  receive(answer_by("kari", ticket, "/announce printer\nPrinting is down again."));
  now += house.undo_delay;
  ticks();
  ASSERT_THAT(letters(LetterKind::progress, before), SizeIs(1));
  EXPECT_THAT(letters(LetterKind::progress, before)[0].lines[0], HasSubstr("down again."));
  EXPECT_EQ(this->ticket(before).related, ticket);
}

struct Written {
  std::string name, word, subject;
};
class WrittenOtherwise : public Outages, public testing::WithParamInterface<Written> {};

TEST_P(WrittenOtherwise, ItIsTheSameMatter) {
  desk::Announcement said;
  said.text = "It is down.";
  said.words = {GetParam().word};
  said.made = now;
  ASSERT_TRUE(db.write("announce", [&](store::Tx& tx) { store::add_announcement(tx, said); }));
  Sketch mail;
  mail.subject = GetParam().subject;
  mail.text = "?";
  EXPECT_EQ(letters(LetterKind::acknowledgement, receive(mail).ticket).at(0).text, "It is down.");
}

INSTANTIATE_TEST_SUITE_P(
    Table, WrittenOtherwise,
    testing::Values(Written{"traditional_of_simplified", "打印机", "印表機不行，打印機也不行"},
                    Written{"simplified_of_traditional", "網路", "网路断了"},
                    Written{"wide_letters", "vpn", "ＶＰＮ連不上"},
                    Written{"a_wide_word", "ＶＰＮ", "vpn gone"},
                    Written{"an_accent", "cafe", "The café screen is black"},
                    Written{"capitals_beyond_ascii", "årsoppgjør", "ÅRSOPPGJØR virker ikke"}),
    [](auto const& row) { return row.param.name; });

TEST_F(Outages, OldMailIsImportedInSilence) {
  announce();
  auto old = arrival(Sketch{});
  old.quiet = true;
  receive(old);
  EXPECT_THAT(letters(LetterKind::acknowledgement), IsEmpty());
  EXPECT_EQ(ask([](store::Tx& tx) { return store::list_announcements(tx, 1); }).at(0).tickets, 0);
}

}  // namespace
}  // namespace spoc::daemon
