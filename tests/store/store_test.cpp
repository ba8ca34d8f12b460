// SPDX-License-Identifier: GPL-3.0-or-later
// The doors: opening, all or nothing, nested parts, several writers, a killed process, a full disk.
#include "store/store.hpp"
#include "store/blobs.hpp"

#include "store/columns.hpp"
#include "store/damage.hpp"
#include "store/tickets.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <future>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "desk_fixture.hpp"

namespace spoc::store {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

using StoreDoor = Desk;

TEST_F(StoreDoor, opens_a_file_that_only_the_owner_reads) {
  struct stat facts {};
  ASSERT_EQ(::stat(dir.file().c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777U, 0600U);
  ASSERT_EQ(::stat((dir.file().string() + "-wal").c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777U, 0600U);
}

TEST_F(StoreDoor, is_durable_and_checked) {
  auto const pragma = [&](std::string const& name) {
    return ask([&](Tx& tx) {
      std::string value;
      tx.driver().run("PRAGMA " + name, {}, [&](Row const& row) { value = row.text(0); });
      return value;
    });
  };
  EXPECT_EQ(pragma("journal_mode"), "wal");
  EXPECT_EQ(pragma("synchronous"), "2");
  EXPECT_EQ(pragma("foreign_keys"), "1");
  EXPECT_EQ(pragma("busy_timeout"), "10000");
}

// A process that closes any descriptor of the file loses its POSIX locks on it; another process then believes
// itself alone and throws the log away with what was committed to it.
TEST_F(StoreDoor, keeps_its_locks_when_it_is_opened_a_second_time) {
  ASSERT_EQ(ask([](Tx& tx) { return count(tx).tickets; }), 0);
  { ASSERT_TRUE(Store::open(dir.file())); }
  pid_t const child = ::fork();
  if (child == 0) {
    struct flock wanted {};
    wanted.l_type = F_WRLCK;
    wanted.l_whence = SEEK_SET;
    wanted.l_start = 0x40000002;  // SQLite's shared range: 510 bytes behind the pending and reserved bytes
    wanted.l_len = 510;
    int const descriptor = ::open(dir.file().c_str(), O_RDWR);
    bool const held = ::fcntl(descriptor, F_GETLK, &wanted) == 0 && wanted.l_type != F_UNLCK;
    ::_exit(held ? 0 : 1);
  }
  int status = -1;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0) << "the locks are gone";
}

TEST_F(StoreDoor, carries_its_log_over_and_goes_on) {
  ASSERT_TRUE(store.write("one", [](Tx& tx) { keep_fact(tx, "a", "1"); }));
  store.carry_over_log();
  ASSERT_TRUE(store.write("two", [](Tx& tx) { keep_fact(tx, "b", "2"); }));
  ASSERT_TRUE(store.read("both", [](Tx& tx) {
    EXPECT_EQ(fact(tx, "a"), "1");
    EXPECT_EQ(fact(tx, "b"), "2");
  }));
}

TEST_F(StoreDoor, names_a_missing_folder) {
  auto const store_there = Store::open(dir.path() / "nowhere" / "spoc.db");
  ASSERT_TRUE(store_there.has_error());
  EXPECT_EQ(store_there.error().kind, Kind::missing);
  EXPECT_THAT(store_there.error().what, HasSubstr("nowhere is missing; create it"));
}

TEST_F(StoreDoor, refuses_what_is_no_database) {
  auto const file = dir.path() / "letter.txt";
  std::ofstream{file} << std::string(8192, 'x');
  auto const other = Store::open(file);
  ASSERT_TRUE(other.has_error());
  EXPECT_EQ(other.error().kind, Kind::unreadable);
  EXPECT_THAT(other.error().what, HasSubstr("letter.txt: this is not a database"));
}

TEST_F(StoreDoor, leaves_an_older_schema_beside_a_daemon) {
  EXPECT_TRUE(Store::open(dir.file(), Schema::leave)) << "it is as this release wants it";
  write([](Tx& tx) { tx.driver().run("UPDATE meta SET value = '7' WHERE key = 'schema'"); });
  auto const again = Store::open(dir.file(), Schema::leave);
  ASSERT_TRUE(again.has_error());
  EXPECT_EQ(again.error().kind, Kind::conflict);
  EXPECT_THAT(again.error().what, HasSubstr("made by an older Spoc (schema 7"));
  std::string version;
  ask([&](Tx& tx) {
    tx.driver().run("SELECT value FROM meta WHERE key = 'schema'", {},
                    [&](Row const& row) { version = row.text(0); });
    return 0;
  });
  EXPECT_EQ(version, "7") << "nothing was changed";
}

TEST_F(StoreDoor, refuses_a_newer_schema) {
  write([](Tx& tx) { tx.driver().run("UPDATE meta SET value = '999' WHERE key = 'schema'"); });
  auto const again = Store::open(dir.file());
  ASSERT_TRUE(again.has_error());
  EXPECT_EQ(again.error().kind, Kind::conflict);
  EXPECT_THAT(again.error().what, HasSubstr("made by a newer Spoc (schema 999"));
}

TEST_F(StoreDoor, a_fault_leaves_nothing) {
  auto const arrival = arrival_of({});
  auto const done = store.write("receive", [&](Tx& tx) {
    apply(tx, plan_for(tx, {}, arrival), &arrival, now);
    throw Fault{{Kind::refused, "no"}};
  });
  ASSERT_TRUE(done.has_error());
  EXPECT_EQ(done.error().kind, Kind::refused);
  EXPECT_EQ(done.error().what, "receive: no");
  for (auto const* table : {"ticket", "message", "ledger", "blob", "contact", "trail", "index_job"})
    EXPECT_EQ(rows(table), 0) << table;
  EXPECT_EQ(desk::number(arrive().ticket), 1001);
}

TEST_F(StoreDoor, any_exception_comes_out_as_an_error) {
  auto const done = store.write("receive", [&](Tx& tx) {
    keep_fact(tx, "a", "b");
    throw std::runtime_error("boom");
  });
  ASSERT_TRUE(done.has_error());
  EXPECT_EQ(done.error().kind, Kind::broken);
  EXPECT_EQ(done.error().what, "receive: boom");
  EXPECT_EQ(rows("fact"), 0);
}

TEST_F(StoreDoor, a_read_does_not_write) {
  auto const done = store.read("look", [](Tx& tx) { keep_fact(tx, "a", "b"); });
  ASSERT_TRUE(done.has_error());
  EXPECT_THAT(done.error().what, HasSubstr("a read wants to write"));
  EXPECT_EQ(rows("fact"), 0);
}

TEST_F(StoreDoor, a_read_is_one_snapshot) {
  arrive();
  Store other = opened(dir.file());
  std::vector<std::int64_t> counts;
  auto const done = store.read("look", [&](Tx& tx) {
    counts.push_back(count(tx).tickets);
    auto const written = other.write("other", [&](Tx& tx2) {
      auto const arrival = arrival_of({});
      apply(tx2, plan_for(tx2, {}, arrival), &arrival, now);
    });
    EXPECT_TRUE(written.has_value());
    counts.push_back(count(tx).tickets);
  });
  ASSERT_TRUE(done.has_value()) << done.error().what;
  EXPECT_THAT(counts, ElementsAre(1, 1));
  EXPECT_EQ(ask([](Tx& tx) { return count(tx).tickets; }), 2);
}

TEST_F(StoreDoor, attempt_isolates_one_arrival_of_a_batch) {
  std::vector<bool> held;
  Error why;
  write([&](Tx& tx) {
    for (int i = 0; i < 3; ++i) {
      auto const arrival = arrival_of({.subject = "mail " + std::to_string(i)});
      held.push_back(attempt(
          tx,
          [&](Tx& inner) {
            apply(inner, plan_for(inner, {}, arrival), &arrival, now);
            if (i == 1) throw Fault{{Kind::conflict, "the second is bad"}};
          },
          &why));
    }
  });
  EXPECT_THAT(held, ElementsAre(true, false, true));
  EXPECT_EQ(why.kind, Kind::conflict);
  EXPECT_EQ(why.what, "the second is bad");
  EXPECT_EQ(rows("ticket"), 2);
  EXPECT_EQ(rows("ledger"), 2);
  EXPECT_EQ(ask([](Tx& tx) { return desk::number(next_ticket(tx)); }), 1003);
}

TEST_F(StoreDoor, numbers_are_without_gaps_whatever_fails) {
  write([&](Tx& tx) {
    EXPECT_EQ(next_number(tx, "draft"), 1);
    EXPECT_FALSE(attempt(tx, [](Tx& inner) {
      EXPECT_EQ(next_number(inner, "draft"), 2);
      keep_numbers(inner);  // as a look into the table does
      EXPECT_EQ(next_number(inner, "draft"), 3);
      EXPECT_EQ(next_number(inner, "digest"), 1);
      throw Fault{{Kind::conflict, "no"}};
    }));
    EXPECT_EQ(next_number(tx, "draft"), 2);
  });
  EXPECT_TRUE(store
                  .write("fails",
                         [](Tx& tx) {
                           EXPECT_EQ(next_number(tx, "draft"), 3);
                           throw Fault{{Kind::conflict, "no"}};
                         })
                  .has_error());
  write([](Tx& tx) {
    EXPECT_EQ(next_number(tx, "draft"), 3);
    EXPECT_EQ(next_number(tx, "digest"), 1);
    auto const trail = last_trail(tx);
    EXPECT_EQ(next_number(tx, "trail"), trail + 1);
    EXPECT_EQ(last_trail(tx), trail + 1) << "counted, and not yet written";
  });
}

TEST_F(StoreDoor, attempts_nest) {
  write([&](Tx& tx) {
    EXPECT_TRUE(attempt(tx, [&](Tx& outer) {
      keep_fact(outer, "outer", "1");
      EXPECT_FALSE(attempt(outer, [](Tx& inner) {
        keep_fact(inner, "inner", "1");
        throw std::runtime_error("inner");
      }));
    }));
  });
  EXPECT_EQ(ask([](Tx& tx) { return fact(tx, "outer"); }), "1");
  EXPECT_EQ(ask([](Tx& tx) { return fact(tx, "inner"); }), std::nullopt);
}

TEST_F(StoreDoor, a_second_writer_waits) {
  std::promise<void> holding, waiting;
  std::thread second{[&] {
    Store other = opened(dir.file());
    holding.get_future().wait();
    waiting.set_value();
    auto const done =
        other.write("second", [](Tx& tx) { keep_fact(tx, "order", *fact(tx, "order") + " second"); });
    EXPECT_TRUE(done.has_value()) << done.error().what;
  }};
  write([&](Tx& tx) {
    holding.set_value();
    waiting.get_future().wait();
    keep_fact(tx, "order", "first");
  });
  second.join();
  EXPECT_EQ(ask([](Tx& tx) { return fact(tx, "order"); }), "first second");
}

TEST_F(StoreDoor, a_writer_that_waited_in_vain_is_told_busy) {
  Store other = opened(dir.file());
  ASSERT_TRUE(other.read("hurry", [](Tx& tx) { tx.driver().run("PRAGMA busy_timeout = 1"); }).has_value());
  write([&](Tx&) {
    auto const done = other.write("second", [](Tx&) {});
    ASSERT_TRUE(done.has_error());
    EXPECT_EQ(done.error().kind, Kind::busy);
    EXPECT_THAT(done.error().what, HasSubstr("spoc.db: another writer held the database"));
  });
}

TEST_F(StoreDoor, many_may_create_the_same_file_at_once) {
  auto const file = dir.path() / "fresh.db";
  std::vector<std::thread> threads;
  std::array<std::string, 4> faults;
  for (auto& fault : faults) {
    threads.emplace_back([&] {
      auto const one = Store::open(file);
      if (one.has_error()) fault = one.error().what;
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_THAT(faults, testing::Each(std::string{}));
}

TEST_F(StoreDoor, a_process_killed_in_mid_transaction_leaves_nothing) {
  arrive({.subject = "before"});
  pid_t const child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    Store mine = opened(dir.file());
    auto const done = mine.write("receive", [&](Tx& tx) {
      // Enough to spill from the cache into the log before the commit.
      tx.driver().run("PRAGMA cache_size = 10");
      for (int i = 0; i < 200; ++i) {
        auto const arrival = arrival_of({.reply = std::string(5000, 'x')});
        apply(tx, plan_for(tx, {}, arrival), &arrival, now);
      }
      ::raise(SIGKILL);
    });
    ::_exit(done.has_error() ? 2 : 3);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFSIGNALED(status));
  store = opened(dir.file());
  EXPECT_EQ(rows("ticket"), 1);
  EXPECT_EQ(desk::number(arrive({.subject = "after"}).ticket), 1002);
  EXPECT_EQ(ask([](Tx& tx) {
              std::string verdict;
              tx.driver().run("PRAGMA integrity_check", {}, [&](Row const& row) { verdict = row.text(0); });
              return verdict;
            }),
            "ok");
}

TEST_F(StoreDoor, a_full_disk_is_told_as_such_and_loses_nothing) {
  arrive();
  write([](Tx& tx) { tx.driver().run("PRAGMA max_page_count = 1"); });  // the least: what there is
  auto const done = store.write("receive", [](Tx& tx) { keep_blob(tx, "big", std::string(1 << 20, 'x')); });
  ASSERT_TRUE(done.has_error());
  EXPECT_EQ(done.error().kind, Kind::busy);
  EXPECT_THAT(done.error().what, HasSubstr("the disk is full; make room"));

  auto const batch = store.write("receive", [&](Tx& tx) {
    attempt(tx, [](Tx& inner) { keep_blob(inner, "big", std::string(1 << 20, 'x')); });
    keep_fact(tx, "small", "1");
  });
  write([](Tx& tx) { tx.driver().run("PRAGMA max_page_count = 1000000"); });
  // Either the whole batch is gone and said so, or the rest of it held.
  EXPECT_EQ(batch.has_value(), ask([](Tx& tx) { return fact(tx, "small"); }).has_value());
  EXPECT_EQ(rows("ticket"), 1);
  EXPECT_EQ(desk::number(arrive().ticket), 1002);
}

TEST_F(StoreDoor, damage_is_told_to_whoever_asked) {
  arrive();
  ASSERT_TRUE(store.copy_to(dir.path() / "copy.db").has_value());  // whole in one file, no log beside it
  std::int64_t root = 0, page = 0;
  {
    Store copy = opened(dir.path() / "copy.db");
    auto const asked = copy.read("root page", [&](Tx& tx) {
      tx.driver().run("SELECT rootpage FROM sqlite_master WHERE name = 'ticket'", {},
                      [&](Row const& row) { root = row.integer(0); });
      tx.driver().run("PRAGMA page_size", {}, [&](Row const& row) { page = row.integer(0); });
    });
    ASSERT_TRUE(asked.has_value());
  }
  {
    std::fstream file{dir.path() / "copy.db", std::ios::in | std::ios::out | std::ios::binary};
    file.seekp((root - 1) * page);
    file << std::string(static_cast<std::size_t>(page), '\x5a');
  }
  Store hurt = opened(dir.path() / "copy.db");
  std::vector<std::string> told;
  on_damage([&](Error const& error) { told.push_back(error.what); });
  auto const look = [](Tx& tx) { tx.driver().run("SELECT subject FROM ticket", {}, {}); };
  auto const done = hurt.read("look", look);
  auto const nested = hurt.write("try", [&](Tx& tx) { attempt(tx, look); });
  on_damage({});
  ASSERT_TRUE(nested.has_error()) << "nobody goes on over a damaged database";
  EXPECT_EQ(nested.error().kind, Kind::unreadable);
  ASSERT_TRUE(done.has_error());
  EXPECT_EQ(done.error().kind, Kind::unreadable);
  EXPECT_EQ(told, (std::vector{done.error().what, nested.error().what}));
  EXPECT_THAT(told.front(), HasSubstr("spocctl restore"));
}

TEST_F(StoreDoor, foreign_keys_hold) {
  auto const done = store.write("receive", [&](Tx& tx) {
    desk::Plan plan;
    plan.ticket = desk::TicketId{4711};
    plan.messages.emplace_back();
    apply(tx, plan, nullptr, now);
  });
  ASSERT_TRUE(done.has_error());
  EXPECT_EQ(done.error().kind, Kind::missing);
  EXPECT_THAT(done.error().what, HasSubstr("there is no ticket #4711"));
}

}  // namespace
}  // namespace spoc::store
