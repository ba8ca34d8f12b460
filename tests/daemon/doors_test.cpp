// SPDX-License-Identifier: GPL-3.0-or-later
// Schemas, parameters, scopes and the table of operations.
#include "daemon/api_call.hpp"
#include "daemon/api_nouns.hpp"
#include "daemon/api_parameters.hpp"
#include "daemon/api_schema.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/json/parse.hpp>

namespace spoc::daemon {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

struct Shape {
  char const *name, *schema, *value, *fault;
};
class Shapes : public testing::TestWithParam<Shape> {};

TEST_P(Shapes, AreHeldAgainstTheirSchemas) {
  auto const faults = faults_of(boost::json::parse(GetParam().value), GetParam().schema);
  if (std::string_view{GetParam().fault}.empty())
    EXPECT_THAT(faults, IsEmpty());
  else
    EXPECT_THAT(faults, ElementsAre(HasSubstr(GetParam().fault)));
}

INSTANTIATE_TEST_SUITE_P(
    Table, Shapes,
    testing::Values(
        Shape{"well", "NewTicket", R"({"requester":{"address":"a@example.org"},"subject":"x","text":"y"})",
              ""},
        Shape{"missing", "NewTicket", R"({"requester":{"address":"a@example.org"},"text":"y"})",
              "lacks \"subject\""},
        Shape{
            "inner", "NewTicket",
            R"({"requester":{"adress":"a@example.org","address":"b@example.org"},"subject":"x","text":"y"})",
            "/requester has no \"adress\"; did you mean \"address\"?"},
        Shape{"type", "Commands", R"({"commands":"/close"})", "/commands is no array"},
        Shape{"item", "Commands", R"({"commands":["/close",7]})", "/commands/1 is no string"},
        Shape{"few", "Commands", R"({"commands":[]})", "/commands is empty"},
        Shape{"word", "TicketChange", R"({"priority":"P9"})",
              "/priority is none of [\"P1\",\"P2\",\"P3\",\"P4\"]"},
        Shape{"nobody", "TicketChange", R"({"assignee":""})", ""},
        Shape{"file", "NewMessage",
              R"({"kind":"note","text":"x","attachments":[{"filename":"a","content":"YQ=="}]})", ""},
        Shape{"file_without_content", "NewMessage",
              R"({"kind":"note","text":"x","attachments":[{"filename":"a"}]})",
              "/attachments/0 lacks \"content\""},
        Shape{"whole", "TicketChange", "[]", "the body is no object"},
        Shape{"null", "TicketChange", R"({"assignee":null})", "/assignee is no string"},
        Shape{"least", "RuleTrial", R"({"ticket":0})", "/ticket is less than 1"},
        Shape{"huge", "RuleTrial", R"({"ticket":18446744073709551615})", "/ticket is no integer"},
        Shape{"fraction", "RuleTrial", R"({"ticket":1.5})", "/ticket is no integer"},
        Shape{"either", "Event", R"({"id":1,"ticket":null,"at":"","who":"","what":"","detail":""})", ""},
        Shape{"reference", "Tickets", R"({"tickets":[7],"next":null})", "/tickets/0 is no object"}),
    [](auto const& row) { return std::string{row.param.name}; });

TEST(ApiRoutes, NameWhatThereIs) {
  std::vector<std::string_view> ids;
  for (Route const& route : api_routes()) {
    for (std::string_view const one : parts_of(route.parameters)) EXPECT_TRUE(api_parameter(one)) << one;
    for (std::string_view const schema : {route.body, route.answer})
      EXPECT_TRUE(schema.empty() || api_schemas().contains(schema)) << schema;
    EXPECT_EQ(std::count(ids.begin(), ids.end(), route.id), 0) << route.id;
    ids.push_back(route.id);
    EXPECT_TRUE(route.help.ends_with(".")) << route.help;
  }
}

TEST(ApiParameters, AreLookedAt) {
  EXPECT_EQ(fault_of(*api_parameter("status"), "new"), "");
  EXPECT_NE(fault_of(*api_parameter("status"), "fresh"), "");
  EXPECT_EQ(fault_of(*api_parameter("limit"), "200"), "");
  for (auto const* limit : {"0", "201", "-1", "x", "", "99999999999999999999"})
    EXPECT_NE(fault_of(*api_parameter("limit"), limit), "") << limit;
  EXPECT_EQ(fault_of(*api_parameter("since"), "2026-11-26T08:00:00Z"), "");
  EXPECT_NE(fault_of(*api_parameter("since"), "yesterday"), "");
}

TEST(Tags, AreNamedByLists) {
  EXPECT_TRUE(names_tag("*", "\"a\""));
  EXPECT_TRUE(names_tag("\"b\", W/\"a\"", "\"a\""));
  EXPECT_FALSE(names_tag("\"b\"", "\"a\""));
  EXPECT_FALSE(names_tag("", "\"a\""));
}

TEST(Scopes, HoldWhatTheySay) {
  EXPECT_TRUE(holds(Scope::admin, Scope::write));
  EXPECT_TRUE(holds(Scope::write, Scope::create));
  EXPECT_FALSE(holds(Scope::write, Scope::admin));
  EXPECT_FALSE(holds(Scope::create, Scope::read));
  EXPECT_FALSE(holds(Scope::read, Scope::create));
  EXPECT_TRUE(holds(Scope::none, Scope::none));
}

struct HandedIn {
  char const *name, *file, *fault;
};
class Files : public testing::TestWithParam<HandedIn> {};

TEST_P(Files, AreTakenOrNamedWithTheirFault) {
  auto const body = boost::json::parse(std::string{R"({"attachments":[{"filename":"ok","content":"YQ=="},)"} +
                                       GetParam().file + "]}");
  auto const files = files_in(body.as_object());
  if (std::string_view{GetParam().fault}.empty()) {
    ASSERT_TRUE(files) << files.error().what;
    EXPECT_EQ(files->size(), 2U);
    EXPECT_EQ(files->at(0).content.string(), "a");
    EXPECT_EQ(files->at(0).type, "application/octet-stream");
    EXPECT_EQ(files->at(0).sha256.size(), 64U);
  } else {
    ASSERT_FALSE(files);
    EXPECT_THAT(files.error().what, HasSubstr(GetParam().fault));
  }
}

INSTANTIATE_TEST_SUITE_P(
    Table, Files,
    testing::Values(HandedIn{"well", R"({"filename":"å b.txt","content":"YWI=","type":"Text/Plain"})", ""},
                    HandedIn{"path", R"({"filename":"../b","content":"YQ=="})",
                             "/attachments/1/filename is a path"},
                    HandedIn{"windows_path", R"({"filename":"c:\\b","content":"YQ=="})", "is a path"},
                    HandedIn{"line_break", R"({"filename":"a\nb","content":"YQ=="})", "is a path"},
                    HandedIn{"parent", R"({"filename":"..","content":"YQ=="})", "is a path"},
                    HandedIn{"no_padding", R"({"filename":"b","content":"YQ"})", "is no base64"},
                    HandedIn{"padding_inside", R"({"filename":"b","content":"YQ==YQ=="})", "is no base64"},
                    HandedIn{"broken_line", R"({"filename":"b","content":"YQ=\n"})", "is no base64"},
                    HandedIn{"url_alphabet", R"({"filename":"b","content":"a-_b"})", "is no base64"},
                    HandedIn{"empty", R"({"filename":"b","content":""})", "is empty"},
                    HandedIn{"type", R"({"filename":"b","content":"YQ==","type":"text"})", "no media type"},
                    HandedIn{"header_in_type", R"({"filename":"b","content":"YQ==","type":"a/b\r\nX: y"})",
                             "no media type"}),
    [](auto const& row) { return std::string{row.param.name}; });

}  // namespace
}  // namespace spoc::daemon
