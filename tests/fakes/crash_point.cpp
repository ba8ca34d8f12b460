// SPDX-License-Identifier: GPL-3.0-or-later
// Crashes at commits: preloaded into spocd, it knows each commit by the tables that it changes, and ends the
// process right before or right after a chosen one. tests/story/commit_points.py tells it where.
//
//   SPOC_CRASH_LOG  a file that gets one line for each commit: "table table ..."
//   SPOC_CRASH_AT   a file that is read at each commit, so that a point can be chosen at any moment. Its
//   first
//                   line is the point: "before 2 letter -ledger": the process ends before (or after) the
//                   second commit from now on that changes the table letter, but not the table ledger. That
//                   line is taken out then, and the next process ends at the next; no file, no line: never
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <mutex>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

struct sqlite3;
struct sqlite3_stmt;

namespace {

constexpr int sqlite_done = 101;

template <class Call>
Call real(char const* name) {
  return reinterpret_cast<Call>(dlsym(RTLD_NEXT, name));
}

std::string setting(char const* name) {
  char const* const value = std::getenv(name);
  return value == nullptr ? "" : value;
}

/// The table behind one of these words at the beginning; "" where the statement changes none.
std::string table_of(std::string_view sql) {
  for (std::string_view const words : {"INSERT INTO ", "INSERT OR IGNORE INTO ", "UPDATE ", "DELETE FROM "}) {
    if (!sql.starts_with(words)) continue;
    std::string_view const rest = sql.substr(words.size());
    return std::string{rest.substr(0, rest.find_first_of(" ("))};
  }
  return "";
}

using Tables = std::set<std::string>;

/// The chosen commit.
struct Point {
  bool before = false;
  int left = 0;
  Tables wanted, unwanted;

  Point() = default;
  explicit Point(std::string const& words) {
    std::istringstream in{words};
    std::string word;
    in >> word >> left;
    before = word == "before";
    while (in >> word) {
      if (word.starts_with("-"))
        unwanted.insert(word.substr(1));
      else
        wanted.insert(word);
    }
  }
  bool is_kind_of(Tables const& tables) const {
    auto const changed = [&](std::string const& table) { return tables.contains(table); };
    return !wanted.empty() && std::all_of(wanted.begin(), wanted.end(), changed) &&
           std::none_of(unwanted.begin(), unwanted.end(), changed);
  }
};

/// The file with the points, each of which is met once.
class Points {
 public:
  explicit Points(std::string file) : file_{std::move(file)} {}

  /// The point that holds now; what it has counted stays until the file is another one.
  Point& now() {
    struct stat found {};
    bool const there = ::stat(file_.c_str(), &found) == 0;
    Version const version =
        there ? Version{found.st_ino, found.st_mtim.tv_sec, found.st_mtim.tv_nsec} : Version{};
    if (version == version_) return point_;
    version_ = version;
    std::ifstream in{file_};
    std::string line;
    std::getline(in, line);
    point_ = Point{line};
    return point_;
  }

  /// Takes the first out.
  void met() const {
    std::string const rest = file_ + ".rest";
    std::ifstream in{file_};
    std::string line;
    std::getline(in, line);
    std::ofstream out{rest};
    while (std::getline(in, line)) out << line << '\n';
    out.close();
    if (std::rename(rest.c_str(), file_.c_str()) != 0) std::abort();
  }

 private:
  using Version = std::tuple<ino_t, time_t, long>;

  std::string const file_;
  Version version_;
  Point point_;
};

class Commits {
 public:
  void changes(sqlite3* connection, std::string const& table) {
    std::lock_guard const lock{mutex_};
    changed_[connection].insert(table);
  }

  /// The tables changed on a connection since its last commit; forgets them.
  Tables take(sqlite3* connection) {
    std::lock_guard const lock{mutex_};
    return std::exchange(changed_[connection], {});
  }

  /// Carries the commit out, unless it is the end.
  template <class Commit>
  int made(Tables const& tables, Commit commit) {
    bool end = false, before = false;
    {
      std::lock_guard const lock{mutex_};
      Point& point = points_.now();
      end = point.is_kind_of(tables) && --point.left == 0;
      before = point.before;
      if (end) points_.met();
    }
    if (end && before) ::raise(SIGKILL);
    int const done = commit();
    if (done != sqlite_done) return done;
    tell(tables);
    if (end) ::raise(SIGKILL);
    return done;
  }

 private:
  void tell(Tables const& tables) const {
    if (log_.empty()) return;
    std::string line;
    for (std::string const& table : tables) line += (line.empty() ? "" : " ") + table;
    line += "\n";
    int const out = ::open(log_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (::write(out, line.data(), line.size()) != static_cast<ssize_t>(line.size())) std::abort();
    ::close(out);
  }

  std::string const log_ = setting("SPOC_CRASH_LOG");
  Points points_{setting("SPOC_CRASH_AT")};
  std::map<sqlite3*, Tables> changed_;
  std::mutex mutex_;
};

Commits& commits() {
  static auto* const one = new Commits;  // never taken down: other threads may commit to the end
  return *one;
}

}  // namespace

extern "C" int sqlite3_step(sqlite3_stmt* statement) {
  static auto const step = real<int (*)(sqlite3_stmt*)>("sqlite3_step");
  static auto const text = real<char const* (*)(sqlite3_stmt*)>("sqlite3_sql");
  static auto const owner = real<sqlite3* (*)(sqlite3_stmt*)>("sqlite3_db_handle");
  char const* const words = text(statement);
  std::string_view const sql = words == nullptr ? "" : words;
  if (sql == "COMMIT") {
    Tables const tables = commits().take(owner(statement));
    return tables.empty() ? step(statement) : commits().made(tables, [&] { return step(statement); });
  }
  if (sql.starts_with("BEGIN")) commits().take(owner(statement));
  if (std::string const table = table_of(sql); !table.empty()) commits().changes(owner(statement), table);
  return step(statement);
}
