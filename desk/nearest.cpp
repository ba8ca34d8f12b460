// SPDX-License-Identifier: GPL-3.0-or-later
// Edit distance with swapped neighbours (optimal string alignment).
#include "desk/nearest.hpp"

#include <algorithm>

namespace spoc::desk {
namespace {

std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> cost(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) cost[i][0] = i;
  for (std::size_t j = 0; j <= b.size(); ++j) cost[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i)
    for (std::size_t j = 1; j <= b.size(); ++j) {
      std::size_t const change = cost[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      cost[i][j] = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1, change});
      bool const swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
    }
  return cost[a.size()][b.size()];
}

}  // namespace

std::optional<std::string_view> nearest(std::string_view word, std::vector<std::string_view> const& known) {
  std::optional<std::string_view> best;
  std::size_t best_distance = 4;
  if (word.size() > 64) return best;
  for (std::string_view one : known) {
    std::size_t const allowed = std::clamp<std::size_t>(one.size() / 3, 1, 3);
    std::size_t const far = distance(word, one);
    if (far > allowed || far >= best_distance) continue;
    best = one;
    best_distance = far;
  }
  return best;
}

}  // namespace spoc::desk
