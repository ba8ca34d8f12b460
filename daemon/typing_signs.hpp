// SPDX-License-Identifier: GPL-3.0-or-later
// Which visitors were typing within the last moments: for event streams that are open, never stored.
#pragma once

#include "desk/ids.hpp"
#include "desk/time.hpp"

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

namespace spoc::daemon {

struct TypingSign {
  std::int64_t number = 0;  ///< rises by one
  desk::TicketId ticket{};
  std::string name;  ///< of the visitor, or their address; "" where neither is known
  desk::Time at{};
};

/// Lives on the desk thread. A stream that is read too slowly misses the oldest.
class TypingSigns {
 public:
  void add(desk::TicketId ticket, std::string name, desk::Time at) {
    constexpr std::size_t most = 100;
    signs_.push_back({++last_, ticket, std::move(name), at});
    if (signs_.size() > most) signs_.pop_front();
  }
  std::int64_t last() const { return last_; }
  /// Those with a higher number, the oldest first.
  std::vector<TypingSign> after(std::int64_t number) const {
    std::vector<TypingSign> out;
    for (TypingSign const& one : signs_)
      if (one.number > number) out.push_back(one);
    return out;
  }

 private:
  std::deque<TypingSign> signs_;
  std::int64_t last_ = 0;
};

}  // namespace spoc::daemon
