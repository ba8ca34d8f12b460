// SPDX-License-Identifier: GPL-3.0-or-later
// Mails that want to use up time or memory: what comes out is bounded, and says what was wrong.
#include "parser/mail.hpp"
#include "parser/mapi.hpp"
#include "parser/tnef.hpp"
#include "parser/uuencode.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <ctime>

namespace spoc::parser {
namespace {

using testing::Contains;
using testing::HasSubstr;

std::string repeated(std::string_view piece, std::size_t times) {
  std::string out;
  out.reserve(piece.size() * times);
  for (std::size_t i = 0; i < times; ++i) out += piece;
  return out;
}

std::size_t size_of(desk::Mail const& mail) {
  std::size_t out = mail.text.size() + mail.html.size() + mail.reply.size() + mail.subject.size();
  for (desk::Attachment const& file : mail.attachments) out += file.content.size() + file.filename.size();
  return out;
}

TEST(Hostile, TwoThousandNestedParts) {
  std::string raw;
  for (int i = 0; i < 2000; ++i) {
    std::string const boundary = "b" + std::to_string(i);
    raw += "Content-Type: multipart/mixed; boundary=" + boundary + "\n\n--" + boundary + "\n";
  }
  desk::Mail const mail = read_mail(raw + "\nThe innermost words.\n");
  EXPECT_THAT(mail.defects, Contains(HasSubstr("nested deeper than 50")));
  EXPECT_THAT(mail.text, HasSubstr("The innermost words.")) << "what is not split is not lost";
}

TEST(Hostile, TwoThousandNestedMails) {
  desk::Mail const mail = read_mail("From: a@example.org\nSubject: 0\nContent-Type: message/rfc822\n\n" +
                                    repeated("From: b@example.org\nContent-Type: message/rfc822\n\n", 2000));
  ASSERT_EQ(mail.attachments.size(), 1U);
  ASSERT_TRUE(mail.forwarded);
  EXPECT_EQ(mail.forwarded->author.address, "b@example.org");
}

TEST(Hostile, AHundredThousandHeaderFields) {
  desk::Mail const mail = read_mail("Subject: first\n" + repeated("X-Filler: words and words\n", 100'000) +
                                    "From: a@example.org\n\nbody");
  EXPECT_EQ(mail.subject, "first");
  EXPECT_EQ(mail.text, "body");
  EXPECT_THAT(mail.defects, Contains(HasSubstr("was cut")));
}

TEST(Hostile, OneLineOfAHundredMegabytes) {
  for (char const* head :
       {"Subject: x\n\n", "Subject: x\nContent-Type: text/html\n\n", "Subject: ", "To: "}) {
    std::string raw = head;
    raw.resize(100'000'000, 'x');
    auto const begin = std::clock();
    desk::Mail const mail = read_mail(raw);
    EXPECT_LE(size_of(mail), 4 * raw.size()) << head;
    EXPECT_LT(static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC, 30) << head;
  }
}

TEST(Hostile, NothingButNuls) {
  desk::Mail const mail = read_mail(std::string(5'000'000, '\0'));
  EXPECT_LE(size_of(mail), 20'000'000U);
}

double processor_seconds(std::string const& raw) {
  double best = 1e9;
  for (int i = 0; i < 2; ++i) {
    auto const begin = std::clock();
    read_mail(raw);
    best = std::min(best, static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC);
  }
  return best;
}

// Eight times the mail may take eight times as long, or a little more; sixty-four times would betray a
// square.
TEST(Hostile, TimeGrowsWithTheSize) {
  std::string const line = "The quick brown fox jumps over the lazy dog, and the printer is still dead.\n";
  for (std::string_view piece : {std::string_view{line}, std::string_view{"begin 644 x\n#86%A\n"},
                                 std::string_view{"From: a\nTo: b\nDate: c\n"}, std::string_view{"--x\n\n"},
                                 std::string_view{"> --\n>> a\n"}, std::string_view{"=?a?q?b?=\n"}}) {
    std::string const head = "Subject: Fwd: x\nContent-Type: multipart/mixed; boundary=y\n\n--y\n\n";
    double const small = processor_seconds(head + repeated(piece, 60'000 / piece.size()));
    double const large = processor_seconds(head + repeated(piece, 480'000 / piece.size()));
    EXPECT_LT(large, 24 * small + 0.1) << piece << ": " << small << " s became " << large << " s";
  }
}

TEST(Hostile, UuencodeDoesNotSwell) {
  std::string text = "begin 644 x\n" + repeated("M\n", 100'000) + "`\nend\n";
  std::size_t all = 0;
  for (EncodedFile const& file : take_encoded_files(text)) all += file.content.size();
  EXPECT_LE(all + text.size(), 210'000U);
}

TEST(Hostile, EncodedFilesAreLimited) {
  std::string text = repeated("begin 644 x\n#86%A\n`\nend\n", 5000);
  EXPECT_EQ(take_encoded_files(text).size(), 100U);
  EXPECT_THAT(text, HasSubstr("begin 644")) << "the rest stays in the text";
}

std::string little_endian(std::uint32_t value, std::size_t size) {
  std::string out;
  for (std::size_t i = 0; i < size; ++i)
    out += static_cast<char>(static_cast<unsigned char>(value >> (8 * i)));
  return out;
}

TEST(Hostile, CompressedRtfIsLimited) {
  // A letter, then references that repeat it 17 times in two bytes: 1 MB would become 7.5 MB, and claims 4
  // GB.
  std::string const run{
      "\x00"
      "aaaaaaaa",
      9};
  std::string const copies = std::string{"\xFF", 1} + repeated(std::string{"\x0C\xFF", 2}, 8);
  std::string const rtf = little_endian(0, 4) + little_endian(0xFFFFFFFFU, 4) +
                          little_endian(0x75465A4CU, 4) + little_endian(0, 4) + run +
                          repeated(copies, 120'000);
  EXPECT_LE(decompress_rtf(rtf).size(), 8U * 1024 * 1024);
  EXPECT_EQ(decompress_rtf("short"), "");
  EXPECT_EQ(decompress_rtf(std::string(20, '\xFF')), "");
}

TEST(Hostile, TnefLengthsAreNotBelieved) {
  std::string const head = little_endian(0x223E9F78U, 4) + little_endian(1, 2);
  auto const attribute = [](std::uint32_t tag, std::uint32_t length, std::string const& value) {
    return std::string{"\x02"} + little_endian(tag, 4) + little_endian(length, 4) + value +
           little_endian(0, 2);
  };
  for (std::uint32_t const length : {0U, 5U, 0x7FFFFFFFU, 0xFFFFFFFFU}) {
    auto const tnef = read_tnef(head + attribute(0x00069002, length, "abcde"));
    ASSERT_TRUE(tnef);
    EXPECT_TRUE(tnef->files.empty());
  }
  std::string const many = little_endian(0xFFFFFFFFU, 4) + repeated(little_endian(0x3701101EU, 4), 100);
  EXPECT_TRUE(
      read_tnef(head + attribute(0x00069005, static_cast<std::uint32_t>(many.size()), many))->damaged);
  std::string files;
  for (int i = 0; i < 1000; ++i) files += attribute(0x00069002, 1, "x") + attribute(0x00018010, 2, "a\n");
  EXPECT_EQ(read_tnef(head + files)->files.size(), 200U);
  EXPECT_FALSE(read_tnef("no tnef at all"));
}

}  // namespace
}  // namespace spoc::parser
