// SPDX-License-Identifier: GPL-3.0-or-later
// Finding the lines that say who wrote the history below them.
#pragma once

#include "parser/body_lines.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace spoc::parser {

/// A body with the folded form of each line. All finders look at lines of depth 0 and cost O(1) a line.
class FoldedBody {
 public:
  explicit FoldedBody(std::vector<BodyLine> lines);

  std::vector<BodyLine> lines;
  std::vector<std::string> folded;  ///< "" for a blank line; at most the first 1000 bytes of a line

  bool blank(std::size_t i) const { return folded[i].empty(); }
  bool plain(std::size_t i) const { return lines[i].depth == 0 && !blank(i); }
  /// Is the next line with words a quoted one?
  bool quote_follows(std::size_t i) const { return quote_after_[i]; }

 private:
  std::vector<bool> quote_after_;
};

/// Lines first to last introduce history. own says how many bytes at the head of the first line are no part
/// of it
/// ("Thanks! On Monday, Kari wrote:").
struct Attribution {
  std::size_t first = 0, last = 0, own = 0;
};
/// The attribution that ends with line i, if one does.
std::optional<Attribution> attribution_ending_at(FoldedBody const& body, std::size_t i);

/// An attribution that stands inside the quote, on the first lines of it, the first of which is i.
std::optional<Attribution> attribution_heading_quote(FoldedBody const& body, std::size_t i);

}  // namespace spoc::parser
