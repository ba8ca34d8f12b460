// SPDX-License-Identifier: GPL-3.0-or-later
// The suggestion engine over a test collection: MAP, MRR, P@1, P@5, hit@3.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <vector>

namespace spoc::search {

struct Judged {
  std::vector<std::string> ranked;  ///< ids, best first
  std::set<std::string> relevant;
};

/// Means over the queries that have at least one relevant article, each 0 to 1.
struct Scores {
  std::size_t queries = 0;
  double map = 0, mrr = 0, p1 = 0, p5 = 0, hit3 = 0;
};
Scores score(std::vector<Judged> const& judged);

}  // namespace spoc::search
