// SPDX-License-Identifier: GPL-3.0-or-later
// A known outage: what is said of it, until when, and which words bring a matter to it.
#pragma once

#include "desk/ids.hpp"
#include "desk/zone.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace spoc::desk {

enum class AnnouncementId : std::int64_t {};

struct Announcement {
  AnnouncementId id{};
  TicketId ticket{};                                ///< the matter that was announced; 0 for none
  std::string text;                                 ///< as it was written
  std::map<std::string, std::string> translations;  ///< by spoken() language
  std::vector<std::string> words;  ///< lower case; none: it answers nothing, it is shown alone
  std::string by;                  ///< "operator", or an agent's handle
  Time made{};
  std::optional<Time> until;  ///< it is over then; nothing: until somebody ends it
  std::optional<Time> ended;
  bool operator==(Announcement const&) const = default;
};

/// Said and not over yet.
bool in_force(Announcement const& announcement, Time now);
/// In that spoken() language; as it was written where nobody translated it.
std::string const& text_in(Announcement const& announcement, std::string_view language);
/// All of them, a paragraph each, in the language spoken here that is nearest; "" for none.
std::string texts_in(std::vector<Announcement> const& announcements, std::string const& language);

/// One written form for what people write in many: as the search folds case, width, accents and traditional
/// characters.
using Fold = std::function<std::string(std::string_view)>;

/// The newest in force one of whose words stands in the text: a whole word or several in a row, both folded
/// (without a fold only their case is); "print*" is any word that begins so. Scripts without blanks have no
/// word ends.
Announcement const* known_issue(std::vector<Announcement> const& announcements, std::string_view text,
                                Time now, Fold const& fold = {});

/// What an announcement reads like.
struct AnnouncementText {
  Announcement announcement;  ///< without id, by and made
  std::string fault;          ///< a phrase; "" where it can be understood
};
/// `argument`: "[until WHEN] [WORD, two words, beginning*]", WHEN as in desk/read_when.hpp and followed by
/// ":" where words come behind it. `words`: the text; a paragraph that begins with "nb:", "zh-Hans:",
/// "zh-Hant:" or "en:" is its translation into that language.
AnnouncementText read_announcement(std::string_view argument, std::string_view words, Time now,
                                   Zone const& zone);

}  // namespace spoc::desk
