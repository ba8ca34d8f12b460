// SPDX-License-Identifier: GPL-3.0-or-later
// The thread that makes one webhook's calls, one after another: a slow receiver keeps no other waiting.
#pragma once

#include "channels/wake.hpp"
#include "channels/web_call.hpp"
#include "daemon/board.hpp"
#include "daemon/line.hpp"
#include "desk/webhook.hpp"
#include "store/webhook_calls.hpp"

#include <atomic>
#include <optional>
#include <string>

namespace spoc::desk {
struct House;
}

namespace spoc::daemon {

/// Signed as the Standard Webhooks convention has it: base64 of HMAC-SHA256 over "id.timestamp.body", with
/// the version before it ("v1,..."). `timestamp`: seconds since 1970.
std::string webhook_signature(std::string const& secret, std::string const& id, std::int64_t timestamp,
                              std::string const& body);

/// How long after its nth failed attempt (from 1) a call is made again: 5 s, and longer each time up to an
/// hour.
desk::Duration next_attempt(int failed);

/// What became of a call; state "queued" comes again at `again`.
struct CallOutcome {
  std::string state, words;
  desk::Time again{};
  bool operator==(CallOutcome const&) const = default;
};
/// Any 2xx takes a call; 410 ends it at once; whatever else comes, it is made again until it has waited for
/// the webhook's give_up. Retry-After (RFC 9110 10.2.3, in seconds) is heeded, an hour of it at most.
CallOutcome outcome_of(desk::Webhook const& webhook, store::QueuedCall const& call,
                       Result<channels::WebAnswer> const& answer, desk::Time now);

class Herald {
 public:
  /// `store` is the desk thread's, and asked there.
  Herald(desk::Webhook const& webhook, Line& line, store::Store& store, Board& board);

  void run();
  /// From any thread: calls may be due.
  void nudge() { wake_.ring(); }
  void stop();

 private:
  /// Makes the calls that are due, in the order in which they were queued. When to come again; nothing: when
  /// there is another.
  Result<std::optional<desk::Time>> round();
  Result<std::optional<store::QueuedCall>> first();
  Result<> record(store::QueuedCall const& call, CallOutcome const& outcome);
  channels::WebCall call_for(store::QueuedCall const& call) const;

  desk::Webhook const& webhook_;
  Line& line_;
  store::Store& store_;
  Board& board_;
  channels::Wake wake_, stop_;
  std::atomic<bool> stopping_{false};
  std::string trouble_;  ///< why calls wait, or what was given up last; "" from the next that is taken
};

/// What waits for webhooks that have left the configuration is given up, with the reason.
Result<> give_up_calls_but_of(store::Store& store, desk::House const& house);

}  // namespace spoc::daemon
