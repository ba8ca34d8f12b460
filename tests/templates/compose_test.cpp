// SPDX-License-Identifier: GPL-3.0-or-later
// Mails as bytes: folding, encodings, parameters, parts, and that no value can break out of its place.
#include "templates/compose.hpp"
#include "templates/body_part.hpp"
#include "templates/encoded_word.hpp"
#include "templates/header_field.hpp"
#include "templates/letter_words.hpp"
#include "templates/utf8.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>

namespace spoc::templates {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::vector<std::string> lines_of(std::string const& mail) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < mail.size();) {
    auto const end = mail.find("\r\n", at);
    EXPECT_NE(end, std::string::npos) << "a line without CRLF";
    if (end == std::string::npos) break;
    lines.push_back(mail.substr(at, end - at));
    at = end + 2;
  }
  return lines;
}

std::string header_of(std::string const& mail) { return mail.substr(0, mail.find("\r\n\r\n") + 2); }

std::string unfolded(std::string text) {
  for (auto at = text.find("\r\n "); at != std::string::npos; at = text.find("\r\n ")) text.erase(at, 2);
  return text;
}

std::string unbase64(std::string_view text) {
  static constexpr std::string_view alphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string result;
  unsigned bits = 0, count = 0;
  for (char const c : text) {
    auto const place = alphabet.find(c);
    if (place == std::string_view::npos) continue;
    bits = (bits << 6U) | static_cast<unsigned>(place);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    result += static_cast<char>((bits >> count) & 255U);
  }
  return result;
}

std::string unquoted(std::string_view text, char mark) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == mark && i + 2 < text.size() &&
        std::isxdigit(static_cast<unsigned char>(text[i + 1])) != 0) {
      result += static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
      i += 2;
    } else if (text.substr(i, 3) == "=\r\n") {
      i += 2;
    } else {
      result += text[i];
    }
  }
  return result;
}

/// Decodes RFC 2047 as a reader does; each word must be whole characters and fit its limits.
std::string decoded(std::string const& folded) {
  auto const text = unfolded(folded);
  std::string result;
  bool after_word = false;
  for (std::size_t at = 0; at < text.size();) {
    auto const begin = text.find("=?utf-8?", at);
    auto const between = text.substr(at, begin == std::string::npos ? begin : begin - at);
    if (!after_word || begin == std::string::npos || between.find_first_not_of(' ') != std::string::npos)
      result += between;
    if (begin == std::string::npos) break;
    auto const end = text.find("?=", begin + 10);
    EXPECT_LE(end + 2 - begin, 75U);
    auto body = text.substr(begin + 10, end - begin - 10);
    std::replace(body.begin(), body.end(), '_', ' ');
    auto const word = text[begin + 8] == 'B' ? unbase64(body) : unquoted(body, '=');
    EXPECT_EQ(valid_utf8(word), word) << "a character is split";
    result += word;
    at = end + 2;
    after_word = true;
  }
  return result;
}

Outgoing plain(std::string const& text = "Hello.\n") {
  Outgoing mail;
  mail.from = {"Service desk", "support@example.org"};
  mail.to = {{"Ola Nordmann", "ola@example.org"}};
  mail.subject = "Re: Printer [#1042]";
  mail.date = std::chrono::sys_days{std::chrono::year{2026} / 11 / 21} + std::chrono::hours{20};
  mail.message_id = "one@example.org";
  mail.text = text;
  return mail;
}

TEST(Compose, WritesAPlainMail) {
  auto mail = plain("Hello.\n\nBye.\n");
  mail.references = {"a@example.org", "b@example.org"};
  EXPECT_EQ(compose(mail),
            "Date: Sat, 21 Nov 2026 20:00:00 +0000\r\n"
            "From: Service desk <support@example.org>\r\n"
            "To: Ola Nordmann <ola@example.org>\r\n"
            "Subject: Re: Printer [#1042]\r\n"
            "Message-ID: <one@example.org>\r\n"
            "In-Reply-To: <b@example.org>\r\n"
            "References: <a@example.org> <b@example.org>\r\n"
            "MIME-Version: 1.0\r\n"
            "Content-Type: text/plain; charset=utf-8\r\n"
            "Content-Transfer-Encoding: 7bit\r\n"
            "\r\n"
            "Hello.\r\n\r\nBye.\r\n");
}

