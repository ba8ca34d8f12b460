// SPDX-License-Identifier: GPL-3.0-or-later
// Threading under attack and accident: what comes in, which rule decides, where it goes.
#include "tests/daemon/desk_room.hpp"

namespace spoc::daemon {
namespace {

using desk::LetterKind;
using testing::SizeIs;
using tests::Sketch;

/// {TOKEN} and {NUMBER} in a row stand for the first ticket's.
struct ThreadRow {
  char const* name;
  Sketch mail;
  char const* rule;
  bool joins;    ///< the first ticket
  bool related;  ///< a new one, linked to the first
};
void PrintTo(ThreadRow const& row, std::ostream* out) { *out << row.name; }

/// Ola wrote to the desk and copied Bo; the desk acknowledged.
class Threading : public tests::DeskRoom, public testing::WithParamInterface<ThreadRow> {
 protected:
  Threading() {
    first = receive(Sketch{.id = "m1@example.net", .extra = "Cc: Bo <bo@example.net>\r\n"}).ticket;
    letter = letters(LetterKind::acknowledgement).at(0);
  }
  std::string filled(std::string text) const {
    for (auto const& [from, to] : {std::pair<std::string, std::string>{"{TOKEN}", letter.token},
                                   {"{NUMBER}", std::to_string(desk::number(first))},
                                   {"{LETTER}", letter.message_id}})
      for (auto at = text.find(from); at != std::string::npos; at = text.find(from))
        text.replace(at, from.size(), to);
    return text;
  }
  desk::TicketId first{};
  desk::Letter letter;
};

TEST_P(Threading, GoesWhereItBelongs) {
  Sketch mail = GetParam().mail;
  for (std::string* part : {&mail.to, &mail.subject, &mail.text}) *part = filled(*part);
  for (std::string& one : mail.references) one = filled(one);
  auto const explained = front.explain(parser::read_mail(tests::raw_mail(mail)));
  ASSERT_TRUE(explained);
  EXPECT_EQ(desk::name(explained->rule), GetParam().rule);
  desk::News const news = receive(mail);
  EXPECT_EQ(news.rule, GetParam().rule);
  EXPECT_EQ(news.ticket == first, GetParam().joins);
  EXPECT_EQ(ticket(news.ticket).related == first, GetParam().related);
}

std::string const ola = "Ola Testmann <ola@example.net>", bo = "Bo <bo@example.net>", eve = "eve@example.com";

INSTANTIATE_TEST_SUITE_P(
    Table, Threading,
    testing::Values(
        ThreadRow{"AnswerToTheLetter",
                  {.from = ola, .subject = "Re: x", .text = "More.", .references = {"{LETTER}"}},
                  "token",
                  true,
                  false},
        ThreadRow{"MessageIdRewrittenPlusAddressKept",
                  {.from = ola,
                   .to = "support+{TOKEN}@example.org",
                   .subject = "RE: x",
                   .text = "More.",
                   .references = {"0102018f@eu-north-1.amazonses.com"}},
                  "token",
                  true,
                  false},
        ThreadRow{"MessageIdRewrittenTokenInTheQuote",
                  {.from = ola,
                   .subject = "RE: x",
                   .text = "More.\r\n\r\n> Ref: {TOKEN}",
                   .references = {"AM0PR01MB@AM0PR01MB.eurprd01.prod.exchangelabs.com"}},
                  "body-token",
                  true,
                  false},
        ThreadRow{"TokenInCapitals",
                  {.from = ola, .to = "SUPPORT+{TOKEN}@EXAMPLE.ORG", .subject = "x", .text = "More."},
                  "token",
                  true,
                  false},
        ThreadRow{"TokenWithAForgedNumber",
                  {.from = eve, .to = "support+9{TOKEN}@example.org", .subject = "x", .text = "Let me in."},
                  "new",
                  false,
                  false},
        ThreadRow{"OwnNumber",
                  {.from = ola, .subject = "Re: printer [#{NUMBER}]", .text = "More."},
                  "subject-number",
                  true,
                  false},
        ThreadRow{"CopiedPersonsNumber",
                  {.from = bo, .subject = "[#{NUMBER}] printer", .text = "More."},
                  "subject-number",
                  true,
                  false},
        ThreadRow{"StrangersNumber",
                  {.from = eve, .subject = "Re: printer [#{NUMBER}]", .text = "Let me in."},
                  "new",
                  false,
                  true},
        ThreadRow{"StrangersReference",
                  {.from = eve, .subject = "x", .text = "Let me in.", .references = {"m1@example.net"}},
                  "new",
                  false,
                  true},
        ThreadRow{"StrangersSubject",
                  {.from = eve, .subject = "Re: The printer smokes", .text = "Mine too."},
                  "new",
                  false,
                  true},
        ThreadRow{"OwnSubject",
                  {.from = ola, .subject = "SV: The printer smokes", .text = "More."},
                  "same-subject",
                  true,
                  false},
        ThreadRow{"OwnSubjectWithoutPrefix",
                  {.from = ola, .subject = "The printer smokes", .text = "Another one."},
                  "new",
                  false,
                  false},
        ThreadRow{"NumberOfNoTicket",
                  {.from = ola, .subject = "[#999999] x", .text = "More."},
                  "new",
                  false,
                  false},
        ThreadRow{"ManyReferencesTheOldestIsOurs",
                  {.from = bo,
                   .subject = "x",
                   .text = "More.",
                   .references = {"m1@example.net", "lost@example.net", "lost2@example.net"}},
                  "reference",
                  true,
                  false},
        ThreadRow{"NoMessageId",
                  {.from = ola, .subject = "Re: The printer smokes", .text = "More."},
                  "same-subject",
                  true,
                  false}),
    [](auto const& row) { return std::string{row.param.name}; });

class ThreadingStories : public tests::DeskRoom {};

TEST_F(ThreadingStories, ReadersOfANewsletterShareNoTicket) {
  std::vector<std::string> const newsletter{"issue7@news.example"};
  desk::TicketId const one =
      receive(
          Sketch{.from = "ada@example.com", .subject = "Re: News", .text = "Stop.", .references = newsletter})
          .ticket;
  desk::News const other = receive(Sketch{
      .from = "eve@example.com", .subject = "Re: News", .text = "Please stop.", .references = newsletter});
  EXPECT_TRUE(other.opened);
  EXPECT_EQ(ticket(other.ticket).related, one);
}

TEST_F(ThreadingStories, TwoCopiedPeopleWhoAnswerTheFirstMailShareATicket) {
  // The desk never saw boss@'s mail; both answer it to all.
  desk::TicketId const one = receive(Sketch{.from = "ada@example.com",
                                            .subject = "Re: Move",
                                            .text = "We need help.",
                                            .references = {"boss1@example.com"},
                                            .extra = "Cc: boss@example.com, per@example.com\r\n"})
                                 .ticket;
  desk::News const copied = receive(Sketch{.from = "per@example.com",
                                           .subject = "Re: Move",
                                           .text = "So do I.",
                                           .references = {"boss1@example.com"},
                                           .extra = "Cc: boss@example.com, ada@example.com\r\n"});
  EXPECT_EQ(copied.ticket, one);
  EXPECT_EQ(copied.rule, "sibling");
  desk::News const late = receive(Sketch{.from = "lis@example.com",
                                         .subject = "Re: Move",
                                         .text = "Me too.",
                                         .references = {"boss1@example.com"},
                                         .extra = "Cc: ada@example.com\r\n"});
  EXPECT_EQ(late.ticket, one) << "she writes to the requester";
}

TEST_F(ThreadingStories, AnAnswerThatComesBeforeItsQuestionWaitsForIt) {
  desk::News const answer = receive(Sketch{.from = "bo@example.net",
                                           .subject = "Re: The printer smokes",
                                           .text = "Here too.",
                                           .id = "m2@example.net",
                                           .references = {"m1@example.net"},
                                           .extra = "Cc: ola@example.net\r\n"});
  EXPECT_TRUE(answer.opened);
  desk::News const question = receive(Sketch{.id = "m1@example.net", .extra = "Cc: bo@example.net\r\n"});
  EXPECT_EQ(question.ticket, answer.ticket);
  EXPECT_EQ(question.rule, "reference");
}

TEST_F(ThreadingStories, AnotherSubjectOnAClosedTicketIsAnotherMatter) {
  desk::TicketId const first = receive(Sketch{.id = "m1@example.net"}).ticket;
  receive(answer_by("sam", first, "/close\n"));
  desk::News const other = receive(
      Sketch{.subject = "Screen flickers", .text = "Now the screen.", .references = {"m1@example.net"}});
  EXPECT_TRUE(other.opened);
  EXPECT_EQ(ticket(other.ticket).related, first);
  desk::News const same = receive(Sketch{
      .subject = "Re: The printer smokes", .text = "It smokes again.", .references = {"m1@example.net"}});
  EXPECT_EQ(same.ticket, first);
}

TEST_F(ThreadingStories, LettersFollowTheRequestersNewestSubject) {
  desk::TicketId const first = receive(Sketch{.id = "m1@example.net"}).ticket;
  receive(Sketch{.subject = "Re: Printer on fire", .text = "Worse now.", .references = {"m1@example.net"}});
  EXPECT_EQ(ticket(first).subject, "Re: Printer on fire");
  receive(Sketch{.subject = "SV: [#" + std::to_string(desk::number(first)) + "] Printer on fire",
                 .text = "Hurry.",
                 .references = {"m1@example.net"}});
  EXPECT_EQ(ticket(first).subject, "Re: Printer on fire") << "prefixes and our own number are no new subject";
}

TEST_F(ThreadingStories, SameMailWithoutMessageIdByTwoWaysIsOneTicket) {
  receive(Sketch{});
  EXPECT_TRUE(receive(Sketch{.extra = "Received: from list.example.net\r\n"}).duplicate);
  EXPECT_FALSE(
      receive(Sketch{.text = "Another matter.", .extra = "Received: from list.example.net\r\n"}).duplicate);
  EXPECT_EQ(counts().messages, 2);
}

TEST_F(ThreadingStories, AgentsAnswerDeliveredTwiceGoesOutOnce) {
  desk::TicketId const first = receive(Sketch{}).ticket;
  Sketch answer = answer_by("kari", first, "/tag printer\n\nPull the plug.");
  receive(answer);
  answer.extra = "Received: from elsewhere\r\n";
  EXPECT_TRUE(receive(answer).duplicate);
  EXPECT_THAT(letters(LetterKind::answer), SizeIs(1));
}

// ---- bounces ----------------------------------------------------------------------------------------------

struct BounceRow {
  char const* name;
  std::string status, action;
  bool failed, dead;
};
void PrintTo(BounceRow const& row, std::ostream* out) { *out << row.name; }
class Bounces : public tests::DeskRoom, public testing::WithParamInterface<BounceRow> {
 protected:
  /// A report about a letter that quotes `words` of it.
  desk::Arrival report(desk::Letter const& letter, std::string const& words) {
    desk::Arrival out =
        arrival({.from = "MAILER-DAEMON@mx.example.net", .subject = "Undelivered", .text = words});
    auto& mail = std::get<desk::Mail>(out.what);
    mail.kind = desk::MailKind::bounce;
    mail.bounce = desk::Bounce{letter.to.address, GetParam().status, GetParam().action, "no such user", ""};
    return out;
  }
};

TEST_P(Bounces, TellTheAgentAndRestTheAddress) {
  desk::TicketId const first = receive(Sketch{}).ticket;
  desk::Letter const letter = letters(LetterKind::acknowledgement).at(0);
  desk::News const news = receive(report(letter, "Ref: " + letter.token));
  EXPECT_EQ(news.ticket, first);
  desk::Letter const after = letters(LetterKind::acknowledgement).at(0);
  EXPECT_EQ(after.state == desk::LetterState::refused, GetParam().failed);
  EXPECT_THAT(letters(LetterKind::undelivered), SizeIs(GetParam().failed ? 2 : 0));
  ASSERT_TRUE(front.claim_letters("postman 0", 50));
  receive(answer_by("kari", first, "Pull the plug."));
  EXPECT_EQ(letters(LetterKind::answer).empty(), GetParam().dead);
  receive(Sketch{.subject = "I am back", .text = "Hello?"});
  receive(answer_by("kari", first, "Pull the plug now."));
  EXPECT_FALSE(letters(LetterKind::answer).empty()) << "a mail from the address revives it";
}

TEST_P(Bounces, ProveNothingByTheRecipientAlone) {
  receive(Sketch{});
  desk::Letter const letter = letters(LetterKind::acknowledgement).at(0);
  receive(report(letter, "Nobody is there."));
  EXPECT_EQ(letters(LetterKind::acknowledgement).at(0).state, desk::LetterState::queued);
  EXPECT_THAT(letters(LetterKind::undelivered), SizeIs(0));
}

INSTANTIATE_TEST_SUITE_P(Table, Bounces,
                         testing::Values(BounceRow{"NoSuchUser", "5.1.1", "failed", true, true},
                                         BounceRow{"Disabled", "5.2.1", "failed", true, true},
                                         BounceRow{"Full", "5.2.2", "failed", true, false},
                                         BounceRow{"Policy", "5.7.1", "failed", true, false},
                                         BounceRow{"OurDomainIsBad", "5.1.8", "failed", true, false},
                                         BounceRow{"GaveUpOnATemporaryFault", "4.4.1", "failed", true, false},
                                         BounceRow{"Delayed", "4.4.1", "delayed", false, false}),
                         [](auto const& row) { return std::string{row.param.name}; });

}  // namespace
}  // namespace spoc::daemon
