// SPDX-License-Identifier: GPL-3.0-or-later
// The examples of etc/ at work: mails, chats and calls by a wound clock, and whose they are.
#include "daemon/config.hpp"
#include "store/levels.hpp"
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
using testing::SizeIs;
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
  /// As a desk's own mail server vouches for it, where one is named.
  Sketch vouched(Sketch answer) {
    answer.extra = "Authentication-Results: mx.example.org; dmarc=pass header.from=example.org\r\n";
    return answer;
  }
  void look(desk::Time when) {
    now = when;
    auto const next = front.tick();
    ASSERT_TRUE(next) << next.error().what;
  }
  /// "2026-03-06 19:30", by UTC; "" where the target is not promised or its clock stands.
  std::string due(desk::TicketId id, desk::Target target) {
    desk::Course const course = ask([&](store::Tx& tx) { return store::course_of(tx, id); });
    for (desk::Due const& one : desk::dues(house, ticket(id), course, now))
      if (one.target == target && one.due)
        return desk::iso(*one.due).substr(0, 10) + " " + desk::iso(*one.due).substr(11, 5);
    return "";
  }
  std::string answered_by(desk::TicketId id) { return due(id, desk::Target::first_response); }
  std::string solved_by(desk::TicketId id) { return due(id, desk::Target::resolution); }
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

TEST_F(Examples, OfTheVirtualDeskBillingWaitsForLima) {
  play("virtual-desk.toml");
  auto const billing = opened("2026-03-02 16:00", "Money", "The invoice is wrong.");
  receive(answer_by("luz", billing, "/impact high\n/urgency high"));
  ASSERT_EQ(ticket(billing).priority, desk::Priority::p1);
  EXPECT_EQ(solved_by(billing), "2026-03-03 16:00") << "somewhere it is always day";
  for (desk::Time when = desk::tests::at("2026-03-02 16:30"); when < desk::tests::at("2026-03-03 16:00");
       when += std::chrono::minutes{30}) {
    look(when);
    ASSERT_EQ(ticket(billing).team, "lima") << desk::iso(when) << ": nobody else knows it";
  }
}

