// SPDX-License-Identifier: GPL-3.0-or-later
// The sanitiser: what it writes has allowed tags alone, sanitising it again changes nothing, and it is UTF-8.
#include "parser/ascii.hpp"
#include "parser/html.hpp"
#include "parser/html_entities.hpp"
#include "parser/html_rules.hpp"
#include "parser/html_style.hpp"
#include "parser/html_tokens.hpp"
#include "parser/utf8.hpp"
#include "tests/fuzz/demand.hpp"

namespace {

void demand_allowed(std::string_view safe) {
  using namespace spoc::parser;
  using namespace spoc::fuzz;
  HtmlTokens tokens{safe};
  for (HtmlToken token; tokens.next(token);) {
    demand(token.kind != HtmlToken::Kind::raw);
    if (token.kind == HtmlToken::Kind::text) continue;
    Shape const shape = shape_of(token.name);
    demand(shape != Shape::unknown && shape != Shape::hidden);
    for (HtmlAttribute const& each : token.attributes)
      demand(!each.name.starts_with("on") && each.name != "srcdoc" && each.name != "id");
    if (std::string const* href = token.find("href")) demand(safe_address(*href, Trust::article) == *href);
    if (std::string const* style = token.find("style")) demand(safe_style(*style) == *style);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace spoc::parser;
  using namespace spoc::fuzz;
  std::string_view const bytes = bytes_of(data, size);
  std::string const html = mend_utf8(bytes);
  for (Trust const trust : {Trust::mail, Trust::article}) {
    std::string const once = sanitise_for(html, trust);
    demand_utf8(once);
    demand_allowed(once);
    demand(sanitise_for(once, trust) == once);
  }
  demand_allowed(sanitise(bytes));
  demand(escape_html(html).find_first_of("<>\"'") == std::string::npos);
  demand_utf8(decode_entities(html, Spot::text));
  demand_utf8(decode_entities(html, Spot::attribute));
  std::string point;
  append_utf8(point, size < 4 ? 0 : static_cast<char32_t>(data[0] << 16 | data[1] << 8 | data[2]));
  demand_utf8(point);
  demand(safe_style(safe_style(html)) == safe_style(html));
  demand(!hides(html) || safe_style(html).find("display:none") != std::string::npos);
  static_cast<void>(is_pixel_sized(html));
  demand(!is_css_colour(html) || html.find(':') == std::string::npos);
  demand(!is_font_list(html) || html.find('(') == std::string::npos);
  HtmlTokens tokens{html};
  for (HtmlToken token; tokens.next(token);) {
    static_cast<void>(is_html_space(token.name.empty() ? ' ' : token.name[0]));
    if (token.kind == HtmlToken::Kind::open) {
      demand(lowered(token.name) == token.name);
      static_cast<void>(safe_attributes(token, Trust::mail));
      static_cast<void>(is_tracking_pixel(token));
      static_cast<void>(is_hidden(token));
      demand(stand_in(token.name).empty() || shape_of(stand_in(token.name)) != Shape::unknown);
      ForeignContent foreign;
      bool const is_html = !foreign.open(token);
      demand(is_html || foreign.inside() || token.self_closing || foreign.shows_text());
      static_cast<void>(foreign.close(token.name));
      if (token.name == "b") static_cast<void>(tokens.skip_to_end_of("b"));
    }
  }
  return 0;
}
