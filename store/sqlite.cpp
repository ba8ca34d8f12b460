// SPDX-License-Identifier: GPL-3.0-or-later
// SQLite's connection and prepared statements, and what its error codes mean for us.
#include "store/sqlite.hpp"

#include "store/joined_log.hpp"
#include "store/store.hpp"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstring>
#include <system_error>
#include <thread>
#include <unordered_map>
#include <utility>

namespace spoc::store {
namespace {

constexpr int lock_wait_ms = 10'000;

struct Meaning {
  int code;
  Kind kind;
  std::string_view words;
};

/// A full or failing disk is `busy`: it is no fault of what was to be written, nothing is lost, and the work
/// goes on by itself once the machine is well. What is damaged is `unreadable`: to go on would make it worse.
constexpr std::array meanings{
    Meaning{SQLITE_BUSY, Kind::busy, "another writer held the database for 10 s; try again"},
    Meaning{SQLITE_LOCKED, Kind::busy, "another writer held the database; try again"},
    Meaning{SQLITE_FULL, Kind::busy, "the disk is full; make room, nothing was lost"},
    Meaning{SQLITE_READONLY, Kind::broken,
            "the database can't be written; give this user the file and its folder"},
    Meaning{SQLITE_CANTOPEN, Kind::busy,
            "the database can't be opened; check the folder, the rights and the limit of open files"},
    Meaning{SQLITE_PERM, Kind::broken,
            "the database can't be opened; give this user the file and its folder"},
    Meaning{SQLITE_NOTADB, Kind::unreadable,
            "this is not a database; name another file or restore the backup"},
    Meaning{SQLITE_CORRUPT, Kind::unreadable,
            "the database is damaged; stop the service and go back to the last backup with spocctl restore"},
    Meaning{SQLITE_IOERR, Kind::busy,
            "the disk can't be read or written; look at the system's log, nothing was lost"},
    Meaning{SQLITE_NOMEM, Kind::busy, "no memory; try again"},
};

Fault fault_of(sqlite3* connection, std::string const& file, std::string_view doing) {
  int const code = sqlite3_extended_errcode(connection);
  std::string const detail = std::string{sqlite3_errmsg(connection)} + ", code " + std::to_string(code);
  for (auto const& meaning : meanings) {
    if (meaning.code == (code & 0xff))
      return Fault{{meaning.kind, file + ": " + std::string{meaning.words} + " (" + detail + ")"}};
  }
  return Fault{{Kind::broken, file + ": " + detail + " in: " + std::string{doing}}};
}

struct Finalize {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
struct Close {
  void operator()(sqlite3* connection) const { sqlite3_close_v2(connection); }
};
using Connection = std::unique_ptr<sqlite3, Close>;

struct Prepared {
  std::unique_ptr<sqlite3_stmt, Finalize> statement;
  /// SQLite counts $2, $1 by first appearance; here is which value each place takes.
  std::vector<std::size_t> numbers;
};

class SqliteRow final : public Row {
 public:
  explicit SqliteRow(sqlite3_stmt* statement) : statement_(statement) {}
  bool null(int column) const override { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
  std::int64_t integer(int column) const override { return sqlite3_column_int64(statement_, column); }
  double real(int column) const override { return sqlite3_column_double(statement_, column); }
  std::string text(int column) const override {
    void const* bytes = sqlite3_column_blob(statement_, column);
    int const size = sqlite3_column_bytes(statement_, column);
    return bytes == nullptr ? std::string{} : std::string{static_cast<char const*>(bytes), std::size_t(size)};
  }

 private:
  sqlite3_stmt* statement_;
};

struct Binder {
  sqlite3_stmt* statement;
  int place;
  int operator()(std::nullptr_t) const { return sqlite3_bind_null(statement, place); }
  int operator()(std::int64_t value) const { return sqlite3_bind_int64(statement, place, value); }
  int operator()(double value) const { return sqlite3_bind_double(statement, place, value); }
  // The views outlive the run, so SQLite need not copy; a null pointer would mean NULL.
  int operator()(std::string_view value) const {
    return sqlite3_bind_text64(statement, place, value.empty() ? "" : value.data(), value.size(), nullptr,
                               SQLITE_UTF8);
  }
  int operator()(Blob value) const {
    return sqlite3_bind_blob64(statement, place, value.bytes.empty() ? "" : value.bytes.data(),
                               value.bytes.size(), nullptr);
  }
};

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};
using Cache = std::unordered_map<std::string, Prepared, TextHash, std::equal_to<>>;

class Sqlite final : public Driver {
 public:
  Sqlite(Connection connection, std::string file)
      : connection_(std::move(connection)), file_(std::move(file)) {}

