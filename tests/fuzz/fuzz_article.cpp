// SPDX-License-Identifier: GPL-3.0-or-later
// Fuzzes front matter and Markdown.
#include "parser/article.hpp"

#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view const bytes{reinterpret_cast<char const*>(data), size};
  auto const article = spoc::parser::read_article(bytes, "folder/An article.md");
  std::string_view const body = article ? std::string_view{article->body} : bytes;
  spoc::parser::markdown_to_html(body);
  spoc::parser::markdown_to_text(body);
  return 0;
}
