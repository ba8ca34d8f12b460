// SPDX-License-Identifier: GPL-3.0-or-later
// What somebody wrote now, told apart from quoted history, signature and disclaimer.
#pragma once

#include <string>
#include <string_view>

namespace spoc::parser {

/// The new words of a plain text body. Interleaved answers keep the quoted lines between them, since they
/// are needed to understand them. Never empty if the text had words of its own.
std::string reply_of_text(std::string_view text);

/// The same for an HTML body (gmail_quote, OutlookMessageHeader, blockquote cite, moz-cite-prefix...).
std::string reply_of_html(std::string_view html);

}  // namespace spoc::parser
