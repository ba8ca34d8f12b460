// SPDX-License-Identifier: GPL-3.0-or-later
// Presence and rota: what is kept, and what is counted.
#include "store/presence.hpp"

#include "desk_fixture.hpp"

namespace spoc::store {
namespace {

class PresenceRows : public Desk {
 protected:
  desk::TicketId given_to(std::string const& handle, std::string const& from) {
    desk::TicketId const id = arrive({.from = from, .message_id = handle + from}).ticket;
    write([&](Tx& tx) {
      desk::Plan plan;
      plan.ticket = id;
      plan.changes.emplace_back(desk::SetAssignee{handle});
      apply(tx, plan, nullptr, now);
    });
    return id;
  }
};

TEST_F(PresenceRows, TheNewestHolds) {
  desk::Presence const away{desk::Whereabouts::away, now + std::chrono::days{3}, true};
  write([&](Tx& tx) {
    keep_presence(tx, "kari", {desk::Whereabouts::out, {}, false}, now);
    keep_presence(tx, "kari", away, now);
    keep_presence(tx, "sam", {}, now);
  });
  auto const all = ask([](Tx& tx) { return presences(tx); });
  EXPECT_EQ(all.at("kari"), away);
  EXPECT_EQ(all.at("sam"), desk::Presence{});
}

TEST_F(PresenceRows, UnfinishedTicketsCountAndTheLastAgentIsFamiliar) {
  given_to("kari", "ada@example.org");
  desk::TicketId const done = given_to("kari", "ada@example.org");
  given_to("sam", "bob@example.org");
  write([&](Tx& tx) {
    desk::Plan plan;
    plan.ticket = done;
    plan.changes.emplace_back(desk::SetStatus{desk::Status::closed});
    apply(tx, plan, nullptr, now);
    keep_turn(tx, "first", "sam");
    keep_turn(tx, "first", "kari");
  });
  auto const ada = ask([&](Tx& tx) { return find_ticket(tx, done)->requester; });
  auto const found = ask([&](Tx& tx) { return rota(tx, ada); });
  EXPECT_EQ(found.unfinished.at("kari"), 1);
  EXPECT_EQ(found.unfinished.at("sam"), 1);
  EXPECT_EQ(found.last.at("first"), "kari");
  EXPECT_EQ(found.familiar, "kari");
}

}  // namespace
}  // namespace spoc::store
