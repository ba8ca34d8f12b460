// SPDX-License-Identifier: GPL-3.0-or-later
// Macros and searches: what stands in the place of /do, and what /find lists.
#include "desk/macro.hpp"
#include "tests/desk/agent_room.hpp"

namespace spoc::desk {
namespace {

using namespace tests;

class PlanMacro : public AgentRoom {
 protected:
  PlanMacro() {
    desk.macros = {{"reset", "", "/kind request\n/resolve\nHello {requester}, #{number} is done. {agent}"},
                   {"reset", "nb", "/kind request\n/resolve\nHei {requester}, #{number} er ferdig. {agent}"},
                   {"Park it", "", "/wait\n/priority P4"}};
  }
};

TEST_F(PlanMacro, ItsCommandsAndWordsStandInItsPlace) {
  Plan const plan = plan_for("/do reset\nThat was quick.");
  EXPECT_EQ(change<SetKind>(plan)->kind, TicketKind::request);
  EXPECT_EQ(change<SetStatus>(plan)->status, Status::resolved);
  ASSERT_EQ(letters(plan, LetterKind::answer).size(), 1U);
  EXPECT_EQ(letters(plan, LetterKind::answer)[0].text,
            "That was quick.\n\nHei Ola Testmann, #42 er ferdig. Sam Example")
      << "in the requester's language";
  EXPECT_NE(receipt(plan).find("macro reset"), std::string::npos);
  EXPECT_TRUE(trailed(plan, "macro"));
}

TEST_F(PlanMacro, OneWithoutWordsReachesNoRequester) {
  Plan const plan = plan_for("/do park it");
  EXPECT_EQ(change<SetStatus>(plan)->status, Status::waiting);
  EXPECT_EQ(change<SetPriority>(plan)->priority, Priority::p4);
  EXPECT_FALSE(reaches_requester(plan));
}

TEST_F(PlanMacro, WordsInANoteStayThere) {
  Plan const plan = plan_for("/note\n/do reset");
  EXPECT_TRUE(letters(plan, LetterKind::answer).empty());
  EXPECT_EQ(plan.messages.at(0).kind, MessageKind::note);
}

TEST_F(PlanMacro, WhatDoesNotGoTogetherStopsEverything) {
  EXPECT_NE(receipt(plan_for("/do reset\n/close")).find("only one of /close"), std::string::npos);
  EXPECT_NE(receipt(plan_for("/do rest")).find("did you mean \"reset\""), std::string::npos);
  EXPECT_NE(receipt(plan_for("/do something")).find("known: reset, Park it"), std::string::npos);
  desk.macros.clear();
  EXPECT_NE(receipt(plan_for("/do reset")).find("no macros"), std::string::npos);
}

TEST_F(PlanMacro, MistakesInThemAreNamed) {
  EXPECT_TRUE(macro_faults(desk.macros[0]).empty());
  EXPECT_EQ(macro_faults({"x", "", "/clsoe"}).size(), 1U);
  EXPECT_EQ(macro_faults({"x", "", "/do reset"}).size(), 1U);
  EXPECT_EQ(macro_faults({"x", "", " "}).size(), 1U);
}

TEST_F(PlanMacro, FindListsTicketsWithTheWayIntoThem) {
  Ticket other = ticket_of_ola();
  other.id = TicketId{17};
  other.subject = "Scanner";
  known.found.tickets = {other};
  known.found.articles = {{"vpn", "VPN", "en", 0.9, true, false},
                          {"drum", "A new drum", "en", 0.8, true, false},
                          {"safe", "The safe", "en", 0.8, true, true}};
  Plan const plan = plan_for("/find scanner drum");
  ASSERT_EQ(plan.letters.size(), 1U);
  std::string const said = receipt(plan);
  EXPECT_NE(said.find("#17 \"Scanner\" (new), Ola Testmann: support+17.ar."), std::string::npos) << said;
  auto const token = tokens_in(said, toy_sign);
  ASSERT_FALSE(token.empty());
  EXPECT_TRUE(issued_to(token[0], "sam@example.org", toy_sign));
  EXPECT_NE(said.find("article \"VPN\": /use 1 sends it"), std::string::npos)
      << "offered before: its number stays";
  EXPECT_NE(said.find("article \"A new drum\": /use 3 sends it"), std::string::npos) << said;
  EXPECT_NE(said.find("article \"The safe\", internal"), std::string::npos) << said;
  EXPECT_EQ(change<Offered>(plan)->articles.at(2).article, "drum");
  EXPECT_TRUE(plan.messages.empty());
}

TEST_F(PlanMacro, FindSaysThatThereIsNothing) {
  Plan const plan = plan_for("/finn ingenting");
  EXPECT_NE(receipt(plan).find("nothing was found for \"ingenting\""), std::string::npos) << receipt(plan);
  EXPECT_TRUE(plan.changes.empty());
  EXPECT_NE(receipt(plan_for("/find")).find("/find needs WORDS"), std::string::npos);
}

}  // namespace
}  // namespace spoc::desk
