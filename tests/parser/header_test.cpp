// SPDX-License-Identifier: GPL-3.0-or-later
// Header fields as mail programs write them, rightly and wrongly.
#include "parser/header.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace spoc::parser {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

std::string shown(std::vector<desk::Address> const& all) {
  std::string out;
  for (auto const& one : all) out += (out.empty() ? "" : " | ") + one.name + " <" + one.address + ">";
  return out;
}

struct HeaderRow {
  char const* name;
  std::string value, expect;
};
std::string name_of(testing::TestParamInfo<HeaderRow> const& row) { return row.param.name; }

class Words : public testing::TestWithParam<HeaderRow> {};
TEST_P(Words, Decode) { EXPECT_EQ(decode_words(GetParam().value), GetParam().expect); }
INSTANTIATE_TEST_SUITE_P(
    Header, Words,
    testing::Values(HeaderRow{"plain", "hello world", "hello world"},
                    HeaderRow{"q", "=?iso-8859-1?Q?bl=E5_b=E6r?=", "blå bær"},
                    HeaderRow{"b", "=?utf-8?B?w6U=?=", "å"},
                    HeaderRow{"language", "=?us-ascii*en?q?Hi?=", "Hi"},
                    HeaderRow{"between_text", "a =?utf-8?q?b?= c", "a b c"},
                    HeaderRow{"blanks_between_words_vanish", "=?utf-8?q?a?=  =?utf-8?q?b?= c", "ab c"},
                    HeaderRow{"character_cut_in_two", "=?utf-8?B?4w==?= =?utf-8?B?gYI=?=", "あ"},
                    HeaderRow{"other_charset_ends_the_run", "=?utf-8?q?=C3=A5?= =?iso-8859-1?q?=E5?=", "åå"},
                    HeaderRow{"blanks_inside_a_word", "=?utf-8?q?a b?=", "a b"},
                    HeaderRow{"glued", "x=?utf-8?q?y?=z", "xyz"},
                    HeaderRow{"q_ending_in_code", "=?utf-8?q?=41?=", "A"},
                    HeaderRow{"question_mark", "=?utf-8?q?why=3F?=", "why?"},
                    HeaderRow{"unfinished", "=?utf-8?q?abc", "=?utf-8?q?abc"},
                    HeaderRow{"unknown_encoding", "=?utf-8?x?abc?=", "=?utf-8?x?abc?="},
                    HeaderRow{"raw_latin1",
                              "bl\xE5"
                              "b\xE6r",
                              "blåbær"},
                    HeaderRow{"control_characters",
                              std::string("a\0b\x07"
                                          "c\td",
                                          7),
                              "abc d"},
                    HeaderRow{"unpadded", "=?utf-8?B?w6U?=", "å"}),
    name_of);

class Addresses : public testing::TestWithParam<HeaderRow> {};
TEST_P(Addresses, Read) { EXPECT_EQ(shown(read_addresses(GetParam().value)), GetParam().expect); }
INSTANTIATE_TEST_SUITE_P(
    Header, Addresses,
    testing::Values(
        HeaderRow{"empty", "", ""}, HeaderRow{"bare", "a@example.org", " <a@example.org>"},
        HeaderRow{"angle", "Ann B <a@example.org>", "Ann B <a@example.org>"},
        HeaderRow{"quoted", "\"B, Ann\" <a@example.org>", "B, Ann <a@example.org>"},
        HeaderRow{"unquoted_comma", "B, Ann <a@example.org>, c@example.org",
                  "B, Ann <a@example.org> |  <c@example.org>"},
        HeaderRow{"comment", "a@example.org (Ann (B))", "Ann (B) <a@example.org>"},
        HeaderRow{"group", "Team: a@example.org, Bo <b@example.org>;, c@example.org",
                  " <a@example.org> | Bo <b@example.org> |  <c@example.org>"},
        HeaderRow{"empty_group", "undisclosed-recipients:;", ""},
        HeaderRow{"semicolons", "a@example.org; b@example.org", " <a@example.org> |  <b@example.org>"},
        HeaderRow{"blanks_between", "a@example.org b@example.org", " <a@example.org> |  <b@example.org>"},
        HeaderRow{"route", "<@one.example,@two.example:a@example.org>", " <a@example.org>"},
        HeaderRow{"double_brackets", "<<a@example.org>>", " <a@example.org>"},
        HeaderRow{"no_closing_bracket", "Ann <a@example.org", "Ann <a@example.org>"},
        HeaderRow{"encoded_name", "=?utf-8?Q?=C3=85se?= <a@example.org>", "Åse <a@example.org>"},
        HeaderRow{"encoded_name_with_comma", "=?utf-8?Q?B,_=C3=85se?= <a@example.org>",
                  "B, Åse <a@example.org>"},
        HeaderRow{"encoded_in_quotes", "\"=?utf-8?Q?=C3=85se?=\" <a@example.org>", "Åse <a@example.org>"},
        HeaderRow{"all_encoded", "=?utf-8?Q?Ann_<a@example.org>?=", "Ann <a@example.org>"},
        HeaderRow{"quoted_local_part", "\"ann b\"@example.org", " <\"ann b\"@example.org>"},
        HeaderRow{"escaped_quote", "\"Ann \\\"A\\\" B\" <a@example.org>", "Ann \"A\" B <a@example.org>"},
        HeaderRow{"name_is_address", "\"a@example.org\" <a@example.org>", " <a@example.org>"},
        HeaderRow{"other_address_as_name", "\"boss@example.org\" <a@example.net>",
                  "boss@example.org <a@example.net>"},
        HeaderRow{"local_name", "MAILER-DAEMON", " <MAILER-DAEMON>"},
        HeaderRow{"comment_inside", "John Doe <jdoe@machine(comment).  example>",
                  "John Doe <jdoe@machine.example>"},
        HeaderRow{"name_behind", "<a@example.org> Ann", "Ann <a@example.org>"},
        HeaderRow{"comma_missing", "Ann <a@example.org> Bo <b@example.org>",
                  "Ann <a@example.org> | Bo <b@example.org>"},
        HeaderRow{"mailto", "mailto:a@example.org", " <a@example.org>"}, HeaderRow{"null", "<>", ""},
        HeaderRow{"raw_latin1", "\xC5se <a@example.org>", "Åse <a@example.org>"},
        HeaderRow{"utf8_address", "a@blå.example", " <a@blå.example>"},
        HeaderRow{"lone_quote", "Ann\" <a@example.org>", "Ann\" <a@example.org>"}),
    name_of);

