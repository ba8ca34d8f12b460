// SPDX-License-Identifier: GPL-3.0-or-later
// Keeps the pulses, and what spocctl health reads of them.
#include "daemon/board.hpp"

#include "daemon/log.hpp"
#include "store/ledger.hpp"

namespace spoc::daemon {

void Board::alarm(std::string const& words) {
  ++alarms_;
  Entry{Severity::warning, "alarm"}.with("words", words).write();
}

void Board::note(std::string const& part, bool well, std::string const& words, std::int64_t count) {
  desk::Time const now = clock_();
  auto const [found, fresh] = parts_.try_emplace(part);
  Pulse& pulse = found->second;
  bool const changed = fresh || pulse.well != well || pulse.words != words;
  if (changed) {
    pulse.since = now;
    Entry{well ? Severity::info : Severity::warning, "state"}
        .with("part", part)
        .with("well", well ? "yes" : "no")
        .with("words", words)
        .write();
  }
  pulse.well = well;
  pulse.words = words;
  pulse.count += count;
  if (well) pulse.last_well = now;
  if (!changed && now - kept_[part] < std::chrono::minutes{1}) return;
  kept_[part] = now;
  std::string const value = (well ? "well " : "ill ") + desk::iso(now) + " " + words;
  auto const done =
      store_.write("pulse", [&](store::Tx& tx) { store::keep_fact(tx, "pulse." + part, value); });
  if (!done) Entry{Severity::warning, "pulse not kept"}.with("why", done.error().what).write();
}

}  // namespace spoc::daemon
