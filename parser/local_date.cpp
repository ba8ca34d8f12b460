// SPDX-License-Identifier: GPL-3.0-or-later
// Looks for a year, a month, a day and a clock among the numbers and words of a line.
#include "parser/local_date.hpp"

#include "parser/ascii.hpp"
#include "parser/fold_words.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace spoc::parser {
namespace {

struct Month {
  std::string_view word;
  int number;
};

// How the months begin, folded. The longer of two that begin alike stands first.
constexpr std::array<Month, 57> months{{
    {"jan", 1},   {"gen", 1}, {"ene", 1},     {"янв", 1},  {"sty", 1},  {"led", 1},  {"oca", 1},
    {"tammi", 1}, {"feb", 2}, {"fév", 2},     {"fev", 2},  {"фев", 2},  {"lut", 2},  {"úno", 2},
    {"helmi", 2}, {"şub", 2}, {"marras", 11}, {"mar", 3},  {"mär", 3},  {"maa", 3},  {"мар", 3},
    {"bře", 3},   {"apr", 4}, {"avr", 4},     {"abr", 4},  {"апр", 4},  {"kwi", 4},  {"dub", 4},
    {"huhti", 4}, {"nis", 4}, {"may", 5},     {"mai", 5},  {"maj", 5},  {"mag", 5},  {"mei", 5},
    {"мая", 5},   {"май", 5}, {"jun", 6},     {"juin", 6}, {"giu", 6},  {"июн", 6},  {"juil", 7},
    {"jul", 7},   {"lug", 7}, {"июл", 7},     {"aug", 8},  {"aoû", 8},  {"ago", 8},  {"авг", 8},
    {"sep", 9},   {"set", 9}, {"сен", 9},     {"okt", 10}, {"oct", 10}, {"ott", 10}, {"out", 10},
    {"окт", 10},
}};
constexpr std::array<Month, 8> late_months{
    {{"nov", 11}, {"ноя", 11}, {"des", 12}, {"dec", 12}, {"déc", 12}, {"dez", 12}, {"dic", 12}, {"дек", 12}}};

/// A number with what stands between it and the next one.
struct Number {
  int value = 0;
  std::size_t digits = 0;
  std::string_view before, after;
};

struct FoundDate {
  int year = 0, month = 0, day = 0, hour = -1, minute = 0, second = 0, zone = 0;
};

std::vector<Number> numbers_in(std::string_view text) {
  std::vector<Number> out;
  std::size_t end = 0;
  for (std::size_t at = 0; at < text.size() && out.size() < 16;) {
    if (!is_digit(text[at])) {
      ++at;
      continue;
    }
    Number one;
    one.before = text.substr(end, at - end);
    for (; at < text.size() && is_digit(text[at]) && one.digits < 9; ++at, ++one.digits)
      one.value = one.value * 10 + (text[at] - '0');
    end = at;
    if (!out.empty()) out.back().after = one.before;
    out.push_back(one);
  }
  if (!out.empty()) out.back().after = text.substr(end);
  return out;
}

int month_in(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    std::size_t const end = std::min(text.find_first_of(" .,", at), text.size());
    std::string_view const word = text.substr(at, end - at);
    for (Month const& one : months)
      if (word.starts_with(one.word)) return one.number;
    for (Month const& one : late_months)
      if (word.starts_with(one.word)) return one.number;
    at = end + 1;
  }
  return 0;
}

bool says(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return holds(text, word); });
}

class DateReader {
 public:
  explicit DateReader(std::string_view folded) : text_(folded), numbers_(numbers_in(folded)) {}

  std::optional<desk::Time> read() {
    if (!read_day()) return std::nullopt;
    read_clock();
    std::chrono::year_month_day const day{std::chrono::year{found_.year},
                                          std::chrono::month{static_cast<unsigned>(found_.month)},
                                          std::chrono::day{static_cast<unsigned>(found_.day)}};
    bool const clock = found_.hour <= 24 && found_.minute < 60 && found_.second <= 60;
    if (!day.ok() || found_.year < 1970 || !clock) return std::nullopt;
    return desk::Time{std::chrono::sys_days{day}} + std::chrono::hours{std::max(found_.hour, 0)} +
           std::chrono::minutes{found_.minute - found_.zone} + std::chrono::seconds{found_.second};
  }

 private:
  bool afternoon() const {
    return says(text_, {" pm", " p.m", "下午", "晚上", "午後", "오후", "pm "}) || ends("pm");
  }
  bool forenoon() const { return says(text_, {" am", " a.m", "上午", "凌晨", "午前", "오전"}) || ends("am"); }
  bool ends(std::string_view word) const { return text_.ends_with(word); }

