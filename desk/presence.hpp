// SPDX-License-Identifier: GPL-3.0-or-later
// Whether agents are at work: they say so with /in, /out and /away, or their vacation note does.
#pragma once

#include "desk/zone.hpp"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace spoc::desk {

enum class Whereabouts { in, out, away };
std::string_view name(Whereabouts where);
std::optional<Whereabouts> whereabouts_named(std::string_view word);

struct Presence {
  Whereabouts where = Whereabouts::in;
  std::optional<Time> until{};  ///< from then on they are in again; nothing: until they say so. See also
                                ///< works_overtime()
  bool by_note = false;         ///< a vacation note said it, not they: their next own mail ends it
  bool operator==(Presence const&) const = default;
};

/// By handle. Who has never said anything is in.
using Presences = std::map<std::string, Presence, std::less<>>;
bool is_absent(Presences const& presences, std::string_view handle, Time now);
/// Did they say outside their working hours that they are in, and does it still hold (`until`)?
bool works_overtime(Presences const& presences, std::string_view handle, Time now);

/// The moment, later than now, at which the day that somebody names begins by their clock: "2026-12-01",
/// "1.12.2026", "1.12.", "2026年12月1日", "Monday", "mandag", "周一", "tomorrow"; "until" and its like before
/// it do no harm.
std::optional<Time> day_named(std::string_view text, Time now, Zone const& zone);

}  // namespace spoc::desk
