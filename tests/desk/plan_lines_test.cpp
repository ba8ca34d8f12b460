// SPDX-License-Identifier: GPL-3.0-or-later
// Classes, lines, third parties, merging and undoing: what each command makes happen, and what stops it.
#include "desk/rules.hpp"
#include "tests/desk/agent_room.hpp"

#include <gmock/gmock.h>

namespace spoc::desk {
namespace {

using namespace tests;

class PlanLines : public AgentRoom {
 protected:
  PlanLines() {
    desk.teams[0].next = "second line";
    desk.teams.push_back({"second line", {"kari"}, "2", ""});
    Ticket other = ticket_of_ola();
    other.id = TicketId{17};
    other.subject = "Printer again";
    other.requester_address = {"Eva Testmann", "eva@example.net"};
    known.others.emplace(17, other);
    Message message;
    message.id = MessageId{7};
    message.ticket = TicketId{42};
    message.author = {"Ola Testmann", "ola@example.net"};
    message.subject = "And the scanner";
    known.answered = message;
  }
  /// The ticket that a split has opened, after rules and its team's policy.
  Plan opened_by(Plan const& split) const {
    SplitOff const& off = *change<SplitOff>(split);
    Known apart = known;
    apart.ticket = off.fresh;
    apart.history = {*known.answered};
    apart.history[0].ticket = off.fresh.id;
    Arrival cause;
    cause.hash = "the-split";
    cause.what = Unreadable{};
    Plan plan = plan_split(off, cause, apart);
    apply_rules(plan, cause, apart);
    return plan;
  }
};

TEST(Classes, MatrixGivesThePriority) {
  using enum Level;
  EXPECT_EQ(priority_of(itil_matrix, high, high), Priority::p1);
  EXPECT_EQ(priority_of(itil_matrix, high, low), Priority::p3);
  EXPECT_EQ(priority_of(itil_matrix, medium, medium), Priority::p3);
  EXPECT_EQ(priority_of(itil_matrix, low, low), Priority::p4);
  EXPECT_FALSE(matrix_row("P1 P2"));
  EXPECT_FALSE(matrix_row("P1 P2 P9"));
  EXPECT_EQ(matrix_row("P4 P4 P1")->at(2), Priority::p1);
}

TEST_F(PlanLines, ImpactAndUrgencyMakeThePriorityUnlessItIsSaid) {
  Plan const plan = plan_for("/kind question\n/impact high\n/urgency high");
  EXPECT_EQ(change<SetKind>(plan)->kind, TicketKind::question);
  EXPECT_NE(receipt(plan).find("priority P1"), std::string::npos) << receipt(plan);
  EXPECT_FALSE(reaches_requester(plan));
  Plan const said = plan_for("/impact high\n/priority P4");
  EXPECT_EQ(change<SetPriority>(said)->priority, Priority::p4);
}

TEST_F(PlanLines, AVipsTicketIsMoreUrgent) {
  desk.vip = {"example.net"};
  desk.mailboxes[0].impact = Level::high;
  known.ticket.reset();
  known.author.address = {"Ola Testmann", "ola@example.net"};
  Plan const plan = plan_arrival(arrival_of(mail_from("ola@example.net", "Printer", "It smokes")), known);
  EXPECT_EQ(plan.open->urgency, Level::high);
  EXPECT_EQ(plan.open->priority, Priority::p1);
  desk.vip = {"boss@example.net"};
  EXPECT_EQ(
      plan_arrival(arrival_of(mail_from("ola@example.net", "Printer", "It smokes")), known).open->priority,
      Priority::p2);
}

TEST_F(PlanLines, EscalateGoesToTheNextLineWithWhatWasTried) {
  known.now = noon() + std::chrono::minutes{125};
  Plan const plan = plan_for("/escalate not the cable\nI changed toner and drum.");
  EXPECT_EQ(change<SetTeam>(plan)->team, "second line");
  EXPECT_EQ(*change<SetFirstLine>(plan), (SetFirstLine{"first line", "sam"}));
  EXPECT_FALSE(reaches_requester(plan)) << "the words are for the next line";
  ASSERT_EQ(letters(plan, LetterKind::assigned).size(), 1U);
  EXPECT_EQ(letters(plan, LetterKind::assigned)[0].agent, "kari");
  EXPECT_EQ(letters(plan, LetterKind::assigned)[0].text, "not the cable\n\nI changed toner and drum.");
  EXPECT_EQ(plan.messages[0].kind, MessageKind::note);
  auto const trail = std::find_if(plan.trail.begin(), plan.trail.end(),
                                  [](auto const& one) { return one.what == "escalated"; });
  ASSERT_NE(trail, plan.trail.end());
  EXPECT_NE(trail->detail.find("2 h 5 min after it was opened"), std::string::npos) << trail->detail;
}

TEST_F(PlanLines, AReasonMayBeginWithTheNameOfTheOwnTeam) {
  desk.teams[0].name = known.ticket->team = "it";
  desk.mailboxes[0].team = "it";
  Plan const plan = plan_for("/escalate it is not the cable");
  EXPECT_EQ(change<SetTeam>(plan)->team, "second line");
  EXPECT_EQ(letters(plan, LetterKind::assigned).at(0).text, "it is not the cable");
  Plan const named = plan_for("/escalate second line: it is not the cable");
  EXPECT_EQ(letters(named, LetterKind::assigned).at(0).text, "it is not the cable");
}

TEST_F(PlanLines, TheOwnerHearsOfTheEndAndHasTheTicketAgain) {
  known.ticket->team = "second line";
  known.ticket->assignee = "kari";
  known.ticket->first_team = "first line";
  known.ticket->first_agent = "sam";
  Plan const plan = plan_for("/resolve\nNew drum is in.", "kari@example.org", "kari@example.org");
  ASSERT_EQ(letters(plan, LetterKind::happened).size(), 1U);
  EXPECT_EQ(letters(plan, LetterKind::happened)[0].agent, "sam");
  EXPECT_EQ(change<SetTeam>(plan)->team, "first line");
  EXPECT_EQ(change<SetAssignee>(plan)->handle, "sam");
  EXPECT_EQ(*change<SetFirstLine>(plan), SetFirstLine{});
  EXPECT_TRUE(reaches_requester(plan));
}

TEST_F(PlanLines, AskReachesTheThirdPartyAloneWithNothingOfTheThread) {
  known.thread_ids = {"m1@example.net", "spoc.42.rr.aaaaaaaa.bbbbbbbbbbbbbbbb.cccccccccccccccc@example.org"};
  Plan const plan = plan_for("/ask help@example.com Serial 123\nDoes it have a warranty?");
  ASSERT_EQ(letters(plan, LetterKind::asked).size(), 1U);
  Letter const asked = letters(plan, LetterKind::asked)[0];
  EXPECT_EQ(asked.to.address, "help@example.com");
  EXPECT_EQ(asked.text, "Serial 123\n\nDoes it have a warranty?");
  EXPECT_TRUE(asked.references.empty());
  EXPECT_EQ(read_token(asked.token, toy_sign)->role, Role::third);
  EXPECT_TRUE(letters(plan, LetterKind::answer).empty());
  EXPECT_EQ(plan.messages[0].kind, MessageKind::note);
  EXPECT_EQ(change<SetStatus>(plan), nullptr);
}

TEST_F(PlanLines, AThirdPartysAnswerIsANoteForAgents) {
  Plan const question = plan_for("/ask help@example.com Warranty?");
  known.token = read_token(letters(question, LetterKind::asked)[0].token, toy_sign);
  known.author.address = {"Help", "help@example.com"};
  Mail const mail = mail_from("help@example.com", "Re: A question", "Yes, until May.");
  Plan const plan = plan_third_party(arrival_of(mail), known);
  EXPECT_EQ(plan.messages[0].kind, MessageKind::note);
  EXPECT_FALSE(reaches_requester(plan));
  EXPECT_EQ(letters(plan, LetterKind::replied).size(), 2U);
  EXPECT_EQ(read_token(letters(plan, LetterKind::replied)[0].token, toy_sign)->purpose, Purpose::note);
  EXPECT_FALSE(trailed(plan, "unexpected sender"));
  known.author.address.address = "other@example.com";
  EXPECT_TRUE(trailed(plan_third_party(arrival_of(mail), known), "unexpected sender"));
}

TEST_F(PlanLines, AThirdPartysAnswerEndsTheWaitForIt) {
  Plan const question = plan_for("/ask help@example.com Warranty?\n/wait");
  EXPECT_EQ(change<SetStatus>(question)->status, Status::waiting);
  EXPECT_THAT(receipt(question), testing::HasSubstr("waiting for whom you ask"));
  EXPECT_EQ(letters(question, LetterKind::asked).size(), 1U);
  EXPECT_FALSE(std::any_of(question.letters.begin(), question.letters.end(),
                           [](Letter const& one) { return one.to.address == "ola@example.net"; }));
  known.token = read_token(letters(question, LetterKind::asked)[0].token, toy_sign);
  known.author.address = {"Help", "help@example.com"};
  known.ticket->status = Status::waiting;
  Mail mail = mail_from("help@example.com", "Re: A question", "Yes, until May.");
  ASSERT_TRUE(change<SetStatus>(plan_third_party(arrival_of(mail), known)));
  EXPECT_EQ(change<SetStatus>(plan_third_party(arrival_of(mail), known))->status, Status::open);
  mail.kind = MailKind::auto_reply;
  EXPECT_EQ(change<SetStatus>(plan_third_party(arrival_of(mail), known)), nullptr)
      << "a machine answers nothing";
  mail.kind = MailKind::personal;
  known.ticket->status = Status::resolved;
  EXPECT_EQ(change<SetStatus>(plan_third_party(arrival_of(mail), known)), nullptr);
}

TEST_F(PlanLines, AThirdPartysAnswerEndsItsQuestion) {
  Plan const question = plan_for("/ask help@example.com Warranty?");
  EXPECT_EQ(change<EndQuestions>(question), nullptr);
  known.token = read_token(letters(question, LetterKind::asked)[0].token, toy_sign);
  known.author.address = {"Help", "Help@example.com"};
  Mail mail = mail_from("help@example.com", "Re: A question", "Yes, until May.");
  auto const ended = [&] {
    Plan const plan = plan_third_party(arrival_of(mail), known);
    EndQuestions const* found = change<EndQuestions>(plan);
    return found == nullptr ? std::string{"none"} : "[" + found->address + "]";
  };
  EXPECT_EQ(ended(), "[help@example.com]");
  known.author.address = {"A colleague", "other@example.com"};
  EXPECT_EQ(ended(), "[]") << "passed on: nobody can tell whose question it was";
  mail.kind = MailKind::auto_reply;
  EXPECT_EQ(ended(), "none") << "a machine answers nothing";
}

TEST_F(PlanLines, AQuestionThatComesBackIsAwaitedByNobody) {
  Letter const asked = letters(plan_for("/ask help@example.com Warranty?"), LetterKind::asked).at(0);
  Plan const refused = plan_undelivered(asked, "550 no", false, known);
  ASSERT_NE(change<EndQuestions>(refused), nullptr);
  EXPECT_EQ(change<EndQuestions>(refused)->address, "help@example.com");
  Letter answer = asked;
  answer.kind = LetterKind::answer;
  EXPECT_EQ(change<EndQuestions>(plan_undelivered(answer, "550 no", false, known)), nullptr);

  Mail mail = mail_from("", "Returned", "");
  mail.kind = MailKind::bounce;
  mail.bounce = Bounce{};
  mail.bounce->recipient = "help@example.com";
  mail.bounce->status = "5.1.1";
  mail.bounce->action = "failed";
  known.bounced = asked;
  Plan const bounced = plan_arrival(arrival_of(mail), known);
  ASSERT_NE(change<EndQuestions>(bounced), nullptr);
  EXPECT_EQ(change<EndQuestions>(bounced)->address, "help@example.com");
  mail.bounce->action = "delayed";
  EXPECT_EQ(change<EndQuestions>(plan_arrival(arrival_of(mail), known)), nullptr) << "it may still arrive";
}

TEST_F(PlanLines, ReopenWakesATicketThatIsOpen) {
  ASSERT_NE(change<EndQuestions>(plan_for("/reopen")), nullptr);
  EXPECT_EQ(change<EndQuestions>(plan_for("/reopen"))->address, "");
  EXPECT_EQ(change<EndQuestions>(plan_for("/wait")), nullptr);
}

TEST_F(PlanLines, AThirdPartyThatFloodsIsKeptWithoutLetters) {
  Plan const question = plan_for("/ask help@example.com Warranty?");
  known.token = read_token(letters(question, LetterKind::asked)[0].token, toy_sign);
  known.author.address = {"Help", "help@example.com"};
  Mail const mail = mail_from("help@example.com", "Re: A question", "Yes, until May.");
  known.mails = desk.mail_budget;
  Plan const first = plan_third_party(arrival_of(mail), known);
  EXPECT_EQ(first.messages.size(), 1U);
  EXPECT_TRUE(first.letters.empty());
  EXPECT_TRUE(trailed(first, "flooded"));
  EXPECT_NE(first.alarm, "");
  ++known.mails;
  EXPECT_EQ(plan_third_party(arrival_of(mail), known).alarm, "") << "one alarm is enough";
}

TEST_F(PlanLines, AskPassesNoDangerousFileOn) {
  desk.mailboxes.front().held_extensions = {"exe"};
  attachments = {{"setup.exe", "application/octet-stream", "x", "1", false, ""}};
  Plan const plan = plan_for("/ask help@example.com Is it yours?");
  EXPECT_TRUE(letters(plan, LetterKind::asked).empty());
  ASSERT_EQ(letters(plan, LetterKind::refusal).size(), 1U);
  EXPECT_NE(receipt(plan).find("setup.exe"), std::string::npos) << receipt(plan);
}

TEST_F(PlanLines, MergeTellsBothCrewsAndNoRequester) {
  known.ticket->assignee = "sam";
  Plan const plan = plan_for("/merge #17\nThe same fault.");
  EXPECT_EQ(change<MergeInto>(plan)->target, TicketId{17});
  EXPECT_FALSE(reaches_requester(plan));
  EXPECT_EQ(letters(plan, LetterKind::happened)[0].agent, "kari");
  EXPECT_NE(receipt(plan).find("ola@example.net gets copies"), std::string::npos) << receipt(plan);
  EXPECT_EQ(letters(plan, LetterKind::receipt)[0].ticket, TicketId{17});
}

TEST_F(PlanLines, MergeTellsWhoPassedItOnAndLeavesThemTheOwner) {
  desk.agents.push_back({"ina", "Ina Example", {"ina@example.org"}, "en", ""});
  desk.teams.push_back({"front", {"ina"}, "1"});
  known.ticket->assignee = "sam";
  known.ticket->first_team = "front";
  known.ticket->first_agent = "ina";
  Plan const plan = plan_for("/merge 17");
  ASSERT_NE(change<MergeInto>(plan), nullptr);
  EXPECT_EQ(change<MergeInto>(plan)->first_team, "front");
  EXPECT_EQ(change<MergeInto>(plan)->first_agent, "ina");
  auto const told = letters(plan, LetterKind::happened);
  EXPECT_TRUE(std::any_of(told.begin(), told.end(), [](Letter const& one) { return one.agent == "ina"; }));
  EXPECT_NE(receipt(plan).find("team front, who passed it on, owns #17"), std::string::npos) << receipt(plan);

  known.others.at(17).first_team = "second line";
  EXPECT_EQ(change<MergeInto>(plan_for("/merge 17"))->first_team, "") << "it has an owner";
}

TEST_F(PlanLines, WhatIsResolvedTakesNothingThatIsOpen) {
  known.others.at(17).status = Status::resolved;
  Plan const plan = plan_for("/merge 17");
  EXPECT_EQ(change<MergeInto>(plan), nullptr);
  EXPECT_NE(receipt(plan).find("#17 is resolved"), std::string::npos) << receipt(plan);
  known.ticket->status = Status::resolved;
  EXPECT_NE(change<MergeInto>(plan_for("/merge 17")), nullptr);
}

TEST_F(PlanLines, SplitMakesTheMessageATicketOfItsOwn) {
  Plan const plan = plan_for("/split");
  ASSERT_NE(change<SplitOff>(plan), nullptr);
  EXPECT_EQ(change<SplitOff>(plan)->fresh.id, TicketId{1001});
  EXPECT_EQ(change<SplitOff>(plan)->fresh.subject, "And the scanner");
  EXPECT_EQ(change<SplitOff>(plan)->fresh.related, TicketId{42});
  EXPECT_EQ(change<SplitOff>(plan_for("/split Scanner"))->fresh.subject, "Scanner");
  auto const told = letters(opened_by(plan), LetterKind::opened);
  ASSERT_EQ(told.size(), 2U);
  EXPECT_EQ(told[0].ticket, TicketId{1001});
  EXPECT_EQ(told[0].about, known.answered->id);
  EXPECT_FALSE(reaches_requester(plan));
  EXPECT_FALSE(reaches_requester(opened_by(plan)));
}

TEST_F(PlanLines, CopiesGetEachAnswerUnderATokenOfTheirOwn) {
  Plan const plan = plan_for("/cc eva@example.net\nIt is mended.");
  EXPECT_EQ(change<AddCopy>(plan)->address.address, "eva@example.net");
  ASSERT_EQ(letters(plan, LetterKind::answer).size(), 2U);
  Letter const copy = letters(plan, LetterKind::answer)[0];
  EXPECT_EQ(copy.to.address, "eva@example.net");
  EXPECT_TRUE(issued_to(*read_token(copy.token, toy_sign), "eva@example.net", toy_sign));
  EXPECT_FALSE(reaches_requester(plan_for("/cc eva@example.net")));
}

TEST_F(PlanLines, CopiesGoByMailWhereTheRequesterReadsInTheChat) {
  known.ticket->session = "s";
  known.ticket->copies = {{"", "eva@example.net"}};
  known.visitor_present = true;
  Plan const plan = plan_for("/tag chat\nIt is mended.");
  auto const answers = letters(plan, LetterKind::answer);
  ASSERT_EQ(answers.size(), 2U);
  EXPECT_EQ(answers[0].to.address, "eva@example.net");
  EXPECT_EQ(answers[0].state, LetterState::queued);
  EXPECT_EQ(answers[0].due, noon() + desk.undo_delay);
  EXPECT_EQ(answers[0].text, "It is mended.");
  EXPECT_TRUE(issued_to(*read_token(answers[0].token, toy_sign), "eva@example.net", toy_sign));
  EXPECT_EQ(answers[1].to.address, "ola@example.net");
  EXPECT_EQ(answers[1].state, LetterState::unread) << "he reads it there";
  EXPECT_EQ(plan.messages.at(0).state, MessageState::said);
  EXPECT_NE(receipt(plan).find("copies of them go to eva@example.net"), std::string::npos) << receipt(plan);

  known.dead_address = true;
  ASSERT_EQ(letters(plan_for("Hello."), LetterKind::answer).size(), 1U);
  EXPECT_EQ(letters(plan_for("Hello."), LetterKind::answer)[0].to.address, "eva@example.net");
  known.dead_address = known.visitor_present = false;
  known.ticket->requester_address = {};
  auto const away = letters(plan_for("Hello."), LetterKind::answer);
  ASSERT_EQ(away.size(), 1U) << "the visitor has gone and left no address";
  EXPECT_EQ(away[0].to.address, "eva@example.net");
}

TEST_F(PlanLines, AnotherRequesterIsAnsweredFromNowOn) {
  Plan const plan = plan_for("/requester eva@example.net\nHello Eva.");
  EXPECT_EQ(change<ReplaceRequester>(plan)->address.address, "eva@example.net");
  ASSERT_EQ(letters(plan, LetterKind::answer).size(), 1U);
  EXPECT_EQ(letters(plan, LetterKind::answer)[0].to.address, "eva@example.net");
}

TEST_F(PlanLines, AnotherRequesterIsWrittenToInTheirOwnLanguage) {
  desk.mailboxes.front().language = "en";
  known.ticket->language = "nb";
  Plan const unknown = plan_for("/requester eva@example.net\nHello Eva.");
  EXPECT_EQ(change<ReplaceRequester>(unknown)->language, "en") << "the mailbox's, not the old requester's";
  EXPECT_EQ(letters(unknown, LetterKind::answer).at(0).language, "en");
  known.people_at["eva@example.net"].language = "zh-TW";
  Plan const plan = plan_for("/requester Eva <eva@example.net>\nHello Eva.");
  EXPECT_EQ(change<ReplaceRequester>(plan)->language, spoken("zh-TW"));
  EXPECT_EQ(letters(plan, LetterKind::answer).at(0).language, spoken("zh-TW"));
  EXPECT_EQ(change<ReplaceRequester>(plan_for("/requester ola@example.net"))->language, "nb") << "no change";
}

TEST_F(PlanLines, UndoGivesBackWhatNobodyChangedSince) {
  Plan const done = plan_for("/close\n/priority P1\n/tag fire");
  ASSERT_NE(change<KeepUndo>(done), nullptr);
  known.undo = change<KeepUndo>(done)->undo;
  known.ticket->status = Status::closed;
  known.ticket->priority = Priority::p2;  // a colleague was there since
  known.ticket->tags = {"fire"};
  known.sent_since = 1;
  Plan const plan = plan_for("/undo");
  EXPECT_EQ(change<SetStatus>(plan)->status, Status::fresh);
  EXPECT_EQ(change<SetPriority>(plan), nullptr);
  EXPECT_EQ(change<RemoveTag>(plan)->tag, "fire");
  ASSERT_NE(change<CancelLetters>(plan), nullptr);
  EXPECT_EQ(change<CancelLetters>(plan)->agent, "sam") << "their own letters, no colleague's";
  EXPECT_NE(receipt(plan).find("priority was changed again since"), std::string::npos) << receipt(plan);
  EXPECT_NE(receipt(plan).find("can't be unsent"), std::string::npos) << receipt(plan);
  EXPECT_FALSE(reaches_requester(plan));
}

TEST_F(PlanLines, TheNewestCommandMailIsTheOneThatUndoTakesBack) {
  known.undo = change<KeepUndo>(plan_for("/close"))->undo;
  known.ticket->status = Status::closed;
  Plan const newer = plan_for("/cc eva@example.net");
  ASSERT_NE(change<KeepUndo>(newer), nullptr);
  known.undo = change<KeepUndo>(newer)->undo;
  known.ticket->copies = {{"", "eva@example.net"}};
  Plan const plan = plan_for("/undo");
  EXPECT_EQ(change<SetStatus>(plan), nullptr) << "it stays closed";
  ASSERT_NE(change<DropCopy>(plan), nullptr);
  EXPECT_EQ(*change<DropCopy>(plan), (DropCopy{{"", "eva@example.net"}, false}));
}

TEST_F(PlanLines, AskingKeepsWhatUndoTakesBack) {
  for (char const* words : {"/status", "/help", "/find printer", "/cancel", "No command at all."})
    EXPECT_EQ(change<KeepUndo>(plan_for(words)), nullptr) << words;
  EXPECT_NE(change<KeepUndo>(plan_for("/status\n/close")), nullptr);
}

TEST_F(PlanLines, UndoGivesBackPeopleLinksAndReminders) {
  known.ticket->requester = ContactId{5};
  known.ticket->participants = {{"Ola Testmann", "ola@example.net"}};
  Plan const done = plan_for("/requester eva@example.net\n/link 17\n/remind 2h call\n/cc ola@example.net");
  known.undo = change<KeepUndo>(done)->undo;
  known.ticket->requester_address = {"", "eva@example.net"};
  known.ticket->copies = {{"", "ola@example.net"}};
  known.ticket->related = TicketId{17};
  Time const at = change<AddReminder>(done)->reminder.at;
  known.reminders = {{ReminderId{3}, TicketId{42}, "sam", at, "call"},
                     {ReminderId{4}, TicketId{42}, "kari", at, "hers"},
                     {ReminderId{5}, TicketId{42}, "sam", at + std::chrono::hours{1}, "another"}};
  Plan const plan = plan_for("/undo");
  EXPECT_EQ(change<ReplaceRequester>(plan)->address.address, "ola@example.net");
  EXPECT_EQ(change<ReplaceRequester>(plan)->contact, ContactId{5});
  EXPECT_EQ(change<ReplaceRequester>(plan)->language, "nb") << "theirs again";
  EXPECT_EQ(change<SetRelated>(plan)->ticket, TicketId{}) << receipt(plan);
  EXPECT_EQ(change<DropReminder>(plan)->id, ReminderId{3});
  std::vector<DropCopy> dropped;
  for (Change const& one : plan.changes)
    if (auto const* drop = std::get_if<DropCopy>(&one)) dropped.push_back(*drop);
  EXPECT_THAT(dropped, testing::ElementsAre(DropCopy{{"", "ola@example.net"}, true},
                                            DropCopy{{"", "eva@example.net"}, false}));
}

TEST_F(PlanLines, UndoTakesAnInvitationBackAndTellsTheGuest) {
  desk.agents.push_back({"eva", "Eva Example", {"eva@example.org"}, "en"});
  known.ticket->invited = {"eva"};
  known.undo = change<KeepUndo>(plan_for("/invite kari"))->undo;
  known.ticket->invited = {"eva", "kari"};
  Plan const plan = plan_for("/undo");
  ASSERT_NE(change<SetInvited>(plan), nullptr) << receipt(plan);
  EXPECT_THAT(change<SetInvited>(plan)->agents, testing::ElementsAre("eva")) << "who was there before stays";
  auto const told = letters(plan, LetterKind::happened);
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].agent, "kari");
  EXPECT_EQ(in_english(told[0].lines.at(0)), "Sam Example took the invitation to this ticket back");
  EXPECT_NE(receipt(plan).find("Kari Eksempel is not in this ticket any more"), std::string::npos);
  EXPECT_FALSE(reaches_requester(plan));
}

