// SPDX-License-Identifier: GPL-3.0-or-later
// Markdown articles: front matter to fields, body to safe HTML and to text.
#pragma once

#include "desk/article.hpp"
#include "desk/error.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace spoc::parser {

/// Reads a file of the knowledge folder: front matter between two "---" lines (id, title, language, audience
/// public|internal, tags, products and translations as lists, owner, review and expires as days), then
/// Markdown. Errors
/// name the line and the remedy. A missing id is made from the path, a missing title from the first heading.
Result<desk::Article> read_article(std::string_view bytes, std::string_view path);

/// Where a Markdown text points to: [words](target), ![picture](<target>), [words][reference] and bare
/// addresses.
struct MarkdownLink {
  int line = 0;  ///< where the target stands, from 1
  std::string target;
  bool picture = false;
};
std::vector<MarkdownLink> markdown_links(std::string_view markdown);

/// Markdown (CommonMark with tables) to sanitised HTML.
std::string markdown_to_html(std::string_view markdown);
/// Markdown to plain text fit for a mail.
std::string markdown_to_text(std::string_view markdown);

}  // namespace spoc::parser
