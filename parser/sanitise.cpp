// SPDX-License-Identifier: GPL-3.0-or-later
// HTML made safe: what is written is made anew from allowed tags, allowed attributes and escaped text, and
// nothing of the input is copied as markup. So its meaning can't change when a browser reads it again
// (mutation XSS): there is no raw text element, no comment, no foreign namespace in it.
#include "parser/ascii.hpp"
#include "parser/charset.hpp"
#include "parser/html.hpp"
#include "parser/html_rules.hpp"
#include "parser/html_tokens.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace spoc::parser {
namespace {

constexpr std::size_t deepest_kept = 200;       // browsers stop at 512; 200 is more than any mail's tables
constexpr std::size_t longest_html = 16 << 20;  // more is cut off, the raw mail has it all
constexpr std::size_t farthest_start = 128;     // how far an end tag looks for its start tag

std::string_view escape_of(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    case '`':
      return "&#96;";  // old browsers took it for a quotation mark
    default:
      return {};  // controls go
  }
}

bool stands_for_itself(char c) {
  bool const marks = c == '&' || c == '<' || c == '>' || c == '"' || c == '\'' || c == '`';
  return (static_cast<unsigned char>(c) >= ' ' && !marks) || is_html_space(c);
}

void append_escaped(std::string& out, std::string_view text) {
  while (!text.empty()) {
    auto const run = static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), stands_for_itself) -
                                              text.begin());
    out += text.substr(0, run);
    if (run < text.size()) out += escape_of(text[run]);
    text.remove_prefix(std::min(run + 1, text.size()));
  }
}

/// Writes tags so that they nest.
class Writer {
 public:
  explicit Writer(Trust trust) : trust_(trust) {}

  void text(std::string_view words) { append_escaped(out_, words); }

  void open(HtmlToken& tag) {
    if (std::string_view const other = stand_in(tag.name); !other.empty()) tag.name = other;
    Shape const shape = shape_of(tag.name);
    if (shape == Shape::unknown || shape == Shape::hidden) return;
    if (tag.name == "img" && trust_ == Trust::mail && is_remote_pixel(tag)) return;
    bool const in_table = tables_ > 0;
    if ((shape == Shape::cell || shape == Shape::part || tag.name == "col") && !in_table) return;
    close_before(tag.name, shape);
    if (shape == Shape::empty) {
      out_.append("<").append(tag.name).append(safe_attributes(tag, trust_)).append(">");
      return;
    }
    if (open_.size() >= deepest_kept) return;
    out_.append("<").append(tag.name).append(safe_attributes(tag, trust_)).append(">");
    open_.push_back({tag.name, shape});
    if (shape == Shape::table) ++tables_;
  }

  void close(std::string_view name) {
    if (name == "br") out_ += "<br>";
    if (std::string_view const other = stand_in(name); !other.empty()) name = other;
    Shape const shape = shape_of(name);
    std::size_t const depth = find(name, shape);
    if (depth != none) close_down_to(depth);
  }

  std::string finish() {
    close_down_to(0);
    return std::move(out_);
  }

 private:
  struct Open {
    std::string name;
    Shape shape;
  };
  static constexpr std::size_t none = static_cast<std::size_t>(-1);

  static bool is_remote_pixel(HtmlToken const& image) {
    std::string const* source = image.find("src");
    if (!source) source = image.find("data-held-src");
    return source && !begins_with(trimmed(*source), "cid:") && is_tracking_pixel(image);
  }

  // May an end tag of this shape close what stands behind an open element of that shape?
  static bool stops(Shape closing, Shape standing) {
    if (closing == Shape::table) return false;
    if (closing == Shape::part || closing == Shape::cell) return standing == Shape::table;
    if (standing == Shape::cell || standing == Shape::table) return true;
    return closing == Shape::inline_ && standing != Shape::inline_;
  }

  std::size_t find(std::string_view name, Shape shape) const {
    for (std::size_t n = 0; n < open_.size() && n < farthest_start; ++n) {
      Open const& each = open_[open_.size() - 1 - n];
      if (each.name == name) return open_.size() - 1 - n;
      if (stops(shape, each.shape)) return none;
    }
    return none;
  }

  // What the standard closes by itself when this element begins (13.2.6.4.7).
  void close_before(std::string_view name, Shape shape) {
    if (name == "a" || shape == Shape::item) close_open(name, shape);
    if (name == "dt" || name == "dd") close_open(name == "dt" ? "dd" : "dt", shape);
    if (shape == Shape::cell || name == "tr") {
      for (std::string_view const each : {"td", "th", "caption"}) close_open(each, Shape::cell);
    }
    if (name == "tr" || name == "tbody" || name == "thead" || name == "tfoot") close_open("tr", Shape::part);
    if (name == "tbody" || name == "thead" || name == "tfoot") {
      for (std::string_view const each : {"tbody", "thead", "tfoot", "colgroup"})
        close_open(each, Shape::part);
    }
    bool const is_block = shape != Shape::inline_ && name != "br" && name != "img" && name != "wbr";
    if (is_block) close_paragraph();
  }

  void close_open(std::string_view name, Shape shape) {
    for (std::size_t n = 0; n < open_.size() && n < farthest_start; ++n) {
      Open const& each = open_[open_.size() - 1 - n];
      if (each.name == name) return close_down_to(open_.size() - 1 - n);
      bool const list = shape == Shape::item && (each.name == "ul" || each.name == "ol" || each.name == "dl");
      if (list || stops(shape, each.shape)) return;
    }
  }

  void close_paragraph() {
    for (std::size_t n = 0; n < open_.size() && n < farthest_start; ++n) {
      Open const& each = open_[open_.size() - 1 - n];
      if (each.shape == Shape::paragraph) return close_down_to(open_.size() - 1 - n);
      if (each.shape != Shape::inline_) return;
    }
  }

  void close_down_to(std::size_t depth) {
    while (open_.size() > depth) {
      out_.append("</").append(open_.back().name).append(">");
      if (open_.back().shape == Shape::table) --tables_;
      open_.pop_back();
    }
  }

  Trust trust_;
  std::string out_;
  std::vector<Open> open_;
  std::size_t tables_ = 0;
};

}  // namespace

std::string escape_html(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  append_escaped(out, text);
  return out;
}

std::string sanitise_for(std::string_view html, Trust trust) {
  html = html.substr(0, longest_html);
  std::string const mended = is_utf8(html) ? std::string{} : mend_utf8(html);
  HtmlTokens tokens{mended.empty() ? html : mended};
  Writer writer{trust};
  HtmlToken token;
  while (tokens.next(token)) {
    if (token.foreign && token.kind != HtmlToken::Kind::text) continue;
    switch (token.kind) {
      case HtmlToken::Kind::text:
        writer.text(token.text);
        break;
      case HtmlToken::Kind::close:
        writer.close(token.name);
        break;
      case HtmlToken::Kind::raw:
        if (token.name == "xmp" || token.name == "plaintext" || token.name == "textarea")
          writer.text(token.text);
        break;
      case HtmlToken::Kind::open:
        if (shape_of(token.name) == Shape::hidden)
          tokens.skip_to_end_of(token.name);
        else
          writer.open(token);
    }
  }
  return writer.finish();
}

std::string sanitise(std::string_view html) { return sanitise_for(html, Trust::mail); }

}  // namespace spoc::parser