TEST_F(PlanLines, UndoLeavesInvitationsThatOthersMadeOrEnded) {
  known.undo = change<KeepUndo>(plan_for("/invite kari\n/priority P1"))->undo;
  known.ticket->priority = Priority::p1;
  Plan const ended = plan_for("/undo");  // a colleague has ended it since
  EXPECT_EQ(change<SetInvited>(ended), nullptr);
  EXPECT_NE(change<SetPriority>(ended), nullptr);
  EXPECT_TRUE(letters(ended, LetterKind::happened).empty());

  known.ticket->invited = {"kari"};
  known.undo = change<KeepUndo>(plan_for("/invite -kari"))->undo;
  known.ticket->invited = {"sam"};  // a colleague invited him since
  Plan const again = plan_for("/undo");
  EXPECT_THAT(change<SetInvited>(again)->agents, testing::ElementsAre("sam", "kari"));
  EXPECT_NE(receipt(again).find("Kari Eksempel is in this ticket with you"), std::string::npos);
  EXPECT_TRUE(letters(again, LetterKind::happened).empty()) << "she was told of no end";
}

TEST_F(PlanLines, CancelStopsTheMailOfWordsThatStandInTheChat) {
  known.waiting_mails = 1;
  for (char const* words : {"/cancel", "/undo"}) {
    Plan const plan = plan_for(words);
    EXPECT_NE(change<CancelLetters>(plan), nullptr) << words;
    EXPECT_NE(receipt(plan).find("your words stay in the chat"), std::string::npos) << receipt(plan);
    EXPECT_EQ(receipt(plan).find("was stopped before it left"), std::string::npos) << receipt(plan);
  }
}

