// SPDX-License-Identifier: GPL-3.0-or-later
// Lists of people as CSV files.
#include "desk/people.hpp"
#include "parser/contact_list.hpp"
#include "parser/csv.hpp"
#include "tests/fuzz/demand.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace spoc::parser;
  using namespace spoc::fuzz;
  std::string_view const bytes = bytes_of(data, size);
  auto const table = read_csv(bytes);
  auto const list = read_contacts(bytes);
  demand(table || !list);
  if (!table) return 0;
  int line = table->header.line;
  for (CsvRow const& row : table->rows) {
    demand(row.line > line);
    line = row.line;
    for (std::string const& cell : row.cells) demand_utf8(cell);
  }
  if (!list) return 0;
  demand(list->cards.size() <= table->rows.size());
  for (spoc::desk::Card const& card : list->cards) {
    demand(!card.addresses.empty() || !card.external_id.empty());
    for (std::string const& address : card.addresses) demand(spoc::desk::is_address(address));
  }
  return 0;
}
