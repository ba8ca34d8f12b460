// SPDX-License-Identifier: GPL-3.0-or-later
// Who wrote a mail, behind forms, lists and forwards.
#include "desk/author.hpp"

#include "tests/desk/house.hpp"

#include <gtest/gtest.h>

namespace spoc::desk {
namespace {

struct WriterRow {
  char const* name;
  Address from;
  std::vector<Address> reply_to, original_from;
  std::string author, answer_to;
  Speaks how;
};
void PrintTo(WriterRow const& row, std::ostream* out) { *out << row.name; }
class Writers : public testing::TestWithParam<WriterRow> {};

TEST_P(Writers, AreFound) {
  WriterRow const& row = GetParam();
  House const house = tests::house();
  Mailbox mailbox = house.mailboxes.front();
  mailbox.trust_reply_to = {"forms@example.org"};
  Mail mail = tests::mail_from("", "x", "words");
  mail.from = {row.from};
  mail.reply_to = row.reply_to;
  mail.original_from = row.original_from;
  Writer const writer = writer_of(mail, mailbox, house);
  EXPECT_EQ(writer.author.address, row.author);
  EXPECT_EQ(writer.answer_to.address, row.answer_to);
  EXPECT_EQ(writer.how, row.how);
}

Address const ola{"Ola Testmann", "Ola@example.net"};
Address const form{"Contact form", "forms@example.org"};
Address const listed{"Ola Testmann via Staff", "staff@lists.example.com"};

INSTANTIATE_TEST_SUITE_P(
    Table, Writers,
    testing::Values(
        WriterRow{"From", ola, {}, {}, "ola@example.net", "ola@example.net", Speaks::itself},
        WriterRow{"ReplyToOfTheSameDomain",
                  ola,
                  {{"", "ola.t@example.net"}},
                  {},
                  "ola@example.net",
                  "ola.t@example.net",
                  Speaks::itself},
        WriterRow{"ReplyToOfAStranger",
                  ola,
                  {{"", "eve@example.com"}},
                  {},
                  "ola@example.net",
                  "ola@example.net",
                  Speaks::itself},
        WriterRow{"ReplyToTheDesk",
                  ola,
                  {{"", "support@example.org"}},
                  {},
                  "ola@example.net",
                  "ola@example.net",
                  Speaks::itself},
        WriterRow{"Form",
                  form,
                  {{"Ada", "ada@example.com"}},
                  {},
                  "ada@example.com",
                  "ada@example.com",
                  Speaks::form},
        WriterRow{
            "FormWithoutReplyTo", form, {}, {}, "forms@example.org", "forms@example.org", Speaks::itself},
        WriterRow{"FormWithTwoReplyTo",
                  form,
                  {{"", "a@example.com"}, {"", "b@example.com"}},
                  {},
                  "forms@example.org",
                  "forms@example.org",
                  Speaks::itself},
        WriterRow{"ViaList",
                  listed,
                  {{"", "ola@example.net"}},
                  {},
                  "ola@example.net",
                  "ola@example.net",
                  Speaks::list},
        WriterRow{"ViaListWithOriginal",
                  listed,
                  {{"", "staff@lists.example.com"}},
                  {{"Ola", "ola@example.net"}},
                  "ola@example.net",
                  "ola@example.net",
                  Speaks::list},
        WriterRow{"ViaListThatSaysNothing",
                  listed,
                  {},
                  {},
                  "staff@lists.example.com",
                  "staff@lists.example.com",
                  Speaks::itself}),
    [](auto const& row) { return std::string{row.param.name}; });

struct ForwardRow {
  char const* name;
  std::string from, subject;
  std::optional<Address> inside;
  bool proof;
  Forward forward;
};
void PrintTo(ForwardRow const& row, std::ostream* out) { *out << row.name; }
class Forwards : public testing::TestWithParam<ForwardRow> {};

TEST_P(Forwards, AreTakenForWhatTheyAre) {
  ForwardRow const& row = GetParam();
  House house = tests::house();
  if (!row.proof) house.authserv_ids = {"mx.example.org"};
  Mail mail = tests::mail_from(row.from, row.subject, "See below.");
  if (row.inside)
    mail.forwarded = Forwarded{*row.inside,  {},           {},   "Printer", {},           "",
                               "It smokes.", "It smokes.", "en", {},        "See below.", false};
  EXPECT_EQ(forward_of(mail, house), row.forward);
  Writer const writer = writer_of(mail, house.mailboxes.front(), house);
  EXPECT_EQ(writer.how == Speaks::forwarder, row.forward == Forward::sure);
  if (row.forward != Forward::sure) return;
  EXPECT_EQ(writer.author.address, "ola@example.net");
}

INSTANTIATE_TEST_SUITE_P(
    Table, Forwards,
    testing::Values(
        ForwardRow{"Agent", "kari@example.org", "Fwd: Printer", ola, true, Forward::sure},
        ForwardRow{"AgentsOtherAddress", "kari@private.example", "Fwd: Printer", ola, true, Forward::sure},
        ForwardRow{"ForgedAgent", "kari@example.org", "Fwd: Printer", ola, false, Forward::none},
        ForwardRow{"Requester", "eve@example.com", "Fwd: Printer", ola, true, Forward::none},
        ForwardRow{"NameWithoutAddress", "kari@example.org", "Fwd: Printer", Address{"Ola", ""}, true,
                   Forward::unsure},
        ForwardRow{"NothingUnderstood", "kari@example.org", "VS: Skriver", std::nullopt, true,
                   Forward::unsure},
        ForwardRow{"AColleaguesMail", "kari@example.org", "Fwd: Printer", Address{"Sam", "sam@example.org"},
                   true, Forward::none},
        ForwardRow{"NoForward", "kari@example.org", "Printer", std::nullopt, true, Forward::none}),
    [](auto const& row) { return std::string{row.param.name}; });

}  // namespace
}  // namespace spoc::desk
