// SPDX-License-Identifier: GPL-3.0-or-later
// Calls of webhooks that wait, and what became of them: the outbox of what other programs are told.
#pragma once

#include "desk/ids.hpp"
#include "desk/time.hpp"
#include "store/store.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace spoc::store {

struct QueuedCall {
  std::int64_t id = 0;
  std::string webhook, event;
  desk::TicketId ticket{};
  std::string body;
  desk::Time made{};
  desk::Time begun{};  ///< since when it has waited to be taken
  desk::Time due{};
  std::string state = "queued";  ///< "queued", "sent", "given_up"
  int attempts = 0;
  std::string outcome;  ///< what the other side said last
};

/// The number for a new call. Numbers rise in the order of what the calls tell of.
std::int64_t next_call(Tx& tx);
/// Under its number, or one that it gets here where it has none; due at once.
std::int64_t queue_call(Tx& tx, QueuedCall const& call);
/// The oldest that waits for this webhook, due or not: no younger one is made before it. One thread of one
/// process makes them; nothing is claimed.
std::optional<QueuedCall> first_call(Tx& tx, std::string_view webhook);
/// What became of an attempt; `state` queued means again at `again`.
void record_call(Tx& tx, std::int64_t id, std::string_view state, std::string_view outcome, desk::Time again);
/// Gives up what waits for webhooks other than these: they have left the configuration.
void give_up_calls_but_of(Tx& tx, std::vector<std::string> const& webhooks);
/// The newest first; `state` "" for all.
std::vector<QueuedCall> list_calls(Tx& tx, std::string_view state, std::size_t limit);
/// Makes calls that were given up, or wait after a failure, due now, with all their time before them; all
/// where no id is given. How many.
std::int64_t retry_calls(Tx& tx, std::optional<std::int64_t> id, desk::Time now);
/// Calls made before that moment, taken or given up, are forgotten, some at a time.
void forget_calls(Tx& tx, desk::Time before);

struct CallCounts {
  std::int64_t queued = 0, given_up = 0;
};
CallCounts count_calls(Tx& tx);

}  // namespace spoc::store
