// SPDX-License-Identifier: GPL-3.0-or-later
// The fold and the finders it is made of: a body with words always has a reply.
#include "parser/attribution.hpp"
#include "parser/quote.hpp"
#include "parser/signature.hpp"
#include "tests/fuzz/demand.hpp"

#include <algorithm>

namespace {

void look_for_history(std::vector<spoc::parser::BodyLine> lines) {
  using namespace spoc::parser;
  using namespace spoc::fuzz;
  for (BodyLine const& line : lines) demand(line.depth >= 0 && shown(line).size() >= line.text.size());
  FoldedBody const body{std::move(lines)};
  for (std::size_t i = 0; i < body.lines.size(); ++i) {
    if (auto const found = attribution_ending_at(body, i))
      demand(found->first <= found->last && found->last == i);
    static_cast<void>(header_block_at(body, i));
    static_cast<void>(separator_at(body, i));
    static_cast<void>(is_rule(body, i));
    demand(body.plain(i) == (!body.blank(i) && body.lines[i].depth == 0));
    static_cast<void>(body.quote_follows(i));
  }
  demand(end_of_words(body, 0, body.lines.size()) <= body.lines.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace spoc::parser;
  using namespace spoc::fuzz;
  std::string_view const bytes = bytes_of(data, size);
  std::string const body = mend_utf8(bytes);
  bool const words = std::any_of(body.begin(), body.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  std::string const reply = reply_of_text(body);
  demand_utf8(reply);
  demand(!words || !reply.empty());
  demand_utf8(reply_of_html(body));
  static_cast<void>(reply_of_text(bytes));
  demand_utf8(join_lines(lines_of_text(body)));
  look_for_history(lines_of_text(body));
  for (bool const fold : {false, true}) look_for_history(lines_of_html(body, fold));
  return 0;
}
