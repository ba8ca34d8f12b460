// SPDX-License-Identifier: GPL-3.0-or-later
// Presence: who is there, the days that people name, and what /in, /out, /away and a vacation note make
// happen.
#include "desk/rules.hpp"
#include "tests/desk/agent_room.hpp"
#include "tests/desk/oslo.hpp"

namespace spoc::desk {
namespace {

using namespace tests;

/// noon() is Monday, 2 March 2026.
struct DayRow {
  std::string name, words, day;  ///< day: "" for none
};
void PrintTo(DayRow const& row, std::ostream* out) { *out << row.words; }
class Days : public testing::TestWithParam<DayRow> {};

TEST_P(Days, AreRead) {
  auto const day = day_named(GetParam().words, noon(), Zone{});
  EXPECT_EQ(day ? iso(*day) : "", GetParam().day.empty() ? "" : GetParam().day + "T00:00:00Z");
}

INSTANTIATE_TEST_SUITE_P(
    Table, Days,
    testing::Values(
        DayRow{"Iso", "2026-03-10", "2026-03-10"}, DayRow{"Until", "until 2026-03-10", "2026-03-10"},
        DayRow{"Norwegian", "til 10.3.2026", "2026-03-10"}, DayRow{"WithoutYear", "10.03.", "2026-03-10"},
        DayRow{"NextYear", "7. 1.", ""}, DayRow{"LongGone", "1.11.", "2026-11-01"},
        DayRow{"Chinese", "到2026年3月10日", "2026-03-10"},
        DayRow{"ChineseWithoutYear", "3月10日", "2026-03-10"},
        DayRow{"Weekday", "until Wednesday", "2026-03-04"}, DayRow{"TheSameWeekday", "monday", "2026-03-09"},
        DayRow{"NorwegianWeekday", "fredag", "2026-03-06"}, DayRow{"ChineseWeekday", "周日", "2026-03-08"},
        DayRow{"Tomorrow", "i morgen", "2026-03-03"}, DayRow{"Gone", "2026-03-02", ""},
        DayRow{"NoSuchDay", "2026-02-30", ""}, DayRow{"OnlyWords", "next week", ""},
        DayRow{"Nothing", "", ""}, DayRow{"TwoNumbers", "10/3", ""},
        DayRow{"Long", "99999999999999999999", ""}),
    [](auto const& row) { return row.param.name; });

TEST(Presence, ADayBeginsByTheAgentsClock) {
  Zone const zone = oslo();
  EXPECT_EQ(iso(*day_named("until 2026-03-10", noon(), zone)), "2026-03-09T23:00:00Z");
  EXPECT_EQ(iso(*day_named("until 2026-03-30", noon(), zone)), "2026-03-29T22:00:00Z") << "summer time";
  EXPECT_EQ(iso(*day_named("tomorrow", *from_iso("2026-03-02T23:30:00Z"), zone)), "2026-03-03T23:00:00Z")
      << "there it is Tuesday already";
  EXPECT_EQ(day_named("2026-03-03", *from_iso("2026-03-02T23:30:00Z"), zone), std::nullopt) << "has begun";
}

TEST(Presence, EndsByItself) {
  Presences all{{"sam", {Whereabouts::away, noon(), false}}, {"kari", {Whereabouts::out, {}, false}}};
  EXPECT_TRUE(is_absent(all, "sam", noon() - std::chrono::hours{1}));
  EXPECT_FALSE(is_absent(all, "sam", noon()));
  EXPECT_TRUE(is_absent(all, "kari", noon() + std::chrono::days{900}));
  EXPECT_FALSE(is_absent(all, "eva", noon()));
}

class PlanPresence : public AgentRoom {
 protected:
  PlanPresence() {
    Ticket other = ticket_of_ola();
    other.id = TicketId{17};
    other.subject = "Scanner";
    other.assignee = "sam";
    known.own_tickets = {other};
  }
};

TEST_F(PlanPresence, InAndOutAreKeptAndReachNobodyOutside) {
  Plan const out = plan_for("/out");
  EXPECT_EQ(*change<SetPresence>(out), (SetPresence{"sam", {Whereabouts::out, {}, false}}));
  ASSERT_EQ(out.letters.size(), 2U) << "the receipt, and what waits for whoever takes it";
  EXPECT_FALSE(reaches_requester(out));
  ASSERT_EQ(letters(out, LetterKind::happened).size(), 1U);
  Letter const offer = letters(out, LetterKind::happened)[0];
  EXPECT_EQ(offer.agent, "kari");
  EXPECT_EQ(in_english(offer.lines.at(0)), "Sam Example is out; these tickets wait for whoever takes them");
  EXPECT_NE(receipt(out).find("your team was told of your 1 unfinished tickets"), std::string::npos);
  Plan const in = plan_for("/in");
  EXPECT_EQ(change<SetPresence>(in)->presence, Presence{});
  EXPECT_NE(receipt(in).find("#17 \"Scanner\": support+17.ar."), std::string::npos) << receipt(in);
  known.own_tickets.clear();
  ASSERT_EQ(plan_for("/out").letters.size(), 1U) << "nothing waits: nobody is told";
}

TEST_F(PlanPresence, WhoGoesAwayOffersTheirTicketsToTheTeam) {
  Plan const plan = plan_for("/away until 2026-03-10");
  EXPECT_EQ(change<SetPresence>(plan)->presence.until, from_iso("2026-03-10T00:00:00Z"));
  ASSERT_EQ(letters(plan, LetterKind::happened).size(), 1U);
  Letter const letter = letters(plan, LetterKind::happened)[0];
  EXPECT_EQ(letter.agent, "kari");
  ASSERT_EQ(letter.lines.size(), 2U);
  EXPECT_NE(in_english(letter.lines[0]).find("Sam Example is away until 2026-03-10"), std::string::npos);
  std::string const line = in_english(letter.lines[1]);
  auto const token = tokens_in(line, toy_sign);
  ASSERT_EQ(token.size(), 1U) << line;
  EXPECT_EQ(token[0].ticket, TicketId{17});
  EXPECT_TRUE(issued_to(token[0], "kari@example.org", toy_sign)) << "her own way into the ticket";
  EXPECT_FALSE(reaches_requester(plan));
}

TEST_F(PlanPresence, ADayThatIsNoneStopsEverything) {
  Plan const plan = plan_for("/away until the cows come home");
  EXPECT_EQ(change<SetPresence>(plan), nullptr);
  EXPECT_NE(receipt(plan).find("the day on which you are back"), std::string::npos) << receipt(plan);
}

TEST_F(PlanPresence, WithAnAbsentAgentTheTeamGetsTheMailToo) {
  known.ticket->assignee = "sam";
  Mail const mail = mail_from("ola@example.net", "Re: Printer", "Still broken.");
  known.author.address = {"Ola Testmann", "ola@example.net"};
  EXPECT_EQ(letters(plan_arrival(arrival_of(mail), known), LetterKind::wrote).size(), 1U);
  known.presences["sam"] = {Whereabouts::out, {}, false};
  auto const told = letters(plan_arrival(arrival_of(mail), known), LetterKind::wrote);
  ASSERT_EQ(told.size(), 2U);
  EXPECT_EQ(told[0].agent, "sam") << "nothing is kept from the owner";
  EXPECT_EQ(told[1].agent, "kari");
}

TEST_F(PlanPresence, AVacationNoteSaysItAndTheNextMailEndsIt) {
  Mail note = mail_from("sam@example.org", "Automatic reply: [#42]", "I am in the mountains.");
  note.kind = MailKind::auto_reply;
  note.to = {{"", with_token("support@example.org",
                             mint(TicketId{42}, Role::agent, Purpose::reply, "sam@example.org", toy_sign))}};
  known.author.address.address = "sam@example.org";
  Plan const away = plan_agent_mail(arrival_of(note), known);
  ASSERT_NE(change<SetPresence>(away), nullptr);
  EXPECT_TRUE(change<SetPresence>(away)->presence.by_note);
  ASSERT_EQ(away.letters.size(), 1U) << "the team is offered what waits, as after /away";
  EXPECT_EQ(away.letters[0].kind, LetterKind::happened);
  EXPECT_EQ(away.letters[0].agent, "kari");
  EXPECT_NE(in_english(away.letters[0].lines.at(1)).find("support+17.ar."), std::string::npos);
  EXPECT_FALSE(reaches_requester(away));
  known.presences["sam"] = change<SetPresence>(away)->presence;
  EXPECT_EQ(change<SetPresence>(plan_agent_mail(arrival_of(note), known)), nullptr) << "once is enough";
  Mail order = mail_from("sam@example.org", "Re: [#42] Printer", "/take");
  order.to = note.to;
  Arrival by_program = arrival_of(order);
  by_program.by_program = true;
  Plan const ordered = plan_agent_mail(by_program, known);
  EXPECT_NE(change<SetAssignee>(ordered), nullptr);
  EXPECT_EQ(change<SetPresence>(ordered), nullptr) << "a program that acts in their name says nothing of it";
  EXPECT_EQ(change<SetPresence>(plan_for("I am back."))->presence, Presence{});
  known.presences["sam"] = {Whereabouts::out, {}, false};
  EXPECT_EQ(change<SetPresence>(plan_for("A quick answer.")), nullptr) << "what they said themselves holds";
}

/// Whose turn it is.
struct ShiftRow {
  std::string name;
  Assignment assignment;
  std::string last, familiar, absent, expected;
};
void PrintTo(ShiftRow const& row, std::ostream* out) { *out << row.name; }
class Turns : public testing::TestWithParam<ShiftRow> {};

TEST_P(Turns, AreTaken) {
  House desk = house();
  desk.agents.push_back({"eva", "Eva Eksempel", {"eva@example.org"}, "en"});
  desk.teams[0].members = {"kari", "sam", "eva", "nobody"};
  desk.teams[0].assignment = GetParam().assignment;
  Rota rota{{{"kari", 3}, {"sam", 1}, {"eva", 2}}, {{"first line", GetParam().last}}, GetParam().familiar};
  Presences presences;
  for (std::string const& one : {std::string{"kari"}, std::string{"sam"}, std::string{"eva"}})
    if (GetParam().absent.find(one) != std::string::npos) presences[one] = {Whereabouts::out, {}, false};
  EXPECT_EQ(whose_turn(desk.teams[0], desk, rota, presences, noon()), GetParam().expected);
}

using enum Assignment;
INSTANTIATE_TEST_SUITE_P(Table, Turns,
                         testing::Values(ShiftRow{"Manual", manual, "kari", "kari", "", ""},
                                         ShiftRow{"RoundRobin", round_robin, "kari", "", "", "sam"},
                                         ShiftRow{"RoundRobinFirst", round_robin, "", "", "", "kari"},
                                         ShiftRow{"RoundRobinAround", round_robin, "eva", "", "", "kari"},
                                         ShiftRow{"RoundRobinSkips", round_robin, "kari", "", "sam", "eva"},
                                         ShiftRow{"RoundRobinAlone", round_robin, "sam", "", "kari eva",
                                                  "sam"},
                                         ShiftRow{"LeastLoaded", least_loaded, "", "kari", "", "sam"},
                                         ShiftRow{"LeastLoadedSkips", least_loaded, "", "", "sam", "eva"},
                                         ShiftRow{"Sticky", sticky, "", "kari", "", "kari"},
                                         ShiftRow{"StickyAway", sticky, "", "kari", "kari", "sam"},
                                         ShiftRow{"StickyStranger", sticky, "", "otto", "", "sam"},
                                         ShiftRow{"Nobody", least_loaded, "", "", "kari sam eva", ""}),
                         [](auto const& row) { return row.param.name; });

/// Kari works by day, Sam by night; noon() is a Monday's.
class PlanShifts : public PlanPresence {
 protected:
  PlanShifts() {
    desk.calendars = {calendar_of({"Mon-Fri 08:00-16:00"}, {}, Zone{}),
                      calendar_of({"Mon-Fri 16:00-24:00"}, {}, Zone{})};
    desk.calendars[0].name = "day";
    desk.calendars[1].name = "night";
    desk.agents[0].hours = "day";
    desk.agents[1].hours = "night";
  }
  Plan words_of_ola() {
    Mail const mail = mail_from("ola@example.net", "Re: Printer", "Still broken.");
    known.author.address = {"Ola Testmann", "ola@example.net"};
    return plan_arrival(arrival_of(mail), known);
  }
};

TEST_F(PlanShifts, ColleaguesAtWorkHearOfTheTicketsOfThoseWhoAreNot) {
  known.ticket->assignee = "sam";
  auto const told = letters(words_of_ola(), LetterKind::wrote);
  ASSERT_EQ(told.size(), 2U);
  EXPECT_EQ(told[1].agent, "kari");
  known.now = noon() + std::chrono::hours{6};
  EXPECT_EQ(letters(words_of_ola(), LetterKind::wrote).size(), 1U) << "Sam is at work now";
  known.now = noon() + std::chrono::days{5};
  EXPECT_EQ(letters(words_of_ola(), LetterKind::wrote).size(), 1U)
      << "on Saturday nobody is, so nobody stands in";
}

TEST_F(PlanShifts, WhoComesInOutsideTheirHoursIsAtWork) {
  Plan const plan = plan_for("/in");
  Time const evening = noon() + std::chrono::hours{4};
  EXPECT_EQ(*change<SetPresence>(plan), (SetPresence{"sam", {Whereabouts::in, evening, false}}))
      << "then his hours begin";
  EXPECT_NE(receipt(plan).find("although these are not your hours"), std::string::npos) << receipt(plan);
  Presences const said{{"sam", change<SetPresence>(plan)->presence}};
  EXPECT_TRUE(at_work(desk, said, desk.agents[1], noon() + std::chrono::hours{1}));
  EXPECT_FALSE(at_work(desk, {}, desk.agents[1], noon() + std::chrono::hours{1}));
  EXPECT_TRUE(at_work(desk, said, desk.agents[1], evening));
  EXPECT_FALSE(at_work(desk, said, desk.agents[1], noon() + std::chrono::hours{13})) << "the night is over";
  known.now = noon() + std::chrono::days{5};
  EXPECT_EQ(change<SetPresence>(plan_for("/in"))->presence.until, known.now + std::chrono::hours{8})
      << "on Saturday, for a shift";
  known.now = noon() + std::chrono::hours{6};
  EXPECT_EQ(change<SetPresence>(plan_for("/in"))->presence, Presence{}) << "these are his hours";
}

TEST_F(PlanShifts, TurnsPassThoseWhoAreNotAtWork) {
  desk.teams[0].assignment = round_robin;
  Rota rota;
  rota.last["first line"] = "kari";
  EXPECT_EQ(whose_turn(desk.teams[0], desk, rota, {}, noon()), "kari");
  EXPECT_EQ(whose_turn(desk.teams[0], desk, rota, {}, noon() + std::chrono::hours{6}), "sam");
  EXPECT_EQ(whose_turn(desk.teams[0], desk, rota, {}, noon() + std::chrono::days{5}), "sam")
      << "where nobody is, the turn goes round as ever";
  EXPECT_EQ(whose_turn(desk.teams[0], desk, rota, {{"kari", {Whereabouts::out, {}, false}}}, noon()), "sam")
      << "out is out, and some hours off are less";
}

TEST_F(PlanPresence, ANewTicketGoesToOneOfTheTeamWhoAloneHearsOfIt) {
  desk.teams[0].assignment = round_robin;
  known.rota.last["first line"] = "kari";
  known.ticket.reset();
  known.author.address = {"Ola Testmann", "ola@example.net"};
  Arrival const arrival = arrival_of(mail_from("ola@example.net", "Printer", "It smokes"));
  Plan plan = plan_arrival(arrival, known);
  apply_rules(plan, arrival, known);
  EXPECT_EQ(plan.open->assignee, "sam");
  EXPECT_EQ(*change<SetTurn>(plan), (SetTurn{"first line", "sam"}));
  ASSERT_EQ(letters(plan, LetterKind::opened).size(), 1U);
  EXPECT_EQ(letters(plan, LetterKind::opened)[0].agent, "sam");
  EXPECT_TRUE(trailed(plan, "assigned"));
}

TEST_F(PlanPresence, ATeamsPolicyHoldsForWhatIsPassedOnToIt) {
  desk.teams.push_back({"second line", {"kari", "sam"}, "2", "", least_loaded});
  known.rota.unfinished = {{"sam", 5}};
  Plan const plan = plan_for("/assign second line");
  EXPECT_EQ(change<SetAssignee>(plan)->handle, "kari");
  ASSERT_EQ(letters(plan, LetterKind::assigned).size(), 1U);
  desk.teams[0].next = "second line";
  EXPECT_EQ(change<SetAssignee>(plan_for("/escalate it burns"))->handle, "kari");
}

}  // namespace
}  // namespace spoc::desk