TEST_F(PlanLines, WhatCannotBeTakenBackIsNamed) {
  known.undo = change<KeepUndo>(plan_for("/split"))->undo;
  Plan const plan = plan_for("/undo");
  EXPECT_TRUE(plan.changes.empty());
  ASSERT_EQ(letters(plan, LetterKind::refusal).size(), 1U);
  EXPECT_NE(receipt(plan).find("/split can't be taken back"), std::string::npos) << receipt(plan);

  known.undo = change<KeepUndo>(plan_for("/priority P1\n/note\nHe is ill."))->undo;
  known.ticket->priority = Priority::p1;
  Plan const both = plan_for("/undo");
  EXPECT_EQ(change<SetPriority>(both)->priority, Priority::p3);
  EXPECT_NE(receipt(both).find("/note can't be taken back"), std::string::npos) << receipt(both);
}

TEST_F(PlanLines, AfterAMergeTheTargetsUndoNamesIt) {
  Plan const plan = plan_for("/merge 17");
  ASSERT_NE(change<KeepUndo>(plan), nullptr);
  EXPECT_EQ(change<KeepUndo>(plan)->ticket, TicketId{17});
  EXPECT_THAT(change<KeepUndo>(plan)->undo.lasting, testing::ElementsAre("/merge"));
}

