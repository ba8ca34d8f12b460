// SPDX-License-Identifier: GPL-3.0-or-later
// The least that an intake could do: read, parse with GMime, insert by batches of 100 with FULL commits.
#include "bench/gmime.hpp"
#include "channels/maildir.hpp"
#include "parser/digest.hpp"

#include <sqlite3.h>

#include <chrono>
#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string>

namespace spoc::bench {
namespace {

struct Close {
  void operator()(sqlite3* connection) const { sqlite3_close_v2(connection); }
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Statement = std::unique_ptr<sqlite3_stmt, Close>;

class Table {
 public:
  explicit Table(char const* file) {
    sqlite3* raw = nullptr;
    if (sqlite3_open(file, &raw) != SQLITE_OK) throw std::runtime_error{sqlite3_errmsg(raw)};
    connection_.reset(raw);
    run("PRAGMA journal_mode = WAL");
    run("PRAGMA synchronous = FULL");
    run("CREATE TABLE mail (id INTEGER PRIMARY KEY, message_id TEXT, sender TEXT, recipient TEXT, "
        "subject TEXT, text TEXT, html TEXT, raw BLOB)");
    run("CREATE TABLE file (sha256 TEXT PRIMARY KEY, bytes BLOB)");
    run("CREATE INDEX mail_message_id ON mail (message_id)");
    mail_ = prepare(
        "INSERT INTO mail (message_id, sender, recipient, subject, text, html, raw) VALUES (?,?,?,?,?,?,?)");
    file_ = prepare("INSERT OR IGNORE INTO file VALUES (?,?)");
  }

  void run(char const* sql) {
    if (sqlite3_exec(connection_.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK)
      throw std::runtime_error{sqlite3_errmsg(connection_.get())};
  }

  void add(Gathered const& mail, std::string const& raw) {
    int place = 0;
    for (std::string const* one :
         {&mail.message_id, &mail.from, &mail.to, &mail.subject, &mail.text, &mail.html})
      sqlite3_bind_text(mail_.get(), ++place, one->data(), static_cast<int>(one->size()), nullptr);
    sqlite3_bind_blob(mail_.get(), ++place, raw.data(), static_cast<int>(raw.size()), nullptr);
    step(mail_);
    for (auto const& content : mail.files) {
      auto const hash = parser::sha256(content);
      sqlite3_bind_text(file_.get(), 1, hash.data(), static_cast<int>(hash.size()), nullptr);
      sqlite3_bind_blob(file_.get(), 2, content.data(), static_cast<int>(content.size()), nullptr);
      step(file_);
    }
  }

 private:
  Statement prepare(char const* sql) {
    sqlite3_stmt* raw = nullptr;
    if (sqlite3_prepare_v2(connection_.get(), sql, -1, &raw, nullptr) != SQLITE_OK)
      throw std::runtime_error{sqlite3_errmsg(connection_.get())};
    return Statement{raw};
  }
  void step(Statement const& statement) {
    if (sqlite3_step(statement.get()) != SQLITE_DONE)
      throw std::runtime_error{sqlite3_errmsg(connection_.get())};
    sqlite3_reset(statement.get());
  }

  std::unique_ptr<sqlite3, Close> connection_;
  Statement mail_, file_;
};

int run(char const* maildir, char const* database) {
  constexpr std::size_t batch = 100;
  auto const begun = std::chrono::steady_clock::now();
  auto const lying = channels::list_maildir(maildir);
  if (!lying) throw std::runtime_error{lying.error().what};
  Table table{database};
  std::size_t count = 0;
  for (auto const& one : *lying) {
    auto const raw = channels::read_file(one.path);
    if (!raw) throw std::runtime_error{raw.error().what};
    if (count % batch == 0) table.run("BEGIN IMMEDIATE");
    table.add(read_with_gmime(*raw), *raw);
    if (++count % batch == 0) table.run("COMMIT");
  }
  if (count % batch != 0) table.run("COMMIT");
  std::printf("{\"mails\": %zu, \"seconds\": %.3f}\n", count,
              std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count());
  return 0;
}

}  // namespace
}  // namespace spoc::bench

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "bench_bare_intake MAILDIR DATABASE\n");
    return 64;
  }
  try {
    return spoc::bench::run(argv[1], argv[2]);
  } catch (std::exception const& fault) {
    std::fprintf(stderr, "bench_bare_intake: %s\n", fault.what());
    return 70;
  }
}
