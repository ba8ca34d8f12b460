// SPDX-License-Identifier: GPL-3.0-or-later
// From how near an article comes to its place in the list, and to whether it may be shown unasked.
#pragma once

#include "search/index.hpp"
#include "search/question.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace spoc::search {

struct Candidate {
  Hit hit;
  double rank = 0;
  std::vector<std::string> translations{};  ///< ids that the article names
};

/// `favour` is by what use has moved it.
Candidate judged(desk::Article const& article, Match const& match, Question const& question, Ask const& ask,
                 double favour);

/// Best first. Translations of one article, by their ids or because one names the other, are one hit: the one
/// in the language that was asked for, or in another script of it, else the best. What is internal stands for
/// nothing that is public, nor the reverse.
std::vector<Hit> in_order(std::vector<Candidate> found, Ask const& ask);

}  // namespace spoc::search
