// SPDX-License-Identifier: GPL-3.0-or-later
// The chat protocol: what is read, what is refused, what is written.
#include "parser/frame.hpp"

#include <gtest/gtest.h>

namespace spoc::parser {
namespace {

template <class T>
T read(std::string_view json) {
  auto const frame = read_frame(json);
  EXPECT_TRUE(frame) << json;
  if (!frame || !std::holds_alternative<T>(*frame)) {
    ADD_FAILURE() << "another frame: " << json;
    return {};
  }
  return std::get<T>(*frame);
}

TEST(Frame, ReadsHello) {
  auto const hello = read<Hello>(R"({"t":"hello","session":"s1","last":7,"language":"nb"})");
  EXPECT_EQ(hello.session, "s1");
  EXPECT_EQ(hello.last, 7);
  EXPECT_EQ(hello.language, "nb");
}

TEST(Frame, WritesWhatIsShownAndNotKept) {
  EXPECT_EQ(write_frame(DeskTyping{"Sam"}), R"({"t":"typing","name":"Sam"})");
  EXPECT_EQ(write_frame(Issue{"VPN is down"}), R"({"t":"issue","text":"VPN is down"})");
  EXPECT_EQ(write_frame(Issue{}), R"({"t":"issue","text":""})");
}

TEST(Frame, ANewVisitorHasNoSession) {
  auto const hello = read<Hello>(R"({"t":"hello","session":null})");
  EXPECT_EQ(hello.session, "");
  EXPECT_EQ(hello.last, 0);
}

TEST(Frame, ReadsTheOthers) {
  EXPECT_EQ(read<Said>(R"({"t":"line","ref":"r1","text":"打印机坏了"})").text, "打印机坏了");
  EXPECT_EQ(read<Said>(R"({"t":"line","ref":"r1","text":"x"})").ref, "r1");
  EXPECT_EQ(read<Who>(R"({"t":"who","name":"Kari","address":"kari@example.org"})").address,
            "kari@example.org");
  EXPECT_EQ(read<Asked>(R"({"t":"ask","text":"vpn"})").text, "vpn");
  EXPECT_EQ(read<Solved>(R"({"t":"solved","article":"vpn-drops"})").article, "vpn-drops");
  EXPECT_EQ(read<Hello>(R"({"t":"hello","session":null,"token":"a.b.c"})").token, "a.b.c");
  auto const end = read<End>(R"({"t":"end","solved":true,"score":4,"text":"fine"})");
  EXPECT_TRUE(end.solved);
  EXPECT_EQ(end.score, 4);
  EXPECT_EQ(end.text, "fine");
  EXPECT_FALSE(read<End>(R"({"t":"end"})").solved) << "they did not say";
  EXPECT_EQ(read<End>(R"({"t":"end","solved":false})").solved, std::optional{false});
  read<Transcript>(R"({"t":"transcript"})");
  EXPECT_EQ(read<Confirm>(R"({"t":"confirm","page":"https://a/"})").page, "https://a/");
  EXPECT_EQ(read<Confirm>(R"({"t":"confirm","word":"AB-CD"})").word, "AB-CD");
  read<Tickets>(R"({"t":"tickets"})");
  EXPECT_EQ(read<Past>(R"({"t":"past","number":1042})").number, 1042);
  read<Typing>(R"({"t":"typing"})");
  read<Ping>(R"({"t":"ping"})");
  read<Ping>(R"({"t":"ping","more":[1,2,{"a":null}]})");
}

struct Bad {
  std::string name, json, word;
};
class BadFrame : public testing::TestWithParam<Bad> {};

TEST_P(BadFrame, IsRefusedWithTheReason) {
  auto const frame = read_frame(GetParam().json);
  ASSERT_FALSE(frame) << GetParam().json;
  EXPECT_EQ(frame.error().kind, Kind::unreadable);
  EXPECT_NE(frame.error().what.find(GetParam().word), std::string::npos) << frame.error().what;
}

INSTANTIATE_TEST_SUITE_P(
    Table, BadFrame,
    testing::Values(Bad{"empty", "", "JSON"}, Bad{"words", "hello", "JSON"}, Bad{"array", "[]", "object"},
                    Bad{"two", R"({"t":"ping"}{"t":"ping"})", "JSON"}, Bad{"no_t", "{}", "\"t\""},
                    Bad{"t_number", R"({"t":1})", "string"}, Bad{"unknown", R"({"t":"shout"})", "none of"},
                    Bad{"outgoing", R"({"t":"kept","ref":"a","seq":1})", "none of"},
                    Bad{"line_without_ref", R"({"t":"line","text":"x"})", "ref"},
                    Bad{"line_without_text", R"({"t":"line","ref":"a"})", "text"},
                    Bad{"line_empty", R"({"t":"line","ref":"a","text":""})", "empty"},
                    Bad{"last_negative", R"({"t":"hello","last":-1})", "last"},
                    Bad{"last_fraction", R"({"t":"hello","last":1.5})", "last"},
                    Bad{"last_huge", R"({"t":"hello","last":99999999999999999999})", "last"},
                    Bad{"session_number", R"({"t":"hello","session":5})", "session"},
                    Bad{"score_six", R"({"t":"end","score":6})", "score"},
                    Bad{"solved_word", R"({"t":"end","solved":"yes"})", "solved"},
                    Bad{"page_long", "{\"t\":\"confirm\",\"page\":\"" + std::string(2001, 'x') + "\"}",
                        "page"},
                    Bad{"past_word", R"({"t":"past","number":"1"})", "number"},
                    Bad{"bad_utf8", "{\"t\":\"ask\",\"text\":\"\xff\"}", "JSON"},
                    Bad{"deep", "[[[[[[[[[[1]]]]]]]]]]", "JSON"}),
    [](auto const& row) { return row.param.name; });

// A line that is too long is read all the same: the desk answers "too_long" with its ref.
TEST(Frame, HasBounds) {
  std::string const longest(longest_line, 'x');
  auto const said = read<Said>("{\"t\":\"line\",\"ref\":\"a\",\"text\":\"x" + longest + "\"}");
  EXPECT_EQ(said.text.size(), longest_line + 1);
  EXPECT_EQ(said.ref, "a");
  EXPECT_TRUE(read_frame("{\"t\":\"ask\",\"text\":\"" + longest + "\"}"));
  auto const longer = read_frame("{\"t\":\"ask\",\"text\":\"x" + longest + "\"}");
  ASSERT_FALSE(longer);
  EXPECT_NE(longer.error().what.find("8000"), std::string::npos);
  EXPECT_FALSE(read_frame(std::string(longest_frame + 1, ' ')));
}

TEST(Frame, Writes) {
  desk::Time const at = desk::from_number(1'795'291'200'000);
  EXPECT_EQ(write_frame(Welcome{"s", 4, "Desk"}), R"({"t":"welcome","session":"s","next":4,"desk":"Desk"})");
  Welcome rich{"s", 4, "Desk", 10, {"png"}};
  rich.form = {{"Room", true}};
  rich.signed_in = true;
  rich.open = false;
  rich.opens = at;
  rich.minutes = 12;
  EXPECT_EQ(write_frame(rich),
            R"({"t":"welcome","session":"s","next":4,"desk":"Desk","files":{"bytes":10,"types":["png"]},)"
            R"("form":[{"label":"Room","required":true}],"signed":true,"open":false,"opens":")" +
                desk::iso(at) + R"(","minutes":12})");
  EXPECT_EQ(write_frame(Mailed{"a@b"}), R"({"t":"mailed","address":"a@b"})");
  EXPECT_EQ(write_frame(Mailed{"a@b", true}), R"({"t":"mailed","address":"a@b","word":true})");
  EXPECT_EQ(write_frame(Confirmed{"a@b"}), R"({"t":"confirmed","address":"a@b"})");
  EXPECT_EQ(write_frame(TicketList{{{7, "S", "open", at}}}),
            R"({"t":"tickets","list":[{"number":7,"subject":"S","status":"open","changed":")" +
                desk::iso(at) + R"("}]})");
  EXPECT_EQ(write_frame(PastLines{7, {}}), R"({"t":"past","number":7,"lines":[]})");
  EXPECT_EQ(write_frame(Line{2, true, "K", "x", at, "", {{"a.png", "image/png", "/f"}}}),
            R"({"t":"line","seq":2,"from":"desk","name":"K","text":"x","at":")" + desk::iso(at) +
                R"(","ref":null,"files":[{"name":"a.png","type":"image/png","url":"/f"}]})");
  EXPECT_EQ(write_frame(Ended{}), R"({"t":"ended"})");
  EXPECT_EQ(write_frame(Over{}), R"({"t":"over"})");
  EXPECT_EQ(write_frame(UnderWay{}), R"({"t":"under_way"})");
  EXPECT_EQ(write_frame(Mailed{"a@example.org"}), R"({"t":"mailed","address":"a@example.org"})");
  EXPECT_EQ(write_frame(Kept{"r", 3, at}), R"({"t":"kept","ref":"r","seq":3,"at":")" + desk::iso(at) + "\"}");
  EXPECT_EQ(write_frame(Line{2, true, "Kari", "a \"b\"\n", at, ""}),
            R"({"t":"line","seq":2,"from":"desk","name":"Kari","text":"a \"b\"\n","at":")" + desk::iso(at) +
                R"(","ref":null})");
  EXPECT_EQ(
      write_frame(Line{2, false, "", "x", at, "r"}),
      R"({"t":"line","seq":2,"from":"you","name":"","text":"x","at":")" + desk::iso(at) + R"(","ref":"r"})");
  EXPECT_EQ(write_frame(Articles{"vpn", {{"a", "T", "/u"}}}),
            R"({"t":"articles","for":"vpn","list":[{"id":"a","title":"T","url":"/u"}]})");
  EXPECT_EQ(write_frame(Articles{"x", {}}), R"({"t":"articles","for":"x","list":[]})");
  EXPECT_EQ(write_frame(Pong{}), R"({"t":"pong"})");
  EXPECT_EQ(write_frame(Known{"K", "k@example.org"}),
            R"({"t":"known","name":"K","address":"k@example.org"})");
  EXPECT_EQ(write_frame(No{"too_fast", "Slow down.", "r"}),
            R"({"t":"no","why":"too_fast","text":"Slow down.","ref":"r"})");
}

/// It waits in a queue that is bounded by what frames hold, not by their room.
TEST(WrittenFrame, has_no_more_room_than_it_needs) {
  Line const line{1, false, "Vera", std::string(9000, 'x'), {}, {}};
  std::string const frame = write_frame(line);
  EXPECT_LT(frame.capacity(), frame.size() + 100);
}

}  // namespace
}  // namespace spoc::parser
