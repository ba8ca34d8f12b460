// SPDX-License-Identifier: GPL-3.0-or-later
// Numbered lists over a real database: once a day across restarts and clocks that jump, and their answers.
#include "store/digests.hpp"
#include "store/presence.hpp"
#include "tests/daemon/desk_room.hpp"

#include "desk/phrase.hpp"

namespace spoc::daemon {
namespace {

using desk::LetterKind;
using desk::Status;
using std::chrono::hours;
using std::chrono::minutes;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using tests::Sketch;

class DigestDesk : public tests::DeskRoom {
 protected:
  DigestDesk() {
    house.digest = "Mon-Sun 13:00";
    house.mail_budget = 0;
    house.undo_delay = {};
  }

  desk::TicketId opened(std::string const& id) {
    return receive(Sketch{.subject = "Matter " + id, .id = id + "@example.net"}).ticket;
  }
  std::optional<desk::Time> tick() {
    auto const next = front.tick();
    EXPECT_TRUE(next) << next.error().what;
    return next ? *next : std::nullopt;
  }
  std::size_t lists() { return letters(LetterKind::digest).size(); }
  /// At 13:00, with three tickets of which the first is Sam's.
  desk::Letter list_of_three() {
    first = opened("a"), second = opened("b"), third = opened("c");
    receive(answer_by("sam", first, "/take"));
    now += hours{1};
    tick();
    return letter_to("sam", LetterKind::digest);
  }
  Sketch orders(desk::Letter const& list, std::string const& words) {
    return {.from = "sam@example.org",
            .to = desk::with_token("support@example.org", list.token),
            .subject = "Re: your tickets",
            .text = words,
            .id = "orders" + std::to_string(uid) + "@agents.example",
            .references = {list.message_id}};
  }
  std::string receipt() {
    auto const all = letters(LetterKind::digest_receipt);
    if (all.empty()) return "";
    auto const newest =
        std::max_element(all.begin(), all.end(), [](auto const& a, auto const& b) { return a.id < b.id; });
    std::string out;
    for (std::string const& line : newest->lines) out += desk::in_english(line) + "\n";
    return out + (newest->text.empty() ? "" : "& " + newest->text);
  }

