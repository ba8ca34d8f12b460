// SPDX-License-Identifier: GPL-3.0-or-later
// Signatures: the delimiter of RFC 3676 4.3 and its lesser forms, footers of phones, lists and lawyers. A
// sign-off without delimiter stays: losing words is worse than showing a name.
#include "parser/signature.hpp"

#include "parser/fold_words.hpp"
#include "parser/letterhead.hpp"

#include <string_view>

namespace spoc::parser {
namespace {

constexpr std::size_t longest_signature = 15;  // lines behind a delimiter that is not "-- "
constexpr int enough_legal_words = 3;
constexpr std::size_t shortest_disclaimer = 60;

// "-- " is a promise; "--", a dash or "__" may be anything, so little may follow them.
std::size_t delimiter(FoldedBody const& body, std::size_t first, std::size_t last) {
  std::size_t found = last;
  for (std::size_t i = last; i-- > first;) {
    std::string const& text = body.lines[i].text;
    std::string_view const words = body.folded[i];
    bool const strict = text == "-- " || text == "--\xc2\xa0";
    bool const loose = words == "--" || words == "\xe2\x80\x94" || words == "__" || words == "\xe2\x80\x93";
    if (strict || (loose && last - i <= longest_signature)) found = i;
  }
  return found;
}

// "Sent from my iPhone" as a paragraph of its own.
bool is_footer(FoldedBody const& body, std::size_t first, std::size_t i) {
  if (!is_mobile_footer(body.folded[i])) return false;
  if (i == first || body.blank(i - 1)) return true;
  for (std::string_view const word :
       {"iphone", "ipad", "android", "samsung", "outlook", "blackberry", "mobil", "phone", "galaxy", "iphon",
        "smartphone", "proton", "yahoo", "gmail", "手机", "手機", "windows"})
    if (body.folded[i].find(word) != std::string::npos) return true;
  return false;
}

bool is_list_footer(std::string_view words) {
  return words.find("mailing list") != std::string_view::npos ||
         words.starts_with("reply to this email directly") ||
         words.starts_with("you are receiving this because") ||
         words.starts_with("you received this message because");
}

// The last paragraph, if it is lawyers' or a list's, or their heading: where it begins, else last.
std::size_t last_paragraph(FoldedBody const& body, std::size_t first, std::size_t last, bool more_below) {
  std::size_t start = last;
  std::string all;
  while (start > first && !body.blank(start - 1)) --start;
  for (std::size_t i = start; i < last && all.size() < 8000; ++i) all += body.folded[i] + " ";
  bool const legal = all.size() >= shortest_disclaimer && legal_words(all) >= enough_legal_words;
  bool const list = last - start <= 6 &&
                    (is_list_footer(body.folded[start]) ||
                     (start + 1 < last && is_rule(body, start) && is_list_footer(body.folded[start + 1])));
  bool const heading = more_below && all.size() < 60 &&
                       (all.starts_with("disclaimer") || all.starts_with("confidentiality") ||
                        all.starts_with("legal notice"));
  return legal || list || heading ? start : last;
}

}  // namespace

std::size_t end_of_words(FoldedBody const& body, std::size_t first, std::size_t last) {
  std::size_t end = delimiter(body, first, last);
  for (;;) {
    while (end > first && (body.blank(end - 1) || is_rule(body, end - 1))) --end;
    if (end == first) return end;
    std::size_t const before = end;
    if (is_footer(body, first, end - 1))
      --end;
    else
      end = last_paragraph(body, first, end, end < last);
    if (end == before) return end;
  }
}

}  // namespace spoc::parser
