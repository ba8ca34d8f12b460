// SPDX-License-Identifier: GPL-3.0-or-later
// The fold and the finders it is made of: a body with words always has a reply.
#include "parser/attribution.hpp"
#include "parser/forward.hpp"
#include "parser/letterhead.hpp"
#include "parser/line_signs.hpp"
#include "parser/pictures.hpp"
#include "parser/quote.hpp"
#include "parser/sent_lines.hpp"
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
    if (auto const found = attribution_ending_at(body, i)) {
      demand(found->first <= i && i <= found->last && found->last < body.lines.size());
      demand(found->own <= body.lines[found->first].text.size());
      demand(found->own == 0 || found->first == i);
    }
    if (auto const found = attribution_heading_quote(body, i))
      demand(found->first <= found->last && found->last < body.lines.size());
    demand(end_of_header_block(body, i) <= body.lines.size());
    demand(end_of_letterhead(body, i) <= body.lines.size());
    static_cast<void>(separator_at(body, i));
    static_cast<void>(is_rule(body, i));
    demand(body.plain(i) == (!body.blank(i) && body.lines[i].depth == 0));
    static_cast<void>(body.quote_follows(i));
  }
  demand(end_of_words(body, 0, body.lines.size()) <= body.lines.size());
}

void look_for_signs(std::string_view line) {
  using namespace spoc::parser;
  using namespace spoc::fuzz;
  static_cast<void>(find_date(line).any());
  static_cast<void>(begins_with_date(line));
  demand(!has_bracketed_address(line) || has_address(line));
  demand(words_in(line) <= line.size() + 1);
  demand(strip(line, "*_ ").size() <= line.size() && strip_dashes(line).size() <= line.size());
  static_cast<void>(is_labelled(line));
}

/// The body as if the desk had sent its second half.
void compare_with_sent(std::string const& body) {
  using namespace spoc::parser;
  using namespace spoc::fuzz;
  std::vector<std::string> const sent{mend_utf8(std::string_view{body}.substr(body.size() / 2))};
  if (auto const reply = reply_against(body, sent)) demand_utf8(reply->reply);
  auto lines = lines_of_text(body);
  auto const count = lines.size();
  demand(mark_sent(lines, sent) <= count && lines.size() == count);
}

void look_for_forward(std::string_view body) {
  using namespace spoc::fuzz;
  auto const line = body.substr(0, body.find('\n'));
  static_cast<void>(spoc::parser::says_forward(line));
  demand_utf8(spoc::parser::what_people_type(body));
  if (auto const forward = spoc::parser::forwarded_in_text(body, line)) {
    demand_utf8(forward->author.name);
    demand_utf8(forward->author.address);
    demand_utf8(forward->subject);
  }
}

/// Pictures by whatever ids the body names, and one that it does not.
void look_for_pictures(std::string_view body) {
  std::vector<spoc::desk::Attachment> pictures(2);
  for (auto& one : pictures) one.inline_ = true;
  if (auto const at = body.find("cid:"); at != std::string_view::npos)
    pictures[0].content_id = body.substr(at + 4, body.find_first_of("\"' >", at) - at - 4);
  spoc::parser::tell_own_pictures(body, pictures);
  spoc::fuzz::demand(pictures[1].own);
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
  for (BodyLine const& line : lines_of_text(body)) look_for_signs(line.text);
  compare_with_sent(body);
  look_for_forward(body);
  look_for_pictures(body);
  return 0;
}
