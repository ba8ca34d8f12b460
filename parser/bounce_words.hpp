// SPDX-License-Identifier: GPL-3.0-or-later
// The words of mail servers about mail that did not arrive, as tables.
#pragma once

#include "parser/phrases.hpp"

namespace spoc::parser {

/// All are lower case (ASCII letters; others as servers write them).
Phrases const& machine_names();      ///< in From, Sender and Return-Path: who writes bounces
Phrases const& bounce_subjects();    ///< in the subject of a bounce
Phrases const& bounce_phrases();     ///< in its text; people may write them, too
Phrases const& bounce_openings();    ///< on its first lines; no person begins so
Phrases const& late_phrases();       ///< the server keeps trying
Phrases const& final_phrases();      ///< it does not
Phrases const& original_openings();  ///< the first words of the line above the mail that came back
Phrases const& list_openings();      ///< in the line above the addresses that were not reached
Phrases const& recipient_labels();   ///< "Recipient: someone@example.org"

}  // namespace spoc::parser
