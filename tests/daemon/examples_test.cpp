// SPDX-License-Identifier: GPL-3.0-or-later
// The examples of etc/ at work: mails, chats and calls by a wound clock, and whose they are.
#include "daemon/config.hpp"
#include "tests/daemon/desk_room.hpp"
#include "tests/desk/oslo.hpp"
#include "tests/fakes/source_folder.hpp"

#include <fstream>
#include <sstream>

namespace spoc::daemon {
namespace {

using desk::LetterKind;
using testing::ElementsAre;
using testing::IsEmpty;
using tests::Sketch;

/// A Monday; times are UTC. Oslo is open from 7 to 15, Taipei from 1 to 9, Lima from 14 to 23.
class Examples : public tests::DeskRoom {
 protected:
  void play(std::string const& name) {
    std::ifstream in{fakes::source_folder() + "/etc/examples/" + name};
    std::stringstream text;
    text << in.rdbuf();
    Loaded const loaded = read_config(text.str(), fakes::source_folder() + "/etc/examples");
    ASSERT_THAT(loaded.mistakes, IsEmpty());
    house = loaded.config.house;
    house.automatic_budget = 1000;
  }
  desk::TicketId opened(std::string const& when, std::string const& subject, std::string const& text,
                        std::string const& from = "ola@example.net", std::string const& mailbox = "support") {
    now = desk::tests::at(when);
    Sketch sketch;
    sketch.from = from;
    sketch.subject = subject;
    sketch.text = text;
    sketch.id = "m" + std::to_string(uid) + "@example.net";
    desk::Arrival mail = arrival(sketch);
    mail.place.mailbox = mailbox;
    return receive(mail).ticket;
  }
  void look(desk::Time when) {
    now = when;
    auto const next = front.tick();
    ASSERT_TRUE(next) << next.error().what;
  }
  std::vector<std::string> told(LetterKind kind, desk::TicketId id) {
    std::vector<std::string> out;
    for (desk::Letter const& one : letters(kind, id))
      if (!one.agent.empty()) out.push_back(one.agent);
    return out;
  }
};

TEST_F(Examples, OfTheVirtualDeskTheTeamThatIsOpenHasIt) {
  play("virtual-desk.toml");
  EXPECT_EQ(ticket(opened("2026-03-02 08:00", "Beamer", "The beamer hums.")).team, "oslo")
      << "both: the first";
  EXPECT_EQ(ticket(opened("2026-03-02 02:00", "Lamp", "The lamp is dark.")).team, "taipei");
  EXPECT_EQ(ticket(opened("2026-03-02 18:00", "Door", "The door is shut.")).team, "lima");
  auto const billing = opened("2026-03-02 02:00", "Money", "The invoice is wrong.");
  EXPECT_EQ(ticket(billing).category, "billing");
  EXPECT_EQ(ticket(billing).team, "lima") << "they alone know it";
  EXPECT_THAT(told(LetterKind::opened, billing), ElementsAre("luz"));
}

TEST_F(Examples, OfTheVirtualDeskCallsGoTheSameWay) {
  play("virtual-desk.toml");
  house.call_address = "calls@example.org";
  now = desk::tests::at("2026-03-02 18:00");
  Sketch note;
  note.from = "kari@example.org";
  note.to = "calls@example.org";
  note.text = "ola@example.net\nThe door is shut.";
  note.id = "note@example.org";
  auto const id = receive(note).ticket;
  EXPECT_EQ(ticket(id).channel, desk::Channel::phone);
  EXPECT_EQ(ticket(id).team, "lima");
  EXPECT_THAT(told(LetterKind::opened, id), ElementsAre("luz"));
}

TEST_F(Examples, OfTheVirtualDeskUrgentTicketsFollowTheSun) {
  play("virtual-desk.toml");
  auto const urgent = opened("2026-03-02 10:00", "Outage", "Nothing works.");
  auto const patient = opened("2026-03-02 10:00", "Chair", "Mine squeaks.");
  receive(answer_by("kari", urgent, "/take\n/impact high\n/urgency high"));
  ASSERT_EQ(ticket(urgent).priority, desk::Priority::p1);
  std::vector<std::string> way;
  for (desk::Time when = desk::tests::at("2026-03-02 10:30"); when < desk::tests::at("2026-03-04 10:00");
       when += std::chrono::minutes{30}) {
    std::string const before = ticket(urgent).team;
    look(when);
    if (ticket(urgent).team != before)
      way.push_back(desk::iso(when).substr(8, 8) + " " + ticket(urgent).team);
  }
  EXPECT_THAT(way, ElementsAre("02T15:00 lima", "03T01:00 taipei", "03T09:00 oslo", "03T15:00 lima",
                               "04T01:00 taipei", "04T09:00 oslo"));
  EXPECT_EQ(ticket(urgent).assignee, "") << "whoever takes it";
  EXPECT_EQ(ticket(patient).team, "oslo");
  EXPECT_EQ(told(LetterKind::assigned, urgent).size(), 6U) << "each team is told when it comes";
}

TEST_F(Examples, OfTheDistributedDeskTheSiteHasIt) {
  play("distributed-desk.toml");
  auto const team = [&](std::string const& from, std::string const& mailbox, std::string const& text) {
    return ticket(opened("2026-03-02 08:00", "Help", text, from, mailbox)).team;
  };
  EXPECT_EQ(team("ola@mill.example.org", "it", "The beamer hums."), "mill desk");
  EXPECT_EQ(team("crane@example.net", "it", "The crane hums."), "harbour desk");
  EXPECT_EQ(team("eva@example.com", "harbour", "The lamp is dark."), "harbour desk");
  EXPECT_EQ(team("ola@mill.example.org", "mill", "I forgot my password."), "central");
}

TEST_F(Examples, OfTheCentralisedDeskTheIdlestHasItAndOutagesGoPastThem) {
  play("centralised-desk.toml");
  auto const first = opened("2026-03-02 08:00", "Lamp", "The lamp is dark.");
  EXPECT_EQ(ticket(first).team, "service desk");
  EXPECT_EQ(ticket(first).assignee, "kari");
  EXPECT_THAT(told(LetterKind::opened, first), ElementsAre("kari"));
  EXPECT_EQ(ticket(opened("2026-03-02 08:01", "Door", "The door is shut.", "eva@example.net")).assignee,
            "sam");
  auto const outage = opened("2026-03-02 08:02", "An outage", "The wifi has an outage.", "per@example.net");
  EXPECT_EQ(ticket(outage).category, "network/outage");
  EXPECT_EQ(ticket(outage).priority, desk::Priority::p1);
  EXPECT_EQ(ticket(outage).team, "network");
  EXPECT_EQ(ticket(outage).assignee, "") << "their policy is that somebody takes it";
  EXPECT_THAT(told(LetterKind::opened, outage), ElementsAre("nils"));
  EXPECT_THAT(told(LetterKind::happened, outage), ElementsAre("lea"));
}

TEST_F(Examples, OfTheRulesEachIsSeen) {
  play("rules.toml");
  auto const wages = opened("2026-03-02 08:00", "Pay", "Where is my payslip?");
  EXPECT_EQ(ticket(wages).team, "payroll");
  EXPECT_THAT(ticket(wages).tags, ElementsAre("wages"));
  EXPECT_THAT(told(LetterKind::opened, wages), ElementsAre("sam"));
  auto const complaint =
      opened("2026-03-02 08:01", "Complaint about the canteen", "It is cold.", "eva@example.net");
  EXPECT_EQ(ticket(complaint).kind, desk::TicketKind::complaint);
  look(desk::tests::at("2026-03-02 12:02"));
  EXPECT_THAT(told(LetterKind::happened, complaint), testing::UnorderedElementsAre("kari", "sam"))
      << "nobody has taken it for four hours";
}

}  // namespace
}  // namespace spoc::daemon
