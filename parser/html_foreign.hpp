// SPDX-License-Identifier: GPL-3.0-or-later
// SVG and MathML inside HTML: which tags belong to them, and when HTML goes on (HTML standard 13.2.6.5).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace spoc::parser {

struct HtmlToken;

/// Follows the tags and knows whether a picture or a formula is open. In there "<style>" holds no raw text,
/// "<![CDATA[" does, and "<p>" or "<img>" ends it: forgetting that is how sanitisers are tricked.
class ForeignContent {
 public:
  /// Are tags and text here SVG's or MathML's?
  bool inside() const;
  /// Is text here shown? Not in a style, a script, a title or an annotation.
  bool shows_text() const { return hiding_ == 0; }
  /// A tag, self-closing or not. True if it is no HTML.
  bool open(HtmlToken const& tag);
  bool close(std::string_view name);

 private:
  struct Element {
    std::string name;
    bool hides = false, holds_html = false;
  };
  void push(Element element);
  void pop_to(std::size_t size);
  void break_out();

  std::vector<Element> open_;
  std::size_t hiding_ = 0;
};

}  // namespace spoc::parser
