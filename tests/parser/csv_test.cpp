// SPDX-License-Identifier: GPL-3.0-or-later
// CSV files as RFC 4180 has them and as office programs write them.
#include "parser/csv.hpp"

#include <gtest/gtest.h>

namespace spoc::parser {
namespace {

/// "header|header / 2:cell|cell / 3:..." or the fault's words.
std::string shown(std::string_view bytes) {
  auto const table = read_csv(bytes);
  if (!table) return table.error().what;
  std::string out;
  auto const add = [&](CsvRow const& row) {
    for (std::size_t i = 0; i < row.cells.size(); ++i) out += (i == 0 ? "" : "|") + row.cells[i];
  };
  add(table->header);
  for (CsvRow const& row : table->rows) {
    out += " / " + std::to_string(row.line) + ":";
    add(row);
  }
  return out;
}

struct CsvRow {
  char const* name;
  std::string bytes;
  char const* expect;
};

class Csv : public testing::TestWithParam<CsvRow> {};

TEST_P(Csv, IsReadOrRefusedWithItsLine) { EXPECT_EQ(shown(GetParam().bytes), GetParam().expect); }

INSTANTIATE_TEST_SUITE_P(
    Table, Csv,
    testing::Values(
        CsvRow{"commas", "a,b\r\n1,2\r\n", "a|b / 2:1|2"},
        CsvRow{"semicolons", "a;b\n1;2,5\n", "a|b / 2:1|2,5"}, CsvRow{"tabs", "a\tb\n1\t2\n", "a|b / 2:1|2"},
        CsvRow{"one_column", "a\n1\n", "a / 2:1"},
        CsvRow{"said_by_excel", "sep=;\r\na;b,c\r\n1;2\r\n", "a|b,c / 3:1|2"},
        CsvRow{"byte_order_mark",
               "\xEF\xBB\xBF"
               "a,b\n1,2\n",
               "a|b / 2:1|2"},
        CsvRow{"no_line_end", "a,b\n1,2", "a|b / 2:1|2"}, CsvRow{"old_mac", "a,b\r1,2\r", "a|b / 2:1|2"},
        CsvRow{"quoted", "a,b\n\"1,5\",\"say \"\"no\"\"\"\n", "a|b / 2:1,5|say \"no\""},
        CsvRow{"quoted_header", "\"a;x\",b\n1,2\n", "a;x|b / 2:1|2"},
        CsvRow{"lines_in_a_cell", "a,b\n\"1\n2\",3\n4,5\n", "a|b / 2:1\n2|3 / 4:4|5"},
        CsvRow{"blanks_round_cells", "a , b\n 1 , \"2\" \n", "a|b / 2:1|2"},
        CsvRow{"blank_lines", "\n\na,b\n\n,\n1,2\n\n", "a|b / 6:1|2"},
        CsvRow{"empty_cells", "a,b,c\n,2,\n", "a|b|c / 2:|2|"}, CsvRow{"few_cells", "a,b\n1\n", "a|b / 2:1"},
        CsvRow{"quote_within_a_plain_cell", "a,b\n1\"2,3\n", "a|b / 2:1\"2|3"},
        CsvRow{"han", "姓名,邮箱\n王小明,a@example.org\n", "姓名|邮箱 / 2:王小明|a@example.org"},
        CsvRow{"unclosed", "a,b\n1,2\n\"3,4\n5,6\n",
               "line 3: a cell begins with a quote that nobody closes; close it, and write a quote within a "
               "cell "
               "twice"},
        CsvRow{
            "behind_the_quote", "a,b\n\"1\"2,3\n",
            "line 2: something stands behind the closing quote of a cell; write a quote within a cell twice"},
        CsvRow{"latin1", "a,b\n1,2\nK\xE5re,3\n",
               "line 3: this is not UTF-8; save the file as \"CSV UTF-8\""},
        CsvRow{"utf16", std::string{"\xFF\xFE"} + "a",
               "line 1: this is not UTF-8; save the file as \"CSV UTF-8\""},
        CsvRow{"nothing", "", "line 1: the file is empty; its first line must name the columns"},
        CsvRow{"blanks_alone", "\n \n", "line 1: the file is empty; its first line must name the columns"}),
    [](auto const& row) { return row.param.name; });

}  // namespace
}  // namespace spoc::parser
