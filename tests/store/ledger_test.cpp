// SPDX-License-Identifier: GPL-3.0-or-later
// The ledger: what has been taken in, by place and content; attempts, quarantine, facts.
#include "store/ledger.hpp"
#include "store/blobs.hpp"
#include "store/ledger_rows.hpp"

#include "desk_fixture.hpp"

namespace spoc::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

using Ledger = Desk;

struct SeenRow {
  char const* name;
  desk::Place place;
  char const* hash;
  bool expect;
  int new_places;
};

class Seen : public Desk, public testing::WithParamInterface<SeenRow> {};

TEST_P(Seen, by_place_or_content) {
  auto const take_in = [&](desk::Place const& place, std::string const& hash) {
    auto arrival = arrival_of({.place = place});
    arrival.hash = hash;
    write([&](Tx& tx) { apply(tx, plan_for(tx, {}, arrival), &arrival, now); });
  };
  take_in({"support", 7, 5, ""}, "hash-imap");
  take_in({"box", 0, 0, "1700.x.host"}, "hash-maildir");
  take_in({"support", 0, 0, ""}, "hash-import-1");
  take_in({"support", 0, 0, ""}, "hash-import-2");
  auto const before = rows("ledger");
  EXPECT_EQ(before, 4);

  auto const& row = GetParam();
  EXPECT_EQ(ask([&](Tx& tx) { return seen(tx, row.place, row.hash); }), row.expect);
  EXPECT_EQ(rows("ledger"), before + row.new_places);
  EXPECT_EQ(ask([&](Tx& tx) { return seen(tx, row.place, row.hash); }), row.expect);
  EXPECT_EQ(rows("ledger"), before + row.new_places) << "the second look adds nothing";
}

INSTANTIATE_TEST_SUITE_P(
    Table, Seen,
    testing::Values(SeenRow{"same_place", {"support", 7, 5, ""}, "hash-imap", true, 0},
                    SeenRow{"same_place_other_bytes", {"support", 7, 5, ""}, "hash-else", true, 0},
                    SeenRow{"next_uid", {"support", 7, 6, ""}, "hash-new", false, 0},
                    SeenRow{"new_validity_same_bytes", {"support", 8, 1, ""}, "hash-imap", true, 1},
                    SeenRow{"new_validity_new_bytes", {"support", 8, 5, ""}, "hash-new", false, 0},
                    SeenRow{"other_mailbox_same_bytes", {"sales", 7, 5, ""}, "hash-imap", false, 0},
                    SeenRow{"maildir_name", {"box", 0, 0, "1700.x.host"}, "hash-else", true, 0},
                    SeenRow{"maildir_renamed", {"box", 0, 0, "1701.y.host"}, "hash-maildir", true, 1},
                    SeenRow{"maildir_new", {"box", 0, 0, "1701.y.host"}, "hash-new", false, 0},
                    SeenRow{"import_again", {"support", 0, 0, ""}, "hash-import-2", true, 0},
                    SeenRow{"import_new", {"support", 0, 0, ""}, "hash-new", false, 0},
                    SeenRow{
                        "import_that_ends_alike", {"support", 0, 0, ""}, "another-hash-import-2", false, 0},
                    SeenRow{"handed_in_once_more", {"support", 0, 0, ""}, "retry:1:hash-import-2", false, 0},
                    SeenRow{"import_of_what_came_by_imap", {"support", 0, 0, ""}, "hash-imap", true, 0},
                    SeenRow{"imap_of_what_was_imported", {"support", 7, 9, ""}, "hash-import-1", true, 1}),
    [](auto const& row) { return row.param.name; });

