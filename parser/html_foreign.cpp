// SPDX-License-Identifier: GPL-3.0-or-later
// The rules for foreign content, without a tree.
#include "parser/html_foreign.hpp"

#include "parser/ascii.hpp"
#include "parser/html_tokens.hpp"

#include <algorithm>
#include <array>

namespace spoc::parser {
namespace {

constexpr std::size_t deepest = 256;  // what lies deeper is not followed

template <std::size_t N>
bool among(std::array<std::string_view, N> const& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// 13.2.6.5: start tags that end a picture or formula.
constexpr std::array<std::string_view, 44> breakouts = {
    "b",     "big",   "blockquote", "body",   "br",   "center", "code",  "dd", "div",  "dl",   "dt",
    "em",    "embed", "h1",         "h2",     "h3",   "h4",     "h5",    "h6", "head", "hr",   "i",
    "img",   "li",    "listing",    "menu",   "meta", "nobr",   "ol",    "p",  "pre",  "ruby", "s",
    "small", "span",  "strong",     "strike", "sub",  "sup",    "table", "tt", "u",    "ul",   "var"};
constexpr std::array<std::string_view, 7> hiding = {"style",    "script",     "title",         "desc",
                                                    "metadata", "annotation", "annotation-xml"};
// Integration points: HTML goes on inside of them.
constexpr std::array<std::string_view, 8> with_html = {
    "foreignobject", "desc", "title", "mi", "mo", "mn", "ms", "mtext"};

bool breaks_out(HtmlToken const& tag) {
  if (among(breakouts, tag.name)) return true;
  return tag.name == "font" && (tag.find("color") || tag.find("face") || tag.find("size"));
}

bool holds_html(HtmlToken const& tag) {
  if (among(with_html, tag.name)) return true;
  if (tag.name != "annotation-xml") return false;
  std::string const* encoding = tag.find("encoding");
  std::string const low = encoding ? lowered(*encoding) : std::string{};
  return low == "text/html" || low == "application/xhtml+xml";
}

}  // namespace

bool ForeignContent::inside() const { return !open_.empty() && !open_.back().holds_html; }

void ForeignContent::push(Element element) {
  if (open_.size() >= deepest) return;
  hiding_ += element.hides ? 1 : 0;
  open_.push_back(std::move(element));
}

void ForeignContent::pop_to(std::size_t size) {
  while (open_.size() > size) {
    hiding_ -= open_.back().hides ? 1 : 0;
    open_.pop_back();
  }
}

void ForeignContent::break_out() {
  std::size_t size = open_.size();
  while (size > 0 && !open_[size - 1].holds_html) --size;
  pop_to(size);
}

bool ForeignContent::open(HtmlToken const& tag) {
  bool const mathml_only = tag.name == "mglyph" || tag.name == "malignmark";
  if (inside() || (!open_.empty() && mathml_only)) {
    if (breaks_out(tag)) {
      break_out();
      return false;
    }
    if (!tag.self_closing) push({tag.name, among(hiding, tag.name), holds_html(tag)});
    return true;
  }
  if (tag.name != "svg" && tag.name != "math") return false;
  if (!tag.self_closing) push({tag.name});
  return true;
}

bool ForeignContent::close(std::string_view name) {
  if (open_.empty()) return false;
  for (std::size_t size = open_.size(); size > 0; --size) {
    if (open_[size - 1].name != name) continue;
    pop_to(size - 1);
    return true;
  }
  if (inside() && (name == "p" || name == "br")) break_out();
  return inside();
}

}  // namespace spoc::parser
