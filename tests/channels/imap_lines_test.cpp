// SPDX-License-Identifier: GPL-3.0-or-later
// The IMAP tokenizer and speller: answers however they are cut up, literals, limits, tricks.
#include "channels/imap_lines.hpp"

#include <gtest/gtest.h>

#include <array>
#include <ostream>
#include <string>
#include <vector>

#include "channels/imap_words.hpp"

namespace spoc::channels {
namespace {

std::string shown(ImapToken const& token) {
  switch (token.kind) {
    case ImapToken::Kind::nil:
      return "NIL";
    case ImapToken::Kind::string:
      return "<" + token.text + ">";
    case ImapToken::Kind::list: {
      std::string out = "(";
      for (auto const& item : token.items) out += (out.size() > 1 ? " " : "") + shown(item);
      return out + ")";
    }
    default:
      return token.text;
  }
}

std::string shown(ImapAnswer const& answer) {
  std::string out = answer.tag + "|" + answer.word;
  if (answer.number) out += "#" + std::to_string(answer.number);
  if (!answer.code.empty()) out += "|[" + answer.code + "]";
  if (!answer.text.empty()) out += "|" + answer.text;
  for (auto const& item : answer.items) out += "|" + shown(item);
  return out;
}

// Everything that came, an Error as "!".
std::vector<std::string> read(std::string_view bytes, std::size_t step, ImapLimits limits = {}) {
  ImapReader reader(limits);
  std::vector<std::string> out;
  for (std::size_t at = 0; at < bytes.size(); at += step) {
    reader.feed(bytes.substr(at, step));
    for (;;) {
      auto answer = reader.next();
      if (!answer) {
        out.push_back("!");
        return out;
      }
      if (!*answer) break;
      out.push_back(shown(**answer));
    }
  }
  return out;
}

struct LineRow {
  std::string name;
  std::string given;
  std::vector<std::string> expect;
};
void PrintTo(LineRow const& row, std::ostream* out) { *out << row.name; }

class Answers : public testing::TestWithParam<LineRow> {};

TEST_P(Answers, ComeOutWholeHoweverTheyAreCut) {
  for (std::size_t const step : {1, 2, 3, 7, 4096})
    EXPECT_EQ(read(GetParam().given, step), GetParam().expect) << step;
}

INSTANTIATE_TEST_SUITE_P(
    Of, Answers,
    testing::Values(
        LineRow{"status", "* OK [UIDVALIDITY 7] UIDs valid\r\n", {"*|OK|[UIDVALIDITY 7]|UIDs valid"}},
        LineRow{"tagged", "A1 no [TRYCREATE] make it\r\n", {"A1|NO|[TRYCREATE]|make it"}},
        LineRow{"bare_status", "A1 OK\r\n", {"A1|OK"}},
        LineRow{"continuation", "+ idling {3}\r\n", {"+||idling {3}"}},
        LineRow{"bare_continuation", "+\r\n", {"+|"}},
        LineRow{"number", "* 12 EXISTS\r\n* 3 expunge\r\n", {"*|EXISTS#12", "*|EXPUNGE#3"}},
        LineRow{"search", "* SEARCH 2 84 882\r\n* SEARCH\r\n", {"*|SEARCH|2|84|882", "*|SEARCH"}},
        LineRow{"literal",
                "* 1 FETCH (UID 5 BODY[] {7}\r\na\r\nb\r\n\")\r\n",
                {"*|FETCH#1|(UID 5 BODY[] <a\r\nb\r\n\">)"}},
        LineRow{"empty_literal", "* 1 FETCH (BODY[] {0}\r\n)\r\n", {"*|FETCH#1|(BODY[] <>)"}},
        LineRow{"two_literals", "* 1 FETCH (A {2}\r\n)( B {1}\r\nx C)\r\n", {"*|FETCH#1|(A <)(> B <x> C)"}},
        LineRow{"literal8", "* 1 FETCH (BINARY[] ~{3}\r\na)b)\r\n", {"*|FETCH#1|(BINARY[] <a)b>)"}},
        LineRow{"section",
                "* 1 FETCH (BODY[HEADER.FIELDS (TO \"A B\")]<0> \"x\")\r\n",
                {"*|FETCH#1|(BODY[HEADER.FIELDS (TO \"A B\")]<0> <x>)"}},
        LineRow{"quoted", "* LIST (\\A) \"/\" \"a \\\"b\\\\\"\r\n", {"*|LIST|(\\A)|</>|<a \"b\\>"}},
        LineRow{"nil",
                "* 1 FETCH (BODY[] NIL ENVELOPE (nil \"nil\"))\r\n",
                {"*|FETCH#1|(BODY[] NIL ENVELOPE (NIL <nil>))"}},
        // curl#22865: a mail that holds what looks like the end of the command.
        LineRow{"trick_in_body",
                "* 1 FETCH (BODY[] {31}\r\nA004 OK Fetch completed.\r\n* BYE)\r\nA004 OK real\r\n",
                {"*|FETCH#1|(BODY[] <A004 OK Fetch completed.\r\n* BYE>)", "A004|OK|real"}},
        // Words for people are no place for a literal: this must not swallow what follows.
        LineRow{"trick_in_words", "* OK I like {9}\r\n* 1 EXISTS\r\n", {"*|OK|I like {9}", "*|EXISTS#1"}},
        LineRow{"no_crlf", "* OK a\nb\r\n", {"!"}}, LineRow{"no_tag", " OK\r\n", {"!"}},
        LineRow{"odd_tagged_word", "A1 FETCH (X)\r\n", {"!"}},
        LineRow{"open_list", "* 1 FETCH (A (B)\r\n", {"!"}},
        LineRow{"closed_twice", "* 1 FETCH (A))\r\n", {"!"}}, LineRow{"open_quote", "* LIST \"a\r\n", {"!"}},
        LineRow{"huge_literal", "* 1 FETCH (A {99999999999}\r\n", {"!"}}),
    [](auto const& row) { return row.param.name; });

TEST(ImapReader, HoldsItsLimits) {
  ImapLimits const limits{100, 50, 3};
  auto const fits =
      "* 1 FETCH (A {20}\r\n" + std::string(20, 'x') + " B {30}\r\n" + std::string(30, 'y') + ")\r\n";
  EXPECT_NE(read(fits, 5, limits), std::vector<std::string>{"!"});
  auto const too_much = "* 1 FETCH (A {20}\r\n" + std::string(20, 'x') + " B {31}\r\n";
  EXPECT_EQ(read(too_much, 5, limits), std::vector<std::string>{"!"});
  EXPECT_EQ(read("* OK " + std::string(200, 'x'), 1, limits), std::vector<std::string>{"!"});
  EXPECT_EQ(read("* X (((A)))\r\n", 5, limits), std::vector<std::string>{"*|X|(((A)))"});
  EXPECT_EQ(read("* X ((((A))))\r\n", 5, limits), std::vector<std::string>{"!"});
}

TEST(ImapReader, LooksAtEachByteOnce) {
  // 8 MiB in pieces of 100 bytes: quadratic work would take minutes.
  std::string const mail(8 << 20, '\n');
  EXPECT_EQ(read("* 1 FETCH (A {" + std::to_string(mail.size()) + "}\r\n" + mail + ")\r\n", 100).size(), 1U);
  EXPECT_EQ(read("* SEARCH" + std::string(1'000'000, ' ') + "1\r\n", 10),
            std::vector<std::string>{"*|SEARCH|1"});
}

TEST(ImapWords, FolderNamesAreModifiedUtf7) {
  struct Case {
    char const *name, *expect;
  };
  for (auto const& [name, expect] : {Case{"INBOX", "\"INBOX\""}, Case{"Støtte", "\"St&APg-tte\""},
                                     Case{"R&D", "\"R&-D\""}, Case{"台北/日本語", "\"&U,BTFw-/&ZeVnLIqe-\""},
                                     Case{"a\"b\\", "\"a\\\"b\\\\\""}, Case{"📬", "\"&2D3c7A-\""}}) {
    auto const made = folder_argument(name);
    ASSERT_TRUE(made) << name;
    EXPECT_EQ(*made, expect);
  }
  for (char const* bad : {"", "a\r\nA1 DELETE INBOX", "\xff", "\xc3", "\xed\xa0\x80", "\xc0\xaf"})
    EXPECT_FALSE(folder_argument(bad)) << bad;
}

TEST(ImapWords, FlagsAreAtoms) {
  EXPECT_EQ(*flag_argument("\\Seen"), "\\Seen");
  EXPECT_EQ(*flag_argument("$Filed"), "$Filed");
  for (char const* bad : {"", "\\", "a b", "a)", "a\r\nx", "(", "æ"}) EXPECT_FALSE(flag_argument(bad)) << bad;
  EXPECT_EQ(*address_argument("eve+x@example.com"), "\"eve+x@example.com\"");
  for (char const* bad :
       {"", "a b@example.com", "a\"@example.com", "a\\@example.com", "a\r\nx", "æ@example.com"})
    EXPECT_FALSE(address_argument(bad)) << bad;
}

TEST(ImapWords, UidSetsAreShort) {
  EXPECT_EQ(uid_set(std::array<std::uint32_t, 6>{1, 2, 3, 7, 9, 10}), "1:3,7,9:10");
  EXPECT_EQ(uid_set(std::array<std::uint32_t, 1>{4294967295U}), "4294967295");
}

TEST(ImapWords, InternalDates) {
  EXPECT_EQ(internal_date("17-Jul-1996 02:44:25 -0700"), 837596665000);
  EXPECT_EQ(internal_date(" 1-Jan-1970 01:00:01 +0100"), 1000);
  for (char const* bad : {"", "17-Jul-1996", "17-Xyz-1996 02:44:25 -0700", "31-Feb-2020 00:00:00 +0000",
                          "aa-Jul-1996 02:44:25 -0700"})
    EXPECT_FALSE(internal_date(bad)) << bad;
}

}  // namespace
}  // namespace spoc::channels
