// SPDX-License-Identifier: GPL-3.0-or-later
// spocctl announce add, list and end: known outages.
#pragma once

#include "ctl/verbs.hpp"

#include <cstdint>
#include <string>

namespace spoc::ctl {

struct AnnounceAdd {
  std::string text;   ///< file with the text, "-" for standard input
  std::string words;  ///< parted by commas
  std::string until;  ///< "" for until it is ended
};
int announce_add(Common const& common, AnnounceAdd const& order);
int announce_list(Common const& common);
int announce_end(Common const& common, std::int64_t id);

}  // namespace spoc::ctl
