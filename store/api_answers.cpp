// SPDX-License-Identifier: GPL-3.0-or-later
// Answers of the API under their keys.
#include "store/api_answers.hpp"

#include "store/columns.hpp"

namespace spoc::store {

void keep_api_answer(Tx& tx, ApiAnswer const& answer, desk::Time since) {
  std::vector<std::string> headers;
  for (auto const& [name, value] : answer.headers) headers.push_back(name + ": " + value);
  tx.driver().run("DELETE FROM api_answer WHERE at < $1", {desk::to_number(since)});
  tx.driver().run(
      "INSERT INTO api_answer (token, key, request, status, type, headers, body, at) VALUES ($1, $2, $3, $4, "
      "$5, $6, $7, $8)",
      {answer.token, answer.key, answer.request, std::int64_t{answer.status}, answer.type, as_lines(headers),
       answer.body, desk::to_number(answer.at)});
}

std::optional<ApiAnswer> find_api_answer(Tx& tx, std::string_view token, std::string_view key,
                                         desk::Time since) {
  std::optional<ApiAnswer> found;
  tx.driver().run(
      "SELECT request, status, type, headers, body, at FROM api_answer WHERE token = $1 AND key = $2 AND at "
      ">= "
      "$3",
      {token, key, desk::to_number(since)}, [&](Row const& row) {
        found = ApiAnswer{std::string{token}, std::string{key},
                          row.text(0),        static_cast<int>(row.integer(1)),
                          row.text(2),        {},
                          row.text(4),        time_in(row, 5)};
        for (std::string const& line : from_lines(row.text(3))) {
          auto const colon = line.find(": ");
          found->headers.emplace_back(line.substr(0, colon), line.substr(colon + 2));
        }
      });
  return found;
}

}  // namespace spoc::store
