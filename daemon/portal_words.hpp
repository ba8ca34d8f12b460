// SPDX-License-Identifier: GPL-3.0-or-later
// What the public help pages say of themselves, in each language that Spoc speaks.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace spoc::daemon {

struct PortalWords {
  std::string_view language, language_name;
  std::string_view heading, skip, languages;
  std::string_view search_label, search, found_none, found_one, found_many;  ///< found_many holds {1}
  std::string_view topics, topic, helpful, newest, all, empty;               ///< topic holds {1}
  std::string_view changed, elsewhere;                                       ///< changed holds {1}
  std::string_view question, comment, comment_note, yes, no;
  std::string_view thanks, thanks_no, stuck;  ///< stuck is followed by an address
  std::string_view known_issue, missing, stale, too_often, later;
};

std::span<PortalWords const> portal_words();
/// In the language, or English.
PortalWords const& portal_words_in(std::string_view language);

/// Of the languages that a browser asks for (RFC 9110 12.5.4) the one that it likes best among ours; "en"
/// where it likes none.
std::string liked_language(std::string_view accept_language);

}  // namespace spoc::daemon