TEST_F(PlanLines, ATransferThatIsTakenBackWasNone) {
  known.undo = change<KeepUndo>(plan_for("/escalate hard"))->undo;
  known.ticket->team = "second line";
  known.ticket->status = Status::open;
  known.ticket->first_team = "first line";
  known.ticket->first_agent = "sam";
  known.ticket->passed_on = noon();
  EXPECT_NE(change<ForgetPassedOn>(plan_for("/undo")), nullptr);
  known.undo->before.passed_on = true;
  EXPECT_EQ(change<ForgetPassedOn>(plan_for("/undo")), nullptr) << "an earlier one stays";
}

TEST_F(PlanLines, ASplitTicketHasNotBeenPassedOn) {
  known.ticket->passed_on = noon();
  EXPECT_FALSE(change<SplitOff>(plan_for("/split"))->fresh.passed_on);
}

TEST_F(PlanLines, ASplitTicketGoesToWhoseTurnItIs) {
  desk.teams[0].members = {"sam", "kari"};
  desk.teams[0].assignment = Assignment::round_robin;
  known.rota.last["first line"] = "sam";
  Plan const plan = opened_by(plan_for("/split"));
  ASSERT_NE(change<SetAssignee>(plan), nullptr);
  EXPECT_EQ(change<SetAssignee>(plan)->handle, "kari");
  EXPECT_EQ(*change<SetTurn>(plan), (SetTurn{"first line", "kari"}));
  ASSERT_EQ(letters(plan, LetterKind::opened).size(), 1U) << "theirs alone";
  EXPECT_EQ(letters(plan, LetterKind::opened)[0].agent, "kari");
}