struct TextRow {
  std::string name, text;
};
class SubjectText : public testing::TestWithParam<TextRow> {};

TEST_P(SubjectText, IsFoldedAndComesBack) {
  auto mail = plain();
  mail.subject = GetParam().text;
  auto const header = header_of(compose(mail));
  for (auto const& line : lines_of(header)) EXPECT_LE(line.size(), 76U) << line;
  EXPECT_TRUE(is_ascii(header));
  auto const field = text_field("Subject", GetParam().text);
  EXPECT_EQ(decoded(field), "Subject: " + one_line(GetParam().text) + "\r\n");
}

std::string many(std::string const& piece, int times) {
  std::string result;
  for (int i = 0; i < times; ++i) result += piece;
  return result;
}

INSTANTIATE_TEST_SUITE_P(Table, SubjectText,
                         testing::Values(TextRow{"ascii", "Re: Printer is broken [#1042]"},
                                         TextRow{"norwegian", "Re: Får ikke skrevet ut [#1042]"},
                                         TextRow{"chinese", "Re: 打印机坏了 [#1042]"},
                                         TextRow{"long_chinese", many("打印机坏了，怎么办？", 30)},
                                         TextRow{"emoji", many("👩‍👩‍👧‍👦🇳🇴", 20)},
                                         TextRow{"long_ascii", many("many short words ", 40)},
                                         TextRow{"one_long_word", std::string(3000, 'x')},
                                         TextRow{"long_word_inside", "a " + std::string(400, 'y') + " b"},
                                         TextRow{"two_blanks", "a  b   ø    c  d"},
                                         TextRow{"looks_encoded", "=?utf-8?Q?no?= =?x"},
                                         TextRow{"equals_and_questions", "ø ?= =20 _under_ =?"},
                                         TextRow{"four_byte_offsets", "a" + many("𝔘", 60)},
                                         TextRow{"three_byte_offsets", "ab" + many("永", 60)},
                                         TextRow{"mixed", "x " + many("é word ", 50) + "end"}),
                         [](auto const& row) { return row.param.name; });

TEST(Subject, EncodesOnlyWhatNeedsIt) {
  EXPECT_EQ(encoded_text("Re: Får ikke skrevet ut [#1042]"),
            "Re: =?utf-8?Q?F=C3=A5r?= ikke skrevet ut [#1042]");
  EXPECT_EQ(encoded_text("打印机"), "=?utf-8?B?5omT5Y2w5py6?=");
}

struct AddressRow {
  std::string name;
  desk::Address address;
  std::string expected;
};
class AddressText : public testing::TestWithParam<AddressRow> {};

TEST_P(AddressText, Written) {
  EXPECT_EQ(address_field("To", {GetParam().address}), "To: " + GetParam().expected + "\r\n");
}

