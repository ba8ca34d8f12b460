// SPDX-License-Identifier: GPL-3.0-or-later
// Words that somebody typed, made into HTML that can hold nothing but words, breaks and web links.
#pragma once

#include <string>
#include <string_view>

namespace spoc::templates {

/// & < > " and ' as entities that every reader knows.
std::string escaped_html(std::string_view text);

/// Paragraphs at blank lines, <br> at line ends, http and https addresses as links.
std::string html_of(std::string_view text);

/// One line for a list: escaped, our own mail addresses with a token in them as links.
std::string html_of_line(std::string_view line);

}  // namespace spoc::templates