TEST_F(Ledger, knows_uids_by_validity) {
  for (std::uint32_t const one : {3U, 9U, 4'294'967'295U}) arrive({.place = {"support", 7, one, ""}});
  arrive({.place = {"support", 8, 2, ""}});
  write([](Tx& tx) {
    EXPECT_EQ(highest_uid(tx, "support", 7), 4'294'967'295U);
    EXPECT_EQ(highest_uid(tx, "support", 8), 2U);
    EXPECT_EQ(highest_uid(tx, "support", 9), 0U);
    EXPECT_EQ(highest_uid(tx, "sales", 7), 0U);
    EXPECT_THAT(missing(tx, "support", 7, {2, 3, 4, 9}), ElementsAre(2U, 4U));
    EXPECT_THAT(missing(tx, "support", 7, {}), IsEmpty());
  });
}

TEST_F(Ledger, tells_apart_the_folders_that_a_mailbox_has_had) {
  arrive({.place = {"support", 7, 9, ""}});
  write([](Tx& tx) {
    EXPECT_EQ(spot_of(tx, "support", "desk at mail.example.org, INBOX"), "");
    EXPECT_EQ(spot_of(tx, "support", "desk at mail.example.org, Help"), "#2");
    EXPECT_EQ(spot_of(tx, "support", "desk at mail.example.org, INBOX"), "");
    EXPECT_EQ(spot_of(tx, "support", "desk at mail.example.org, Help"), "#2");
    EXPECT_EQ(spot_of(tx, "sales", "desk at mail.example.org, Help"), "");
    EXPECT_EQ(highest_uid(tx, "support", 7, ""), 9U);
    EXPECT_EQ(highest_uid(tx, "support", 7, "#2"), 0U);
    EXPECT_THAT(missing(tx, "support", 7, {9}, "#2"), ElementsAre(9U));
  });
}

TEST_F(Ledger, knows_the_names_of_a_maildir) {
  arrive({.place = {"box", 0, 0, "b"}});
  arrive({.place = {"box", 0, 0, "a"}});
  arrive({.place = {"other", 0, 0, "c"}});
  arrive({.reply = "imported", .place = {"box", 0, 0, ""}});
  std::vector<std::string> const lying{"a", "b", "c", "d", ""};
  EXPECT_THAT(ask([&](Tx& tx) { return known_names(tx, "box", lying); }), ElementsAre("a", "b"));
}

TEST_F(Ledger, knows_what_was_filed_in_a_ticket_about_then) {
  auto const file = [&](std::string const& hash, std::int64_t ticket, desk::Time at) {
    write([&](Tx& tx) { enter(tx, {"support", 7, ++uid, ""}, hash, desk::TicketId{ticket}, "added", at); });
  };
  auto const ticket = arrive({}).ticket;
  auto const other = arrive({}).ticket;
  desk::Time const then = now + std::chrono::hours{100};
  file("too early", desk::number(ticket), then - std::chrono::minutes{61});
  file("early", desk::number(ticket), then - std::chrono::minutes{59});
  file("then", desk::number(ticket), then);
  file("elsewhere", desk::number(other), then);
  file("late", desk::number(ticket), then + std::chrono::minutes{59});
  file("too late", desk::number(ticket), then + std::chrono::minutes{61});
  EXPECT_THAT(ask([&](Tx& tx) { return hashes_filed(tx, ticket, then); }),
              ElementsAre("early", "then", "late"));
}

TEST_F(Ledger, knows_what_is_still_to_be_cleared_away) {
  for (std::uint32_t const uid : {4U, 2U, 9U}) {
    auto arrival = arrival_of({.place = {"support", 7, uid, ""}});
    arrival.to_clear = uid != 9;
    write([&](Tx& tx) { apply(tx, plan_for(tx, {}, arrival), &arrival, now); });
  }
  auto const left = [&](std::size_t limit) {
    std::vector<std::uint32_t> uids;
    for (desk::Place const& place : ask([&](Tx& tx) { return uncleared(tx, "support", 7, limit); }))
      uids.push_back(place.uid);
    return uids;
  };
  EXPECT_THAT(left(10), ElementsAre(2U, 4U));
  EXPECT_THAT(left(1), ElementsAre(2U));
  write([](Tx& tx) { note_cleared(tx, std::vector<desk::Place>{{"support", 7, 2, ""}}); });
  EXPECT_THAT(left(10), ElementsAre(4U));
}

TEST_F(Ledger, what_the_server_could_not_hand_over_is_not_in) {
  desk::Place const place{"support", 7, 5, ""};
  auto empty = arrival_of({.place = place});
  empty.raw.clear();
  empty.hash = "hash-of-the-place";
  write([&](Tx& tx) {
    auto plan = plan_for(tx, {}, empty);
    plan.quarantine = "the server can't hand it over";
    apply(tx, plan, &empty, now);
  });
  EXPECT_TRUE(ask([&](Tx& tx) { return seen(tx, place, "hash-of-the-place"); }));
  EXPECT_FALSE(ask([&](Tx& tx) { return seen(tx, place, "hash-of-the-bytes"); }));
  auto const held = ask([](Tx& tx) { return not_handed_over(tx, "support", 7); });
  ASSERT_EQ(held.size(), 1U);
  auto const due = [&](desk::Duration later) {
    return ask([&](Tx& tx) { return take_if_due(tx, held[0].id, now + later, std::chrono::hours{1}); });
  };
  EXPECT_FALSE(due(std::chrono::minutes{59}));
  EXPECT_TRUE(due(std::chrono::minutes{60}));
  EXPECT_FALSE(due(std::chrono::minutes{61}));
  write([&](Tx& tx) { make_due(tx, held[0].id); });
  EXPECT_TRUE(due(std::chrono::minutes{61}));
  auto whole = arrival_of({.reply = "here it is", .place = place});
  write([&](Tx& tx) { apply(tx, plan_for(tx, {}, whole), &whole, now); });
  EXPECT_THAT(ask([](Tx& tx) { return not_handed_over(tx, "support", 7); }), IsEmpty());
  EXPECT_THAT(ask([](Tx& tx) { return quarantine(tx, false); }), IsEmpty());
}

/// The newest digests have an index of their own, which is emptied into the other's again and again.
TEST_F(Ledger, a_mail_is_known_by_its_bytes_however_many_have_come_since) {
  constexpr std::uint32_t most = 5000;
  auto const digest = [](std::uint32_t number) {
    return "digest-number-" + std::to_string(100'000 + number);
  };
  write([&](Tx& tx) {
    for (std::uint32_t uid = 1; uid <= most; ++uid)
      enter(tx, {"support", 7, uid, ""}, digest(uid), std::nullopt, "filed", now);
  });
  EXPECT_EQ(rows("ledger"), most);
  EXPECT_EQ(rows("ledger WHERE settled = 0"), most - 2 * 2048);
  desk::Place const nowhere{"support", 0, 0, ""};
  for (std::uint32_t const uid : {1U, 2047U, 2048U, 2049U, 4096U, 4097U, most}) {
    EXPECT_TRUE(ask([&](Tx& tx) { return seen(tx, nowhere, digest(uid)); })) << uid;
    EXPECT_FALSE(ask([&](Tx& tx) { return seen(tx, {"sales", 0, 0, ""}, digest(uid)); })) << uid;
  }
  EXPECT_FALSE(ask([&](Tx& tx) { return seen(tx, nowhere, digest(most + 1)); }));
}

TEST_F(Ledger, a_duplicate_is_noted_with_its_ticket) {
  auto const first = arrive();
  auto const arrival = arrival_of({.reply = "the same by another way"});
  desk::Plan plan;
  plan.ticket = first.ticket;
  plan.duplicate = true;
  auto const news = ask([&](Tx& tx) { return apply(tx, plan, &arrival, now); });
  EXPECT_TRUE(news.duplicate);
  EXPECT_EQ(news.summary, "#1001, duplicate, 0 messages, 0 letters");
  EXPECT_TRUE(ask([&](Tx& tx) { return seen(tx, arrival.place, arrival.hash); }));
  EXPECT_EQ(rows("message"), 1);
  EXPECT_EQ(rows("ledger WHERE outcome = 'duplicate' AND ticket = 1001"), 1);
}

TEST_F(Ledger, a_death_is_counted_before_the_parser_sees_the_mail) {
  EXPECT_EQ(ask([](Tx& tx) { return begin_attempt(tx, "h1"); }), 1);
  EXPECT_EQ(ask([](Tx& tx) { return begin_attempt(tx, "h2"); }), 1);
  EXPECT_EQ(ask([](Tx& tx) { return begin_attempt(tx, "h1"); }), 2);
  EXPECT_EQ(ask([](Tx& tx) { return begin_attempt(tx, "h2"); }), 2) << "each mail has its own deaths";
}

TEST_F(Ledger, what_could_not_be_read_is_kept_aside) {
  auto arrival = arrival_of({.place = {"support", 7, 66, ""}});
  arrival.what = desk::Unreadable{"nested 200 deep"};
  auto const news = ask([&](Tx& tx) {
    auto plan = plan_for(tx, {.subject = "Unreadable mail"}, arrival);
    plan.quarantine = "nested 200 deep";
    return apply(tx, plan, &arrival, now);
  });
  EXPECT_TRUE(news.quarantined);

  auto const open = ask([](Tx& tx) { return quarantine(tx, false); });
  ASSERT_EQ(open.size(), 1U);
  EXPECT_EQ(open[0].place, arrival.place);
  EXPECT_EQ(open[0].hash, arrival.hash);
  EXPECT_EQ(open[0].reason, "nested 200 deep");
  EXPECT_EQ(open[0].at, now);
  EXPECT_EQ(open[0].ticket, news.ticket);
  EXPECT_FALSE(open[0].resolved);
  EXPECT_EQ(ask([&](Tx& tx) { return find_blob(tx, open[0].hash); }), arrival.raw);
  EXPECT_TRUE(ask([&](Tx& tx) { return seen(tx, arrival.place, arrival.hash); }));
  EXPECT_EQ(ask([](Tx& tx) { return count(tx); }).quarantined, 1);

  write([&](Tx& tx) { resolve_quarantined(tx, open[0].id); });
  EXPECT_THAT(ask([](Tx& tx) { return quarantine(tx, false); }), IsEmpty());
  EXPECT_EQ(ask([](Tx& tx) { return quarantine(tx, true); }).size(), 1U);
  EXPECT_TRUE(ask([&](Tx& tx) { return find_quarantined(tx, open[0].id); })->resolved);
  EXPECT_FALSE(ask([](Tx& tx) { return find_quarantined(tx, desk::QuarantineId{9}).has_value(); }));
  auto const unknown = store.write("resolve", [](Tx& tx) { resolve_quarantined(tx, desk::QuarantineId{9}); });
  ASSERT_TRUE(unknown.has_error());
  EXPECT_EQ(unknown.error().kind, Kind::missing);
}

TEST_F(Ledger, quarantine_needs_no_ticket) {
  auto arrival = arrival_of({});
  desk::Plan plan;
  plan.quarantine = "the process died on it twice";
  write([&](Tx& tx) { apply(tx, plan, &arrival, now); });
  auto const open = ask([](Tx& tx) { return quarantine(tx, false); });
  ASSERT_EQ(open.size(), 1U);
  EXPECT_EQ(open[0].ticket, std::nullopt);
  EXPECT_EQ(rows("index_job"), 0);
}

TEST_F(Ledger, facts_outlive_a_restart) {
  write([](Tx& tx) {
    keep_fact(tx, "secret", "one");
    keep_fact(tx, "secret", "two");
  });
  store = opened(dir.file());
  EXPECT_EQ(ask([](Tx& tx) { return fact(tx, "secret"); }), "two");
  EXPECT_EQ(ask([](Tx& tx) { return fact(tx, "other"); }), std::nullopt);
}

}  // namespace
}  // namespace spoc::store