TEST_F(PlanLines, WhoSplitsATicketOfTheirsHasBoth) {
  desk.teams[0].members = {"sam", "kari"};
  desk.teams[0].assignment = Assignment::round_robin;
  desk.mailboxes[0].teams = {"second line"};  // where new mail goes
  known.rota.last["first line"] = "sam";
  known.ticket->assignee = "sam";
  Plan const plan = plan_for("/split");
  EXPECT_EQ(change<SplitOff>(plan)->fresh.assignee, "sam");
  EXPECT_EQ(change<SplitOff>(plan)->fresh.team, "first line");
  Plan const opened = opened_by(plan);
  EXPECT_EQ(change<SetAssignee>(opened), nullptr);
  EXPECT_EQ(change<SetTurn>(opened), nullptr);
  ASSERT_EQ(letters(opened, LetterKind::opened).size(), 1U);
  EXPECT_EQ(letters(opened, LetterKind::opened)[0].agent, "sam") << "to answer it";
  known.ticket->assignee = "kari";
  EXPECT_EQ(change<SplitOff>(plan_for("/split"))->fresh.assignee, "") << "a colleague's: as new ones";
  EXPECT_EQ(change<SplitOff>(plan_for("/split"))->fresh.team, "second line");
}

TEST_F(PlanLines, WhatIsSplitOffIsFiledByItsOwnWords) {
  Category scanners;
  scanners.path = "scanners";
  scanners.words = {"scanner"};
  scanners.teams = {"second line"};
  scanners.urgency = Level::high;
  desk.categories = {scanners};
  known.ticket->assignee = "sam";
  known.ticket->category = "printers";
  known.ticket->tags = {"fire", "list"};
  Plan const plan = plan_for("/split");
  Ticket const& fresh = change<SplitOff>(plan)->fresh;
  EXPECT_EQ(fresh.category, "scanners");
  EXPECT_EQ(fresh.team, "second line") << "who is there for it";
  EXPECT_EQ(fresh.assignee, "") << "Sam is none of them";
  EXPECT_EQ(fresh.urgency, Level::high);
  EXPECT_EQ(fresh.tags, std::vector<std::string>{"list"}) << "a machine wrote it";
  std::vector<std::string> there;
  for (Trail const& one : plan.trail)
    if (one.ticket == fresh.id) there.push_back(one.what);
  EXPECT_THAT(there, testing::ElementsAre("opened", "category", "routed"));
  desk.categories[0].teams.clear();
  EXPECT_EQ(change<SplitOff>(plan_for("/split"))->fresh.assignee, "sam");
}

