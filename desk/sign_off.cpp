// SPDX-License-Identifier: GPL-3.0-or-later
// Knows a lone signature by its farewell or by the author's name at its head.
#include "desk/sign_off.hpp"

#include "desk/blanks.hpp"
#include "desk/characters.hpp"
#include "desk/lower.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace spoc::desk {
namespace {

/// More or longer lines are no signature.
constexpr std::size_t most_signed_lines = 15, longest_signed_line = 200;

constexpr std::array<std::string_view, 37> farewells{"best regards",
                                                     "kind regards",
                                                     "warm regards",
                                                     "with kind regards",
                                                     "with best regards",
                                                     "regards",
                                                     "best wishes",
                                                     "yours sincerely",
                                                     "sincerely",
                                                     "sincerely yours",
                                                     "yours faithfully",
                                                     "yours truly",
                                                     "mvh",
                                                     "m.v.h",
                                                     "vh",
                                                     "hilsen",
                                                     "med hilsen",
                                                     "vennlig hilsen",
                                                     "med vennlig hilsen",
                                                     "med vennlege helsingar",
                                                     "vennlege helsingar",
                                                     "med venleg helsing",
                                                     "venleg helsing",
                                                     "beste hilsen",
                                                     "med beste hilsen",
                                                     "helsing",
                                                     "此致",
                                                     "此致敬礼",
                                                     "此致敬禮",
                                                     "敬上",
                                                     "祝好",
                                                     "顺祝商祺",
                                                     "順祝商祺",
                                                     "顺颂商祺",
                                                     "順頌商祺",
                                                     "谨致问候",
                                                     "謹致問候"};

constexpr std::array<std::string_view, 10> marks_behind{",",  ".",  "!",  ":",  "，",
                                                        "。", "！", "：", "、", "-"};

constexpr std::array<std::string_view, 8> post_scripts{"ps",    "p.s",  "p. s", "pps",
                                                       "p.p.s", "附言", "又及", "另："};

/// Between a name and a title.
constexpr std::array<std::string_view, 8> title_signs{"|", ",", "/", "(", "-", "–", "—", "·"};

/// Lower case, without marks and blanks at its end.
std::string settled_line(std::string_view line) {
  line = trim(line);
  for (bool found = true; found;) {
    found = false;
    for (std::string_view const mark : marks_behind)
      if (line.ends_with(mark)) {
        line = trim(line.substr(0, line.size() - mark.size()));
        found = true;
      }
  }
  return lower(line);
}

/// "PS: call me", "P.S.", "又及：": words to somebody, wherever they stand. `settled` is a settled_line().
bool is_post_script(std::string_view settled) {
  return std::any_of(post_scripts.begin(), post_scripts.end(), [&](std::string_view sign) {
    if (!settled.starts_with(sign)) return false;
    std::string_view const rest = settled.substr(sign.size());
    if (rest.empty() || is_wide(sign.front()) || blank_at(rest) > 0) return true;
    // "PS-avdelingen" is a department.
    return std::any_of(marks_behind.begin(), marks_behind.end(),
                       [&](std::string_view mark) { return mark != "-" && rest.starts_with(mark); });
  });
}

std::vector<std::string> settled_lines(std::string_view words) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < words.size();) {
    std::size_t const end = std::min(words.find('\n', at), words.size());
    std::string line = settled_line(words.substr(at, end - at));
    if (!line.empty()) out.push_back(std::move(line));
    at = end + 1;
  }
  return out;
}

/// "Kari Nordmann", also with what parts a name from a title behind it: "Kari Nordmann | IT".
bool begins_with_name(std::string_view line, std::string_view name) {
  if (line == name) return true;
  bool const whole = name.find(' ') != std::string_view::npos;
  if (!whole || !line.starts_with(name)) return false;
  std::string_view const rest = trim(line.substr(name.size()));
  return std::any_of(title_signs.begin(), title_signs.end(),
                     [&](std::string_view sign) { return rest.starts_with(sign); });
}

/// The name or one word of it: "Kari".
bool is_part_of_name(std::string_view said, std::string const& name) {
  if (said.empty() || name.empty()) return false;
  if (said == name) return true;
  std::size_t const at = (" " + name + " ").find(" " + std::string{said} + " ");
  return at != std::string::npos;
}

/// "Mvh", "Mvh Kari", "Best regards, Kari Nordmann".
bool is_farewell(std::string_view line, std::vector<std::string> const& names) {
  return std::any_of(farewells.begin(), farewells.end(), [&](std::string_view farewell) {
    if (!line.starts_with(farewell)) return false;
    std::string_view rest = line.substr(farewell.size());
    if (rest.empty()) return true;
    while (rest.starts_with(',') || rest.starts_with('.')) rest.remove_prefix(1);
    std::string_view const who = trim(rest);
    return who.size() < line.size() - farewell.size() &&
           std::any_of(names.begin(), names.end(),
                       [&](std::string const& name) { return is_part_of_name(who, lower(name)); });
  });
}

