// SPDX-License-Identifier: GPL-3.0-or-later
// A template before it is rendered: its tags, the limits that keep the renderer safe, and its partials put
// in.
#pragma once

#include "desk/error.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace spoc::templates {

enum class TagKind { word, raw_word, section, inverted, end, partial, comment };

struct Tag {
  TagKind kind{};
  std::string name;
  std::size_t begin = 0, end = 0;  ///< in the text, braces included
};

/// All tags, sections closed in order. Kind::unreadable names line and mistake: too large, too deep,
/// unclosed, a name that is none, a change of delimiters, or in HTML an unescaped word whose name doesn't end
/// in "_html".
Result<std::vector<Tag>> tags_of(std::string_view text, bool html);

/// Gives a partial's text, nothing (nullptr) if there is none of that name.
using PartialText = std::function<std::string const*(std::string const& name)>;

/// The text with its partials in their places. A partial within itself is a mistake.
Result<std::string> with_partials(std::string_view text, bool html, PartialText const& partial);

}  // namespace spoc::templates
