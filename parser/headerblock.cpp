// SPDX-License-Identifier: GPL-3.0-or-later
// Finds the end of a header by its empty line, or by the last line that looks like a field.
#include "parser/headerblock.hpp"

#include "parser/ascii.hpp"

#include <algorithm>

namespace spoc::parser {
namespace {

bool looks_like_field(std::string_view line) {
  auto const colon = line.find(':');
  if (colon == 0 || colon == std::string_view::npos || colon > 100) return false;
  std::string_view name = line.substr(0, colon);
  while (!name.empty() && (name.back() == ' ' || name.back() == '\t')) name.remove_suffix(1);
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) { return c > ' ' && c < 0x7F; });
}

}  // namespace

HeaderBlock find_header_block(std::string_view raw, std::size_t at, std::size_t limit, bool inside) {
  HeaderBlock out;
  std::size_t stray = std::string_view::npos;  // first line that is no field since the last one that is
  std::size_t line_begin = at;
  bool first = true;
  for (; line_begin < raw.size(); first = false) {
    auto const found = raw.find('\n', line_begin);
    std::size_t const next = found == std::string_view::npos ? raw.size() : found + 1;
    std::string_view line = raw.substr(line_begin, next - line_begin);
    while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.remove_suffix(1);
    if (line.empty() || (inside && line.starts_with("--"))) {
      bool const blank = line.empty();
      out.end = std::min(line_begin, at + limit);
      out.cut = line_begin > at + limit;
      out.body = blank ? next : line_begin;
      if (stray != std::string_view::npos && !out.cut) {
        out.end = out.body = stray;
        out.no_blank_line = true;
      }
      return out;
    }
    bool const folded = is_blank(line.front()) && !first;
    if (looks_like_field(first ? trimmed(line) : line))
      stray = std::string_view::npos;
    else if (!folded && stray == std::string_view::npos && !(first && is_mbox_line(line)))
      stray = line_begin;
    line_begin = next;
  }
  // The end of the mail came first.
  out.cut = raw.size() > at + limit;
  out.end = out.body = std::min(raw.size(), at + limit);
  if (stray != std::string_view::npos) {
    out.end = std::min(stray, at + limit);
    out.body = stray;
    out.no_blank_line = true;
  }
  return out;
}

std::size_t blank_lines_before_header(std::string_view raw) {
  std::size_t const at = raw.substr(0, 64).find_first_not_of("\r\n");
  if (at == 0 || at == std::string_view::npos) return 0;
  for (std::string_view name :
       {"from:", "to:", "subject:", "date:", "received:", "return-path:", "message-id:", "mime-version:",
        "content-type:", "delivered-to:", "reply-to:", "sender:"})
    if (begins_with(raw.substr(at), name)) return at;
  return 0;
}

std::string guess_boundary(std::string_view body) {
  body = body.substr(0, 64 * 1024);
  while (!body.empty()) {
    std::string_view const line = trimmed(take_line(body));
    bool const dashes = line.size() > 2 && line.starts_with("--") && !is_blank(line[2]);
    if (dashes && begins_with(body, "content-")) return std::string{line.substr(2)};
  }
  return {};
}

}  // namespace spoc::parser
