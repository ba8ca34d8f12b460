// SPDX-License-Identifier: GPL-3.0-or-later
// The words of machines that answer for people, as tables; all lower case.
#pragma once

#include "parser/bounce_words.hpp"

namespace spoc::parser {

WordTable vacation_subjects();    ///< begin the subject of a vacation note
WordTable vacation_nouns();       ///< the same, but a person's subject may begin so too
WordTable vacation_phrases();     ///< in its text; people write them, too
WordTable challenge_phrases();    ///< "please confirm that you are human"
WordTable challenge_requests();   ///< what such a mail asks for
WordTable receipt_subjects();     ///< "Read:" of a read receipt without a report
WordTable receipt_phrases();      ///< in its text
WordTable acknowledgements();     ///< in the subject of another desk's acknowledgement
WordTable machine_disclosures();  ///< "this is an automated message"

}  // namespace spoc::parser
