// SPDX-License-Identifier: GPL-3.0-or-later
// How articles fare: counts by article, and what readers said.
#pragma once

#include "desk/favour.hpp"
#include "desk/feedback.hpp"
#include "desk/plan.hpp"
#include "desk/time.hpp"
#include "store/store.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace spoc::store {

void count_use(Tx& tx, desk::CountUse const& use);
/// By article id.
std::map<std::string, desk::Uses> article_uses(Tx& tx);
/// Matters that an article solved before or instead of an agent, as requesters say.
std::int64_t self_solved(Tx& tx);

struct Remark {
  std::int64_t id = 0;
  std::string article, language;
  desk::Time at{};
  bool helped = false;
  std::string words;
};
/// Counts it, and keeps its words where there are any; the number of the remark, 0 for none.
std::int64_t add_feedback(Tx& tx, desk::Feedback const& feedback, desk::Time now);
/// The newest first; of one article, or with "" of all.
std::vector<Remark> remarks(Tx& tx, std::string_view article, std::size_t limit);

}  // namespace spoc::store
