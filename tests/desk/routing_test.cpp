// SPDX-License-Identifier: GPL-3.0-or-later
// What a new ticket is about and whose it is: a table over one house with all kinds of teams.
#include "desk/routing.hpp"

#include "desk/inbound.hpp"
#include "tests/desk/agent_room.hpp"
#include "tests/desk/oslo.hpp"

#include <gmock/gmock.h>

namespace spoc::desk {
namespace {

using namespace tests;
using testing::HasSubstr;

/// Oslo and Taipei share a mailbox; "paper" knows printers at the mill; "general" is always there.
House world() {
  House out = house();
  Zone taipei{"Asia/Taipei", {{*from_iso("2000-01-01T00:00:00Z"), std::chrono::hours{8}, "CST"}}};
  out.calendars = {office(), calendar_of({"Mon-Fri 08:00-17:00"}, {}, taipei)};
  out.calendars.at(1).name = "taipei";
  auto const team = [](std::string name, std::string hours) {
    Team one;
    one.name = std::move(name);
    one.members = {"sam"};
    one.hours = std::move(hours);
    return one;
  };
  out.teams = {team("oslo", "office"), team("taipei", "taipei"), team("paper", "office"),
               team("general", "")};
  out.teams[0].languages = {"en", "nb"};
  out.teams[1].languages = {"en", "zh-Hant", "zh-Hans"};
  out.teams[2].sites = {"mill"};
  out.teams[2].skills = {"printers"};
  out.sites = {{"mill", {"mill.example.org", "boss@example.org"}}, {"head office", {"example.org"}}};
  out.mailboxes.at(0).team = "general";
  out.mailboxes.push_back(out.mailboxes.at(0));
  out.mailboxes.at(1).name = "world";
  out.mailboxes.at(1).teams = {"oslo", "taipei"};
  out.mailboxes.push_back(out.mailboxes.at(0));
  out.mailboxes.at(2).name = "mill";
  out.mailboxes.at(2).site = "mill";
  out.mailboxes.at(2).teams = {"general", "paper"};
  Category hardware, printer, plotter, complaint;
  hardware.path = "hardware";
  hardware.words = {"broken"};
  hardware.kind = TicketKind::incident;
  hardware.urgency = Level::high;
  printer.path = "hardware/printer";
  printer.words = {"printer", "toner", "打印机"};
  printer.teams = {"general", "paper"};
  printer.skills = {"printers"};
  plotter.path = "hardware/printer/plotter";
  plotter.words = {"plotter"};
  plotter.impact = Level::low;
  complaint.path = "complaint";
  complaint.words = {"not content"};
  complaint.kind = TicketKind::complaint;
  out.categories = {hardware, printer, plotter, complaint};
  return out;
}

/// What comes in, and where it goes. Times are UTC; 2026-03-02 is a Monday.
struct RouteRow {
  std::string name, mailbox, from, language, text, when;
  std::string category, team, why;
};
void PrintTo(RouteRow const& row, std::ostream* out) { *out << row.name; }
class Routes : public testing::TestWithParam<RouteRow> {};

TEST_P(Routes, AreChosenAndExplained) {
  RouteRow const& row = GetParam();
  House const home = world();
  Known known = known_in(home);
  known.now = at(row.when);
  Plan plan;
  plan.open = ticket_of_ola();
  plan.open->mailbox = row.mailbox;
  plan.open->requester_address.address = row.from;
  plan.open->language = row.language;
  place(plan, *home.mailbox(row.mailbox), row.text, home.is_vip(row.from), known);
  EXPECT_EQ(plan.open->category, row.category);
  EXPECT_EQ(plan.open->team, row.team);
  std::string why;
  for (Trail const& one : plan.trail)
    if (one.what == "routed") why = one.detail;
  EXPECT_EQ(why, row.why);
}

INSTANTIATE_TEST_SUITE_P(
    Table, Routes,
    testing::Values(RouteRow{"ByMailboxAlone", "support", "ola@example.net", "en", "Hello",
                             "2026-03-02 10:00", "", "general", ""},
                    RouteRow{"ByLanguage", "world", "ola@example.net", "zh-Hant", "Hello", "2026-03-02 10:00",
                             "", "taipei", "taipei among oslo, taipei: language zh-Hant"},
                    RouteRow{"LanguageBeforeHours", "world", "ola@example.net", "nb", "Hei",
                             "2026-03-02 01:00", "", "oslo", "oslo among oslo, taipei: language nb"},
                    RouteRow{"WhoeverIsOpen", "world", "ola@example.net", "en", "Hello", "2026-03-02 01:00",
                             "", "taipei", "taipei among oslo, taipei: open now"},
                    RouteRow{"WhoeverIsOpenLater", "world", "ola@example.net", "en", "Hello",
                             "2026-03-02 10:00", "", "oslo", "oslo among oslo, taipei: open now"},
                    RouteRow{"BothOpenTheFirst", "world", "ola@example.net", "en", "Hello",
                             "2026-03-02 08:00", "", "oslo", "oslo among oslo, taipei: the first"},
                    RouteRow{"AtNightTheOneThatOpensFirst", "world", "ola@example.net", "en", "Hello",
                             "2026-03-02 20:00", "", "taipei", "taipei among oslo, taipei: opens first"},
                    RouteRow{"OnAHolidayToo", "world", "ola@example.net", "en", "Hello", "2026-04-03 10:00",
                             "", "taipei", "taipei among oslo, taipei: opens first"},
                    RouteRow{"ByWordsAndSkill", "support", "ola@example.net", "en", "The toner is empty",
                             "2026-03-02 10:00", "hardware/printer", "paper",
                             "paper among general, paper of category hardware/printer: skill"},
                    RouteRow{"TheDeepestBranchInheritsTheTeam", "support", "ola@example.net", "en",
                             "A broken plotter", "2026-03-02 10:00", "hardware/printer/plotter", "paper",
                             "paper among general, paper of category hardware/printer/plotter: skill"},
                    RouteRow{"ChineseWordsNeedNoBlanks", "support", "ola@example.net", "zh-Hans",
                             "我的打印机坏了", "2026-03-02 10:00", "hardware/printer", "paper",
                             "paper among general, paper of category hardware/printer: skill"},
                    RouteRow{"AWordInsideAWordIsNone", "support", "ola@example.net", "en",
                             "The blueprinters came", "2026-03-02 10:00", "", "general", ""},
                    RouteRow{"ACategoryWithoutTeamsStaysWithTheMailbox", "support", "ola@example.net", "en",
                             "It is broken", "2026-03-02 10:00", "hardware", "general", ""},
                    RouteRow{"BySiteOfTheMailbox", "mill", "ola@example.net", "en", "Hello",
                             "2026-03-02 10:00", "", "paper", "paper among general, paper: site mill"},
                    RouteRow{"ByDomain", "mill", "ola@example.org", "en", "Hello", "2026-03-02 10:00", "",
                             "general", "general among general, paper: no other site"},
                    RouteRow{"AddressBeforeDomain", "mill", "boss@example.org", "en", "Hello",
                             "2026-03-02 10:00", "", "paper", "paper among general, paper: site mill"},
                    RouteRow{"SiteBeforeHours", "mill", "ola@mill.example.org", "en", "Hello",
                             "2026-03-02 22:00", "", "paper", "paper among general, paper: site mill"}),
    [](auto const& row) { return row.param.name; });

TEST(Sites, WhatIsKnownOfThePersonCountsFirst) {
  House const home = world();
  Ticket ticket = ticket_of_ola();
  ticket.mailbox = "mill";
  ticket.requester_address.address = "boss@example.org";
  EXPECT_EQ(site_of(home, ticket, ""), "mill");
  EXPECT_EQ(site_of(home, ticket, "Head Office"), "head office");
  EXPECT_EQ(site_of(home, ticket, "the moon"), "mill") << "no site of the configuration";
  Known known = known_in(home);
  known.now = at("2026-03-02 10:00");
  known.contact.site = "head office";
  Plan plan;
  plan.open = ticket;
  place(plan, *home.mailbox("mill"), "Hello", false, known);
  EXPECT_EQ(plan.open->team, "general");
  known.contact.id = ContactId{99};
  place(plan, *home.mailbox("mill"), "Hello", false, known);
  EXPECT_EQ(plan.open->team, "paper") << "the contact is somebody else's";
}

TEST(Categories, SetKindAndLevelsAndWithThemThePriority) {
  House home = world();
  home.vip = {"boss@example.org"};
  Known known = known_in(home);
  Plan plan;
  plan.open = ticket_of_ola();
  place(plan, home.mailboxes.at(0), "broken", false, known);
  EXPECT_EQ(plan.open->urgency, Level::high);
  EXPECT_EQ(plan.open->priority, Priority::p2);
  place(plan, home.mailboxes.at(0), "a plotter", false, known);
  EXPECT_EQ(plan.open->impact, Level::low);
  EXPECT_EQ(plan.open->priority, Priority::p3) << "urgency of hardware, impact of its own";
  home.categories.at(0).urgency = Level::low;
  place(plan, home.mailboxes.at(0), "broken", true, known);
  EXPECT_EQ(plan.open->urgency, Level::high) << "a VIP is not made to wait by what it is about";
}

TEST(Categories, LettersThatAsciiHasNotAreLettersToo) {
  House home = world();
  Category queue;
  queue.path = "queue";
  queue.words = {"kø", "pen"};
  home.categories = {queue};
  EXPECT_EQ(category_of_words(home, "Det er åpent, og jeg vil ha en køye").category, nullptr);
  EXPECT_EQ(category_of_words(home, "Mange ting i en båtkø").category, nullptr);
  EXPECT_NE(category_of_words(home, "Den står i kø, og det er").category, nullptr);
  EXPECT_NE(category_of_words(home, "Pen og papir").category, nullptr);
  home.categories[0].words = {"排队"};
  EXPECT_NE(category_of_words(home, "正在排队中").category, nullptr);
}

TEST(Categories, AreCalledByPathOrLastPart) {
  House home = world();
  EXPECT_EQ(category_called(home, "Hardware/Printer"), &home.categories.at(1));
  EXPECT_EQ(category_called(home, "plotter"), &home.categories.at(2));
  EXPECT_EQ(category_called(home, "nothing"), nullptr);
  Category twin;
  twin.path = "software/printer";
  home.categories.push_back(twin);
  EXPECT_EQ(category_called(home, "printer"), nullptr) << "two have that name";
  EXPECT_TRUE(is_within("hardware/printer", "hardware"));
  EXPECT_FALSE(is_within("hardwares", "hardware"));
}

class CategoryCommand : public AgentRoom {
 protected:
  CategoryCommand() { desk.categories = world().categories; }
};

TEST_F(CategoryCommand, SetsItWithItsKindAndLevels) {
  Plan const plan = plan_for("/category complaint");
  ASSERT_TRUE(change<SetCategory>(plan));
  EXPECT_EQ(change<SetCategory>(plan)->path, "complaint");
  EXPECT_EQ(change<SetKind>(plan)->kind, TicketKind::complaint);
  EXPECT_THAT(receipt(plan), HasSubstr("category complaint\nkind complaint\n"));
  EXPECT_EQ(change<SetTeam>(plan), nullptr) << "no team answers for it";
}

TEST_F(CategoryCommand, WhatIsSaidInTheSameMailHolds) {
  Plan const plan = plan_for("/urgency low\n/category hardware");
  EXPECT_EQ(change<SetLevels>(plan)->urgency, Level::low);
  EXPECT_THAT(receipt(plan), HasSubstr("category hardware"));
}

TEST_F(CategoryCommand, MakesNoVipWait) {
  desk.categories[0].urgency = Level::low;
  EXPECT_EQ(change<SetLevels>(plan_for("/category hardware"))->urgency, Level::low);
  known.requester.id = known.ticket->requester;
  known.requester.vip = true;
  EXPECT_EQ(change<SetLevels>(plan_for("/category hardware")), nullptr) << "it stays as it is";
  EXPECT_EQ(change<SetLevels>(plan_for("/category hardware\n/urgency low"))->urgency, Level::low)
      << "what an agent says holds";
}

TEST_F(CategoryCommand, TakesTheTicketToATeamThatAnswersForIt) {
  desk.teams.push_back({"general", {"kari"}});
  desk.teams.push_back({"paper", {"kari"}});
  desk.teams.back().skills = {"printers"};
  known.ticket->assignee = "sam";
  Plan const plan = plan_for("/category plotter");
  ASSERT_TRUE(change<SetTeam>(plan));
  EXPECT_EQ(change<SetTeam>(plan)->team, "paper");
  EXPECT_EQ(change<SetAssignee>(plan)->handle, "");
  EXPECT_THAT(receipt(plan), HasSubstr("given to team paper"));
  auto const routed = std::find_if(plan.trail.begin(), plan.trail.end(),
                                   [](Trail const& one) { return one.what == "routed"; });
  ASSERT_NE(routed, plan.trail.end());
  EXPECT_EQ(routed->detail, "paper among general, paper of category hardware/printer/plotter: skill");
  ASSERT_EQ(letters(plan, LetterKind::assigned).size(), 1U);
  EXPECT_EQ(letters(plan, LetterKind::assigned)[0].agent, "kari");
}

TEST_F(CategoryCommand, LeavesTheTicketWhereItIsMeantToBe) {
  desk.teams.push_back({"paper", {"kari"}});
  EXPECT_EQ(change<SetTeam>(plan_for("/category printer\n/take")), nullptr) << "said in the same mail";
  EXPECT_EQ(change<SetTeam>(plan_for("/category off")), nullptr);
  known.ticket->first_team = "first line";
  known.ticket->team = "second line";
  EXPECT_EQ(change<SetTeam>(plan_for("/category printer")), nullptr) << "passed on to this line";
  known.ticket->first_team = "";
  known.ticket->team = "paper";
  EXPECT_EQ(change<SetTeam>(plan_for("/category printer")), nullptr) << "a team of the category has it";
}

TEST_F(CategoryCommand, KnowsWhichThereAre) {
  EXPECT_THAT(receipt(plan_for("/category toner")),
              HasSubstr("there is no category \"toner\"; known: hardware, hardware/printer"));
  EXPECT_EQ(change<SetCategory>(plan_for("/kategori av"))->path, "");
  desk.categories.clear();
  EXPECT_THAT(receipt(plan_for("/category toner")), HasSubstr("no categories are configured"));
}

}  // namespace
}  // namespace spoc::desk
