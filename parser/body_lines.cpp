// SPDX-License-Identifier: GPL-3.0-or-later
// Plain text to lines and lines to plain text.
#include "parser/body_lines.hpp"

#include "parser/fold_words.hpp"
#include "parser/utf8.hpp"

#include <algorithm>

namespace spoc::parser {
namespace {

// "> > text", ">>text", " > text": how many signs, and how many bytes they take.
std::pair<int, std::size_t> quote_prefix(std::string_view line) {
  int depth = 0;
  std::size_t used = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '>') {
      ++depth;
      used = i + 1;
    } else if (line[i] != ' ' || i - used > 1) {
      break;
    }
  }
  if (depth > 0 && used < line.size() && line[used] == ' ') ++used;
  return {depth, used};
}

// "<kari@example.org\n> wrote:": the sign belongs to the address of the line before.
bool closes_address(std::string_view rest) {
  rest = rest.substr(0, 40);
  if (rest.find(':') == std::string_view::npos && is_ascii(rest)) return false;
  std::string const words = folded(rest);
  return words.ends_with(':') && words.find(' ') == std::string::npos && has_writing_verb(words);
}

constexpr std::size_t most_blank_lines = 20;

// Clients fill empty lines with blanks that do not break.
bool is_blank(std::string_view text) {
  while (!text.empty()) {
    bool const wide =
        text.starts_with("\xc2\xa0") || text.starts_with("\xe3\x80\x80") || text.starts_with("\xe2\x80\x8b");
    if (!wide && text.front() != ' ' && text.front() != '\t') return false;
    text.remove_prefix(!wide ? 1 : text.starts_with("\xc2\xa0") ? 2 : 3);
  }
  return true;
}

}  // namespace

std::vector<BodyLine> lines_of_text(std::string_view text) {
  std::vector<BodyLine> lines;
  lines.reserve(static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1);
  bool const carriages = text.find('\r') != std::string_view::npos;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t const found = carriages ? text.find_first_of("\r\n", at) : text.find('\n', at);
    std::size_t const end = std::min(found, text.size());
    std::string_view line = text.substr(at, end - at);
    at = end + 1;
    if (end + 1 < text.size() && text[end] == '\r' && text[end + 1] == '\n') ++at;
    auto [depth, used] = quote_prefix(line);
    if (depth == 1 && closes_address(line.substr(used))) depth = 0, used = 0;
    lines.push_back({std::string{line.substr(used)}, depth, Mark::none, false, {}});
    if (depth > 0) lines.back().shown = line;
  }
  return lines;
}

std::string shown(BodyLine const& line) {
  if (!line.shown.empty()) return line.shown;
  std::string out;
  for (int i = 0; i < line.depth; ++i) out += '>';
  if (line.depth > 0 && !line.text.empty()) out += ' ';
  return out + line.text;
}

std::string join_lines(std::vector<BodyLine> const& lines) {
  std::string out;
  std::size_t gap = 0;
  for (BodyLine const& line : lines) {
    bool const as_it_stands = !line.shown.empty() || line.depth == 0;
    std::string const made = as_it_stands ? std::string{} : shown(line);
    std::string_view words = !as_it_stands ? made : line.shown.empty() ? line.text : line.shown;
    words = words.substr(0, words.find_last_not_of(" \t") + 1);
    if (is_blank(words)) {
      gap = line.verbatim ? std::min<std::size_t>(gap + 1, most_blank_lines) : std::max<std::size_t>(gap, 1);
      continue;
    }
    if (!out.empty()) out.append(gap + 1, '\n');
    gap = 0;
    out += words;
  }
  return out;
}

}  // namespace spoc::parser
