// SPDX-License-Identifier: GPL-3.0-or-later
// The switchboard: who hears which line, and when.
#include "store/article_uses.hpp"
#include "tests/daemon/switchboard_room.hpp"

namespace spoc::daemon {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using tests::text;
using tests::whole;
namespace json = boost::json;

class SwitchboardTest : public tests::SwitchboardRoom {};

TEST_F(SwitchboardTest, HelloIsWelcomed) {
  auto const socket = open();
  std::string const session = greet(socket);
  EXPECT_EQ(session.size(), 64U);
  json::object const welcome = socket->of("welcome")[0];
  EXPECT_EQ(whole(welcome, "next"), 1);
  EXPECT_EQ(text(welcome, "desk"), "Service desk");
  EXPECT_TRUE(board.present(session));
  EXPECT_EQ(board.sockets(), 1U);
  EXPECT_EQ(counts().tickets, 0) << "a look at the page opens no ticket";
}

TEST_F(SwitchboardTest, LineIsKeptAfterTheCommitOnly) {
  auto const socket = open();
  greet(socket);
  say(socket, "r1", "My screen is black");
  EXPECT_THAT(socket->of("kept"), IsEmpty());
  EXPECT_EQ(counts().messages, 0);
  turn();
  EXPECT_EQ(counts().messages, 1);
  ASSERT_THAT(socket->of("kept"), SizeIs(1));
  EXPECT_EQ(text(socket->of("kept")[0], "ref"), "r1");
  EXPECT_EQ(whole(socket->of("kept")[0], "seq"), 1);
  ASSERT_THAT(socket->of("line"), SizeIs(1));
  json::object const line = socket->of("line")[0];
  EXPECT_EQ(text(line, "from"), "you");
  EXPECT_EQ(text(line, "text"), "My screen is black");
  EXPECT_EQ(text(line, "ref"), "r1");
}

TEST_F(SwitchboardTest, LinesThatComeTogetherAreOneTurn) {
  auto const one = open(), two = open();
  greet(one);
  greet(two);
  say(one, "r1", "a");
  say(two, "r1", "b");
  say(one, "r2", "c");
  EXPECT_THAT(later, SizeIs(1));
  turn();
  EXPECT_THAT(one->of("kept"), SizeIs(2));
  EXPECT_THAT(two->of("kept"), SizeIs(1));
  EXPECT_EQ(counts().tickets, 2);
}

TEST_F(SwitchboardTest, ResentLineGetsTheSameNumberAndNoSecondLine) {
  auto const socket = open();
  greet(socket);
  say(socket, "r1", "one");
  turn();
  say(socket, "r2", "two");
  turn();
  socket->frames.clear();
  say(socket, "r1", "one");
  turn();
  ASSERT_THAT(socket->of(""), SizeIs(1));
  EXPECT_EQ(text(socket->frames[0], "t"), "kept");
  EXPECT_EQ(whole(socket->frames[0], "seq"), 1);
}

TEST_F(SwitchboardTest, EverySocketOfTheSessionSeesTheLineAndNoOther) {
  auto const first = open();
  std::string const session = greet(first);
  say(first, "r1", "hello");
  turn();
  auto const tab = open(), stranger = open();
  EXPECT_EQ(greet(tab, session, 1), session);
  EXPECT_NE(greet(stranger), session);
  say(first, "r2", "My screen is black");
  turn();
  ASSERT_THAT(tab->of("line"), SizeIs(1));
  EXPECT_EQ(text(tab->of("line")[0], "text"), "My screen is black");
  EXPECT_THAT(first->of("line"), SizeIs(2));
  EXPECT_THAT(stranger->of("line"), IsEmpty());
}

TEST_F(SwitchboardTest, LinesAfterLastAreReplayedInOrder) {
  auto const before = open();
  std::string const session = greet(before);
  for (std::string const ref : {"r1", "r2", "r3"}) say(before, ref, "line " + ref);
  turn();
  board.closed(*before);
  EXPECT_FALSE(board.present(session));
  auto const after = open();
  EXPECT_EQ(greet(after, session, 1), session);
  EXPECT_EQ(whole(after->of("welcome")[0], "next"), 4);
  auto const lines = after->of("line");
  ASSERT_THAT(lines, SizeIs(2));
  EXPECT_EQ(whole(lines[0], "seq"), 2);
  EXPECT_EQ(whole(lines[1], "seq"), 3);
}

TEST_F(SwitchboardTest, UnknownSessionGetsANewOne) {
  auto const socket = open();
  std::string const session = greet(socket, std::string(64, 'a'), 7);
  EXPECT_NE(session, std::string(64, 'a'));
  EXPECT_EQ(whole(socket->of("welcome")[0], "next"), 1);
}

TEST_F(SwitchboardTest, AgentsAnswerReachesTheOpenSocket) {
  auto const socket = open();
  std::string const session = greet(socket);
  say(socket, "r1", "My screen is black");
  turn();
  now += house.chat_gathering;
  ASSERT_TRUE(front.gather());
  present.insert(session);
  socket->frames.clear();
  receive(answer_by("kari", desk::TicketId{rung.at(0).ticket}, "Move the mouse."));
  ASSERT_THAT(socket->of(""), SizeIs(1));
  json::object const line = socket->frames[0];
  EXPECT_EQ(text(line, "from"), "desk");
  EXPECT_EQ(text(line, "name"), "Kari Eksempel");
  EXPECT_EQ(text(line, "text"), "Move the mouse.");
  EXPECT_EQ(whole(line, "seq"), 2);
}

TEST_F(SwitchboardTest, NotesStayInside) {
  auto const socket = open();
  std::string const session = greet(socket);
  say(socket, "r1", "My screen is black");
  turn();
  now += house.chat_gathering;
  ASSERT_TRUE(front.gather());
  socket->frames.clear();
  receive(answer_by("kari", rung.at(0).ticket, "/note\n\nHe never plugs it in."));
  EXPECT_THAT(socket->of(""), IsEmpty());
  auto const tab = open();
  greet(tab, session, 0);
  EXPECT_THAT(tab->of("line"), SizeIs(1));
}

TEST_F(SwitchboardTest, FirstLineBringsArticlesToTheTicket) {
  auto const socket = open();
  greet(socket);
  say(socket, "r1", "My plug");
  turn();
  auto const offered = ask([&](store::Tx& tx) { return store::offered(tx, rung.at(0).ticket); });
  ASSERT_THAT(offered, SizeIs(1));
  EXPECT_EQ(offered[0].article, "plug");
  say(socket, "r2", "is hot");
  EXPECT_THAT(asked, ElementsAre("My plug"));
}

TEST_F(SwitchboardTest, AskedForArticles) {
  auto const socket = open();
  greet(socket);
  hear(socket, {{"t", "ask"}, {"text", "plugs?"}});
  ASSERT_THAT(socket->of("articles"), SizeIs(1));
  json::object const articles = socket->of("articles")[0];
  EXPECT_EQ(text(articles, "for"), "plugs?");
  EXPECT_EQ(text(articles.at("list").as_array().at(0).as_object(), "url"), "/kb/plug");
}

TEST_F(SwitchboardTest, AnArticleThatWasShownMaySolveItOnce) {
  auto const solved = [&] {
    return ask([](store::Tx& tx) { return store::article_uses(tx); })["plug"].solved;
  };
  auto const socket = open();
  greet(socket);
  json::object const said{{"t", "solved"}, {"article", "plug"}};
  hear(socket, said);
  EXPECT_THAT(socket->of("no"), SizeIs(1)) << "nothing was shown";
  EXPECT_EQ(solved(), 0);
  hear(socket, {{"t", "ask"}, {"text", "plugs?"}});
  hear(socket, said);
  EXPECT_EQ(solved(), 1);
  hear(socket, said);
  EXPECT_EQ(solved(), 1);
  EXPECT_THAT(socket->of("no"), SizeIs(2));
  EXPECT_EQ(counts().tickets, 0) << "nobody needs to be asked any more";
}

TEST_F(SwitchboardTest, OneAddressMovesAnArticleALittleADay) {
  auto const solved = [&] {
    return ask([](store::Tx& tx) { return store::article_uses(tx); })["plug"].solved;
  };
  auto const press = [&](auto const& socket) {
    hear(socket, {{"t", "ask"}, {"text", "plugs?"}});
    hear(socket, {{"t", "solved"}, {"article", "plug"}});
  };
  auto const first = open();
  greet(first);
  for (int i = 0; i < 5; ++i) press(first);
  EXPECT_EQ(solved(), 1) << "a visitor says it once";
  EXPECT_THAT(first->of("no"), IsEmpty()) << "and is told nothing about it";
  for (int i = 0; i < 6; ++i) {
    auto const other = open();
    greet(other);
    press(other);
  }
  EXPECT_EQ(solved(), 3) << "new sessions of one address are nobody new";
  now += std::chrono::hours{25};
  press(first);
  EXPECT_EQ(solved(), 4);
}

TEST_F(SwitchboardTest, WhoBeforeTheFirstLineNamesTheRequester) {
  auto const socket = open();
  greet(socket);
  hear(socket, {{"t", "who"}, {"name", "Ada"}, {"address", "ADA@example.net"}});
  ASSERT_THAT(socket->of("known"), SizeIs(1));
  EXPECT_EQ(text(socket->of("known")[0], "address"), "ada@example.net");
  EXPECT_EQ(counts().tickets, 0);
  say(socket, "r1", "My screen is black");
  turn();
  EXPECT_EQ(ticket(rung.at(0).ticket).requester_address, (desk::Address{"Ada", "ada@example.net"}));
}

TEST_F(SwitchboardTest, WhoInTheSameTurnAsTheFirstLine) {
  auto const socket = open();
  std::string const session = greet(socket);
  say(socket, "r1", "My screen is black");
  hear(socket, {{"t", "who"}, {"name", "Ada"}, {"address", "ada@example.net"}});
  turn();
  EXPECT_THAT(socket->of("kept"), SizeIs(1));
  EXPECT_EQ(ticket(rung.at(0).ticket).requester_address.address, "ada@example.net");
  auto const tab = open();
  greet(tab, session);
  EXPECT_EQ(text(tab->of("known").at(0), "name"), "Ada");
}

TEST_F(SwitchboardTest, TroubleIsSaidAndTheLineCanBeSentAgain) {
  auto const socket = open();
  greet(socket);
  ASSERT_TRUE(db.write("fault", [](store::Tx& tx) {
    tx.driver().run("CREATE TRIGGER full BEFORE INSERT ON message BEGIN SELECT RAISE(ABORT, 'no room'); END");
  }));
  say(socket, "r1", "My screen is black");
  turn();
  EXPECT_THAT(socket->of("kept"), IsEmpty());
  ASSERT_THAT(socket->of("no"), SizeIs(1));
  EXPECT_EQ(text(socket->of("no")[0], "why"), "busy");
  EXPECT_EQ(text(socket->of("no")[0], "ref"), "r1");
  ASSERT_TRUE(db.write("mend", [](store::Tx& tx) { tx.driver().run("DROP TRIGGER full"); }));
  say(socket, "r1", "My screen is black");
  turn();
  EXPECT_THAT(socket->of("kept"), SizeIs(1));
}

TEST_F(SwitchboardTest, SocketThatClosesBeforeTheCommitLosesNothing) {
  auto socket = open();
  std::string const session = greet(socket);
  say(socket, "r1", "My screen is black");
  board.closed(*socket);
  socket.reset();
  turn();
  EXPECT_EQ(counts().messages, 1);
  auto const after = open();
  EXPECT_EQ(greet(after, session), session);
  EXPECT_THAT(after->of("line"), SizeIs(1));
}

TEST_F(SwitchboardTest, TheSameNameAgainIsNoChangeAndManyAreTooFast) {
  auto const socket = open();
  greet(socket);
  say(socket, "r1", "My screen is black");
  turn();
  auto const trail = [&] {
    return ask([&](store::Tx& tx) { return store::trail_of(tx, desk::TicketId{1001}); }).size();
  };
  hear(socket, {{"t", "who"}, {"name", "Ada"}, {"address", "ada@example.org"}});
  std::size_t const once = trail();
  hear(socket, {{"t", "who"}, {"name", "Ada"}, {"address", "ADA@example.org"}});
  EXPECT_EQ(trail(), once);
  EXPECT_EQ(socket->of("known").size(), 2U);
  for (int i = 0; i < 200; ++i)
    hear(socket, {{"t", "who"}, {"name", "Ada"}, {"address", "a" + std::to_string(i) + "@example.org"}});
  EXPECT_FALSE(socket->of("no").empty());
  EXPECT_LT(trail(), once + 200);
}

}  // namespace
}  // namespace spoc::daemon
