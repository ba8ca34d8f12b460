// SPDX-License-Identifier: GPL-3.0-or-later
// The suggestion engine over a test collection: MAP, MRR, P@1, P@5, hit@3.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace spoc::search {

struct Judged {
  std::vector<std::string> ranked;  ///< ids, best first
  std::set<std::string> relevant;
  std::string language{};  ///< the question's
  std::string offered{};   ///< the first that was confident
};

/// Means over the queries that have at least one relevant article, each 0 to 1.
struct Scores {
  std::size_t queries = 0;
  double map = 0, mrr = 0, p1 = 0, p5 = 0, hit3 = 0;
  double offered = 0;  ///< to how many anything would be offered
  double right = 0;    ///< of those, to how many the first that is offered is relevant
};
Scores score(std::vector<Judged> const& judged);
/// The same by language; languages without a judged query are not in it.
std::map<std::string, Scores> scores_by_language(std::vector<Judged> const& judged);

}  // namespace spoc::search
