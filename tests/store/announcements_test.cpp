// SPDX-License-Identifier: GPL-3.0-or-later
// Announcements survive the way into the database and back.
#include "store/announcements.hpp"

#include "tests/store/desk_fixture.hpp"

namespace spoc::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class Outages : public Desk {
 protected:
  desk::AnnouncementId announce(std::optional<desk::Time> until = {}) {
    desk::Announcement said;
    said.text = "The VPN is down.\nWe are on it.";
    said.translations = {{"nb", "VPN er nede."}};
    said.words = {"vpn", "remote desktop"};
    said.by = "kari";
    said.made = now;
    said.until = until;
    desk::AnnouncementId id{};
    write([&](Tx& tx) { id = add_announcement(tx, said); });
    return id;
  }
};

TEST_F(Outages, AreHeldAgainstTheTicketsOfBeforeOnce) {
  auto const id = announce();
  write([&](Tx& tx) {
    constexpr auto reach = std::chrono::hours{24};
    ASSERT_THAT(announcements_to_join(tx, now, reach), SizeIs(1));
    EXPECT_THAT(announcements_to_join(tx, now + reach, reach), IsEmpty()) << "made long before";
    note_joined(tx, id);
    EXPECT_THAT(announcements_to_join(tx, now, reach), IsEmpty());
  });
  auto const next = announce();
  write([&](Tx& tx) {
    auto const found = announcements_to_join(tx, now, std::chrono::hours{24});
    ASSERT_THAT(found, SizeIs(1));
    EXPECT_EQ(found[0].id, next);
  });
}

TEST_F(Outages, ComeBackAsTheyWere) {
  announce(now + std::chrono::hours{2});
  write([&](Tx& tx) {
    auto const found = announcements_in_force(tx, now);
    ASSERT_THAT(found, SizeIs(1));
    EXPECT_EQ(found[0].text, "The VPN is down.\nWe are on it.");
    EXPECT_EQ(found[0].translations.at("nb"), "VPN er nede.");
    EXPECT_THAT(found[0].words, ElementsAre("vpn", "remote desktop"));
    EXPECT_EQ(found[0].until, now + std::chrono::hours{2});
    EXPECT_THAT(announcements_in_force(tx, now + std::chrono::hours{2}), IsEmpty());
  });
}

TEST_F(Outages, EndOnceAndTellEachTicketOnce) {
  auto const ticket = arrive({}).ticket;
  auto const id = announce();
  write([&](Tx& tx) {
    add_ticket_to(tx, id, ticket);
    add_ticket_to(tx, id, ticket);
    EXPECT_THAT(untold_ends(tx, now, 10), IsEmpty());
    EXPECT_FALSE(next_end(tx));
    EXPECT_TRUE(end_announcement(tx, id, now));
    EXPECT_FALSE(end_announcement(tx, id, now));
    EXPECT_EQ(next_end(tx), now);
    ASSERT_THAT(untold_ends(tx, now, 10), SizeIs(1));
    EXPECT_EQ(untold_ends(tx, now, 10)[0].ticket, ticket);
    end_was_told(tx, id, ticket, true);
    EXPECT_THAT(untold_ends(tx, now, 10), IsEmpty());
    EXPECT_FALSE(next_end(tx));
    EXPECT_EQ(list_announcements(tx, 10)[0].tickets, 1);
  });
}

TEST_F(Outages, AreOverWhenTheirTimeHasCome) {
  auto const ticket = arrive({}).ticket;
  auto const id = announce(now + std::chrono::hours{1});
  write([&](Tx& tx) {
    add_ticket_to(tx, id, ticket);
    EXPECT_EQ(next_end(tx), now + std::chrono::hours{1});
    EXPECT_THAT(untold_ends(tx, now, 10), IsEmpty());
    EXPECT_THAT(untold_ends(tx, now + std::chrono::hours{1}, 10), SizeIs(1));
  });
}

}  // namespace
}  // namespace spoc::store
