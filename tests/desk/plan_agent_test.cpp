// SPDX-License-Identifier: GPL-3.0-or-later
// What agents' mails make happen, and what stops them.
#include "tests/desk/agent_room.hpp"

#include "desk/phrase.hpp"

#include <gtest/gtest.h>

namespace spoc::desk {
namespace {

using namespace tests;

class PlanAgent : public AgentRoom {};

TEST_F(PlanAgent, WordsGoToTheRequesterAfterTheUndoDelay) {
  Plan const plan = plan_for("Try turning it off.");
  ASSERT_EQ(plan.letters.size(), 1U) << "no receipt without a command";
  Letter const& answer = plan.letters.front();
  EXPECT_EQ(answer.kind, LetterKind::answer);
  EXPECT_EQ(answer.to.address, "ola@example.net");
  EXPECT_EQ(answer.text, "Try turning it off.");
  EXPECT_EQ(answer.language, "nb");
  EXPECT_EQ(answer.due, noon() + desk.undo_delay);
  EXPECT_EQ(plan.messages.front().kind, MessageKind::outbound);
  EXPECT_EQ(change<SetAssignee>(plan)->handle, "sam");
  EXPECT_EQ(change<SetStatus>(plan)->status, Status::open);
}

TEST_F(PlanAgent, CommandsAloneNeverCarryWordsToTheRequester) {
  Plan const plan = plan_for("/take\n/priority P1\n/tag urgent\n/status");
  EXPECT_FALSE(reaches_requester(plan));
  EXPECT_TRUE(plan.messages.empty());
  ASSERT_EQ(letters(plan, LetterKind::receipt).size(), 1U);
  EXPECT_GE(letters(plan, LetterKind::receipt).front().lines.size(), 4U);
  EXPECT_EQ(change<SetPriority>(plan)->priority, Priority::p1);
  EXPECT_EQ(change<AddTag>(plan)->tag, "urgent");
}

TEST_F(PlanAgent, UseSendsTheArticleWithTheWords) {
  Plan const plan = plan_for("/use 1\nThis should help.");
  ASSERT_EQ(letters(plan, LetterKind::answer).size(), 1U);
  Letter const answer = letters(plan, LetterKind::answer).front();
  EXPECT_EQ(answer.text, "This should help.");
  ASSERT_EQ(answer.articles.size(), 1U);
  EXPECT_EQ(answer.articles.front().article, "vpn");
  EXPECT_NE(plan.messages.front().reply.find("Restart it."), std::string::npos);
}

struct FaultRow {
  std::string name, words, reason;
};
void PrintTo(FaultRow const& row, std::ostream* out) { *out << row.words; }
class Faults : public PlanAgent, public testing::WithParamInterface<FaultRow> {};

TEST_P(Faults, StopEverythingAndComeBack) {
  Plan const plan = plan_for(GetParam().words);
  EXPECT_TRUE(plan.changes.empty());
  EXPECT_TRUE(plan.messages.empty());
  ASSERT_EQ(plan.letters.size(), 1U);
  Letter const& refusal = plan.letters.front();
  EXPECT_EQ(refusal.kind, LetterKind::refusal);
  EXPECT_EQ(refusal.agent, "sam");
  EXPECT_EQ(refusal.text, GetParam().words) << "the text comes back whole";
  ASSERT_FALSE(refusal.lines.empty());
  EXPECT_NE(in_english(refusal.lines.front()).find(GetParam().reason), std::string::npos)
      << refusal.lines.front();
}

INSTANTIATE_TEST_SUITE_P(Table, Faults,
                         testing::Values(FaultRow{"Misspelt", "/clsoe\nBye", "/close"},
                                         FaultRow{"OneOfMany", "/take\n/nonsense\nBye", "nonsense"},
                                         FaultRow{"NobodyOfThatName", "/assign bob", "bob"},
                                         FaultRow{"NoSuchArticle", "/use 3\nHere", "3"},
                                         FaultRow{"InternalArticle", "/use 2\nHere", "Secret"},
                                         FaultRow{"TwoStatuses", "/close\n/wait", "/close"},
                                         FaultRow{"NoteWithArticle", "/note\n/use 1\nx", "/use"},
                                         FaultRow{"NoteWithoutWords", "/note", "/note"},
                                         FaultRow{"TwoAssignees", "/take\n/assign kari", "one person"},
                                         FaultRow{"SomebodyAndNobody", "/take\n/unassign", "one person"},
                                         FaultRow{"NobodyOfAnotherLine", "/unassign\n/escalate It burns",
                                                  "gives the ticket away"}),
                         [](auto const& row) { return row.param.name; });

TEST_F(PlanAgent, AnEmptyMailIsToldSo) { EXPECT_EQ(letters(plan_for(""), LetterKind::refusal).size(), 1U); }

TEST_F(PlanAgent, AForgedSenderChangesNothingAndTheRealAgentIsTold) {
  Plan const plan = plan_for("/close\nBye", "mallory@example.net");
  EXPECT_TRUE(plan.changes.empty());
  EXPECT_FALSE(reaches_requester(plan));
  ASSERT_EQ(letters(plan, LetterKind::refusal).size(), 1U);
  EXPECT_EQ(plan.letters.front().agent, "sam");
  ASSERT_EQ(plan.messages.size(), 1U) << "kept, for agents' eyes";
  EXPECT_EQ(plan.messages.front().kind, MessageKind::note);
}

TEST_F(PlanAgent, AColleaguesTokenIsNotEnough) {
  Plan const plan = plan_for("/close", "sam@example.org", "kari@example.org");
  EXPECT_TRUE(plan.changes.empty());
  EXPECT_EQ(letters(plan, LetterKind::refusal).front().agent, "sam");
}

TEST_F(PlanAgent, ANoteReachesColleaguesOnly) {
  Plan const plan = plan_for("/note\nHe is difficult.");
  EXPECT_FALSE(reaches_requester(plan));
  EXPECT_EQ(plan.messages.front().kind, MessageKind::note);
  ASSERT_EQ(letters(plan, LetterKind::noted).size(), 1U);
  EXPECT_EQ(letters(plan, LetterKind::noted).front().agent, "kari");
  auto const token = read_token(letters(plan, LetterKind::noted).front().token, toy_sign);
  EXPECT_EQ(token->purpose, Purpose::note);
}

TEST_F(PlanAgent, AnsweringANoteStaysANote) {
  Plan const plan = plan_for("I agree.", "sam@example.org", "sam@example.org", Purpose::note);
  EXPECT_FALSE(reaches_requester(plan));
  EXPECT_EQ(plan.messages.front().kind, MessageKind::note);
}

TEST_F(PlanAgent, ClosingTellsTheRequesterOnce) {
  Plan const alone = plan_for("/close");
  ASSERT_EQ(letters(alone, LetterKind::closed).size(), 1U);
  EXPECT_TRUE(letters(alone, LetterKind::answer).empty());
  Plan const with_words = plan_for("/close\nBye.");
  EXPECT_EQ(letters(with_words, LetterKind::answer).size(), 1U);
  EXPECT_TRUE(letters(with_words, LetterKind::closed).empty());
  EXPECT_EQ(change<SetStatus>(with_words)->status, Status::closed);
}

TEST_F(PlanAgent, AColleaguesFresherAnswerHoldsTheMail) {
  known.answering = noon() - std::chrono::minutes{10};
  known.colleague = Answered{"kari", noon() - std::chrono::minutes{2}};
  Plan const held = plan_for("My answer.");
  EXPECT_FALSE(reaches_requester(held));
  EXPECT_NE(letters(held, LetterKind::refusal).front().lines.front().find("Kari Eksempel"),
            std::string::npos);
  EXPECT_TRUE(reaches_requester(plan_for("/send anyway\nMy answer.")));
  known.colleague->at = noon() - std::chrono::minutes{20};
  EXPECT_TRUE(reaches_requester(plan_for("My answer.")));
}

TEST_F(PlanAgent, AssignTellsTheAssignee) {
  Plan const plan = plan_for("/assign Kari Eksempel");
  EXPECT_EQ(change<SetAssignee>(plan)->handle, "kari");
  ASSERT_EQ(letters(plan, LetterKind::assigned).size(), 1U);
  EXPECT_EQ(letters(plan, LetterKind::assigned).front().agent, "kari");
}

TEST_F(PlanAgent, AssignTakesATeamAndTellsIt) {
  desk.teams.push_back({"second line", {"kari"}});
  known.ticket->assignee = "sam";
  Plan const plan = plan_for("/assign Second line");
  EXPECT_EQ(change<SetTeam>(plan)->team, "second line");
  EXPECT_EQ(change<SetAssignee>(plan)->handle, "");
  ASSERT_EQ(letters(plan, LetterKind::assigned).size(), 1U);
  EXPECT_EQ(letters(plan, LetterKind::assigned).front().agent, "kari");
  EXPECT_FALSE(reaches_requester(plan));
}

TEST_F(PlanAgent, UnassignGivesItBackToTheTeam) {
  known.ticket->assignee = "sam";
  Plan const plan = plan_for("/unassign");
  ASSERT_TRUE(change<SetAssignee>(plan));
  EXPECT_EQ(change<SetAssignee>(plan)->handle, "");
  ASSERT_EQ(letters(plan, LetterKind::assigned).size(), 1U) << "the author knows";
  EXPECT_EQ(letters(plan, LetterKind::assigned).front().agent, "kari");
  EXPECT_FALSE(reaches_requester(plan));
  Plan const answered = plan_for("/assign none\nSomebody comes soon.");
  EXPECT_TRUE(reaches_requester(answered));
  EXPECT_EQ(change<SetAssignee>(answered)->handle, "")
      << "an answer takes no ticket that was just given back";
  known.ticket->assignee = "";
  EXPECT_EQ(change<SetAssignee>(plan_for("/unassign")), nullptr);
}

TEST_F(PlanAgent, AnAnswerTakesNoTicketThatGoesToAnotherTeam) {
  desk.teams.push_back({"second line", {"kari"}});
  Plan const plan = plan_for("/assign Second line\nMy colleagues come.");
  EXPECT_TRUE(reaches_requester(plan));
  EXPECT_EQ(change<SetAssignee>(plan), nullptr);
  EXPECT_EQ(change<SetAssignee>(plan_for("I come."))->handle, "sam");
}

TEST_F(PlanAgent, FilesAreWordsEnoughButVisitingCardsAreNot) {
  attachments = {{"plan.pdf", "application/pdf", "x", "1", false, ""}};
  Plan const plan = plan_for("");
  ASSERT_EQ(letters(plan, LetterKind::answer).size(), 1U);
  EXPECT_EQ(plan.messages.front().attachments.size(), 1U);
  attachments = {{"sam.vcf", "text/vcard", "x", "1", false, ""},
                 {"smime.p7s", "application/pkcs7-signature", "y", "2", false, ""},
                 {"logo.png", "image/png", "z", "3", true, "logo"}};
  EXPECT_EQ(letters(plan_for(""), LetterKind::refusal).size(), 1U);
  EXPECT_FALSE(reaches_requester(plan_for("/take")));
}

TEST_F(PlanAgent, HelpShowsTheReadersOwnWords) {
  Plan const plan = plan_for("/hjelp", "kari@example.org", "kari@example.org");
  std::string const said = receipt(plan);
  EXPECT_NE(said.find("/close (/lukk): close the ticket"), std::string::npos) << said;
}

TEST_F(PlanAgent, CancelStopsWhatStillWaits) {
  EXPECT_EQ(change<CancelLetters>(plan_for("/cancel")), nullptr);
  known.waiting_answers = 1;
  EXPECT_EQ(change<CancelLetters>(plan_for("/cancel"))->agent, "sam");
}

TEST_F(PlanAgent, CancelStopsTheLetterAboutTheEndAndSaysThatTheEndStays) {
  known.waiting_notices = 1;
  known.ticket->status = Status::closed;
  Plan const plan = plan_for("/cancel");
  EXPECT_EQ(change<CancelLetters>(plan)->agent, "sam");
  EXPECT_NE(receipt(plan).find("the letter about the end was stopped"), std::string::npos) << receipt(plan);
  EXPECT_NE(receipt(plan).find("still closed: /undo takes that back"), std::string::npos) << receipt(plan);
}

TEST_F(PlanAgent, WhatIsClosedIsNotClosedAgain) {
  known.ticket->status = Status::closed;
  Plan const plan = plan_for("/close");
  EXPECT_EQ(change<SetStatus>(plan), nullptr) << "the reopen window would begin anew";
  EXPECT_FALSE(reaches_requester(plan));
  EXPECT_NE(receipt(plan).find("it is closed already"), std::string::npos) << receipt(plan);
  EXPECT_EQ(letters(plan_for("/close\nAnd one thing more."), LetterKind::answer).size(), 1U);
  EXPECT_EQ(letters(plan_for("/resolve"), LetterKind::resolved).size(), 1U) << "that is another status";
}

TEST_F(PlanAgent, TheEndPassesNoNewerWordsBy) {
  Message first, newer;
  first.id = MessageId{1};
  first.at = noon() - std::chrono::hours{2};
  newer.id = MessageId{2};
  newer.at = noon() - std::chrono::minutes{5};
  newer.reply = "Wait, it smokes again.";
  known.history = {first, newer};
  known.answered = first;
  known.answering = first.at;
  for (char const* words : {"/close", "/resolve\nDone."}) {
    Plan const plan = plan_for(words);
    EXPECT_TRUE(plan.changes.empty()) << words;
    EXPECT_NE(receipt(plan).find("the requester wrote at"), std::string::npos) << receipt(plan);
  }
  EXPECT_NE(change<SetStatus>(plan_for("/close\n/send anyway")), nullptr);
  EXPECT_EQ(letters(plan_for("Just an answer."), LetterKind::answer).size(), 1U);
  known.answered = newer;
  EXPECT_NE(change<SetStatus>(plan_for("/close")), nullptr) << "they have read it, whatever the clocks say";
  known.answered = first;
  known.history[1].reply = "Thanks!";
  EXPECT_NE(change<SetStatus>(plan_for("/close")), nullptr);
}

TEST_F(PlanAgent, AMailThatCameLateIsNewerThanTheNoticeWhateverItsTime) {
  Message first, late;
  first.id = MessageId{1};
  first.at = noon() - std::chrono::hours{2};
  late.id = MessageId{2};
  late.at = noon() - std::chrono::hours{1};
  late.reply = "Wait, it smokes again.";
  known.history = {first, late};
  known.answered = first;
  known.answering = noon() - std::chrono::minutes{30};
  known.seen = MessageId{1};
  EXPECT_NE(receipt(plan_for("/close")).find("the requester wrote at"), std::string::npos);
  known.seen = MessageId{2};
  EXPECT_NE(change<SetStatus>(plan_for("/close")), nullptr);
  known.colleague = Answered{"kari", noon() - std::chrono::hours{1}, MessageId{3}};
  EXPECT_FALSE(reaches_requester(plan_for("My answer."))) << "it was taken in after the notice";
  known.seen = MessageId{3};
  EXPECT_TRUE(reaches_requester(plan_for("My answer.")));
}

TEST_F(PlanAgent, AnAnswerByMailWaitsToBeSaid) {
  EXPECT_EQ(plan_for("Hello").messages.at(0).state, MessageState::waiting);
  EXPECT_EQ(plan_for("/note\nHello").messages.at(0).state, MessageState::said);
  EXPECT_EQ(plan_for("/ask help@example.com Why?").messages.at(0).state, MessageState::waiting);
  known.ticket->session = "s";
  known.visitor_present = true;
  EXPECT_EQ(plan_for("Hello").messages.at(0).state, MessageState::said) << "it stands in their chat";
  known.visitor_present = false;
  known.ticket->requester_address = {};
  EXPECT_EQ(plan_for("Hello").messages.at(0).state, MessageState::said) << "no letter carries it";
}

TEST_F(PlanAgent, WrittenToBothAddressesOfANoticeItIsANote) {
  Mail mail = mail_from("sam@example.org", "Re: [#42] Printer", "He is angry.");
  for (Purpose const purpose : {Purpose::reply, Purpose::note})
    mail.to.push_back({"", with_token("support@example.org", mint(TicketId{42}, Role::agent, purpose,
                                                                  "sam@example.org", toy_sign))});
  Plan const plan = plan_agent_mail(arrival_of(mail), known);
  EXPECT_FALSE(reaches_requester(plan));
  EXPECT_EQ(plan.messages.at(0).kind, MessageKind::note);
}

TEST_F(PlanAgent, ADeadAddressIsNotWrittenTo) {
  known.dead_address = true;
  Plan const plan = plan_for("Hello?");
  EXPECT_FALSE(reaches_requester(plan));
  EXPECT_EQ(letters(plan, LetterKind::refusal).size(), 1U);
}

TEST_F(PlanAgent, AChatVisitorWhoIsThereGetsNoMail) {
  known.ticket->session = "s";
  known.visitor_present = true;
  Plan const plan = plan_for("Hello!");
  EXPECT_FALSE(reaches_requester(plan));
  EXPECT_EQ(plan.messages.front().channel, Channel::chat);
  known.visitor_present = false;
  EXPECT_TRUE(reaches_requester(plan_for("Hello!")));
}

TEST_F(PlanAgent, WordsInAChatWaitForAMailUntilTheyAreSeen) {
  known.ticket->session = "s";
  known.visitor_present = true;
  Plan const plan = plan_for("Hello!");
  ASSERT_EQ(letters(plan, LetterKind::answer).size(), 1U);
  Letter const letter = letters(plan, LetterKind::answer).front();
  EXPECT_EQ(letter.state, LetterState::unread);
  EXPECT_EQ(letter.due, noon() + desk.unread_after);
  EXPECT_EQ(letter.to.address, "ola@example.net");
  known.dead_address = true;
  EXPECT_TRUE(letters(plan_for("Hello!"), LetterKind::answer).empty());
  known.dead_address = false;
  known.ticket->requester_address.address.clear();
  EXPECT_TRUE(letters(plan_for("Hello!"), LetterKind::answer).empty());
}

TEST_F(PlanAgent, TheEndWithoutWordsIsSaidInTheChatAndMailedWhereItIsNotSeen) {
  known.ticket->session = "s";
  known.ticket->language = "nb";
  known.visitor_present = true;
  Plan const plan = plan_for("/resolve");
  ASSERT_EQ(plan.messages.size(), 1U);
  EXPECT_EQ(plan.messages.front().channel, Channel::chat);
  EXPECT_EQ(plan.messages.front().kind, MessageKind::outbound);
  EXPECT_EQ(plan.messages.front().agent, "") << "the desk says it";
  EXPECT_EQ(plan.messages.front().reply, "Vi tror at dette er løst nå. Skriv her hvis det ikke er det.");
  ASSERT_EQ(letters(plan, LetterKind::resolved).size(), 1U);
  Letter const letter = letters(plan, LetterKind::resolved).front();
  EXPECT_EQ(letter.state, LetterState::unread);
  EXPECT_EQ(letter.about, about_last);
  EXPECT_EQ(letter.due, noon() + desk.unread_after);
  EXPECT_TRUE(letters(plan_for("/resolve\nMove the mouse."), LetterKind::resolved).empty())
      << "the answer says it";
  known.dead_address = true;
  EXPECT_TRUE(letters(plan_for("/resolve"), LetterKind::resolved).empty());
  EXPECT_EQ(plan_for("/close").messages.size(), 1U);
  known.dead_address = false;
  known.visitor_present = false;
  EXPECT_TRUE(plan_for("/resolve").messages.empty());
  EXPECT_EQ(letters(plan_for("/resolve"), LetterKind::resolved).front().state, LetterState::queued);
  known.ticket->requester_address.address.clear();
  EXPECT_EQ(plan_for("/resolve").messages.size(), 1U) << "it waits in the widget";
}

TEST_F(PlanAgent, AnInvitedAgentHearsAndIsNamed) {
  Plan const plan = plan_for("/invite kari");
  EXPECT_EQ(change<SetInvited>(plan)->agents, std::vector<std::string>{"kari"});
  ASSERT_EQ(letters(plan, LetterKind::happened).size(), 1U);
  EXPECT_EQ(letters(plan, LetterKind::happened).front().agent, "kari");
  EXPECT_FALSE(reaches_requester(plan));
  known.ticket->assignee = "sam";
  known.ticket->invited = {"kari"};
  Plan const answer = plan_for("Hello!");
  ASSERT_EQ(letters(answer, LetterKind::happened).size(), 1U) << "what one answers, the other hears";
  EXPECT_EQ(letters(answer, LetterKind::happened).front().agent, "kari");
  EXPECT_EQ(letters(answer, LetterKind::happened).front().text, "Hello!");
  EXPECT_EQ(change<SetInvited>(plan_for("/invite -kari"))->agents, std::vector<std::string>{});
}

TEST_F(PlanAgent, WhoIsInvitedReadsNothingThatWasWithdrawn) {
  for (auto const& [text, state] :
       {std::pair{"Restart it.", MessageState::said}, {"Burn it.", MessageState::withdrawn}}) {
    Message said;
    said.kind = MessageKind::outbound;
    said.reply = text;
    said.state = state;
    known.history.push_back(said);
  }
  std::string const text = letters(plan_for("/invite kari"), LetterKind::happened).front().text;
  EXPECT_NE(text.find("Restart it."), std::string::npos) << text;
  EXPECT_EQ(text.find("Burn it."), std::string::npos) << text;
}

TEST_F(PlanAgent, WhoIsInvitedReadsTheWordsOfThatMailThere) {
  Plan const plan = plan_for("/invite kari\nI ask a colleague.");
  EXPECT_TRUE(reaches_requester(plan));
  ASSERT_EQ(letters(plan, LetterKind::happened).size(), 1U);
  std::string const text = letters(plan, LetterKind::happened).front().text;
  EXPECT_NE(text.find("Sam Example: I ask a colleague."), std::string::npos) << text;
}

TEST_F(PlanAgent, InvitationsThatMeanNothingAreRefused) {
  known.ticket->assignee = "sam";
  known.ticket->invited = {"kari"};
  for (std::string const said : {"/invite nobody", "/invite kari", "/invite sam", "/invite -sam"}) {
    Plan const plan = plan_for(said);
    EXPECT_TRUE(plan.changes.empty()) << said;
    EXPECT_EQ(letters(plan, LetterKind::refusal).size(), 1U) << said;
  }
}

TEST_F(PlanAgent, AttachmentsGoAlongButSignaturePicturesDoNot) {
  attachments = {{"plan.pdf", "application/pdf", "x", "1", false, ""},
                 {"logo.png", "image/png", "y", "2", true, "logo"}};
  Plan const plan = plan_for("See the plan.");
  ASSERT_EQ(plan.messages.front().attachments.size(), 1U);
  EXPECT_EQ(plan.messages.front().attachments.front().filename, "plan.pdf");
}

Attachment picture(std::string const& name, std::string const& hash, bool own) {
  Attachment out{name, "image/png", "x", hash, true, name + "@example.org"};
  out.own = own;
  return out;
}

TEST_F(PlanAgent, PicturesAmongTheirWordsGoAlongOnce) {
  attachments = {picture("screen.png", "1", true), picture("again.png", "1", true),
                 picture("quoted.png", "2", false)};
  Plan const plan = plan_for("See here:");
  ASSERT_EQ(plan.messages.front().attachments.size(), 1U);
  EXPECT_EQ(plan.messages.front().attachments.front().filename, "screen.png");
  known.history = {plan.messages.front()};
  EXPECT_TRUE(plan_for("And now?").messages.front().attachments.empty()) << "it stands there already";
  attachments.front().inline_ = false;
  EXPECT_EQ(plan_for("Once more.").messages.front().attachments.size(), 1U) << "a file is a file";
}

TEST_F(PlanAgent, APictureIsNoWordButAFileThatIsShownIs) {
  attachments = {picture("logo.png", "1", true)};
  EXPECT_FALSE(reaches_requester(plan_for("/take"))) << "it may be an unmarked signature's";
  EXPECT_EQ(letters(plan_for(""), LetterKind::refusal).size(), 1U);
  attachments = {picture("plan.pdf", "2", true)};
  attachments.front().content_id.clear();
  EXPECT_EQ(letters(plan_for(""), LetterKind::answer).size(), 1U);
}

TEST_F(PlanAgent, AVacationNoteOfAnAgentStaysInside) {
  Mail mail = mail_from("sam@example.org", "Away", "/close\nI am away");
  mail.kind = MailKind::auto_reply;
  mail.to = {{"", with_token("support@example.org",
                             mint(TicketId{42}, Role::agent, Purpose::reply, "sam@example.org", toy_sign))}};
  Plan const plan = plan_agent_mail(arrival_of(mail), known);
  EXPECT_TRUE(plan.letters.empty());
  ASSERT_EQ(plan.changes.size(), 1U);
  EXPECT_NE(change<SetPresence>(plan), nullptr) << "nothing but that they are away";
  EXPECT_EQ(plan.messages.front().kind, MessageKind::automatic);
}

}  // namespace
}  // namespace spoc::desk