  std::int64_t run(std::string_view sql, std::vector<Value> const& values,
                   std::function<void(Row const&)> const& each) override {
    Lease lease{cache_, take(sql)};
    Prepared& prepared = lease.node.mapped();
    sqlite3_stmt* statement = prepared.statement.get();
    bind(sql, prepared, values);
    bool const reads_only = sqlite3_stmt_readonly(statement) != 0;
    if (reading_ && !reads_only)
      throw Fault{{Kind::broken, file_ + ": a read wants to write: " + std::string{sql}}};
    int step = sqlite3_step(statement);
    for (SqliteRow const row{statement}; step == SQLITE_ROW; step = sqlite3_step(statement)) {
      if (each) each(row);
    }
    if (step != SQLITE_DONE) throw fault_of(connection_.get(), file_, sql);
    return reads_only ? 0 : sqlite3_changes64(connection_.get());
  }

  void begin_write() override { run("BEGIN IMMEDIATE", {}, {}); }
  void begin_read() override {
    run("BEGIN", {}, {});
    reading_ = true;
  }
  void commit() override {
    reading_ = false;
    JoinedCommit const joined{connection_.get()};
    run("COMMIT", {}, {});
  }
  void roll_back() noexcept override {
    reading_ = false;
    if (in_transaction()) sqlite3_exec(connection_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
  }
  void begin_nested() override { run("SAVEPOINT nested", {}, {}); }
  void commit_nested() override { run("RELEASE SAVEPOINT nested", {}, {}); }
  void roll_back_nested() override {
    if (!in_transaction())
      throw Fault{
          {Kind::busy, file_ + ": the transaction was rolled back by a full or failing disk; make room"}};
    run("ROLLBACK TO SAVEPOINT nested", {}, {});
    run("RELEASE SAVEPOINT nested", {}, {});
  }
  bool has_table(std::string_view name) override {
    bool found = false;
    run("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = $1", {name},
        [&](Row const&) { found = true; });
    return found;
  }
  void copy_to(std::string_view file) override { run("VACUUM INTO $1", {file}, {}); }
  void carry_over_log() override { run("PRAGMA wal_checkpoint(PASSIVE)", {}, {}); }
  std::vector<std::string> damage() override {
    std::vector<std::string> out;
    run("PRAGMA integrity_check", {}, [&](Row const& row) {
      if (row.text(0) != "ok") out.push_back(row.text(0));
    });
    run("PRAGMA foreign_key_check", {}, [&](Row const& row) {
      out.push_back(row.text(0) + " row " + row.text(1) + " names a row of " + row.text(2) +
                    " that is not there");
    });
    return out;
  }

 private:
  /// A statement at work is out of the cache, so that the same words may be run again from inside `each`.
  struct Lease {
    Cache& cache;
    Cache::node_type node;
    Lease(Cache& owner, Cache::node_type taken) : cache(owner), node(std::move(taken)) {}
    Lease(Lease const&) = delete;
    Lease& operator=(Lease const&) = delete;
    ~Lease() {
      sqlite3_reset(node.mapped().statement.get());
      cache.insert(std::move(node));
    }
  };

  bool in_transaction() const { return sqlite3_get_autocommit(connection_.get()) == 0; }

  Cache::node_type take(std::string_view sql) {
    if (auto const found = cache_.find(sql); found != cache_.end()) return cache_.extract(found);
    Cache fresh;
    auto const at = fresh.emplace(std::string{sql}, prepare(sql)).first;
    return fresh.extract(at);
  }

  Prepared prepare(std::string_view sql) {
    sqlite3_stmt* statement = nullptr;
    int const code = sqlite3_prepare_v3(connection_.get(), sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (code != SQLITE_OK) throw fault_of(connection_.get(), file_, sql);
    Prepared prepared{decltype(Prepared::statement){statement}, {}};
    int const places = sqlite3_bind_parameter_count(statement);
    for (int place = 1; place <= places; ++place) {
      std::string_view const name = sqlite3_bind_parameter_name(statement, place);
      std::size_t number = 0;
      std::from_chars(name.data() + 1, name.data() + name.size(), number);
      prepared.numbers.push_back(number);
    }
    return prepared;
  }

  void bind(std::string_view sql, Prepared& prepared, std::vector<Value> const& values) {
    for (std::size_t index = 0; index < prepared.numbers.size(); ++index) {
      std::size_t const number = prepared.numbers[index];
      if (number == 0 || number > values.size())
        throw Fault{{Kind::broken, file_ + ": a value is missing for: " + std::string{sql}}};
      Binder const binder{prepared.statement.get(), static_cast<int>(index) + 1};
      if (std::visit(binder, values[number - 1]) != SQLITE_OK) throw fault_of(connection_.get(), file_, sql);
    }
  }

  Connection connection_;
  std::string file_;
  Cache cache_;
  bool reading_ = false;
};

/// SQLite would create the file with the umask's rights; WAL and shared memory take the rights of the file.
void create_private(std::filesystem::path const& file) {
  auto const folder = file.has_parent_path() ? file.parent_path() : std::filesystem::path{"."};
  std::error_code ignored;
  if (!std::filesystem::is_directory(folder, ignored))
    throw Fault{
        {Kind::missing, file.string() + ": the folder " + folder.string() + " is missing; create it"}};
  // Never opened when it is there already: closing a descriptor of the file drops every POSIX lock that this
  // process holds on it, those of its other connections too (sqlite.org, "How To Corrupt", 2.2).
  int const descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor < 0 && errno == EEXIST) return;
  if (descriptor < 0) {
    throw Fault{{Kind::broken, file.string() + ": can't be opened for writing (" + std::strerror(errno) +
                                   "); give this user the file and its folder"}};
  }
  // Made by root, it is the folder's owner's: spocd's user must be able to open it. (The log and the shared
  // memory follow by themselves.)
  struct stat owner {};
  if (::geteuid() == 0 && ::stat(folder.c_str(), &owner) == 0) [[maybe_unused]]
    int const given = ::fchown(descriptor, owner.st_uid, owner.st_gid);
  ::close(descriptor);
}

/// Mails are long rows: with pages of 8 KiB instead of 4 a new database's log has fewer frames, each of which
/// is a write and a checksum of its own. One that exists keeps its pages.
constexpr int page_bytes = 8192;
/// The log is carried over at this length.
constexpr int log_bytes = 64 << 20;

/// Two processes that create the same file at once can refuse each other without waiting, whatever the
/// timeout says.
void enter_wal(Driver& driver, std::string const& file) {
  std::string mode;
  for (auto const end = std::chrono::steady_clock::now() + std::chrono::milliseconds{lock_wait_ms};;) {
    try {
      driver.run("PRAGMA page_size = " + std::to_string(page_bytes), {}, {});
      driver.run("PRAGMA journal_mode = WAL", {}, [&](Row const& row) { mode = row.text(0); });
      break;
    } catch (Fault const& fault) {
      if (fault.error.kind != Kind::busy || std::chrono::steady_clock::now() > end) throw;
      std::this_thread::sleep_for(std::chrono::milliseconds{20});
    }
  }
  if (mode != "wal")
    throw Fault{{Kind::broken, file + ": this file system can't keep a write-ahead log; use a local disk"}};
}

/// To count what it has allocated SQLite takes a lock at each allocation, one for all connections. Nobody
/// asks for the count. Has an effect before the first connection alone.
void count_no_memory() {
  [[maybe_unused]] static int const done = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

}  // namespace

std::unique_ptr<Driver> open_sqlite(std::filesystem::path const& file) {
  create_private(file);
  count_no_memory();
  sqlite3* raw = nullptr;
  int const code =
      sqlite3_open_v2(file.c_str(), &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, joined_log());
  Connection connection{raw};
  if (code != SQLITE_OK) throw fault_of(raw, file.string(), "open");
  sqlite3_busy_timeout(raw, lock_wait_ms);
  auto driver = std::make_unique<Sqlite>(std::move(connection), file.string());
  enter_wal(*driver, file.string());
  driver->run("PRAGMA synchronous = FULL", {}, {});
  driver->run("PRAGMA foreign_keys = ON", {}, {});
  driver->run("PRAGMA temp_store = MEMORY", {}, {});
  // 16 MiB: the upper pages of every index; with 64, an import of 20,000 mails is no faster and the process
  // is larger by that. But as much log before it is carried over, since a batch touches many index pages in
  // no order.
  driver->run("PRAGMA cache_size = -16384", {}, {});
  int page = page_bytes;
  driver->run("PRAGMA page_size", {}, [&](Row const& row) { page = static_cast<int>(row.integer(0)); });
  driver->run("PRAGMA wal_autocheckpoint = " + std::to_string(log_bytes / page), {}, {});
  driver->run("PRAGMA journal_size_limit = " + std::to_string(log_bytes), {}, {});
  return driver;
}

}  // namespace spoc::store
