// SPDX-License-Identifier: GPL-3.0-or-later
// The lines of a body with what is known of each: the common form in which text and HTML are shown and
// folded.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace spoc::parser {

/// What the mark-up itself says about a line.
enum class Mark {
  none,
  attribution,  ///< stands in the element that a client writes its attribution into
  history,      ///< all that follows is the mail that was answered
  rule,         ///< a horizontal rule
};

struct BodyLine {
  std::string text;  ///< without quote signs
  int depth = 0;     ///< how deep it is quoted
  Mark mark = Mark::none;
  bool indented = false;   ///< by a bare blockquote, which may be a quote or the writer's own indentation
  std::string shown = {};  ///< the line as it stood, where it is not made from text and depth
  bool verbatim = false;   ///< preformatted: if it is blank, it stays
};

/// The lines of a plain text body (LF, CRLF or CR), ">" signs counted.
std::vector<BodyLine> lines_of_text(std::string_view text);

/// The lines of an HTML body, as a reader sees them. With fold_containers, what a client keeps history in
/// (Yahoo's, Outlook's, GMX's element) counts as quoted.
std::vector<BodyLine> lines_of_html(std::string_view html, bool fold_containers);

/// One line as plain text: "> " for each depth.
std::string shown(BodyLine const& line);

/// Lines to text: runs of blank lines become one (not so preformatted ones), none stands at either end.
std::string join_lines(std::vector<BodyLine> const& lines);

}  // namespace spoc::parser
