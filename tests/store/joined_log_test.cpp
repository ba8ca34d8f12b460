// SPDX-License-Identifier: GPL-3.0-or-later
// SQLite's log in few writes: how many, who sees what, and what a disk that fails in the midst of them
// leaves.
#include "store/joined_log.hpp"

#include <sqlite3.h>

#include "desk_fixture.hpp"
#include "store/sqlite.hpp"

namespace spoc::store {
namespace {

using testing::IsEmpty;

/// The system's VFS below ours, which counts what is written to the log and refuses it on demand.
struct Disk {
  static inline int writes = 0;
  static inline int beginnings = 0;  ///< of them, at the log's first byte
  static inline std::int64_t bytes = 0;
  static inline std::int64_t bytes_at_sync = 0;  ///< how many they were when it was last synchronised
  static inline int refusal = SQLITE_OK;         ///< what writes to the log end with
  static inline int well = 0;                    ///< as many more succeed before that
  static inline sqlite3_vfs* system = nullptr;
  static inline sqlite3_io_methods const* real = nullptr;
  static inline sqlite3_io_methods counted{};
  static inline sqlite3_vfs vfs{};

  static int write(sqlite3_file* file, void const* from, int size, sqlite3_int64 place) {
    if (refusal != SQLITE_OK && well-- <= 0) return refusal;
    ++writes;
    if (place == 0) ++beginnings;
    bytes += size;
    return real->xWrite(file, from, size, place);
  }
  static int synchronise(sqlite3_file* file, int flags) {
    bytes_at_sync = bytes;
    return real->xSync(file, flags);
  }
  static int open(sqlite3_vfs*, char const* name, sqlite3_file* file, int flags, int* out) {
    int const code = system->xOpen(system, name, file, flags, out);
    if (code != SQLITE_OK || (flags & SQLITE_OPEN_WAL) == 0) return code;
    real = file->pMethods;
    counted = *real;
    counted.xWrite = write;
    counted.xSync = synchronise;
    file->pMethods = &counted;
    return code;
  }

  Disk() {
    system = sqlite3_vfs_find(nullptr);
    vfs = *system;
    vfs.zName = "disk";
    vfs.xOpen = open;
    sqlite3_vfs_register(&vfs, 1);
    refusal = SQLITE_OK;
  }
  Disk(Disk const&) = delete;
  Disk& operator=(Disk const&) = delete;
  ~Disk() {
    sqlite3_vfs_unregister(&vfs);
    sqlite3_vfs_register(system, 1);
  }
};

class JoinedLog : public testing::Test {
 protected:
  static void fill(Driver& driver, int rows) {
    std::string const long_row(6000, 'x');
    for (int i = 0; i < rows; ++i) driver.run("INSERT INTO t (s) VALUES ($1)", {long_row});
  }
  static std::int64_t rows(Driver& driver) {
    std::int64_t found = -1;
    driver.run("SELECT COUNT(*) FROM t", {}, [&](Row const& row) { found = row.integer(0); });
    return found;
  }
  void write(int count) {
    driver->begin_write();
    fill(*driver, count);
    driver->commit();
  }

