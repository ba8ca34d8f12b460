// SPDX-License-Identifier: GPL-3.0-or-later
// Words beyond ASCII in header fields (RFC 2047), never splitting a character.
#include "templates/encoded_word.hpp"

#include "desk/base64.hpp"
#include "templates/utf8.hpp"

#include <algorithm>

namespace spoc::templates {
namespace {

constexpr std::string_view prefix_q = "=?utf-8?Q?", prefix_b = "=?utf-8?B?";
/// RFC 2047 2: lines with encoded words have at most 76 characters, and the first shares its line with
/// "Reply-To: ".
constexpr std::size_t room = 76 - 10 - 10 - 2;
/// A longer ASCII word can't be folded; as encoded words it can.
constexpr std::size_t longest_plain_word = 60;

bool is_alphanumeric(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// RFC 5322 3.2.3
bool is_atext(char c) {
  return is_alphanumeric(c) || std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos;
}

/// RFC 2047 5 (3): the narrowest set, so that the word may stand in a phrase too.
std::string q_character(std::string_view character) {
  static constexpr std::string_view digits = "0123456789ABCDEF";
  if (character == " ") return "_";
  if (character.size() == 1 && (is_alphanumeric(character[0]) ||
                                std::string_view("!*+-/").find(character[0]) != std::string_view::npos)) {
    return std::string(character);
  }
  std::string result;
  for (char const c : character) {
    auto const value = static_cast<unsigned char>(c);
    result += '=';
    result += digits[value >> 4U];
    result += digits[value & 15U];
  }
  return result;
}

std::string q_words(std::string_view text) {
  std::string result, word;
  for (std::size_t at = 0; at < text.size();) {
    auto const length = std::max<std::size_t>(1, character_length(text, at));
    auto const piece = q_character(text.substr(at, length));
    if (word.size() + piece.size() > room) {
      result += std::string(prefix_q) + word + "?= ";
      word.clear();
    }
    word += piece;
    at += length;
  }
  return result + std::string(prefix_q) + word + "?=";
}

std::string b_words(std::string_view text) {
  std::string result;
  std::size_t begin = 0, at = 0;
  while (at < text.size()) {
    auto const length = std::max<std::size_t>(1, character_length(text, at));
    if ((at + length - begin + 2) / 3 * 4 > room) {
      result += std::string(prefix_b) + desk::base64(text.substr(begin, at - begin)) + "?= ";
      begin = at;
    }
    at += length;
  }
  return result + std::string(prefix_b) + desk::base64(text.substr(begin)) + "?=";
}

std::string shorter(std::string_view text) {
  auto q = q_words(text);
  auto b = b_words(text);
  return q.size() <= b.size() ? q : b;
}

bool stands_plain(std::string_view word) {
  return word.size() <= longest_plain_word && is_ascii(word) && word.find("=?") == std::string_view::npos;
}

}  // namespace

std::string encoded_text(std::string_view text) {
  auto const line = one_line(text);
  auto first = std::string::npos;
  std::size_t end = 0;
  for (std::size_t at = 0; at < line.size();) {
    auto const begin = line.find_first_not_of(' ', at);
    if (begin == std::string::npos) break;
    at = std::min(line.find(' ', begin), line.size());
    if (stands_plain(std::string_view(line).substr(begin, at - begin))) continue;
    first = std::min(first, begin);
    end = at;
  }
  if (first == std::string::npos) return line;
  return line.substr(0, first) + shorter(std::string_view(line).substr(first, end - first)) +
         line.substr(end);
}

std::string encoded_phrase(std::string_view name) {
  auto const line = one_line(name);
  if (line.empty()) return {};
  if (!is_ascii(line) || line.find("=?") != std::string::npos || line.size() > longest_plain_word)
    return shorter(line);
  // Two blanks between atoms would be one for the reader.
  auto const atoms = line.find("  ") == std::string::npos &&
                     std::all_of(line.begin(), line.end(), [](char c) { return c == ' ' || is_atext(c); });
  if (atoms) return line;
  std::string quoted = "\"";
  for (char const c : line) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + '"';
}

}  // namespace spoc::templates
