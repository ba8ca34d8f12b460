// SPDX-License-Identifier: GPL-3.0-or-later
// Counts to a factor.
#include "desk/favour.hpp"

namespace spoc::desk {

double favour_of(Uses const& uses) {
  constexpr double imagined = 8, most = 0.08;
  double const well = 2 * static_cast<double>(uses.solved) + static_cast<double>(uses.helped) +
                      0.25 * static_cast<double>(uses.sent);
  double const share = (well + imagined / 2) / (well + static_cast<double>(uses.unhelped) + imagined);
  return 1 + 2 * most * (share - 0.5);
}

}  // namespace spoc::desk
