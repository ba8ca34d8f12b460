// SPDX-License-Identifier: GPL-3.0-or-later
// Machines, lists and bounces told from people.
#include "parser/bounce.hpp"
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

struct Row {
  char const* name;
  char const* header;
  char const* subject;
  MailKind kind;
  char const* reason;
};
class Kinds : public testing::TestWithParam<Row> {};
TEST_P(Kinds, Told) {
  Verdict const verdict = judge(GetParam().header, GetParam().subject);
  EXPECT_EQ(verdict.kind, GetParam().kind);
  EXPECT_EQ(verdict.reason, GetParam().reason);
}
INSTANTIATE_TEST_SUITE_P(
    Bounce, Kinds,
    testing::Values(
        Row{"person", "From: a@example.org\n", "Printer", MailKind::personal, ""},
        Row{"auto_submitted", "Auto-Submitted: Auto-Replied (vacation)\n", "x", MailKind::auto_reply,
            "Auto-Submitted: auto-replied"},
        Row{"auto_submitted_no", "Auto-Submitted: no\n", "x", MailKind::personal, ""},
        Row{"x_autoreply", "X-Autoreply: yes\n", "x", MailKind::auto_reply, "X-Autoreply: yes"},
        Row{"x_autorespond", "X-Autorespond: Re: x\n", "x", MailKind::auto_reply, "X-Autorespond: Re: x"},
        Row{"precedence_auto", "Precedence: auto_reply\n", "x", MailKind::auto_reply,
            "Precedence: auto_reply"},
        Row{"precedence_bulk", "Precedence: bulk\n", "x", MailKind::list, "Precedence: bulk"},
        Row{"precedence_junk", "Precedence: Junk\n", "x", MailKind::list, "Precedence: junk"},
        Row{"list_id", "List-Id: <l.example.org>\n", "x", MailKind::list, "List-Id: <l.example.org>"},
        Row{"suppress_is_only_a_hint", "X-Auto-Response-Suppress: All\n", "x", MailKind::personal, ""},
        Row{"null_sender", "Return-Path: <>\n", "x", MailKind::auto_reply, "Return-Path: <>"},
        Row{"own_ticket_alone", "X-Spoc-Ticket: 7\n", "x", MailKind::personal, ""},
        Row{"own_ticket_and_auto", "X-Spoc-Ticket: 7\nAuto-Submitted: auto-replied\n", "x", MailKind::loop,
            "X-Spoc-Ticket: 7"},
        Row{"vacation_english", "A: b\n", "Out of office: Re: Printer", MailKind::auto_reply,
            "Subject: Out of office: Re: Printer"},
        Row{"vacation_norwegian", "A: b\n", "Fraværsmelding", MailKind::auto_reply,
            "Subject: Fraværsmelding"},
        Row{"vacation_simplified", "A: b\n", "自动回复: 打印机", MailKind::auto_reply,
            "Subject: 自动回复: 打印机"},
        Row{"vacation_traditional", "A: b\n", "自動回覆: 列印", MailKind::auto_reply,
            "Subject: 自動回覆: 列印"},
        Row{"question_about_vacation", "A: b\n", "How do I set an out of office note?", MailKind::personal,
            ""},
        Row{"answer_to_a_vacation_note", "A: b\n", "Re: Automatic reply: Printer", MailKind::personal, ""},
        Row{"read_receipt", "Content-Type: multipart/report; report-type=disposition-notification\n",
            "Read: x", MailKind::auto_reply, "Content-Type: message/disposition-notification"},
        Row{"postmaster_writes_like_people", "From: postmaster@example.org\n", "Certificate",
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
