// SPDX-License-Identifier: GPL-3.0-or-later
// The allow-lists.
#include "parser/html_rules.hpp"

#include "parser/html.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace spoc::parser {
namespace {

struct ElementRow {
  std::string_view name;
  Shape shape;
  std::string_view attributes;  ///< besides those that every element may have; blanks around each
};

constexpr std::string_view boxes = " width height bgcolor border cellpadding cellspacing align valign ";
constexpr std::string_view cells = " width height bgcolor align valign colspan rowspan nowrap scope ";

// Sorted by name.
constexpr ElementRow elements[] = {
    {"a", Shape::inline_, " href "},
    {"abbr", Shape::inline_, ""},
    {"address", Shape::block, ""},
    {"article", Shape::block, ""},
    {"aside", Shape::block, ""},
    {"audio", Shape::hidden, ""},
    {"b", Shape::inline_, ""},
    {"bdi", Shape::inline_, ""},
    {"bdo", Shape::inline_, ""},
    {"big", Shape::inline_, ""},
    {"blockquote", Shape::block, " type "},
    {"br", Shape::empty, ""},
    {"caption", Shape::cell, " align "},
    {"center", Shape::block, ""},
    {"cite", Shape::inline_, ""},
    {"code", Shape::inline_, ""},
    {"col", Shape::empty, " width span align "},
    {"colgroup", Shape::part, " width span align "},
    {"dd", Shape::item, ""},
    {"del", Shape::inline_, ""},
    {"details", Shape::block, ""},
    {"dfn", Shape::inline_, ""},
    {"dir", Shape::block, ""},
    {"div", Shape::block, " align "},
    {"dl", Shape::block, ""},
    {"dt", Shape::item, ""},
    {"em", Shape::inline_, ""},
    {"figcaption", Shape::block, ""},
    {"figure", Shape::block, ""},
    {"font", Shape::inline_, " color face size "},
    {"footer", Shape::block, ""},
    {"h1", Shape::block, " align "},
    {"h2", Shape::block, " align "},
    {"h3", Shape::block, " align "},
    {"h4", Shape::block, " align "},
    {"h5", Shape::block, " align "},
    {"h6", Shape::block, " align "},
    {"header", Shape::block, ""},
    {"hr", Shape::empty, " width align size "},
    {"i", Shape::inline_, ""},
    {"img", Shape::empty, " src data-held-src alt width height align border "},
    {"ins", Shape::inline_, ""},
    {"kbd", Shape::inline_, ""},
    {"label", Shape::inline_, ""},
    {"li", Shape::item, " value type "},
    {"main", Shape::block, ""},
    {"mark", Shape::inline_, ""},
    {"math", Shape::hidden, ""},
    {"menu", Shape::block, ""},
    {"nav", Shape::block, ""},
    {"noscript", Shape::hidden, ""},
    {"ol", Shape::block, " start type reversed "},
    {"p", Shape::paragraph, " align "},
    {"pre", Shape::block, ""},
    {"q", Shape::inline_, ""},
    {"rp", Shape::inline_, ""},
    {"rt", Shape::inline_, ""},
    {"ruby", Shape::inline_, ""},
    {"s", Shape::inline_, ""},
    {"samp", Shape::inline_, ""},
    {"section", Shape::block, ""},
    {"small", Shape::inline_, ""},
    {"span", Shape::inline_, ""},
    {"strike", Shape::inline_, ""},
    {"strong", Shape::inline_, ""},
    {"sub", Shape::inline_, ""},
    {"summary", Shape::block, ""},
    {"sup", Shape::inline_, ""},
    {"svg", Shape::hidden, ""},
    {"table", Shape::table, boxes},
    {"tbody", Shape::part, cells},
    {"td", Shape::cell, cells},
    {"template", Shape::hidden, ""},
    {"tfoot", Shape::part, cells},
    {"th", Shape::cell, cells},
    {"thead", Shape::part, cells},
    {"time", Shape::inline_, ""},
    {"tr", Shape::part, cells},
    {"tt", Shape::inline_, ""},
    {"u", Shape::inline_, ""},
    {"ul", Shape::block, " type "},
    {"var", Shape::inline_, ""},
    {"video", Shape::hidden, ""},
    {"wbr", Shape::empty, ""},
};

constexpr std::string_view everywhere = " title lang dir ";
constexpr std::array<std::string_view, 5> schemes = {"http", "https", "mailto", "tel", "cid"};

constexpr std::string_view properties =
    " color background-color font-weight font-style font-size font-family font-variant text-align "
    "text-decoration text-indent text-transform line-height letter-spacing white-space vertical-align "
    "direction list-style-type border border-top border-bottom border-left border-right border-color "
    "border-style border-width border-collapse border-spacing padding padding-top padding-bottom "
    "padding-left padding-right margin margin-top margin-bottom margin-left margin-right width height "
    "max-width min-width ";

ElementRow const* row_of(std::string_view element) {
  auto const* at =
      std::lower_bound(std::begin(elements), std::end(elements), element,
                       [](ElementRow const& row, std::string_view key) { return row.name < key; });
  return at != std::end(elements) && at->name == element ? at : nullptr;
}

bool listed(std::string_view list, std::string_view word) {
  if (word.empty() || word.find(' ') != std::string_view::npos) return false;
  std::string key;
  key.reserve(word.size() + 2);
  key.append(" ").append(word).append(" ");
  return list.find(key) != std::string_view::npos;
}

bool is_alnum(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_html_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_html_space(text.back())) text.remove_suffix(1);
  return text;
}

