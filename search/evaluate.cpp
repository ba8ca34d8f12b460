// SPDX-License-Identifier: GPL-3.0-or-later
// The usual figures of retrieval, as trec_eval defines them; an id that stands twice in a ranking counts
// once.
#include "search/evaluate.hpp"

#include <algorithm>

namespace spoc::search {

Scores score(std::vector<Judged> const& judged) {
  Scores sum;
  for (auto const& one : judged) {
    if (one.relevant.empty()) continue;
    ++sum.queries;
    sum.offered += !one.offered.empty();
    sum.right += one.relevant.contains(one.offered);
    std::set<std::string> seen;
    double found = 0, precision = 0;
    for (auto const& id : one.ranked) {
      if (!seen.insert(id).second || !one.relevant.contains(id)) continue;
      auto const rank = static_cast<double>(seen.size());
      if (found == 0) {
        sum.mrr += 1 / rank;
        sum.p1 += rank <= 1;
        sum.hit3 += rank <= 3;
      }
      found += 1;
      precision += found / rank;
      if (rank <= 5) sum.p5 += 1.0 / 5;
    }
    sum.map += precision / static_cast<double>(one.relevant.size());
  }
  auto const n = static_cast<double>(std::max<std::size_t>(sum.queries, 1));
  sum.map /= n, sum.mrr /= n, sum.p1 /= n, sum.p5 /= n, sum.hit3 /= n;
  sum.right /= std::max(sum.offered, 1.0), sum.offered /= n;
  return sum;
}

std::map<std::string, Scores> scores_by_language(std::vector<Judged> const& judged) {
  std::map<std::string, std::vector<Judged>> parts;
  for (auto const& one : judged)
    if (!one.relevant.empty()) parts[one.language].push_back(one);
  std::map<std::string, Scores> out;
  for (auto const& [language, part] : parts) out[language] = score(part);
  return out;
}

}  // namespace spoc::search
