// SPDX-License-Identifier: GPL-3.0-or-later
// Articles' counts and readers' remarks as rows.
#include "store/article_uses.hpp"

#include "store/columns.hpp"

namespace spoc::store {

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
  tx.driver().run(
      "INSERT INTO article_use (article, helped, unhelped) VALUES ($1, $2, $3) ON CONFLICT (article) DO "
      "UPDATE "
      "SET helped = article_use.helped + excluded.helped, unhelped = article_use.unhelped + "
      "excluded.unhelped",
      {feedback.article, std::int64_t{feedback.helped}, std::int64_t{!feedback.helped}});
  if (feedback.words.empty()) return 0;
  auto const id = next_number(tx, "article_remark");
  tx.driver().run(
      "INSERT INTO article_remark (id, article, language, at, helped, words) VALUES ($1, $2, $3, $4, $5, $6)",
      {id, feedback.article, feedback.language, desk::to_number(now), std::int64_t{feedback.helped},
       feedback.words});
  return id;
}

std::vector<Remark> remarks(Tx& tx, std::string_view article, std::size_t limit) {
  std::vector<Remark> out;
  std::string const which = article.empty() ? "$1 = ''" : "article = $1";
  tx.driver().run("SELECT id, article, language, at, helped, words FROM article_remark WHERE " + which +
                      " ORDER BY id DESC LIMIT $2",
                  {article, static_cast<std::int64_t>(limit)}, [&](Row const& row) {
                    out.push_back({row.integer(0), row.text(1), row.text(2), time_in(row, 3),
                                   row.integer(4) != 0, row.text(5)});
                  });
  return out;
}

}  // namespace spoc::store
