// SPDX-License-Identifier: GPL-3.0-or-later
// Rules of the house: which part of one holds, what they do, in which order, and that they come to an end.
#include "desk/rules.hpp"

#include "desk/phrase.hpp"
#include "desk/plan_tick.hpp"
#include "tests/desk/house.hpp"
#include "tests/desk/oslo.hpp"
#include "tests/desk/rules_room.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace spoc::desk {
namespace {

using namespace tests;
using std::chrono::hours;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

// ---- conditions ------------------------------------------------------------------------------------

struct Held {
  char const* name;
  void (*want)(HouseRule&);
  char const* why_not;  ///< "" where it fires
};

class Conditions : public testing::TestWithParam<Held> {};

TEST_P(Conditions, HoldOrAreNamed) {
  House home = house();
  home.vip = {"example.net"};
  home.calendars = {office()};
  RuleCase what;
  what.events = {Event::opened};
  what.ticket = ticket_of_ola();
  what.ticket.tags = {"printer"};
  what.author = "ola@example.net";
  what.subject = "Ødelagt skriver i rom 12";
  what.words = "It smokes since noon.";
  what.checks.dmarc = {"fail", "example.net"};
  what.standing = "warned";
  what.organisation = "Sjøbua AS";
  what.ticket.category = "hardware/printer";
  what.ticket.assignee = "kari";
  home.sites = {{"mill", {"example.net"}}, {"harbour", {}}};
  what.quiet = hours{2};
  what.now = at("2026-03-02 17:00");
  HouseRule rule = rule_of("one", {"opened"});
  GetParam().want(rule);
  EXPECT_EQ(why_not(rule, what, home), GetParam().why_not);
}

INSTANTIATE_TEST_SUITE_P(
    Table, Conditions,
    testing::Values(
        Held{"nothing_wanted", [](HouseRule&) {}, ""},
        Held{"another_event",
             [](HouseRule& r) {
               r.when = {"wrote", "answered"};
             },
             "when"},
        Held{"one_of_two_events",
             [](HouseRule& r) {
               r.when = {"wrote", "opened"};
             },
             ""},
        Held{"mailbox", [](HouseRule& r) { r.wanted.mailboxes = {"support"}; }, ""},
        Held{"other_mailbox", [](HouseRule& r) { r.wanted.mailboxes = {"sales"}; }, "if.mailboxes"},
        Held{"other_team", [](HouseRule& r) { r.wanted.teams = {"second line"}; }, "if.teams"},
        Held{"kind", [](HouseRule& r) { r.wanted.kinds = {"incident"}; }, ""},
        Held{"other_priority",
             [](HouseRule& r) {
               r.wanted.priorities = {"P1", "P2"};
             },
             "if.priorities"},
        Held{"status", [](HouseRule& r) { r.wanted.statuses = {"new"}; }, ""},
        Held{"tag",
             [](HouseRule& r) {
               r.wanted.tags = {"other", "printer"};
             },
             ""},
        Held{"no_such_tag", [](HouseRule& r) { r.wanted.tags = {"vip"}; }, "if.tags"},
        Held{"language", [](HouseRule& r) { r.wanted.languages = {"nb"}; }, ""},
        Held{"other_channel", [](HouseRule& r) { r.wanted.channels = {"chat"}; }, "if.channels"},
        Held{"address", [](HouseRule& r) { r.wanted.from = {"ola@example.net"}; }, ""},
        Held{"domain", [](HouseRule& r) { r.wanted.from = {"example.net"}; }, ""},
        Held{"end_of_a_domain_is_another", [](HouseRule& r) { r.wanted.from = {"ample.net"}; }, "if.from"},
        Held{"word_of_the_subject",
             [](HouseRule& r) {
               r.wanted.words = {"fax", "ØDELAGT"};
             },
             ""},
        Held{"word_of_the_text", [](HouseRule& r) { r.wanted.words = {"Smokes"}; }, ""},
        Held{"no_such_word", [](HouseRule& r) { r.wanted.words = {"toner"}; }, "if.words"},
        Held{"pattern", [](HouseRule& r) { r.wanted.patterns = {"*skriver*rom ??"}; }, ""},
        Held{"pattern_of_the_whole", [](HouseRule& r) { r.wanted.patterns = {"skriver"}; }, "if.patterns"},
        Held{"pattern_with_a_wide_letter", [](HouseRule& r) { r.wanted.patterns = {"?delagt*"}; }, ""},
        Held{"check", [](HouseRule& r) { r.wanted.checks = {"dmarc=fail"}; }, ""},
        Held{"nobody_looked",
             [](HouseRule& r) {
               r.wanted.checks = {"dmarc=fail", "spf=none"};
             },
             ""},
        Held{"all_checks",
             [](HouseRule& r) {
               r.wanted.checks = {"dmarc=fail", "dkim=fail"};
             },
             "if.checks"},
        Held{"standing",
             [](HouseRule& r) {
               r.wanted.standings = {"warned", "breached"};
             },
             ""},
        Held{"other_standing", [](HouseRule& r) { r.wanted.standings = {"breached"}; }, "if.standings"},
        Held{"closed_now",
             [](HouseRule& r) {
               r.wanted.calendar = "office";
               r.wanted.hours = "closed";
             },
             ""},
        Held{"not_open",
             [](HouseRule& r) {
               r.wanted.calendar = "office";
               r.wanted.hours = "open";
             },
             "if.hours"},
        Held{"vip", [](HouseRule& r) { r.wanted.vip = "yes"; }, ""},
        Held{"no_vip_wanted", [](HouseRule& r) { r.wanted.vip = "no"; }, "if.vip"},
        Held{"files", [](HouseRule& r) { r.wanted.files = "yes"; }, "if.files"},
        Held{"assigned", [](HouseRule& r) { r.wanted.assigned = "yes"; }, ""},
        Held{"unassigned", [](HouseRule& r) { r.wanted.assigned = "no"; }, "if.assigned"},
        Held{"category", [](HouseRule& r) { r.wanted.categories = {"hardware/printer"}; }, ""},
        Held{"branch_of_a_category", [](HouseRule& r) { r.wanted.categories = {"hardware"}; }, ""},
        Held{"beginning_of_a_name_is_no_branch", [](HouseRule& r) { r.wanted.categories = {"hard"}; },
             "if.categories"},
        Held{"category_below", [](HouseRule& r) { r.wanted.categories = {"hardware/printer/toner"}; },
             "if.categories"},
        Held{"site_by_domain", [](HouseRule& r) { r.wanted.sites = {"mill"}; }, ""},
        Held{"other_site", [](HouseRule& r) { r.wanted.sites = {"harbour"}; }, "if.sites"},
        Held{"assignee",
             [](HouseRule& r) {
               r.wanted.assignees = {"sam", "kari"};
             },
             ""},
        Held{"other_assignee", [](HouseRule& r) { r.wanted.assignees = {"sam"}; }, "if.assignees"},
        Held{"organisation", [](HouseRule& r) { r.wanted.organisations = {"sjøbua as"}; }, ""},
        Held{"other_organisation", [](HouseRule& r) { r.wanted.organisations = {"sjøbua"}; },
             "if.organisations"}),
    [](auto const& row) { return std::string{row.param.name}; });

// ---- what happens ----------------------------------------------------------------------------------

TEST_F(HouseRules, ChangeTheTicketAndSaySoInTheTrail) {
  auto& rule = add("vip", {"opened"});
  rule.then.priority = "P1";
  rule.then.kind = "complaint";
  rule.then.tag = {"vip", "vip"};
  rule.then.status = "open";
  Plan const plan = opened();
  EXPECT_EQ(change<SetPriority>(plan)->priority, Priority::p1);
  EXPECT_EQ(change<SetKind>(plan)->kind, TicketKind::complaint);
  EXPECT_EQ(change<SetStatus>(plan)->status, Status::open);
  EXPECT_THAT(ruled(plan), ElementsAre("vip: priority P1, kind complaint, tag vip, status open"));
}

TEST_F(HouseRules, LaterOnesSeeWhatEarlierOnesDid) {
  add("first", {"opened"}).then.tag = {"a"};
  auto& second = add("second", {"opened"});
  second.wanted.tags = {"a"};
  second.then.tag = {"b"};
  second.last = true;
  add("third", {"opened"}).then.tag = {"c"};
  EXPECT_THAT(ruled(opened()), ElementsAre("first: tag a", "second: tag b"));
  EXPECT_THAT(firings, SizeIs(2)) << "the last one ends the walk";
}

TEST_F(HouseRules, WhatOneDoesBeginsNoOther) {
  add("opens", {"opened"}).then.status = "waiting";
  add("changes", {"changed"}).then.status = "open";
  EXPECT_THAT(ruled(opened()), ElementsAre("opens: status waiting"));
}

TEST_F(HouseRules, TheNoticeGoesToThoseWhoseItIsNow) {
  home.teams.push_back({"second line", {"sam"}});
  add("route", {"opened"}).then.team = "second line";
  Plan const plan = opened();
  EXPECT_THAT(told(plan, LetterKind::opened), ElementsAre("sam"));
  EXPECT_THAT(told(plan, LetterKind::assigned), IsEmpty());
  EXPECT_EQ(letters(plan, LetterKind::opened)[0].about, about_new);
  home.rules[0].then.assign = "kari";
  EXPECT_THAT(told(opened(), LetterKind::opened), ElementsAre("kari"));
}

TEST_F(HouseRules, FileUnderACategoryAndTakeTagsOff) {
  auto& rule = add("file", {"wrote"});
  rule.then.category = "hardware/printer";
  rule.then.untag = {"unsorted", "absent"};
  known.ticket = ticket_of_ola();
  known.ticket->tags = {"unsorted"};
  Plan const plan = opened();
  EXPECT_EQ(change<SetCategory>(plan)->path, "hardware/printer");
  EXPECT_EQ(change<RemoveTag>(plan)->tag, "unsorted");
  EXPECT_THAT(ruled(plan), ElementsAre("file: category hardware/printer, untag unsorted"))
      << "what is not there is not taken off";
}

TEST_F(HouseRules, ComeBeforeTheTeamsPolicy) {
  home.teams[0].assignment = Assignment::round_robin;
  home.teams.push_back({"second line", {"kari", "sam"}, "2", "", Assignment::round_robin});
  known.rota.last = {{"first line", "sam"}, {"second line", "kari"}};
  auto& rule = add("route", {"opened"});
  rule.wanted.assigned = "no";
  rule.then.team = "second line";
  rule.then.tell = {"assignee"};
  rule.then.follow_up = hours{1};
  Plan const plan = opened();
  EXPECT_EQ(plan.open->assignee, "sam");
  EXPECT_EQ(*change<SetTurn>(plan), (SetTurn{"second line", "sam"})) << "the first team's turn is not spent";
  EXPECT_EQ(std::count_if(plan.changes.begin(), plan.changes.end(),
                          [](Change const& one) { return std::holds_alternative<SetTurn>(one); }),
            1);
  EXPECT_THAT(told(plan, LetterKind::opened), ElementsAre("sam"));
  EXPECT_THAT(told(plan, LetterKind::happened), ElementsAre("sam")) << "whoever has it in the end";
  EXPECT_EQ(change<AddReminder>(plan)->reminder.agent, "sam");
  EXPECT_THAT(ruled(plan), ElementsAre(testing::StartsWith("route: team second line, tell sam, follow up")));
  home.rules[0].then.assign = "kari";
  Plan const named = opened();
  EXPECT_EQ(change<SetAssignee>(named)->handle, "kari") << "whom a rule names has it";
  EXPECT_EQ(change<SetTurn>(named), nullptr);
}

TEST_F(HouseRules, ATicketThatARulePassesOnIsGivenByTheNewTeamsPolicy) {
  home.teams.push_back({"second line", {"sam"}, "2", "", Assignment::least_loaded});
  add("pass on", {"wrote"}).then.team = "second line";
  known.ticket = ticket_of_ola();
  known.ticket->assignee = "kari";
  Plan const plan = opened();
  EXPECT_EQ(std::get<SetAssignee>(plan.changes.back()).handle, "sam");
  EXPECT_THAT(told(plan, LetterKind::wrote), ElementsAre("sam"));
  known.ticket->team = "second line";
  EXPECT_EQ(change<SetAssignee>(opened()), nullptr) << "nothing has changed, and Kari has it";
}

TEST_F(HouseRules, AChatsFirstLineIsToldOfOnceByTheGatheredLetter) {
  home.teams[0].assignment = Assignment::least_loaded;
  home.teams.push_back({"second line", {"sam"}});
  add("route", {"opened"}).then.team = "second line";
  Arrival line;
  line.place.mailbox = "support";
  line.what = ChatLine{"s1", "r1", "Hello?", "", "", "en"};
  Plan plan = plan_chat(line, known);
  EXPECT_EQ(plan.open->assignee, "") << "no plan names an agent before the rules";
  apply_rules(plan, line, known);
  EXPECT_EQ(change<SetTeam>(plan)->team, "second line");
  EXPECT_THAT(plan.letters, IsEmpty());
  home.rules.clear();
  plan = plan_chat(line, known);
  apply_rules(plan, line, known);
  EXPECT_EQ(plan.open->assignee, "kari") << "without rules the policy is asked all the same";
}

TEST_F(HouseRules, AnAgentsAnswerAndAChangeWriteOutsideToo) {
  for (auto const& [event, name] : {std::pair{"answered", "a"}, std::pair{"changed", "b"}}) {
    auto& rule = add(name, {event});
    rule.then.letter = std::string{"hello by "} + name;
    rule.then.ask = "help@example.com";
    rule.then.question = "Is the line down?";
  }
  known.ticket = ticket_of_ola();
  known.author.agent = &home.agents[1];
  Plan plan;
  plan.ticket = known.ticket->id;
  Message words;
  words.kind = MessageKind::outbound;
  plan.messages = {words};
  plan.changes = {SetStatus{Status::open}};
  apply_rules(plan, arrival_of(mail_from("sam@example.org", "Re: Printer", "Off.")), known);
  EXPECT_THAT(told(plan, LetterKind::rule), ElementsAre("ola@example.net", "ola@example.net"));
  EXPECT_THAT(told(plan, LetterKind::asked), ElementsAre("help@example.com", "help@example.com"));
  EXPECT_THAT(ruled(plan), ElementsAre("a: letter, ask help@example.com", "b: letter, ask help@example.com"));
}

TEST_F(HouseRules, AnAnswerIsOneOnceItHasLeft) {
  auto& rule = add("answered", {"answered"});
  rule.wanted.words = {"plug"};
  rule.then.tag = {"answered"};
  known.ticket = ticket_of_ola();
  known.author.agent = &home.agents[1];
  Arrival const arrival = arrival_of(mail_from("sam@example.org", "Re: Printer", "Pull the plug."));
  Message words;
  words.kind = MessageKind::outbound;
  words.reply = "Pull the plug.";
  for (MessageState const state : {MessageState::waiting, MessageState::withdrawn}) {
    words.state = state;
    Plan plan;
    plan.ticket = known.ticket->id;
    plan.messages = {words};
    EXPECT_EQ(apply_rules(plan, arrival, known).at(0).why_not, "when");
  }
  words.state = MessageState::said;
  Plan plan;
  plan.ticket = known.ticket->id;
  plan.said = {words};
  Arrival nobody;
  nobody.what = Unreadable{};
  EXPECT_THAT(apply_rules(plan, nobody, known), ElementsAre(Firing{"answered", "", {"tag answered"}}));
}

TEST_F(HouseRules, ALetterIsALineWhileTheVisitorsChatIsOpen) {
  auto& rule = add("hello", {"opened"});
  rule.then.letter = "somebody looks at it on Monday";
  known.visitor_present = true;
  Plan const plan = opened();
  ASSERT_EQ(plan.messages.size(), 2U);
  EXPECT_EQ(plan.messages.back().reply, "somebody looks at it on Monday");
  EXPECT_EQ(plan.messages.back().channel, Channel::chat);
  ASSERT_EQ(letters(plan, LetterKind::rule).size(), 1U);
  EXPECT_EQ(letters(plan, LetterKind::rule).front().state, LetterState::unread);
  EXPECT_EQ(letters(plan, LetterKind::rule).front().about, about_last);
  EXPECT_THAT(ruled(plan), ElementsAre("hello: letter, in the chat"));
}

TEST_F(HouseRules, LettersGoOutsideOnlyWhereAMachineMayWrite) {
  auto& rule = add("hello", {"opened"});
  rule.then.letter = "somebody looks at it on Monday";
  rule.then.ask = "help@example.com";
  rule.then.question = "Is the line down?";
  Plan const plan = opened();
  EXPECT_THAT(told(plan, LetterKind::rule), ElementsAre("ola@example.net"));
  EXPECT_THAT(told(plan, LetterKind::asked), ElementsAre("help@example.com"));
  Mail list = mail_from("ola@example.net", "News", "Read this.");
  list.kind = MailKind::list;
  Plan const machine = opened(list);
  EXPECT_THAT(told(machine, LetterKind::rule), IsEmpty());
  EXPECT_THAT(told(machine, LetterKind::asked), IsEmpty());
  EXPECT_THAT(ruled(machine), ElementsAre("hello: nothing written: a machine may not write to them"));
  known.automatic_sent = home.automatic_budget;
  EXPECT_THAT(told(opened(), LetterKind::rule), IsEmpty());
}

TEST_F(HouseRules, ImportedMailGetsNoLettersAtAll) {
  auto& rule = add("hello", {"opened"});
  rule.then.tell = {"team"};
  rule.then.team = "first line";
  rule.then.letter = "hello";
  rule.then.tag = {"old"};
  Arrival arrival = arrival_of(mail_from("ola@example.net", "Printer", "It smokes."));
  arrival.quiet = true;
  Plan plan = plan_arrival(arrival, known);
  apply_rules(plan, arrival, known);
  EXPECT_THAT(plan.letters, IsEmpty());
  EXPECT_NE(change<AddTag>(plan), nullptr);
}

TEST_F(HouseRules, NotesTellingAndFollowUps) {
  auto& rule = add("care", {"wrote"});
  rule.then.note = "Be kind.";
  rule.then.tell = {"sam", "assignee"};
  rule.then.say = "they wrote again";
  rule.then.follow_up = hours{4};
  known.ticket = ticket_of_ola();
  known.ticket->assignee = "kari";
  Plan const plan = opened();
  ASSERT_THAT(plan.messages, SizeIs(2));
  EXPECT_EQ(plan.messages[1].kind, MessageKind::note);
  EXPECT_EQ(plan.messages[1].reply, "Be kind.");
  EXPECT_THAT(told(plan, LetterKind::happened), ElementsAre("sam", "kari"));
  EXPECT_EQ(letters(plan, LetterKind::happened)[0].lines, std::vector<std::string>{"they wrote again"});
  EXPECT_EQ(change<AddReminder>(plan)->reminder,
            (Reminder{ReminderId{}, TicketId{42}, "kari", noon() + hours{4}, "they wrote again"}));
}

TEST_F(HouseRules, NothingIsRuledTwiceOrWhereNothingWasDone) {
  add("any", {"opened", "wrote", "changed"}).then.tag = {"x"};
  Plan duplicate;
  duplicate.duplicate = true;
  Plan refused;
  refused.refused_agent = true;
  known.ticket = ticket_of_ola();
  for (Plan* plan : {&duplicate, &refused}) {
    apply_rules(*plan, arrival_of(mail_from("ola@example.net", "x", "y")), known);
    EXPECT_THAT(plan->changes, IsEmpty());
  }
}

}  // namespace
}  // namespace spoc::desk
