// SPDX-License-Identifier: GPL-3.0-or-later
// What compose writes, read_mail reads back; and values that would like to be headers are none.
#include "parser/digest.hpp"
#include "parser/mail.hpp"
#include "templates/compose.hpp"
#include "tests/desk/house.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace spoc::daemon {
namespace {

using desk::MailKind;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

struct Words {
  std::string name, subject, text, person;
};
void PrintTo(Words const& row, std::ostream* out) { *out << row.name; }

class RoundTrip : public testing::TestWithParam<Words> {
 protected:
  static templates::Outgoing mail() {
    Words const& row = GetParam();
    templates::Outgoing out;
    out.from = {row.person, "desk@example.org"};
    out.to = {{"Ola Testmann", "ola@example.net"}};
    out.subject = row.subject;
    out.date = desk::tests::noon();
    out.message_id = "one@example.org";
    out.references = {"first@example.net", "second@example.net"};
    out.text = row.text;
    return out;
  }
  static std::string trimmed(std::string text) {
    while (!text.empty() && text.back() == '\n') text.pop_back();
    return text;
  }
};

TEST_P(RoundTrip, GivesBackWhatWasWritten) {
  desk::Mail const read = parser::read_mail(compose(mail()));
  EXPECT_EQ(read.subject, GetParam().subject);
  EXPECT_EQ(trimmed(read.text), trimmed(GetParam().text));
  EXPECT_THAT(read.from, ElementsAre(desk::Address{GetParam().person, "desk@example.org"}));
  EXPECT_THAT(read.to, ElementsAre(desk::Address{"Ola Testmann", "ola@example.net"}));
  EXPECT_EQ(read.message_id, "one@example.org");
  EXPECT_THAT(read.references, ElementsAre("first@example.net", "second@example.net"));
  EXPECT_THAT(read.in_reply_to, ElementsAre("second@example.net"));
  EXPECT_EQ(read.date, desk::tests::noon());
  EXPECT_EQ(read.kind, MailKind::personal) << read.kind_reason;
  EXPECT_THAT(read.defects, IsEmpty());
}

TEST_P(RoundTrip, WithHtmlAndAttachments) {
  templates::Outgoing out = mail();
  out.html = "<p>Words in <b>HTML</b></p>";
  std::string every_byte;
  for (int i = 0; i < 256; ++i) every_byte += static_cast<char>(i);
  desk::Attachment file;
  file.filename = GetParam().name + " " + GetParam().person + ".bin";
  file.type = "application/octet-stream";
  file.content = every_byte;
  out.attachments = {file, file};
  out.attachments[1].filename = "notes.txt";
  out.attachments[1].type = "text/plain";
  out.attachments[1].content = GetParam().text;
  desk::Mail const read = parser::read_mail(compose(out));
  EXPECT_EQ(trimmed(read.text), trimmed(GetParam().text));
  EXPECT_THAT(read.html, HasSubstr("<b>HTML</b>"));
  ASSERT_THAT(read.attachments, SizeIs(2));
  EXPECT_EQ(read.attachments[0].filename, file.filename);
  EXPECT_EQ(read.attachments[0].content.string(), every_byte);
  EXPECT_EQ(read.attachments[0].sha256, parser::sha256(every_byte));
  EXPECT_EQ(read.attachments[1].filename, "notes.txt");
  EXPECT_EQ(read.attachments[1].type, "text/plain");
}

std::string many(std::string const& word, int count) {
  std::string out;
  for (int i = 0; i < count; ++i) out += word;
  return out;
}

INSTANTIATE_TEST_SUITE_P(
    Each, RoundTrip,
    testing::Values(Words{"ascii", "Printer", "It smokes.\n\nGreetings\n", "Kari Eksempel"},
                    Words{"norwegian", "Skriveren ryker på rom 12", "Den ryker. Æ, ø og å!\n", "Åse Ødegård"},
                    Words{"chinese", "打印机冒烟了，请帮忙看一下，谢谢各位同事",
                          "它在十二号房间，从中午开始冒烟。\n谢谢\n", "王小明"},
                    Words{"traditional", "印表機冒煙", "它在十二號房間。\n", "陳大文"},
                    Words{"emoji", "Help 🖨️🔥👩‍💻", "🖨️🔥\n👍🏽\n", "Ola 🙂"},
                    Words{"long_subject", many("word ", 60) + "end", "x\n", "Kari"},
                    Words{"long_subject_without_blanks", many("æ", 300), "x\n", "Kari"},
                    Words{"long_lines", "x", many("a", 2000) + "\n" + many("ø ", 1500) + "end\n", "Kari"},
                    Words{"dots", "...", ".\n..\n.hidden\nend.\n", "Kari"},
                    Words{"from_lines", "x", "From here\n>From there\n", "Kari"},
                    Words{"blanks_at_ends", "x", "one  \ntwo\t\n\n\nthree\n", "Kari"},
                    Words{"like_an_encoded_word", "=?utf-8?q?no?=", "=3D=20=\n", "Kari"},
                    Words{"specials_in_the_name", "x", "x\n", "Eksempel, Kari \"K\" (IT) <it@example.org>"},
                    Words{"like_a_boundary", "x", "--\n-- \n--=_1\n--spoc\n", "Kari"}),
    [](auto const& each) { return each.param.name; });

// ---- values that would like to be headers -----------------------------------------------------------------

struct Attack {
  std::string name;
  void (*put)(templates::Outgoing&, std::string const&);
};
void PrintTo(Attack const& row, std::ostream* out) { *out << row.name; }

class HeaderInjection : public testing::TestWithParam<std::tuple<Attack, std::string>> {};

TEST_P(HeaderInjection, MakesNoHeader) {
  auto const& [attack, line_end] = GetParam();
  templates::Outgoing out;
  out.from = {"Kari", "desk@example.org"};
  out.to = {{"Ola", "ola@example.net"}};
  out.subject = "x";
  out.message_id = "one@example.org";
  out.text = "words\n";
  attack.put(out, "a" + line_end + "Bcc: eve@example.com" + line_end + line_end + "Injected body");
  std::string const bytes = compose(out);
  std::string const header = bytes.substr(0, bytes.find("\r\n\r\n"));
  EXPECT_EQ(header.find("\nBcc:"), std::string::npos) << header;
  EXPECT_EQ(header.find("\rBcc:"), std::string::npos) << header;
  desk::Mail const read = parser::read_mail(bytes);
  EXPECT_EQ(read.text.find("Injected"), std::string::npos);
  EXPECT_THAT(read.text, HasSubstr("words"));
}

INSTANTIATE_TEST_SUITE_P(Each, HeaderInjection,
                         testing::Combine(
                             testing::
                                 Values(Attack{"subject", [](templates::Outgoing& out,
                                                             std::string const& bad) { out.subject = bad; }},
                                        Attack{"sender_name",
                                               [](templates::Outgoing& out, std::string const& bad) {
                                                 out.from.name = bad;
                                               }},
                                        Attack{"recipient_name",
                                               [](templates::Outgoing& out, std::string const& bad) {
                                                 out.to[0].name = bad;
                                               }},
                                        Attack{"recipient_address",
                                               [](templates::Outgoing& out, std::string const& bad) {
                                                 out.to[0].address = bad;
                                               }},
                                        Attack{"reply_to",
                                               [](templates::Outgoing& out, std::string const& bad) {
                                                 out.reply_to = {{bad, bad}};
                                               }},
                                        Attack{"message_id",
                                               [](templates::Outgoing& out, std::string const& bad) {
                                                 out.message_id = bad;
                                               }},
                                        Attack{"reference",
                                               [](templates::Outgoing& out, std::string const& bad) {
                                                 out.references = {bad};
                                               }},
                                        Attack{
                                            "extra",
                                            [](templates::Outgoing& out, std::string const& bad) {
                                              out.extra = {{"X-Some", bad}};
                                            }},
                                        Attack{"file_name",
                                               [](templates::Outgoing& out, std::string const& bad) {
                                                 out.attachments = {{bad, "text/plain", "x", "", false, ""}};
                                               }}),
                             testing::Values("\r\n", "\n", "\r")),
                         [](auto const& each) {
                           std::string const& line_end = std::get<1>(each.param);
                           return std::get<0>(each.param).name + (line_end.size() == 2 ? "_crlf"
                                                                  : line_end == "\n"   ? "_lf"
                                                                                       : "_cr");
                         });

}  // namespace
}  // namespace spoc::daemon
