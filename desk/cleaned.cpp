// SPDX-License-Identifier: GPL-3.0-or-later
// Takes out of an exchange whom it was with: addresses, tokens, numbers and names.
#include "desk/characters.hpp"
#include "desk/draft.hpp"
#include "desk/lower.hpp"
#include "desk/phone.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace spoc::desk {
namespace {

constexpr std::string_view gone = "[\xE2\x80\xA6]";

bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
/// Of the first byte of a character: one of a Latin script, or another that is written with blanks.
bool is_letter(char c) {
  return is_ascii_letter(c) || (static_cast<unsigned char>(c) >= 0xC3 && !is_wide(c));
}

bool is_letter_before(std::string_view text, std::size_t at) {
  return at > 0 && is_letter(text[start_before(text, at)]);
}

/// Blanks that don't break, and digits and signs of Chinese width, as a keyboard has them: mail clients put
/// them into numbers.
std::string plainly(std::string_view line) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 8> forms{{{"\u00A0", " "},
                                                                                {"\u2007", " "},
                                                                                {"\u2009", " "},
                                                                                {"\u202F", " "},
                                                                                {"\u2011", "-"},
                                                                                {"\uFF0B", "+"},
                                                                                {"\uFF0D", "-"},
                                                                                {"\uFF20", "@"}}};
  constexpr std::string_view wide_digit = "\xEF\xBC";  // U+FF10 to U+FF19 end with 0x90 to 0x99
  std::string out;
  while (!line.empty()) {
    auto const form = std::find_if(forms.begin(), forms.end(),
                                   [&](auto const& one) { return line.starts_with(one.first); });
    auto const last = line.size() > 2 ? static_cast<unsigned char>(line[2]) : 0U;
    if (form != forms.end()) {
      out += form->second;
      line.remove_prefix(form->first.size());
    } else if (line.starts_with(wide_digit) && last >= 0x90U && last <= 0x99U) {
      out += static_cast<char>('0' + static_cast<int>(last - 0x90U));
      line.remove_prefix(3);
    } else {
      out += line.front();
      line.remove_prefix(1);
    }
  }
  return out;
}

/// What may stand in an address or a token.
bool is_of_address(char c) {
  return is_ascii_letter(c) || is_digit(c) || std::string_view{"._%+-'="}.find(c) != std::string_view::npos;
}

/// From `at` both ways over what may stand in an address; a full stop at the end belongs to the sentence.
void cut_round(std::string& text, std::size_t at, bool both_sides) {
  std::size_t begin = at, end = at + 1;
  while (begin > 0 && (is_of_address(text[begin - 1]) || is_letter_before(text, begin)))
    begin = start_before(text, begin);
  while (end < text.size() && (is_of_address(text[end]) || is_letter(text[end]))) {
    ++end;
    while (end < text.size() && is_inner(text[end])) ++end;
  }
  while (end > at + 1 && text[end - 1] == '.') --end;
  if (both_sides && (begin == at || end == at + 1)) return;
  text.replace(begin, end - begin, gone);
}

void cut_addresses(std::string& text) {
  for (auto at = text.find('@'); at != std::string::npos; at = text.find('@', at + 1)) {
    auto const before = text.size();
    cut_round(text, at, true);
    if (text.size() != before) at = 0;
  }
}

/// "1042.rr.k3j4mnbv.q2w3e4r5t6y7u2i3": its second part has two letters, the others eight and sixteen signs.
bool is_token_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && is_digit(text[end])) ++end;
  if (end == at || (at > 0 && is_digit(text[at - 1]))) return false;
  for (std::size_t const length : {2U, 8U, 16U}) {
    if (end >= text.size() || text[end] != '.') return false;
    std::string_view const part = text.substr(end + 1, length);
    bool const whole = part.size() == length && std::all_of(part.begin(), part.end(), [](char c) {
                         return is_ascii_letter(c) || is_digit(c);
                       });
    if (!whole) return false;
    end += 1 + length;
  }
  return true;
}

void cut_tokens(std::string& text) {
  for (std::size_t at = 0; at < text.size(); ++at)
    if (is_digit(text[at]) && is_token_at(text, at)) cut_round(text, at, false);
}

