// SPDX-License-Identifier: GPL-3.0-or-later
// What lines from the widget make happen, and letters that could not be delivered.
#include "desk/phrase.hpp"
#include "tests/desk/house.hpp"

#include <gtest/gtest.h>

namespace spoc::desk {
namespace {

using namespace tests;

Arrival line_of(std::string text) {
  Arrival out;
  out.place.mailbox = "support";
  out.received = noon();
  out.hash = "h";
  out.what = ChatLine{"secret", "ref-1", std::move(text), "Ola", "", "zh-TW"};
  return out;
}

class PlanChat : public testing::Test {
 protected:
  PlanChat() : known{known_in(desk)} { known.author.address = {"Ola", ""}; }
  House desk = house();
  Known known;
};

TEST_F(PlanChat, TheFirstLineOpensATicketAndWakesNobodyYet) {
  Plan const plan = plan_chat(line_of("The VPN drops\nevery hour"), known);
  ASSERT_TRUE(plan.open);
  EXPECT_EQ(plan.open->subject, "The VPN drops");
  EXPECT_EQ(plan.open->session, "secret");
  EXPECT_EQ(plan.open->language, "zh-Hant");
  EXPECT_TRUE(plan.open->participants.empty());
  EXPECT_EQ(plan.messages.front().ref, "ref-1");
  EXPECT_TRUE(plan.letters.empty());
}

TEST_F(PlanChat, ADangerousFileIsKeptAsideAsOneOfAMailWouldBe) {
  desk.mailboxes.front().held_extensions = {"docm"};
  Arrival arrival = line_of("plan.docm");
  std::get<ChatLine>(arrival.what).files = {{"plan.docm", "", "x", "", false, ""},
                                            {"plan.txt", "", "x", "", false, ""}};
  Plan const plan = plan_chat(arrival, known);
  EXPECT_NE(plan.messages.front().attachments.at(0).held, "");
  EXPECT_EQ(plan.messages.front().attachments.at(1).held, "");
}

TEST_F(PlanChat, ALongLineIsCutAtACharacterForTheSubject) {
  std::string text;
  for (int i = 0; i < 60; ++i) text += "\xE4\xB8\x80";
  Plan const plan = plan_chat(line_of(text), known);
  EXPECT_EQ(plan.open->subject.substr(plan.open->subject.size() - 3), "\xE2\x80\xA6");
  EXPECT_EQ((plan.open->subject.size() - 3) % 3, 0U);
}

TEST_F(PlanChat, LaterLinesJoinAndReopen) {
  known.ticket = ticket_of_ola();
  known.ticket->status = Status::resolved;
  known.ticket->closed = noon() - std::chrono::hours{1};
  Plan const plan = plan_chat(line_of("again"), known);
  EXPECT_FALSE(plan.open);
  EXPECT_EQ(change<SetStatus>(plan)->status, Status::open);
  EXPECT_TRUE(trailed(plan, "wrote"));
  EXPECT_TRUE(trailed(plan, "reopened"));
  known.ticket->status = Status::open;
  Plan const open = plan_chat(line_of("and one more"), known);
  EXPECT_TRUE(trailed(open, "wrote")) << "the event stream is made of the trail";
  EXPECT_FALSE(trailed(open, "reopened"));
  EXPECT_EQ(open.trail.front().who, "visitor");
  known.ticket->status = Status::resolved;
  known.ticket->closed = noon() - std::chrono::days{30};
  Plan const late = plan_chat(line_of("again"), known);
  ASSERT_TRUE(late.open);
  EXPECT_EQ(late.open->related, TicketId{42});
}

TEST_F(PlanChat, ThanksReopenNothingAndWakeNobody) {
  known.ticket = ticket_of_ola();
  known.ticket->status = Status::resolved;
  known.ticket->closed = noon() - std::chrono::hours{1};
  known.told = true;
  Plan const plan = plan_chat(line_of("Great, thanks!"), known);
  EXPECT_EQ(change<SetStatus>(plan), nullptr);
  EXPECT_TRUE(trailed(plan, "courtesy"));
  EXPECT_EQ(plan.messages.size(), 1U);
  std::vector<Message> lines(1);
  lines[0].id = MessageId{5};
  lines[0].reply = "Great, thanks!";
  EXPECT_TRUE(plan_gathered(lines, known).letters.empty());
  lines[0].reply = "Thanks, but it smokes";
  EXPECT_EQ(letters(plan_gathered(lines, known), LetterKind::wrote).size(), 2U);
  lines[0].reply = "Great, thanks!";
  known.ticket->status = Status::open;
  EXPECT_EQ(letters(plan_gathered(lines, known), LetterKind::wrote).size(), 2U);
}

TEST_F(PlanChat, YesClosesAndThanksWithNewsReopen) {
  known.ticket = ticket_of_ola();
  known.ticket->status = Status::resolved;
  known.ticket->closed = noon() - std::chrono::hours{1};
  Plan const yes = plan_chat(line_of("Yes, works, thanks!"), known);
  ASSERT_NE(change<SetStatus>(yes), nullptr);
  EXPECT_EQ(change<SetStatus>(yes)->status, Status::closed);
  EXPECT_TRUE(trailed(yes, "confirmed"));
  Plan const but = plan_chat(line_of("Thanks, it still fails"), known);
  ASSERT_NE(change<SetStatus>(but), nullptr);
  EXPECT_EQ(change<SetStatus>(but)->status, Status::open);
  known.ticket->closed = noon() - std::chrono::days{90};
  EXPECT_FALSE(plan_chat(line_of("Thanks!"), known).open) << "no new ticket for a late courtesy";
  EXPECT_TRUE(plan_chat(line_of("No, it is back"), known).open);
}

TEST_F(PlanChat, ARatedNoReopensAndTellsTheCrew) {
  known.ticket = ticket_of_ola();
  known.ticket->status = Status::resolved;
  known.ticket->closed = noon() - std::chrono::hours{1};
  Plan const no = plan_ended({1, false, "Blank pages", true}, known);
  ASSERT_NE(change<SetStatus>(no), nullptr);
  EXPECT_EQ(change<SetStatus>(no)->status, Status::open);
  ASSERT_EQ(letters(no, LetterKind::reminder).size(), 2U);
  EXPECT_EQ(no.letters.front().lines.back(), "Blank pages");
  EXPECT_TRUE(trailed(no, "reopened"));
  Plan const unsaid = plan_ended({3, false, "", false}, known);
  EXPECT_EQ(change<SetStatus>(unsaid), nullptr) << "points alone say nothing of it";
  EXPECT_TRUE(unsaid.letters.empty());
  EXPECT_EQ(change<SetStatus>(plan_ended({5, true, "", false}, known))->status, Status::closed);
  known.ticket->status = Status::open;
  known.ticket->closed.reset();
  EXPECT_EQ(change<SetStatus>(plan_ended({1, false, "", true}, known)), nullptr);
}

TEST_F(PlanChat, ARatedNoAfterTheReopenWindowIsToldToTheCrew) {
  known.ticket = ticket_of_ola();
  known.ticket->status = Status::closed;
  known.ticket->closed = noon() - std::chrono::days{90};
  Plan const late = plan_ended({1, false, "Blank pages", true}, known);
  EXPECT_EQ(change<SetStatus>(late), nullptr);
  ASSERT_EQ(letters(late, LetterKind::happened).size(), 2U);
  EXPECT_NE(late.letters.front().lines.front().find("not solved"), std::string::npos);
  EXPECT_EQ(late.letters.front().text, "Blank pages");
  EXPECT_TRUE(plan_ended({5, true, "", false}, known).letters.empty());
}

TEST_F(PlanChat, GatheredLinesGoOutAsOneLetterEach) {
  known.ticket = ticket_of_ola();
  std::vector<Message> lines(2);
  lines[0].id = MessageId{5};
  lines[0].reply = "one";
  lines[1].id = MessageId{6};
  lines[1].reply = "two";
  Plan const first = plan_gathered(lines, known);
  ASSERT_EQ(letters(first, LetterKind::opened).size(), 2U);
  EXPECT_EQ(first.letters.front().text, "one\ntwo");
  EXPECT_EQ(first.letters.front().about, MessageId{6});
  known.told = true;
  EXPECT_EQ(letters(plan_gathered(lines, known), LetterKind::wrote).size(), 2U);
}

TEST_F(PlanChat, GatheredLinesSayWhetherTheVisitorIsThere) {
  known.ticket = ticket_of_ola();
  std::vector<Message> lines(1);
  lines[0].id = MessageId{5};
  auto const said = [&] {
    std::vector<std::string> out;
    Plan const plan = plan_gathered(lines, known);  // held: C++20 ends a range's temporaries before the loop
    for (std::string const& line : plan.letters.front().lines) out.push_back(in_english(line));
    return out;
  };
  using Words = std::vector<std::string>;
  known.visitor_present = true;
  EXPECT_EQ(said(), Words{});
  known.visitor_back = noon();
  EXPECT_EQ(said(), Words{"the visitor is back since 2026-03-02 12:00 UTC"});
  known.visitor_back.reset();
  known.visitor_present = false;
  EXPECT_EQ(said(), Words{"the visitor has left: your answer goes to ola@example.net"});
  known.ticket->requester_address.address.clear();
  EXPECT_EQ(said(), Words{"the visitor has left without an address: your answer waits in the widget"});
}

TEST_F(PlanChat, AProofCarriesNoWordOfTheVisitor) {
  known.ticket = ticket_of_ola();
  known.ticket->requester_address = {"Buy now at evil.example", "ola@example.net"};
  Plan const plan = plan_proof("AB-CD", "https://intranet.example.org/#spoc=AB-CD", known);
  ASSERT_EQ(letters(plan, LetterKind::proof).size(), 1U);
  Letter const& letter = plan.letters.front();
  EXPECT_EQ(letter.to.address, "ola@example.net");
  EXPECT_EQ(letter.to.name, "");
  EXPECT_EQ(letter.token, "") << "who reads it is not known to be the requester";
  EXPECT_EQ(letter.text, "AB-CD");
  EXPECT_EQ(letter.lines, std::vector<std::string>{"https://intranet.example.org/#spoc=AB-CD"});
  EXPECT_TRUE(plan_proof("AB-CD", "", known).letters.front().lines.empty());
}

TEST_F(PlanChat, AProofIsNotMailedWithoutEnd) {
  known.ticket = ticket_of_ola();
  known.automatic_sent = known.house->automatic_budget;
  EXPECT_TRUE(plan_proof("AB-CD", "", known).letters.empty());
  known.automatic_sent = 0;
  known.dead_address = true;
  EXPECT_TRUE(plan_proof("AB-CD", "", known).letters.empty());
  known.dead_address = false;
  known.ticket->requester_address.address.clear();
  EXPECT_TRUE(plan_proof("AB-CD", "", known).letters.empty());
}

TEST_F(PlanChat, AnUndeliveredAnswerIsToldToTheCrewOnly) {
  known.ticket = ticket_of_ola();
  Letter letter;
  letter.kind = LetterKind::answer;
  letter.ticket = TicketId{42};
  letter.to = {"Ola", "ola@example.net"};
  letter.text = "the words";
  Plan const plan = plan_undelivered(letter, "550 5.1.1 no such user", true, known);
  EXPECT_EQ(change<MarkDead>(plan)->reason, "550 5.1.1 no such user");
  ASSERT_EQ(letters(plan, LetterKind::undelivered).size(), 2U);
  EXPECT_EQ(plan.letters.front().text, "the words");
  letter.agent = "sam";
  EXPECT_TRUE(plan_undelivered(letter, "550", false, known).letters.empty())
      << "a notice that failed makes no more notices";
}

}  // namespace
}  // namespace spoc::desk
