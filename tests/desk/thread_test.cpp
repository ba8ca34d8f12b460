// SPDX-License-Identifier: GPL-3.0-or-later
// Base subjects, what a mail offers to the rules, and which rule wins.
#include "desk/thread.hpp"

#include "tests/desk/house.hpp"

#include <gtest/gtest.h>

namespace spoc::desk {
namespace {

using tests::toy_sign;

struct SubjectRow {
  std::string name, given, base;
  bool reply;
};
void PrintTo(SubjectRow const& row, std::ostream* out) { *out << row.given; }
class Subjects : public testing::TestWithParam<SubjectRow> {};

TEST_P(Subjects, AreReducedToTheirBase) {
  BaseSubject const base = base_subject(GetParam().given);
  EXPECT_EQ(base.text, GetParam().base);
  EXPECT_EQ(base.reply_prefix, GetParam().reply);
}

INSTANTIATE_TEST_SUITE_P(Table, Subjects,
                         testing::Values(SubjectRow{"Plain", "Printer  is dead ", "printer is dead", false},
                                         SubjectRow{"English", "Re: Printer", "printer", true},
                                         SubjectRow{"Norwegian", "SV: Skriver", "skriver", true},
                                         SubjectRow{"German", "AW: Drucker", "drucker", true},
                                         SubjectRow{"Counted", "Re[2]: Printer", "printer", true},
                                         SubjectRow{"Simplified", "回复：打印机", "打印机", true},
                                         SubjectRow{"SimplifiedAnswer", "答复: 打印机", "打印机", true},
                                         SubjectRow{"Traditional", "回覆: 印表機", "印表機", true},
                                         SubjectRow{"WideColon", "RE：Printer", "printer", true},
                                         SubjectRow{"Stacked", "Re: SV: RE: Fwd: Printer", "printer", true},
                                         SubjectRow{"ForwardIsNoReply", "Fwd: Printer", "printer", false},
                                         SubjectRow{"ForwardChinese", "转发：打印机", "打印机", false},
                                         SubjectRow{"OurNumber", "Re: Printer [#1042]", "printer", true},
                                         SubjectRow{"OurNumberFirst", "[#1042] Printer", "printer", false},
                                         SubjectRow{"ListTag", "[announce] Re: Printer", "printer", true},
                                         SubjectRow{"WordWithR", "Report: printer", "report: printer", false},
                                         SubjectRow{"OnlyPrefix", "Re:", "", true},
                                         SubjectRow{"Empty", "", "", false}),
                         [](auto const& row) { return row.param.name; });

TEST(Traits, CollectIdsFromTheNewestOn) {
  Mail mail = tests::mail_from("ola@example.net", "Re: x [#42]", "words");
  mail.in_reply_to = {"c@x"};
  mail.references = {"a@x", "b@x", "c@x"};
  Traits const traits = traits_of(mail, toy_sign);
  EXPECT_EQ(traits.ids, (std::vector<std::string>{"c@x", "b@x", "a@x"}));
  EXPECT_EQ(traits.numbers, (std::vector<TicketId>{TicketId{42}}));
  EXPECT_EQ(traits.authors, (std::vector<std::string>{"ola@example.net"}));
}

TEST(Traits, FindTokensInRecipientsReferencesAndBody) {
  std::string const first = mint(TicketId{1}, Role::requester, Purpose::reply, "ola@example.net", toy_sign);
  std::string const second = mint(TicketId{2}, Role::requester, Purpose::reply, "ola@example.net", toy_sign);
  std::string const third = mint(TicketId{3}, Role::requester, Purpose::reply, "ola@example.net", toy_sign);
  Mail mail = tests::mail_from("ola@example.net", "x", "> Ref: " + third);
  mail.references = {mint_message_id(second, "c", "example.org", toy_sign)};
  mail.delivered_to = {with_token("support@example.org", first)};
  Traits const traits = traits_of(mail, toy_sign);
  ASSERT_EQ(traits.tokens.size(), 2U);
  EXPECT_EQ(traits.tokens[0].ticket, TicketId{1});
  EXPECT_EQ(traits.tokens[1].ticket, TicketId{2});
  ASSERT_EQ(traits.body_tokens.size(), 1U);
  EXPECT_EQ(traits.body_tokens[0].ticket, TicketId{3});
}

struct PickRow {
  std::string name;
  std::vector<Clue> clues;
  std::vector<std::string> disabled;
  Rule rule;
  std::int64_t ticket;   // 0: a new one
  std::int64_t related;  // 0: none
};
void PrintTo(PickRow const& row, std::ostream* out) { *out << row.name; }
class Picks : public testing::TestWithParam<PickRow> {};

TEST_P(Picks, TheFirstRuleThatHolds) {
  PickRow const& row = GetParam();
  Match const match = pick(row.clues, row.disabled);
  EXPECT_EQ(match.rule, row.rule);
  EXPECT_EQ(match.ticket ? number(*match.ticket) : 0, row.ticket);
  EXPECT_EQ(match.related ? number(*match.related) : 0, row.related);
  EXPECT_FALSE(match.reasons.empty());
}

Clue clue(Rule rule, std::int64_t ticket, bool participant) {
  return {rule, TicketId{ticket}, participant, "evidence"};
}

INSTANTIATE_TEST_SUITE_P(
    Table, Picks,
    testing::Values(
        PickRow{"NothingKnown", {}, {}, Rule::fresh, 0, 0},
        PickRow{"TokenBeatsReference",
                {clue(Rule::reference, 2, true), clue(Rule::token, 1, true)},
                {},
                Rule::token,
                1,
                0},
        PickRow{"ReferenceOfParticipant", {clue(Rule::reference, 2, true)}, {}, Rule::reference, 2, 0},
        PickRow{"StrangersReference", {clue(Rule::reference, 2, false)}, {}, Rule::fresh, 0, 2},
        PickRow{"StrangersNumber", {clue(Rule::subject_number, 3, false)}, {}, Rule::fresh, 0, 3},
        PickRow{"ParticipantsNumber", {clue(Rule::subject_number, 3, true)}, {}, Rule::subject_number, 3, 0},
        PickRow{"StrangersSibling", {clue(Rule::sibling, 4, false)}, {}, Rule::fresh, 0, 4},
        PickRow{"Sibling", {clue(Rule::sibling, 4, true)}, {}, Rule::sibling, 4, 0},
        PickRow{"SiblingAfterStrangersReference",
                {clue(Rule::reference, 2, false), clue(Rule::sibling, 4, true)},
                {},
                Rule::sibling,
                4,
                0},
        PickRow{"SecondReferenceHolds",
                {clue(Rule::reference, 2, false), clue(Rule::reference, 5, true)},
                {},
                Rule::reference,
                5,
                0},
        PickRow{"SameSubject", {clue(Rule::same_subject, 6, true)}, {}, Rule::same_subject, 6, 0},
        PickRow{"StrangersSubject", {clue(Rule::same_subject, 6, false)}, {}, Rule::fresh, 0, 6},
        PickRow{"SwitchedOff", {clue(Rule::same_subject, 6, true)}, {"same-subject"}, Rule::fresh, 0, 0},
        PickRow{"SwitchedOffFallsThrough",
                {clue(Rule::token, 1, true), clue(Rule::body_token, 2, true)},
                {"token"},
                Rule::body_token,
                2,
                0}),
    [](auto const& row) { return row.param.name; });

TEST(Rules, HaveNamesThatComeBack) {
  for (Rule rule : {Rule::token, Rule::reference, Rule::body_token, Rule::subject_number, Rule::sibling,
                    Rule::same_subject, Rule::fresh})
    EXPECT_EQ(rule_named(name(rule)), rule);
  EXPECT_FALSE(rule_named("guess"));
}

}  // namespace
}  // namespace spoc::desk
