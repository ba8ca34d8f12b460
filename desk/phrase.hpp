// SPDX-License-Identifier: GPL-3.0-or-later
// Sentences of receipts and refusals: said in English here, with their parts kept apart, so that templates
// can say them in the reader's language. A phrase travels as one string: the English form and its parts,
// parted by U+001F.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace spoc::desk {

/// `english` holds {1}, {2}... where the parts go. Controls in parts become blanks.
std::string phrase(std::string_view english, std::vector<std::string> const& parts = {});

/// A phrase taken apart; text that is no phrase is a form without parts.
struct PhraseParts {
  std::string form;
  std::vector<std::string> parts;
};
PhraseParts parts_of(std::string_view phrase);

/// The parts put into a form, in whichever language it is.
std::string filled(std::string_view form, std::vector<std::string> const& parts);

/// For log, trail and operator.
std::string in_english(std::string_view phrase);

}  // namespace spoc::desk
