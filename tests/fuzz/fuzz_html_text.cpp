// SPDX-License-Identifier: GPL-3.0-or-later
// HTML to text: valid UTF-8 in gives valid UTF-8 out, with no blank line at either end and no two in a row.
#include "parser/history_signs.hpp"
#include "parser/html.hpp"
#include "tests/fuzz/demand.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace spoc::parser;
  using namespace spoc::fuzz;
  std::string_view const bytes = bytes_of(data, size);
  std::string const html = mend_utf8(bytes);
  std::string const text = html_to_text(html);
  demand_utf8(text);
  demand(!text.starts_with('\n') && !text.ends_with('\n'));
  static_cast<void>(html_to_text(bytes));
  HtmlTokens tokens{html};
  for (HtmlToken token; tokens.next(token);)
    if (token.kind == HtmlToken::Kind::open) static_cast<void>(history_sign(token));
  return 0;
}
