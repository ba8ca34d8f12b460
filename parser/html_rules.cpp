// SPDX-License-Identifier: GPL-3.0-or-later
// The allow-lists.
#include "parser/html_rules.hpp"

#include "parser/ascii.hpp"
#include "parser/html.hpp"
#include "parser/html_style.hpp"

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
    {"details", Shape::block, " open "},
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
    {"menu", Shape::block, ""},
    {"nav", Shape::block, ""},
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

/// Where the rows of each letter begin, and behind 'z' the end.
constexpr std::array<ElementRow const*, 27> rows_of_letter = [] {
  std::array<ElementRow const*, 27> out{};
  ElementRow const* row = std::begin(elements);
  for (std::size_t letter = 0; letter < out.size(); ++letter) {
    while (row != std::end(elements) && row->name[0] < static_cast<char>('a' + letter)) ++row;
    out[letter] = row;
  }
  return out;
}();

ElementRow const* row_of(std::string_view element) {
  if (element.empty() || element[0] < 'a' || element[0] > 'z') return nullptr;
  auto const letter = static_cast<std::size_t>(element[0] - 'a');
  for (ElementRow const* row = rows_of_letter[letter]; row != rows_of_letter[letter + 1]; ++row)
    if (row->name == element) return row;
  return nullptr;
}

void write(std::string& out, std::string_view name, std::string_view value) {
  out.append(" ").append(name).append("=\"").append(escape_html(value)).append("\"");
}

bool only(std::string_view value, std::string_view signs) {
  return std::all_of(value.begin(), value.end(), [&](char c) {
    return is_letter(c) || is_digit(c) || signs.find(c) != std::string_view::npos;
  });
}

// "12", "12.5", "50%", "12px", "+1", "-2".
bool is_measure(std::string_view value) {
  if (value.starts_with('+') || value.starts_with('-')) value.remove_prefix(1);
  std::size_t const end = std::min(value.find_first_not_of("0123456789."), value.size());
  std::string_view const unit = value.substr(end);
  return end > 0 && end <= 7 && (unit.empty() || unit == "%" || unit == "px");
}

constexpr std::string_view measures =
    " width height border cellpadding cellspacing colspan rowspan span start value size ";
constexpr std::string_view free_words = " title alt ";

// An attribute other than addresses and styles holds what it is for, and nothing else.
bool fits(std::string_view name, std::string_view value) {
  if (listed(free_words, name)) return true;
  if (listed(measures, name)) return is_measure(value);
  if (name == "bgcolor" || name == "color") return value.size() <= 30 && only(value, "#");
  if (name == "face") return is_font_list(value);
  return value.size() <= 40 && only(value, "-");
}

// A picture of dots that lies in the mail itself; SVG would bring markup of its own.
bool is_embedded_picture(std::string_view address) {
  std::size_t const comma = address.find(',');
  if (comma == std::string_view::npos || comma > 40) return false;
  std::string const head = lowered(address.substr(0, comma));
  constexpr std::array<std::string_view, 6> kinds = {"png", "gif", "jpeg", "jpg", "webp", "bmp"};
  bool const known = std::any_of(kinds.begin(), kinds.end(), [&](std::string_view kind) {
    return head == "data:image/" + std::string{kind} + ";base64";
  });
  return known && only(address.substr(comma + 1), "+/=");
}

void write_source(std::string& out, std::string_view source, Trust trust) {
  std::string clean;
  if (begins_with(trimmed(source), "data:")) {
    std::copy_if(source.begin(), source.end(), std::back_inserter(clean),
                 [](char c) { return static_cast<unsigned char>(c) > ' '; });
    if (is_embedded_picture(clean)) {
      std::transform(clean.begin(), clean.begin() + 11, clean.begin(), lower);  // "data:image/"
      write(out, "src", clean);
    }
    return;
  }
  clean = safe_address(source, trust);
  if (clean.empty() || begins_with(clean, "mailto:") || begins_with(clean, "tel:") || clean[0] == '#') return;
  bool const held = trust == Trust::mail && !begins_with(clean, "cid:");
  write(out, held ? "data-held-src" : "src", clean);
}

// Paths by which newsletters count their readers.
constexpr std::array<std::string_view, 12> counters = {
    "/wf/open",   "/track/open", "/trk/open",  "/email/open", "/emailopen",  "/open.php",
    "/open.aspx", "/open.gif",   "/pixel.gif", "/pixel.png",  "/beacon.gif", "/trace/mail/"};

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
    // In a mail a relative address would lead to our own pages, and a fragment to a name that we take out.
    return trust == Trust::article && clean[0] != '\\' ? clean : std::string{};
  }
  std::string const scheme = lowered(std::string_view{clean}.substr(0, colon));
  return std::find(schemes.begin(), schemes.end(), scheme) == schemes.end() ? std::string{} : clean;
}

bool is_hidden(HtmlToken const& tag) {
  std::string const* style = tag.find("style");
  return tag.find("hidden") || (style && hides(*style));
}

std::string_view stand_in(std::string_view element) {
  if (element == "select") return "ul";
  if (element == "option") return "li";
  constexpr std::string_view blocks = " form fieldset legend optgroup dialog hgroup search listing ";
  return listed(blocks, element) ? "div" : "";
}

bool is_tracking_pixel(HtmlToken const& image) {
  for (std::string_view const name : {"width", "height"}) {
    std::string const* value = image.find(name);
    if (!value) continue;
    std::string_view const size = trimmed(*value);
    if (size == "0" || size == "1" || size == "0px" || size == "1px") return true;
  }
  if (is_hidden(image)) return true;
  if (std::string const* style = image.find("style"); style && is_pixel_sized(*style)) return true;
  std::string const* alt = image.find("alt");
  std::string const* source = image.find(image.find("src") ? "src" : "data-held-src");
  if (!source || (alt && !trimmed(*alt).empty())) return false;
  std::string const low = lowered(std::string_view{*source}.substr(0, 1000));
  return std::any_of(counters.begin(), counters.end(),
                     [&](std::string_view path) { return holds(low, path); });
}

std::string safe_attributes(HtmlToken const& tag, Trust trust) {
  std::string out;
  ElementRow const* row = row_of(tag.name);
  if (!row) return out;
  bool hidden_by_name = false;
  for (HtmlAttribute const& each : tag.attributes) {
    hidden_by_name = hidden_by_name || each.name == "hidden";
    bool const known = listed(row->attributes, each.name) || listed(everywhere, each.name);
    if (!known) continue;
    if (each.name == "src" || each.name == "data-held-src") {
      write_source(out, each.value, trust);
    } else if (each.name == "href") {
      std::string const address = safe_address(each.value, trust);
      if (!address.empty()) write(out, "href", address);
    } else if (fits(each.name, trimmed(each.value))) {
      write(out, each.name,
            listed(free_words, each.name) ? std::string_view{each.value} : trimmed(each.value));
    }
  }
  std::string const* given = tag.find("style");
  std::string style = given ? *given : std::string{};
  if (hidden_by_name) style += ";display:none";
  if (style = safe_style(style); !style.empty()) write(out, "style", style);
  if (out.find(" href=") != std::string::npos)
    out += " rel=\"noopener noreferrer nofollow\" target=\"_blank\"";
  return out;
}

}  // namespace spoc::parser
