// SPDX-License-Identifier: GPL-3.0-or-later
// How long a whole mail waits for its suggestions among many articles, beside SQLite's FTS5.
#include "bench/clock.hpp"
#include "search/index.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <memory>
#include <random>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

namespace spoc::bench {
namespace {

constexpr std::size_t vocabulary = 30000, article_words = 200, mail_words = 150;

/// Words whose frequency falls with their rank (Zipf), the same on every machine.
class Speaker {
 public:
  explicit Speaker(std::uint32_t seed) : rng_{seed} {}
  std::string word() {
    double const draw = static_cast<double>(rng_()) / 4294967296.0;
    auto rank = static_cast<std::uint32_t>(std::pow(static_cast<double>(vocabulary), draw));
    std::string out;
    for (rank += 40; rank > 0; rank /= 70) {
      out += "bdfghklmnprstv"[rank % 14];
      out += "aeiou"[rank / 14 % 5];
    }
    return out;
  }
  std::string words(std::size_t count) {
    std::string out;
    for (std::size_t i = 0; i < count; ++i) out.append(word()).append(i % 12 == 11 ? ". " : " ");
    return out;
  }

 private:
  std::mt19937 rng_;
};

struct Times {
  double p50 = 0, p99 = 0;
};

/// Milliseconds of processor time; the index is in memory, so that a quiet machine's clock says the same.
Times times_of(std::size_t count, std::function<void(std::size_t)> const& ask) {
  std::vector<double> all;
  for (std::size_t i = 0; i < count; ++i) {
    double const begun = processor_seconds();
    ask(i);
    all.push_back((processor_seconds() - begun) * 1000);
  }
  std::sort(all.begin(), all.end());
  return {all[all.size() / 2], all[std::min(all.size() - 1, all.size() * 99 / 100)]};
}

template <class T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error{result.error().what};
  return std::move(*result);
}

void must(Result<> const& result) {
  if (!result) throw std::runtime_error{result.error().what};
}

desk::Article article_of(std::size_t number) {
  Speaker speaker{static_cast<std::uint32_t>(number)};
  desk::Article out;
  out.id = "article-" + std::to_string(number);
  out.language = "en";
  out.title = speaker.words(6);
  out.body = speaker.words(article_words);
  return out;
}

/// Nothing where it is whole; one of another format is made anew.
double fill_xapian(std::filesystem::path const& folder, std::size_t count) {
  double const begun = processor_seconds();
  auto index = must(search::Index::open(folder));
  if (!index.fresh()) return 0;
  for (std::size_t i = 0; i < count; ++i) must(index.put(article_of(i)));
  must(index.commit());
  must(index.settle());
  return processor_seconds() - begun;
}

struct Close {
  void operator()(sqlite3* connection) const { sqlite3_close_v2(connection); }
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

class Fts {
 public:
  explicit Fts(std::filesystem::path const& file) {
    sqlite3* raw = nullptr;
    if (sqlite3_open(file.c_str(), &raw) != SQLITE_OK) throw std::runtime_error{sqlite3_errmsg(raw)};
    connection_.reset(raw);
  }
  void fill(std::size_t count) {
    run("CREATE VIRTUAL TABLE article USING fts5 (title, body, tokenize = 'porter unicode61')");
    run("BEGIN");
    auto const insert = prepare("INSERT INTO article (title, body) VALUES (?, ?)");
    for (std::size_t i = 0; i < count; ++i) {
      auto const one = article_of(i);
      sqlite3_bind_text(insert.get(), 1, one.title.data(), static_cast<int>(one.title.size()), nullptr);
      sqlite3_bind_text(insert.get(), 2, one.body.data(), static_cast<int>(one.body.size()), nullptr);
      sqlite3_step(insert.get());
      sqlite3_reset(insert.get());
    }
    run("COMMIT");
  }
  void ask(std::string const& mail) {
    if (!query_)
      query_ = prepare("SELECT title FROM article WHERE article MATCH ? ORDER BY bm25(article) LIMIT 10");
    std::string const any = as_or(mail);
    sqlite3_bind_text(query_.get(), 1, any.data(), static_cast<int>(any.size()), nullptr);
    while (sqlite3_step(query_.get()) == SQLITE_ROW) {
    }
    sqlite3_reset(query_.get());
  }

 private:
  static std::string as_or(std::string const& mail) {
    std::set<std::string> words;
    std::string word;
    for (char const c : mail + " ") {
      if (c >= 'a' && c <= 'z') {
        word += c;
      } else if (!word.empty()) {
        words.insert(std::exchange(word, ""));
      }
    }
    std::string out;
    for (auto const& one : words) out.append(out.empty() ? "" : " OR ").append(one);
    return out;
  }
  void run(char const* sql) {
    if (sqlite3_exec(connection_.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK)
      throw std::runtime_error{sqlite3_errmsg(connection_.get())};
  }
  std::unique_ptr<sqlite3_stmt, Close> prepare(char const* sql) {
    sqlite3_stmt* raw = nullptr;
    if (sqlite3_prepare_v2(connection_.get(), sql, -1, &raw, nullptr) != SQLITE_OK)
      throw std::runtime_error{sqlite3_errmsg(connection_.get())};
    return std::unique_ptr<sqlite3_stmt, Close>{raw};
  }

  std::unique_ptr<sqlite3, Close> connection_;
  std::unique_ptr<sqlite3_stmt, Close> query_;
};

int run(std::filesystem::path const& folder, std::size_t count) {
  std::filesystem::create_directories(folder);
  double const seconds = fill_xapian(folder / "index", count);
  bool const fresh = !std::filesystem::exists(folder / "fts.db");
  Fts fts{folder / "fts.db"};
  if (fresh) fts.fill(count);
  auto reader = must(search::Reader::open(folder / "index"));
  std::vector<std::string> mails;
  for (std::uint32_t i = 0; i < 300; ++i) mails.push_back(Speaker{1'000'000 + i}.words(mail_words));
  auto const suggest = [&](std::size_t i) { must(reader.suggest("", mails[i], {"en", true, 3})); };
  times_of(20, suggest);
  auto const ours = times_of(mails.size(), suggest);
  auto const theirs = times_of(20, [&](std::size_t i) { fts.ask(mails[i]); });
  std::printf(
      "{\"articles\": %zu, \"put_seconds\": %.1f, \"p50\": %.2f, \"p99\": %.2f, \"fts_p50\": %.1f, "
      "\"fts_p99\": %.1f}\n",
      count, seconds, ours.p50, ours.p99, theirs.p50, theirs.p99);
  return 0;
}

}  // namespace
}  // namespace spoc::bench

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "bench_suggest FOLDER ARTICLES\n");
    return 64;
  }
  try {
    return spoc::bench::run(argv[1], std::stoul(argv[2]));
  } catch (std::exception const& fault) {
    std::fprintf(stderr, "bench_suggest: %s\n", fault.what());
    return 70;
  }
}