INSTANTIATE_TEST_SUITE_P(
    Table, AddressText,
    testing::Values(
        AddressRow{"bare", {"", "a@example.org"}, "a@example.org"},
        AddressRow{"atoms", {"Ola Nordmann", "a@example.org"}, "Ola Nordmann <a@example.org>"},
        AddressRow{"comma", {"Nordmann, Ola", "a@example.org"}, "\"Nordmann, Ola\" <a@example.org>"},
        AddressRow{"dot", {"Ola N.", "a@example.org"}, "\"Ola N.\" <a@example.org>"},
        AddressRow{"group", {"Team: A; B", "a@example.org"}, "\"Team: A; B\" <a@example.org>"},
        AddressRow{
            "quotes", {R"(Ola "Olli" \ N)", "a@example.org"}, R"("Ola \"Olli\" \\ N" <a@example.org>)"},
        AddressRow{
            "another_address", {"x@y.example, z", "a@example.org"}, "\"x@y.example, z\" <a@example.org>"},
        AddressRow{
            "norwegian", {"Kåre Olsen", "a@example.org"}, "=?utf-8?Q?K=C3=A5re_Olsen?= <a@example.org>"},
        AddressRow{"chinese", {"王小明", "a@example.org"}, "=?utf-8?B?546L5bCP5piO?= <a@example.org>"},
        AddressRow{
            "encoded_looking", {"=?x?Q?a?=", "a@example.org"}, "=?utf-8?B?PT94P1E/YT89?= <a@example.org>"},
        AddressRow{"smtputf8", {"", "kåre@eksempel.example"}, "kåre@eksempel.example"},
        AddressRow{"sub_address", {"", "support+42.ar.k3j4@example.org"}, "support+42.ar.k3j4@example.org"},
        AddressRow{"quoted_local", {"", "\"a b\"@example.org"}, "\"a b\"@example.org"},
        AddressRow{"blank_local", {"", "a b@example.org"}, "\"a b\"@example.org"},
        AddressRow{
            "angle_brackets", {"", "a@x.example>, <evil@y.example"}, "\"a@x.example>, <evil\"@y.example"},
        AddressRow{"line_end",
                   {"A\r\nBcc: x@y.example", "a@example.org"},
                   "\"A  Bcc: x@y.example\" <a@example.org>"},
        AddressRow{"line_end_in_address", {"", "a@example.org\r\nBcc: x"}, "a@example.orgBcc:x"}),
    [](auto const& row) { return row.param.name; });

TEST(Addresses, FoldBetweenThemAndSayWhenNobodyIsNamed) {
  auto mail = plain();
  mail.to.assign(12, {"Somebody with a Name", "somebody@example.org"});
  for (auto const& line : lines_of(header_of(compose(mail)))) EXPECT_LE(line.size(), 76U);
  mail.to.clear();
  EXPECT_THAT(compose(mail), HasSubstr("\r\nTo: undisclosed-recipients:;\r\n"));
}

class Injection : public testing::TestWithParam<TextRow> {};

TEST_P(Injection, ReachesNoFieldOfItsOwn) {
  auto const& evil = GetParam().text;
  Outgoing mail;
  mail.from = {evil, evil};
  mail.to = mail.cc = mail.reply_to = {{evil, evil}};
  mail.subject = mail.message_id = evil;
  mail.references = {evil};
  mail.extra = {{"X-Good", evil}, {evil, "value"}, {"X Bad", "value"}, {"", "value"}};
  mail.text = "Words.\n";
  mail.attachments = {{evil, evil, "content", "", true, evil}};
  auto const bytes = compose(mail);
  for (auto const& line : lines_of(bytes)) {
    EXPECT_THAT(line, Not(StartsWith("Bcc")));
    EXPECT_LE(line.size(), 998U);
    EXPECT_EQ(line.find_first_of(std::string("\0\r\n\x01\x7F", 5)), std::string::npos) << line;
  }
  EXPECT_THAT(bytes, Not(HasSubstr("X Bad")));
  // The first blank line is the header's own end: the body begins with the boundary.
  EXPECT_THAT(bytes.substr(header_of(bytes).size()), StartsWith("\r\n--=_"));
}

