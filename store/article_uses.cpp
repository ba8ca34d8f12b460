// SPDX-License-Identifier: GPL-3.0-or-later
// Articles' counts and readers' remarks as rows.
#include "store/article_uses.hpp"

#include "store/columns.hpp"

namespace spoc::store {

std::map<std::string, Uses> article_uses(Tx& tx) {
  std::map<std::string, Uses> out;
  tx.driver().run("SELECT article, helped, unhelped FROM article_use", {}, [&](Row const& row) {
    out[row.text(0)] = {row.integer(1), row.integer(2)};
  });
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
