// SPDX-License-Identifier: GPL-3.0-or-later
// Who may use the API: tokens by name, of which only a hash is kept.
#pragma once

#include "desk/time.hpp"
#include "store/store.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace spoc::store {

struct ApiToken {
  std::string name;
  std::string hash;   ///< SHA-256 of the token, lower-case hex
  std::string scope;  ///< "read", "create", "write" or "admin"
  std::string agent;  ///< in whose name it acts; "" for nobody's
  desk::Time made{};
  std::optional<desk::Time> used{}, revoked{};
};

/// Faults with Kind::conflict where the name is taken, by a revoked one too: the trail speaks of it for ever.
void add_api_token(Tx& tx, ApiToken const& token);
/// All, in the order of their names.
std::vector<ApiToken> api_tokens(Tx& tx);
/// One that is not revoked.
std::optional<ApiToken> find_api_token(Tx& tx, std::string_view hash);
/// False where there is none of that name that still holds.
bool revoke_api_token(Tx& tx, std::string_view name, desk::Time now);
void note_api_token_use(Tx& tx, std::string_view name, desk::Time now);

}  // namespace spoc::store
