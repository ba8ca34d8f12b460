// SPDX-License-Identifier: GPL-3.0-or-later
// /due and /remind, and what becomes of them when their moment has come.
#include "desk/plan_tick.hpp"
#include "tests/desk/agent_room.hpp"
#include "tests/desk/oslo.hpp"

namespace spoc::desk {
namespace {

using namespace tests;

class Later : public AgentRoom {
 protected:
  Later() {
    desk.zones = {{"Europe/Oslo", oslo()}};
    desk.time_zone = "Europe/Oslo";
  }
};

TEST_F(Later, DueIsReadByTheAgentsClockAndLeavesTheRequesterAlone) {
  Plan const plan = plan_for("/due fri");
  auto const* promised = change<SetPromise>(plan);
  ASSERT_NE(promised, nullptr);
  EXPECT_EQ(promised->promise, (Promise{at("2026-03-06 15:00"), noon()}));
  EXPECT_TRUE(trailed(plan, "promised"));
  EXPECT_FALSE(reaches_requester(plan));
  EXPECT_NE(receipt(plan).find("promised: due 2026-03-06T15:00:00Z"), std::string::npos) << receipt(plan);
}

TEST_F(Later, DueOffTakesItBack) {
  known.ticket->promise = Promise{at("2026-03-06 15:00"), noon()};
  Plan const plan = plan_for("/frist av");
  ASSERT_NE(change<SetPromise>(plan), nullptr);
  EXPECT_FALSE(change<SetPromise>(plan)->promise);
}

TEST_F(Later, UndoGivesTheOldPromiseBack) {
  known.ticket->promise = Promise{at("2026-03-06 15:00"), noon()};
  Undo undo{"sam", noon(), snapshot(*known.ticket), snapshot(*known.ticket)};
  undo.before.promise = Promise{at("2026-03-05 15:00"), noon()};
  known.undo = undo;
  Plan const plan = plan_for("/undo");
  ASSERT_NE(change<SetPromise>(plan), nullptr);
  EXPECT_EQ(change<SetPromise>(plan)->promise, undo.before.promise);
}

TEST_F(Later, RemindBringsTheTicketBackWithItsWords) {
  Plan const plan = plan_for("/remind tomorrow 9:30 call the supplier\n/remind 2h");
  std::vector<Reminder> found;
  for (Change const& one : plan.changes)
    if (auto const* added = std::get_if<AddReminder>(&one)) found.push_back(added->reminder);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0],
            (Reminder{ReminderId{}, TicketId{42}, "sam", at("2026-03-03 08:30"), "call the supplier"}));
  EXPECT_EQ(found[1].at, noon() + std::chrono::hours{2});
  EXPECT_EQ(found[1].text, "");
}

TEST_F(Later, StatusListsWhatWaits) {
  known.reminders = {{ReminderId{3}, TicketId{42}, "sam", at("2026-03-03 08:30"), "call"}};
  EXPECT_NE(receipt(plan_for("/status")).find("reminder at 2026-03-03T08:30:00Z for sam: call"),
            std::string::npos);
}

struct Refused {
  char const* name;
  char const* command;
  char const* reason;
};

class NoTime : public Later, public testing::WithParamInterface<Refused> {};

TEST_P(NoTime, StopsTheWholeMail) {
  Plan const plan = plan_for(std::string{GetParam().command} + "\n/close");
  EXPECT_TRUE(plan.changes.empty());
  EXPECT_NE(receipt(plan).find(GetParam().reason), std::string::npos) << receipt(plan);
}

INSTANTIATE_TEST_SUITE_P(
    Table, NoTime,
    testing::Values(Refused{"words", "/due soon", "\"soon\" is no time"},
                    Refused{"nothing", "/due", "/due needs WHEN"},
                    Refused{"passed", "/due 2026-03-01", "has passed already"},
                    Refused{"words_behind", "/due 2h please",
                            "takes nothing behind the time, but \"please\" stands there"},
                    Refused{"reminder_without_time", "/remind call them", "\"call them\" is no time"}),
    [](auto const& row) { return std::string{row.param.name}; });

class Reminding : public AgentRoom {
 protected:
  Plan plan_for(std::string const& agent, std::string const& text = "call the supplier") {
    return plan_reminder({ReminderId{3}, TicketId{42}, agent, noon(), text}, known);
  }
};

TEST_F(Reminding, WritesToTheOneWhoAskedWhoeverHasTheTicket) {
  known.ticket->assignee = "kari";
  Plan const plan = plan_for("sam");
  ASSERT_EQ(plan.letters.size(), 1U);
  EXPECT_EQ(plan.letters[0].agent, "sam");
  EXPECT_EQ(plan.letters[0].kind, LetterKind::reminder);
  EXPECT_EQ(plan.letters[0].lines, std::vector<std::string>{"call the supplier"});
  ASSERT_NE(change<DropReminder>(plan), nullptr);
  EXPECT_EQ(change<DropReminder>(plan)->id, ReminderId{3});
  EXPECT_TRUE(trailed(plan, "reminded"));
}

TEST_F(Reminding, ThatOfAnAgentWhoHasLeftGoesToTheTeam) {
  EXPECT_EQ(plan_for("gone").letters.size(), 2U);
  EXPECT_EQ(plan_for("sam", "").letters[0].lines,
            std::vector<std::string>{"you wanted to see this ticket again"});
}

TEST_F(Reminding, TheSameReminderHasTheSameMessageId) {
  EXPECT_EQ(plan_for("sam").letters[0].message_id, plan_for("sam").letters[0].message_id);
}

}  // namespace
}  // namespace spoc::desk
