// SPDX-License-Identifier: GPL-3.0-or-later
// Older tickets in the widget: what proves an address, what it opens, and what stays shut.
#include "desk/proof.hpp"
#include "tests/daemon/switchboard_room.hpp"

namespace spoc::daemon {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using tests::text;
using tests::whole;
namespace json = boost::json;

class SwitchboardPast : public tests::SwitchboardRoom {
 protected:
  /// A visitor who has said a line and given this address.
  std::shared_ptr<tests::Socket> visitor(std::string const& address) {
    auto socket = open();
    greet(socket);
    say(socket, "1", "hello");
    turn();
    hear(socket, {{"t", "who"}, {"name", "Ola"}, {"address", address}});
    return socket;
  }
  static std::string why(std::shared_ptr<tests::Socket> const& socket) {
    auto const no = socket->of("no");
    return no.empty() ? "" : text(no.back(), "why");
  }
  std::string mailed_word() { return letters(desk::LetterKind::proof).back().text; }

  desk::TicketId older = receive(tests::Sketch{.subject = "An older matter", .text = "Words of mine"}).ticket;
};

TEST_F(SwitchboardPast, AGivenAddressOpensNothing) {
  auto const stranger = visitor("ola@example.net");
  hear(stranger, {{"t", "tickets"}});
  EXPECT_EQ(why(stranger), "bad_word");
  hear(stranger, {{"t", "past"}, {"number", desk::number(older)}});
  EXPECT_THAT(stranger->of("no"), SizeIs(2));
  for (std::string const guess : {"", "AAAAA-AAAAA", "0"}) {
    hear(stranger, {{"t", "confirm"}, {"word", "x" + guess}});
    EXPECT_EQ(why(stranger), "bad_word");
  }
  EXPECT_THAT(stranger->of("tickets"), IsEmpty());
  EXPECT_THAT(stranger->of("past"), IsEmpty());
}

TEST_F(SwitchboardPast, TheMailedWordOpensTheTicketsOfThatAddress) {
  auto const ola = visitor("Ola@example.net");
  hear(ola, {{"t", "confirm"}, {"page", "https://evil.example/"}});
  EXPECT_EQ(text(ola->of("mailed").at(0), "address"), "ola@example.net");
  auto const sent = letters(desk::LetterKind::proof);
  ASSERT_THAT(sent, SizeIs(1));
  EXPECT_EQ(sent[0].to.address, "ola@example.net");
  EXPECT_THAT(sent[0].lines, IsEmpty()) << "no link to a page that is not ours";
  auto const tab = open();
  greet(tab, text(ola->of("welcome")[0], "session"));
  hear(ola, {{"t", "confirm"}, {"word", mailed_word()}});
  EXPECT_THAT(ola->of("confirmed"), SizeIs(1));
  EXPECT_THAT(tab->of("confirmed"), SizeIs(1));
  hear(tab, {{"t", "tickets"}});
  auto const list = tab->of("tickets").at(0).at("list").as_array();
  ASSERT_THAT(list, SizeIs(2));
  EXPECT_EQ(whole(list.at(1).as_object(), "number"), desk::number(older));
  EXPECT_EQ(text(list.at(1).as_object(), "subject"), "An older matter");
  hear(tab, {{"t", "past"}, {"number", desk::number(older)}});
  auto const lines = tab->of("past").at(0).at("lines").as_array();
  ASSERT_THAT(lines, SizeIs(1));
  EXPECT_EQ(text(lines.at(0).as_object(), "text"), "Words of mine");
  EXPECT_EQ(text(lines.at(0).as_object(), "name"), "Ola Testmann");
}

TEST_F(SwitchboardPast, NotesAndOtherPeoplesTicketsStayShut) {
  receive(answer_by("kari", older, "/note\n\nHe is in a hurry."));
  desk::TicketId const hers =
      receive(tests::Sketch{.from = "Eva <eva@example.net>", .subject = "Hers", .text = "Her words"}).ticket;
  auto const ola = visitor("ola@example.net");
  hear(ola, {{"t", "confirm"}});
  hear(ola, {{"t", "confirm"}, {"word", mailed_word()}});
  hear(ola, {{"t", "past"}, {"number", desk::number(older)}});
  hear(ola, {{"t", "past"}, {"number", desk::number(hers)}});
  hear(ola, {{"t", "past"}, {"number", 999'999}});
  auto const past = ola->of("past");
  ASSERT_THAT(past, SizeIs(3));
  EXPECT_THAT(json::serialize(past[0]), testing::Not(HasSubstr("hurry")));
  EXPECT_THAT(past[1].at("lines").as_array(), IsEmpty());
  EXPECT_THAT(past[2].at("lines").as_array(), IsEmpty());
  hear(ola, {{"t", "tickets"}});
  EXPECT_THAT(json::serialize(ola->of("tickets").at(0)), testing::Not(HasSubstr("Hers")));
}

TEST_F(SwitchboardPast, OfALongTicketTheNewestLinesComeAndItIsSaidThatOthersDoNot) {
  for (std::string const id : {"long-1", "long-2"})
    receive(tests::Sketch{.subject = "Re: An older matter [#" + std::to_string(desk::number(older)) + "]",
                          .text = id + " " + std::string(120'000, 'x'),
                          .id = id + "@example.net"});
  auto const ola = visitor("ola@example.net");
  hear(ola, {{"t", "confirm"}});
  hear(ola, {{"t", "confirm"}, {"word", mailed_word()}});
  hear(ola, {{"t", "past"}, {"number", desk::number(older)}});
  auto const past = ola->of("past").at(0);
  auto const& lines = past.at("lines").as_array();
  ASSERT_THAT(lines, SizeIs(1));
  EXPECT_TRUE(text(lines.at(0).as_object(), "text").starts_with("long-2"));
  EXPECT_EQ(past.at("cut"), true);
  desk::TicketId const fresh =
      receive(tests::Sketch{.subject = "A short one", .id = "short@example.net"}).ticket;
  hear(ola, {{"t", "past"}, {"number", desk::number(fresh)}});
  EXPECT_FALSE(ola->of("past").at(1).contains("cut"));
}

TEST_F(SwitchboardPast, AWordIsGoodInItsOwnChatAndForItsOwnAddress) {
  auto const ola = visitor("ola@example.net");
  hear(ola, {{"t", "confirm"}});
  std::string const word = mailed_word();
  auto const thief = visitor("ola@example.net");
  hear(thief, {{"t", "confirm"}, {"word", word}});
  EXPECT_EQ(why(thief), "bad_word");
  hear(ola, {{"t", "confirm"}, {"word", word}});
  EXPECT_THAT(ola->of("confirmed"), SizeIs(1));
  hear(ola, {{"t", "who"}, {"name", "Ola"}, {"address", "eva@example.net"}});
  hear(ola, {{"t", "tickets"}});
  EXPECT_EQ(why(ola), "bad_word") << "another address is another proof";
}

/// Or somebody who named another's address would only have to ask an agent for letters to their own.
TEST_F(SwitchboardPast, WhatAVisitorAsksForGoesToTheirAddressWhoeverIsTheRequesterByNow) {
  auto const thief = visitor("ola@example.net");
  desk::TicketId const chat = rung.back().ticket;
  ASSERT_NE(chat, older);
  now += house.chat_gathering;
  ASSERT_TRUE(front.gather());
  present.insert(text(thief->of("welcome")[0], "session"));
  receive(answer_by("kari", chat, "/requester eva@example.net"));
  ASSERT_EQ(ticket(chat).requester_address.address, "eva@example.net");
  hear(thief, {{"t", "confirm"}});
  auto const words = letters(desk::LetterKind::proof);
  ASSERT_THAT(words, SizeIs(1));
  EXPECT_EQ(words[0].to.address, "ola@example.net") << "the word proves this one";
  receive(answer_by("kari", chat, "Here you are."));
  hear(thief, {{"t", "transcript"}});
  auto const transcripts = letters(desk::LetterKind::transcript);
  ASSERT_THAT(transcripts, SizeIs(1));
  EXPECT_EQ(transcripts[0].to.address, text(thief->of("mailed").back(), "address"));
  EXPECT_EQ(transcripts[0].to.address, "ola@example.net");
}

TEST_F(SwitchboardPast, AProofOutlivesReloadAndRestart) {
  auto const ola = visitor("ola@example.net");
  hear(ola, {{"t", "confirm"}});
  hear(ola, {{"t", "confirm"}, {"word", mailed_word()}});
  std::string const session = text(ola->of("welcome")[0], "session");
  Switchboard fresh{front, "support", {}, [](std::function<void()> work) { work(); }};
  auto const later_on = std::make_shared<tests::Socket>();
  fresh.opened(later_on);
  fresh.heard(*later_on, json::serialize(json::object{{"t", "hello"}, {"session", session}}));
  EXPECT_EQ(later_on->of("welcome").at(0).at("confirmed"), true);
  fresh.heard(*later_on, R"({"t":"tickets"})");
  EXPECT_THAT(later_on->of("tickets"), SizeIs(1));
}

TEST_F(SwitchboardPast, NoLineOrNoAddressIsNoMail) {
  auto const fresh = open();
  greet(fresh);
  hear(fresh, {{"t", "confirm"}});
  EXPECT_EQ(why(fresh), "no_word");
  say(fresh, "1", "hello");
  turn();
  hear(fresh, {{"t", "confirm"}});
  EXPECT_EQ(why(fresh), "no_word");
  EXPECT_THAT(letters(desk::LetterKind::proof), IsEmpty());
}

TEST_F(SwitchboardPast, TellsOnceWhoCameBackAfterAWhile) {
  auto const first = open();
  greet(first);
  say(first, "1", "hello");
  turn();
  std::string const session = text(first->of("welcome")[0], "session");
  board.closed(*first);
  now += std::chrono::minutes{1};
  auto const reload = open();
  greet(reload, session);
  EXPECT_EQ(board.back(session), std::nullopt);
  board.closed(*reload);
  now += std::chrono::minutes{10};
  greet(open(), session);
  EXPECT_EQ(board.back(session), now);
  EXPECT_EQ(board.back(session), std::nullopt);
}

}  // namespace
}  // namespace spoc::daemon
