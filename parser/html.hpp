// SPDX-License-Identifier: GPL-3.0-or-later
// HTML made safe to show, and HTML made into text.
#pragma once

#include <string>
#include <string_view>

namespace spoc::parser {

/// An allow-list serialisation: no script, handler, style sheet, form, frame, javascript: or data: link
/// (cid: pictures stay). Remote pictures are held back: their src becomes data-held-src. Falls back to
/// escaped plain text where the tree would be too deep or too large to build safely.
std::string sanitise(std::string_view html);

/// Readable text: paragraphs, lists, tables, links with their address, quotes as "> " lines. LF line ends.
std::string html_to_text(std::string_view html);

/// & < > " ' escaped.
std::string escape_html(std::string_view text);

}  // namespace spoc::parser
