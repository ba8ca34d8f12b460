// SPDX-License-Identifier: GPL-3.0-or-later
// "value; name=value" fields: RFC 2045 5.1, RFC 2231, and what is written instead of them.
#include "parser/ascii.hpp"
#include "parser/charset.hpp"
#include "parser/header.hpp"
#include "parser/words.hpp"

#include <algorithm>

namespace spoc::parser {
namespace {

struct ParameterSegment {
  bool coded = false;
  std::string raw;
};
using Segments = std::map<unsigned, ParameterSegment>;

struct Gathered {
  std::map<std::string, std::string> plain;   // name=value, as written
  std::map<std::string, Segments> continued;  // name*=, name*0=, name*1*=
};

void skip_comment(std::string_view value, std::size_t& at) {
  int depth = 0;
  for (; at < value.size(); ++at) {
    if (value[at] == '\\') {
      ++at;
    } else if (value[at] == '(') {
      ++depth;
    } else if (value[at] == ')' && --depth == 0) {
      ++at;
      return;
    }
  }
  at = value.size();
}

void skip_blanks(std::string_view value, std::size_t& at) {
  while (at < value.size() && (is_blank(value[at]) || value[at] == '('))
    if (value[at] == '(')
      skip_comment(value, at);
    else
      ++at;
}

std::string read_quoted(std::string_view value, std::size_t& at) {
  std::string out;
  for (++at; at < value.size() && value[at] != '"'; ++at) {
    bool const escape =
        value[at] == '\\' && at + 1 < value.size() && (value[at + 1] == '"' || value[at + 1] == '\\');
    if (escape) ++at;  // any other backslash is part of a Windows path
    out += value[at];
  }
  if (at < value.size()) ++at;
  return out;
}

// Unquoted file names with blanks and brackets are common: only ";" ends them.
std::string read_token(std::string_view value, std::size_t& at, bool file_name) {
  std::string out;
  for (; at < value.size() && value[at] != ';'; ++at) {
    if (!file_name && (is_blank(value[at]) || value[at] == '(')) break;
    out += value[at];
  }
  return std::string{trimmed(out)};
}

std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    bool const coded =
        text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 && hex_value(text[i + 2]) >= 0;
    out += coded ? static_cast<char>(
                       static_cast<unsigned char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2])))
                 : text[i];
    if (coded) i += 2;
  }
  return out;
}

// RFC 2231 4.1: charset'language'text in the first segment, percent-coded where the name ends in "*".
std::string joined(Segments const& segments) {
  std::string charset, bytes;
  for (auto const& [number, segment] : segments) {
    std::string_view text = segment.raw;
    if (segment.coded && number == 0) {
      auto const first = text.find('\'');
      auto const second = first == std::string_view::npos ? first : text.find('\'', first + 1);
      if (second != std::string_view::npos) {
        charset = std::string{text.substr(0, first)};
        text.remove_prefix(second + 1);
      }
    }
    bytes += segment.coded ? percent_decoded(text) : std::string{text};
  }
  return charset.empty() ? decode_words(bytes) : printable(to_utf8(bytes, charset));
}

void gather(Gathered& out, std::string name, std::string value) {
  auto const star = name.find('*');
  if (star == std::string::npos) {
    out.plain.try_emplace(std::move(name), std::move(value));  // a repeated parameter: the first counts
    return;
  }
  bool const coded = name.back() == '*';
  unsigned number = 0;
  for (std::size_t i = star + 1; i < name.size() && is_digit(name[i]) && number < 1000; ++i)
    number = number * 10 + static_cast<unsigned>(name[i] - '0');
  out.continued[name.substr(0, star)].try_emplace(number, ParameterSegment{coded, std::move(value)});
}

void read_parameters(std::string_view value, std::size_t at, Gathered& out) {
  while (at < value.size()) {
    skip_blanks(value, at);
    if (at < value.size() && value[at] == ';') {
      ++at;
      continue;
    }
    std::size_t const begin = at;
    while (at < value.size() && value[at] != '=' && value[at] != ';') ++at;
    std::string const name = lowered(trimmed(value.substr(begin, at - begin)));
    if (at >= value.size() || value[at] == ';') continue;
    ++at;
    bool const file_name = begins_with(name, "filename") || begins_with(name, "name");
    while (at < value.size() && is_blank(value[at])) ++at;
    bool const quoted = at < value.size() && value[at] == '"';
    std::string text = quoted ? read_quoted(value, at) : read_token(value, at, file_name);
    if (!name.empty()) gather(out, name, std::move(text));
  }
}

}  // namespace

Parameterised read_parameterised(std::string_view value) {
  Parameterised out;
  std::size_t at = 0;
  skip_blanks(value, at);
  std::size_t const begin = at;
  while (at < value.size() && !is_blank(value[at]) && value[at] != ';' && value[at] != '(') ++at;
  out.value = lowered(printable(value.substr(begin, at - begin)));
  Gathered gathered;
  read_parameters(value, at, gathered);
  for (auto const& [name, text] : gathered.plain) out.parameters.emplace(printable(name), decode_words(text));
  for (auto const& [name, segments] : gathered.continued) out.parameters[printable(name)] = joined(segments);
  return out;
}

}  // namespace spoc::parser