TEST_F(PlanLines, RulesOfNewTicketsSeeWhatWasSplitOff) {
  HouseRule rule;
  rule.name = "scanners";
  rule.when = {"opened"};
  rule.wanted.words = {"scanner"};
  rule.then.team = "second line";
  rule.then.tag = {"scanner"};
  desk.rules = {rule, rule, rule};
  desk.rules[1].name = "wrote";
  desk.rules[1].when = {"wrote", "changed", "answered"};
  desk.rules[2].name = "of that";
  desk.rules[2].wanted.teams = {"second line"};
  desk.rules[2].then = {};
  desk.rules[2].then.assign = "kari";
  known.ticket->assignee = "sam";
  Plan plan = plan_for("/split");
  EXPECT_TRUE(apply_rules(plan, arrival_of(mail_from("sam@example.org", "Re", "/split")), known).empty())
      << "the old ticket has not changed";
  Plan const opened = opened_by(plan);
  EXPECT_EQ(change<SetTeam>(opened)->team, "second line");
  EXPECT_EQ(change<AddTag>(opened)->tag, "scanner");
  std::vector<std::string> fired;
  for (Trail const& one : opened.trail)
    if (one.what == "rule") fired.push_back(one.detail);
  EXPECT_THAT(fired, testing::ElementsAre("scanners: team second line, assign nobody, tag scanner",
                                          "of that: assign kari"));
  ASSERT_EQ(letters(opened, LetterKind::opened).size(), 1U);
  EXPECT_EQ(letters(opened, LetterKind::opened)[0].agent, "kari");
}

