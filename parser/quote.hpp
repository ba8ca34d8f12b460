// SPDX-License-Identifier: GPL-3.0-or-later
// What somebody wrote now, told apart from quoted history, signature and disclaimer.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace spoc::parser {

/// The new words of a plain text body. Interleaved answers keep the quoted lines between them, since they
/// are needed to understand them. Never empty if the text had words of its own.
std::string reply_of_text(std::string_view text);

/// The same for an HTML body (gmail_quote, OutlookMessageHeader, blockquote cite, moz-cite-prefix...).
std::string reply_of_html(std::string_view html);

/// An answer compared with letters of ours.
struct Compared {
  std::string reply;       ///< "" if nothing but our own words came back
  bool scattered = false;  ///< the new words stand in several places, with words of ours between them
};

/// The new words of an answer to letters that we know, sent (their plain texts): what stands in them is
/// history, marked or not, and what stands between their lines is an answer. Nothing if the text holds none
/// of their lines; what reply_of_text or reply_of_html made of it is then the best that is known.
std::optional<Compared> reply_against(std::string_view text, std::span<std::string const> sent);

}  // namespace spoc::parser