INSTANTIATE_TEST_SUITE_P(
    Table, Injection,
    testing::Values(TextRow{"crlf", "a\r\nBcc: evil@example.net"}, TextRow{"lf", "a\nBcc: evil@example.net"},
                    TextRow{"cr", "a\rBcc: evil@example.net"}, TextRow{"blank_line", "a\r\n\r\nBcc: x\r\n"},
                    TextRow{"begins", "\r\nBcc: x"}, TextRow{"nul", std::string("a\0\nBcc: x", 9)},
                    TextRow{"controls", "a\x01\x7F\x0B\x0C\nBcc: x"},
                    TextRow{"line_separator", "a\u2028Bcc: x\u2029\u0085Bcc: y"},
                    TextRow{"quote", "a\"\r\nBcc: x; filename=\"y"},
                    TextRow{"broken_utf8", "a\xFF\xFE\nBcc: \xC3"},
                    TextRow{"huge", std::string(100'000, '@') + "\nBcc: x"}),
    [](auto const& row) { return row.param.name; });

struct FilenameRow {
  std::string name, filename, expected;
};
class Filename : public testing::TestWithParam<FilenameRow> {};

TEST_P(Filename, Written) {
  auto const part = attachment_part({GetParam().filename, "text/csv", "a,b\n", "", false, ""}, false);
  for (auto const& line : lines_of(part.head)) EXPECT_LE(line.size(), 76U);
  EXPECT_THAT(unfolded(part.head),
              HasSubstr("Content-Disposition: attachment; " + GetParam().expected + "\r\n"));
}

INSTANTIATE_TEST_SUITE_P(
    Table, Filename,
    testing::Values(FilenameRow{"token", "report.csv", "filename=report.csv"},
                    FilenameRow{"blank", "my report.csv", "filename=\"my report.csv\""},
                    FilenameRow{"quote", "a\"b.csv", "filename=\"a\\\"b.csv\""},
                    FilenameRow{"norwegian", "blå.csv", "filename*=utf-8''bl%C3%A5.csv"},
                    FilenameRow{"percent", "ø%41.csv", "filename*=utf-8''%C3%B8%2541.csv"},
                    FilenameRow{"chinese_continued", "打印机坏了的照片.png",
                                "filename*0*=utf-8''%E6%89%93%E5%8D%B0%E6%9C%BA%E5%9D%8F; "
                                "filename*1*=%E4%BA%86%E7%9A%84%E7%85%A7%E7%89%87.png"},
                    FilenameRow{"path", "../../etc/passwd", "filename=passwd"},
                    FilenameRow{"windows_path", "C:\\temp\\x.txt", "filename=x.txt"},
                    FilenameRow{"dots", "..", "filename=attachment"},
                    FilenameRow{"empty", "", "filename=attachment"},
                    FilenameRow{"direction", "exe\u202Etxt.cod", "filename=exetxt.cod"}),
    [](auto const& row) { return row.param.name; });

TEST(Filename, TooLongIsSplitAndBounded) {
  auto const head = attachment_part({many("长", 500) + ".txt", "text/plain", "", "", false, ""}, false).head;
  EXPECT_LT(head.size(), 1200U);
  EXPECT_THAT(head, HasSubstr("filename*9*="));
  for (auto const& line : lines_of(head)) EXPECT_LE(line.size(), 76U);
}

struct BodyRow {
  std::string name, text, encoding;
};
class Body : public testing::TestWithParam<BodyRow> {};

TEST_P(Body, IsEncodedAndComesBack) {
  auto const part = text_part("text/plain", GetParam().text);
  EXPECT_THAT(part.head, HasSubstr("Content-Transfer-Encoding: " + GetParam().encoding + "\r\n"));
  EXPECT_TRUE(is_ascii(part.body));
  for (auto const& line : lines_of(part.body)) {
    EXPECT_LE(line.size(), 78U);
    EXPECT_NE(line, ".");
    EXPECT_THAT(line, Not(StartsWith("From ")));
    auto const blank_at_end = !line.empty() && (line.back() == ' ' || line.back() == '\t');
    EXPECT_FALSE(blank_at_end && GetParam().encoding == "quoted-printable") << line;
  }
  auto const back = GetParam().encoding == "base64"             ? unbase64(part.body)
                    : GetParam().encoding == "quoted-printable" ? unquoted(part.body, '=')
                                                                : part.body;
  auto expected = valid_utf8(with_lf(GetParam().text));
  if (!expected.empty() && expected.back() != '\n') expected += '\n';
  EXPECT_EQ(with_lf(back), expected);
}

INSTANTIATE_TEST_SUITE_P(
    Table, Body,
    testing::Values(BodyRow{"empty", "", "7bit"}, BodyRow{"plain", "a\nb\n\n", "7bit"},
                    BodyRow{"signature", "a\n-- \nb\n", "7bit"}, BodyRow{"no_last_line_end", "a", "7bit"},
                    BodyRow{"crlf", "a\r\nb\rc\n", "7bit"},
                    BodyRow{"norwegian", "Får ikke skrevet ut på skriveren. \n\tså\n", "quoted-printable"},
                    BodyRow{"chinese", many("打印机坏了，怎么办？\n", 20), "base64"},
                    BodyRow{"dot", "a\n.\nb\n", "quoted-printable"}, BodyRow{"dots", "..\n.a\n", "7bit"},
                    BodyRow{"from", "From here\n", "quoted-printable"},
                    BodyRow{"long_line", many("many words ", 300) + "\n", "quoted-printable"},
                    BodyRow{"long_word", std::string(5000, 'w'), "quoted-printable"},
                    BodyRow{"equals", many("=3D", 100), "quoted-printable"},
                    BodyRow{"long_norwegian", many("skriveren på rom to går ikke ", 100), "quoted-printable"},
                    BodyRow{"controls", std::string("a\0b\x1B[31m", 8), "quoted-printable"},
                    BodyRow{"broken_utf8", "caf\xE9 et encore un mot", "quoted-printable"},
                    BodyRow{"trailing_blanks", many("x", 80) + "  \n \n", "quoted-printable"}),
    [](auto const& row) { return row.param.name; });

std::vector<std::string> types_in_order(std::string const& mail) {
  std::vector<std::string> types;
  for (auto const& line : lines_of(mail)) {
    if (line.starts_with("Content-Type: ")) types.push_back(line.substr(14, line.find(';') - 14));
  }
  return types;
}

TEST(Parts, NestAsReadersExpect) {
  auto mail = plain();
  mail.html = "<p>Hello <img src=\"cid:lamp@x\"></p>";
  mail.attachments = {{"lamp.png", "image/png", "png", "", true, "lamp@x"},
                      {"other.png", "image/png", "png", "", true, "unused@x"},
                      {"old.eml", "message/rfc822", "From: x\n", "", false, ""},
                      {"odd", "not a type\r\nX: y", "z", "", false, ""}};
  auto const bytes = compose(mail);
  EXPECT_EQ(types_in_order(bytes),
            (std::vector<std::string>{"multipart/mixed", "multipart/alternative", "text/plain",
                                      "multipart/related", "text/html", "image/png", "image/png",
                                      "application/octet-stream", "application/octet-stream"}));
  EXPECT_THAT(bytes, HasSubstr("Content-ID: <lamp@x>\r\n"));
  EXPECT_THAT(bytes, HasSubstr("Content-Disposition: inline; filename=lamp.png\r\n"));
  EXPECT_THAT(bytes, EndsWith("--\r\n"));
}

TEST(Parts, BoundaryStandsInNoPart) {
  auto boundary_of = [](Part const& part) {
    auto const begin = part.head.find('"') + 1;
    return part.head.substr(begin, part.head.find('"', begin) - begin);
  };
  Part const innocent = text_part("text/plain", "a\n");
  auto const first = boundary_of(multipart("mixed", {innocent}));
  EXPECT_EQ(first, boundary_of(multipart("mixed", {innocent})));
  // A mail that quotes the boundary of its like, in every form.
  Part guess = innocent;
  for (int i = 0; i < 5; ++i) {
    auto const boundary = boundary_of(multipart("mixed", {guess}));
    guess.body += "--" + boundary + "--\r\n";
    EXPECT_EQ(guess.body.find(boundary_of(multipart("mixed", {guess}))), std::string::npos);
  }
}

TEST(Compose, SameValueSameBytesAndDifferentOtherwise) {
  auto mail = plain();
  mail.html = "<p>Hello.</p>";
  EXPECT_EQ(compose(mail), compose(mail));
  auto other = mail;
  other.html = "<p>Hello!</p>";
  EXPECT_NE(compose(mail), compose(other));
}

TEST(Compose, KeepsTheFirstAndTheLastOfManyReferences) {
  auto mail = plain();
  for (int i = 0; i < 500; ++i) mail.references.push_back("id" + std::to_string(i) + "@example.org");
  auto const bytes = compose(mail);
  for (auto const* const id : {"<id0@example.org>", "<id499@example.org>", "<id470@example.org>"})
    EXPECT_THAT(bytes, HasSubstr(id));
  EXPECT_THAT(bytes, Not(HasSubstr("<id100@example.org>")));
  for (auto const& line : lines_of(header_of(bytes))) EXPECT_LE(line.size(), 76U);
}

TEST(Compose, WritesDatesBeforeAndAfter) {
  EXPECT_EQ(date_text(desk::Time{}), "Thu, 01 Jan 1970 00:00:00 +0000");
  EXPECT_EQ(date_text(desk::Time{std::chrono::milliseconds{-1}}), "Wed, 31 Dec 1969 23:59:59 +0000");
  EXPECT_EQ(date_text(desk::Time{std::chrono::milliseconds{1'709'251'199'999}}),
            "Thu, 29 Feb 2024 23:59:59 +0000");
}

class OutgoingKind : public testing::TestWithParam<int> {};

TEST_P(OutgoingKind, SaysWhatItIs) {
  auto facts = sample_letters("en").at(static_cast<std::size_t>(GetParam()) * 2);
  facts.reply_to = {"Service desk", "support+" + facts.letter.token + "@example.org"};
  auto const header = unfolded(header_of(compose(outgoing(facts, {"Subject", "Text", "<p>Text</p>", {}}))));
  auto const kind = facts.letter.kind;
  EXPECT_EQ(header.find("\r\nAuto-Submitted: auto-generated\r\n") != std::string::npos,
            desk::is_automatic(kind));
  EXPECT_EQ(header.find("\r\nX-Auto-Response-Suppress: All\r\n") != std::string::npos,
            desk::is_automatic(kind));
  EXPECT_EQ(desk::is_automatic(kind), kind != desk::LetterKind::answer && kind != desk::LetterKind::asked);
  EXPECT_THAT(header, HasSubstr("\r\nX-Spoc-Ticket: 1042\r\n"));
  EXPECT_THAT(header, HasSubstr("\r\nX-Spoc-Kind: " + std::string(desk::name(kind)) + "\r\n"));
  EXPECT_THAT(
      header,
      HasSubstr("\r\nReply-To: Service desk <support+1042.rr.k3j4mnbv.q2w3e4r5t6y7u2i3@example.org>\r\n"));
  EXPECT_THAT(header, HasSubstr("\r\nIn-Reply-To: <second@example.org>\r\n"));
  EXPECT_THAT(header, HasSubstr("\r\nMessage-ID: <spoc.1042.sample@example.org>\r\n"));
  EXPECT_THAT(header, HasSubstr("Date: Fri, 20 Nov 2026 12:00:00 +0000\r\n"));
  EXPECT_THAT(header, Not(HasSubstr("Precedence")));
}

TEST(Compose, AnAgentsVacationNoteIsWelcome) {
  auto facts = sample_letters("en").at(2U * static_cast<std::size_t>(desk::LetterKind::wrote));
  facts.letter.kind = desk::LetterKind::wrote;
  facts.letter.agent = "kari";
  auto const header = unfolded(header_of(compose(outgoing(facts, {"Subject", "Text", "<p>Text</p>", {}}))));
  EXPECT_THAT(header, HasSubstr("\r\nAuto-Submitted: auto-generated\r\n"));
  EXPECT_THAT(header, HasSubstr("\r\nX-Auto-Response-Suppress: DR, NDR, RN, NRN, AutoReply\r\n"));
}

INSTANTIATE_TEST_SUITE_P(Kinds, OutgoingKind, testing::Range(0, 24), [](auto const& row) {
  return std::string(desk::name(static_cast<desk::LetterKind>(row.param)));
});

}  // namespace
}  // namespace spoc::templates
