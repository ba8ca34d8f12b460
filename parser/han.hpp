// SPDX-License-Identifier: GPL-3.0-or-later
// Which script a text is in, and which form of Chinese its characters belong to.
#pragma once

#include <string_view>

namespace spoc::parser {

struct Scripts {
  std::size_t latin = 0, han = 0, kana = 0, hangul = 0;
  std::size_t simplified = 0, traditional = 0;  ///< Han characters that only that form has
};
Scripts count_scripts(std::string_view utf8);

}  // namespace spoc::parser
