// SPDX-License-Identifier: GPL-3.0-or-later
// Where lines begin and end, and what happens to blanks.
#include "parser/line_writer.hpp"

#include "desk/characters.hpp"
#include "parser/ascii.hpp"
#include "parser/html_tokens.hpp"
#include "parser/utf8.hpp"

#include <algorithm>

namespace spoc::parser {
namespace {

constexpr int deepest_quote = 50;

// Scripts without blanks between words: a line end between two of these is no blank (CSS Text 3, 4.1.2).
bool is_wide(char32_t c) {
  return (c >= 0x2e80 && c <= 0x9fff) || (c >= 0xf900 && c <= 0xfaff) || (c >= 0xfe30 && c <= 0xfe4f) ||
         (c >= 0xff00 && c <= 0xff60) || (c >= 0x20000 && c <= 0x3ffff);
}

bool begins_wide(std::string_view text) {
  std::size_t const length = utf8_length(text, 0);
  return length > 0 && is_wide(utf8_value(text, 0, length));
}

bool ends_wide(std::string_view text) {
  std::size_t at = text.size();
  while (at > 0 && text.size() - at < 4 && desk::is_inner(text[--at])) continue;
  return begins_wide(text.substr(at));
}

// Newsletters fill their preview lines with these, and line-break hints are none of a reader's business.
bool is_filler(char32_t c) {
  return c == 0xad || c == 0x34f || c == 0x180e || c == 0x200b || c == 0x2060 || c == 0xfeff;
}

// Joiners shape Persian and Indian words and emoji; behind a blank or an ASCII letter they are fillers.
bool is_joiner(char32_t c) { return c == 0x200c || c == 0x200d; }

}  // namespace

std::string LineWriter::cleaned(std::string_view text) const {
  std::string out;
  out.reserve(text.size());
  bool may_join = !space_ && !line_.text.empty() && is_high(line_.text.back());
  for (std::size_t at = 0; at < text.size();) {
    std::size_t const length = std::max<std::size_t>(utf8_length(text, at), 1);
    char32_t const c = length > 1 ? utf8_value(text, at, length) : static_cast<unsigned char>(text[at]);
    if (length > 1 && (c == 0xa0 || c == 0x2007 || c == 0x202f))
      out += ' ';
    else if (length == 1 || !(is_filler(c) || (is_joiner(c) && !may_join)))
      out.append(text.substr(at, length));
    if (!out.empty()) may_join = is_high(out.back());
    at += length;
  }
  return out;
}

void LineWriter::words(std::string_view text, bool preformatted) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (preformatted && text[i] == '\n') {
      line_break(true);
    } else if (is_html_space(text[i]) && !preformatted) {
      space_is_line_end_ = (space_ && space_is_line_end_) || text[i] == '\n';
      space_ = true;
    } else if (text[i] != '\r') {
      std::size_t end = i + 1;
      while (end < text.size() && !is_html_space(text[end])) ++end;
      put(text.substr(i, end - i));
      i = end - 1;
    }
  }
}

void LineWriter::put(std::string_view given) {
  std::string const text = cleaned(given);
  if (text.empty()) return;
  if (pending_ > 0) {
    flush();
    if (pending_ > 1 && !lines.empty() && !lines.back().text.empty() && lines.back().depth == depth) push();
    pending_ = 0;
  }
  if (line_.text.empty()) {
    begin_line();
  } else if (separator_) {
    line_.text += " | ";
  } else if (space_ && !(space_is_line_end_ && ends_wide(line_.text) && begins_wide(text))) {
    line_.text += ' ';
  }
  separator_ = space_ = space_is_line_end_ = fresh_cell_ = false;
  line_.text += text;
  if (mark != Mark::none) line_.mark = mark;
  if (mark == Mark::history) mark = Mark::none;
}

void LineWriter::begin_line() {
  line_.depth = depth;
  line_.indented = depth > 0 && cited == 0;
  line_.text = std::move(prefix_);
  prefix_.clear();
}

void LineWriter::line_break(bool preformatted) {
  if (pending_ > 0) {
    flush();
    pending_ = 0;
  }
  line_.verbatim = preformatted;
  push();
  fresh_cell_ = false;
}

void LineWriter::block(int strength) {
  if (fresh_cell_) return;
  pending_ = std::max(pending_, strength);
  space_ = space_is_line_end_ = false;
}

void LineWriter::cell(std::size_t row_start) {
  if (line_.text.empty() || lines.size() != row_start) return block(1);
  pending_ = 0;
  separator_ = fresh_cell_ = true;
}

void LineWriter::quote(int change) {
  fresh_cell_ = false;
  block(1);
  flush();
  pending_ = 0;
  depth = std::clamp(depth + change, 0, deepest_quote);
}

void LineWriter::item(std::string prefix) {
  block(1);
  flush();
  prefix_ = std::move(prefix);
}

void LineWriter::flush() {
  if (!line_.text.empty()) push();
  space_ = space_is_line_end_ = separator_ = false;
}

void LineWriter::push() {
  if (line_.text.empty()) line_.depth = depth;
  lines.push_back(std::move(line_));
  line_ = {};
  space_ = space_is_line_end_ = false;
}

}  // namespace spoc::parser
