// SPDX-License-Identifier: GPL-3.0-or-later
// How long a chat usually waits for its first answer: what the widget may promise.
#pragma once

#include "desk/time.hpp"

#include <optional>
#include <vector>

namespace spoc::desk {

/// A chat, and when an agent first answered; nothing where nobody did.
struct FirstAnswer {
  Time opened{};
  std::optional<Time> answered;
  bool operator==(FirstAnswer const&) const = default;
};

/// Minutes within which half of these chats were answered, rounded up. Nothing where fewer than five tell, or
/// where half of them never were. One that came within the last hour and still waits tells nothing yet.
std::optional<int> usual_minutes(std::vector<FirstAnswer> const& chats, Time now);

}  // namespace spoc::desk