/// They join names and titles; other small words make a sentence.
constexpr std::array<std::string_view, 20> joining{"and", "og",  "of",    "for",   "the",   "in",    "at",
                                                   "på",  "av",  "i",     "til",   "de",    "van",   "von",
                                                   "tlf", "mob", "mobil", "phone", "email", "e-post"};

std::vector<std::string_view> words_of_line(std::string_view line) {
  std::vector<std::string_view> out;
  for (line = trim(line); !line.empty(); line = trim(line)) {
    std::size_t end = 0;
    while (end < line.size() && blank_at(line.substr(end)) == 0) ++end;
    out.push_back(line.substr(0, end));
    line.remove_prefix(end);
  }
  return out;
}

bool begins_small(std::string_view word) {
  return word.front() >= 'a' && word.front() <= 'z' &&
         std::find(joining.begin(), joining.end(), settled_line(word)) == joining.end();
}

/// "Hugo Marsh", "Head of Accounts".
bool is_like_a_title(std::vector<std::string_view> const& words) {
  return std::none_of(words.begin(), words.end(), begins_small);
}

/// Those, "Tlf 99 99 99 99", "www.example.org", and behind the name "Daglig leder".
bool is_like_a_signature(std::string_view line, bool named) {
  constexpr std::size_t longest = 100, too_short_to_say = 2;
  auto const words = words_of_line(line);
  if (line.size() > longest || is_post_script(settled_line(line))) return false;
  if (!named) return is_like_a_title(words);
  bool const marked = line.find_first_of("0123456789@|") != std::string_view::npos ||
                      line.find("www.") != std::string_view::npos;
  return marked || words.size() <= too_short_to_say || is_like_a_title(words);
}

/// "Mvh", "Best regards, Hugo Marsh": the names are not known here.
bool is_farewell_of_anybody(std::string_view line) {
  std::string const settled = settled_line(line);
  return std::any_of(farewells.begin(), farewells.end(), [&](std::string_view farewell) {
    if (settled == farewell) return true;
    if (!settled.starts_with(farewell)) return false;
    char const next = settled[farewell.size()];
    if (next != ' ' && next != ',') return false;
    // Lower case keeps the length, so that the same bytes stand in the line itself.
    std::string_view rest = trim(line).substr(farewell.size());
    if (rest.starts_with(',')) rest.remove_prefix(1);
    auto const names = words_of_line(rest);
    constexpr std::size_t most_names = 4;
    return names.size() <= most_names && is_like_a_title(names);
  });
}

}  // namespace

std::string_view before_sign_off(std::string_view words) {
  std::optional<std::size_t> begin;
  std::size_t lines = 0;
  bool named = false;
  for (std::size_t at = 0; at < words.size();) {
    std::size_t const end = std::min(words.find('\n', at), words.size());
    std::string_view const line = words.substr(at, end - at);
    if (!begin) {
      if (is_farewell_of_anybody(line)) begin = at;
      named = begin && std::find(farewells.begin(), farewells.end(), settled_line(line)) == farewells.end();
    } else if (!trim(line).empty()) {
      if (++lines > most_signed_lines || !is_like_a_signature(line, named)) return words;
      named = true;
    }
    at = end + 1;
  }
  std::string_view const before = words.substr(0, begin.value_or(words.size()));
  bool const says = std::any_of(before.begin(), before.end(), [](char c) { return c != ' ' && c != '\n'; });
  return says ? before : words;
}

bool is_lone_sign_off(std::string_view words, std::vector<std::string> const& names) {
  std::vector<std::string> const lines = settled_lines(words);
  if (lines.empty() || lines.size() > most_signed_lines) return false;
  bool const too_long = std::any_of(
      lines.begin(), lines.end(), [](std::string const& line) { return line.size() > longest_signed_line; });
  if (too_long) return false;
  auto const is_named = [&](std::string const& line) {
    return std::any_of(names.begin(), names.end(),
                       [&](std::string const& name) { return begins_with_name(line, lower(name)); });
  };
  // An author may be called "P. S. Olsen".
  bool const goes_on = std::any_of(lines.begin() + 1, lines.end(), [&](std::string const& line) {
    return is_post_script(line) && !is_named(line);
  });
  return !goes_on && (is_farewell(lines.front(), names) || is_named(lines.front()));
}

}  // namespace spoc::desk
