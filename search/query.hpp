// SPDX-License-Identifier: GPL-3.0-or-later
// From what a question wants to what Xapian is asked.
#pragma once

#include "search/question.hpp"

#include <vector>

namespace Xapian {
class Database;
class Query;
}  // namespace Xapian

namespace spoc::search {

/// How many entries of the index have what is wanted, and how rare that makes it.
void count(Xapian::Database const& db, Want& want);
void count(Xapian::Database const& db, Question& question);

/// The wants that find candidates: the rarest first, until enough entries are to be read.
std::vector<Want const*> pick(std::vector<Want> const& wants);
/// Any of them, each with its weight.
Xapian::Query query_of(std::vector<Want const*> const& wants);
/// Articles with these words, one behind the other.
Xapian::Query phrase_of(std::vector<Word> const& phrase);

}  // namespace spoc::search
