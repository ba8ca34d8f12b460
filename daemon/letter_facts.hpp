// SPDX-License-Identifier: GPL-3.0-or-later
// Gathers everything that a letter may speak of.
#pragma once

#include "desk/letter.hpp"
#include "desk/token.hpp"
#include "search/index.hpp"
#include "store/store.hpp"
#include "store/tickets.hpp"
#include "templates/letter.hpp"

namespace spoc::daemon {

/// Reads through `store`; `reader` (may be nullptr) supplies the articles.
Result<templates::LetterFacts> letter_facts(store::Store& store, desk::Letter const& letter,
                                            desk::House const& house, desk::Sign const& sign,
                                            search::Reader* reader, desk::Time now,
                                            store::Contents contents = store::Contents::loaded);

}  // namespace spoc::daemon
