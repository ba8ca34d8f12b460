// SPDX-License-Identifier: GPL-3.0-or-later
// What the switchboard refuses, and with which words.
#include "tests/daemon/switchboard_room.hpp"

namespace spoc::daemon {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using tests::text;
namespace json = boost::json;

class SwitchboardManners : public tests::SwitchboardRoom {};

struct Refused {
  std::string name;
  bool greeted;
  std::string frame, why, words;
};
void PrintTo(Refused const& row, std::ostream* out) { *out << row.name; }

class SwitchboardRefuses : public tests::SwitchboardRoom, public testing::WithParamInterface<Refused> {};

TEST_P(SwitchboardRefuses, WithAReason) {
  auto const socket = open();
  if (GetParam().greeted) greet(socket);
  socket->frames.clear();
  board.heard(*socket, GetParam().frame);
  ASSERT_THAT(socket->of(""), SizeIs(1));
  EXPECT_EQ(text(socket->frames[0], "t"), "no");
  EXPECT_EQ(text(socket->frames[0], "why"), GetParam().why);
  EXPECT_THAT(text(socket->frames[0], "text"), HasSubstr(GetParam().words));
  EXPECT_THAT(later, IsEmpty());
  EXPECT_EQ(counts().tickets, 0);
}

std::string said(std::string const& ref, std::string const& words) {
  return json::serialize(json::object{{"t", "line"}, {"ref", ref}, {"text", words}});
}
std::string who(std::string const& name, std::string const& address) {
  return json::serialize(json::object{{"t", "who"}, {"name", name}, {"address", address}});
}

INSTANTIATE_TEST_SUITE_P(
    Each, SwitchboardRefuses,
    testing::Values(
        Refused{"no_json", true, "hello?", "bad_frame", "no JSON"},
        Refused{"unknown_kind", true, R"({"t":"shout"})", "bad_frame", "none of hello"},
        Refused{"line_before_hello", false, said("r1", "x"), "bad_session", "say hello first"},
        Refused{"ask_before_hello", false, R"({"t":"ask","text":"x"})", "bad_session", "say hello first"},
        Refused{"second_hello", true, R"({"t":"hello","session":null,"last":0,"language":"en"})",
                "bad_session", "once"},
        Refused{"empty_line", true, said("r1", ""), "bad_frame", "empty"},
        Refused{"blank_line", true, said("r1", " \n\t "), "bad_frame", "empty"},
        Refused{"line_without_ref", true, said("", "x"), "bad_frame", "ref"},
        Refused{"long_ref", true, said(std::string(101, 'r'), "x"), "bad_frame", "ref"},
        Refused{"long_line", true, said("r1", std::string(parser::longest_line + 1, 'x')), "too_long",
                "8,000"},
        Refused{"long_name", true, who(std::string(201, 'n'), ""), "bad_frame", "200"},
        Refused{"long_address", true, who("Ada", std::string(200, 'a') + "@example.net"), "too_long", "200"},
        Refused{"no_address", true, who("Ada", "ada"), "bad_frame", "address"},
        Refused{"two_addresses", true, who("Ada", "a@example.net,b@example.net"), "bad_frame", "address"}),
    [](auto const& each) { return each.param.name; });

TEST_F(SwitchboardManners, LongestLineIsTaken) {
  auto const socket = open();
  greet(socket);
  say(socket, "r1", std::string(parser::longest_line, 'x'));
  turn();
  EXPECT_THAT(socket->of("kept"), SizeIs(1));
}

TEST_F(SwitchboardManners, PingNeedsNoHello) {
  auto const socket = open();
  hear(socket, {{"t", "ping"}});
  EXPECT_THAT(socket->of("pong"), SizeIs(1));
}

}  // namespace
}  // namespace spoc::daemon
