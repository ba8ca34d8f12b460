// SPDX-License-Identifier: GPL-3.0-or-later
// The words of mail servers about mail that did not arrive, as tables.
#pragma once

#include <span>
#include <string_view>

namespace spoc::parser {

using WordTable = std::span<std::string_view const>;

/// All are lower case (ASCII letters; others as servers write them).
WordTable machine_names();      ///< in From, Sender and Return-Path: who writes bounces
WordTable bounce_subjects();    ///< in the subject of a bounce
WordTable bounce_phrases();     ///< in its text; people may write them, too
WordTable bounce_openings();    ///< on its first lines; no person begins so
WordTable late_phrases();       ///< the server keeps trying
WordTable final_phrases();      ///< it does not
WordTable original_openings();  ///< the first words of the line above the mail that came back
WordTable list_openings();      ///< in the line above the addresses that were not reached
WordTable recipient_labels();   ///< "Recipient: someone@example.org"

/// Does text hold a word of the table?
bool holds_any(std::string_view text, WordTable words);
bool begins_with_any(std::string_view text, WordTable words);

}  // namespace spoc::parser
