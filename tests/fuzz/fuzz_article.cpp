// SPDX-License-Identifier: GPL-3.0-or-later
// Front matter and Markdown: an article has an id and a title, or there is an error that says where.
#include "parser/article.hpp"
#include "tests/fuzz/demand.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace spoc::parser;
  using namespace spoc::fuzz;
  std::string const bytes = mend_utf8(bytes_of(data, size));
  auto const article = read_article(bytes, "folder/An article.md");
  if (article)
    demand(!article->id.empty() && !article->title.empty());
  else
    demand(article.error().what.starts_with("folder/An article.md:"));
  std::string_view const body = article ? std::string_view{article->body} : bytes;
  std::string const html = markdown_to_html(body);
  demand_utf8(html);
  demand(html.find("<script") == std::string::npos && html.find("javascript:\"") == std::string::npos);
  demand_utf8(markdown_to_text(body));
  for (auto const& link : markdown_links(body)) demand(link.line > 0 && !link.target.empty());
  return 0;
}
