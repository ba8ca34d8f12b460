// SPDX-License-Identifier: GPL-3.0-or-later
// The driver: parameters, values there and back, statements inside statements, faults.
#include "store/driver.hpp"

#include "desk_fixture.hpp"
#include "store/sqlite.hpp"

namespace spoc::store {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class SqliteDriver : public testing::Test {
 protected:
  std::vector<std::string> texts(std::string_view sql, std::vector<Value> const& values = {}) {
    std::vector<std::string> out;
    driver->run(sql, values, [&](Row const& row) { out.push_back(row.text(0)); });
    return out;
  }
  TempDir dir;
  std::unique_ptr<Driver> driver = open_sqlite(dir.file());
};

TEST_F(SqliteDriver, parameters_go_by_number_not_by_place) {
  EXPECT_THAT(texts("SELECT $2 || $1 || $2", {"a", "b"}), ElementsAre("bab"));
  EXPECT_THAT(texts("SELECT $10 || $1", {"1", "2", "3", "4", "5", "6", "7", "8", "9", "ten"}),
              ElementsAre("ten1"));
}

TEST_F(SqliteDriver, a_missing_value_is_a_fault) { EXPECT_THROW(driver->run("SELECT $1, $2", {"a"}), Fault); }

TEST_F(SqliteDriver, values_come_back_as_they_went) {
  std::string const bytes{"\0\xff\n\0", 4};
  driver->run("CREATE TABLE t (i BIGINT, r DOUBLE PRECISION, s TEXT, b BLOB, n TEXT)");
  EXPECT_EQ(driver->run("INSERT INTO t VALUES ($1, $2, $3, $4, $5)",
                        {std::int64_t{-9'000'000'000}, 0.1, bytes, Blob{bytes}, nullptr}),
            1);
  bool found = false;
  driver->run("SELECT i, r, s, b, n FROM t", {}, [&](Row const& row) {
    found = true;
    EXPECT_EQ(row.integer(0), -9'000'000'000);
    EXPECT_EQ(row.real(1), 0.1);
    EXPECT_EQ(row.text(2), bytes);
    EXPECT_EQ(row.text(3), bytes);
    EXPECT_TRUE(row.null(4));
    EXPECT_EQ(row.text(4), "");
    EXPECT_EQ(row.integer(4), 0);
    EXPECT_FALSE(row.null(2));
  });
  EXPECT_TRUE(found);
}

TEST_F(SqliteDriver, an_empty_text_or_blob_is_not_null) {
  driver->run("CREATE TABLE t (s TEXT, b BLOB)");
  driver->run("INSERT INTO t VALUES ($1, $2)", {std::string_view{}, Blob{}});
  driver->run("SELECT s, b FROM t", {}, [](Row const& row) {
    EXPECT_FALSE(row.null(0));
    EXPECT_FALSE(row.null(1));
  });
}

TEST_F(SqliteDriver, counts_the_rows_that_changed) {
  driver->run("CREATE TABLE t (i BIGINT)");
  driver->run("INSERT INTO t VALUES (1), (2), (3)");
  EXPECT_EQ(driver->run("UPDATE t SET i = i + 1 WHERE i > $1", {std::int64_t{1}}), 2);
  EXPECT_EQ(driver->run("UPDATE t SET i = i + 1 WHERE i > $1", {std::int64_t{100}}), 0);
  EXPECT_EQ(driver->run("SELECT i FROM t"), 0);
}

TEST_F(SqliteDriver, the_same_words_may_run_inside_themselves) {
  driver->run("CREATE TABLE t (i BIGINT)");
  driver->run("INSERT INTO t VALUES (1), (2)");
  std::vector<std::string> pairs;
  constexpr auto sql = "SELECT i FROM t ORDER BY i";
  driver->run(sql, {}, [&](Row const& outer) {
    driver->run(sql, {}, [&](Row const& inner) { pairs.push_back(outer.text(0) + inner.text(0)); });
  });
  EXPECT_THAT(pairs, ElementsAre("11", "12", "21", "22"));
}

TEST_F(SqliteDriver, a_throwing_reader_does_not_jam_the_statement) {
  EXPECT_THROW(driver->run("SELECT 1 UNION SELECT 2", {}, [](Row const&) { throw 7; }), int);
  EXPECT_THAT(texts("SELECT 1 UNION SELECT 2"), ElementsAre("1", "2"));
}

TEST_F(SqliteDriver, a_fault_in_our_sql_names_file_and_words) {
  try {
    driver->run("SELECT word FROM nowhere");
    FAIL();
  } catch (Fault const& fault) {
    EXPECT_EQ(fault.error.kind, Kind::broken);
    EXPECT_THAT(fault.error.what, HasSubstr("spoc.db"));
    EXPECT_THAT(fault.error.what, HasSubstr("no such table: nowhere"));
    EXPECT_THAT(fault.error.what, HasSubstr("SELECT word"));
  }
}

TEST_F(SqliteDriver, knows_its_tables) {
  EXPECT_FALSE(driver->has_table("t"));
  driver->run("CREATE TABLE t (i BIGINT)");
  EXPECT_TRUE(driver->has_table("t"));
}

}  // namespace
}  // namespace spoc::store
