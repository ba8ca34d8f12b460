// SPDX-License-Identifier: GPL-3.0-or-later
// An agent's numbered list: when it comes, what stands in it, and what the answer to it means.
#include "desk/digest.hpp"

#include "desk/phrase.hpp"
#include "tests/desk/house.hpp"
#include "tests/desk/oslo.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace spoc::desk {
namespace {

using namespace tests;
using std::chrono::hours;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// ---- when ----------------------------------------------------------------------------------------

/// `had`: the days whose list was written. `due`: the day that is due now, "" for none; `next`: when to look
/// again. Times are UTC.
struct TurnRow {
  std::string name, desk, agent, zone, now, had, due, next;
};
void PrintTo(TurnRow const& row, std::ostream* out) { *out << row.name; }
class DigestTurns : public testing::TestWithParam<TurnRow> {};

TEST_P(DigestTurns, ComeOnceADay) {
  TurnRow const& row = GetParam();
  House home = tests::house();
  home.zones = {{"UTC", {}}, {"Europe/Oslo", oslo()}};
  home.digest = row.desk;
  home.calendars = {office()};
  home.teams = {{"first line",
                 {"kari", "sam"},
                 "1",
                 "",
                 Assignment::manual,
                 {},
                 {},
                 {},
                 row.zone == "calendar" ? "office" : ""}};
  Agent& sam = home.agents.at(1);
  sam.digest = row.agent;
  if (row.zone != "calendar") sam.time_zone = row.zone;
  DigestTurn const turn = digest_turn(
      home, sam, at(row.now), [&](std::string const& day) { return row.had.find(day) != std::string::npos; });
  EXPECT_EQ(turn.day, row.due);
  EXPECT_EQ(turn.next ? iso(*turn.next).substr(0, 16) : "", row.next);
}

INSTANTIATE_TEST_SUITE_P(
    Table, DigestTurns,
    testing::Values(
        // 2026-03-02 is a Monday.
        TurnRow{"NobodyAsked", "", "", "", "2026-03-02 12:00", "", "", ""},
        TurnRow{"OffForOne", "07:30", "off", "", "2026-03-02 12:00", "", "", ""},
        TurnRow{"OnlyForOne", "", "07:30", "", "2026-03-02 07:00", "", "", "2026-03-02T07:30"},
        TurnRow{"Early", "07:30", "", "", "2026-03-02 07:29", "", "", "2026-03-02T07:30"},
        TurnRow{"OnTheMinute", "07:30", "", "", "2026-03-02 07:30", "", "2026-03-02", "2026-03-03T07:30"},
        TurnRow{"HadIt", "07:30", "", "", "2026-03-02 07:31", "2026-03-02", "", "2026-03-03T07:30"},
        TurnRow{"LateAfterAStandstill", "07:30", "", "", "2026-03-02 13:29", "", "2026-03-02",
                "2026-03-03T07:30"},
        TurnRow{"TooLate", "07:30", "", "", "2026-03-02 13:30", "", "", "2026-03-03T07:30"},
        TurnRow{"AtNightForTheDayBefore", "23:50", "", "", "2026-03-03 00:10", "", "2026-03-02",
                "2026-03-03T23:50"},
        TurnRow{"ClockWentBack", "07:30", "", "", "2026-03-02 06:00", "2026-03-02", "", "2026-03-02T07:30"},
        TurnRow{"ClockWentBackWithinTheDay", "07:30", "", "", "2026-03-02 07:30", "2026-03-02", "",
                "2026-03-03T07:30"},
        TurnRow{"ClockHadGoneFarAhead", "07:30", "", "", "2026-03-02 07:30", "2030-01-01", "2026-03-02",
                "2026-03-03T07:30"},
        TurnRow{"Weekend", "07:30", "", "", "2026-03-07 08:00", "", "", "2026-03-09T07:30"},
        TurnRow{"SaturdayToo", "Mon-Sat 07:30", "", "", "2026-03-07 08:00", "", "2026-03-07",
                "2026-03-09T07:30"},
        TurnRow{"InTheAgentsZone", "07:30", "", "Europe/Oslo", "2026-03-02 06:30", "", "2026-03-02",
                "2026-03-03T06:30"},
        TurnRow{"SummerTimeBegins", "Mon-Sun 07:30", "", "Europe/Oslo", "2026-03-28 06:30", "", "2026-03-28",
                "2026-03-29T05:30"},
        TurnRow{"AtAnHourThatIsLeftOut", "Mon-Sun 02:30", "", "Europe/Oslo", "2026-03-28 23:00", "", "",
                "2026-03-29T01:00"},
        TurnRow{"InTheTeamsCalendar", "07:30", "", "calendar", "2026-03-02 06:30", "", "2026-03-02",
                "2026-03-03T06:30"},
        TurnRow{"HolidayOfTheTeam", "07:30", "", "calendar", "2026-04-03 05:30", "", "", "2026-04-06T05:30"},
        TurnRow{"MistypedIsOff", "half past", "", "", "2026-03-02 12:00", "", "", ""}),
    [](auto const& row) { return row.param.name; });

TEST(DigestTimes, AreReadOrRefused) {
  for (char const* good : {"", "off", "07:30", "Mon-Fri 07:30", "Mon,Wed 16:00", "Sun 00:00"})
    EXPECT_TRUE(read_digest_times(good)) << good;
  for (char const* bad : {"7", "25:00", "Mon-Fri", "07:30-08:00", "noon", "24:00", "07:30 15:00"})
    EXPECT_FALSE(read_digest_times(bad)) << bad;
}

// ---- what ----------------------------------------------------------------------------------------

Queued queued(int number, std::string assignee, std::string_view due, Priority priority = Priority::p3) {
  Queued out;
  out.ticket = ticket_of_ola();
  out.ticket.id = TicketId{number};
  out.ticket.assignee = std::move(assignee);
  out.ticket.priority = priority;
  if (due.empty()) return out;
  Due one;
  one.target = Target::resolution;
  one.due = at(due);
  one.standing = *one.due <= noon() ? Standing::breached : Standing::ok;
  out.dues = {one};
  return out;
}

std::vector<int> numbers(Digest const& digest) {
  std::vector<int> out;
  for (DigestItem const& one : digest.items) out.push_back(static_cast<int>(number(one.ticket)));
  return out;
}

TEST(MakeDigest, OwnFirstThenOverdueThenDueThenPriority) {
  House const home = house();
  Digest const digest =
      make_digest(home.agents.at(1), "2026-03-02",
                  {queued(1, "", "2026-03-02 10:00"), queued(2, "sam", ""),
                   queued(3, "sam", "", Priority::p1), queued(4, "sam", "2026-03-03 12:00"),
                   queued(5, "sam", "2026-03-02 11:00"), queued(6, "sam", "2026-03-02 13:00")},
                  noon());
  EXPECT_THAT(numbers(digest), ElementsAre(5, 6, 4, 3, 2, 1));
  EXPECT_EQ(in_english(digest.items.at(0).due), "solution: overdue since 2026-03-02T11:00:00Z");
  EXPECT_EQ(digest.items.at(4).due, "");
  EXPECT_EQ(digest.mailbox, "support");
}

TEST(MakeDigest, LeavesOutWhatIsTooMuchAndSaysSo) {
  std::vector<Queued> many;
  for (int i = 1; i <= 75; ++i) many.push_back(queued(i, "sam", ""));
  Digest const digest = make_digest(house().agents.at(1), "2026-03-02", many, noon());
  EXPECT_EQ(digest.items.size(), 60U);
  EXPECT_EQ(digest.left_out, 15);
}

TEST(MakeDigest, OnlyOnesTeamIsFreeToTake) {
  House home = house();
  home.teams = {{"first line", {"sam"}}, {"network", {"kari"}}};
  Known known = known_in(home);
  Queued one = queued(42, "", "2026-03-02 13:00");
  EXPECT_TRUE(is_free_for(home.agents.at(1), one, known));
  EXPECT_FALSE(is_free_for(home.agents.at(0), one, known));
  one.ticket.assignee = "kari";
  EXPECT_FALSE(is_free_for(home.agents.at(1), one, known));
}

TEST(MakeDigest, WhatIsDueWithAColleagueWhoIsAwayIsFreeToTake) {
  House home = house();
  Known known = known_in(home);
  Agent const& sam = home.agents.at(1);
  Queued const soon = queued(1, "kari", "2026-03-03 11:00");
  EXPECT_FALSE(is_free_for(sam, soon, known)) << "she is there";
  known.presences["kari"] = {Whereabouts::away, noon() + std::chrono::days{7}, false};
  EXPECT_TRUE(is_free_for(sam, soon, known));
  EXPECT_TRUE(is_free_for(sam, queued(2, "kari", "2026-03-02 09:00"), known)) << "overdue";
  EXPECT_FALSE(is_free_for(sam, queued(3, "kari", "2026-03-05 11:00"), known))
      << "not before tomorrow's list";
  EXPECT_FALSE(is_free_for(sam, queued(4, "kari", ""), known)) << "nothing is due";
  EXPECT_FALSE(is_free_for(home.agents.at(0), soon, known)) << "it is her own";
  home.teams = {{"first line", {"kari"}}};
  EXPECT_FALSE(is_free_for(sam, soon, known)) << "another team's";
}

TEST(PlanDigest, WritesNothingWhereThereIsNothing) {
  House const home = house();
  Digest digest = make_digest(home.agents.at(1), "2026-03-02", {}, noon());
  EXPECT_THAT(plan_digest(digest, known_in(home)).letters, IsEmpty());
}

// ---- the orders ------------------------------------------------------------------------------------

/// "3: close, tag vip | 5: take" of what was read, or "!" and the first fault.
std::string orders_told(DigestOrders const& orders) {
  if (!orders.faults.empty()) return "! " + in_english(orders.faults.front());
  std::string out;
  for (DigestOrder const& one : orders.orders) {
    out += (out.empty() ? "" : " | ") + std::to_string(one.number) + ":";
    for (Command const& command : one.block.commands) {
      for (CommandRow const& row : command_table())
        if (row.verb == command.verb) out += " " + std::string{row.word};
      if (!command.argument.empty()) out += "=" + command.argument;
    }
    if (!one.block.words.empty()) out += " \"" + one.block.words + "\"";
  }
  return out + (orders.words.empty() ? "" : " & " + orders.words);
}

struct OrderRow {
  std::string name, reply, read;
};
void PrintTo(OrderRow const& row, std::ostream* out) { *out << row.reply; }
class DigestReplies : public testing::TestWithParam<OrderRow> {};

TEST_P(DigestReplies, AreRead) { EXPECT_EQ(orders_told(read_orders(GetParam().reply, 9)), GetParam().read); }

INSTANTIATE_TEST_SUITE_P(
    Table, DigestReplies,
    testing::Values(
        OrderRow{"AsInTheBook", "3 close, 5 mine, 7 /use 1", "3: close | 5: take | 7: use=1"},
        OrderRow{"Lines", "3 close\n5 mine\n\n7 /use 1\n", "3: close | 5: take | 7: use=1"},
        OrderRow{"Semicolons", "3 close; 5 mine", "3: close | 5: take"},
        OrderRow{"Slashes", "3 /close, 5 /take", "3: close | 5: take"},
        OrderRow{"Norwegian", "3 lukk, 5 min, 7 bruk 1", "3: close | 5: take | 7: use=1"},
        OrderRow{"SimplifiedChinese", "3 关闭，5 我的，7 使用 1", "3: close | 5: take | 7: use=1"},
        OrderRow{"TraditionalChinese", "3 關閉、5 ／接手", "3: close | 5: take"},
        OrderRow{"Capitals", "3 Close, 5 MINE", "3: close | 5: take"},
        OrderRow{"Range", "2-4 mine", "2: take | 3: take | 4: take"},
        OrderRow{"RangeWithADashOfAPhone", "2–3 mine", "2: take | 3: take"},
        OrderRow{"List", "2, 4 close", "2: close | 4: close"},
        OrderRow{"ListWithoutCommas", "2 4 close", "2: close | 4: close"},
        OrderRow{"ListAndRange", "1, 3-4 close, 5 mine", "1: close | 3: close | 4: close | 5: take"},
        OrderRow{"AsLists", "3. close\n5) mine\n7: wait", "3: close | 5: take | 7: wait"},
        OrderRow{"Hash", "#3 close", "3: close"},
        OrderRow{"TwoForOne", "3 tag vip, 5 mine, 3 close", "3: tag=vip close | 5: take"},
        OrderRow{"WordsOfAReason", "7 escalate no paper, no toner", "7: escalate=no paper, no toner"},
        OrderRow{"Note", "4 note He was not there.", "4: note \"He was not there.\""},
        OrderRow{"WordsBelow", "3 close\n\nThank you!\nSam", "3: close & Thank you!\nSam"},
        OrderRow{"NumbersBelowWords", "3 close\nRegards\n5 mine", "3: close & Regards\n5 mine"},
        OrderRow{"UnknownWord", "3 close, 5 clsoe", "! \"/clsoe\" is not a command; did you mean /close?"},
        OrderRow{"NoSuchNumber", "3 close, 12 mine", "! there is no number 12 in that list: it has 9"},
        OrderRow{"NumberZero", "0 close", "! there is no number 0 in that list: it has 9"},
        OrderRow{"HugeNumber", "99999999999999999999 close",
                 "! there is no number 99999999999999999999 in that list: it has 9"},
        OrderRow{"BackwardRange", "4-2 close", "! 4-2 is no range of numbers"},
        OrderRow{"RangeTooFar", "8-11 close", "! there is no number 11 in that list: it has 9"},
        OrderRow{"NumberAlone", "3 close, 5", "! number 5 stands there without a command"},
        OrderRow{"WrongArgument", "3 priority P9", "! /priority takes P1, P2, P3 or P4, not \"P9\""},
        OrderRow{"TooMuchBehind", "3 close now",
                 "! /close takes nothing behind it, but \"now\" stands there"},
        OrderRow{"QuotedItem", "1. #1042 Printer", "! there is no number 1042 in that list: it has 9"},
        OrderRow{"AboutTheAgent", "3 away",
                 "! \"away\" is not about a ticket: write it on top of an answer to any notice"},
        OrderRow{"OnlyWords", "Thanks!",
                 "! say what is to be done with which number, like \"3 close, 5 mine, 7 /use 1\""},
        OrderRow{"Nothing", "",
                 "! say what is to be done with which number, like \"3 close, 5 mine, 7 /use 1\""}),
    [](auto const& row) { return row.param.name; });

// ---- acting on them --------------------------------------------------------------------------------

class Orders : public testing::Test {
 protected:
  Orders() {
    home.teams.push_back({"network", {"kari"}});
    digest.id = DigestId{7};
    digest.agent = "sam";
    digest.day = "2026-03-01";
    digest.made = noon() - hours{24};
    item.ticket = TicketId{42};
    item.subject = "Printer";
    item.status = Status::open;
    item.team = "first line";
    known.ticket = ticket_of_ola();
    known.ticket->status = Status::open;
    known.author.address = {"Sam Example", "sam@example.org"};
    known.answering = digest.made;
    known.offered = {{"vpn", "VPN", "en", 0.9, true, false}};
    known.articles = {{"vpn", "VPN", "en", false, {}, "Restart it.", ""}};
  }
  Arrival answer(std::string const& words, std::string const& author = "sam@example.org") {
    Mail mail = mail_from(author, "Re: your tickets", words);
    mail.to = {{"", with_token("support@example.org", mint(digest.id, "sam@example.org", toy_sign))}};
    return arrival_of(mail);
  }
  DigestStep step(std::string const& words) {
    Arrival const arrival = answer("1 " + words);
    DigestOrders const orders = read_orders(arrival.mail()->reply, 1);
    EXPECT_THAT(orders.faults, IsEmpty());
    AgentClaim const claim = agent_claim(*arrival.mail(), home, toy_sign);
    EXPECT_THAT(claim.faults, IsEmpty());
    return plan_order(orders.orders.at(0), item, digest, claim, without_words(arrival), known);
  }
  static std::string said(std::vector<std::string> const& lines) {
    std::string out;
    for (std::string const& one : lines) out += in_english(one) + "\n";
    return out;
  }
  House home = house();
  Known known = known_in(home);
  Digest digest;
  DigestItem item;
};

TEST_F(Orders, TheTokenIsTheLists) {
  auto const token = read_token(mint(digest.id, "sam@example.org", toy_sign), toy_sign);
  ASSERT_TRUE(token);
  EXPECT_EQ(token->purpose, Purpose::digest);
  EXPECT_EQ(token->digest, digest.id);
  EXPECT_EQ(token->ticket, TicketId{});
}

TEST_F(Orders, AreCarriedOutAsAnyCommand) {
  DigestStep const done = step("close");
  EXPECT_THAT(done.faults, IsEmpty());
  ASSERT_TRUE(change<SetStatus>(done.plan));
  EXPECT_EQ(change<SetStatus>(done.plan)->status, Status::closed);
  EXPECT_EQ(letters(done.plan, LetterKind::closed).size(), 1U);
  EXPECT_THAT(letters(done.plan, LetterKind::receipt), IsEmpty()) << "one receipt for all numbers";
  EXPECT_TRUE(change<KeepUndo>(done.plan));
  EXPECT_TRUE(trailed(done.plan, "digest"));
}

TEST_F(Orders, AnArticleGoesOutWithoutTheMailsIdAndWords) {
  DigestStep const done = step("use 1");
  ASSERT_EQ(done.plan.messages.size(), 1U);
  Message const& sent = done.plan.messages.front();
  EXPECT_EQ(sent.kind, MessageKind::outbound);
  EXPECT_EQ(sent.message_id, "") << "one mail for many tickets must not make them one thread";
  EXPECT_THAT(sent.reply, HasSubstr("Restart it."));
  EXPECT_EQ(letters(done.plan, LetterKind::answer).size(), 1U);
}

TEST_F(Orders, ANoteStaysInside) {
  DigestStep const done = step("note He was not there.");
  ASSERT_EQ(done.plan.messages.size(), 1U);
  EXPECT_EQ(done.plan.messages.front().kind, MessageKind::note);
  EXPECT_EQ(done.plan.messages.front().reply, "He was not there.");
}

/// What has happened since the list was made, the order, and what the receipt says of it.
struct SinceRow {
  std::string name, order, refused;  ///< refused: "" where it is done
  std::function<void(Known&)> since;
};
void PrintTo(SinceRow const& row, std::ostream* out) { *out << row.name; }
class Since : public Orders, public testing::WithParamInterface<SinceRow> {};

TEST_P(Since, IsSaid) {
  GetParam().since(known);
  DigestStep const done = step(GetParam().order);
  if (GetParam().refused.empty()) {
    EXPECT_EQ(said(done.faults), "");
  } else {
    EXPECT_THAT(said(done.faults), HasSubstr(GetParam().refused));
    EXPECT_THAT(done.plan.changes, IsEmpty());
    EXPECT_THAT(done.plan.letters, IsEmpty());
    EXPECT_TRUE(trailed(done.plan, "refused"));
    EXPECT_THAT(said(done.faults), HasSubstr("support+" + std::to_string(number(known.ticket->id)) + ".ar."))
        << "the way to the ticket";
  }
}

void closed(Known& known) { known.ticket->status = Status::closed; }
void taken(Known& known) { known.ticket->assignee = "kari"; }
void mine(Known& known) { known.ticket->assignee = "sam"; }
void merged(Known& known) { known.ticket->id = TicketId{50}; }
void moved(Known& known) { known.ticket->team = "network"; }
void wrote(Known& known) {
  known.history.push_back({});
  known.history.back().kind = MessageKind::inbound;
  known.history.back().at = noon() - hours{1};
}
void answered(Known& known) { known.colleague = Answered{"kari", noon() - hours{1}}; }
void nothing(Known&) {}

TEST_F(Orders, AMailThatCameLateIsSaidWhateverItsTime) {
  known.history.push_back({});
  known.history.back().id = MessageId{9};
  known.history.back().kind = MessageKind::inbound;
  known.history.back().at = digest.made - hours{1};
  EXPECT_THAT(step("close").faults, IsEmpty()) << "of a list of before nobody knows but the time";
  digest.seen = MessageId{9};
  EXPECT_THAT(step("close").faults, IsEmpty());
  digest.seen = MessageId{8};
  EXPECT_THAT(said(step("close").faults), HasSubstr("the requester has written since"));
}

INSTANTIATE_TEST_SUITE_P(
    Table, Since,
    testing::Values(SinceRow{"Nothing", "close", "", nothing},
                    SinceRow{"Closed", "mine", "its status is closed since", closed},
                    SinceRow{"ClosedAndReopened", "reopen", "", closed},
                    SinceRow{"ClosedAndAsked", "status", "", closed},
                    SinceRow{"ClosedAnyway", "mine, 1 send anyway", "", closed},
                    SinceRow{"TakenByAColleague", "mine", "Kari Eksempel has it since", taken},
                    SinceRow{"TakenAnyway", "mine, 1 send anyway", "", taken},
                    SinceRow{"TakenByThemselves", "close", "", mine},
                    SinceRow{"Merged", "close", "it was merged into #50", merged},
                    SinceRow{"MergedAnyway", "close, 1 send anyway", "it was merged into #50", merged},
                    SinceRow{"WithAnotherTeam", "close", "it went to team network since", moved},
                    SinceRow{"WroteBeforeClosing", "close", "the requester has written since", wrote},
                    SinceRow{"WroteBeforeTaking", "mine", "", wrote},
                    SinceRow{"ColleagueAnswered", "use 1", "Kari Eksempel answered at", answered},
                    SinceRow{"ColleagueAnsweredAnyway", "use 1, 1 send anyway", "", answered},
                    SinceRow{"NoSuchArticle", "use 4", "there is no article 4 for this ticket", nothing},
                    SinceRow{"Contradiction", "close, 1 resolve", "only one of /close, /resolve", nothing}),
    [](auto const& row) { return row.param.name; });

TEST_F(Orders, AForgedAnswerIsRefusedToldAndPutAside) {
  Arrival const arrival = answer("1 close", "mallory@example.com");
  AgentClaim const claim = agent_claim(*arrival.mail(), home, toy_sign);
  ASSERT_FALSE(claim.faults.empty());
  Plan const plan = refuse_orders(digest, claim, claim.faults, arrival, known);
  EXPECT_TRUE(plan.refused_agent);
  EXPECT_FALSE(plan.alarm.empty());
  EXPECT_TRUE(plan.quarantine);
  ASSERT_EQ(plan.letters.size(), 1U);
  EXPECT_EQ(plan.letters.front().agent, "sam") << "to whom the token was issued";
  EXPECT_EQ(plan.letters.front().text, "1 close");
}

TEST_F(Orders, AColleagueMayNotUseAnothersNumbers) {
  Arrival const arrival = answer("1 close", "kari@example.org");
  AgentClaim const claim = agent_claim(*arrival.mail(), home, toy_sign);
  EXPECT_THAT(said(claim.faults), HasSubstr("was sent to Sam Example"));
}

TEST_F(Orders, TheReceiptStaysInTheListsThread) {
  Arrival const arrival = answer("1 close");
  AgentClaim const claim = agent_claim(*arrival.mail(), home, toy_sign);
  Plan const list = plan_digest({digest.id, "sam", "2026-03-01", "support", digest.made, {item}}, known);
  Plan const plan =
      plan_digest_receipt(digest, claim, {order_heading(1, item, true), "closed"}, "Thanks", arrival, known);
  ASSERT_EQ(plan.letters.size(), 1U);
  EXPECT_EQ(plan.letters.front().references.at(0), list.letters.at(0).message_id);
  EXPECT_EQ(plan.letters.front().token, list.letters.at(0).token);
  EXPECT_EQ(plan.letters.front().text, "Thanks");
}

}  // namespace
}  // namespace spoc::desk
