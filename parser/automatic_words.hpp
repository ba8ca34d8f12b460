// SPDX-License-Identifier: GPL-3.0-or-later
// The words of machines that answer for people, as tables; all lower case.
#pragma once

#include "parser/phrases.hpp"

namespace spoc::parser {

Phrases const& vacation_subjects();    ///< begin the subject of a vacation note
Phrases const& vacation_nouns();       ///< the same, but a person's subject may begin so too
Phrases const& vacation_phrases();     ///< in its text; people write them, too
Phrases const& challenge_phrases();    ///< "please confirm that you are human"
Phrases const& challenge_requests();   ///< what such a mail asks for
Phrases const& receipt_subjects();     ///< "Read:" of a read receipt without a report
Phrases const& receipt_phrases();      ///< in its text
Phrases const& acknowledgements();     ///< in the subject of another desk's acknowledgement
Phrases const& machine_disclosures();  ///< "this is an automated message"

}  // namespace spoc::parser
