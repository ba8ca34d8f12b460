// SPDX-License-Identifier: GPL-3.0-or-later
// Words into lines as a browser would break them: blanks collapse, blocks and rows begin lines.
#pragma once

#include "parser/body_lines.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace spoc::parser {

/// Breaks wait until words follow, so that blocks leave no empty lines behind.
class LineWriter {
 public:
  /// Text of a document; blanks collapse unless it is preformatted.
  void words(std::string_view text, bool preformatted);
  /// As it stands, on the line where we are: no-break blanks become blanks, and invisible fillers go.
  void put(std::string_view text);
  void line_break(bool preformatted);
  /// 1 ends the line, 2 leaves a blank one, too.
  void block(int strength);
  /// A cell that is not the first of its row stays on the row's line while that is one line.
  void cell(std::size_t row_start);
  /// Deeper into quotes, or out of them.
  void quote(int change);
  /// The next words begin a line with this before them.
  void item(std::string prefix);
  /// Ends the line if there is one.
  void flush();

  std::vector<BodyLine> lines;
  int depth = 0;
  int cited = 0;  ///< how many of the open quotes are surely quotes
  Mark mark = Mark::none;

 private:
  void push();
  void begin_line();
  std::string cleaned(std::string_view text) const;

  BodyLine line_;
  std::string prefix_;
  int pending_ = 0;
  bool space_ = false, space_is_line_end_ = false, separator_ = false, fresh_cell_ = false;
};

}  // namespace spoc::parser
