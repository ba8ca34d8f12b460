// SPDX-License-Identifier: GPL-3.0-or-later
// GMime 3 doing what a desk needs of a mail: the rival of parse and the reader of the bare intake.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace spoc::bench {

struct Gathered {
  std::string message_id, subject, from, to, text, html;
  std::vector<std::string> references;
  std::vector<std::string> files;  ///< decoded
  std::size_t bytes = 0;           ///< decoded, all parts together
};

/// Structure, header fields, every leaf decoded, text to UTF-8. Empty for what GMime can't read.
Gathered read_with_gmime(std::string_view raw);

}  // namespace spoc::bench
