// SPDX-License-Identifier: GPL-3.0-or-later
// Moments and how they are written down. desk/ never asks what time it is: it is told.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace spoc::desk {

/// A moment in UTC with millisecond precision.
using Time = std::chrono::sys_time<std::chrono::milliseconds>;
using Duration = std::chrono::milliseconds;

/// Where a room gets the present moment from; tests wind their own.
using Clock = std::function<Time()>;

/// "2026-11-21T20:15:00Z" (RFC 3339, UTC, whole seconds).
std::string iso(Time time);
/// Reads what iso() writes; nothing on anything else.
std::optional<Time> from_iso(std::string_view text);

/// "2 h 10 min".
std::string time_between(Time from, Time to);

/// Milliseconds since 1970, the form in which the store keeps a moment.
std::int64_t to_number(Time time);
Time from_number(std::int64_t milliseconds);

}  // namespace spoc::desk
