// SPDX-License-Identifier: GPL-3.0-or-later
// Several tabs of one chat, long histories, and answers that nobody looks at.
#include "tests/daemon/switchboard_room.hpp"

namespace spoc::daemon {
namespace {

using desk::LetterKind;
using desk::LetterState;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using tests::text;
using tests::whole;
namespace json = boost::json;

class SwitchboardTabs : public tests::SwitchboardRoom {
 protected:
  /// A visitor with an address who said a line, and whom the desk believes to be there.
  std::shared_ptr<tests::Socket> begun() {
    auto const socket = open();
    session = greet(socket);
    hear(socket, {{"t", "who"}, {"name", "Ada"}, {"address", "ada@example.net"}});
    say(socket, "r1", "My screen is black");
    turn();
    now += house.chat_gathering;
    EXPECT_TRUE(front.gather());
    present.insert(session);
    return socket;
  }
  void answered() { receive(answer_by("kari", desk::TicketId{rung.at(0).ticket}, "Move the mouse.")); }
  LetterState state_of_answer() { return letters(LetterKind::answer).at(0).state; }

  std::string session;
};

// ---- tabs ----------------------------------------------------------------------------------------

TEST_F(SwitchboardTabs, TwoOfThemBeforeAnyLineAreOneChat) {
  auto const first = open(), second = open(), third = open();
  std::string const one = greet(first);
  EXPECT_EQ(greet(second, one), one);
  EXPECT_EQ(whole(second->of("welcome")[0], "next"), 1);
  say(second, "r1", "My screen is black");
  EXPECT_EQ(greet(third, one), one) << "the line is heard, but not kept yet";
  turn();
  for (auto const& tab : {first, second, third}) EXPECT_THAT(tab->of("line"), SizeIs(1));
  EXPECT_EQ(counts().tickets, 1);
}

TEST_F(SwitchboardTabs, ANameThatOneSaysIsTheNameOfAll) {
  auto const first = open(), second = open();
  std::string const one = greet(first);
  hear(first, {{"t", "who"}, {"name", "Ada"}, {"address", "ada@example.net"}});
  EXPECT_EQ(greet(second, one), one);
  EXPECT_EQ(text(second->of("known").at(0), "address"), "ada@example.net");
  say(second, "r1", "My screen is black");
  turn();
  EXPECT_EQ(ticket(desk::TicketId{1001}).requester_address.address, "ada@example.net");
}

TEST_F(SwitchboardTabs, AClosedOneLeavesNoChatToJoin) {
  auto const first = open(), second = open();
  std::string const one = greet(first);
  board.closed(*first);
  EXPECT_NE(greet(second, one), one);
}

// ---- long histories ------------------------------------------------------------------------------

TEST_F(SwitchboardTabs, AReplayHoldsTheNewestLinesInOrder) {
  auto const socket = open();
  std::string const chat = greet(socket);
  for (int i = 1; i <= 230; ++i) {
    if (i % 50 == 0) now += std::chrono::minutes{1};
    say(socket, "r" + std::to_string(i), "line " + std::to_string(i));
  }
  turn();
  auto const again = open();
  greet(again, chat);
  auto const lines = again->of("line");
  ASSERT_THAT(lines, SizeIs(200));
  EXPECT_EQ(whole(lines.front(), "seq"), 31);
  EXPECT_EQ(whole(lines.back(), "seq"), 230);
  EXPECT_EQ(whole(again->of("welcome")[0], "from"), 31);
  hear(again, {{"t", "earlier"}, {"before", 31}});
  json::array const earlier = again->of("earlier").at(0).at("lines").as_array();
  ASSERT_THAT(earlier, SizeIs(30));
  EXPECT_EQ(earlier.front().at("seq").as_int64(), 1);
  EXPECT_EQ(earlier.back().at("seq").as_int64(), 30);
  auto const late = open();
  greet(late, chat, 228);
  EXPECT_THAT(late->of("line"), SizeIs(2));
  EXPECT_FALSE(late->of("welcome")[0].contains("from"));
}

TEST_F(SwitchboardTabs, AReplayIsBoundedInBytes) {
  auto const socket = open();
  std::string const chat = greet(socket);
  for (int i = 1; i <= 60; ++i) say(socket, "r" + std::to_string(i), std::string(parser::longest_line, 'x'));
  turn();
  auto const again = open();
  greet(again, chat);
  std::size_t bytes = 0;
  for (json::object const& one : again->frames) bytes += json::serialize(one).size();
  EXPECT_LE(bytes, 200U * 1024);
  auto const lines = again->of("line");
  ASSERT_FALSE(lines.empty());
  EXPECT_EQ(whole(lines.back(), "seq"), 60);
  EXPECT_EQ(whole(again->of("welcome")[0], "from"), whole(lines.front(), "seq"));
}

// ---- answers that nobody looks at ----------------------------------------------------------------

TEST_F(SwitchboardTabs, AnAnswerThatIsSeenIsNotMailed) {
  auto const socket = begun();
  answered();
  ASSERT_THAT(letters(LetterKind::answer), SizeIs(1));
  EXPECT_EQ(state_of_answer(), LetterState::unread);
  hear(socket, {{"t", "seen"}, {"seq", 1}});
  EXPECT_EQ(state_of_answer(), LetterState::unread) << "that was the line before it";
  hear(socket, {{"t", "seen"}, {"seq", 2}});
  EXPECT_EQ(state_of_answer(), LetterState::cancelled);
  now += house.unread_after;
  ASSERT_TRUE(front.tick());
  EXPECT_EQ(state_of_answer(), LetterState::cancelled);
}

TEST_F(SwitchboardTabs, OneThatNobodySeesIsMailedOnce) {
  auto const socket = begun();
  answered();
  now += house.unread_after - std::chrono::seconds{1};
  auto const next = front.tick();
  ASSERT_TRUE(next);
  EXPECT_EQ(*next, now + std::chrono::seconds{1});
  EXPECT_EQ(state_of_answer(), LetterState::unread);
  now += std::chrono::seconds{1};
  ASSERT_TRUE(front.tick());
  EXPECT_EQ(state_of_answer(), LetterState::queued);
  hear(socket, {{"t", "seen"}, {"seq", 2}});
  EXPECT_EQ(state_of_answer(), LetterState::queued) << "too late: it may be on the wire";
  EXPECT_THAT(letters(LetterKind::answer), SizeIs(1));
}

TEST_F(SwitchboardTabs, TheAgentStopsItsMailAndTheWordsStay) {
  for (char const* command : {"/cancel", "/undo"}) {
    auto const socket = begun();
    desk::TicketId const id = rung.back().ticket;
    receive(answer_by("kari", id, "Move the mouse."));
    receive(answer_by("sam", id, command));
    EXPECT_EQ(letters(LetterKind::answer, id).at(0).state, LetterState::unread) << "a colleague's stays";
    receive(answer_by("kari", id, command));
    ASSERT_THAT(letters(LetterKind::answer, id), SizeIs(1));
    EXPECT_EQ(letters(LetterKind::answer, id)[0].state, LetterState::cancelled) << command;
    EXPECT_EQ(messages(id).back().state, desk::MessageState::said) << "they stand in the chat";
    now += house.unread_after;
    ASSERT_TRUE(front.tick());
    EXPECT_EQ(letters(LetterKind::answer, id)[0].state, LetterState::cancelled);
    EXPECT_THAT(front.resume(session, 0)->lines, SizeIs(2));
  }
}

TEST_F(SwitchboardTabs, WhoLeavesWithoutHavingSeenItIsMailedSoon) {
  auto const socket = begun();
  answered();
  board.closed(*socket);
  EXPECT_EQ(letters(LetterKind::answer).at(0).due, now + desk::coming_back);
  auto const again = open();
  greet(again, session, 1);
  hear(again, {{"t", "seen"}, {"seq", 2}});
  EXPECT_EQ(state_of_answer(), LetterState::cancelled) << "it was a reload";
}

TEST_F(SwitchboardTabs, AClosedTicketIsToldToTheTabs) {
  auto const socket = begun();
  receive(answer_by("kari", desk::TicketId{1001}, "/close\nDone."));
  EXPECT_THAT(socket->of("over"), SizeIs(1));
  auto const again = open();
  greet(again, session);
  EXPECT_EQ(again->of("welcome")[0].at("over"), true);
  say(again, "r2", "It is black again");
  turn();
  for (auto const& tab : {socket, again}) EXPECT_THAT(tab->of("under_way"), SizeIs(1));
  auto const third = open();
  greet(third, session);
  EXPECT_FALSE(third->of("welcome")[0].contains("over"));
}

TEST_F(SwitchboardTabs, AnAgentWhoOpensItAgainIsHeardOfWhereItWasOver) {
  auto const socket = begun();
  receive(answer_by("kari", desk::TicketId{1001}, "/wait\nOne moment."));
  EXPECT_THAT(socket->of("under_way"), IsEmpty()) << "it was never over";
  receive(answer_by("kari", desk::TicketId{1001}, "/resolve"));
  ASSERT_THAT(socket->of("over"), SizeIs(1));
  receive(answer_by("kari", desk::TicketId{1001}, "/reopen"));
  EXPECT_THAT(socket->of("under_way"), SizeIs(1));
  receive(answer_by("kari", desk::TicketId{1001}, "/wait"));
  EXPECT_THAT(socket->of("under_way"), SizeIs(1)) << "told once";
}

TEST_F(SwitchboardTabs, LookUpsAreBounded) {
  auto const socket = open();
  greet(socket);
  for (int i = 0; i < 70; ++i) hear(socket, {{"t", "ask"}, {"text", "vpn"}});
  EXPECT_THAT(asked, SizeIs(60));
  EXPECT_THAT(socket->of("articles"), SizeIs(70)) << "each is answered, the last ones by nothing";
  now += std::chrono::seconds{2};
  hear(socket, {{"t", "ask"}, {"text", "vpn"}});
  EXPECT_THAT(asked, SizeIs(61));
}

}  // namespace
}  // namespace spoc::daemon