TEST_F(PlanLines, WhoHadItHearsThatTheyHaveItNoMore) {
  known.ticket->assignee = "kari";
  desk.teams[0].members = {"sam"};
  for (char const* words : {"/take", "/unassign", "/assign sam"}) {
    auto const told = letters(plan_for(words), LetterKind::happened);
    ASSERT_EQ(told.size(), 1U) << words;
    EXPECT_EQ(told[0].agent, "kari");
    EXPECT_NE(in_english(told[0].lines.at(0)).find("not yours any more"), std::string::npos);
  }
  EXPECT_TRUE(letters(plan_for("/priority P1"), LetterKind::happened).empty());
  known.ticket->assignee = "sam";
  EXPECT_TRUE(letters(plan_for("/unassign"), LetterKind::happened).empty()) << "their own doing";
}

TEST_F(PlanLines, UndoTellsBothWhomItTakesFromAndWhomItGivesTo) {
  known.ticket->assignee = "kari";
  known.undo = change<KeepUndo>(plan_for("/take"))->undo;
  known.ticket->assignee = "sam";
  auto const again = letters(plan_for("/undo"), LetterKind::assigned);
  ASSERT_EQ(again.size(), 1U);
  EXPECT_EQ(again[0].agent, "kari");
  known.ticket->assignee.clear();
  known.undo = change<KeepUndo>(plan_for("/assign kari"))->undo;
  known.ticket->assignee = "kari";
  EXPECT_EQ(letters(plan_for("/undo"), LetterKind::happened).at(0).agent, "kari");
}

