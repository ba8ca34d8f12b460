// SPDX-License-Identifier: GPL-3.0-or-later
// Who passed a ticket on hears of its end, whatever ends it.
#include "desk/phrase.hpp"
#include "desk/plan_tick.hpp"
#include "desk/rules.hpp"
#include "desk/verdict.hpp"
#include "tests/desk/house.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace spoc::desk {
namespace {

using namespace tests;
using testing::ElementsAre;
using testing::HasSubstr;

class Owner : public testing::Test {
 protected:
  Owner() {
    home.teams.push_back({"network", {"sam"}, "2"});
    known.ticket = ticket_of_ola();
    known.ticket->status = Status::open;
    known.ticket->team = "network";
    known.ticket->assignee = "sam";
    known.ticket->first_team = "first line";
    known.ticket->first_agent = "kari";
  }
  void expect_back(Plan const& plan, std::string const& words) {
    EXPECT_EQ(*change<SetFirstLine>(plan), SetFirstLine{});
    EXPECT_EQ(change<SetTeam>(plan)->team, "first line");
    EXPECT_EQ(change<SetAssignee>(plan)->handle, "kari");
    EXPECT_TRUE(trailed(plan, "back"));
    std::vector<std::string> told;
    for (Letter const& one : letters(plan, LetterKind::happened))
      if (one.agent == "kari")
        for (std::string const& line : one.lines) told.push_back(in_english(line));
    EXPECT_THAT(told, testing::Contains(HasSubstr(words)));
  }
  House home = house();
  Known known = known_in(home);
};

TEST_F(Owner, HearsThatTheRequesterEndedTheChat) {
  Rated rated;
  rated.solved = true;
  Plan plan = plan_ended(rated, known);
  return_to_owner(plan, known);
  expect_back(plan, "is resolved; it is yours again");
}

TEST_F(Owner, IsTheTeamWhereWhoPassedItOnIsNoAgentAnyMore) {
  known.ticket->first_agent = "lea";
  Plan plan = plan_self_solved({"vpn", "VPN", "en"}, known);
  return_to_owner(plan, known);
  EXPECT_EQ(change<SetTeam>(plan)->team, "first line");
  EXPECT_EQ(change<SetAssignee>(plan)->handle, "");
  EXPECT_TRUE(std::any_of(plan.letters.begin(), plan.letters.end(), [](Letter const& one) {
    return one.agent == "kari" && in_english(one.lines.at(0)).find("you had passed on") != std::string::npos;
  })) << "its members hear of the end";
}

TEST_F(Owner, HearsThatAnArticleSolvedIt) {
  Plan plan = plan_self_solved({"vpn", "VPN", "en"}, known);
  return_to_owner(plan, known);
  expect_back(plan, "which you had passed on, is closed");
}

TEST_F(Owner, HearsThatARuleEndedIt) {
  HouseRule rule;
  rule.name = "silent";
  rule.when = {"time"};
  rule.after = std::chrono::hours{1};
  rule.then.status = "closed";
  home.rules = {rule};
  Course course;
  course.spans = {{noon() - std::chrono::hours{5}, Status::open}};
  Plan plan = plan_tick(course, {}, known);
  apply_rules_in_time(plan, course, known);
  return_to_owner(plan, known);
  expect_back(plan, "is closed");
}

TEST_F(Owner, HearsNothingTwiceAndNothingOfWhatGoesOn) {
  Plan goes_on;
  goes_on.ticket = known.ticket->id;
  goes_on.changes = {SetStatus{Status::waiting}};
  return_to_owner(goes_on, known);
  EXPECT_EQ(change<SetFirstLine>(goes_on), nullptr);
  Plan settled;
  settled.ticket = known.ticket->id;
  settled.changes = {SetStatus{Status::resolved}, SetFirstLine{}};
  return_to_owner(settled, known);
  EXPECT_EQ(settled.changes.size(), 2U) << "an agent's /resolve has brought it back";
  known.ticket->status = Status::resolved;
  Plan later;
  later.ticket = known.ticket->id;
  later.changes = {SetStatus{Status::closed}};
  return_to_owner(later, known);
  EXPECT_EQ(change<SetFirstLine>(later), nullptr) << "it had ended before";
}

TEST_F(Owner, ATeamThatIsGoneOwnsNothing) {
  known.ticket->first_team = "dissolved";
  Plan plan = plan_self_solved({"vpn", "VPN", "en"}, known);
  return_to_owner(plan, known);
  EXPECT_EQ(*change<SetFirstLine>(plan), SetFirstLine{});
  EXPECT_EQ(change<SetTeam>(plan), nullptr);
}

}  // namespace
}  // namespace spoc::desk
