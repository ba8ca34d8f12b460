// SPDX-License-Identifier: GPL-3.0-or-later
// Subjects: reply prefixes in many languages, list tags and our own number taken off.
#include "desk/thread.hpp"

#include <array>

namespace spoc::desk {
namespace {

// Reply and forward prefixes of mail clients, lower case. Forwards are prefixes too, but do not say "reply".
struct Prefix {
  std::string_view word;
  bool reply;
};
constexpr std::array<Prefix, 40> prefixes{{
    {"re", true},      {"sv", true},    {"vs", true},    {"aw", true},      {"antw", true},
    {"antwort", true}, {"ré", true},    {"rép", true},   {"res", true},     {"rif", true},
    {"r", true},       {"odp", true},   {"ynt", true},   {"atb", true},     {"bls", true},
    {"ref", true},     {"回复", true},  {"回覆", true},  {"答复", true},    {"答覆", true},
    {"回信", true},    {"svar", true},  {"отв", true},   {"ответ", true},   {"返信", true},
    {"답장", true},    {"fw", false},   {"fwd", false},  {"vb", false},     {"wg", false},
    {"tr", false},     {"rv", false},   {"enc", false},  {"vl", false},     {"i", false},
    {"转发", false},   {"轉寄", false}, {"轉發", false}, {"doorst", false}, {"videresend", false},
}};

std::string_view trim_left(std::string_view text) {
  for (;;) {
    if (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
      text.remove_prefix(1);
    else if (text.substr(0, 2) == "\xC2\xA0")
      text.remove_prefix(2);  // no-break space
    else if (text.substr(0, 3) == "\xE3\x80\x80")
      text.remove_prefix(3);  // ideographic space
    else
      return text;
  }
}

/// After a prefix word: an optional counter "[2]" or "(2)" or "^2", then a colon of either width. 0 if it is
/// none.
std::size_t colon_after(std::string_view rest) {
  std::size_t at = 0;
  if (at < rest.size() && (rest[at] == '[' || rest[at] == '(' || rest[at] == '^')) {
    ++at;
    while (at < rest.size() && rest[at] >= '0' && rest[at] <= '9') ++at;
    if (at < rest.size() && (rest[at] == ']' || rest[at] == ')')) ++at;
  }
  while (at < rest.size() && rest[at] == ' ') ++at;
  if (at < rest.size() && rest[at] == ':') return at + 1;
  if (rest.substr(at, 3) == "\xEF\xBC\x9A") return at + 3;  // "："
  return 0;
}

/// How many bytes of prefix stand at the start; sets reply if it is one of an answer.
std::size_t prefix_length(std::string_view text, bool& reply) {
  for (auto const& [word, is_reply] : prefixes) {
    if (text.size() <= word.size() || normal(text.substr(0, word.size())) != word) continue;
    std::size_t const colon = colon_after(text.substr(word.size()));
    if (colon == 0) continue;
    reply = reply || is_reply;
    return word.size() + colon;
  }
  return 0;
}

/// "[#42]" or a short list tag "[announce]" at the start.
std::size_t tag_length(std::string_view text) {
  if (text.empty() || text.front() != '[') return 0;
  std::size_t const end = text.find(']');
  if (end == std::string_view::npos || end > 40 || end + 1 >= text.size()) return 0;
  return end + 1;
}

std::string without_number_tags(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    if (text.substr(at, 2) == "[#") {
      std::size_t end = at + 2;
      while (end < text.size() && text[end] >= '0' && text[end] <= '9') ++end;
      if (end > at + 2 && end < text.size() && text[end] == ']') {
        at = end + 1;
        continue;
      }
    }
    out += text[at++];
  }
  return out;
}

std::string fold_blanks(std::string_view text) {
  std::string out;
  for (char c : text) {
    bool const blank = c == ' ' || c == '\t' || c == '\r' || c == '\n';
    if (!blank)
      out += c;
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

}  // namespace

BaseSubject base_subject(std::string_view subject) {
  BaseSubject base;
  std::string const untagged = without_number_tags(subject);
  std::string_view rest = trim_left(untagged);
  for (;;) {
    std::size_t const length = prefix_length(rest, base.reply_prefix);
    std::size_t const skip = length != 0 ? length : tag_length(rest);
    if (skip == 0) break;
    rest = trim_left(rest.substr(skip));
  }
  base.text = normal(fold_blanks(rest));
  return base;
}

bool says_forward(std::string_view subject) {
  std::string const untagged = without_number_tags(subject);
  std::string_view rest = trim_left(untagged);
  for (;;) {
    bool reply = false;
    std::size_t const length = prefix_length(rest, reply);
    // "VS:" is a Finnish answer and a Norwegian or Danish forward.
    if (length != 0 && (!reply || normal(rest.substr(0, 2)) == "vs")) return true;
    std::size_t const skip = length != 0 ? length : tag_length(rest);
    if (skip == 0) return false;
    rest = trim_left(rest.substr(skip));
  }
}

}  // namespace spoc::desk
