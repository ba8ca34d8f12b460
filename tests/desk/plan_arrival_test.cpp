// SPDX-License-Identifier: GPL-3.0-or-later
// What requesters', strangers' and machines' mails make happen.
#include "desk/screen.hpp"
#include "tests/desk/house.hpp"

#include <gtest/gtest.h>

namespace spoc::desk {
namespace {

using namespace tests;

class PlanArrival : public testing::Test {
 protected:
  PlanArrival() : known{known_in(desk)} {}
  void in_ticket(Status status) {
    known.ticket = ticket_of_ola();
    known.ticket->status = status;
    known.match.rule = Rule::reference;
    known.match.ticket = known.ticket->id;
    if (status == Status::closed || status == Status::resolved)
      known.ticket->closed = noon() - std::chrono::days{1};
  }
  House desk = house();
  Known known;
};

TEST_F(PlanArrival, OpensATicketAcknowledgesAndTellsTheTeam) {
  Mail mail = mail_from("ola@example.net", "Printer", "It is dead");
  mail.cc = {{"Per", "per@example.net"}, {"", "kari@example.org"}};
  mail.language = "nb";
  Arrival arrival = arrival_of(mail);
  arrival.suggestions = {{"a", "A", "nb", 0.9, true, false},
                         {"b", "B", "nb", 0.8, true, true},
                         {"c", "C", "nb", 0.2, false, false}};
  Plan const plan = plan_arrival(arrival, known);
  ASSERT_TRUE(plan.open);
  EXPECT_EQ(plan.open->id, TicketId{1001});
  EXPECT_EQ(plan.open->language, "nb");
  EXPECT_EQ(plan.open->participants.size(), 2U)
      << "requester and the one copied; neither agents nor ourselves";
  ASSERT_EQ(letters(plan, LetterKind::acknowledgement).size(), 1U);
  Letter const ack = letters(plan, LetterKind::acknowledgement).front();
  EXPECT_EQ(ack.articles.size(), 1U) << "neither the internal nor the doubtful one";
  EXPECT_EQ(ack.references, (std::vector<std::string>{"m1@example.net"}));
  ASSERT_EQ(letters(plan, LetterKind::opened).size(), 2U);
  EXPECT_EQ(letters(plan, LetterKind::opened).front().articles.size(), 3U);
  EXPECT_EQ(letters(plan, LetterKind::opened).front().language, "nb");
  EXPECT_NE(letters(plan, LetterKind::opened)[0].token, letters(plan, LetterKind::opened)[1].token);
  EXPECT_EQ(change<Offered>(plan)->articles.size(), 3U);
  EXPECT_EQ(change<SetContactLanguage>(plan)->language, "nb");
}

TEST_F(PlanArrival, TheSameArrivalGivesTheSameMessageIds) {
  Arrival const arrival = arrival_of(mail_from("ola@example.net", "Printer", "x"));
  Plan const once = plan_arrival(arrival, known), again = plan_arrival(arrival, known);
  ASSERT_EQ(once.letters.size(), again.letters.size());
  for (std::size_t i = 0; i < once.letters.size(); ++i)
    EXPECT_EQ(once.letters[i].message_id, again.letters[i].message_id);
}

TEST_F(PlanArrival, AMachineIsNotAnsweredAndWakesNobody) {
  Mail mail = mail_from("ola@example.net", "Away", "I am away");
  mail.kind = MailKind::auto_reply;
  Plan const plan = plan_arrival(arrival_of(mail), known);
  ASSERT_TRUE(plan.open);
  EXPECT_EQ(plan.open->tags, (std::vector<std::string>{"auto_reply"}));
  EXPECT_TRUE(plan.letters.empty());
  EXPECT_TRUE(trailed(plan, "not acknowledged"));
}

TEST_F(PlanArrival, TheBudgetSilencesTheDesk) {
  known.automatic_sent = desk.automatic_budget;
  Plan const plan = plan_arrival(arrival_of(mail_from("ola@example.net", "Printer", "x")), known);
  EXPECT_TRUE(letters(plan, LetterKind::acknowledgement).empty());
  EXPECT_EQ(letters(plan, LetterKind::opened).size(), 2U) << "agents still hear of it";
}

TEST_F(PlanArrival, QuietImportWritesNoLetter) {
  Arrival arrival = arrival_of(mail_from("ola@example.net", "Printer", "x"));
  arrival.quiet = true;
  EXPECT_TRUE(plan_arrival(arrival, known).letters.empty());
}

TEST_F(PlanArrival, AFollowUpGoesToTheAssignee) {
  in_ticket(Status::open);
  known.ticket->assignee = "sam";
  Plan const plan = plan_arrival(arrival_of(mail_from("ola@example.net", "Re: Printer", "more")), known);
  EXPECT_FALSE(plan.open);
  ASSERT_EQ(plan.letters.size(), 1U);
  EXPECT_EQ(plan.letters.front().kind, LetterKind::wrote);
  EXPECT_EQ(plan.letters.front().agent, "sam");
  EXPECT_EQ(change<SetStatus>(plan), nullptr);
}

struct ReopenRow {
  std::string name;
  Status status;
  std::string words;
  int days_ago;
  bool reopens, opens_new;
};
void PrintTo(ReopenRow const& row, std::ostream* out) { *out << row.name; }
class Reopening : public PlanArrival, public testing::WithParamInterface<ReopenRow> {};

TEST_P(Reopening, FollowsTheWindow) {
  in_ticket(GetParam().status);
  if (known.ticket->closed) known.ticket->closed = noon() - std::chrono::days{GetParam().days_ago};
  Plan const plan =
      plan_arrival(arrival_of(mail_from("ola@example.net", "Re: Printer", GetParam().words)), known);
  EXPECT_EQ(change<SetStatus>(plan) != nullptr, GetParam().reopens);
  EXPECT_EQ(plan.open.has_value(), GetParam().opens_new);
  if (plan.open) {
    EXPECT_EQ(plan.open->related, TicketId{42});
  }
}

INSTANTIATE_TEST_SUITE_P(
    Table, Reopening,
    testing::Values(ReopenRow{"WaitingIsOpenAgain", Status::waiting, "here you are", 0, true, false},
                    ReopenRow{"ClosedYesterday", Status::closed, "it is back", 1, true, false},
                    ReopenRow{"ResolvedYesterday", Status::resolved, "not solved", 1, true, false},
                    ReopenRow{"ThanksReopensNothing", Status::closed, "Thanks!", 1, false, false},
                    ReopenRow{"LongAgo", Status::closed, "it is back", 15, false, true},
                    ReopenRow{"ThanksLongAgo", Status::closed, "Takk!", 15, false, false},
                    ReopenRow{"NewStaysNew", Status::fresh, "one more thing", 0, false, false}),
    [](auto const& row) { return row.param.name; });

TEST_F(PlanArrival, AVacationNoteIsFiledAndMovesNothing) {
  in_ticket(Status::waiting);
  Mail mail = mail_from("ola@example.net", "Away", "I am away");
  mail.kind = MailKind::auto_reply;
  Plan const plan = plan_arrival(arrival_of(mail), known);
  EXPECT_TRUE(plan.changes.empty());
  EXPECT_TRUE(plan.letters.empty());
  EXPECT_EQ(plan.messages.front().kind, MessageKind::automatic);
}

TEST_F(PlanArrival, ABounceTellsTheAgentAndRestsTheAddress) {
  in_ticket(Status::open);
  known.bounced = Letter{};
  known.bounced->kind = LetterKind::answer;
  known.bounced->ticket = TicketId{42};
  known.bounced->to = {"Ola", "ola@example.net"};
  known.bounced->message_id = "spoc.out@example.org";
  Mail mail = mail_from("mailer-daemon@example.net", "Undelivered", "sorry");
  mail.kind = MailKind::bounce;
  mail.bounce = Bounce{"ola@example.net", "5.1.1", "failed", "550 no such user", "spoc.out@example.org"};
  Plan const plan = plan_arrival(arrival_of(mail), known);
  EXPECT_EQ(change<LetterFailed>(plan)->message_id, "spoc.out@example.org");
  EXPECT_EQ(change<MarkDead>(plan)->address, "ola@example.net");
  ASSERT_EQ(letters(plan, LetterKind::undelivered).size(), 2U);
  EXPECT_NE(plan.letters.front().lines.front().find("550 no such user"), std::string::npos);
}

TEST_F(PlanArrival, ADelayIsOnlyNoted) {
  in_ticket(Status::open);
  known.bounced = Letter{};
  known.bounced->ticket = TicketId{42};
  Mail mail = mail_from("mailer-daemon@example.net", "Delayed", "later");
  mail.kind = MailKind::bounce;
  mail.bounce = Bounce{"ola@example.net", "4.4.1", "delayed", "timeout", "x@example.org"};
  Plan const plan = plan_arrival(arrival_of(mail), known);
  EXPECT_TRUE(plan.changes.empty());
  EXPECT_TRUE(plan.letters.empty());
}

TEST_F(PlanArrival, OnlyWhatFailedFailsALetterAndOnlyItsOwnAddressIsRested) {
  in_ticket(Status::open);
  known.bounced = Letter{};
  known.bounced->ticket = TicketId{42};
  known.bounced->to = {"Ola", "ola@example.net"};
  Mail mail = mail_from("mailer-daemon@example.net", "Report", "words");
  mail.kind = MailKind::bounce;
  struct Row {
    char const *action, *status;
    bool failed, rested;
  };
  for (Row const& row : {Row{"failed", "5.1.1", true, true}, Row{"", "5.2.1", true, true},
                         Row{"failed", "5.1.8", true, false}, Row{"failed", "5.7.1", true, false},
                         Row{"failed", "4.2.2", true, false}, Row{"expanded", "2.0.0", false, false},
                         Row{"relayed", "2.0.0", false, false}, Row{"feedback", "", false, false}}) {
    mail.bounce = Bounce{"ola@example.net", row.status, row.action, "words", "x@example.org"};
    Plan const plan = plan_arrival(arrival_of(mail), known);
    EXPECT_EQ(change<LetterFailed>(plan) != nullptr, row.failed) << row.action << " " << row.status;
    EXPECT_EQ(change<MarkDead>(plan) != nullptr, row.rested) << row.action << " " << row.status;
  }
}

TEST_F(PlanArrival, AReportThatBlamesOurSenderRestsNobody) {
  in_ticket(Status::open);
  known.bounced = Letter{};
  known.bounced->ticket = TicketId{42};
  known.bounced->to = {"Ola", "ola@example.net"};
  Mail mail = mail_from("mailer-daemon@example.net", "Report", "words");
  mail.kind = MailKind::bounce;
  for (char const* words : {"550 5.1.0 <desk@example.org>: Sender address rejected: User unknown",
                            "550 5.1.1 Absender unbekannt", "550 5.1.0 发件人不存在"}) {
    mail.bounce = Bounce{"ola@example.net", "5.1.1", "failed", words, "x@example.org"};
    EXPECT_EQ(change<MarkDead>(plan_arrival(arrival_of(mail), known)), nullptr) << words;
  }
  EXPECT_TRUE(blames_sender("550 <Desk@example.org> is not welcome", "desk@example.org"));
  EXPECT_FALSE(blames_sender("550 5.1.1 <ola@example.net>: Recipient address rejected: User unknown",
                             "desk@example.org"));
}

TEST_F(PlanArrival, WhatCannotBeReadBecomesATicketInQuarantine) {
  Arrival arrival = arrival_of({});
  arrival.what = Unreadable{"the parser gave up"};
  known.author.address = {};
  Plan const plan = plan_arrival(arrival, known);
  EXPECT_EQ(plan.quarantine, "the parser gave up");
  ASSERT_TRUE(plan.open);
  EXPECT_TRUE(letters(plan, LetterKind::acknowledgement).empty());
  EXPECT_EQ(letters(plan, LetterKind::opened).size(), 2U);
}

TEST_F(PlanArrival, ReferencesNeverCarryAnotherPersonsToken) {
  in_ticket(Status::open);
  auto const id_for = [&](Role role, std::string const& address) {
    return mint_message_id(mint(TicketId{42}, role, Purpose::reply, address, toy_sign), "c", "example.org",
                           toy_sign);
  };
  known.thread_ids = {"m0@example.net", id_for(Role::agent, "kari@example.org"),
                      id_for(Role::agent, "sam@example.org"), id_for(Role::requester, "ola@example.net")};
  known.ticket->assignee = "sam";
  Plan const plan = plan_arrival(arrival_of(mail_from("ola@example.net", "Re: Printer", "more")), known);
  EXPECT_EQ(
      plan.letters.front().references,
      (std::vector<std::string>{"m0@example.net", id_for(Role::agent, "sam@example.org"), "m1@example.net"}));
}

}  // namespace
}  // namespace spoc::desk