  bool take(int year, int month, int day, std::size_t next) {
    found_.year = year < 100 ? year + 2000 : year;
    found_.month = month;
    found_.day = day;
    clock_from_ = next;
    return month >= 1 && month <= 12;
  }

  // "2026-11-23", "2026年11月23日", "23.11.2026", "11/23/2026"
  bool read_joined() {
    for (std::size_t i = 0; i + 2 < numbers_.size(); ++i) {
      Number const &a = numbers_[i], &b = numbers_[i + 1], &c = numbers_[i + 2];
      std::string_view const one = trimmed(a.after), two = trimmed(b.after);
      if (a.digits == 4 && (one == "年" || one == "년") && (two == "月" || two == "월"))
        return take(a.value, b.value, c.value, i + 3);
      bool const joined = one == two && (one == "-" || one == "/" || one == ".");
      if (joined && a.digits == 4) return take(a.value, b.value, c.value, i + 3);
      if (!joined || c.digits != 4) continue;
      if (one == "." || a.value > 12 || a.value == b.value) return take(c.value, b.value, a.value, i + 3);
      // Only America writes the month first, and it writes twelve hours.
      if (b.value > 12 || afternoon() || forenoon()) return take(c.value, a.value, b.value, i + 3);
      return false;
    }
    return false;
  }

  // "23. november 2026", "November 23, 2026", "le 23 nov. 2026"
  bool read_worded() {
    for (std::size_t i = 0; i + 1 < numbers_.size(); ++i) {
      Number const &a = numbers_[i], &b = numbers_[i + 1];
      if (a.digits > 2 || b.digits != 4) continue;
      int const between = month_in(a.after), before = month_in(a.before);
      if (between != 0 || before != 0) return take(b.value, between != 0 ? between : before, a.value, i + 2);
    }
    return false;
  }

  bool read_day() { return read_joined() || read_worded(); }

  // "10:14", "10:14:05", "kl. 10.14"
  void read_clock() {
    for (std::size_t i = clock_from_; i + 1 < numbers_.size(); ++i) {
      Number const &a = numbers_[i], &b = numbers_[i + 1];
      if ((a.after != ":" && a.after != ".") || a.digits > 2 || b.digits != 2) continue;
      found_.hour = a.value;
      found_.minute = b.value;
      std::size_t last = i + 1;
      if (b.after == a.after && i + 2 < numbers_.size() && numbers_[i + 2].digits == 2)
        found_.second = numbers_[++last].value;
      if (afternoon() && found_.hour < 12) found_.hour += 12;
      if (forenoon() && found_.hour == 12) found_.hour = 0;
      return read_zone(last + 1);
    }
  }

  // "+0100", "GMT+08:00", "(UTC+1)"
  void read_zone(std::size_t i) {
    if (i >= numbers_.size()) return read_zone_name(numbers_.back().after);
    Number const& one = numbers_[i];
    bool const plus = one.before.ends_with('+');
    bool const named = says(one.before, {"gmt", "utc"});
    if (!plus && !(one.before.ends_with('-') && (named || one.digits == 4))) return;
    bool const pair = one.digits <= 2 && one.after == ":" && i + 1 < numbers_.size();
    int const minutes = one.digits == 4 ? one.value / 100 * 60 + one.value % 100
                                        : one.value * 60 + (pair ? numbers_[i + 1].value : 0);
    if (minutes <= 14 * 60) found_.zone = plus ? minutes : -minutes;
  }

  void read_zone_name(std::string_view rest) {
    struct Zone {
      std::string_view name;
      int hours;
    };
    constexpr std::array<Zone, 12> zones{{{"cest", 2},
                                          {"cet", 1},
                                          {"est", -5},
                                          {"edt", -4},
                                          {"cst", -6},
                                          {"cdt", -5},
                                          {"mst", -7},
                                          {"mdt", -6},
                                          {"pst", -8},
                                          {"pdt", -7},
                                          {"bst", 1},
                                          {"jst", 9}}};
    auto const last = rest.find_last_of(" (");
    std::string_view word = last == std::string_view::npos ? rest : rest.substr(last + 1);
    while (word.ends_with(')')) word.remove_suffix(1);
    for (Zone const& zone : zones)
      if (word == zone.name) found_.zone = zone.hours * 60;
  }

  std::string_view text_;
  std::vector<Number> numbers_;
  FoundDate found_;
  std::size_t clock_from_ = 0;
};

}  // namespace

std::optional<desk::Time> read_local_date(std::string_view text) {
  std::string const words = folded(text.substr(0, 200));
  return DateReader(words).read();
}

}  // namespace spoc::parser