  desk::TicketId first{}, second{}, third{};
};

TEST_F(DigestDesk, WhatSomebodyHadWhoIsNoAgentAnyMoreIsNobodys) {
  first = opened("a");
  receive(answer_by("kari", first, "/take"));
  std::erase_if(house.agents, [](desk::Agent const& one) { return one.handle == "kari"; });
  std::erase(house.teams[0].members, "kari");
  now += hours{1};
  tick();
  receive(orders(letter_to("sam", LetterKind::digest), "1 take"));
  EXPECT_EQ(ticket(first).assignee, "sam");
}

TEST_F(DigestDesk, ComesOnceADayToEachAgent) {
  opened("a");
  EXPECT_EQ(tick(), now + hours{1});
  EXPECT_EQ(lists(), 0U);
  now += hours{1};
  EXPECT_EQ(tick(), now + hours{24});
  EXPECT_EQ(lists(), 2U) << "Kari and Sam";
  now += minutes{1};
  tick();
  FrontDesk anew{db, house, desk::tests::toy_sign, surroundings()};
  ASSERT_TRUE(anew.tick());
  EXPECT_EQ(lists(), 2U) << "a restart begins no day anew";
  now -= hours{2};
  tick();
  now += hours{2};
  tick();
  EXPECT_EQ(lists(), 2U) << "nor does a clock that goes back";
  now += hours{24 * 365};
  tick();
  now -= hours{24 * 365};
  tick();
  now += hours{24};
  tick();
  EXPECT_EQ(lists(), 6U) << "nor does one that was far ahead keep the next day's from coming";
}

TEST_F(DigestDesk, WhatIsDueWithAColleagueWhoIsOutIsListedAndCanBeTaken) {
  first = opened("a"), second = opened("b");
  receive(answer_by("kari", first, "/take\n/due 3h"));
  receive(answer_by("kari", second, "/take"));
  receive(answer_by("kari", first, "/out"));
  now += hours{1};
  tick();
  desk::Letter const list = letter_to("sam", LetterKind::digest);
  receive(orders(list, "2 mine"));
  EXPECT_EQ(ticket(second).assignee, "kari") << "nothing is due: it is not in the list";
  receive(orders(list, "1 mine"));
  EXPECT_EQ(ticket(first).assignee, "sam");
}

TEST_F(DigestDesk, AVacationNoteInAnswerToItSaysThatTheAgentIsAway) {
  desk::Letter const list = list_of_three();
  Sketch note = orders(list, "I am away until Monday.\n1 close");
  note.extra = "Auto-Submitted: auto-replied\r\n";
  receive(note);
  EXPECT_EQ(ticket(first).status, Status::fresh);
  EXPECT_EQ(receipt(), "");
  auto const presences = ask([](store::Tx& tx) { return store::presences(tx); });
  EXPECT_TRUE(desk::is_absent(presences, "sam", now));
  desk::Letter const offered = letter_to("kari", LetterKind::happened);
  ASSERT_THAT(offered.lines, SizeIs(2));
  EXPECT_THAT(desk::in_english(offered.lines[0]), HasSubstr("vacation note"));
  note.from = "mallory@example.com";
  receive(note);
  EXPECT_EQ(receipt(), "") << "a machine is not answered, whoever it says it is";
}

TEST_F(DigestDesk, AnEmptyQueueSendsNothingEvenIfSomethingComesLaterThatDay) {
  now += hours{1};
  tick();
  opened("a");
  now += hours{1};
  tick();
  EXPECT_EQ(lists(), 0U);
  now += hours{23};
  tick();
  EXPECT_EQ(lists(), 2U);
}

TEST_F(DigestDesk, WhoIsAwayGetsNone) {
  auto const id = opened("a");
  receive(answer_by("sam", id, "/away until 2026-03-10"));
  now += hours{1};
  tick();
  ASSERT_EQ(lists(), 1U);
  EXPECT_EQ(letters(LetterKind::digest).at(0).agent, "kari");
}

TEST_F(DigestDesk, ListsOwnTicketsThenThoseThatAreFree) {
  auto const list = list_of_three();
  auto const kept = ask([&](store::Tx& tx) { return store::find_digest(tx, desk::DigestId{1}); });
  auto const mine = ask([&](store::Tx& tx) { return store::find_digest(tx, desk::DigestId{2}); });
  ASSERT_TRUE(kept && mine);
  EXPECT_EQ(kept->agent, "kari");
  EXPECT_THAT(kept->items, SizeIs(2)) << "Sam's is not hers to take";
  ASSERT_THAT(mine->items, SizeIs(3));
  EXPECT_EQ(mine->items.at(0).ticket, first);
  EXPECT_EQ(mine->items.at(0).assignee, "sam");
  EXPECT_EQ(list.ticket, desk::TicketId{});
}

TEST_F(DigestDesk, TheAnswerActsOnEachNumberAndOneReceiptSaysSo) {
  auto const list = list_of_three();
  rung.clear();
  receive(orders(list, "1 close, 2-3 mine\n\nThanks!"));
  EXPECT_EQ(ticket(first).status, Status::closed);
  EXPECT_EQ(ticket(second).assignee, "sam");
  EXPECT_EQ(ticket(third).assignee, "sam");
  EXPECT_EQ(letters(LetterKind::closed, first).size(), 1U);
  EXPECT_THAT(receipt(), HasSubstr("1. #1001 Matter a\nclosed\n"));
  EXPECT_THAT(receipt(), HasSubstr("3. #1003 Matter c\nassigned to Sam Example\n"));
  EXPECT_THAT(receipt(), HasSubstr("& Thanks!"));
  EXPECT_THAT(messages(first), SizeIs(1)) << "the words went to nobody";
  EXPECT_THAT(rung, SizeIs(4)) << "the mail, and each ticket";
}

TEST_F(DigestDesk, NumbersMeanTheSameDaysLater) {
  auto const list = list_of_three();
  receive(answer_by("kari", second, "/take"));
  receive(answer_by("sam", first, "/close"));
  now += hours{72};
  tick();
  receive(orders(list, "1 mine, 2 mine, 3 mine"));
  EXPECT_THAT(receipt(), HasSubstr("1. #1001 Matter a: nothing was done\nits status is closed since"));
  EXPECT_THAT(receipt(), HasSubstr("2. #1002 Matter b: nothing was done\nKari Eksempel has it since"));
  EXPECT_THAT(receipt(), HasSubstr("3. #1003 Matter c\nassigned to Sam Example"));
  EXPECT_EQ(ticket(second).assignee, "kari");
  EXPECT_EQ(ticket(third).assignee, "sam");
}

TEST_F(DigestDesk, AnUnknownWordStopsAll) {
  auto const list = list_of_three();
  receive(orders(list, "1 close, 2 mien"));
  EXPECT_EQ(ticket(first).status, Status::fresh);
  EXPECT_EQ(receipt(),
            "nothing was done\n\"/mien\" is not a command; did you mean /minn?\n& 1 close, 2 mien");
}

TEST_F(DigestDesk, TheSameMailTwiceIsOneOrder) {
  auto const list = list_of_three();
  Sketch mail = orders(list, "2 mine");
  receive(mail);
  auto const trail = ask([&](store::Tx& tx) { return store::trail_of(tx, second); }).size();
  mail.extra = "X-Second-Way: yes\r\n";
  EXPECT_TRUE(receive(mail).duplicate);
  EXPECT_EQ(ask([&](store::Tx& tx) { return store::trail_of(tx, second); }).size(), trail);
  EXPECT_THAT(letters(LetterKind::digest_receipt), SizeIs(1));
}

TEST_F(DigestDesk, ForgedOrdersDoNothingAndAreTold) {
  auto const list = list_of_three();
  Sketch mail = orders(list, "1 close");
  mail.from = "mallory@example.com";
  receive(mail);
  EXPECT_EQ(ticket(first).status, Status::fresh);
  EXPECT_THAT(alarms, SizeIs(1));
  EXPECT_EQ(counts().quarantined, 1);
  EXPECT_EQ(counts().refused_agents, 1);
  EXPECT_THAT(receipt(), HasSubstr("<mallory@example.com> is not an agent's address"));
  mail.from = "kari@example.org";
  mail.id = "other@agents.example";
  receive(mail);
  EXPECT_EQ(ticket(first).status, Status::fresh) << "a colleague has numbers of her own";
  EXPECT_THAT(receipt(), HasSubstr("was sent to Sam Example"));
}

TEST_F(DigestDesk, AnArticleGoesToEachRequesterOnceAndCanBeStopped) {
  house.undo_delay = minutes{1};
  desk::Arrival a = arrival(Sketch{.subject = "VPN", .id = "v@example.net"});
  a.suggestions = {{"vpn", "The VPN", "en", 0.9, true, false}};
  auto const id = receive(a).ticket;
  now += hours{1};
  tick();
  auto const list = letter_to("sam", LetterKind::digest);
  receive(orders(list, "1 use 1"));
  EXPECT_THAT(letters(LetterKind::answer, id), SizeIs(1));
  EXPECT_EQ(ticket(id).assignee, "sam");
  EXPECT_EQ(ticket(id).status, Status::open);
  receive(orders(list, "1 cancel"));
  EXPECT_EQ(letters(LetterKind::answer, id).at(0).state, desk::LetterState::cancelled);
}

TEST_F(DigestDesk, AVacationNoteAndAnOldMailAreOnlyFiled) {
  auto const list = list_of_three();
  Sketch note = orders(list, "1 close");
  note.extra = "Auto-Submitted: auto-replied\r\n";
  receive(note);
  auto old = arrival(orders(list, "1 close"));
  old.quiet = true;
  receive(old);
  EXPECT_EQ(ticket(first).status, Status::fresh);
  EXPECT_THAT(letters(LetterKind::digest_receipt), IsEmpty());
}

TEST_F(DigestDesk, WhatAnImpatientClientQuotesIsNotObeyed) {
  auto const list = list_of_three();
  receive(orders(list, "3 mine\n\nOn Monday the desk wrote:\n1. #1001 Matter a\n2 close"));
  EXPECT_EQ(ticket(second).status, Status::fresh);
  EXPECT_EQ(ticket(third).assignee, "sam");
}

TEST_F(DigestDesk, AListThatCouldNotBeDeliveredAlarmsTheOperator) {
  auto const list = list_of_three();
  ASSERT_TRUE(front.record(list, {desk::LetterState::refused, "550 no such user", true, {}}));
  EXPECT_THAT(alarms, ElementsAre(HasSubstr("a list for sam@example.org did not arrive: 550")));
}

}  // namespace
}  // namespace spoc::daemon
