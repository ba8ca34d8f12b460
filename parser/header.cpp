// SPDX-License-Identifier: GPL-3.0-or-later
// The fields of a header block, and the Message-IDs in them.
#include "parser/header.hpp"

#include "parser/ascii.hpp"
#include "parser/charset.hpp"

#include <algorithm>

namespace spoc::parser {
namespace {

constexpr std::size_t most_defects = 20;

// RFC 5322 2.2: printable ASCII but the colon. Blanks before the colon are the obsolete form (4.5).
std::string_view name_of(std::string_view line) {
  auto const colon = line.find(':');
  if (colon == std::string_view::npos) return {};
  std::string_view const name = trimmed(line.substr(0, colon));
  bool const printable = std::all_of(name.begin(), name.end(), [](char c) { return c > ' ' && c < 0x7F; });
  return printable && !is_blank(line.front()) ? name : std::string_view{};
}

// "From ann@example.com Mon Nov 23...", but not the field "From : ann@example.com".
// What stands between brackets may have been folded: an id has no blanks of its own.
std::string clean_id(std::string_view raw) {
  std::string out;
  for (char c : raw)
    if (!is_blank(c) && (is_high(c) || (c > ' ' && c != 0x7F))) out += c;
  return mend_utf8(out);
}

}  // namespace

std::string const* Fields::find(std::string_view name) const {
  for (Field const& field : all)
    if (same_letters(field.name, name)) return &field.value;
  return nullptr;
}

std::string const* Fields::last(std::string_view name) const {
  std::string const* found = nullptr;
  for (Field const& field : all)
    if (same_letters(field.name, name) && (found == nullptr || !field.value.empty())) found = &field.value;
  return found;
}

std::vector<std::string_view> Fields::every(std::string_view name) const {
  std::vector<std::string_view> out;
  for (Field const& field : all)
    if (same_letters(field.name, name)) out.emplace_back(field.value);
  return out;
}

Fields read_fields(std::string_view header_block) {
  Fields out;
  std::size_t number = 0;
  while (!header_block.empty()) {
    std::string_view const line = take_line(header_block);
    ++number;
    if (line.empty() || (number == 1 && is_mbox_line(line))) continue;
    // A first field that is indented continues nothing.
    if (std::string_view const name = name_of(number == 1 ? trimmed(line) : line); !name.empty()) {
      out.all.push_back({name, std::string{trimmed(line.substr(line.find(':') + 1))}});
      continue;
    }
    if (!out.all.empty() && is_blank(line.front())) {
      std::string& value = out.all.back().value;  // RFC 5322 2.2.3: the line end goes, the blank stays
      if (std::string_view const more = trimmed(line); !more.empty())
        (value += value.empty() ? "" : " ") += more;
      continue;
    }
    if (out.defects.size() < most_defects)
      out.defects.push_back("line " + std::to_string(number) + " of a header is no field");
  }
  return out;
}

std::vector<std::string> read_message_ids(std::string_view value) {
  std::vector<std::string> out;
  auto const add = [&](std::string_view raw) {
    std::string id = clean_id(raw);
    if (!id.empty()) out.push_back(std::move(id));
  };
  if (!holds(value, "<")) {
    // Without brackets: words that could be ids, so that "Your message of Tuesday" is none.
    for (std::size_t at = 0; at < value.size();) {
      std::size_t const end = std::min(value.find_first_of(" \t\r\n,;", at), value.size());
      std::string_view const word = value.substr(at, end - at);
      if (holds(word, "@") || (at == 0 && end == value.size())) add(word);
      at = end + 1;
    }
    return out;
  }
  while (!value.empty()) {
    auto const open = value.find('<');
    if (open == std::string_view::npos) break;
    value.remove_prefix(open + 1);
    auto const close = value.find_first_of("<>");
    add(value.substr(0, close));
    if (close == std::string_view::npos) break;
    value.remove_prefix(value[close] == '>' ? close + 1 : close);
  }
  return out;
}

}  // namespace spoc::parser
