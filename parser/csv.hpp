// SPDX-License-Identifier: GPL-3.0-or-later
// Comma separated values (RFC 4180), also with semicolons or tabs as Excel writes them.
#pragma once

#include "desk/error.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace spoc::parser {

struct CsvRow {
  int line = 0;  ///< where it begins, from 1
  std::vector<std::string> cells;
};

/// The first row names the columns; blank rows are passed over, blanks round a cell dropped.
struct CsvTable {
  CsvRow header;
  std::vector<CsvRow> rows;
};

/// UTF-8, with or without a byte order mark. What parts the cells is what the header has most of; a line
/// "sep=;" before it decides. Kind::unreadable names line and remedy: another encoding, a quote that nobody
/// closes or that something stands behind, no header.
Result<CsvTable> read_csv(std::string_view bytes);

}  // namespace spoc::parser
