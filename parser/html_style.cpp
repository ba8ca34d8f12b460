// SPDX-License-Identifier: GPL-3.0-or-later
// CSS of style attributes, read by a grammar so small that url(), expression(), escapes and comments can't be
// spelt in it.
#include "parser/html_style.hpp"

#include "parser/ascii.hpp"

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <optional>
#include <vector>

namespace spoc::parser {
namespace {

constexpr std::size_t longest_style = 4000;  // of what is written
constexpr std::size_t longest_value = 200;
constexpr double largest_length = 5000;

enum Accepts : unsigned {
  colour = 1,
  length = 2,     // not below zero
  indent = 4,     // a length that may be a little below zero
  number = 8,     // without a unit
  positive = 16,  // zero would hide the text
  fonts = 32,
};

struct PropertyRow {
  std::string_view name;
  unsigned accepts;
  std::size_t most_words;
  std::string_view keywords;  // blanks around each
};

constexpr std::string_view lines =
    " none hidden dotted dashed solid double groove ridge inset outset thin medium thick ";
constexpr std::string_view displays = " none block inline inline-block table table-row table-cell list-item ";
constexpr std::string_view bullets =
    " none disc circle square decimal decimal-leading-zero lower-alpha upper-alpha lower-latin upper-latin "
    "lower-roman upper-roman lower-greek inside outside cjk-ideographic ";

constexpr PropertyRow properties[] = {
    {"background", colour, 1, " transparent none "},
    {"background-color", colour, 1, ""},
    {"border", colour | length, 3, lines},
    {"border-bottom", colour | length, 3, lines},
    {"border-bottom-color", colour, 1, ""},
    {"border-bottom-style", 0, 1, lines},
    {"border-bottom-width", length, 1, lines},
    {"border-collapse", 0, 1, " collapse separate "},
    {"border-color", colour, 4, ""},
    {"border-left", colour | length, 3, lines},
    {"border-left-color", colour, 1, ""},
    {"border-left-style", 0, 1, lines},
    {"border-left-width", length, 1, lines},
    {"border-radius", length, 4, ""},
    {"border-right", colour | length, 3, lines},
    {"border-right-color", colour, 1, ""},
    {"border-right-style", 0, 1, lines},
    {"border-right-width", length, 1, lines},
    {"border-spacing", length, 2, ""},
    {"border-style", 0, 4, lines},
    {"border-top", colour | length, 3, lines},
    {"border-top-color", colour, 1, ""},
    {"border-top-style", 0, 1, lines},
    {"border-top-width", length, 1, lines},
    {"border-width", length, 4, lines},
    {"clear", 0, 1, " left right both none "},
    {"color", colour, 1, ""},
    {"direction", 0, 1, " ltr rtl "},
    {"display", 0, 1, displays},
    {"float", 0, 1, " left right none "},
    {"font-family", fonts, 20, ""},
    {"font-size", length | positive, 1,
     " xx-small x-small small medium large x-large xx-large smaller larger "},
    {"font-style", 0, 1, " normal italic oblique "},
    {"font-variant", 0, 1, " normal small-caps "},
    {"font-weight", number, 1, " normal bold bolder lighter "},
    {"height", length, 1, " auto "},
    {"letter-spacing", length, 1, " normal "},
    {"line-height", length | number | positive, 1, " normal "},
    {"list-style", 0, 2, bullets},
    {"list-style-position", 0, 1, bullets},
    {"list-style-type", 0, 1, bullets},
    {"margin", length, 4, " auto "},
    {"margin-bottom", length, 1, " auto "},
    {"margin-left", length, 1, " auto "},
    {"margin-right", length, 1, " auto "},
    {"margin-top", length, 1, " auto "},
    {"max-width", length, 1, " none "},
    {"min-width", length, 1, " auto "},
    {"overflow-wrap", 0, 1, " normal break-word anywhere "},
    {"padding", length, 4, ""},
    {"padding-bottom", length, 1, ""},
    {"padding-left", length, 1, ""},
    {"padding-right", length, 1, ""},
    {"padding-top", length, 1, ""},
    {"table-layout", 0, 1, " auto fixed "},
    {"text-align", 0, 1, " left right center justify start end "},
    {"text-decoration", colour, 3, " none underline line-through overline solid double dotted dashed wavy "},
    {"text-indent", indent, 1, ""},
    {"text-transform", 0, 1, " none uppercase lowercase capitalize "},
    {"vertical-align", length, 1, " baseline top middle bottom sub super text-top text-bottom "},
    {"white-space", 0, 1, " normal nowrap pre pre-wrap pre-line "},
    {"width", length, 1, " auto "},
    {"word-break", 0, 1, " normal break-all break-word keep-all "},
    {"word-wrap", 0, 1, " normal break-word "},
};

PropertyRow const* property_named(std::string_view name) {
  auto const* at = std::find_if(std::begin(properties), std::end(properties),
                                [&](PropertyRow const& row) { return row.name == name; });
  return at == std::end(properties) ? nullptr : at;
}

bool all_of(std::string_view text, std::string_view allowed) {
  return std::all_of(text.begin(), text.end(),
                     [&](char c) { return is_digit(c) || allowed.find(c) != std::string_view::npos; });
}

// The number at the head of "12.5px". Nothing for what is no plain decimal number.
std::optional<double> leading_number(std::string_view word, std::string_view& unit) {
  std::size_t end = !word.empty() && (word[0] == '-' || word[0] == '+') ? 1 : 0;
  std::size_t const start = end;
  std::size_t dots = 0;
  while (end < word.size() && (is_digit(word[end]) || (word[end] == '.' && dots == 0)))
    dots += word[end++] == '.' ? 1 : 0;
  if (end == start + dots || end > 12) return std::nullopt;
  unit = word.substr(end);
  return std::strtod(std::string{word.substr(0, end)}.c_str(), nullptr);
}

bool fits_number(std::string_view word, unsigned accepts) {
  std::string_view unit;
  auto const value = leading_number(word, unit);
  if (!value || *value > largest_length) return false;
  bool const measured = listed(" px pt pc em rem ex ch in cm mm % ", unit) || (unit.empty() && *value == 0);
  if ((accepts & positive) && *value <= 0) return false;
  if ((accepts & number) && unit.empty() && *value >= 0) return true;
  if ((accepts & length) && measured && *value >= 0) return true;
  return (accepts & indent) && measured && *value >= -100;
}

// Blanks divide words, but not inside rgb(...).
std::vector<std::string_view> words_of(std::string_view value) {
  std::vector<std::string_view> out;
  std::size_t start = 0;
  int depth = 0;
  for (std::size_t i = 0; i <= value.size(); ++i) {
    if (i < value.size() && value[i] == '(') ++depth;
    if (i < value.size() && value[i] == ')') --depth;
    if (i < value.size() && (!is_blank(value[i]) || depth > 0)) continue;
    if (i > start) out.push_back(value.substr(start, i - start));
    start = i + 1;
  }
  return out;
}

bool fits(PropertyRow const& row, std::string_view value) {
  if (value.empty() || value.size() > longest_value) return false;
  if (row.accepts & fonts) return is_font_list(value);
  auto const words = words_of(value);
  if (words.empty() || words.size() > row.most_words) return false;
  return std::all_of(words.begin(), words.end(), [&](std::string_view word) {
    if (listed(row.keywords, lowered(word)) || listed(" inherit initial ", lowered(word))) return true;
    return ((row.accepts & colour) && is_css_colour(word)) || fits_number(lowered(word), row.accepts);
  });
}

struct Declaration {
  std::string property;
  std::string_view value;
};

// The next declaration off the front. Important or not is not our concern: no style sheet competes.
std::optional<Declaration> take_declaration(std::string_view& style) {
  while (!style.empty()) {
    std::size_t const end = std::min(style.find(';'), style.size());
    std::string_view const words = style.substr(0, end);
    style.remove_prefix(std::min(end + 1, style.size()));
    std::size_t const colon = words.find(':');
    if (colon == std::string_view::npos) continue;
    std::string_view value = trimmed(words.substr(colon + 1));
    if (std::size_t const mark = value.rfind('!');
        mark != std::string_view::npos && lowered(trimmed(value.substr(mark + 1))) == "important")
      value = trimmed(value.substr(0, mark));
    return Declaration{lowered(trimmed(words.substr(0, colon))), value};
  }
  return std::nullopt;
}

bool is_nothing(std::string_view value) {
  std::string_view unit;
  auto const number = leading_number(value, unit);
  return number && *number == 0;
}

}  // namespace

bool is_css_colour(std::string_view value) {
  if (value.size() > 60) return false;
  std::string const low = lowered(value);
  std::string_view rest = low;
  if (rest.starts_with('#'))
    return (rest.size() == 4 || rest.size() == 5 || rest.size() == 7 || rest.size() == 9) &&
           all_of(rest.substr(1), "abcdef");
  for (std::string_view const function : {"rgb(", "rgba(", "hsl(", "hsla("})
    if (rest.starts_with(function)) {
      rest.remove_prefix(function.size());
      return rest.ends_with(')') && all_of(rest.substr(0, rest.size() - 1), " .,%");
    }
  return rest.size() >= 3 && rest.size() <= 20 && rest != "expression" &&
         std::all_of(rest.begin(), rest.end(), is_letter);
}

bool is_font_list(std::string_view value) {
  if (value.empty() || value.size() > longest_value) return false;
  if (std::count(value.begin(), value.end(), '"') % 2 + std::count(value.begin(), value.end(), '\'') % 2 > 0)
    return false;
  // Full-width letters were once read as ASCII ones; no font needs them.
  return std::all_of(value.begin(), value.end(), [](char c) {
    return (is_high(c) && c != '\xef') || is_letter(c) || is_digit(c) ||
           std::string_view{" ,-_.'\""}.find(c) != std::string_view::npos;
  });
}

bool hides(std::string_view style) {
  style = style.substr(0, 4 * longest_style);
  bool flat = false, cut = false;
  while (auto const each = take_declaration(style)) {
    std::string const value = lowered(each->value);
    if (each->property == "display" && value == "none") return true;
    if (each->property == "visibility" && (value == "hidden" || value == "collapse")) return true;
    if (each->property == "opacity" && is_nothing(value)) return true;
    if ((each->property == "max-height" || each->property == "height") && is_nothing(value)) flat = true;
    if (each->property == "overflow" && value == "hidden") cut = true;
  }
  return flat && cut;
}

bool is_pixel_sized(std::string_view style) {
  while (auto const each = take_declaration(style)) {
    std::string const value = lowered(each->value);
    bool const size = each->property == "width" || each->property == "height" ||
                      each->property == "max-width" || each->property == "max-height";
    std::string_view unit;
    auto const number = size ? leading_number(value, unit) : std::nullopt;
    if (number && *number <= 1 && (unit == "px" || unit == "pt" || unit.empty() || *number == 0)) return true;
  }
  return false;
}

std::string safe_style(std::string_view style) {
  style = style.substr(0, 4 * longest_style);
  bool const hidden = hides(style);
  std::string out;
  while (auto const each = take_declaration(style)) {
    PropertyRow const* row = property_named(each->property);
    if (!row || !fits(*row, each->value) || (hidden && row->name == "display")) continue;
    bool const plain = row->name == "background" && is_css_colour(each->value);
    std::string_view const property = plain ? "background-color" : row->name;
    if (out.size() + property.size() + each->value.size() + 20 > longest_style) continue;
    out.append(property).append(":").append(each->value).append(";");
  }
  return hidden ? out + "display:none;" : out;
}

}  // namespace spoc::parser
