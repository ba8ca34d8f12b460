// SPDX-License-Identifier: GPL-3.0-or-later
// When the newest are settled, and how rows of both ages are asked for.
#include "store/two_ages.hpp"

#include "store/columns.hpp"
#include "store/driver.hpp"

namespace spoc::store {
namespace {

/// As many rows as their index is small with. Then each goes into the large one: 30 ms in a ledger of
/// 100,000, the commit included.
constexpr std::int64_t most_fresh = 2048;

}  // namespace

std::string with_the_tail(std::string_view columns, std::string_view table, std::string_view digest) {
  std::string const name{digest};
  std::string const rows =
      "SELECT " + std::string{columns} + " FROM " + std::string{table} + " WHERE settled = ";
  std::string const alike =
      " AND SUBSTR(" + name + ", LENGTH(" + name + ") - 11) = SUBSTR($1, LENGTH($1) - 11)";
  return rows + "0" + alike + " UNION ALL " + rows + "1" + alike;
}

std::int64_t next_of_two_ages(Tx& tx, std::string_view table) {
  auto const number = next_number(tx, table);
  if (number % most_fresh == 0)
    tx.driver().run("UPDATE " + std::string{table} + " SET settled = 1 WHERE settled = 0", {});
  return number;
}

}  // namespace spoc::store
