// SPDX-License-Identifier: GPL-3.0-or-later
// HTML to text: valid UTF-8 in gives valid UTF-8 out, with no blank line at either end.
#include "parser/history_signs.hpp"
#include "parser/html.hpp"
#include "parser/line_writer.hpp"
#include "tests/fuzz/demand.hpp"

namespace {

// The bytes themselves say which of the writer's verbs comes next.
void write_lines(std::string_view text) {
  spoc::parser::LineWriter out;
  for (std::size_t at = 0; at < text.size(); at += 4) {
    std::string_view const words = text.substr(at, 4);
    switch (static_cast<unsigned char>(words[0]) % 8) {
      case 0:
        out.line_break(words.size() > 2);
        break;
      case 1:
        out.block(words.size() > 2 ? 1 : 2);
        break;
      case 2:
        out.cell(out.lines.size());
        break;
      case 3:
        out.quote(words.size() > 3 ? 1 : -1);
        break;
      case 4:
        out.item("- ");
        break;
      case 5:
        out.flush();
        break;
      case 6:
        out.put(words);
        break;
      default:
        out.words(words, words.back() % 2 == 0);
    }
  }
  out.flush();
  for (auto const& line : out.lines) spoc::fuzz::demand(line.depth >= 0 && line.depth <= 50);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace spoc::parser;
  using namespace spoc::fuzz;
  std::string_view const bytes = bytes_of(data, size);
  std::string const html = mend_utf8(bytes);
  std::string const text = html_to_text(html);
  demand_utf8(text);
  demand(!text.starts_with('\n') && !text.ends_with('\n'));
  static_cast<void>(html_to_text(bytes));
  write_lines(bytes);
  HtmlTokens tokens{html};
  for (HtmlToken token; tokens.next(token);)
    if (token.kind == HtmlToken::Kind::open) static_cast<void>(history_sign(token));
  return 0;
}
