// SPDX-License-Identifier: GPL-3.0-or-later
// HTML made safe to show, and HTML made into text.
#pragma once

#include <string>
#include <string_view>

namespace spoc::parser {

/// An allow-list serialisation: no script, handler, style sheet, form, frame, id, javascript: or data: link.
/// Pictures in the mail stay (cid:, and data: of PNG, GIF, JPEG, WebP or BMP). Remote pictures are held back:
/// their src becomes data-held-src; those that only count readers go. Styles stay where they can neither load
/// nor cover anything. Sanitising the result changes nothing. Valid UTF-8 for any bytes, in linear time.
std::string sanitise(std::string_view html);

/// Readable text: paragraphs, lists, tables, links with their address, quotes as "> " lines. LF line ends.
/// What is styled out of sight is left out, unless that would leave nothing.
std::string html_to_text(std::string_view html);

/// & < > " ' escaped.
std::string escape_html(std::string_view text);

}  // namespace spoc::parser
