// SPDX-License-Identifier: GPL-3.0-or-later
// When somebody answers chats: "mon-fri 08:00-16:00", in the time zone of the machine.
#pragma once

#include "desk/error.hpp"
#include "desk/time.hpp"

#include <optional>
#include <string>
#include <vector>

namespace spoc::daemon {

/// A span of the week in minutes since Monday 00:00; `to` is not part of it.
struct Span {
  int from = 0, to = 0;
  bool operator==(Span const&) const = default;
};

/// "mon-fri 08:00-16:00", "sat 10:00-14:00", "sun 22:00-06:00" (into the next day), in order.
/// Kind::unreadable names the faulty one.
Result<std::vector<Span>> read_hours(std::vector<std::string> const& lines);

/// Without spans it is always open.
bool is_open(std::vector<Span> const& spans, desk::Time now);
/// The next moment that begins a span; nothing when open always or never.
std::optional<desk::Time> opens_next(std::vector<Span> const& spans, desk::Time now);

}  // namespace spoc::daemon
