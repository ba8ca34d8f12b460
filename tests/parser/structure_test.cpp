// SPDX-License-Identifier: GPL-3.0-or-later
// The scanner: trees, damage, limits, and the torture that breaks other parsers. And the codecs.
#include "parser/structure.hpp"

#include "desk/base64.hpp"
#include "parser/codec.hpp"
#include "parser/mail.hpp"
#include "parser/uuencode.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace spoc::parser {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

std::vector<std::string> leaves(std::string const& raw) {
  std::vector<std::string> out;
  for (Part const& part : scan(raw).parts)
    if (!part.multipart) out.push_back(part.type.value + "=" + std::string{part.body});
  return out;
}

std::string multipart(std::string const& boundary, std::string const& body) {
  return "Content-Type: multipart/mixed; boundary=\"" + boundary + "\"\n\n" + body;
}

TEST(Structure, AMailWithoutPartsIsOneLeaf) {
  EXPECT_THAT(leaves("Subject: x\r\n\r\nwords\r\n"), ElementsAre("text/plain=words\r\n"));
  EXPECT_THAT(leaves(""), ElementsAre("text/plain="));
  EXPECT_THAT(leaves("\n"), ElementsAre("text/plain="));
}

TEST(Structure, TheLineEndBeforeABoundaryBelongsToIt) {
  EXPECT_THAT(leaves(multipart("b", "pre\n--b\n\none\n--b\n\ntwo\n\n--b--\nepilogue\n")),
              ElementsAre("text/plain=one", "text/plain=two\n"));
  EXPECT_THAT(leaves(multipart("b", "--b\r\n\r\none\r\n--b--\r\n")), ElementsAre("text/plain=one"));
}

TEST(Structure, ABoundaryCountsAtTheStartOfALineOnly) {
  EXPECT_THAT(leaves(multipart("A", "--A\n\nsee x--A in the text\n --A\n--A--\n")),
              ElementsAre("text/plain=see x--A in the text\n --A"));
}

TEST(Structure, SimilarBoundariesAreToldApart) {
  std::string const inner = "Content-Type: multipart/alternative; boundary=AA\n\n--AA\n\none\n--AA--\n";
  EXPECT_THAT(leaves(multipart("A", "--A\n" + inner + "--A\n\ntwo\n--A--\n")),
              ElementsAre("text/plain=one", "text/plain=two"));
}

TEST(Structure, OneBoundaryOnTwoLevels) {
  std::string const inner = "Content-Type: multipart/alternative; boundary=A\n\n--A\n\none\n--A--\n";
  EXPECT_THAT(leaves(multipart("A", "--A\n" + inner + "--A\n\ntwo\n--A--\n")),
              ElementsAre("text/plain=one", "text/plain=two"));
}

TEST(Structure, AnOuterBoundaryClosesTheInner) {
  std::string const inner = "Content-Type: multipart/alternative; boundary=in\n\n--in\n\none\n";
  auto const structure = scan(multipart("out", "--out\n" + inner + "--out\n\ntwo\n--out--\n"));
  EXPECT_THAT(structure.defects, Contains("a multipart without its closing boundary"));
  EXPECT_EQ(structure.parts.size(), 4U);
}

TEST(Structure, CommentsInContentType) {
  EXPECT_THAT(leaves("Content-Type: multipart/mixed (comment); boundary=A (x)\n\n--A\n\none\n--A--\n"),
              ElementsAre("text/plain=one"));
}

TEST(Structure, WordsBeforeABoundaryThatNeverComesAreKept) {
  EXPECT_THAT(leaves(multipart("never", "words\n")), ElementsAre("multipart/mixed=words\n"));
}

TEST(Structure, AMessageInsideIsALeaf) {
  std::string const inner = multipart("in", "--in\n\nx\n--in--");
  EXPECT_THAT(leaves(multipart("out", "--out\nContent-Type: message/rfc822\n\n" + inner + "\n--out--\n")),
              ElementsAre("message/rfc822=" + inner));
}

