// SPDX-License-Identifier: GPL-3.0-or-later
// Dates of mails: RFC 5322 3.3 and 4.3, asctime, ISO 8601, and what people's programs make of them.
#include "parser/ascii.hpp"
#include "parser/header.hpp"

#include <algorithm>
#include <array>

namespace spoc::parser {
namespace {

struct Moment {
  int year = -1, month = -1, day = -1;
  int hour = -1, minute = 0, second = 0;
  int zone = 0;  // minutes east of Greenwich
  bool after_noon = false, before_noon = false;
};

std::optional<int> number_in(std::string_view text) {
  if (text.empty() || text.size() > 9) return std::nullopt;
  int value = 0;
  for (char c : text) {
    if (!is_digit(c)) return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

// RFC 5322 4.3: two digits below 50 are of this century, three digits count from 1900.
int whole_year(int year, std::size_t digits) {
  if (digits >= 4 || year >= 1000) return year;
  return digits == 2 && year < 50 ? year + 2000 : year + 1900;
}

std::optional<int> month_named(std::string_view word) {
  constexpr std::string_view names = "janfebmaraprmayjunjulaugsepoctnovdec";
  if (word.size() < 3) return std::nullopt;
  auto const at = names.find(lowered(word.substr(0, 3)));
  if (at == std::string_view::npos || at % 3 != 0) return std::nullopt;
  return static_cast<int>(at / 3) + 1;
}

std::optional<int> zone_named(std::string_view word) {
  struct Zone {
    std::string_view name;
    int hours;
  };
  constexpr std::array<Zone, 18> zones{{{"ut", 0},
                                        {"utc", 0},
                                        {"gmt", 0},
                                        {"z", 0},
                                        {"est", -5},
                                        {"edt", -4},
                                        {"cst", -6},
                                        {"cdt", -5},
                                        {"mst", -7},
                                        {"mdt", -6},
                                        {"pst", -8},
                                        {"pdt", -7},
                                        {"cet", 1},
                                        {"cest", 2},
                                        {"met", 1},
                                        {"mest", 2},
                                        {"bst", 1},
                                        {"jst", 9}}};
  for (Zone const& zone : zones)
    if (same_letters(zone.name, word)) return zone.hours * 60;
  return std::nullopt;
}

// "+0100", "-05:30", "+1", also glued to a name as in "GMT+0200".
std::optional<int> zone_offset(std::string_view word) {
  if (word.empty() || (word.front() != '+' && word.front() != '-')) return std::nullopt;
  std::string digits;
  for (char c : word.substr(1))
    if (c != ':') digits += c;
  auto const value = number_in(digits);
  if (!value || digits.size() > 4) return std::nullopt;
  int const minutes = digits.size() <= 2 ? *value * 60 : *value / 100 * 60 + *value % 100;
  if (minutes > 24 * 60) return std::nullopt;
  return word.front() == '-' ? -minutes : minutes;
}

bool read_clock(std::string_view word, Moment& out) {
  if (out.hour >= 0 || !holds(word, ":")) return false;
  std::array<int, 3> parts{0, 0, 0};
  std::size_t count = 0;
  while (count < 3) {
    auto const end = word.find_first_of(":.");
    auto const value = number_in(word.substr(0, end));
    if (!value || *value > 60) return false;
    parts[count++] = *value;
    if (end == std::string_view::npos) break;
    bool const fraction = word[end] == '.' && count == 3;
    word.remove_prefix(end + 1);
    if (fraction) break;
  }
  if (count < 2) return false;
  out.hour = parts[0];
  out.minute = parts[1];
  out.second = parts[2];
  return true;
}

// "2026-11-21", "21-Nov-2026", "21/Nov/2026"
bool read_joined_date(std::string_view word, Moment& out) {
  auto const first = word.find_first_of("-/");
  auto const second = first == std::string_view::npos ? first : word.find_first_of("-/", first + 1);
  if (second == std::string_view::npos || first == 0) return false;
  std::string_view const a = word.substr(0, first), b = word.substr(first + 1, second - first - 1),
                         c = word.substr(second + 1);
  auto const left = number_in(a), right = number_in(c);
  auto const month = month_named(b) ? month_named(b) : number_in(b);
  if (!left || !right || !month) return false;
  bool const year_first = a.size() == 4;
  out.year = year_first ? *left : whole_year(*right, c.size());
  out.month = *month;
  out.day = year_first ? *right : *left;
  return true;
}

void read_number(std::string_view word, Moment& out) {
  auto const value = number_in(word);
  if (!value) return;
  if (out.day < 0 && word.size() <= 2)
    out.day = *value;
  else if (out.year < 0)
    out.year = whole_year(*value, word.size());
}

void read_word(std::string_view word, Moment& out) {
  if (word.empty()) return;
  if (auto const end = word.find('T');
      word.size() > 15 && end == 10 && read_joined_date(word.substr(0, 10), out)) {
    std::string_view clock = word.substr(11);
    auto const zone = clock.find_first_of("+-Z");
    read_clock(clock.substr(0, zone), out);
    if (zone != std::string_view::npos) out.zone = zone_offset(clock.substr(zone)).value_or(0);
    return;
  }
  if (read_clock(word, out)) return;
  if (auto const offset = zone_offset(word); offset && out.hour >= 0) {
    out.zone = *offset;
  } else if (is_digit(word.front())) {
    if (!read_joined_date(word, out)) read_number(word, out);
  } else if (auto const month = month_named(word); month && out.month < 0) {
    out.month = *month;
  } else if (auto const zone = zone_named(word); zone && out.hour >= 0) {
    out.zone = *zone;
  } else if (auto const sign = word.find_first_of("+-");
             sign != std::string_view::npos && sign != 0 && out.hour >= 0) {
    out.zone = zone_offset(word.substr(sign)).value_or(out.zone);
  }
  out.after_noon = out.after_noon || same_letters(word, "pm");
  out.before_noon = out.before_noon || same_letters(word, "am");
}

}  // namespace

std::optional<desk::Time> read_date(std::string_view value) {
  Moment moment;
  std::size_t words = 0;
  int depth = 0;
  for (std::size_t at = 0; at < value.size() && words < 20;) {
    char const c = value[at];
    if (c == '(') ++depth;
    if (c == ')' && depth > 0) --depth;
    if (depth > 0 || is_blank(c) || c == ',' || c == ')') {
      ++at;
      continue;
    }
    std::size_t const end = std::min(value.find_first_of(" \t\r\n,()", at), value.size());
    read_word(value.substr(at, end - at), moment);
    ++words;
    at = end;
  }
  if (moment.after_noon && moment.hour >= 0 && moment.hour < 12) moment.hour += 12;
  if (moment.before_noon && moment.hour == 12) moment.hour = 0;
  std::chrono::year_month_day const day{std::chrono::year{moment.year},
                                        std::chrono::month{static_cast<unsigned>(std::max(moment.month, 0))},
                                        std::chrono::day{static_cast<unsigned>(std::max(moment.day, 0))}};
  if (moment.year < 1900 || moment.year > 9999 || !day.ok() || moment.hour > 24) return std::nullopt;
  return desk::Time{std::chrono::sys_days{day}} + std::chrono::hours{std::max(moment.hour, 0)} +
         std::chrono::minutes{moment.minute} + std::chrono::seconds{moment.second} -
         std::chrono::minutes{moment.zone};
}

}  // namespace spoc::parser
