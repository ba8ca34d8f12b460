// SPDX-License-Identifier: GPL-3.0-or-later
// Each invariant is broken on purpose, and the check must name it and nothing else; a copy is whole and
// private.
#include "store/invariants.hpp"

#include "desk_fixture.hpp"
#include "store/sqlite.hpp"

#include <fstream>

namespace spoc::store {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;

class Invariants : public Desk {
 protected:
  Invariants() {
    auto const first = arrive({.message_id = "one@example.org"}).ticket;
    write_again(first, {.reply = "Still smoking.", .message_id = "two@example.org"});
    answer(first, "kari", "Pull the plug");
    change(arrive({.subject = "Screen", .message_id = "three@example.org"}).ticket,
           desk::SetStatus{desk::Status::closed});
    write([this](Tx& tx) {
      add_session(tx, {"s1", {}, "Ada", "", "en", 0, now, now});
      finish_jobs(tx, index_jobs(tx, 100));
    });
  }

  std::vector<std::string> broken(Digest const& digest = {}) {
    std::vector<std::string> out;
    auto const done = store.read("check", [&](Tx& tx) {
      for (Finding const& one : check_invariants(tx, digest))
        if (one.broken > 0) out.push_back(one.invariant);
    });
    EXPECT_TRUE(done) << done.error().what;
    return out;
  }
};

TEST_F(Invariants, HoldForADeskAtWork) { EXPECT_THAT(broken(), IsEmpty()); }

struct Damage {
  std::string name, sql, invariant;
};
class InvariantsDamaged : public Invariants, public testing::WithParamInterface<Damage> {};

TEST_P(InvariantsDamaged, AreNamed) {
  {
    // As another program could, without regard for references.
    auto const other = open_sqlite(dir.file());
    other->run("PRAGMA foreign_keys = OFF");
    other->run(GetParam().sql);
  }
  EXPECT_THAT(broken(), ElementsAre(GetParam().invariant));
}

INSTANTIATE_TEST_SUITE_P(
    Every, InvariantsDamaged,
    testing::Values(
        Damage{"empty_ticket", "UPDATE message SET ticket = 1001 WHERE ticket = 1002",
               "every ticket holds a message, unless it was merged into another"},
        Damage{
            "mail_in_two_tickets",
            "UPDATE message SET raw_hash = (SELECT raw_hash FROM message WHERE ticket = 1002) WHERE id = 1",
            "a raw mail is in one ticket only"},
        Damage{"raw_gone", "DELETE FROM blob_name WHERE sha256 = (SELECT raw_hash FROM message WHERE id = 2)",
               "the raw mail of every message is kept"},
        Damage{"attachment_gone",
               "INSERT INTO attachment (message, position, filename, type, sha256, shown_inline, content_id) "
               "VALUES (1, 0, 'a.txt', 'text/plain', 'abc', 0, '')",
               "the content of every attachment is kept"},
        Damage{"enclosed_gone", "INSERT INTO enclosed VALUES ('mail', 0, 0, 8, 76, 0, 'abc')",
               "what a raw mail encloses is kept"},
        Damage{"blob_twice", "INSERT INTO early_blob SELECT sha256, 'again' FROM blob_name WHERE id = 1",
               "no blob is kept twice"},
        Damage{"ledger_leads_nowhere", "UPDATE ledger SET ticket = 4711 WHERE uid = 1",
               "every ticket of the ledger exists"},
        Damage{"quarantine_without_raw",
               "INSERT INTO quarantine VALUES (0, 'support', 7, 99, '', 'gone', 'broken', 0, NULL, 0, 1)",
               "every mail in quarantine is kept raw"},
        Damage{"answer_without_letter", "DELETE FROM letter WHERE kind = 'answer'",
               "every answer has its letter or stands in a chat"},
        Damage{"waiting_for_nothing", "UPDATE message SET state = 'waiting' WHERE id = 1",
               "what waits to be said has a letter that may still leave"},
        Damage{"letter_in_limbo", "UPDATE letter SET state = 'sending', turn = NULL, waiting = 0",
               "letters are queued, unread, sent, refused, given up or cancelled"},
        Damage{"letter_forgotten", "UPDATE letter SET turn = NULL, waiting = 0",
               "letters that are queued stand in line or wait, and no others do"},
        Damage{
            "letter_twice",
            "INSERT INTO letter SELECT 0, kind, ticket, to_name, to_address, recipient, agent, author, "
            "language, "
            "message_id, thread, token, about, text, lines, articles, automatic, made, due, state, attempts, "
            "outcome, claimant, claimed_until, settled, crowd, turn, waiting, seen FROM letter",
            "a letter's Message-ID is its own"},
        Damage{"line_missing", "UPDATE session SET last = 2",
               "the lines of a chat are numbered 1, 2, 3 to the last"},
        Damage{"closed_without_moment", "UPDATE ticket SET closed = NULL WHERE id = 1002",
               "finished tickets have the moment of it, unfinished have none"},
        Damage{"merged_in_a_circle", "UPDATE ticket SET merged_into = 2003 - id",
               "merged tickets lead to one that is not merged"},
        Damage{"counter_set_back", "UPDATE counter SET value = 1001 WHERE name = 'ticket'",
               "no number is given twice"},
        Damage{"job_for_nothing", "INSERT INTO index_job VALUES (0, 4711)",
               "every ticket that waits to be indexed exists"},
        Damage{"reference_broken", "INSERT INTO offer VALUES (4711, '')",
               "pages, indexes and references of the database are whole"}),
    [](auto const& row) { return row.param.name; });

TEST_F(Invariants, HoldForMailsWithoutAByte) {
  for (int i = 0; i < 2; ++i) {
    Sketch const sketch{.subject = "unreadable"};
    desk::Arrival arrival = arrival_of(sketch);
    arrival.raw.clear();
    write([&](Tx& tx) {
      desk::Plan plan = plan_for(tx, sketch, arrival);
      plan.quarantine = "the server gave no bytes for it";
      apply(tx, plan, &arrival, now);
    });
  }
  EXPECT_THAT(broken(), IsEmpty());
  EXPECT_THAT(ask([](Tx& tx) { return quarantine(tx, true).size(); }), 2U);
}

TEST_F(Invariants, HoldForAMailThatIsHandedInAgain) {
  Sketch const sketch{.subject = "Once more", .message_id = "four@example.org"};
  desk::Arrival arrival = arrival_of(sketch);
  arrival.place = {"support", 0, 0, "retry:m4"};
  arrival.hash = "retry:m4:" + arrival.hash;
  arrival.again = true;
  write([&](Tx& tx) { apply(tx, plan_for(tx, sketch, arrival), &arrival, now); });
  // Once more in vain.
  arrival.place.name = "retry:q1";
  arrival.hash = "retry:q1:" + arrival.hash.substr(arrival.hash.rfind(':') + 1);
  write([&](Tx& tx) {
    desk::Plan plan = plan_for(tx, sketch, arrival);
    plan.quarantine = "the parser gave up";
    apply(tx, plan, &arrival, now);
  });
  // The same bytes as those of the first mail, in a ticket of their own.
  arrival = arrival_of({.subject = "Again"});
  arrival.place = {"support", 0, 0, "retry:m1"};
  ask([&](Tx& tx) {
    tx.driver().run("SELECT raw_hash FROM message WHERE id = 1", {},
                    [&](Row const& row) { arrival.hash = "retry:m1:" + row.text(0); });
    return 0;
  });
  arrival.again = true;
  write([&](Tx& tx) { apply(tx, plan_for(tx, {.subject = "Again"}, arrival), &arrival, now); });
  Digest const by_name = [](std::string_view bytes) { return "hash of " + std::string{bytes}; };
  EXPECT_THAT(broken(by_name), IsEmpty());
}

TEST_F(Invariants, CompareContentsWithTheirNamesWhereADigestIsGiven) {
  Digest const by_name = [](std::string_view bytes) { return "hash of " + std::string{bytes}; };
  EXPECT_THAT(broken(by_name), IsEmpty());
  open_sqlite(dir.file())
      ->run(
          "UPDATE blob_bytes SET bytes = 'other' WHERE id IN (SELECT id FROM blob_name WHERE "
          "sha256 LIKE '%Screen%')");
  EXPECT_THAT(broken(by_name), ElementsAre("the content of every blob is what its name says"));
  EXPECT_THAT(broken(), IsEmpty());
}

TEST_F(Invariants, TheIndexMustHoldWhatNeitherWaitsNorIsMerged) {
  EXPECT_THAT(ask([](Tx& tx) { return indexed_tickets(tx); }), ElementsAre(1001, 1002));
  write_again(desk::TicketId{1001});
  EXPECT_THAT(ask([](Tx& tx) { return indexed_tickets(tx); }), ElementsAre(1002));
  EXPECT_THAT(ask([](Tx& tx) { return indexed_messages(tx); }), ElementsAre(4)) << "that of ticket 1002";
  EXPECT_THAT(ask([](Tx& tx) { return every_message(tx); }), ElementsAre(1, 2, 3, 4, 5));
}

TEST_F(Invariants, HoldInACopyTakenWhileAWriterIsAtWork) {
  auto const copy = dir.path() / "copy.db";
  auto other = opened(dir.file());
  auto const done = other.write("hold the lock", [&](Tx& tx) {
    tx.driver().run("UPDATE ticket SET subject = 'not committed'");
    auto const copied = store.copy_to(copy);
    EXPECT_TRUE(copied) << copied.error().what;
  });
  ASSERT_TRUE(done);
  EXPECT_EQ(std::filesystem::status(copy).permissions() & std::filesystem::perms::mask,
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  auto second = opened(copy);
  auto const read = second.read("look", [](Tx& tx) {
    EXPECT_THAT(check_invariants(tx, {}), Each(Field(&Finding::broken, 0)));
    EXPECT_EQ(count(tx).tickets, 2);
    EXPECT_EQ(find_ticket(tx, desk::TicketId{1002})->subject, "Screen");
  });
  EXPECT_TRUE(read);
}

TEST_F(Invariants, CopiesOverwriteNothingAndLeaveNothingHalf) {
  auto const there = dir.path() / "there.db";
  std::ofstream{there} << "precious";
  auto const refused = store.copy_to(there);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, Kind::conflict);
  EXPECT_EQ(std::filesystem::file_size(there), 8U);
  auto const nowhere = store.copy_to(dir.path() / "no folder" / "copy.db");
  ASSERT_FALSE(nowhere);
  EXPECT_THAT(nowhere.error().what, testing::HasSubstr("no folder"));
}

}  // namespace
}  // namespace spoc::store