class Dates : public testing::TestWithParam<HeaderRow> {};
TEST_P(Dates, Read) {
  auto const date = read_date(GetParam().value);
  EXPECT_EQ(date ? desk::iso(*date) : "", GetParam().expect);
}
INSTANTIATE_TEST_SUITE_P(
    Header, Dates,
    testing::Values(HeaderRow{"rfc5322", "Mon, 16 Nov 2026 09:12:44 +0100", "2026-11-16T08:12:44Z"},
                    HeaderRow{"no_weekday_no_seconds", "16 Nov 2026 09:12 -0530", "2026-11-16T14:42:00Z"},
                    HeaderRow{"comment", "Mon, 16 Nov 2026 09:12:44 +0000 (UTC)", "2026-11-16T09:12:44Z"},
                    HeaderRow{"zone_names", "16 Nov 2026 09:12:44 EST", "2026-11-16T14:12:44Z"},
                    HeaderRow{"gmt_glued", "16 Nov 2026 09:12:44 GMT+0200", "2026-11-16T07:12:44Z"},
                    HeaderRow{"colon_in_zone", "16 Nov 2026 09:12:44 +01:00", "2026-11-16T08:12:44Z"},
                    HeaderRow{"two_digit_year", "16 Nov 26 09:12:44 +0000", "2026-11-16T09:12:44Z"},
                    HeaderRow{"last_century", "16 Nov 99 09:12:44 +0000", "1999-11-16T09:12:44Z"},
                    HeaderRow{"three_digit_year", "16 Nov 126 09:12:44 +0000", "2026-11-16T09:12:44Z"},
                    HeaderRow{"asctime", "Mon Nov 16 09:12:44 2026", "2026-11-16T09:12:44Z"},
                    HeaderRow{"full_month", "16 November 2026 09:12:44", "2026-11-16T09:12:44Z"},
                    HeaderRow{"twelve_hours", "16 Nov 2026 9:12:44 PM +0000", "2026-11-16T21:12:44Z"},
                    HeaderRow{"dashes", "16-Nov-2026 09:12:44", "2026-11-16T09:12:44Z"},
                    HeaderRow{"iso", "2026-11-16T09:12:44+01:00", "2026-11-16T08:12:44Z"},
                    HeaderRow{"iso_words", "2026-11-16 09:12:44 +0100", "2026-11-16T08:12:44Z"},
                    HeaderRow{"day_only", "16 Nov 2026", "2026-11-16T00:00:00Z"},
                    HeaderRow{"no_such_day", "31 Feb 2026 09:00:00", ""}, HeaderRow{"words", "yesterday", ""},
                    HeaderRow{"empty", "", ""}, HeaderRow{"huge", "16 Nov 99999999999 99:99", ""}),
    name_of);

