// SPDX-License-Identifier: GPL-3.0-or-later
// What must hold of a desk's memory at every moment, asked from outside: after a crash, a restore, an update.
#pragma once

#include "store/store.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace spoc::store {

/// One invariant and the first few rows that break it.
struct Finding {
  std::string invariant;              ///< as a sentence that should be true
  std::vector<std::string> examples;  ///< at most ten; empty: it holds
  std::int64_t broken = 0;            ///< how many rows break it
};

/// Lower-case hex of SHA-256; the store itself knows no digest.
using Digest = std::function<std::string(std::string_view bytes)>;

/// Every invariant, in a fixed order, those that hold too; the first is that of the file itself, the others
/// speak of rows. Without `digest` the contents of blobs are not compared with their names, which is what
/// takes long.
std::vector<Finding> check_invariants(Tx& tx, Digest const& digest);

/// Tickets that the search index must hold: neither merged away nor waiting to be indexed. In order.
std::vector<std::int64_t> indexed_tickets(Tx& tx);
/// Messages that it must hold: of tickets that don't wait. In order.
std::vector<std::int64_t> indexed_messages(Tx& tx);
/// Every ticket that there is, merged ones too, and every message. In order.
std::vector<std::int64_t> every_ticket(Tx& tx);
std::vector<std::int64_t> every_message(Tx& tx);

}  // namespace spoc::store
