// SPDX-License-Identifier: GPL-3.0-or-later
// Tokens of the API: a row each.
#include "store/api_tokens.hpp"

#include "store/columns.hpp"

namespace spoc::store {
namespace {

std::vector<ApiToken> tokens_where(Tx& tx, std::string_view condition, std::vector<Value> const& values) {
  std::vector<ApiToken> out;
  tx.driver().run(
      std::string{"SELECT name, hash, scope, agent, made, used, revoked FROM api_token "}.append(condition),
      values, [&](Row const& row) {
        out.push_back({row.text(0), row.text(1), row.text(2), row.text(3), time_in(row, 4),
                       maybe_time_in(row, 5), maybe_time_in(row, 6)});
      });
  return out;
}

}  // namespace

void add_api_token(Tx& tx, ApiToken const& token) {
  auto const added = tx.driver().run(
      "INSERT INTO api_token (name, hash, scope, agent, made) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO "
      "NOTHING",
      {token.name, token.hash, token.scope, maybe(token.agent), desk::to_number(token.made)});
  if (added == 0)
    throw Fault{{Kind::conflict, "there is, or was, a token called \"" + token.name +
                                     "\"; choose another name: the trail tells them apart by it"}};
}

std::vector<ApiToken> api_tokens(Tx& tx) { return tokens_where(tx, "ORDER BY name", {}); }

std::optional<ApiToken> find_api_token(Tx& tx, std::string_view hash) {
  auto found = tokens_where(tx, "WHERE hash = $1 AND revoked IS NULL", {hash});
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

bool revoke_api_token(Tx& tx, std::string_view name, desk::Time now) {
  return tx.driver().run("UPDATE api_token SET revoked = $2 WHERE name = $1 AND revoked IS NULL",
                         {name, desk::to_number(now)}) > 0;
}

void note_api_token_use(Tx& tx, std::string_view name, desk::Time now) {
  tx.driver().run("UPDATE api_token SET used = $2 WHERE name = $1", {name, desk::to_number(now)});
}

}  // namespace spoc::store
