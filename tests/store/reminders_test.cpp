// SPDX-License-Identifier: GPL-3.0-or-later
// Reminders and promises: kept with the ticket, found in time, gone with what they were for.
#include "store/reminders.hpp"

#include "desk_fixture.hpp"
#include "store/levels.hpp"
#include "store/undo.hpp"

namespace spoc::store {
namespace {

using std::chrono::hours;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class Reminders : public Desk {
 protected:
  void add(desk::TicketId ticket, desk::Time at, std::string text) {
    change(ticket, desk::AddReminder{{desk::ReminderId{}, ticket, "kari", at, std::move(text)}});
  }
  std::vector<std::string> due() {
    std::vector<std::string> out;
    for (auto const& one : ask([&](Tx& tx) { return reminders_due(tx, now, 10); })) out.push_back(one.text);
    return out;
  }
};

TEST_F(Reminders, ComeInTheirOrderAndAreGoneWhenDropped) {
  auto const id = arrive().ticket;
  add(id, now + hours{2}, "later");
  add(id, now + hours{1}, "soon");
  EXPECT_THAT(due(), IsEmpty());
  EXPECT_EQ(ask([](Tx& tx) { return next_reminder(tx); }), now + hours{1});
  now += hours{3};
  EXPECT_THAT(due(), ElementsAre("soon", "later"));
  auto const all = ask([&](Tx& tx) { return reminders_of(tx, id); });
  ASSERT_THAT(all, SizeIs(2));
  EXPECT_EQ(all[0].agent, "kari");
  EXPECT_EQ(all[0].ticket, id);
  change(id, desk::DropReminder{all[0].id});
  EXPECT_THAT(due(), ElementsAre("later"));
}

TEST_F(Reminders, GoAlongWhenTicketsAreMerged) {
  auto const from = arrive().ticket, into = arrive().ticket;
  add(from, now + hours{1}, "soon");
  change(from, desk::MergeInto{into});
  EXPECT_THAT(ask([&](Tx& tx) { return reminders_of(tx, into); }), SizeIs(1));
  EXPECT_THAT(ask([&](Tx& tx) { return reminders_of(tx, from); }), IsEmpty());
}

TEST_F(Reminders, APromiseStandsWithTheTicketAndIsLookedAtWithoutAnyPolicy) {
  auto const id = arrive().ticket, other = arrive().ticket;
  desk::Promise const promise{now + hours{5}, now};
  change(id, desk::SetPromise{promise});
  EXPECT_EQ(ticket(id).promise, promise);
  EXPECT_FALSE(ticket(other).promise);
  EXPECT_THAT(ask([&](Tx& tx) { return levels_due(tx, Watched::promised, now, 10); }), ElementsAre(id));
  EXPECT_THAT(ask([&](Tx& tx) { return levels_due(tx, Watched::all, now, 10); }), ElementsAre(id, other));
  change(id, desk::SetPromise{});
  EXPECT_FALSE(ticket(id).promise);
}

TEST_F(Reminders, UndoKeepsThePromise) {
  auto const id = arrive().ticket;
  desk::Undo undo{"kari", now, {}, {}};
  undo.before.status = undo.after.status = desk::Status::open;
  for (auto* shot : {&undo.before, &undo.after}) {
    shot->priority = desk::Priority::p3;
    shot->kind = desk::TicketKind::incident;
    shot->levels = {desk::Level::medium, desk::Level::medium};
  }
  undo.before.promise = desk::Promise{now + hours{5}, now};
  undo.before.copies = {"bob@example.org", "eve@example.org"};
  undo.before.participants = {"ada@example.org"};
  undo.before.requester = "ada@example.org";
  undo.before.contact = desk::ContactId{1};
  undo.before.related = desk::TicketId{1001};
  undo.after.passed_on = true;
  undo.before.language = "nb";
  undo.before.invited = {"sam", "kari"};
  undo.after.invited = {"sam"};
  undo.reminders = {now, now + hours{1}};
  undo.lasting = {"/split", "/note"};
  change(id, desk::KeepUndo{undo});
  EXPECT_EQ(ask([&](Tx& tx) { return find_undo(tx, id, "kari"); }), undo);
}

}  // namespace
}  // namespace spoc::store
