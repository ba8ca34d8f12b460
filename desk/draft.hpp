// SPDX-License-Identifier: GPL-3.0-or-later
// A draft of an article, made from the exchange of a ticket and cleaned of whom it was with.
#pragma once

#include "desk/ids.hpp"
#include "desk/time.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace spoc::desk {

enum class DraftId : std::int64_t {};

enum class DraftState { waiting, published, rejected };
std::string_view name(DraftState state);
std::optional<DraftState> draft_state_named(std::string_view word);

struct Draft {
  DraftId id{};
  TicketId ticket{};
  std::string file;  ///< the file's name without ".md", and the article's id
  std::string title;
  std::string language;  ///< spoken()
  std::string by;        ///< the agent's handle
  std::string text;      ///< the whole file: front matter and Markdown
  Time made{};
  DraftState state = DraftState::waiting;
  bool operator==(Draft const&) const = default;
};

/// The text without mail addresses, tokens of ours, phone numbers and other numbers of seven digits or more,
/// and without the names: each becomes "[…]". A name of several words goes as a whole, whatever the case, and
/// each of its words where it begins with a capital, stands behind a greeting or alone on a line; a Chinese
/// name wherever it stands, its given name too, and its family name before a form of address. Names that
/// nobody told are not found: a person has to look at it.
std::string cleaned(std::string_view text, std::vector<std::string> const& names);

/// What a draft is made of, cleaned already.
struct DraftParts {
  DraftId id{};
  std::string title, language, owner;  ///< owner: an address, "" for none
  std::vector<std::string> tags;
  std::string problem, solution;
  Time now{};
};
/// Without ticket and author. The file's name is made of the title's ASCII words and the number.
Draft make_draft(DraftParts const& parts);

}  // namespace spoc::desk
