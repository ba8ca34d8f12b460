// SPDX-License-Identifier: GPL-3.0-or-later
// The words by which mail clients introduce history and sign mail, in many languages: tables and nothing
// else.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace spoc::parser {

/// A line ready for comparing: lower case (Latin, Greek, Cyrillic), every kind of blank a space, runs of them
/// one, none at the ends, invisible characters gone, full-width colon, comma and brackets as in ASCII.
std::string folded(std::string_view text);

/// "wrote", "skrev", "写道": with letters on both sides they do not count, save in scripts without blanks.
bool has_writing_verb(std::string_view folded_text);
/// The same without those that people often use in a story: "said", "sent", "回复".
bool has_strong_writing_verb(std::string_view folded_text);
/// "Zitat von Kari", "Quoting Kari": without a date.
bool begins_with_citing(std::string_view folded_text);
/// "I", "ich", "我": who writes so tells a story.
bool speaks_of_self(std::string_view folded_text);
/// Does the text begin with a word like "on", "den", "le", "在" that opens an attribution?
bool begins_with_lead(std::string_view folded_text);
/// Does it begin with the name of a weekday, in full or short?
bool begins_with_weekday(std::string_view folded_text);

/// What a label of a header block names.
enum class Label { none, from, sent, to, copy, subject, other };
Label label_named(std::string_view folded_word);

/// The words between the dashes of "-----Original Message-----".
bool names_original(std::string_view folded_words);
/// "begin forwarded message:" without dashes.
bool begins_forward(std::string_view folded_words);
/// "please type your reply above this line".
bool asks_to_reply_above(std::string_view folded_words);
/// "sent from my iphone", "hent outlook for ios".
bool is_mobile_footer(std::string_view folded_words);
/// How many words of lawyers there are.
int legal_words(std::string_view folded_words);

}  // namespace spoc::parser
