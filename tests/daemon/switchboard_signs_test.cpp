// SPDX-License-Identifier: GPL-3.0-or-later
// What widgets are shown and nobody keeps: outages as they come and go, and who is typing.
#include "tests/daemon/switchboard_room.hpp"

namespace spoc::daemon {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using tests::text;
namespace json = boost::json;

class SwitchboardSigns : public tests::SwitchboardRoom {
 protected:
  SwitchboardSigns() {
    board.tell_of([this] { return announced; });
    board.tell_typing([this](desk::TicketId ticket, std::string const& name) {
      typed.push_back(std::to_string(desk::number(ticket)) + " " + name);
    });
  }
  static desk::Announcement outage(std::int64_t id, std::string words) {
    desk::Announcement out;
    out.id = desk::AnnouncementId{id};
    out.text = std::move(words);
    return out;
  }
  std::shared_ptr<tests::Socket> enter(std::string const& language) {
    auto socket = open();
    hear(socket, {{"t", "hello"}, {"session", nullptr}, {"last", 0}, {"language", language}});
    return socket;
  }
  static std::vector<std::string> issues(std::shared_ptr<tests::Socket> const& socket) {
    std::vector<std::string> out;
    for (auto const& frame : socket->of("issue")) out.push_back(text(frame, "text"));
    return out;
  }

  std::optional<std::vector<desk::Announcement>> announced = std::vector<desk::Announcement>{};
  std::vector<std::string> typed;
};

TEST_F(SwitchboardSigns, AnOutageIsToldAsItComesAndGoes) {
  auto const early = enter("nb-NO"), other = enter("en");
  auto const silent = open();  // no hello yet
  announced = {outage(1, "The VPN is down")};
  announced->front().translations["nb"] = "VPN er nede";
  board.tell_issue();
  auto const late = enter("en");
  board.tell_issue();
  EXPECT_THAT(issues(early), ElementsAre("VPN er nede"));
  EXPECT_THAT(issues(other), ElementsAre("The VPN is down"));
  EXPECT_THAT(issues(late), IsEmpty()) << "its welcome says it";
  EXPECT_EQ(text(late->of("welcome").at(0), "issue"), "The VPN is down");
  announced->insert(announced->begin(), outage(2, "The printers too"));
  board.tell_issue();
  EXPECT_THAT(issues(late), ElementsAre("The printers too\n\nThe VPN is down"));
  announced->clear();
  board.tell_issue();
  EXPECT_EQ(issues(early).back(), "");
  EXPECT_THAT(issues(other), SizeIs(3));
  EXPECT_THAT(silent->of(""), IsEmpty());
}

TEST_F(SwitchboardSigns, NothingIsTakenBackWhileItCantBeLookedUp) {
  auto const one = enter("en");
  announced = {outage(1, "The VPN is down")};
  board.tell_issue();
  announced.reset();
  EXPECT_FALSE(board.tell_issue());
  EXPECT_THAT(issues(one), ElementsAre("The VPN is down"));
}

TEST_F(SwitchboardSigns, SaysWhenTheNextOneIsOver) {
  EXPECT_FALSE(board.tell_issue());
  announced = {outage(2, "b"), outage(1, "a")};
  EXPECT_FALSE(board.tell_issue());
  announced->front().until = now + std::chrono::hours{2};
  announced->back().until = now + std::chrono::hours{1};
  EXPECT_EQ(board.tell_issue(), now + std::chrono::hours{1});
  EXPECT_EQ(board.tell_issue(), now + std::chrono::hours{1}) << "asked again";
}

TEST_F(SwitchboardSigns, AVisitorsTypingIsPassedOnNowAndThen) {
  auto const tab = open();
  auto const session = greet(tab);
  json::object const typing{{"t", "typing"}};
  hear(tab, typing);
  EXPECT_THAT(typed, IsEmpty()) << "there is no ticket yet";
  hear(tab, {{"t", "who"}, {"name", "Kari"}, {"address", "kari@example.net"}});
  say(tab, "r1", "Hello");
  turn();
  auto const other = open();
  greet(other, session);
  auto const ticket = std::to_string(desk::number(rung.back().ticket));
  hear(tab, typing);
  hear(tab, typing);
  hear(other, typing);
  EXPECT_THAT(typed, ElementsAre(ticket + " Kari")) << "once for all tabs";
  now += std::chrono::seconds{2};
  hear(other, typing);
  EXPECT_THAT(typed, SizeIs(2));
  now -= std::chrono::hours{1};
  hear(other, typing);
  EXPECT_THAT(typed, SizeIs(3)) << "the clock was set back";
  EXPECT_THAT(tab->of("no"), IsEmpty());
}

TEST_F(SwitchboardSigns, AnAgentsTypingIsShownInEachTabOfThatVisitorAlone) {
  auto const tab = open(), stranger = open();
  auto const session = greet(tab);
  auto const other = open();
  greet(other, session);
  greet(stranger);
  EXPECT_TRUE(board.show_typing(session, "Sam Example"));
  for (auto const& one : {tab, other}) {
    ASSERT_THAT(one->of("typing"), SizeIs(1));
    EXPECT_EQ(text(one->of("typing")[0], "name"), "Sam Example");
  }
  EXPECT_THAT(stranger->of("typing"), IsEmpty());
  EXPECT_FALSE(board.show_typing("nobody's", "Sam Example"));
  EXPECT_FALSE(board.show_typing("", "Sam Example")) << "a ticket that came by mail";
}

}  // namespace
}  // namespace spoc::daemon