void cut_numbers(std::string& text) {
  std::string out;
  std::string_view rest = text;
  while (auto const place = phone_in(rest)) {
    out.append(rest.substr(0, place->at)).append(gone);
    rest.remove_prefix(place->at + place->size);
  }
  text = out.append(rest);
}

/// Behind a name an "s" may stand, as Norwegian and English have it.
bool ends_word(std::string_view text, std::size_t end) {
  if (end >= text.size() || !is_letter(text[end])) return true;
  return text[end] == 's' && (end + 1 >= text.size() || !is_letter(text[end + 1]));
}

bool begins_with_capital(std::string_view word) {
  return !word.empty() && lower(word.substr(0, 2)) != word.substr(0, 2);
}

/// The last word before a place, without capitals: "hi" of "Hi, ".
std::string word_before(std::string_view text, std::size_t at) {
  while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == ',')) --at;
  std::size_t begin = at;
  while (begin > 0 && is_letter(text[start_before(text, begin)])) begin = start_before(text, begin);
  return lower(text.substr(begin, at - begin));
}

/// Whoever writes no capitals is known by where a name stands: behind a greeting, or alone on a line.
bool stands_as_a_name(std::string_view text, std::size_t at, std::size_t size) {
  constexpr std::array<std::string_view, 14> greetings{"hi",         "hello",   "hey", "dear",    "thanks",
                                                       "cheers",     "regards", "hei", "heisann", "hallo",
                                                       "kj\u00E6re", "takk",    "mvh", "hilsen"};
  auto const others = [](std::string_view part) { return std::any_of(part.begin(), part.end(), is_letter); };
  if (!others(text.substr(0, at)) && !others(text.substr(at + size))) return true;
  return std::find(greetings.begin(), greetings.end(), word_before(text, at)) != greetings.end();
}

/// "ola-nordmann2" is not whole within "ola-nordmann22".
bool goes_on_in_digits(std::string_view text, std::size_t at, std::string_view name) {
  std::size_t const end = at + name.size();
  bool const before = at > 0 && is_digit(text[at - 1]) && is_digit(name.front());
  return before || (end < text.size() && is_digit(text[end]) && is_digit(name.back()));
}

/// `whole`: the name as it was told, whatever its case. A single word of it must begin with a capital, or
/// stand where names stand.
void cut_name(std::string& text, std::string_view name, bool whole) {
  if (name.empty()) return;
  bool const wide = is_wide(name.front());
  std::string const wanted = lower(name);
  for (std::size_t at = 0; at + name.size() <= text.size();) {
    std::string_view const here = std::string_view{text}.substr(at, name.size());
    bool const alone = wide || (!is_letter_before(text, at) && ends_word(text, at + name.size()) &&
                                !goes_on_in_digits(text, at, name));
    bool const meant =
        alone && lower(here) == wanted &&
        (whole || wide || begins_with_capital(here) || stands_as_a_name(text, at, name.size()));
    if (!meant) {
      ++at;
      continue;
    }
    text.replace(at, name.size(), gone);
    at += gone.size();
  }
}

/// How many bytes a character has, and whether it can stand in a name: no blank, sign or bracket, Chinese
/// ones (U+2000 to U+2E7F, U+3000 to U+303F, U+FF00 to U+FF20) neither.
struct NameCharacter {
  std::size_t size = 1;
  bool letter = false;
};
NameCharacter character_at(std::string_view text, std::size_t at) {
  NameCharacter out;
  while (at + out.size < text.size() && is_inner(text[at + out.size])) ++out.size;
  std::string_view const here = text.substr(at, out.size);
  bool const mark = here.starts_with("\xE2") || here.starts_with("\xE3\x80") ||
                    (here.starts_with("\xEF\xBC") && static_cast<unsigned char>(here.back()) <= 0xA0U);
  out.letter = is_letter(here.front()) || (is_wide(here.front()) && !mark);
  return out;
}

