// SPDX-License-Identifier: GPL-3.0-or-later
// A list of people as a CSV file: its columns, whatever they are called, to cards.
#pragma once

#include "desk/card.hpp"
#include "desk/error.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace spoc::parser {

struct ContactList {
  std::vector<desk::Card> cards;  ///< where: "line 12"
  /// What was wrong with a row: it is left out, or a cell of it is.
  struct Fault {
    int line = 0;
    std::string what;
    bool refused = false;  ///< the whole row
  };
  std::vector<Fault> faults;
  std::vector<std::string> unknown;  ///< columns that are no contact's
};

/// The file's bytes (see read_csv). Columns are known by their names, in English as Outlook and others export
/// them and in the languages of the house; several columns may hold addresses or phones, and a cell several
/// of them. An empty cell says nothing, "-" empties the field. Kind::unreadable where the file is no CSV, or
/// no column holds addresses or keys.
Result<ContactList> read_contacts(std::string_view bytes);

}  // namespace spoc::parser
