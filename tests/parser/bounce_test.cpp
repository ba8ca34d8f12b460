// SPDX-License-Identifier: GPL-3.0-or-later
// Machines, lists and bounces told from people.
#include "parser/bounce.hpp"

#include "parser/charset.hpp"
#include "parser/feedback.hpp"
#include "parser/recipient.hpp"
#include "parser/report.hpp"
#include "parser/status.hpp"

#include <gtest/gtest.h>

namespace spoc::parser {
namespace {

using desk::MailKind;

Verdict judge(std::string const& header, std::string const& subject = "Printer",
              std::string const& text = "Hello", std::vector<LeafView> const& leaves = {}) {
  Fields const fields = read_fields(header);
  std::string const* const type = fields.find("Content-Type");
  return classify(fields, read_parameterised(type == nullptr ? "" : *type), subject, text, leaves);
}

struct BounceRow {
  char const* name;
  char const* header;
  char const* subject;
  MailKind kind;
  char const* reason;
};
class Kinds : public testing::TestWithParam<BounceRow> {};
TEST_P(Kinds, Told) {
  Verdict const verdict = judge(GetParam().header, GetParam().subject);
  EXPECT_EQ(verdict.kind, GetParam().kind);
  EXPECT_EQ(verdict.reason, GetParam().reason);
}
INSTANTIATE_TEST_SUITE_P(
    Bounce, Kinds,
    testing::Values(
        BounceRow{"person", "From: a@example.org\n", "Printer", MailKind::personal, ""},
        BounceRow{"auto_submitted", "Auto-Submitted: Auto-Replied (vacation)\n", "x", MailKind::auto_reply,
                  "Auto-Submitted: auto-replied"},
        BounceRow{"auto_submitted_no", "Auto-Submitted: no\n", "x", MailKind::personal, ""},
        BounceRow{"x_autoreply", "X-Autoreply: yes\n", "x", MailKind::auto_reply, "X-Autoreply: yes"},
        BounceRow{"x_autorespond", "X-Autorespond: Re: x\n", "x", MailKind::auto_reply,
                  "X-Autorespond: Re: x"},
        BounceRow{"precedence_auto", "Precedence: auto_reply\n", "x", MailKind::auto_reply,
                  "Precedence: auto_reply"},
        BounceRow{"precedence_bulk", "Precedence: bulk\n", "x", MailKind::list, "Precedence: bulk"},
        BounceRow{"precedence_junk", "Precedence: Junk\n", "x", MailKind::list, "Precedence: junk"},
        BounceRow{"list_id", "List-Id: <l.example.org>\n", "x", MailKind::list, "List-Id: <l.example.org>"},
        BounceRow{"suppress_is_only_a_hint", "X-Auto-Response-Suppress: All\n", "x", MailKind::personal, ""},
        BounceRow{"null_sender", "Return-Path: <>\n", "x", MailKind::auto_reply, "Return-Path: <>"},
        BounceRow{"own_ticket_alone", "X-Spoc-Ticket: 7\n", "x", MailKind::personal, ""},
        BounceRow{"own_ticket_and_auto", "X-Spoc-Ticket: 7\nAuto-Submitted: auto-replied\n", "x",
                  MailKind::loop, "X-Spoc-Ticket: 7"},
        BounceRow{"vacation_english", "A: b\n", "Out of office: Re: Printer", MailKind::auto_reply,
                  "Subject: Out of office: Re: Printer"},
        BounceRow{"vacation_norwegian", "A: b\n", "Fraværsmelding", MailKind::auto_reply,
                  "Subject: Fraværsmelding"},
        BounceRow{"vacation_simplified", "A: b\n", "自动回复: 打印机", MailKind::auto_reply,
                  "Subject: 自动回复: 打印机"},
        BounceRow{"vacation_traditional", "A: b\n", "自動回覆: 列印", MailKind::auto_reply,
                  "Subject: 自動回覆: 列印"},
        BounceRow{"question_about_vacation", "A: b\n", "How do I set an out of office note?",
                  MailKind::personal, ""},
        BounceRow{"answer_to_a_vacation_note", "A: b\n", "Re: Automatic reply: Printer", MailKind::personal,
                  ""},
        BounceRow{"read_receipt", "Content-Type: multipart/report; report-type=disposition-notification\n",
                  "Read: x", MailKind::auto_reply, "Content-Type: message/disposition-notification"},
        BounceRow{"postmaster_writes_like_people", "From: postmaster@example.org\n", "Certificate",
                  MailKind::personal, ""}),
    [](auto const& row) { return std::string{row.param.name}; });

constexpr std::string_view two_recipients =
    "Reporting-MTA: dns; mail.example.org\n\n"
    "Final-Recipient: rfc822; ok@example.com\nAction: delivered\nStatus: 2.0.0\n\n"
    "Final-Recipient: rfc822; <gone@example.com>\nAction: Failed (permanent)\nStatus: 5.0.0\n"
    "Diagnostic-Code: smtp; 550 5.1.1 no such\n user\n";

TEST(Report, TheRecipientThatFailedCounts) {
  auto const bounce = read_report({{"message/delivery-status", two_recipients}});
  ASSERT_TRUE(bounce);
  EXPECT_EQ(bounce->recipient, "gone@example.com");
  EXPECT_EQ(bounce->action, "failed");
  EXPECT_EQ(bounce->status, "5.1.1") << "the words say more than 5.0.0";
  EXPECT_EQ(bounce->reason, "550 5.1.1 no such user");
}

TEST(Report, DeliveredIsNoFailure) {
  auto const verdict =
      judge("Return-Path: <>\nContent-Type: multipart/report; report-type=delivery-status\n", "Delivered", "",
            {{"message/delivery-status",
              "A: b\n\nFinal-Recipient: rfc822;a@example.com\nAction: delivered\nStatus: 2.1.5\n"}});
  ASSERT_TRUE(verdict.bounce);
  EXPECT_EQ(verdict.kind, MailKind::bounce);
  EXPECT_EQ(verdict.bounce->action, "delivered");
  EXPECT_EQ(verdict.bounce->status, "2.1.5");
}

TEST(Report, TheOriginalIsFoundInAPartOrInTheText) {
  EXPECT_EQ(
      original_message_id({{"message/rfc822", "From: a\nMessage-ID: <x@y>\n\nMessage-ID: <no@no>\n"}}, ""),
      "x@y");
  EXPECT_EQ(original_message_id({{"text/rfc822-headers", "Message-Id: <x@y>"}}, ""), "x@y");
  EXPECT_EQ(original_message_id({}, "words\n\n> Message-ID: <x@y>\n"), "x@y");
  EXPECT_EQ(original_message_id({}, "no id here"), "");
}

TEST(Report, StatusCodesAreNotAddressesOrVersions) {
  EXPECT_EQ(enhanced_status("550 5.1.1 unknown"), "5.1.1");
  EXPECT_EQ(enhanced_status("(#5.1.2)"), "5.1.2");
  EXPECT_EQ(enhanced_status("5.0.0 then 4.2.2"), "4.2.2");
  EXPECT_EQ(enhanced_status("host 5.6.7.8 and Mailer v5.1.1 and 15.1.1 and 5.1"), "");
  EXPECT_EQ(status_of_reply_code("said: 550 unknown user"), "5.0.0");
  EXPECT_EQ(status_of_reply_code("421-busy"), "4.0.0");
  EXPECT_EQ(status_of_refusal("5.7.1", "user unknown"), "5.7.1");
  EXPECT_EQ(status_of_refusal("5.0.0", "User unknown"), "5.1.1");
  EXPECT_EQ(status_of_refusal("", "User unknown in local recipient table"), "5.1.1");
  EXPECT_EQ(status_of_refusal("", "no"), "");
  EXPECT_EQ(status_of_reply_code("room 5501, 560 Main Street, 55"), "");
}

struct Dialect {
  char const* name;
  char const* header;
  char const* subject;
  char const* text;
  char const* recipient;
  char const* status;
  char const* action;
};
class Dialects : public testing::TestWithParam<Dialect> {};
TEST_P(Dialects, Read) {
  Dialect const& row = GetParam();
  Verdict const verdict = judge(row.header, row.subject, row.text);
  ASSERT_EQ(verdict.kind, MailKind::bounce);
  EXPECT_EQ(verdict.bounce->recipient, row.recipient);
  EXPECT_EQ(verdict.bounce->status, row.status);
  EXPECT_EQ(verdict.bounce->action, row.action);
}
INSTANTIATE_TEST_SUITE_P(
    Bounce, Dialects,
    testing::Values(
        Dialect{"domino", "From: Lotus Domino <postmaster@example.com>\n",
                "DELIVERY FAILURE: User late (late@example.com) not listed",
                "Your message\n\n  Subject: x\n\nwas not delivered to:\n\n  late@example.com\n\nbecause:\n\n"
                "  User late (late@example.com) not listed in Domino Directory\n",
                "late@example.com", "5.1.1", "failed"},
        Dialect{"old_exchange", "Return-Path: <>\n", "Undeliverable: x",
                "Your message did not reach some or all of the intended recipients.\n\n"
                "The following recipient(s) could not be reached:\n\n"
                "      'gone@example.com' on 16.11.2026 09:00\n            The e-mail account does not "
                "exist. <mx #5.1.1>\n",
                "gone@example.com", "5.1.1", "failed"},
        Dialect{"gmail_words", "From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>\n",
                "Delivery Status Notification (Failure)",
                "Delivery to the following recipient failed permanently:\n\n     gone@example.com\n\n"
                "Technical details of permanent failure:\n550 550 5.1.1 unknown (state 14).\n\n"
                "----- Original message -----\n\nTo: other@example.com\n",
                "gone@example.com", "5.1.1", "failed"},
        Dialect{"chinese", "From: postmaster@example.cn\n", "系统退信", "邮件 gone@example.cn 无法送达\n",
                "gone@example.cn", "5.0.0", "failed"},
        Dialect{"exim_late", "Return-Path: <>\nX-Failed-Recipients: slow@example.com\n",
                "Warning: message delayed 24 hours", "has not yet been delivered\n", "slow@example.com",
                "4.0.0", "delayed"}),
    [](auto const& row) { return std::string{row.param.name}; });

struct BounceWordsRow {
  char const* name;
  char const* words;
  char const* detail;
};
class Details : public testing::TestWithParam<BounceWordsRow> {};
TEST_P(Details, Derived) { EXPECT_EQ(detail_of_words(GetParam().words), GetParam().detail); }
INSTANTIATE_TEST_SUITE_P(
    Bounce, Details,
    testing::Values(
        BounceWordsRow{"unknown", "550 user unknown", ".1.1"},
        BounceWordsRow{"no_such_user", "553 no such user here", ".1.1"},
        BounceWordsRow{"rejected", "recipient address rejected: user unknown in table", ".1.1"},
        BounceWordsRow{"norwegian", "ukjent bruker", ".1.1"},
        BounceWordsRow{"german", "unbekannter empfänger", ".1.1"},
        BounceWordsRow{"french", "utilisateur inconnu", ".1.1"},
        BounceWordsRow{"spanish", "el usuario no existe", ".1.1"},
        BounceWordsRow{"russian", "такой адрес не существует", ".1.1"},
        BounceWordsRow{"chinese", "用户不存在", ".1.1"}, BounceWordsRow{"japanese", "宛先不明", ".1.1"},
        BounceWordsRow{"full", "552 mailbox full", ".2.2"},
        BounceWordsRow{"quota", "user is over quota", ".2.2"},
        BounceWordsRow{"full_chinese", "对方邮箱已满", ".2.2"},
        BounceWordsRow{"full_german", "postfach voll", ".2.2"},
        BounceWordsRow{"disabled", "550 account disabled", ".2.1"},
        BounceWordsRow{"large", "552 message too large", ".3.4"},
        BounceWordsRow{"size", "message size exceeds fixed limit", ".3.4"},
        BounceWordsRow{"host", "host unknown", ".1.2"}, BounceWordsRow{"domain", "domain not found", ".1.2"},
        BounceWordsRow{"spam", "554 message looks like spam", ".7.1"},
        BounceWordsRow{"policy", "rejected by local policy", ".7.1"},
        BounceWordsRow{"relay", "550 relaying denied", ".7.1"},
        BounceWordsRow{"timeout", "connection timed out", ".4.1"},
        BounceWordsRow{"expired", "retry timeout exceeded", ".4.7"},
        BounceWordsRow{"loop", "too many hops", ".4.6"}, BounceWordsRow{"moved", "user has moved", ".1.6"},
        BounceWordsRow{"nothing", "something happened", ""}),
    [](auto const& row) { return std::string{row.param.name}; });

TEST(Report, TheClassComesFromTheReplyCode) {
  auto const verdict =
      judge("Return-Path: <>\n", "Delivery failure", "<gone@example.com>: 450 mailbox full\n");
  ASSERT_TRUE(verdict.bounce);
  EXPECT_EQ(verdict.bounce->status, "4.2.2");
}

TEST(Report, TheDetailedCodeOfTheWordsWins) {
  auto const bounce = read_report({{"message/delivery-status",
                                    "A: b\n\nFinal-Recipient: rfc822; a@example.com\nAction: failed\nStatus: "
                                    "5.1.0\nDiagnostic-Code: smtp; 5.1.0 - error 550-5.2.2 full\n"}});
  ASSERT_TRUE(bounce);
  EXPECT_EQ(bounce->status, "5.2.2");
}

struct Envelope {
  char const* name;
  char const* header;
  char const* recipient;
};
class Envelopes : public testing::TestWithParam<Envelope> {};
TEST_P(Envelopes, Read) {
  EXPECT_EQ(recipient_in_envelope(read_fields(GetParam().header)), GetParam().recipient);
}
INSTANTIATE_TEST_SUITE_P(
    Bounce, Envelopes,
    testing::Values(Envelope{"plus", "To: bounces+kari=example.com@desk.example.org\n", "kari@example.com"},
                    Envelope{"token", "To: b+42=kari=example.com@desk.example.org\n", "kari@example.com"},
                    Envelope{"minus", "To: list-return-17-kari=example.com@example.org\n",
                             "kari@example.com"},
                    Envelope{"batv", "To: prvs=1234abcd=desk@example.org\n", ""},
                    Envelope{"none", "To: desk@example.org\n", ""}, Envelope{"empty", "A: b\n", ""}),
    [](auto const& row) { return std::string{row.param.name}; });

struct RecipientRow {
  char const* name;
  char const* words;
  char const* expect;
};
class Recipients : public testing::TestWithParam<RecipientRow> {};
TEST_P(Recipients, Found) { EXPECT_EQ(likely_recipient(GetParam().words, ""), GetParam().expect); }
INSTANTIATE_TEST_SUITE_P(
    Bounce, Recipients,
    testing::Values(RecipientRow{"words_of_three_bytes", "收件人kari@example.org: 550", "kari@example.org"},
                    RecipientRow{"words_of_four_bytes", "📧kari@example.org: 550", "kari@example.org"},
                    RecipientRow{"words_of_both", "📧给𠮷kari@example.org: 550", "kari@example.org"},
                    RecipientRow{"letters_of_two_bytes", "<åse@example.org>: 550", "åse@example.org"},
                    RecipientRow{"nothing_between", "收@example.org", ""}),
    [](auto const& row) { return std::string{row.param.name}; });

TEST(Recipient, AnEndlessLineIsCutBetweenLetters) {
  for (std::size_t const before : {980U, 981U}) {
    std::string const line = std::string(before, ' ').replace(0, 1, "x") + "k@exampleøøøøøøøøø.org";
    EXPECT_TRUE(is_utf8(likely_recipient(line, "")));
    EXPECT_FALSE(likely_recipient(line, "").empty());
  }
}

TEST(Feedback, AnAddressInLatin1IsMended) {
  auto const read = read_feedback(
      {{"message/feedback-report", "Feedback-Type: abuse\nOriginal-Rcpt-To: <\xC6se@example.org>\n"}});
  ASSERT_TRUE(read);
  EXPECT_EQ(read->recipient, "\xEF\xBF\xBDse@example.org");
}

TEST(Recipient, AnAddressInLatin1IsMended) {
  EXPECT_EQ(first_address("To: <\xC6se@example.org>"), "\xEF\xBF\xBDse@example.org");
}

TEST(Bounce, ManyAddressesAndCodesEnd) {
  std::string addresses, codes, ats(1'000'000, '@');
  for (int i = 0; i < 40'000; ++i) {
    addresses += "<user" + std::to_string(i) + "@example.com>: 550\n";
    codes += "5.1.1 ";
  }
  for (std::string const& text : {addresses, codes, ats, std::string(1'000'000, '5')})
    EXPECT_EQ(judge("From: MAILER-DAEMON@example.com\n", "Undelivered", text).kind, MailKind::bounce);
}

TEST(Bounce, APersonMayWriteAboutBounces) {
  EXPECT_EQ(judge("From: a@example.org\nReturn-Path: <a@example.org>\n", "Undelivered mail, what now?",
                  "See below.")
                .kind,
            MailKind::personal);
  EXPECT_EQ(
      judge("From: a@example.org\n", "Re: Undeliverable: x", "It could not be delivered to b@example.org.")
          .kind,
      MailKind::personal);
}

}  // namespace
}  // namespace spoc::parser
