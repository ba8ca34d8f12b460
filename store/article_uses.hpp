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
#include <string_view>
#include <utility>
#include <vector>

namespace spoc::store {

void count_use(Tx& tx, desk::CountUse const& use);
/// By article id.
std::map<std::string, desk::Uses> article_uses(Tx& tx);
/// Matters that an article solved before or instead of an agent, as requesters say.
std::int64_t self_solved(Tx& tx);

/// Counts it where it counts, and keeps its words where there are any; the number of the remark, 0 for none.
std::int64_t add_feedback(Tx& tx, desk::Feedback const& feedback, desk::Time now);
/// The newest first; of one article, or with "" of all.
std::vector<desk::Remark> remarks(Tx& tx, std::string_view article, std::size_t limit);

/// Owners (as their articles name them, "" too) of remarks that nobody has been told of, and when they may
/// hear of them: at most one letter a day.
std::vector<std::pair<std::string, desk::Time>> untold_owners(Tx& tx);
/// The oldest first.
std::vector<desk::Remark> untold_remarks(Tx& tx, std::string_view owner, std::size_t limit);
void remark_was_told(Tx& tx, std::int64_t id, desk::Time now);

}  // namespace spoc::store
