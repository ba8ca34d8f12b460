// SPDX-License-Identifier: GPL-3.0-or-later
// Keeps the pulses, and what spocctl health reads of them.
#include "daemon/board.hpp"

#include "daemon/log.hpp"
#include "store/ledger.hpp"

namespace spoc::daemon {

void Board::alarm(std::string const& words, std::string const& webhook) {
  ++alarms_;
  Entry{Severity::warning, "alarm"}.with("words", words).write();
  if (route_) route_(words, webhook);
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
  // Away from it on either side: the clock may have been set back.
  if (!changed && std::chrono::abs(now - kept_[part]) < std::chrono::minutes{1}) return;
  std::string const value = (well ? "well " : "ill ") + desk::iso(now) + " " + words;
  auto const done =
      store_.write("pulse", [&](store::Tx& tx) { store::keep_fact(tx, "pulse." + part, value); });
  store_trouble_ = done ? "" : done.error().what;
  if (done)
    kept_[part] = now;
  else
    Entry{Severity::warning, "pulse not kept"}.with("why", store_trouble_).write();
}

}  // namespace spoc::daemon
