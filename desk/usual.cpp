// SPDX-License-Identifier: GPL-3.0-or-later
// The median of waits, those without an end included.
#include "desk/usual.hpp"

#include <algorithm>

namespace spoc::desk {

std::optional<int> usual_minutes(std::vector<FirstAnswer> const& chats, Time now) {
  constexpr std::size_t enough = 5;
  std::vector<Duration> waits;
  for (FirstAnswer const& one : chats) {
    if (one.answered)
      waits.push_back(*one.answered - one.opened);
    else if (now - one.opened > std::chrono::hours{1})
      waits.push_back(Duration::max());
  }
  if (waits.size() < enough) return std::nullopt;
  auto const middle = waits.begin() + static_cast<std::ptrdiff_t>(waits.size() / 2);
  std::nth_element(waits.begin(), middle, waits.end());
  if (*middle == Duration::max()) return std::nullopt;
  // Rounded up: better a little early than a little late.
  auto const minutes = std::chrono::ceil<std::chrono::minutes>(*middle).count();
  return static_cast<int>(std::max<std::int64_t>(minutes, 1));
}

}  // namespace spoc::desk
