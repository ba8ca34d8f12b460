// SPDX-License-Identifier: GPL-3.0-or-later
// Header blocks and separators: told by labels in many languages, of which more than one must stand together.
#include "parser/letterhead.hpp"

#include "parser/fold_words.hpp"
#include "parser/line_signs.hpp"

#include <array>

namespace spoc::parser {
namespace {

constexpr std::size_t longest_block = 15;  // lines of a header block

using View = std::string_view;

// "Sent:" of a header line, or none.
Label label_of(View text) {
  text = strip(text, "*|_ ");
  std::size_t const colon = text.find(':');
  if (colon == View::npos || colon > 60) return Label::none;
  return label_named(strip(text.substr(0, colon), "*_ "));
}

// 163 and others write the block as a table: "| from | name |".
Label cell_label_of(View text) {
  if (Label const label = label_of(text); label != Label::none) return label;
  if (!text.starts_with('|') && text.find(" | ") == View::npos) return Label::none;
  text = strip(text, "| ");
  return label_named(strip(text.substr(0, text.find('|')), " :*"));
}

// "From: kari@example.org Date: Thu, 24 Mar 2026" on one line.
bool is_block_in_one_line(View text) {
  if (label_of(text) != Label::from || text.size() > longest_attribution || !has_address(text)) return false;
  for (std::size_t at = text.find(':'); (at = text.find(": ", at + 1)) != View::npos;) {
    View const before = text.substr(0, at);
    Label const label = label_named(before.substr(before.find_last_of(" >") + 1));
    if (label == Label::sent || label == Label::to || label == Label::subject) return true;
  }
  return false;
}

// What the labels from line i on have said so far.
struct Block {
  std::array<bool, 7> seen{};
  std::size_t labels = 0, end = 0;
  bool address = false;

  bool has(Label label) const { return seen[static_cast<std::size_t>(label)]; }
  // "From: Oslo, To: Bergen, Date: 3 May" is somebody's journey, not a mail.
  bool is_letterhead() const {
    if (!has(Label::from) && !(has(Label::sent) && has(Label::to))) return false;
    return labels >= 2 && (address || (has(Label::subject) && labels >= 3));
  }
  void take(Label label, std::size_t line) {
    if (label == Label::none) return;
    end = line + 1;
    if (has(label)) return;
    seen[static_cast<std::size_t>(label)] = true;
    ++labels;
  }
};

// Dashes, bullets and arrows that clients draw lines with.
bool is_drawn(View text) {
  for (View const sign : {"--", "__", "==", "~~", "**--", "*--", "- - -", ">>>>", "\xe2\x80\x94",
                          "\xe2\x80\x93", "\xe2\x94\x80", "\xe2\x94\x81", "\xe2\x8e\xaf"})
    if (text.starts_with(sign)) return true;
  return false;
}

// BlackBerry leaves the dashes out: its words count if a header stands below.
bool is_bare_separator(FoldedBody const& body, std::size_t i) {
  View const words = strip(body.folded[i], ": ");
  if (words.empty()) return false;
  if (words.find(' ') == View::npos && static_cast<unsigned char>(words.front()) < 0xe3) return false;
  if (words.size() > 60 || !names_original(words)) return false;
  std::size_t next = i + 1;
  while (next < body.lines.size() && next < i + 3 && body.blank(next)) ++next;
  return next < body.lines.size() && body.plain(next) && label_of(body.folded[next]) == Label::from;
}

}  // namespace

bool is_labelled(View folded_line) { return cell_label_of(folded_line) != Label::none; }

std::size_t end_of_header_block(FoldedBody const& body, std::size_t i) {
  if (!body.plain(i)) return i;
  Label const first = cell_label_of(body.folded[i]);
  if (first == Label::none || first == Label::other || first == Label::copy) return i;
  if (is_block_in_one_line(body.folded[i])) return i + 1;
  Block block;
  std::size_t strangers = 0;
  for (std::size_t n = i; n < body.lines.size() && n < i + longest_block && body.lines[n].depth == 0; ++n) {
    if (body.blank(n)) {
      bool const goes_on = n + 1 < body.lines.size() && is_labelled(body.folded[n + 1]);
      if (!goes_on) break;
      continue;
    }
    Label const label = cell_label_of(body.folded[n]);
    strangers = label == Label::none ? strangers + 1 : 0;
    if (strangers > 3) break;
    block.take(label, n);
    block.address = block.address || has_address(body.folded[n]);
  }
  return block.is_letterhead() ? block.end : i;
}

bool separator_at(FoldedBody const& body, std::size_t i) {
  if (!body.plain(i)) return false;
  View const text = body.folded[i];
  if (begins_forward(text) || asks_to_reply_above(text) || is_bare_separator(body, i)) return true;
  return is_drawn(text) && names_original(strip(strip_dashes(text), "<>: "));
}

std::size_t end_of_letterhead(FoldedBody const& body, std::size_t i) {
  std::size_t end = i;
  for (std::size_t n = i; n < body.lines.size() && n < i + 3 * longest_block;) {
    std::size_t next = end_of_header_block(body, n);
    if (next == n && separator_at(body, n)) next = n + 1;
    // Below a separator one label is enough.
    if (next == n && end > i && body.plain(n) && is_labelled(body.folded[n])) next = n + 1;
    if (next > n)
      end = n = next;
    else if (body.blank(n) && end > i)
      ++n;
    else
      break;
  }
  return end;
}

bool is_rule(FoldedBody const& body, std::size_t i) {
  if (body.lines[i].mark == Mark::rule) return true;
  std::string const& text = body.folded[i];
  return text.size() >= 3 && text.find_first_not_of("-_=* ") == std::string::npos;
}

}  // namespace spoc::parser
