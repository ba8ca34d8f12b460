// SPDX-License-Identifier: GPL-3.0-or-later
// Articles' counts and readers' remarks as rows.
#include "store/article_uses.hpp"

#include "store/columns.hpp"

#include <algorithm>

namespace spoc::store {
namespace {

constexpr desk::Duration between_letters = std::chrono::hours{24};

/// `condition` speaks of $1, and says the order.
std::vector<desk::Remark> remarks_where(Tx& tx, std::string const& condition, std::string_view value,
                                        std::size_t limit) {
  std::vector<desk::Remark> out;
  tx.driver().run("SELECT id, article, language, at, helped, words, title, owner FROM article_remark WHERE " +
                      condition + " LIMIT $2",
                  {value, static_cast<std::int64_t>(limit)}, [&](Row const& row) {
                    out.push_back({row.integer(0), row.text(1), row.text(2), time_in(row, 3),
                                   row.integer(4) != 0, row.text(5), row.text(6), row.text(7)});
                  });
  return out;
}

}  // namespace

void count_use(Tx& tx, desk::CountUse const& use) {
  tx.driver().run(
      "INSERT INTO article_use (article, helped, unhelped, sent, solved) VALUES ($1, 0, 0, $2, $3) ON "
      "CONFLICT "
      "(article) DO UPDATE SET sent = article_use.sent + excluded.sent, solved = article_use.solved + "
      "excluded.solved",
      {use.article, std::int64_t{use.use == desk::ArticleUse::sent},
       std::int64_t{use.use == desk::ArticleUse::solved}});
}

std::map<std::string, desk::Uses> article_uses(Tx& tx) {
  std::map<std::string, desk::Uses> out;
  tx.driver().run("SELECT article, helped, unhelped, sent, solved FROM article_use", {}, [&](Row const& row) {
    out[row.text(0)] = {row.integer(1), row.integer(2), row.integer(3), row.integer(4)};
  });
  return out;
}

std::int64_t self_solved(Tx& tx) {
  std::int64_t out = 0;
  tx.driver().run("SELECT COALESCE(SUM(solved), 0) FROM article_use", {},
                  [&](Row const& row) { out = row.integer(0); });
  return out;
}

std::int64_t add_feedback(Tx& tx, desk::Feedback const& feedback, desk::Time now) {
  if (feedback.counts)
    tx.driver().run(
        "INSERT INTO article_use (article, helped, unhelped) VALUES ($1, $2, $3) ON CONFLICT (article) DO "
        "UPDATE "
        "SET helped = article_use.helped + excluded.helped, unhelped = article_use.unhelped + "
        "excluded.unhelped",
        {feedback.article, std::int64_t{feedback.helped}, std::int64_t{!feedback.helped}});
  if (feedback.words.empty()) return 0;
  auto const id = next_number(tx, "article_remark");
  tx.driver().run(
      "INSERT INTO article_remark (id, article, language, at, helped, words, title, owner, told) VALUES ($1, "
      "$2, "
      "$3, $4, $5, $6, $7, $8, 0)",
      {id, feedback.article, feedback.language, desk::to_number(now), std::int64_t{feedback.helped},
       feedback.words, feedback.title, feedback.owner});
  return id;
}

std::vector<desk::Remark> remarks(Tx& tx, std::string_view article, std::size_t limit) {
  return remarks_where(tx, (article.empty() ? "$1 = ''" : "article = $1") + std::string{" ORDER BY id DESC"},
                       article, limit);
}

std::vector<std::pair<std::string, desk::Time>> untold_owners(Tx& tx) {
  std::vector<std::pair<std::string, desk::Time>> out;
  tx.driver().run("SELECT owner, MIN(at) FROM article_remark WHERE told = 0 GROUP BY owner ORDER BY owner",
                  {}, [&](Row const& row) { out.emplace_back(row.text(0), time_in(row, 1)); });
  for (auto& one : out)
    tx.driver().run("SELECT MAX(told) FROM article_remark WHERE owner = $1", {one.first},
                    [&](Row const& row) {
                      if (row.integer(0) > 0)
                        one.second = std::max(one.second, time_in(row, 0) + between_letters);
                    });
  return out;
}

std::vector<desk::Remark> untold_remarks(Tx& tx, std::string_view owner, std::size_t limit) {
  return remarks_where(tx, "told = 0 AND owner = $1 ORDER BY id", owner, limit);
}

void remark_was_told(Tx& tx, std::int64_t id, desk::Time now) {
  tx.driver().run("UPDATE article_remark SET told = $2 WHERE id = $1", {id, desk::to_number(now)});
}

}  // namespace spoc::store
