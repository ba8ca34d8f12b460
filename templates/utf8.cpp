// SPDX-License-Identifier: GPL-3.0-or-later
// UTF-8 by whole characters.
#include "templates/utf8.hpp"

#include <algorithm>

namespace spoc::templates {
namespace {

unsigned byte_at(std::string_view text, std::size_t at) { return static_cast<unsigned char>(text[at]); }

struct Form {
  std::size_t length;
  unsigned lowest, highest;  ///< of the second byte
};

/// RFC 3629 4, the table of well-formed sequences.
Form form_of(unsigned lead) {
  if (lead < 0x80) return {1, 0, 0};
  if (lead < 0xC2) return {0, 0, 0};
  if (lead < 0xE0) return {2, 0x80, 0xBF};
  if (lead == 0xE0) return {3, 0xA0, 0xBF};
  if (lead == 0xED) return {3, 0x80, 0x9F};
  if (lead < 0xF0) return {3, 0x80, 0xBF};
  if (lead == 0xF0) return {4, 0x90, 0xBF};
  if (lead < 0xF4) return {4, 0x80, 0xBF};
  if (lead == 0xF4) return {4, 0x80, 0x8F};
  return {0, 0, 0};
}

/// U+0085, U+2028 and U+2029 end lines for some readers.
bool is_line_separator(std::string_view character) {
  return character == "\xC2\x85" || character == "\xE2\x80\xA8" || character == "\xE2\x80\xA9";
}

}  // namespace

std::size_t character_length(std::string_view text, std::size_t at) {
  if (at >= text.size()) return 0;
  auto const form = form_of(byte_at(text, at));
  if (form.length == 0 || at + form.length > text.size()) return 0;
  if (form.length > 1) {
    auto const second = byte_at(text, at + 1);
    if (second < form.lowest || second > form.highest) return 0;
  }
  for (std::size_t i = 2; i < form.length; ++i) {
    if ((byte_at(text, at + i) & 0xC0U) != 0x80U) return 0;
  }
  return form.length;
}

std::string valid_utf8(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    auto const length = character_length(text, at);
    if (length == 0) {
      result += "\xEF\xBF\xBD";
      ++at;
    } else {
      result.append(text, at, length);
      at += length;
    }
  }
  return result;
}

std::string one_line(std::string_view text) {
  auto const valid = valid_utf8(text);
  std::string result;
  result.reserve(valid.size());
  for (std::size_t at = 0; at < valid.size();) {
    auto const length = character_length(valid, at);
    auto const character = std::string_view(valid).substr(at, length);
    auto const code = byte_at(valid, at);
    auto const is_c1 = length == 2 && code == 0xC2 && byte_at(valid, at + 1) < 0xA0;
    if (code < 0x20 || code == 0x7F || is_c1 || is_line_separator(character)) {
      result += ' ';
    } else {
      result += character;
    }
    at += length;
  }
  auto const first = result.find_first_not_of(' ');
  if (first == std::string::npos) return {};
  return result.substr(first, result.find_last_not_of(' ') - first + 1);
}

std::string clipped(std::string_view text, std::size_t characters) {
  std::size_t at = 0;
  for (std::size_t count = 0; count < characters; ++count) {
    if (at >= text.size()) return std::string(text);
    at += std::max<std::size_t>(1, character_length(text, at));
  }
  if (at >= text.size()) return std::string(text);
  auto result = std::string(text.substr(0, at));
  auto const end = result.find_last_not_of(" \n");
  result.resize(end == std::string::npos ? 0 : end + 1);
  return result + "…";
}

std::string with_lf(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r') {
      result += text[i];
    } else if (i + 1 >= text.size() || text[i + 1] != '\n') {
      result += '\n';
    }
  }
  return result;
}

std::string trimmed_lines(std::string_view text) {
  auto const end = text.find_last_not_of(" \t\n");
  if (end == std::string_view::npos) return {};
  text = text.substr(0, end + 1);
  // The first line keeps its indentation.
  auto const first = text.find_first_not_of(" \t\n");
  auto const line = text.rfind('\n', first);
  return std::string(text.substr(line == std::string_view::npos ? 0 : line + 1));
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

}  // namespace spoc::templates
