// SPDX-License-Identifier: GPL-3.0-or-later
// A token bucket: so much a second for ever, and a burst now and then.
#pragma once

#include <algorithm>
#include <chrono>

namespace spoc::channels {

class Bucket {
 public:
  using Moment = std::chrono::steady_clock::time_point;

  Bucket(double per_second, double burst, Moment now)
      : per_second_(per_second), burst_(burst), tokens_(burst), filled_(now) {}

  /// Takes one token, or so many; false when there are too few. A clock that was set back costs nothing.
  bool take(Moment now, double amount = 1) {
    auto const passed = std::max(0.0, std::chrono::duration<double>(now - filled_).count());
    filled_ = now;
    tokens_ = std::min(burst_, tokens_ + passed * per_second_);
    if (tokens_ < amount) return false;
    tokens_ -= amount;
    return true;
  }

 private:
  double per_second_, burst_, tokens_;
  Moment filled_;
};

}  // namespace spoc::channels
