// SPDX-License-Identifier: GPL-3.0-or-later
// Digests that are found by their last characters, the newest in an index of their own.
//
// Digests come in no order, so each new one lies on another page of a large index, and a commit writes all of
// these pages. The newest have a small index, which stays in a few pages; now and then all of it goes into
// the large one, whose pages are so written once for many digests. A table has such indexes where it has
// the column `settled`, 0 for the newest, and the indexes on SUBSTR(c, LENGTH(c) - 11) WHERE settled = 0
// and WHERE settled = 1.
#pragma once

#include "store/store.hpp"

#include <string>
#include <string_view>

namespace spoc::store {

/// SQL that gives `columns` of the rows of `table` whose `digest` ends as $1 does. The caller compares the
/// whole of it: told that digest = $1, SQLite takes that into the expression and leaves its index.
std::string with_the_tail(std::string_view columns, std::string_view table, std::string_view digest);

/// To be called for each new row: numbers it among those of its table, from `counter`, and after many of them
/// settles those that are new.
std::int64_t next_of_two_ages(Tx& tx, std::string_view table);

}  // namespace spoc::store
