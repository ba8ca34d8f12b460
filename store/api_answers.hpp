// SPDX-License-Identifier: GPL-3.0-or-later
// What changes by the API were answered, so that a request that comes again gets the same answer and changes
// nothing.
#pragma once

#include "desk/time.hpp"
#include "store/store.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace spoc::store {

struct ApiAnswer {
  std::string token, key;  ///< whose, and their Idempotency-Key
  std::string request;     ///< SHA-256 of what was asked
  int status = 0;
  std::string type;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  desk::Time at{};
};

/// Replaces one that is too old to be found. Forgets all that were kept before `since`.
void keep_api_answer(Tx& tx, ApiAnswer const& answer, desk::Time since);
/// One that was kept since then.
std::optional<ApiAnswer> find_api_answer(Tx& tx, std::string_view token, std::string_view key,
                                         desk::Time since);

}  // namespace spoc::store
