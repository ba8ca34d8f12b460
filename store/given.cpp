// SPDX-License-Identifier: GPL-3.0-or-later
// What the directory gave, a row for each value.
#include "store/given.hpp"

#include "store/columns.hpp"

namespace spoc::store {

desk::Given given_to(Tx& tx, desk::ContactId contact) {
  desk::Given given;
  tx.driver().run("SELECT field, value FROM contact_given WHERE contact = $1 ORDER BY field, position",
                  {desk::number(contact)},
                  [&](Row const& row) { given[row.text(0)].push_back(row.text(1)); });
  return given;
}

void keep_given(Tx& tx, desk::ContactId contact, desk::Given const& given) {
  tx.driver().run("DELETE FROM contact_given WHERE contact = $1", {desk::number(contact)});
  for (auto const& [field, values] : given) {
    std::int64_t position = 0;
    for (std::string const& value : values)
      tx.driver().run("INSERT INTO contact_given (contact, field, position, value) VALUES ($1, $2, $3, $4)",
                      {desk::number(contact), field, position++, value});
  }
}

}  // namespace spoc::store