TEST(Structure, PartsOfADigestAreMessages) {
  EXPECT_THAT(leaves("Content-Type: multipart/digest; boundary=d\n\n--d\n\nSubject: x\n\ny\n--d--\n"),
              ElementsAre("message/rfc822=Subject: x\n\ny"));
}

TEST(Structure, LimitsAreKeptAndSaid) {
  Limits limits;
  limits.parts = 3;
  limits.depth = 1;
  auto const many = scan(multipart("b", "--b\n\n1\n--b\n\n2\n--b\n\n3\n--b\n\n4\n--b--\n"), limits);
  EXPECT_EQ(many.parts.size(), 3U);
  EXPECT_THAT(many.defects, Contains(HasSubstr("more than 3 parts")));
  auto const deep = scan(multipart("a", "--a\n" + multipart("b", "--b\n\nx\n--b--\n") + "--a--\n"), limits);
  EXPECT_THAT(deep.defects, Contains(HasSubstr("nested deeper than 1")));
  limits.header = 20;
  EXPECT_THAT(scan("Subject: a very long subject line\nTo: x\n\nbody", limits).defects,
              Contains(HasSubstr("was cut")));
}

// Each of these hangs or kills some parser. They must end, with something valid.
struct Torture {
  char const* name;
  std::string (*make)();
};

std::string many_of(std::string const& piece, std::size_t times) {
  std::string out;
  out.reserve(piece.size() * times);
  for (std::size_t i = 0; i < times; ++i) out += piece;
  return out;
}

std::string nested_multiparts() {
  std::string out;
  for (int i = 0; i < 20'000; ++i) {
    std::string const boundary = "b" + std::to_string(i);
    out += "Content-Type: multipart/mixed; boundary=" + boundary + "\n\n--" + boundary + "\n";
  }
  return out;
}

