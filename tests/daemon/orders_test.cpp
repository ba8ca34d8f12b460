// SPDX-License-Identifier: GPL-3.0-or-later
// Orders that came by no mail: carried out as an agent's mail is, told at once, all or nothing.
#include "daemon/orders.hpp"

#include "tests/daemon/desk_room.hpp"

namespace spoc::daemon::tests {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class Orders : public DeskRoom {
 protected:
  Order order_of(desk::TicketId id, AgentWords const& said, std::string const& handle = "sam") {
    return {agent_order(house, desk::tests::toy_sign, ticket(id), *house.agent(handle), said, now),
            "token:crm", "as " + handle};
  }
  Carried carry_out(Order const& order) {
    auto const carried = front.carry_out(order);
    EXPECT_TRUE(carried) << carried.error().what;
    return carried ? *carried : Carried{};
  }
  std::vector<std::string> trail(desk::TicketId id) {
    std::vector<std::string> out;
    for (auto const& one : ask([&](store::Tx& tx) { return store::trail_of(tx, id); }))
      out.push_back(one.who + " " + one.what);
    return out;
  }
  desk::TicketId opened() { return receive(Sketch{}).ticket; }
};

TEST_F(Orders, AnAgentsWordsGoOutAndWhoGaveThemReadsTheReceipt) {
  auto const id = opened();
  auto const told = carry_out(order_of(id, {{"/priority P1"}, "Somebody is on the way."}));
  EXPECT_FALSE(told.refused);
  EXPECT_THAT(told.lines, Contains(HasSubstr("priority")));
  EXPECT_EQ(ticket(id).priority, desk::Priority::p1);
  EXPECT_EQ(letters(desk::LetterKind::answer, id).size(), 1U);
  EXPECT_THAT(letters(desk::LetterKind::receipt, id), IsEmpty());
  EXPECT_THAT(trail(id), Contains("agent:sam answered"));
  EXPECT_EQ(trail(id).back(), "token:crm api");
  EXPECT_EQ(rung.back().ticket, id);
}

TEST_F(Orders, ANewTicketIsLookedUpAsAMailIs) {
  looked.articles = {{"beamer", "Projectors", "nb", 0.9, true, false}};
  NewMatter matter;
  matter.requester.address = "ola@example.net";
  matter.mailbox = "support";
  matter.subject = "The projector hums";
  matter.text = "Room 4.";
  auto const told = carry_out({requester_order(house, matter, now), "token:crm", "for ola@example.net"});
  EXPECT_THAT(looked_for, ElementsAre("The projector hums|Room 4."));
  EXPECT_EQ(letter_to("sam", desk::LetterKind::opened, told.news.ticket).articles, looked.articles);
  carry_out(order_of(told.news.ticket, {{"/priority P1"}, ""}));
  EXPECT_EQ(looked_for.size(), 1U) << "an agent's words are no new matter";
}

TEST_F(Orders, ANewTicketIsOpenedWhateverItsWordsNameAndWhoeverTheyAreSaidToBe) {
  auto const id = opened();
  std::string const number = "[#" + std::to_string(desk::number(id)) + "]";
  std::string const token = letter_to("sam", desk::LetterKind::opened, id).token;
  for (std::string const& subject : {std::string{"Re: The printer smokes"}, "Again " + number})
    for (std::string const& person : {std::string{"ola@example.net"}, std::string{"sam@example.org"}}) {
      NewMatter matter;
      matter.requester.address = person;
      matter.mailbox = "support";
      matter.subject = subject;
      matter.text = "/close\nRef: " + token;
      auto const told = carry_out({requester_order(house, matter, now), "token:crm", "for " + person});
      EXPECT_TRUE(told.news.opened) << subject << " of " << person;
      EXPECT_NE(told.news.ticket, id);
    }
  EXPECT_EQ(ticket(id).status, desk::Status::fresh);
  EXPECT_EQ(messages(id).size(), 1U);
}

TEST_F(Orders, ARefusalLeavesNoTrace) {
  auto const id = opened();
  auto const before = trail(id);
  auto const rings = rung.size();
  auto const told = carry_out(order_of(id, {{"/close", "/asign sam"}, ""}));
  EXPECT_TRUE(told.refused);
  EXPECT_THAT(told.lines, ElementsAre(HasSubstr("asign")));
  EXPECT_EQ(trail(id), before);
  EXPECT_EQ(ticket(id).status, desk::Status::fresh);
  EXPECT_THAT(letters(desk::LetterKind::refusal, id), IsEmpty());
  EXPECT_EQ(rung.size(), rings);
  EXPECT_THAT(alarms, IsEmpty());
}

TEST_F(Orders, WhatIsThrownBeforeOrAfterTakesAllBack) {
  auto const id = opened();
  Order order = order_of(id, {{"/close"}, ""});
  order.before = [](store::Tx&) { throw store::Fault{{Kind::conflict, "another state"}}; };
  EXPECT_FALSE(front.carry_out(order));
  order.before = {};
  EXPECT_FALSE(front.carry_out(order, [](store::Tx&, Carried const&) {
    throw store::Fault{{Kind::conflict, "no answer could be kept"}};
  }));
  EXPECT_EQ(ticket(id).status, desk::Status::fresh);
  EXPECT_FALSE(carry_out(order_of(id, {{"/close"}, ""})).refused);
  EXPECT_EQ(ticket(id).status, desk::Status::closed);
}

TEST_F(Orders, ProofsOfOriginAreAskedOfMailsNotOfOrders) {
  house.authserv_ids = {"mx.example.org"};
  house.dkim_required = true;
  auto const id = opened();
  EXPECT_FALSE(carry_out(order_of(id, {{"/take"}, ""})).refused);
  EXPECT_EQ(ticket(id).assignee, "sam");
}

TEST_F(Orders, ARequesterGetsTheTicketAndTheAcknowledgementOfAMail) {
  NewMatter const matter{
      {"Ola Testmann", "ola@example.net"}, "support", "No\nwater", "The tap of room 9 is dry.", "nb"};
  auto const told = carry_out({requester_order(house, matter, now), "token:form", "for ola@example.net"});
  EXPECT_TRUE(told.news.opened);
  desk::Ticket const made = ticket(told.news.ticket);
  EXPECT_EQ(made.subject, "No water");
  EXPECT_EQ(made.language, "nb");
  EXPECT_EQ(letters(desk::LetterKind::acknowledgement, made.id).size(), 1U);
  EXPECT_EQ(trail(made.id).back(), "token:form api");
}

TEST_F(Orders, WordsAndCommandsAreToldApart) {
  EXPECT_EQ(fault_of({{"/close"}, "Thank you."}), "");
  EXPECT_THAT(fault_of({{"close"}, ""}), HasSubstr("is no command"));
  EXPECT_THAT(fault_of({{"/tag x\n/close"}, ""}), HasSubstr("is no command"));
  EXPECT_THAT(fault_of({{}, "\n /close"}), HasSubstr("begin with /"));
  EXPECT_EQ(fault_of({{}, "It is in\n/etc/passwd"}), "");
}

}  // namespace
}  // namespace spoc::daemon::tests