TEST_F(Examples, OfTheDistributedDeskEachSiteHasItsHours) {
  play("distributed-desk.toml");
  auto const mill = opened("2026-03-02 05:30", "Belt", "The belt squeaks.", "ola@mill.example.org", "mill");
  EXPECT_EQ(ticket(mill).team, "mill desk");
  EXPECT_EQ(answered_by(mill), "2026-03-02 07:30") << "the early shift has begun";
  auto const harbour =
      opened("2026-03-02 05:31", "Crane", "The crane squeaks.", "crane@example.net", "harbour");
  EXPECT_EQ(answered_by(harbour), "2026-03-02 11:00") << "four hours of office time";
  EXPECT_THAT(told(LetterKind::opened, mill), ElementsAre("mona"));
  EXPECT_THAT(told(LetterKind::opened, harbour), ElementsAre("hans"));
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

TEST_F(Examples, OfTheCentralisedDeskTheManagerKnowsWhenHalfOfTheTimeIsGone) {
  play("centralised-desk.toml");
  auto const outage = opened("2026-03-02 20:00", "An outage", "The wifi has an outage.");
  ASSERT_EQ(ticket(outage).priority, desk::Priority::p1);
  EXPECT_EQ(answered_by(outage), "2026-03-02 20:15");
  EXPECT_EQ(solved_by(outage), "2026-03-03 00:00") << "round the clock";
  look(desk::tests::at("2026-03-02 20:07"));
  EXPECT_THAT(told(LetterKind::warning, outage), IsEmpty());
  look(desk::tests::at("2026-03-02 20:08"));
  EXPECT_THAT(told(LetterKind::warning, outage), ElementsAre("lea"));
  auto const lamp = opened("2026-03-02 20:10", "Lamp", "The lamp is dark.", "eva@example.net");
  EXPECT_EQ(answered_by(lamp), "2026-03-03 11:00") << "the office opens at 8 in Oslo";
  auto const access = opened("2026-03-02 20:11", "Key", "I forgot my password.", "per@example.net");
  EXPECT_EQ(ticket(access).kind, desk::TicketKind::request);
}

// ---- service levels --------------------------------------------------------------------------------

TEST_F(Examples, OfTheServiceLevelsAnUrgentTicketRunsThroughFridayNight) {
  play("service-levels.toml");
  auto const urgent = opened("2026-03-06 19:00", "Fire", "The server room is on fire.");
  auto const patient = opened("2026-03-06 19:00", "Chair", "Mine squeaks.", "eva@example.net");
  receive(answer_by("kari", urgent, "/impact high\n/urgency high"));
  ASSERT_EQ(ticket(urgent).priority, desk::Priority::p1);
  EXPECT_EQ(answered_by(urgent), "2026-03-06 19:30");
  EXPECT_EQ(solved_by(urgent), "2026-03-06 23:00") << "no calendar: no weekend";
  EXPECT_EQ(answered_by(patient), "2026-03-09 11:00") << "Monday, four hours after eight";
  EXPECT_EQ(solved_by(patient), "2026-03-11 15:00") << "three days of eight hours";
  look(desk::tests::at("2026-03-06 19:24"));
  EXPECT_THAT(told(LetterKind::warning, urgent), testing::UnorderedElementsAre("kari", "lin"));
  look(desk::tests::at("2026-03-06 19:30"));
  EXPECT_THAT(told(LetterKind::warning, urgent), testing::UnorderedElementsAre("kari", "lin", "kari", "lin"))
      << "each once, though Kari is of the team";
  EXPECT_THAT(told(LetterKind::warning, patient), IsEmpty());
  for (desk::Letter const& one : letters(LetterKind::warning, urgent))
    EXPECT_EQ(one.language, one.agent == "kari" ? "nb" : "zh-Hans");
}

TEST_F(Examples, OfTheServiceLevelsTheOfficeHasItsBreaks) {
  play("service-levels.toml");
  EXPECT_EQ(answered_by(opened("2026-03-06 09:00", "Chair", "Mine squeaks.")), "2026-03-06 13:30")
      << "Friday: two hours, lunch, two hours";
  EXPECT_EQ(answered_by(opened("2026-04-30 13:00", "Desk", "It is too low.", "eva@example.net")),
            "2026-05-04 09:00")
      << "an hour on Thursday, the first of May and the weekend, three on Monday by summer time";
}

TEST_F(Examples, OfTheServiceLevelsAComplaintEndsWithACallAndIsClosedInTheEnd) {
  play("service-levels.toml");
  auto const id = opened("2026-03-02 08:00", "The canteen", "I complain: it is cold.");
  receive(answer_by("kari", id, "/take\n/kind complaint"));
  EXPECT_EQ(answered_by(id), "2026-03-02 10:00");
  EXPECT_EQ(solved_by(id), "2026-03-04 08:00") << "seven hours, eight, and one";
  now = desk::tests::at("2026-03-02 09:00");
  receive(answer_by("kari", id, "/resolve\nWe are sorry. It will be warm from tomorrow."));
  look(desk::tests::at("2026-03-02 12:59"));
  EXPECT_THAT(told(LetterKind::reminder, id), IsEmpty());
  look(desk::tests::at("2026-03-02 13:00"));
  EXPECT_THAT(told(LetterKind::reminder, id), ElementsAre("kari")) << "four hours later: call them";
  look(desk::tests::at("2026-03-07 08:59"));
  EXPECT_EQ(ticket(id).status, desk::Status::resolved);
  look(desk::tests::at("2026-03-07 09:00"));
  EXPECT_EQ(ticket(id).status, desk::Status::closed) << "nothing was heard for five days";
}

TEST_F(Examples, OfTheServiceLevelsRequestersAreKeptInformed) {
  play("service-levels.toml");
  auto const id = opened("2026-03-02 08:00", "Chair", "Mine squeaks.");
  look(desk::tests::at("2026-03-04 07:59"));
  EXPECT_THAT(letters(LetterKind::progress, id), IsEmpty());
  look(desk::tests::at("2026-03-04 08:00"));
  ASSERT_THAT(letters(LetterKind::progress, id), SizeIs(1)) << "after sixteen hours of the office";
  EXPECT_EQ(letters(LetterKind::progress, id)[0].to.address, "ola@example.net");
}

// ---- rules -----------------------------------------------------------------------------------------

TEST_F(Examples, OfTheRulesForgedMailIsMarked) {
  play("rules.toml");
  Sketch sketch;
  sketch.id = "forged@example.net";
  sketch.extra = "Authentication-Results: mx.example.org; dmarc=fail header.from=example.net\r\n";
  auto const id = receive(sketch).ticket;
  EXPECT_THAT(ticket(id).tags, ElementsAre("perhaps-forged"));
  EXPECT_EQ(messages(id).back().kind, desk::MessageKind::note);
  EXPECT_THAT(ticket(opened("2026-03-02 12:01", "Chair", "Mine squeaks.")).tags, IsEmpty());
}

TEST_F(Examples, OfTheRulesAnUrgentOneAtNightIsToldToKari) {
  play("rules.toml");
  auto const urgent = [&](std::string const& when, std::string const& from) {
    auto const id = opened(when, "Fire at " + when, "The server room is on fire.", from);
    receive(vouched(answer_by("sam", id, "/impact high\n/urgency high")));
    return id;
  };
  EXPECT_THAT(told(LetterKind::happened, urgent("2026-03-02 20:00", "ola@example.net")), ElementsAre("kari"));
  EXPECT_THAT(told(LetterKind::happened, urgent("2026-03-03 08:00", "eva@example.net")), IsEmpty())
      << "the office is open";
}

TEST_F(Examples, OfTheRulesWhoDoesNotAnswerIsAskedOnceMoreAndThenClosed) {
  play("rules.toml");
  auto const id = opened("2026-03-02 08:00", "Chair", "Mine squeaks.");
  receive(vouched(answer_by("kari", id, "/take\n/wait\nWhich chair is it?")));
  look(desk::tests::at("2026-03-05 07:59"));
  EXPECT_THAT(letters(LetterKind::rule, id), IsEmpty());
  look(desk::tests::at("2026-03-05 08:00"));
  EXPECT_THAT(letters(LetterKind::rule, id), SizeIs(1));
  look(desk::tests::at("2026-03-09 08:00"));
  EXPECT_EQ(ticket(id).status, desk::Status::closed) << "four days later";
  EXPECT_THAT(letters(LetterKind::rule, id), SizeIs(1));
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
