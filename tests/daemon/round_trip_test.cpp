// SPDX-License-Identifier: GPL-3.0-or-later
// What one room writes, the other reads back: compose and read_mail, letters and their tokens.
#include "daemon/letter_facts.hpp"
#include "templates/compose.hpp"
#include "tests/daemon/desk_room.hpp"

namespace spoc::daemon {
namespace {

using desk::LetterKind;
using desk::MailKind;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using tests::Sketch;

// ---- any mail
// ------------------------------------------------------------------------------------------------

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
  EXPECT_EQ(read.attachments[0].content, every_byte);
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

// ---- values that would like to be headers
// ----------------------------------------------------------------------

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

// ---- letters
// ---------------------------------------------------------------------------------------------------

using LetterRow = std::tuple<LetterKind, std::string>;

class LetterTrip : public tests::DeskRoom, public testing::WithParamInterface<LetterRow> {
 protected:
  /// A letter of any kind about a ticket whose words are in the letter's own language.
  desk::Letter letter() {
    auto const [kind, language] = GetParam();
    bool const to_agent = kind != LetterKind::acknowledgement && kind != LetterKind::answer &&
                          kind != LetterKind::resolved && kind != LetterKind::closed;
    desk::TicketId const ticket = receive(Sketch{.subject = "=?utf-8?q?Skriveren_p=C3=A5_rom_12?=",
                                                 .text = "Den ryker. 冒烟了。",
                                                 .id = "m1@example.net"})
                                      .ticket;
    receive(answer_by("kari", ticket, "Trekk ut støpselet."));
    desk::Letter out = to_agent ? letter_to("kari", LetterKind::opened) : letters(LetterKind::answer).at(0);
    out.kind = kind;
    out.language = language;
    out.about = messages(ticket).at(kind == LetterKind::answer || kind == LetterKind::undelivered ? 1 : 0).id;
    out.lines = {"550 5.1.1 no such user"};
    out.articles = {{"plug", "Støpsler", "nb", 0.9, true, false}};
    out.message_id = desk::mint_message_id(out.token, "round trip", house.domain, desk::tests::toy_sign);
    return out;
  }
};

TEST_P(LetterTrip, ParsesBackWithItsToken) {
  desk::Letter const out = letter();
  auto const facts = letter_facts(db, out, house, nullptr, now);
  ASSERT_TRUE(facts) << facts.error().what;
  static auto const texts = templates::Texts::load({});
  ASSERT_TRUE(texts);
  auto const draft = templates::write_letter(*facts, *texts);
  ASSERT_TRUE(draft) << draft.error().what;
  desk::Mail const read = parser::read_mail(templates::compose(templates::outgoing(*facts, *draft)));

  EXPECT_EQ(read.subject, draft->subject);
  EXPECT_EQ(read.message_id, out.message_id);
  EXPECT_EQ(read.references, out.references);
  EXPECT_THAT(read.to, ElementsAre(out.to));
  EXPECT_THAT(read.defects, IsEmpty());
  auto const token = desk::read_token(out.token, desk::tests::toy_sign);
  ASSERT_TRUE(token);
  ASSERT_THAT(read.reply_to, SizeIs(1));
  for (std::string const& place : {read.reply_to[0].address, read.message_id, read.text})
    EXPECT_THAT(desk::tokens_in(place, desk::tests::toy_sign), Contains(*token)) << place;
  EXPECT_NE(house.mailbox_at(read.reply_to[0].address), nullptr);
  // No machine may answer what no person wrote (RFC 3834), and the desk knows it for its own.
  EXPECT_EQ(read.kind, desk::is_automatic(out.kind) ? MailKind::loop : MailKind::personal)
      << read.kind_reason;
}

/// The reply to a letter, with the whole letter quoted below it, is what was written above, and finds its
/// ticket.
TEST_P(LetterTrip, ReplyToItIsUnderstood) {
  desk::Letter const out = letter();
  auto const facts = letter_facts(db, out, house, nullptr, now);
  static auto const texts = templates::Texts::load({});
  auto const draft = templates::write_letter(*facts, *texts);
  ASSERT_TRUE(facts && texts && draft);
  std::string quoted = "> ";
  for (char c : draft->text) quoted += c == '\n' ? std::string{"\r\n> "} : std::string{c};
  Sketch reply{.from = out.to.address,
               .subject = "Re: x",
               .text = "Tried it.\r\n\r\nOn Mon, 2 Mar 2026 at 12:00, Service desk wrote:\r\n" + quoted,
               .references = {out.message_id}};
  reply.to = facts->reply_to.address;
  desk::Arrival const arrived = arrival(reply);
  EXPECT_EQ(arrived.mail()->reply, "Tried it.");
  desk::News const news = receive(arrived);
  EXPECT_EQ(news.ticket, out.ticket);
  EXPECT_FALSE(news.opened);
}

INSTANTIATE_TEST_SUITE_P(
    Each, LetterTrip,
    testing::Combine(testing::Values(LetterKind::acknowledgement, LetterKind::answer, LetterKind::resolved,
                                     LetterKind::closed, LetterKind::opened, LetterKind::wrote,
                                     LetterKind::noted, LetterKind::assigned, LetterKind::receipt,
                                     LetterKind::refusal, LetterKind::undelivered),
                     testing::Values("en", "nb", "zh-Hans", "zh-Hant")),
    [](auto const& each) {
      std::string out = std::string{desk::name(std::get<0>(each.param))} + "_" + std::get<1>(each.param);
      for (char& c : out) c = c == '-' ? '_' : c;
      return out;
    });

class Receipt : public tests::DeskRoom {};

TEST_F(Receipt, SaysInTheAgentsLanguageWhatWasDone) {
  desk::TicketId const ticket = receive(Sketch{}).ticket;
  receive(answer_by("kari", ticket, "/tag printer\n\nPull the plug."));
  desk::Letter const receipt = letter_to("kari", LetterKind::receipt);
  auto const facts = letter_facts(db, receipt, house, nullptr, now);
  auto const texts = templates::Texts::load({});
  ASSERT_TRUE(facts && texts);
  auto const draft = templates::write_letter(*facts, *texts);
  ASSERT_TRUE(draft) << draft.error().what;
  desk::Mail const read = parser::read_mail(templates::compose(templates::outgoing(*facts, *draft)));
  EXPECT_EQ(receipt.language, "nb");
  EXPECT_THAT(read.text, HasSubstr("printer"));
  EXPECT_THAT(read.text, HasSubstr("ola@example.net"));
  for (std::string const raw : {"\x1F", "{1}", "tagged"}) EXPECT_THAT(read.text, Not(HasSubstr(raw)));
}

class LostLetter : public tests::DeskRoom {};

TEST_F(LostLetter, LetterWithoutItsTicketIsAnError) {
  desk::Letter lost;
  lost.id = desk::LetterId{5};
  lost.ticket = desk::TicketId{99};
  auto const facts = letter_facts(db, lost, house, nullptr, now);
  ASSERT_FALSE(facts);
  EXPECT_EQ(facts.error().kind, Kind::missing);
  EXPECT_THAT(facts.error().what, HasSubstr("ticket 99"));
}

}  // namespace
}  // namespace spoc::daemon
