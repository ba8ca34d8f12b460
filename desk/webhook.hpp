// SPDX-License-Identifier: GPL-3.0-or-later
// Web addresses of other programs that hear what happens to tickets.
#pragma once

#include "desk/time.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace spoc::desk {

struct Webhook {
  std::string name;
  std::string url;
  std::string secret;                       ///< signs each call; the bytes, not the "whsec_" form
  std::vector<std::string> events;          ///< what it hears of by itself; empty: only what rules send
  bool allow_private = false;               ///< its address may be one of the inside
  std::string ca_file{};                    ///< certificates to trust instead of the system's
  Duration give_up = std::chrono::days{2};  ///< a call that nobody takes for so long is given up
  bool operator==(Webhook const&) const = default;
};

/// A call that a rule asks for.
struct WebhookCall {
  std::string webhook;
  std::string rule;
  bool operator==(WebhookCall const&) const = default;
};

struct Plan;
/// What a plan is called when programs hear of it: "ticket.opened", "message.received", "message.answered",
/// "message.noted", "ticket.changed", "ticket.resolved", "ticket.closed", "ticket.merged".
std::vector<std::string> events_of(Plan const& plan);
/// Every word that events_of() may say, and "alarm", which is no plan's.
std::vector<std::string_view> const& event_words();

}  // namespace spoc::desk