TEST(MessageIds, WithAndWithoutBrackets) {
  EXPECT_THAT(read_message_ids("<a@x> <b@y>"), ElementsAre("a@x", "b@y"));
  EXPECT_THAT(read_message_ids("<a@x><b@y>,<c@z>"), ElementsAre("a@x", "b@y", "c@z"));
  EXPECT_THAT(read_message_ids("a@x b@y"), ElementsAre("a@x", "b@y"));
  EXPECT_THAT(read_message_ids("<a\t @x>"), ElementsAre("a@x"));
  EXPECT_THAT(read_message_ids("Your message of \"Monday\" <a@x>"), ElementsAre("a@x"));
  EXPECT_THAT(read_message_ids("<a@x"), ElementsAre("a@x"));
  EXPECT_THAT(read_message_ids("<> <>"), IsEmpty());
  EXPECT_THAT(read_message_ids("Your message of Monday"), IsEmpty());
}

std::string parameter(std::string const& value, std::string const& name) {
  auto const read = read_parameterised(value);
  auto const found = read.parameters.find(name);
  return found == read.parameters.end() ? "(none)" : found->second;
}

TEST(Parameters, Ordinary) {
  auto const read = read_parameterised("Text/Plain; charset=\"UTF-8\"; Format=flowed");
  EXPECT_EQ(read.value, "text/plain");
  EXPECT_EQ(read.parameters.at("charset"), "UTF-8");
  EXPECT_EQ(read.parameters.at("format"), "flowed");
}

TEST(Parameters, Rfc2231) {
  EXPECT_EQ(parameter("a; filename*=utf-8'nb'bl%C3%A5.txt", "filename"), "blå.txt");
  EXPECT_EQ(parameter("a; filename*=iso-8859-1''bl%E5.txt", "filename"), "blå.txt");
  EXPECT_EQ(parameter("a; filename*1=\"b.txt\"; filename*0=\"a\"", "filename"), "ab.txt") << "any order";
  EXPECT_EQ(parameter("a; filename*0*=utf-8''%E4%B8; filename*1*=%AD; filename*2=.txt", "filename"), "中.txt")
      << "a character cut between segments";
  EXPECT_EQ(parameter("a; filename=old.txt; filename*=utf-8''n%C3%A9w.txt", "filename"), "néw.txt");
}

TEST(Parameters, WhatTheWorldWrites) {
  EXPECT_EQ(parameter("a; name=\"=?utf-8?B?w6U=?=.txt\"", "name"), "å.txt");
  EXPECT_EQ(parameter("a; filename=my file (1).txt", "filename"), "my file (1).txt");
  EXPECT_EQ(parameter("a; filename=\"C:\\temp\\x.txt\"", "filename"), "C:\\temp\\x.txt");
  EXPECT_EQ(parameter("a; filename=\"say \\\"hi\\\".txt\"", "filename"), "say \"hi\".txt");
  EXPECT_EQ(parameter("a; filename=\"never closed.txt", "filename"), "never closed.txt");
  EXPECT_EQ(parameter("a; name=bl\xE5.txt", "name"), "blå.txt");
  EXPECT_EQ(parameter("multipart/mixed (c;c); boundary=A (x)", "boundary"), "A");
  EXPECT_EQ(parameter("text/plain charset=utf-8", "charset"), "utf-8");
  EXPECT_EQ(parameter("text/plain;; charset = utf-8 ;", "charset"), "utf-8");
  EXPECT_EQ(parameter("a; x=1; x=2", "x"), "1");
  EXPECT_EQ(parameter("a; charset", "charset"), "(none)");
}

TEST(Fields, UnfoldedInOrder) {
  Fields const fields = read_fields("Subject: a\r\n b\r\n\tc\r\nX-A:1\r\nx-a : 2\r\n");
  ASSERT_THAT(fields.all, SizeIs(3));
  EXPECT_EQ(*fields.find("subject"), "a b c");
  EXPECT_THAT(fields.every("X-A"), ElementsAre("1", "2"));
  EXPECT_EQ(fields.find("none"), nullptr);
  EXPECT_THAT(fields.defects, IsEmpty());
}

TEST(Fields, DamageIsSkippedAndSaid) {
  Fields const fields = read_fields("From a mbox line\nA: 1\nno field at all\nB: 2\n: 3\n");
  EXPECT_EQ(*fields.find("A"), "1");
  EXPECT_EQ(*fields.find("B"), "2");
  EXPECT_THAT(fields.defects, SizeIs(2));
}

TEST(Fields, AValueMayHoldNulAndLackALineEnd) {
  Fields const fields = read_fields(std::string_view{"A: x\0y\nB: last", 14});
  EXPECT_EQ(fields.find("A")->size(), 3U);
  EXPECT_EQ(*fields.find("B"), "last");
}

}  // namespace
}  // namespace spoc::parser