/// Runs of letters: those of 'Testmann, Ola (IT)' and of "Anne-Marie".
std::vector<std::string_view> words_of_name(std::string_view name) {
  std::vector<std::string_view> out;
  std::size_t begin = 0, at = 0;
  while (at < name.size()) {
    auto const here = character_at(name, at);
    if (!here.letter && at > begin) out.push_back(name.substr(begin, at - begin));
    at += here.size;
    if (!here.letter) begin = at;
  }
  if (begin < name.size()) out.push_back(name.substr(begin));
  return out;
}

/// Words of names that are words of their language as well.
bool is_particle(std::string_view word) {
  constexpr std::array<std::string_view, 20> all{"van", "der", "den", "von", "dem", "del", "della",
                                                 "dos", "das", "bin", "ibn", "the", "and", "via",
                                                 "for", "och", "und", "les", "ter", "zur"};
  return std::find(all.begin(), all.end(), lower(word)) != all.end();
}

/// Of a Chinese name of three or four characters the given name of two stands alone as well, and the rest
/// before a form of address.
void cut_wide_name(std::string& text, std::string_view name) {
  std::size_t characters = 0;
  for (std::size_t at = 0; at < name.size(); at += character_at(name, at).size) {
    if (!is_wide(name[at])) return cut_name(text, name, true);
    ++characters;
  }
  if (characters < 2) return;
  cut_name(text, name, true);
  if (characters != 3 && characters != 4) return;
  std::string const family{name.substr(0, start_before(name, start_before(name, name.size())))};
  cut_name(text, name.substr(family.size()), true);
  for (std::string_view const title :
       {"先生", "女士", "小姐", "老师", "老師", "经理", "經理", "同学", "同學"}) {
    std::string const called = family + std::string{title};
    for (auto at = text.find(called); at != std::string::npos; at = text.find(called))
      text.replace(at, family.size(), gone);
  }
}

/// "ida.laminator", "ola-nordmann2": in one piece, and more than a name is; "Anne-Marie" is one.
bool is_a_mailbox(std::string_view name) {
  bool const in_one_piece = std::all_of(name.begin(), name.end(), is_of_address) &&
                            std::any_of(name.begin(), name.end(), is_ascii_letter);
  if (!in_one_piece) return false;
  if (name.find_first_of("._0123456789") != std::string_view::npos) return true;
  return name.find('-') != std::string_view::npos && lower(name) == name;
}

/// Without the quotes and brackets that some clients put round it; a mailbox as it is.
std::string_view whole_of(std::string_view name) {
  if (is_a_mailbox(name)) return name;
  auto const words = words_of_name(name);
  if (words.empty()) return {};
  auto const begin = static_cast<std::size_t>(words.front().data() - name.data());
  auto const end = static_cast<std::size_t>(words.back().data() - name.data()) + words.back().size();
  return name.substr(begin, end - begin);
}

void cut_names(std::string& text, std::vector<std::string> const& names) {
  constexpr std::size_t shortest = 3;  // bytes: shorter ones are words of some language
  // The longer ones first: "ola" is a part of "ola-nordmann2".
  std::vector<std::string_view> wholes;
  for (std::string const& name : names) wholes.push_back(whole_of(name));
  std::stable_sort(wholes.begin(), wholes.end(),
                   [](std::string_view a, std::string_view b) { return a.size() > b.size(); });
  for (std::string_view const name : wholes) cut_name(text, name, true);
  for (std::string const& name : names) {
    // "ida.laminator" is a mailbox, which says nothing of laminators.
    if (is_a_mailbox(name)) continue;
    for (std::string_view const word : words_of_name(name)) {
      if (is_wide(word.front()))
        cut_wide_name(text, word);
      else if (word.size() >= shortest && !is_particle(word))
        cut_name(text, word, false);
    }
  }
}

}  // namespace

std::string cleaned(std::string_view text, std::vector<std::string> const& names) {
  std::vector<std::string> plain;
  for (std::string const& one : names) plain.push_back(plainly(one));
  std::string out;
  while (!text.empty()) {
    auto const end = std::min(text.find('\n'), text.size());
    std::string line = plainly(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    cut_tokens(line);
    cut_addresses(line);
    cut_numbers(line);
    cut_names(line, plain);
    out += line + "\n";
  }
  while (out.ends_with('\n')) out.pop_back();
  return out;
}

}  // namespace spoc::desk
