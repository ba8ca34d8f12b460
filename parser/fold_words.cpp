// SPDX-License-Identifier: GPL-3.0-or-later
// How the words of fold_tables are looked up in a line.
#include "parser/fold_words.hpp"

#include "parser/fold_tables.hpp"
#include "parser/phrases.hpp"
#include "parser/utf8.hpp"

#include <algorithm>
#include <set>

namespace spoc::parser {
namespace {

// Takes one code point off the front; a byte that is no UTF-8 stands for itself.
char32_t take(std::string_view& text) {
  auto const byte = [&text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  unsigned char const lead = byte(0);
  std::size_t const length = lead < 0x80   ? 1
                             : lead < 0xc2 ? 0
                             : lead < 0xe0 ? 2
                             : lead < 0xf0 ? 3
                             : lead < 0xf5 ? 4
                                           : 0;
  if (length == 0 || text.size() < length) {
    text.remove_prefix(1);
    return 0xfffd;
  }
  char32_t point = length == 1 ? lead : lead & (0xffU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) point = (point << 6) | (byte(i) & 0x3fU);
  text.remove_prefix(length);
  return point;
}

bool is_blank(char32_t c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' || c == 0xa0 || c == 0x3000 ||
         c == 0x202f || (c >= 0x2000 && c <= 0x200a);
}

bool is_invisible(char32_t c) {
  return (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) ||
         c == 0xfeff || c == 0xad;
}

char32_t lower_letter(char32_t c) {
  if (c >= 'A' && c <= 'Z') return c + 32;
  if (c >= 0xc0 && c <= 0xde && c != 0xd7) return c + 32;
  if (c == 0x130) return 'i';
  if (c >= 0x139 && c <= 0x148) return c + (c & 1);
  if (c >= 0x100 && c <= 0x177 && c != 0x138) return c | 1;
  if (c >= 0x179 && c <= 0x17e) return c + (c & 1);
  if (c >= 0x218 && c <= 0x21b) return c | 1;    // Romanian
  if (c >= 0x1ea0 && c <= 0x1ef9) return c | 1;  // Vietnamese
  if (c == 0x386) return 0x3ac;
  if (c >= 0x388 && c <= 0x38a) return c + 37;
  if (c >= 0x391 && c <= 0x3a9) return c + 32;
  if (c >= 0x410 && c <= 0x42f) return c + 32;
  if (c >= 0x400 && c <= 0x40f) return c + 80;
  if (c >= 0xff01 && c <= 0xff5e) return lower_letter(c - 0xfee0);  // full-width forms
  if (c == 0x2019 || c == 0x2018) return '\'';
  return c;
}

// Digits of Arabic, Persian, Hindi and Thai, and the hyphens, colons and commas of those who write without
// ASCII.
char32_t plain(char32_t c) {
  if (c < 0x60c) return c;
  if (c >= 0x660 && c <= 0x669) return c - 0x660 + '0';
  if (c >= 0x6f0 && c <= 0x6f9) return c - 0x6f0 + '0';
  if (c >= 0x966 && c <= 0x96f) return c - 0x966 + '0';
  if (c >= 0xe50 && c <= 0xe59) return c - 0xe50 + '0';
  if (c == 0x60c) return ',';
  if (c == 0x2010 || c == 0x2011) return '-';
  return c == 0x2236 ? U':' : c;
}

/// Most of most texts is ASCII, which needs none of what the rest does: takes it off the front of text, folds
/// it and puts it behind out. gap: blanks stand at the end that are owed.
void fold_ascii(std::string_view& text, std::string& out, bool& gap) {
  auto const run = static_cast<std::size_t>(
      std::find_if(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; }) -
      text.begin());
  std::size_t const begin = out.size();
  out.resize(begin + run + 1);
  char* to = out.data() + begin;
  for (char const c : text.substr(0, run)) {
    if (c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f') {
      gap = true;
      continue;
    }
    if (gap && to != out.data()) *to++ = ' ';
    gap = false;
    *to++ = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  out.resize(static_cast<std::size_t>(to - out.data()));
  text.remove_prefix(run);
}

bool is_of_word(char c) { return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80; }

// CJK, kana, hangul and Thai begin with these bytes: words there have no blanks round them.
bool is_cjk(std::string_view word) {
  return static_cast<unsigned char>(word.front()) >= 0xe3 || word.starts_with("\xe0\xb8") ||
         word.starts_with("\xe0\xb9");
}

bool stands_alone(std::string_view text, std::size_t at, std::string_view word) {
  if (is_cjk(word)) return true;
  std::size_t const end = at + word.size();
  bool const left = at == 0 || !is_of_word(text[at - 1]);
  bool const right =
      end == text.size() || !is_of_word(text[end]) || static_cast<unsigned char>(text[end]) >= 0xe3;
  return left && right;
}

bool has_word_of(std::string_view text, Phrases const& words) {
  return words.any(text, [&](std::size_t at, std::string_view word) { return stands_alone(text, at, word); });
}

bool begins_with_word(std::string_view text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  return is_cjk(word) || text.size() == word.size() || !is_of_word(text[word.size()]);
}

template <class Test>
bool any_of(std::span<std::string_view const> words, Test test) {
  return std::any_of(words.begin(), words.end(), test);
}

std::size_t count_of(std::string_view text, char c) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), c));
}

}  // namespace

