// SPDX-License-Identifier: GPL-3.0-or-later
// Courses of tickets and their service levels: written with every plan, found when their moment has come.
#include "store/levels.hpp"

#include "desk_fixture.hpp"

namespace spoc::store {
namespace {

using desk::Status;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class Levels : public Desk {
 protected:
  std::vector<desk::TicketId> due() {
    return ask([&](Tx& tx) { return levels_due(tx, Watched::all, now, 100); });
  }
  desk::Course course(desk::TicketId ticket) {
    return ask([&](Tx& tx) { return course_of(tx, ticket); });
  }
  desk::LevelState level(desk::TicketId ticket) {
    return ask([&](Tx& tx) { return level_of(tx, ticket); });
  }
  void found(desk::TicketId ticket, desk::LevelState const& level) {
    desk::Plan plan;
    plan.ticket = ticket;
    plan.level = level;
    run(plan);
  }
};

TEST_F(Levels, TheCourseHoldsEveryStatusOnceWithItsMoment) {
  auto const opened = now;
  auto const id = arrive().ticket;
  now += std::chrono::hours{1};
  change(id, desk::SetStatus{Status::open});
  change(id, desk::SetStatus{Status::open});
  now += std::chrono::hours{1};
  change(id, desk::SetStatus{Status::resolved});
  desk::Course had = course(id);
  EXPECT_EQ(had.spans.back().seen, had.exchanges.back().id) << "what was known then";
  for (desk::StatusSpan& span : had.spans) span.seen.reset();
  EXPECT_THAT(had.spans, ElementsAre(desk::StatusSpan{opened, Status::fresh},
                                     desk::StatusSpan{opened + std::chrono::hours{1}, Status::open},
                                     desk::StatusSpan{opened + std::chrono::hours{2}, Status::resolved}));
}

TEST_F(Levels, TheCourseTellsAnswersQuestionsAndThanksApart) {
  auto const id = arrive().ticket;
  answer(id, "kari", "water");
  write_again(id, {.reply = "Thank you!"});
  auto const said = course(id).exchanges;
  ASSERT_THAT(said, SizeIs(3));
  EXPECT_FALSE(said[0].answer);
  EXPECT_FALSE(said[0].courtesy);
  EXPECT_TRUE(said[1].answer);
  EXPECT_TRUE(said[2].courtesy);
}

TEST_F(Levels, LongThanksAreNoCourtesy) {
  auto const id = arrive().ticket;
  auto const signature = [](std::size_t lines, std::string const& letter) {
    std::string out = "Thank you!\n\nRegards\n";
    for (std::size_t i = 0; i < lines; ++i) {
      for (int sign = 0; sign < 40; ++sign) out += letter;
      out += "\n";
    }
    return out;
  };
  write_again(id, {.reply = signature(10, "X")});
  write_again(id, {.reply = signature(14, "XY")});
  write_again(id, {.reply = signature(14, "Æ")});  // of 800 bytes, not of 800 characters
  auto const said = course(id).exchanges;
  ASSERT_THAT(said, SizeIs(4));
  EXPECT_TRUE(said[1].courtesy);
  EXPECT_FALSE(said[2].courtesy);
  EXPECT_FALSE(said[3].courtesy);
}

TEST_F(Levels, TheCourseTellsWhoWasAskedAndWhoIsAwaited) {
  auto const id = arrive().ticket;
  auto const asked = now;
  queue(id, letter(desk::LetterKind::asked, "Help@example.com", "q1@example.org"));
  queue(id, letter(desk::LetterKind::asked, "drums@example.com", "q2@example.org"));
  queue(id, letter(desk::LetterKind::acknowledgement, "ada@example.org", "a1@example.org"));
  now += std::chrono::hours{1};
  change(id, desk::EndQuestions{"help@example.com"});
  auto const first = now;
  EXPECT_THAT(course(id).questions,
              ElementsAre(desk::Question{asked, first}, desk::Question{asked, std::nullopt}));
  now += std::chrono::hours{1};
  change(id, desk::EndQuestions{});
  EXPECT_THAT(course(id).questions, ElementsAre(desk::Question{asked, first}, desk::Question{asked, now}))
      << "what has ended keeps its moment";
  queue(id, letter(desk::LetterKind::asked, "help@example.com", "q3@example.org"));
  write([](Tx& tx) {
    tx.driver().run("UPDATE letter SET state = 'cancelled' WHERE message_id = 'q3@example.org'");
  });
  EXPECT_THAT(course(id).questions, SizeIs(2)) << "one that was cancelled never left";
}

TEST_F(Levels, AQuestionToADeadAddressIsAwaitedByNobody) {
  auto const id = arrive().ticket;
  queue(id, letter(desk::LetterKind::asked, "help@example.com", "q1@example.org"));
  change(id, desk::MarkDead{"help@example.com", "gone"});
  found(id, {});
  EXPECT_THAT(due(), IsEmpty());
  auto const claimed = ask([&](Tx& tx) {
    return claim_letters(tx, now + std::chrono::hours{1}, now + std::chrono::hours{2}, "postman", 10);
  });
  EXPECT_THAT(claimed, IsEmpty());
  ASSERT_THAT(course(id).questions, SizeIs(1));
  EXPECT_TRUE(course(id).questions[0].ended);
  EXPECT_THAT(due(), ElementsAre(id)) << "the clock has to be looked at again";
}

TEST_F(Levels, WhateverTouchesATicketAsksForALook) {
  auto const id = arrive().ticket;
  EXPECT_THAT(due(), ElementsAre(id));
  desk::LevelState const looked{
      now + std::chrono::hours{1}, now + std::chrono::hours{2}, "ok", {"a", "b"}, now};
  found(id, looked);
  EXPECT_EQ(level(id), looked);
  EXPECT_THAT(due(), IsEmpty());
  EXPECT_EQ(ask([&](Tx& tx) { return next_level(tx, Watched::all); }), looked.next);
  change(id, desk::SetPriority{desk::Priority::p1});
  EXPECT_THAT(due(), ElementsAre(id));
  EXPECT_THAT(level(id).told, ElementsAre("a", "b")) << "what people know stays known";
}

TEST_F(Levels, ALookIsNoChangeOfTheTicket) {
  auto const id = arrive().ticket;
  auto const before = ticket(id).changed;
  now += std::chrono::hours{3};
  found(id, {std::nullopt, std::nullopt, "met", {}, std::nullopt});
  EXPECT_EQ(ticket(id).changed, before);
  EXPECT_THAT(due(), IsEmpty());
  EXPECT_FALSE(ask([&](Tx& tx) { return next_level(tx, Watched::all); }));
}

TEST_F(Levels, ListsWhatIsDueFirst) {
  auto const late = arrive().ticket, soon = arrive().ticket, never = arrive().ticket;
  found(late, {std::nullopt, now + std::chrono::hours{5}, "ok", {}, std::nullopt});
  found(soon, {std::nullopt, now + std::chrono::hours{1}, "warned", {}, std::nullopt});
  TicketFilter filter;
  filter.by_due = true;
  std::vector<desk::TicketId> order;
  for (auto const& one : ask([&](Tx& tx) { return list_tickets(tx, filter); })) order.push_back(one.id);
  EXPECT_THAT(order, ElementsAre(soon, late, never));
  EXPECT_THAT(ask([&](Tx& tx) { return standings(tx); }),
              ElementsAre(std::pair<std::string const, std::int64_t>{"ok", 1},
                          std::pair<std::string const, std::int64_t>{"warned", 1}));
}

TEST_F(Levels, NewPoliciesLookAtUnfinishedAndResolvedOnes) {
  auto const open = arrive().ticket, resolved = arrive().ticket, closed = arrive().ticket;
  change(resolved, desk::SetStatus{Status::resolved});
  change(closed, desk::SetStatus{Status::closed});
  for (auto const id : {open, resolved, closed}) found(id, {});
  EXPECT_THAT(due(), IsEmpty());
  auto const above = [&](desk::TicketId id, std::size_t limit) {
    return ask([&](Tx& tx) { return unfinished_above(tx, id, limit); });
  };
  EXPECT_THAT(above({}, 10).tickets, ElementsAre(open, resolved));
  EXPECT_EQ(above({}, 10).seen, std::nullopt) << "that was all";
  EXPECT_THAT(above({}, 1).tickets, ElementsAre(open));
  EXPECT_EQ(above({}, 1).seen, open);
  EXPECT_THAT(above(open, 1).tickets, ElementsAre(resolved));
  EXPECT_THAT(above(resolved, 1).tickets, IsEmpty());
  EXPECT_EQ(above(resolved, 1).seen, std::nullopt);
  write([&](Tx& tx) {
    put_off(tx, open, now + std::chrono::hours{1});
    put_off(tx, resolved, now);
  });
  EXPECT_THAT(due(), ElementsAre(resolved));
}

}  // namespace
}  // namespace spoc::store
