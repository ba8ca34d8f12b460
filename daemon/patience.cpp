// SPDX-License-Identifier: GPL-3.0-or-later
// Counts failures.
#include "daemon/patience.hpp"

namespace spoc::daemon {
namespace {

constexpr int enough = 3;
constexpr std::size_t most_in_a_row = 10;
constexpr std::size_t most_remembered = 10'000;  // mails that have gone since are in it, too

}  // namespace

bool Patience::missed(std::uint32_t uid) {
  if (failures_.size() > most_remembered) failures_.clear();
  if (alone_.size() > most_remembered) alone_.clear();
  return ++failures_[uid] >= enough;
}

bool Patience::ended(std::uint32_t uid, bool alone) {
  // A line that breaks now and then breaks most often in the largest mail: so it must do it alone, three
  // times.
  if (alone) return ++alone_[uid] >= enough;
  careful_ = missed(uid) || careful_;
  return false;
}

void Patience::came(std::uint32_t uid) {
  failures_.erase(uid);
  alone_.erase(uid);
  in_a_row_ = 0;
}

bool Patience::may_put_aside() const { return in_a_row_ < most_in_a_row; }

void Patience::put_aside(std::uint32_t uid) {
  failures_.erase(uid);
  alone_.erase(uid);
  ++in_a_row_;
}

}  // namespace spoc::daemon