std::string folded(std::string_view text) {
  std::string out;
  out.reserve(text.size() + 1);
  bool gap = false;
  while (!text.empty()) {
    if (static_cast<unsigned char>(text.front()) < 0x80) {
      fold_ascii(text, out, gap);
      continue;
    }
    char32_t const c = take(text);
    if (is_invisible(c)) continue;
    if (is_blank(c)) {
      gap = true;
      continue;
    }
    if (gap && !out.empty()) out += ' ';
    gap = false;
    append_utf8(out, plain(lower_letter(c)));
  }
  return out;
}

bool has_strong_writing_verb(std::string_view text) {
  static Phrases const verbs{writing_verbs()};
  return has_word_of(text, verbs);
}

bool has_writing_verb(std::string_view text) {
  static Phrases const weak{weak_writing_verbs()};
  return has_strong_writing_verb(text) || has_word_of(text, weak);
}

bool begins_with_citing(std::string_view text) {
  return any_of(citing_openings(), [&](std::string_view each) { return begins_with_word(text, each); });
}

bool speaks_of_self(std::string_view text) {
  static Phrases const persons{first_persons()};
  return has_word_of(text, persons);
}

bool begins_with_lead(std::string_view text) {
  return any_of(attribution_leads(), [&](std::string_view lead) { return begins_with_word(text, lead); });
}

bool begins_with_weekday(std::string_view text) {
  return any_of(weekdays(), [&](std::string_view day) { return begins_with_word(text, day); });
}

Label label_named(std::string_view word) {
  if (word.empty() || word.size() > 40) return Label::none;
  for (LabelRow const& row : header_labels())
    if (row.word == word) return row.label;
  return Label::none;
}

bool names_original(std::string_view words) {
  if (words.empty() || words.size() > 80) return false;
  static Phrases const names{original_names()};
  return names.begin_of(words);
}

bool begins_forward(std::string_view words) {
  if (words.size() > 80) return false;
  while (words.ends_with(':') || words.ends_with(' ')) words.remove_suffix(1);
  return any_of(forward_openings(), [&](std::string_view opening) { return words == opening; });
}

bool asks_to_reply_above(std::string_view words) {
  static Phrases const requests{reply_above_requests()};
  return words.size() < 200 && requests.in(words);
}

bool is_mobile_footer(std::string_view words) {
  if (words.size() > 120) return false;
  while (!words.empty() &&
         (words.front() == '-' || words.front() == '*' || words.front() == '_' || words.front() == ' '))
    words.remove_prefix(1);
  // "Get Outlook for iOS" in whatever language it is said.
  bool const outlook =
      words.find("outlook") != std::string_view::npos &&
      (words.find("ios") != std::string_view::npos || words.find("android") != std::string_view::npos);
  std::size_t const link = std::min(words.find('<'), words.size());
  if (outlook && count_of(words.substr(0, link), ' ') <= 7 && words.find('?') == std::string_view::npos)
    return true;
  if (words.ends_with('?')) return false;
  auto const begins = [&](std::string_view each) { return words.starts_with(each); };
  if (any_of(footer_notices(), begins)) return true;
  // "Mail can't be sent" ends like "sent from my phone" does in Chinese: the device makes the difference.
  bool const device = any_of(mobile_devices(), [&](std::string_view each) {
    return words.substr(0, link).find(each) != std::string_view::npos;
  });
  if (!device || count_of(words.substr(0, link), ' ') > 9) return false;
  bool const ends =
      any_of(mobile_endings(), [&](std::string_view each) { return words.substr(0, link).ends_with(each); });
  for (std::string_view const from : {"从", "從", "由"})
    if (words.starts_with(from)) return ends;
  return any_of(mobile_openings(), begins) || (ends && !words.ends_with("发送") && !words.ends_with("傳送"));
}

int legal_words(std::string_view words) {
  static Phrases const stems{legal_stems()};
  std::set<std::string_view> found;
  stems.any(words, [&](std::size_t, std::string_view stem) {
    found.insert(stem);
    return false;
  });
  return static_cast<int>(found.size());
}

}  // namespace spoc::parser
