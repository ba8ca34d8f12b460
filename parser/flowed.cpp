// SPDX-License-Identifier: GPL-3.0-or-later
// format=flowed (RFC 3676): paragraphs put together again.
#include "parser/ascii.hpp"
#include "parser/body.hpp"

namespace spoc::parser {
namespace {

// RFC 3676 4.4: quote marks first, then one stuffed blank.
std::size_t take_quotes(std::string_view& line) {
  std::size_t depth = 0;
  while (depth < line.size() && line[depth] == '>') ++depth;
  line.remove_prefix(depth);
  if (line.starts_with(' ')) line.remove_prefix(1);
  return depth;
}

}  // namespace

std::string unflow(std::string_view text, bool del_sp) {
  std::string out;
  out.reserve(text.size());
  bool open = false;  // the line before ended softly
  std::size_t before = 0;
  while (!text.empty()) {
    bool const last = text.find('\n') == std::string_view::npos;
    std::string_view line = take_line(text);
    std::size_t const depth = take_quotes(line);
    bool const signature = line == "-- ";  // 4.3: never flowed
    if (open && (depth != before || signature)) out += '\n';
    bool const continues = open && depth == before && !signature;
    if (!continues && depth > 0) out.append(depth, '>') += ' ';
    // 4.4: what the sender stuffed stands for itself. A blank that does not break keeps it from being taken
    // for a quote, before which there may be plain ones.
    if (!continues && depth == 0 && line.starts_with('>')) out += "\xC2\xA0";
    bool const soft = !signature && line.ends_with(' ');
    if (soft && del_sp) line.remove_suffix(1);
    out += line;
    open = soft && !last;
    before = depth;
    if (!open && !last) out += '\n';
  }
  return out;
}

}  // namespace spoc::parser