/// Mistyped and conflicting: nothing is done, nobody but the author hears of it.
struct StopRow {
  std::string name, words, reason;
};
void PrintTo(StopRow const& row, std::ostream* out) { *out << row.words; }
class Stops : public PlanLines, public testing::WithParamInterface<StopRow> {};

TEST_P(Stops, EverythingAndSayWhy) {
  known.others.at(17).status = Status::closed;
  known.others.emplace(42, *known.ticket);
  known.others.emplace(9, *known.ticket);
  known.answered_first = true;
  Plan const plan = plan_for(GetParam().words);
  EXPECT_TRUE(plan.changes.empty());
  EXPECT_TRUE(plan.messages.empty());
  ASSERT_EQ(plan.letters.size(), 1U);
  EXPECT_EQ(plan.letters[0].kind, LetterKind::refusal);
  EXPECT_EQ(plan.letters[0].agent, "sam");
  EXPECT_NE(receipt(plan).find(GetParam().reason), std::string::npos) << receipt(plan);
}

INSTANTIATE_TEST_SUITE_P(
    Table, Stops,
    testing::Values(StopRow{"MergeIntoItself", "/merge 42", "is this very ticket"},
                    StopRow{"MergeInACircle", "/merge 9", "was merged into this very ticket"},
                    StopRow{"MergeIntoAClosedOne", "/merge 17", "is closed"},
                    StopRow{"MergeIntoNothing", "/merge 99", "there is no ticket #99"},
                    StopRow{"MergeAndClose", "/merge 17\n/close", "stand alone"},
                    StopRow{"SplitTheFirst", "/split", "opened this ticket"},
                    StopRow{"LinkToNothing", "/link 99", "there is no ticket #99"},
                    StopRow{"EscalateWithoutAReason", "/escalate", "needs a reason"},
                    StopRow{"EscalateToItself", "/escalate first line: hard", "with team first line already"},
                    StopRow{"EscalateAndTake", "/take\n/escalate hard", "by itself"},
                    StopRow{"AskNothing", "/ask help@example.com", "needs your question"},
                    StopRow{"AskAnAgent", "/ask kari@example.org Why?", "is an agent"},
                    StopRow{"AskTheDesk", "/ask support@example.org Why?", "own address"},
                    StopRow{"AskTheRequester", "/ask ola@example.net Why?", "is the requester"},
                    StopRow{"AskTwice", "/ask a@example.com x\n/ask b@example.com y",
                            "one question at a time"},
                    StopRow{"AskInANote", "/note\n/ask a@example.com x\nhm", "can't stand with"},
                    StopRow{"CopyToTheRequester", "/cc ola@example.net", "is the requester"},
                    StopRow{"UndoNothing", "/undo", "no command mail of yours"},
                    StopRow{"OneUnknownWord", "/kind question\n/impct high\nHello", "did you mean /impact"}),
    [](auto const& row) { return row.param.name; });

}  // namespace
}  // namespace spoc::desk
