// SPDX-License-Identifier: GPL-3.0-or-later
// Counts deaths.
#include "daemon/suspects.hpp"

#include "daemon/log.hpp"
#include "store/ledger.hpp"

#include <map>

namespace spoc::daemon {
namespace {

/// Fewer may be chance: a machine that is switched off, or a process that is killed, asks no mail, and on a
/// busy one the same mail is under way at each of several deaths.
constexpr int deaths_that_convict = 8;

}  // namespace

Suspects suspects_of(std::vector<std::string> const& found, store::Store& store) {
  Suspects suspects;
  if (found.empty()) return suspects;
  std::map<std::string, int> deaths;
  auto const counted = store.write("count deaths", [&](store::Tx& tx) {
    for (std::string const& hash : found) deaths[hash] = store::begin_attempt(tx, hash);
  });
  if (!counted) Entry{Severity::error, "deaths not counted"}.with("why", counted.error().what).write();
  for (std::string const& hash : found) {
    bool const convicted = deaths[hash] >= deaths_that_convict;
    (convicted ? suspects.convicted : suspects.doubtful).insert(hash);
    Entry{Severity::warning, "died while reading or filing"}
        .with("hash", hash)
        .with("times", deaths[hash])
        .write();
  }
  return suspects;
}

}  // namespace spoc::daemon