  Disk disk;
  TempDir dir;
  std::unique_ptr<Driver> driver = [&] {
    auto made = open_sqlite(dir.file());
    made->run("CREATE TABLE t (id INTEGER PRIMARY KEY, s TEXT NOT NULL)");
    return made;
  }();
};

TEST_F(JoinedLog, a_commit_is_written_in_few_pieces) {
  Disk::writes = 0, Disk::bytes = 0;
  write(100);
  EXPECT_GT(Disk::bytes, 100 * 8192);
  EXPECT_LE(Disk::writes, Disk::bytes / (14 * (24 + 8192)) + 4);
}

TEST_F(JoinedLog, all_of_a_commit_is_written_before_it_is_synchronised) {
  for (int const count : {1, 7, 100}) {
    Disk::bytes = Disk::bytes_at_sync = 0;
    write(count);
    EXPECT_GT(Disk::bytes, count * 6000);
    EXPECT_EQ(Disk::bytes_at_sync, Disk::bytes);
  }
}

/// Where nobody synchronises, either.
TEST_F(JoinedLog, others_see_a_commit_that_is_not_synchronised) {
  auto const other = open_sqlite(dir.file());
  for (char const* pragma : {"PRAGMA synchronous = NORMAL", "PRAGMA synchronous = OFF"}) {
    driver->run(pragma);
    auto const before = rows(*driver);
    write(40);
    EXPECT_EQ(rows(*other), before + 40) << pragma;
    EXPECT_THAT(other->damage(), IsEmpty()) << pragma;
  }
}

/// All within COMMIT: the log is carried over, cut, and begun anew with a head of its own.
TEST_F(JoinedLog, a_log_begins_anew) {
  auto const other = open_sqlite(dir.file());
  driver->run("PRAGMA wal_autocheckpoint = 20");
  driver->run("PRAGMA journal_size_limit = 100000");
  Disk::beginnings = 0;
  int all = 0;
  for (int turn = 0; turn < 20; ++turn) {
    int const count = turn % 3 == 0 ? 1 : 40;
    write(count);
    all += count;
    EXPECT_EQ(rows(*other), all);
    EXPECT_THAT(other->damage(), IsEmpty());
  }
  EXPECT_GT(Disk::beginnings, 5);
  driver.reset();
  EXPECT_EQ(rows(*open_sqlite(dir.file())), all);
}

/// The disk refuses the middle of a commit; what was held of it must not come over others' later.
TEST_F(JoinedLog, nothing_of_a_commit_that_failed_is_written_later) {
  auto const other = open_sqlite(dir.file());
  for (int after = 0; after < 8; ++after) {
    auto const before = rows(*other);
    driver->begin_write();
    fill(*driver, 100);
    Disk::well = after, Disk::refusal = SQLITE_FULL;
    EXPECT_THROW(driver->commit(), Fault) << after;
    driver->roll_back();
    Disk::refusal = SQLITE_OK;
    other->begin_write();
    fill(*other, 100);
    other->commit();
    EXPECT_EQ(rows(*driver), before + 100) << after;
    write(1);
    EXPECT_EQ(rows(*open_sqlite(dir.file())), before + 101) << after;
    EXPECT_THAT(other->damage(), IsEmpty()) << after;
  }
}

TEST_F(JoinedLog, others_see_a_commit_as_soon_as_it_is_one_and_nothing_before) {
  auto const other = open_sqlite(dir.file());
  driver->run("PRAGMA cache_size = 10");  // so that pages go to the log, and come back, before the commit
  driver->begin_write();
  fill(*driver, 200);
  EXPECT_EQ(rows(*driver), 200);
  EXPECT_EQ(rows(*other), 0);
  driver->commit();
  EXPECT_EQ(rows(*other), 200);
  EXPECT_THAT(other->damage(), IsEmpty());
}

TEST_F(JoinedLog, what_was_taken_back_is_written_over) {
  driver->run("PRAGMA cache_size = 10");
  driver->begin_write();
  fill(*driver, 200);
  driver->roll_back();
  write(3);
  EXPECT_EQ(rows(*open_sqlite(dir.file())), 3);
  EXPECT_THAT(driver->damage(), IsEmpty());
}

/// What a transaction wrote to the log before it was taken back must not come after what others write there.
TEST_F(JoinedLog, nothing_of_what_was_taken_back_is_written_later) {
  driver.reset();  // the log begins anew
  driver = open_sqlite(dir.file());
  auto const other = open_sqlite(dir.file());
  driver->run("PRAGMA cache_size = 10");
  for (int turn = 1; turn <= 3; ++turn) {
    driver->begin_write();
    driver->run("INSERT INTO t (s) VALUES ($1)",
                {std::string(1'000'000, 'x')});  // pages that nobody reads again
    driver->roll_back();
    for (int i = 0; i < 100; ++i) {
      other->begin_write();
      fill(*other, 1);
      other->commit();
    }
    EXPECT_EQ(rows(*driver), 100 * turn);
    EXPECT_EQ(rows(*open_sqlite(dir.file())), 100 * turn);
    EXPECT_THAT(other->damage(), IsEmpty());
  }
}

/// A statement that fails may be taken back alone, and the transaction go on.
TEST_F(JoinedLog, no_commit_stands_on_a_page_that_was_not_written) {
  driver->run("PRAGMA cache_size = 10");
  for (int after = 0; after < 60; ++after) {
    auto const before = rows(*driver);
    Disk::well = after, Disk::refusal = SQLITE_FULL;
    bool kept = true;
    driver->begin_write();
    try {
      fill(*driver, 20);
      driver->run("UPDATE t SET s = s || 'y' WHERE id > (SELECT MAX(id) - 40 FROM t)");
    } catch (Fault const&) {
      Disk::refusal = SQLITE_OK;
    }
    try {
      driver->commit();
    } catch (Fault const&) {
      kept = false;
      driver->roll_back();
    }
    Disk::refusal = SQLITE_OK;
    ASSERT_THAT(driver->damage(), IsEmpty()) << after;
    ASSERT_THAT(open_sqlite(dir.file())->damage(), IsEmpty()) << after;
    ASSERT_EQ(rows(*driver), before + (kept ? 20 : 0)) << after;
  }
}

/// At each write of a commit, and at the first of what spills before it.
TEST_F(JoinedLog, a_disk_that_fails_in_the_midst_leaves_all_or_nothing) {
  write(1);
  for (int const code : {SQLITE_FULL, SQLITE_IOERR_WRITE}) {
    for (int after = 0; after < 12; ++after) {
      auto const before = rows(*driver);
      driver->run(after % 2 == 0 ? "PRAGMA cache_size = 10" : "PRAGMA cache_size = -16384");
      Disk::well = after, Disk::refusal = code;
      bool kept = true;
      try {
        write(60);
      } catch (Fault const& fault) {
        kept = false;
        EXPECT_EQ(fault.error.kind, Kind::busy);
        driver->roll_back();
      }
      Disk::refusal = SQLITE_OK;
      EXPECT_EQ(rows(*driver), before + (kept ? 60 : 0));
      EXPECT_EQ(rows(*open_sqlite(dir.file())), before + (kept ? 60 : 0));
      write(1);
      EXPECT_THAT(driver->damage(), IsEmpty());
    }
  }
  driver->carry_over_log();
  auto const all = rows(*driver);
  driver.reset();
  EXPECT_EQ(rows(*open_sqlite(dir.file())), all);
}

}  // namespace
}  // namespace spoc::store