void write(std::string& out, std::string_view name, std::string_view value) {
  out.append(" ").append(name).append("=\"").append(escape_html(value)).append("\"");
}

// Letters, digits and the few signs that sizes, names of fonts and colours are made of. No parenthesis but
// that of rgb(): url(), expression() and var() can't be spelt. A backslash would be an escape, "/" a comment.
bool safe_value(std::string_view value) {
  if (value.empty() || value.size() > 200) return false;
  std::string const low = ascii_lower(value);
  std::string_view plain = low;
  if (plain.starts_with("rgb(") || plain.starts_with("rgba(")) {
    if (plain.back() != ')') return false;
    plain.remove_prefix(plain.find('(') + 1);
    plain.remove_suffix(1);
  }
  if (plain.find("behavio") != std::string_view::npos) return false;
  return std::all_of(plain.begin(), plain.end(), [](char c) {
    return is_alnum(c) || c == ' ' || c == '#' || c == '%' || c == '.' || c == ',' || c == '-' || c == '\'' ||
           c == '"';
  });
}

void write_source(std::string& out, std::string_view source, Trust trust) {
  std::string const address = safe_address(source, trust);
  if (address.empty()) return;
  std::string const low = ascii_lower(address.substr(0, 8));
  bool const held = trust == Trust::mail && (low.starts_with("http:") || low.starts_with("https:"));
  if (low.starts_with("mailto:") || low.starts_with("tel:")) return;
  write(out, held ? "data-held-src" : "src", address);
}

}  // namespace

Shape shape_of(std::string_view element) {
  ElementRow const* row = row_of(element);
  return row ? row->shape : Shape::unknown;
}

std::string safe_address(std::string_view address, Trust trust) {
  // Browsers ignore controls and blanks in an address: "java\tscript:" is one word to them.
  std::string clean;
  for (char const c : trimmed(address))
    if (static_cast<unsigned char>(c) > 0x20 && c != '\x7f')
      clean += c;
    else if (c == ' ')
      clean += "%20";
  std::size_t const colon = clean.find_first_of(":/?#");
  if (clean.empty()) return {};
  if (colon == std::string::npos || clean[colon] != ':') {
    if (clean.starts_with("//")) return "https:" + clean;
    if (trust == Trust::article || clean[0] == '#') return clean.starts_with('\\') ? std::string{} : clean;
    return {};  // a relative address in a mail would lead to our own pages
  }
  std::string const scheme = ascii_lower(std::string_view{clean}.substr(0, colon));
  return std::find(schemes.begin(), schemes.end(), scheme) == schemes.end() ? std::string{} : clean;
}

std::string safe_style(std::string_view style) {
  std::string out;
  for (std::size_t at = 0; at < style.size();) {
    std::size_t const end = std::min(style.find(';', at), style.size());
    std::string_view const declaration = style.substr(at, end - at);
    at = end + 1;
    std::size_t const colon = declaration.find(':');
    if (colon == std::string_view::npos) continue;
    std::string const property = ascii_lower(trimmed(declaration.substr(0, colon)));
    std::string_view const value = trimmed(declaration.substr(colon + 1));
    if (listed(properties, property) && safe_value(value))
      out.append(property).append(":").append(value).append(";");
  }
  return out;
}

std::string safe_attributes(HtmlToken const& tag, Trust trust) {
  std::string out;
  ElementRow const* row = row_of(tag.name);
  if (!row) return out;
  for (HtmlAttribute const& each : tag.attributes) {
    if (each.name == "style") {
      if (std::string const style = safe_style(each.value); !style.empty()) write(out, "style", style);
      continue;
    }
    if (!listed(row->attributes, each.name) && !listed(everywhere, each.name)) continue;
    if (each.name == "src" || each.name == "data-held-src") {
      write_source(out, each.value, trust);
    } else if (each.name == "href") {
      std::string const address = safe_address(each.value, trust);
      if (!address.empty()) write(out, "href", address);
    } else {
      write(out, each.name, each.value);
    }
  }
  if (out.find(" href=") != std::string::npos)
    out += " rel=\"noopener noreferrer nofollow\" target=\"_blank\"";
  return out;
}

}  // namespace spoc::parser
