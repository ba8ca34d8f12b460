// SPDX-License-Identifier: GPL-3.0-or-later
// What is typed into a search box: words, "phrases", -exclusions. Everything that can be typed means
// something.
#pragma once

#include "search/terms.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace spoc::search {

struct Box {
  std::string words;                       ///< without what is excluded
  std::vector<std::vector<Word>> phrases;  ///< must stand so
  std::vector<Word> excluded;
};

/// Linear in its length.
Box read_box(std::string_view query);

}  // namespace spoc::search
