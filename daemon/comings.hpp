// SPDX-License-Identifier: GPL-3.0-or-later
// Which visitors left and came back, so that agents' next mail can say it.
#pragma once

#include "desk/letter.hpp"

#include <chrono>
#include <map>
#include <optional>
#include <string>

namespace spoc::daemon {

class Comings {
 public:
  /// The last tab of that chat was closed.
  void left(std::string const& session, desk::Time now) {
    left_[session] = now;
    back_.erase(session);
    if (now - swept_ < std::chrono::hours{1}) return;
    swept_ = now;
    for (auto* all : {&left_, &back_})
      std::erase_if(*all, [&](auto const& one) { return now - one.second > std::chrono::hours{24}; });
  }
  /// Another page, a reload or a hole in the network is no coming back: two minutes are.
  void came(std::string const& session, desk::Time now) {
    auto const gone = left_.find(session);
    if (gone == left_.end()) return;
    if (now - gone->second > desk::coming_back) back_[session] = now;
    left_.erase(gone);
  }
  /// When they came back; told once.
  std::optional<desk::Time> take(std::string const& session) {
    auto const found = back_.find(session);
    if (found == back_.end()) return std::nullopt;
    desk::Time const at = found->second;
    back_.erase(found);
    return at;
  }

 private:
  std::map<std::string, desk::Time> left_, back_;
  desk::Time swept_{};  ///< when what is older than a day was last forgotten
};

}  // namespace spoc::daemon
