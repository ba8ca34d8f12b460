// SPDX-License-Identifier: GPL-3.0-or-later
// Two tickets become one, or one becomes two: who has them then, and who is told.
#include "tests/desk/lines_room.hpp"

#include <gmock/gmock.h>

namespace spoc::desk {
namespace {

using namespace tests;

class MergeAndSplit : public LinesRoom {};

TEST_F(MergeAndSplit, MergeTellsBothCrewsAndNoRequester) {
  known.ticket->assignee = "sam";
  Plan const plan = plan_for("/merge #17\nThe same fault.");
  EXPECT_EQ(change<MergeInto>(plan)->target, TicketId{17});
  EXPECT_FALSE(reaches_requester(plan));
  EXPECT_EQ(letters(plan, LetterKind::happened)[0].agent, "kari");
  EXPECT_NE(receipt(plan).find("ola@example.net gets copies"), std::string::npos) << receipt(plan);
  EXPECT_EQ(letters(plan, LetterKind::receipt)[0].ticket, TicketId{17});
}

TEST_F(MergeAndSplit, MergeTellsWhoPassedItOnAndLeavesThemTheOwner) {
  desk.agents.push_back({"ina", "Ina Example", {"ina@example.org"}, "en", ""});
  desk.teams.push_back({"front", {"ina"}, "1"});
  known.ticket->assignee = "sam";
  known.ticket->first_team = "front";
  known.ticket->first_agent = "ina";
  Plan const plan = plan_for("/merge 17");
  ASSERT_NE(change<MergeInto>(plan), nullptr);
  EXPECT_EQ(change<MergeInto>(plan)->first_team, "front");
  EXPECT_EQ(change<MergeInto>(plan)->first_agent, "ina");
  auto const told = letters(plan, LetterKind::happened);
  EXPECT_TRUE(std::any_of(told.begin(), told.end(), [](Letter const& one) { return one.agent == "ina"; }));
  EXPECT_NE(receipt(plan).find("team front, who passed it on, owns #17"), std::string::npos) << receipt(plan);

  known.others.at(17).first_team = "second line";
  EXPECT_EQ(change<MergeInto>(plan_for("/merge 17"))->first_team, "") << "it has an owner";
}

TEST_F(MergeAndSplit, WhatIsResolvedTakesNothingThatIsOpen) {
  known.others.at(17).status = Status::resolved;
  Plan const plan = plan_for("/merge 17");
  EXPECT_EQ(change<MergeInto>(plan), nullptr);
  EXPECT_NE(receipt(plan).find("#17 is resolved"), std::string::npos) << receipt(plan);
  known.ticket->status = Status::resolved;
  EXPECT_NE(change<MergeInto>(plan_for("/merge 17")), nullptr);
}

TEST_F(MergeAndSplit, SplitMakesTheMessageATicketOfItsOwn) {
  Plan const plan = plan_for("/split");
  ASSERT_NE(change<SplitOff>(plan), nullptr);
  EXPECT_EQ(change<SplitOff>(plan)->fresh.id, TicketId{1001});
  EXPECT_EQ(change<SplitOff>(plan)->fresh.subject, "And the scanner");
  EXPECT_EQ(change<SplitOff>(plan)->fresh.related, TicketId{42});
  EXPECT_EQ(change<SplitOff>(plan_for("/split Scanner"))->fresh.subject, "Scanner");
  auto const told = letters(opened_by(plan), LetterKind::opened);
  ASSERT_EQ(told.size(), 2U);
  EXPECT_EQ(told[0].ticket, TicketId{1001});
  EXPECT_EQ(told[0].about, known.answered->id);
  EXPECT_FALSE(reaches_requester(plan));
  EXPECT_FALSE(reaches_requester(opened_by(plan)));
}

TEST_F(MergeAndSplit, ASplitTicketHasNotBeenPassedOn) {
  known.ticket->passed_on = noon();
  EXPECT_FALSE(change<SplitOff>(plan_for("/split"))->fresh.passed_on);
}

TEST_F(MergeAndSplit, ASplitTicketGoesToWhoseTurnItIs) {
  desk.teams[0].members = {"sam", "kari"};
  desk.teams[0].assignment = Assignment::round_robin;
  known.rota.last["first line"] = "sam";
  Plan const plan = opened_by(plan_for("/split"));
  ASSERT_NE(change<SetAssignee>(plan), nullptr);
  EXPECT_EQ(change<SetAssignee>(plan)->handle, "kari");
  EXPECT_EQ(*change<SetTurn>(plan), (SetTurn{"first line", "kari"}));
  ASSERT_EQ(letters(plan, LetterKind::opened).size(), 1U) << "theirs alone";
  EXPECT_EQ(letters(plan, LetterKind::opened)[0].agent, "kari");
}

TEST_F(MergeAndSplit, WhoSplitsATicketOfTheirsHasBoth) {
  desk.teams[0].members = {"sam", "kari"};
  desk.teams[0].assignment = Assignment::round_robin;
  desk.mailboxes[0].teams = {"second line"};  // where new mail goes
  known.rota.last["first line"] = "sam";
  known.ticket->assignee = "sam";
  Plan const plan = plan_for("/split");
  EXPECT_EQ(change<SplitOff>(plan)->fresh.assignee, "sam");
  EXPECT_EQ(change<SplitOff>(plan)->fresh.team, "first line");
  Plan const opened = opened_by(plan);
  EXPECT_EQ(change<SetAssignee>(opened), nullptr);
  EXPECT_EQ(change<SetTurn>(opened), nullptr);
  ASSERT_EQ(letters(opened, LetterKind::opened).size(), 1U);
  EXPECT_EQ(letters(opened, LetterKind::opened)[0].agent, "sam") << "to answer it";
  known.ticket->assignee = "kari";
  EXPECT_EQ(change<SplitOff>(plan_for("/split"))->fresh.assignee, "") << "a colleague's: as new ones";
  EXPECT_EQ(change<SplitOff>(plan_for("/split"))->fresh.team, "second line");
}

TEST_F(MergeAndSplit, WhatSomebodyElseWroteIsTheirsInTheirLanguage) {
  Contact eva;
  eva.id = ContactId{9};
  eva.language = "zh-TW";
  eva.vip = true;
  eva.site = "mill";
  known.people_at["eva@example.net"] = eva;
  known.answered->author = {"Eva Testmann", "Eva@example.net"};
  desk.sites = {{"mill", {}}};
  desk.teams.push_back({"mill desk", {"kari"}});
  desk.teams.back().sites = {"mill"};
  desk.mailboxes[0].teams = {"first line", "mill desk"};
  Plan const plan = plan_for("/split");
  ASSERT_NE(change<SplitOff>(plan), nullptr);
  Ticket const& fresh = change<SplitOff>(plan)->fresh;
  EXPECT_EQ(fresh.requester, eva.id);
  EXPECT_EQ(fresh.language, spoken("zh-TW"));
  EXPECT_EQ(fresh.urgency, desk.vip_urgency) << "she is one, Ola is not";
  EXPECT_EQ(fresh.team, "mill desk") << "she sits there";
  known.people_at.clear();
  EXPECT_EQ(change<SplitOff>(plan_for("/split"))->fresh.language, "nb") << "nobody knows hers";
}

TEST_F(MergeAndSplit, WhatIsSplitOffIsFiledByItsOwnWords) {
  Category scanners;
  scanners.path = "scanners";
  scanners.words = {"scanner"};
  scanners.teams = {"second line"};
  scanners.urgency = Level::high;
  desk.categories = {scanners};
  known.ticket->assignee = "sam";
  known.ticket->category = "printers";
  known.ticket->tags = {"fire", "list"};
  Plan const plan = plan_for("/split");
  Ticket const& fresh = change<SplitOff>(plan)->fresh;
  EXPECT_EQ(fresh.category, "scanners");
  EXPECT_EQ(fresh.team, "second line") << "who is there for it";
  EXPECT_EQ(fresh.assignee, "") << "Sam is none of them";
  EXPECT_EQ(fresh.urgency, Level::high);
  EXPECT_EQ(fresh.tags, std::vector<std::string>{"list"}) << "a machine wrote it";
  std::vector<std::string> there;
  for (Trail const& one : plan.trail)
    if (one.ticket == fresh.id) there.push_back(one.what);
  EXPECT_THAT(there, testing::ElementsAre("opened", "category", "routed"));
  desk.categories[0].teams.clear();
  EXPECT_EQ(change<SplitOff>(plan_for("/split"))->fresh.assignee, "sam");
}

TEST_F(MergeAndSplit, RulesOfNewTicketsSeeWhatWasSplitOff) {
  HouseRule rule;
  rule.name = "scanners";
  rule.when = {"opened"};
  rule.wanted.words = {"scanner"};
  rule.then.team = "second line";
  rule.then.tag = {"scanner"};
  desk.rules = {rule, rule, rule};
  desk.rules[1].name = "wrote";
  desk.rules[1].when = {"wrote", "changed", "answered"};
  desk.rules[2].name = "of that";
  desk.rules[2].wanted.teams = {"second line"};
  desk.rules[2].then = {};
  desk.rules[2].then.assign = "kari";
  known.ticket->assignee = "sam";
  Plan plan = plan_for("/split");
  EXPECT_TRUE(apply_rules(plan, arrival_of(mail_from("sam@example.org", "Re", "/split")), known).empty())
      << "the old ticket has not changed";
  Plan const opened = opened_by(plan);
  EXPECT_EQ(change<SetTeam>(opened)->team, "second line");
  EXPECT_EQ(change<AddTag>(opened)->tag, "scanner");
  std::vector<std::string> fired;
  for (Trail const& one : opened.trail)
    if (one.what == "rule") fired.push_back(one.detail);
  EXPECT_THAT(fired, testing::ElementsAre("scanners: team second line, assign nobody, tag scanner",
                                          "of that: assign kari"));
  ASSERT_EQ(letters(opened, LetterKind::opened).size(), 1U);
  EXPECT_EQ(letters(opened, LetterKind::opened)[0].agent, "kari");
}

}  // namespace
}  // namespace spoc::desk
