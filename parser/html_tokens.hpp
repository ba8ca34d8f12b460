// SPDX-License-Identifier: GPL-3.0-or-later
// HTML cut into tags and text in one linear pass. It builds no tree: the trees of HTML parsers are quadratic
// in time and recursive in depth on hostile mail, and neither the sanitiser nor the text maker needs one.
#pragma once

#include "parser/html_foreign.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace spoc::parser {

struct HtmlAttribute {
  std::string name;   ///< lower case
  std::string value;  ///< character references decoded
};

struct HtmlToken {
  enum class Kind { text, open, close, raw };
  Kind kind = Kind::text;
  bool self_closing = false;  ///< "<x/>", which means something in SVG and MathML alone
  bool foreign = false;       ///< SVG's or MathML's; such text is shown, such tags are no HTML
  std::string name;           ///< of a tag, lower case; of a raw text, its element's
  std::string text;  ///< character references decoded; of a script, style, xmp and their like as it stands
  std::vector<HtmlAttribute> attributes;

  /// The value of the first attribute of that name, or nullptr.
  std::string const* find(std::string_view attribute) const;
};

/// Follows the tokeniser of the HTML standard (13.2.5) where that decides what people see: comments and
/// declarations vanish, "<" that opens no tag is text, a tag cut off by the end vanishes, script, style,
/// title and their like hold raw text, SVG and MathML have rules of their own. A tag's attributes beyond the
/// hundredth are ignored. One thing is kept that browsers lose: an address in angle brackets that somebody
/// forgot to escape ("Kari <kari@example.org>") is text.
class HtmlTokens {
 public:
  explicit HtmlTokens(std::string_view html) : html_(html) {}
  /// False at the end. The token's storage is used again.
  bool next(HtmlToken& token);
  /// If an end tag of that name follows somewhere, goes behind it. Linear over all calls.
  bool skip_to_end_of(std::string_view name);

 private:
  bool read_raw(HtmlToken& token);
  bool read_text(HtmlToken& token, std::size_t end);
  bool read_markup(HtmlToken& token);
  bool read_cdata(HtmlToken& token);
  std::size_t address_end() const;
  bool read_tag(HtmlToken& token, std::size_t name_at);
  void read_attribute(HtmlToken& token, std::size_t& at) const;
  void skip_comment();
  std::size_t find_end_tag(std::string_view name, std::size_t from) const;
  std::size_t find_end_of_script(std::size_t from);

  std::string_view html_;
  std::size_t at_ = 0;
  std::string raw_;                       ///< the element whose raw text comes next, or ""
  std::vector<std::string> without_end_;  ///< names of which no end tag follows any more
  bool plain_scripts_ = false;            ///< some script's inner "<script" is never ended
  ForeignContent foreign_;
};

/// White space of HTML: space, tab, line feed, form feed, carriage return.
inline bool is_html_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r'; }

}  // namespace spoc::parser
