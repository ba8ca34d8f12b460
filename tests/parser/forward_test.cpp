// SPDX-License-Identifier: GPL-3.0-or-later
// Forwarded mails: the blocks of many clients and languages, what is none, and dates written for people.
#include "parser/forward.hpp"

#include "parser/charset.hpp"
#include "parser/local_date.hpp"
#include "parser/mail.hpp"

#include <gtest/gtest.h>

namespace spoc::parser {
namespace {

struct ForwardRow {
  char const* name;
  char const* subject;
  char const* text;
  char const* expect;  // author | subject | date | text | note
};
std::string forward_name(testing::TestParamInfo<ForwardRow> const& row) { return row.param.name; }

std::string shown(std::optional<desk::Forwarded> const& one) {
  if (!one) return "";
  std::string text = one->text;
  while (text.ends_with('\n')) text.pop_back();
  return one->author.name + " <" + one->author.address + "> | " + one->subject + " | " +
         (one->date ? desk::iso(*one->date) : "") + " | " + text + " | " + one->note;
}

class Forwards : public testing::TestWithParam<ForwardRow> {};
TEST_P(Forwards, Read) {
  EXPECT_EQ(shown(forwarded_in_text(GetParam().text, GetParam().subject)), GetParam().expect);
}
INSTANTIATE_TEST_SUITE_P(
    Forward, Forwards,
    testing::Values(
        ForwardRow{
            "gmail", "Fwd: Printer",
            "Can you take this?\n\n---------- Forwarded message ---------\nFrom: Ola Example "
            "<ola@example.com>\nDate: Mon, Nov 23, 2026 at 10:14 AM\nSubject: Printer\nTo: Kari "
            "<kari@example.org>\n\n\nThe printer is dead.\n",
            "Ola Example <ola@example.com> | Printer | 2026-11-23T10:14:00Z | The printer is dead. | Can you "
            "take "
            "this?"},
        ForwardRow{"gmail_without_note", "Fwd: Printer",
                   "---------- Forwarded message ----------\nFrom: <ola@example.com>\nDate: 2026-11-23 10:14 "
                   "GMT+01:00\nSubject: Printer\nTo: desk@example.org\n\nDead.\n",
                   " <ola@example.com> | Printer | 2026-11-23T09:14:00Z | Dead. | "},
        ForwardRow{
            "apple", "Fwd: Printer",
            "Please help.\n\nBegin forwarded message:\n\n> From: Ola Example <ola@example.com>\n> Subject: "
            "Printer\n> Date: 23 November 2026 at 10:14:05 GMT+1\n> To: kari@example.org\n> \n> It is "
            "dead.\n> > "
            "Older words\n",
            "Ola Example <ola@example.com> | Printer | 2026-11-23T09:14:05Z | It is dead.\n> Older words | "
            "Please "
            "help."},
        ForwardRow{
            "outlook_bare_block", "FW: Printer",
            "FYI\n\nFrom: Ola Example <ola@example.com>\nSent: Monday, November 23, 2026 3:14 PM\nTo: Kari "
            "<kari@example.org>; Bo <bo@example.org>\nCc: Eva <eva@example.org>\nSubject: Printer\n\nDead.\n",
            "Ola Example <ola@example.com> | Printer | 2026-11-23T15:14:00Z | Dead. | FYI"},
        ForwardRow{
            "outlook_with_a_rule", "FW: Printer",
            "FYI\n________________________________\nFrom: Ola Example [mailto:ola@example.com]\nSent: 23 "
            "November "
            "2026 10:14\nTo: Kari\nSubject: Printer\n\nDead.\n",
            "Ola Example <ola@example.com> | Printer | 2026-11-23T10:14:00Z | Dead. | FYI"},
        ForwardRow{
            "outlook_original_message", "FW: Printer",
            "-----Original Message-----\nFrom: Ola <ola@example.com>\nSent: 23. november 2026 10:14\nTo: "
            "Kari\nSubject: Printer\n\nDead.",
            "Ola <ola@example.com> | Printer | 2026-11-23T10:14:00Z | Dead. | "},
        ForwardRow{
            "thunderbird", "Fwd: Printer",
            "See below.\n\n-------- Forwarded Message --------\nSubject: \tPrinter\nDate: \tMon, 23 Nov 2026 "
            "10:14:05 "
            "+0100\nFrom: \tOla Example <ola@example.com>\nTo: \tdesk@example.org\n\n\n\nDead.\n",
            "Ola Example <ola@example.com> | Printer | 2026-11-23T09:14:05Z | Dead. | See below."},
        ForwardRow{
            "thunderbird_norwegian", "Fwd: Skriver",
            "-------- Videresendt melding --------\nEmne: \tSkriver\nDato: \tMon, 23 Nov 2026 10:14:05 "
            "+0100\nFra: "
            "\tOla <ola@example.com>\nTil: \tdesk@example.org\n\nDød.\n",
            "Ola <ola@example.com> | Skriver | 2026-11-23T09:14:05Z | Død. | "},
        ForwardRow{"outlook_norwegian", "VS: Skriver",
                   "Kan du se på dette?\n\nFra: Ola <ola@example.com>\nSendt: mandag 23. november 2026 kl. "
                   "10.14\nTil: "
                   "Kari\nEmne: Skriver\n\nDød.\n",
                   "Ola <ola@example.com> | Skriver | 2026-11-23T10:14:00Z | Død. | Kan du se på dette?"},
        ForwardRow{"a_finnish_answer", "VS: Tulostin",
                   "Kiitos!\n\nLähettäjä: Ola <ola@example.com>\nLähetetty: maanantai 23. marraskuuta 2026 "
                   "10.14\nVastaanottaja: Kari\nAihe: Tulostin\n\nRikki.\n",
                   ""},
        ForwardRow{
            "german", "WG: Drucker",
            "Von: Ola <ola@example.com>\nGesendet: Montag, 23. November 2026 10:14\nAn: Kari\nBetreff: "
            "Drucker\n\nKaputt.\n",
            "Ola <ola@example.com> | Drucker | 2026-11-23T10:14:00Z | Kaputt. | "},
        ForwardRow{"french", "TR: Imprimante",
                   "De : Ola <ola@example.com>\nEnvoyé : lundi 23 novembre 2026 10:14\nÀ : Kari\nObjet : "
                   "Imprimante\n\nEn panne.\n",
                   "Ola <ola@example.com> | Imprimante | 2026-11-23T10:14:00Z | En panne. | "},
        ForwardRow{"russian", "Fwd: Принтер",
                   "-------- Пересылаемое сообщение --------\nОт: Ola <ola@example.com>\nКому: "
                   "desk@example.org\nТема: "
                   "Принтер\nДата: 23 ноября 2026, 10:14\n\nНе работает.\n",
                   "Ola <ola@example.com> | Принтер | 2026-11-23T10:14:00Z | Не работает. | "},
        ForwardRow{"qq", "转发：打印机",
                   "请处理\n\n------------------ 原始邮件 ------------------\n发件人: \"王例\" "
                   "<wang@example.com>;\n发送时间: 2026年11月23日(星期一) 下午3:14\n收件人: "
                   "\"desk\"<desk@example.org>;\n主题: 打印机\n\n坏了。\n",
                   "王例 <wang@example.com> | 打印机 | 2026-11-23T15:14:00Z | 坏了。 | 请处理"},
        ForwardRow{
            "netease_table", "转发：打印机",
            "请处理\n\n---- 转发的邮件 ----\n| 发件人 | 王例<wang@example.com> |\n| 日期 | 2026年11月23日 "
            "10:14 |\n| "
            "收件人 | desk@example.org |\n| 主题 | 打印机 |\n\n坏了。\n",
            "王例 <wang@example.com> | 打印机 | 2026-11-23T10:14:00Z | 坏了。 | 请处理"},
        ForwardRow{
            "traditional_chinese_outlook", "轉寄: 印表機",
            "寄件者: 王例 <wang@example.com>\n寄件日期: 2026年11月23日 上午 10:14\n收件者: Kari\n主旨: "
            "印表機\n\n壞了。\n",
            "王例 <wang@example.com> | 印表機 | 2026-11-23T10:14:00Z | 壞了。 | "},
        ForwardRow{
            "japanese", "Fwd: プリンタ",
            "-------- 転送メッセージ --------\n件名: プリンタ\n日付: 2026年11月23日 午後3:14\n差出人: 例 "
            "<rei@example.com>\n宛先: desk@example.org\n\n壊れました。\n",
            "例 <rei@example.com> | プリンタ | 2026-11-23T15:14:00Z | 壊れました。 | "},
        ForwardRow{
            "bold_labels_of_html", "Fwd: Printer",
            "*From:* Ola <ola@example.com>\n*Sent:* Monday, 23 November 2026 10:14\n*To:* Kari\n*Subject:* "
            "Printer\n\nDead.\n",
            "Ola <ola@example.com> | Printer | 2026-11-23T10:14:00Z | Dead. | "},
        ForwardRow{
            "fields_with_empty_lines_between", "Fwd: Printer",
            "Begin forwarded message:\n\nFrom: Ola <ola@example.com>\n\nDate: 23 Nov 2026 10:14\n\nSubject: "
            "Printer\n\nDead.\n",
            "Ola <ola@example.com> | Printer | 2026-11-23T10:14:00Z | Dead. | "},
        ForwardRow{"marker_without_a_prefix_in_the_subject", "Printer",
                   "---------- Forwarded message ---------\nFrom: Ola <ola@example.com>\nDate: 23 Nov 2026 "
                   "10:14\nSubject: Printer\n\nDead.\n",
                   "Ola <ola@example.com> | Printer | 2026-11-23T10:14:00Z | Dead. | "},
        ForwardRow{
            "an_answer_to_a_forward", "Re: Fwd: Printer",
            "Thanks\n\n---------- Forwarded message ---------\nFrom: Ola <ola@example.com>\nDate: 23 Nov "
            "2026 "
            "10:14\nSubject: Printer\n\nDead.\n",
            ""},
        ForwardRow{"outlook_answer", "RE: Printer",
                   "Thanks\n\nFrom: Ola <ola@example.com>\nSent: Monday, November 23, 2026 10:14 AM\nTo: "
                   "Kari\nSubject: "
                   "Printer\n\nDead.\n",
                   ""},
        ForwardRow{
            "original_message_without_a_prefix", "Printer",
            "-----Original Message-----\nFrom: Ola <ola@example.com>\nSent: 23 Nov 2026\nTo: Kari\nSubject: "
            "Printer\n\nDead.",
            ""},
        ForwardRow{"words_that_look_like_a_field", "Fwd: trip",
                   "From: Oslo we went on.\nTo: Bergen, that is.\n", ""},
        ForwardRow{"no_author", "Fwd: x", "---------- Forwarded message ---------\nSubject: x\n\ny\n", ""},
        ForwardRow{"an_author_without_address", "FW: x",
                   "From: Example, Ola\nSent: 23 November 2026 10:14\nTo: Kari\nSubject: x\n\ny\n",
                   "Example, Ola <> | x | 2026-11-23T10:14:00Z | y | "},
        ForwardRow{"plain", "Printer", "It is dead.\n", ""}, ForwardRow{"empty", "Fwd: x", "", ""}),
    forward_name);

TEST(Forward, AnEnclosedMailHasItsOwnAuthorAndFiles) {
  desk::Mail const mail = read_mail(
      "From: Kari <kari@example.org>\nSubject: Fwd: Printer\nContent-Type: multipart/mixed; "
      "boundary=o\n\n--o\n\n"
      "Please take this.\n--o\nContent-Type: message/rfc822\n\nFrom: Ola <ola@example.com>\nTo: Kari "
      "<kari@example.org>\nSubject: Printer\nMessage-ID: <one@example.com>\nDate: Mon, 23 Nov 2026 10:14:05 "
      "+0100\nContent-Type: multipart/mixed; boundary=i\n\n--i\n\nIt is dead.\n--i\nContent-Type: "
      "image/png; name=p.png\nContent-Transfer-Encoding: base64\n\naGVsbG8=\n--i--\n--o--\n");
  ASSERT_TRUE(mail.forwarded);
  EXPECT_EQ(shown(mail.forwarded),
            "Ola <ola@example.com> | Printer | 2026-11-23T09:14:05Z | It is dead. | Please take this.");
  EXPECT_TRUE(mail.forwarded->enclosed);
  EXPECT_EQ(mail.forwarded->message_id, "one@example.com");
  ASSERT_EQ(mail.forwarded->attachments.size(), 1U);
  EXPECT_EQ(mail.forwarded->attachments[0].content.string(), "hello");
  ASSERT_EQ(mail.attachments.size(), 1U);
  EXPECT_EQ(mail.attachments[0].filename, "Printer.eml");
}

TEST(Forward, TwoEnclosedMailsHaveNoOneAuthor) {
  std::string const inner = "--o\nContent-Type: message/rfc822\n\nFrom: ola@example.com\n\nx\n";
  desk::Mail const mail = read_mail("From: kari@example.org\nContent-Type: multipart/mixed; boundary=o\n\n" +
                                    inner + inner + "--o--\n");
  EXPECT_FALSE(mail.forwarded);
  EXPECT_EQ(mail.attachments.size(), 2U);
}

TEST(Forward, AMailThatCameBackIsNotPassedOn) {
  desk::Mail const mail = read_mail(
      "From: MAILER-DAEMON@example.org\nSubject: Undelivered\nContent-Type: multipart/report; "
      "report-type=delivery-status; boundary=o\n\n--o\n\nSorry\n--o\nContent-Type: message/rfc822\n\nFrom: "
      "ola@example.com\n\nx\n--o--\n");
  EXPECT_EQ(mail.kind, desk::MailKind::bounce);
  EXPECT_FALSE(mail.forwarded);
}

// A line of a block is read up to its thousandth byte, which may stand inside of a letter; so may the end of
// the note.
TEST(Forward, EndlessLinesAreCutBetweenLetters) {
  std::string letters;
  for (int i = 0; i < 600; ++i) letters += "å";
  std::string const head = "---------- Forwarded message ---------\nFrom: K <k@example.org>\nSubject: ";
  for (std::string const before : {"", "a"}) {
    auto const one = forwarded_in_text(head + before + letters + "\nTo: b@example.org\n\nwords\n", "Fwd: x");
    ASSERT_TRUE(one);
    EXPECT_TRUE(is_utf8(one->subject)) << one->subject;
    EXPECT_EQ(one->text, "words\n");
  }
}

struct DateRow {
  char const* name;
  char const* text;
  char const* expect;
};
class LocalDates : public testing::TestWithParam<DateRow> {};
TEST_P(LocalDates, Read) {
  auto const date = read_local_date(GetParam().text);
  EXPECT_EQ(date ? desk::iso(*date) : "", GetParam().expect);
}
INSTANTIATE_TEST_SUITE_P(
    Forward, LocalDates,
    testing::Values(DateRow{"gmail", "Mon, Nov 23, 2026 at 10:14\u202fPM", "2026-11-23T22:14:00Z"},
                    DateRow{"midnight", "Nov 23, 2026, 12:14 AM", "2026-11-23T00:14:00Z"},
                    DateRow{"korean", "2026년 11월 23일 오후 3:14", "2026-11-23T15:14:00Z"},
                    DateRow{"swedish", "den 23 november 2026 10:14", "2026-11-23T10:14:00Z"},
                    DateRow{"spanish", "lunes, 23 de noviembre de 2026 10:14", "2026-11-23T10:14:00Z"},
                    DateRow{"portuguese", "23 de dezembro de 2026 10:14", "2026-12-23T10:14:00Z"},
                    DateRow{"french_march", "lundi 23 mars 2026 à 10:14:07", "2026-03-23T10:14:07Z"},
                    DateRow{"dots", "23.11.2026 10:14", "2026-11-23T10:14:00Z"},
                    DateRow{"american", "11/5/2026 3:14 PM", "2026-11-05T15:14:00Z"},
                    DateRow{"day_first_for_sure", "23/11/2026 10:14", "2026-11-23T10:14:00Z"},
                    DateRow{"day_or_month", "11/5/2026 10:14", ""},
                    DateRow{"slashes", "2026/11/23 (月) 10:14", "2026-11-23T10:14:00Z"},
                    DateRow{"zone", "Mon, 23 Nov 2026 10:14:05 -0500", "2026-11-23T15:14:05Z"},
                    DateRow{"zone_by_name", "20 November 2026 at 15:04:11 CET", "2026-11-20T14:04:11Z"},
                    DateRow{"day_only", "23 November 2026", "2026-11-23T00:00:00Z"},
                    DateRow{"no_such_day", "31 February 2026", ""}, DateRow{"words", "last week", ""},
                    DateRow{"empty", "", ""}),
    [](auto const& row) { return std::string{row.param.name}; });

}  // namespace
}  // namespace spoc::parser
