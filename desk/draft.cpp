// SPDX-License-Identifier: GPL-3.0-or-later
// Cleans an exchange and writes it down as an article.
#include "desk/draft.hpp"

#include "desk/characters.hpp"
#include "desk/lower.hpp"
#include "desk/people.hpp"
#include "desk/phone.hpp"
#include "desk/words.hpp"

#include <algorithm>
#include <array>

namespace spoc::desk {
namespace {

constexpr std::string_view gone = "[\xE2\x80\xA6]";

constexpr Words<DraftState, 3> states{{{DraftState::waiting, "waiting"},
                                       {DraftState::published, "published"},
                                       {DraftState::rejected, "rejected"}}};

bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
/// Of the first byte of a character: one of a Latin script, or another that is written with blanks.
bool is_letter(char c) {
  return is_ascii_letter(c) || (static_cast<unsigned char>(c) >= 0xC3 && !is_wide(c));
}

bool is_letter_before(std::string_view text, std::size_t at) {
  if (at == 0) return false;
  std::size_t first = at - 1;
  while (first > 0 && (static_cast<unsigned char>(text[first]) & 0xC0U) == 0x80U) --first;
  return is_letter(text[first]);
}

/// What may stand in an address or a token.
bool is_of_address(char c) {
  return is_ascii_letter(c) || is_digit(c) || std::string_view{"._%+-'="}.find(c) != std::string_view::npos;
}

/// From `at` both ways over what may stand in an address; a full stop at the end belongs to the sentence.
void cut_round(std::string& text, std::size_t at, bool both_sides) {
  std::size_t begin = at, end = at + 1;
  while (begin > 0 && is_of_address(text[begin - 1])) --begin;
  while (end < text.size() && is_of_address(text[end])) ++end;
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

void cut_name(std::string& text, std::string_view name, bool any_case) {
  if (name.empty()) return;
  bool const wide = is_wide(name.front());
  std::string const wanted = any_case ? lower(name) : std::string{name};
  for (std::size_t at = 0; at + name.size() <= text.size();) {
    std::string_view const here = std::string_view{text}.substr(at, name.size());
    bool const alone = wide || (!is_letter_before(text, at) && ends_word(text, at + name.size()));
    if (!alone || (any_case ? lower(here) : here) != wanted) {
      ++at;
      continue;
    }
    text.replace(at, name.size(), gone);
    at += gone.size();
  }
}

bool begins_with_capital(std::string_view word) {
  return !word.empty() && lower(word.substr(0, 2)) != word.substr(0, 2);
}

void cut_names(std::string& text, std::vector<std::string> const& names) {
  constexpr std::size_t shortest = 3;  // bytes: shorter ones are words of some language
  for (std::string const& name : names) cut_name(text, name, true);
  for (std::string const& name : names) {
    std::string_view rest = name;
    while (!rest.empty()) {
      auto const end = std::min(rest.find_first_of(" ,"), rest.size());
      std::string_view const word = rest.substr(0, end);
      if (word.size() >= shortest && begins_with_capital(word)) cut_name(text, word, false);
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
}

struct Headings {
  std::string_view language, problem, solution;
};
constexpr std::array<Headings, 4> headings{{{"en", "Problem", "Solution"},
                                            {"nb", "Problem", "Løsning"},
                                            {"zh-Hans", "问题", "解决方法"},
                                            {"zh-Hant", "問題", "解決方法"}}};

/// "printer-smokes-7"; "article-7" where the title has no ASCII word.
std::string file_name(std::string_view title, DraftId id) {
  constexpr std::size_t longest = 48;
  std::string out;
  for (char const c : lower(title)) {
    bool const kept = (c >= 'a' && c <= 'z') || is_digit(c);
    if (kept && out.size() < longest) out += c;
    if (!kept && !out.empty() && out.back() != '-') out += '-';
  }
  while (out.ends_with('-')) out.pop_back();
  return (out.empty() ? "article" : out) + "-" + std::to_string(number(id));
}

/// One line of front matter: nothing in it ends the line or the block.
std::string field(std::string_view key, std::string value) {
  for (char& c : value)
    if (static_cast<unsigned char>(c) < 0x20 || c == '"') c = ' ';
  return std::string{key} + ": " + value + "\n";
}

std::string list(std::vector<std::string> const& words) {
  std::string out;
  for (std::string word : words) {
    std::erase_if(word, [](char c) { return c == ',' || c == '[' || c == ']' || c == '"'; });
    out += (out.empty() ? "" : ", ") + word;
  }
  return "[" + out + "]";
}

}  // namespace

std::string_view name(DraftState state) { return word_for(states, state); }
std::optional<DraftState> draft_state_named(std::string_view word) { return value_for(states, word); }

std::string cleaned(std::string_view text, std::vector<std::string> const& names) {
  std::string out;
  while (!text.empty()) {
    auto const end = std::min(text.find('\n'), text.size());
    std::string line{text.substr(0, end)};
    text.remove_prefix(std::min(end + 1, text.size()));
    cut_tokens(line);
    cut_addresses(line);
    cut_numbers(line);
    cut_names(line, names);
    out += line + "\n";
  }
  while (out.ends_with('\n')) out.pop_back();
  return out;
}

Draft make_draft(DraftParts const& parts) {
  auto const found = std::find_if(headings.begin(), headings.end(),
                                  [&](Headings const& one) { return one.language == parts.language; });
  Headings const& words = found == headings.end() ? headings.front() : *found;
  Draft out;
  out.id = parts.id;
  out.title = parts.title;
  out.language = std::string{words.language};
  out.made = parts.now;
  out.file = file_name(parts.title, parts.id);
  out.text = "---\n" + field("id", out.file) + field("title", parts.title) + field("language", out.language) +
             field("audience", "public");
  if (!parts.tags.empty()) out.text += field("tags", list(parts.tags));
  if (!parts.owner.empty()) out.text += field("owner", parts.owner);
  out.text += field("review", iso(parts.now + std::chrono::days{365}).substr(0, 10)) + "---\n\n";
  if (!parts.problem.empty())
    out.text += "## " + std::string{words.problem} + "\n\n" + parts.problem + "\n\n";
  out.text += "## " + std::string{words.solution} + "\n\n" + parts.solution + "\n";
  return out;
}

}  // namespace spoc::desk