std::string many_boundaries() {
  std::string out;
  for (int i = 0; i < 1000; ++i)
    out += "Content-Type: multipart/mixed; boundary=b" + std::to_string(i) + "\n\n--b" + std::to_string(i) +
           "\n";
  return out + many_of("--xxxxxxxxxxx\n", 200'000);
}

constexpr Torture tortures[] = {
    {"nested_multiparts", nested_multiparts},
    {"chain_of_messages", [] { return many_of("Content-Type: message/rfc822\n\n", 100'000); }},
    {"many_header_lines", [] { return many_of("X-Header: value\n", 100'000) + "\nbody"; }},
    {"one_long_header", [] { return "Subject: " + std::string(16'000'000, 'x') + "\n\nbody"; }},
    {"one_folded_header",
     [] { return "Subject: x\n" + many_of(" folded words here\n", 200'000) + "\nbody"; }},
    {"many_addresses", [] { return "To: " + many_of("a@example.org, ", 100'000) + "\n\nbody"; }},
    {"many_brackets",
     [] { return "To: " + std::string(200'000, '<') + "\nFrom: " + std::string(50'000, '(') + "\n\nx"; }},
    {"many_quotes", [] { return "To: " + many_of("\"\\", 100'000) + "\n\nbody"; }},
    {"many_encoded_words", [] { return "Subject: " + many_of("=?utf-8?B?w6U=?= ", 15'000) + "\n\nx"; }},
    {"unfinished_encoded_words",
     [] {
       return "Subject: " + many_of("=?utf-8?B?", 25'000) + "\nTo: " + many_of("=?a?q?", 20'000) + "\n\nx";
     }},
    {"empty_parts", [] { return multipart("b", many_of("--b\n\n", 1'000'000)); }},
    {"boundaries_times_lines", many_boundaries},
    {"no_line_ends", [] { return std::string(2'000'000, '-'); }},
    {"only_nul", [] { return std::string(1'000'000, '\0'); }},
    {"base64_of_signs", [] { return "Content-Transfer-Encoding: base64\n\n" + std::string(1'000'000, '='); }},
    {"quoted_printable_of_signs",
     [] { return "Content-Transfer-Encoding: quoted-printable\n\n" + std::string(1'000'000, '='); }},
    {"quotes", [] { return "\n" + many_of(std::string(200, '>') + "\n", 5'000); }},
    {"begins_of_files", [] { return "\n" + many_of("begin 644 a\n", 50'000); }},
    {"many_parameters", [] { return "Content-Type: text/plain" + many_of("; a*1*=x", 20'000) + "\n\nx"; }},
};

class Survives : public testing::TestWithParam<Torture> {};
TEST_P(Survives, Torture) {
  desk::Mail const mail = read_mail(GetParam().make());
  EXPECT_LE(mail.attachments.size(), 1000U);
  EXPECT_LE(mail.defects.size(), 200U);
}
INSTANTIATE_TEST_SUITE_P(Structure, Survives, testing::ValuesIn(tortures),
                         [](auto const& row) { return std::string{row.param.name}; });

TEST(Codec, Base64ForgivesDamage) {
  EXPECT_EQ(decode_base64("aGVsbG8="), "hello");
  EXPECT_EQ(decode_base64("aGVs\r\nbG8"), "hello") << "no padding";
  EXPECT_EQ(decode_base64("aGVs!!bG8="), "hello") << "foreign signs";
  EXPECT_EQ(decode_base64("aGVsbG8=aGVsbG8="), "hellohello") << "joined";
  EXPECT_EQ(decode_base64("===="), "");
  EXPECT_EQ(decode_base64("\xFFgg"), decode_base64("gg"));
  EXPECT_EQ(decode_base64("aGVsbG8h"
                          "Z"),
            "hello!")
      << "a lone letter is no byte";
}

TEST(Codec, Base64OfAnyLength) {
  std::string bytes;
  for (int i = 0; i < 9000; ++i) {
    if (i % 997 < 4) {
      EXPECT_EQ(decode_base64(desk::base64(bytes)), bytes) << i;
    }
    bytes += static_cast<char>(static_cast<unsigned char>(i * 7));
  }
}

TEST(Codec, QuotedPrintable) {
  EXPECT_EQ(decode_quoted_printable("a=C3=A5b"),
            "a\xC3\xA5"
            "b");
  EXPECT_EQ(decode_quoted_printable("a=\r\nb"), "ab");
  EXPECT_EQ(decode_quoted_printable("a= \nb"), "ab") << "blanks after a soft line end";
  EXPECT_EQ(decode_quoted_printable("a \nb\t\r\n"), "a\nb\r\n")
      << "blanks before a line end go, the line end stays";
  EXPECT_EQ(decode_quoted_printable("1=2 =ZZ 100%="), "1=2 =ZZ 100%");
  EXPECT_EQ(decode_quoted_printable("=e5"), "\xE5") << "lower case";
}

TEST(Codec, Uuencode) {
  std::string text = "before\nbegin 644 dir/hi.txt\n%:&5L;&\\`\n`\nend\nafter\n";
  auto const files = take_encoded_files(text);
  ASSERT_EQ(files.size(), 1U);
  EXPECT_EQ(files[0].content, "hello");
  EXPECT_EQ(text, "before\nafter\n");
  std::string prose = "begin 644 words that are prose\nand go on\n";
  EXPECT_TRUE(take_encoded_files(prose).empty());
  EXPECT_EQ(prose, "begin 644 words that are prose\nand go on\n");
}

TEST(Codec, UnknownEncodingsLeaveTheBytes) {
  std::vector<std::string> defects;
  EXPECT_EQ(decode_transfer("a=41", "x-rot13", &defects), "a=41");
  EXPECT_EQ(defects.size(), 1U);
  EXPECT_EQ(decode_transfer("a=41", " Quoted-Printable ; x", &defects), "aA");
  EXPECT_EQ(defects.size(), 1U);
}

}  // namespace
}  // namespace spoc::parser
