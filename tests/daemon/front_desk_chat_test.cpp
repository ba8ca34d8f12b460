// SPDX-License-Identifier: GPL-3.0-or-later
// Chat at the front desk: lines, resent lines, the gathering pause, and visitors who say who they are.
#include "store/contacts.hpp"
#include "tests/daemon/desk_room.hpp"

namespace spoc::daemon {
namespace {

using desk::LetterKind;
using testing::IsEmpty;
using testing::SizeIs;
using tests::Sketch;

class FrontDeskChat : public tests::DeskRoom {
 protected:
  std::optional<desk::Time> gather() {
    auto const next = front.gather();
    EXPECT_TRUE(next);
    return next ? *next : std::nullopt;
  }
};

TEST_F(FrontDeskChat, FirstLineOpensATicketAndTellsNobodyYet) {
  desk::News const news = receive(line("r1", "My screen is black"));
  EXPECT_TRUE(news.opened);
  EXPECT_EQ(news.session, "s1");
  ASSERT_THAT(news.messages, SizeIs(1));
  EXPECT_EQ(news.messages[0].sequence, 1);
  EXPECT_EQ(news.messages[0].ref, "r1");
  EXPECT_EQ(ticket(news.ticket).channel, desk::Channel::chat);
  EXPECT_EQ(ticket(news.ticket).subject, "My screen is black");
  EXPECT_EQ(counts().queued, 0);
}

TEST_F(FrontDeskChat, ResentRefGetsTheSameNumber) {
  receive(line("r1", "one"));
  desk::News const second = receive(line("r2", "two"));
  EXPECT_FALSE(second.opened);
  EXPECT_EQ(second.messages.at(0).sequence, 2);
  desk::News const again = receive(line("r1", "one"));
  EXPECT_TRUE(again.duplicate);
  EXPECT_EQ(again.session, "s1");
  EXPECT_EQ(again.messages.at(0).sequence, 1);
  EXPECT_THAT(messages(second.ticket), SizeIs(2));
}

/// The visitor has gone, and the agent writes: the words go by mail, after the undo delay.
TEST_F(FrontDeskChat, AnAnswerEntersTheChatWhenNobodyCanTakeItBackAnyMore) {
  desk::TicketId const id = receive(line("r1", "My screen is black", "ada@example.net")).ticket;
  now += std::chrono::minutes{1};
  gather();
  receive(answer_by("sam", id, "Look at the cable."));
  EXPECT_THAT(front.resume("s1", 0)->lines, SizeIs(1)) << "who comes back sees nothing of it yet";
  EXPECT_THAT(*front.words_of("ada@example.net", id), SizeIs(1));
  now += house.undo_delay;
  rung.clear();
  ASSERT_TRUE(front.claim_letters("postman", 50));
  ASSERT_THAT(rung, SizeIs(1)) << "who has come back sees it at once";
  EXPECT_EQ(rung[0].session, "s1");
  EXPECT_EQ(rung[0].messages.at(0).sequence, 2);
  EXPECT_THAT(front.resume("s1", 1)->lines, SizeIs(1));
  EXPECT_THAT(*front.words_of("ada@example.net", id), SizeIs(2));
}

TEST_F(FrontDeskChat, AnAnswerThatWasTakenBackIsNeverSeen) {
  desk::TicketId const id = receive(line("r1", "My screen is black", "ada@example.net")).ticket;
  now += std::chrono::minutes{1};
  gather();
  receive(answer_by("sam", id, "Wrong window, sorry."));
  receive(answer_by("sam", id, "/cancel"));
  now += std::chrono::hours{1};
  ASSERT_TRUE(front.claim_letters("postman", 50));
  EXPECT_THAT(front.resume("s1", 0)->lines, SizeIs(1));
  EXPECT_THAT(*front.words_of("ada@example.net", id), SizeIs(1));
  ASSERT_THAT(messages(id), SizeIs(2));
  EXPECT_EQ(messages(id)[1].state, desk::MessageState::withdrawn)
      << "agents see what was said and taken back";
}

struct Withdrawal {
  std::string name, command;
};
void PrintTo(Withdrawal const& row, std::ostream* out) { *out << row.name; }

class FrontDeskTranscript : public FrontDeskChat, public testing::WithParamInterface<Withdrawal> {
 protected:
  void pass(desk::Duration time) {
    now += time;
    ASSERT_TRUE(front.claim_letters("postman", 50));
  }
  std::vector<desk::Letter> transcripts() { return letters(LetterKind::transcript); }
};

/// Neither while it may still be taken back, nor once it was, nor after a later answer went out.
TEST_P(FrontDeskTranscript, NeverHasAnAnswerThatWasTakenBack) {
  desk::TicketId const id = receive(line("r1", "My screen is black", "ada@example.net")).ticket;
  pass(std::chrono::minutes{1});
  gather();
  receive(answer_by("sam", id, "The password is in the drawer."));
  EXPECT_FALSE(front.mail_transcript("s1").value()) << "nobody has said anything yet";
  receive(answer_by("sam", id, GetParam().command));
  EXPECT_FALSE(front.mail_transcript("s1").value());
  pass(std::chrono::hours{1});
  EXPECT_FALSE(front.mail_transcript("s1").value()) << "what was taken back is no answer";
  EXPECT_THAT(transcripts(), IsEmpty());

  receive(answer_by("sam", id, "Look at the cable."));
  EXPECT_FALSE(front.mail_transcript("s1").value()) << "this one may still be taken back";
  pass(house.undo_delay);
  receive(line("r2", "Thank you", "ada@example.net"));
  ASSERT_TRUE(front.mail_transcript("s1").value());
  ASSERT_THAT(transcripts(), SizeIs(1));
  EXPECT_THAT(transcripts()[0].text, testing::HasSubstr("My screen is black"));
  EXPECT_THAT(transcripts()[0].text, testing::HasSubstr("Look at the cable."));
  EXPECT_THAT(transcripts()[0].text, testing::HasSubstr("Thank you"));
  EXPECT_THAT(transcripts()[0].text, testing::Not(testing::HasSubstr("drawer")));
  // The agents have it all.
  ASSERT_THAT(messages(id), SizeIs(4));
  EXPECT_EQ(messages(id)[1].state, desk::MessageState::withdrawn);
}

INSTANTIATE_TEST_SUITE_P(By, FrontDeskTranscript,
                         testing::Values(Withdrawal{"cancel", "/cancel"}, Withdrawal{"undo", "/undo"}),
                         [](auto const& row) { return row.param.name; });

TEST_F(FrontDeskChat, SessionsAreApart) {
  desk::News const mine = receive(line("r1", "one", "", "s1"));
  desk::News const theirs = receive(line("r1", "one", "", "s2"));
  EXPECT_FALSE(theirs.duplicate);
  EXPECT_NE(mine.ticket, theirs.ticket);
  auto const resumed = front.resume("s2", 0);
  ASSERT_TRUE(resumed);
  ASSERT_THAT(resumed->lines, SizeIs(1));
  EXPECT_EQ(resumed->lines[0].ticket, theirs.ticket);
}

TEST_F(FrontDeskChat, LinesGoToTheAgentsAfterThePause) {
  EXPECT_EQ(gather(), std::nullopt);
  desk::Time const start = now;
  desk::TicketId const ticket = receive(line("r1", "My screen")).ticket;
  EXPECT_EQ(gather(), start + house.chat_gathering);
  now += std::chrono::seconds{15};
  receive(line("r2", "is black"));
  now = start + house.chat_gathering;
  EXPECT_EQ(gather(), start + std::chrono::seconds{15} + house.chat_gathering)
      << "the pause begins anew with each line";
  EXPECT_EQ(counts().queued, 0);
  now = start + std::chrono::seconds{15} + house.chat_gathering;
  rung.clear();
  EXPECT_EQ(gather(), std::nullopt);
  ASSERT_THAT(letters(LetterKind::opened, ticket), SizeIs(2));
  EXPECT_EQ(letter_to("sam", LetterKind::opened).text, "My screen\nis black");
  ASSERT_THAT(rung, SizeIs(1));
  EXPECT_EQ(rung[0].letters, 2U);
  EXPECT_EQ(gather(), std::nullopt);
  EXPECT_THAT(letters(LetterKind::opened), SizeIs(2));
}

TEST_F(FrontDeskChat, WhoGoesOnWritingIsHeardAfterFourPauses) {
  desk::Time const start = now;
  desk::TicketId const ticket = receive(line("r0", "line 0")).ticket;
  for (int i = 1; i <= 5; ++i) {
    now += 3 * house.chat_gathering / 4;
    receive(line("r" + std::to_string(i), "line " + std::to_string(i)));
    ASSERT_TRUE(gather());
    EXPECT_THAT(letters(LetterKind::opened, ticket), IsEmpty());
  }
  now += house.chat_gathering / 4;
  ASSERT_EQ(now, start + 4 * house.chat_gathering);
  EXPECT_EQ(gather(), std::nullopt);
  ASSERT_THAT(letters(LetterKind::opened, ticket), SizeIs(2));
  EXPECT_TRUE(letter_to("sam", LetterKind::opened).text.ends_with("line 4\nline 5"));
  receive(line("r6", "line 6"));
  EXPECT_EQ(gather(), now + house.chat_gathering) << "and then it begins anew";
}

TEST_F(FrontDeskChat, LinesFromTheFutureAreToldAtOnce) {
  now += std::chrono::hours{24};
  desk::TicketId const ticket = receive(line("r1", "My screen")).ticket;
  now -= std::chrono::hours{24};  // the clock was a day ahead
  EXPECT_EQ(gather(), std::nullopt);
  EXPECT_THAT(letters(LetterKind::opened, ticket), SizeIs(2));
}

TEST_F(FrontDeskChat, LaterLinesAreToldAsWrote) {
  desk::TicketId const ticket = receive(line("r1", "My screen is black")).ticket;
  now += house.chat_gathering;
  gather();
  receive(line("r2", "Now it is blue"));
  now += house.chat_gathering;
  gather();
  EXPECT_EQ(letter_to("kari", LetterKind::wrote, ticket).text, "Now it is blue");
  EXPECT_THAT(letters(LetterKind::opened, ticket), SizeIs(2));
}

TEST_F(FrontDeskChat, AnswerGoesToTheOpenWidgetAndNotByMail) {
  desk::TicketId const ticket = receive(line("r1", "My screen is black", "ada@example.net")).ticket;
  now += house.chat_gathering;
  gather();
  present.insert("s1");
  desk::News const news = receive(answer_by("kari", ticket, "Move the mouse."));
  EXPECT_EQ(news.session, "s1");
  ASSERT_THAT(news.messages, SizeIs(1));
  EXPECT_EQ(news.messages[0].sequence, 2);
  ASSERT_THAT(letters(LetterKind::answer), SizeIs(1));
  EXPECT_EQ(letters(LetterKind::answer)[0].state, desk::LetterState::unread) << "nothing leaves by mail";
  auto const resumed = front.resume("s1", 1);
  ASSERT_TRUE(resumed);
  ASSERT_THAT(resumed->lines, SizeIs(1));
  EXPECT_EQ(resumed->lines[0].reply, "Move the mouse.");
}

TEST_F(FrontDeskChat, WhoGetsCopiesGetsThemByMailWhileTheVisitorReadsInTheChat) {
  desk::TicketId const id = receive(line("r1", "My screen is black", "ada@example.net")).ticket;
  now += house.chat_gathering;
  gather();
  present.insert("s1");
  receive(answer_by("kari", id, "/cc eva@example.net\nMove the mouse."));
  auto const answer_to = [&](std::string const& address) {
    for (desk::Letter const& one : letters(LetterKind::answer, id))
      if (one.to.address == address) return one.state;
    ADD_FAILURE() << address;
    return desk::LetterState::given_up;
  };
  EXPECT_EQ(answer_to("eva@example.net"), desk::LetterState::queued);
  EXPECT_EQ(answer_to("ada@example.net"), desk::LetterState::unread);
  ASSERT_TRUE(front.saw("s1", 2));
  EXPECT_EQ(answer_to("ada@example.net"), desk::LetterState::cancelled);
  now += house.undo_delay;
  auto const due = front.claim_letters("postman", 50);
  ASSERT_TRUE(due);
  EXPECT_EQ(1, std::count_if(due->begin(), due->end(), [](desk::Letter const& one) {
              return one.kind == LetterKind::answer && one.to.address == "eva@example.net";
            }));
  receive(answer_by("kari", id, "And the keyboard."));
  receive(answer_by("kari", id, "/cancel"));
  EXPECT_EQ(answer_to("eva@example.net"), desk::LetterState::cancelled) << "the newest";
  EXPECT_EQ(answer_to("ada@example.net"), desk::LetterState::cancelled);
  EXPECT_THAT(front.resume("s1", 0)->lines, SizeIs(3)) << "the words stay in the chat";
}

TEST_F(FrontDeskChat, TheEndIsALineOfTheDeskAndAMailWhereItIsNotSeen) {
  desk::TicketId const ticket = receive(line("r1", "My screen is black", "ada@example.net")).ticket;
  now += house.chat_gathering;
  gather();
  present.insert("s1");
  desk::News const news = receive(answer_by("kari", ticket, "/resolve"));
  ASSERT_THAT(news.messages, SizeIs(1));
  EXPECT_EQ(news.messages[0].sequence, 2);
  EXPECT_TRUE(news.over);
  ASSERT_THAT(letters(LetterKind::resolved), SizeIs(1));
  EXPECT_EQ(letters(LetterKind::resolved)[0].state, desk::LetterState::unread);
  ASSERT_TRUE(front.saw("s1", 2));
  EXPECT_EQ(letters(LetterKind::resolved)[0].state, desk::LetterState::cancelled) << "they have read it";
}

TEST_F(FrontDeskChat, AnswerGoesByMailToAVisitorWhoHasGone) {
  desk::TicketId const ticket = receive(line("r1", "My screen is black", "Ada@Example.net")).ticket;
  now += house.chat_gathering;
  gather();
  receive(answer_by("kari", ticket, "Move the mouse."));
  ASSERT_THAT(letters(LetterKind::answer), SizeIs(1));
  EXPECT_EQ(letters(LetterKind::answer)[0].to.address, "ada@example.net");
  now += house.undo_delay;
  ASSERT_TRUE(front.claim_letters("postman", 50));
  auto const resumed = front.resume("s1", 1);
  ASSERT_TRUE(resumed);
  EXPECT_THAT(resumed->lines, SizeIs(1)) << "and waits in the widget";
}

TEST_F(FrontDeskChat, IntroducedVisitorBecomesTheRequester) {
  desk::TicketId const id = receive(line("r1", "My screen is black")).ticket;
  EXPECT_EQ(ticket(id).requester_address.address, "");
  ASSERT_TRUE(front.introduce("s1", {"Ada", "ADA@example.net"}, "nb"));
  EXPECT_EQ(ticket(id).requester_address, (desk::Address{"Ada", "ada@example.net"}));
  auto const resumed = front.resume("s1", 9);
  ASSERT_TRUE(resumed && resumed->session);
  EXPECT_EQ(resumed->session->name, "Ada");
  EXPECT_EQ(resumed->session->language, "nb");
  EXPECT_THAT(resumed->lines, IsEmpty());
}

TEST_F(FrontDeskChat, WhatTheClockDoesWithoutALetterIsNewsToo) {
  house.close_after = std::chrono::hours{24};
  desk::TicketId const id = receive(line("r1", "My screen is black")).ticket;
  now += house.chat_gathering;
  gather();
  ASSERT_TRUE(front.end_chat("s1", {5, true, ""}));
  ASSERT_EQ(ticket(id).status, desk::Status::resolved);
  ASSERT_TRUE(front.tick());
  now += std::chrono::hours{25};
  rung.clear();
  ASSERT_TRUE(front.tick());
  ASSERT_EQ(ticket(id).status, desk::Status::closed);
  EXPECT_TRUE(std::any_of(rung.begin(), rung.end(), [](desk::News const& one) {
    return one.over && one.session == "s1";
  })) << "an open widget says that it is over";
}

TEST_F(FrontDeskChat, AFarewellThatIsSaidOnceMoreIsOne) {
  desk::TicketId const id = receive(line("r1", "My screen is black")).ticket;
  auto const ratings = [&] {
    std::size_t count = 0;
    EXPECT_TRUE(db.read("ratings", [&](store::Tx& tx) { count = store::ratings_of(tx, id).size(); }));
    return count;
  };
  ASSERT_TRUE(front.end_chat("s1", {5, true, "Quick"}));
  ASSERT_TRUE(front.end_chat("s1", {5, true, "Quick"}));
  EXPECT_EQ(ratings(), 1U);
  EXPECT_EQ(ticket(id).status, desk::Status::resolved) << "one yes resolves, and a second one would close";
  ASSERT_TRUE(front.end_chat("s1", {4, true, "Quick"}));
  EXPECT_EQ(ratings(), 2U) << "another one counts";
  now += std::chrono::minutes{1};
  receive(line("r2", "It is black again"));
  ASSERT_TRUE(front.end_chat("s1", {4, true, "Quick"}));
  EXPECT_EQ(ratings(), 3U) << "so does one after more words";
}

TEST_F(FrontDeskChat, AnIntroductionIsNews) {
  receive(line("r1", "My screen is black"));
  rung.clear();
  ASSERT_TRUE(front.introduce("s1", {"Ada", "ada@example.net"}, "nb"));
  EXPECT_THAT(rung, SizeIs(1));
}

TEST_F(FrontDeskChat, AgentsSeeWhatIsLookedUpOnceForANewChat) {
  looked.articles = {{"screen", "Screens", "nb", 0.4, false, false},
                     {"secret", "Inside", "en", 0.9, true, true}};
  desk::TicketId const id = receive(line("r1", "My screen")).ticket;
  receive(line("r2", "is black"));
  now += house.chat_gathering;
  gather();
  EXPECT_THAT(looked_for, testing::ElementsAre("|My screen\nis black"));
  desk::Letter const notice = letter_to("sam", LetterKind::opened, id);
  EXPECT_EQ(notice.articles, looked.articles) << "unsure and internal ones too, in the hit's language";
  EXPECT_EQ(ask([&](store::Tx& tx) { return store::offered(tx, id); }), looked.articles);
  receive(line("r3", "still"));
  now += house.chat_gathering;
  gather();
  EXPECT_THAT(looked_for, SizeIs(1)) << "not for what comes later";
}

TEST_F(FrontDeskChat, ACrowdOfNewChatsIsNotLookedUpAllAtOnce) {
  for (int i = 0; i < 25; ++i) receive(line("r1", "My screen is black", "", "s" + std::to_string(i)));
  now += house.chat_gathering;
  gather();
  EXPECT_THAT(looked_for, SizeIs(20));
  EXPECT_THAT(letters(LetterKind::opened), SizeIs(50)) << "agents hear of all of them";
}

TEST_F(FrontDeskChat, ASlowIndexHoldsUpNoChat) {
  for (int i = 0; i < 9; ++i) receive(line("r1", "My screen is black", "", "s" + std::to_string(i)));
  now += house.chat_gathering;
  looking_takes = std::chrono::milliseconds{20};
  gather();
  EXPECT_THAT(looked_for, SizeIs(3)) << "until more than 50 ms have passed";
  EXPECT_THAT(letters(LetterKind::opened), SizeIs(18)) << "agents hear of all of them";
}

TEST_F(FrontDeskChat, NobodyBecomesAnotherByNamingTheirAddress) {
  desk::ContactId const ola = ticket(receive(Sketch{.id = "m1@example.net"}).ticket).requester;
  desk::TicketId const id = receive(line("r1", "My screen is black", "ola@example.net")).ticket;
  EXPECT_NE(ticket(id).requester, ola);
  ASSERT_TRUE(front.introduce("s1", {"Mallory", "mallory@example.com"}, "en"));
  auto const his = ask([&](store::Tx& tx) { return store::find_contact(tx, ola); });
  ASSERT_TRUE(his);
  EXPECT_THAT(his->addresses, testing::ElementsAre("ola@example.net"));
  EXPECT_EQ(ticket(id).requester_address.address, "mallory@example.com");
}

TEST_F(FrontDeskChat, WhoProvesAnAddressIsItsOwner) {
  desk::ContactId const ola = ticket(receive(Sketch{.id = "m1@example.net"}).ticket).requester;
  desk::TicketId const id = receive(line("r1", "My screen is black", "ola@example.net")).ticket;
  ASSERT_TRUE(front.confirm("s1", "ola@example.net"));
  EXPECT_EQ(ticket(id).requester, ola);
  desk::TicketId const second = receive(line("r1", "Mine too", "kim@example.net", "s2")).ticket;
  ASSERT_TRUE(front.confirm("s2", "kim@example.net"));
  desk::ContactId const who = ticket(second).requester;
  auto const kim = ask([&](store::Tx& tx) { return store::find_contact(tx, who); });
  ASSERT_TRUE(kim);
  EXPECT_THAT(kim->addresses, testing::ElementsAre("kim@example.net"));
}

TEST_F(FrontDeskChat, UnknownSessionsAreNotMadeUp) {
  EXPECT_TRUE(front.introduce("nobody", {"Eve", "eve@example.com"}, ""));
  auto const resumed = front.resume("nobody", 0);
  ASSERT_TRUE(resumed);
  EXPECT_FALSE(resumed->session);
}

TEST_F(FrontDeskChat, LineIsNeverPutAside) {
  ASSERT_TRUE(db.write("fault", [](store::Tx& tx) {
    tx.driver().run("CREATE TRIGGER full BEFORE INSERT ON message BEGIN SELECT RAISE(ABORT, 'no room'); END");
  }));
  desk::Arrival const said = line("r1", "one");
  EXPECT_FALSE(front.receive(std::span{&said, 1}));
  EXPECT_EQ(counts().quarantined, 0);
  ASSERT_TRUE(db.write("mend", [](store::Tx& tx) { tx.driver().run("DROP TRIGGER full"); }));
  EXPECT_FALSE(receive(said).duplicate) << "the browser sends it again";
}

}  // namespace
}  // namespace spoc::daemon
