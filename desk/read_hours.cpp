// SPDX-License-Identifier: GPL-3.0-or-later
// Reads weekly hours and holidays as people write them into the configuration.
#include "desk/calendar.hpp"
#include "desk/people.hpp"

#include <algorithm>

namespace spoc::desk {
namespace {

using Week = std::array<std::vector<Hours>, 7>;
constexpr int whole_day = 24 * 60;
constexpr std::array<std::string_view, 7> day_names{"sunday",   "monday", "tuesday", "wednesday",
                                                    "thursday", "friday", "saturday"};

std::vector<std::string> split(std::string_view text, std::string_view by) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at <= text.size();) {
    std::size_t const end = std::min(text.find_first_of(by, at), text.size());
    if (end > at) out.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

std::optional<int> number(std::string_view text, std::size_t digits) {
  if (text.size() != digits) return std::nullopt;
  int value = 0;
  for (char const c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

std::optional<std::size_t> day_named(std::string_view word) {
  auto const found = std::find_if(day_names.begin(), day_names.end(),
                                  [&](std::string_view day) { return day.starts_with(word); });
  if (word.size() < 3 || found == day_names.end()) return std::nullopt;
  return static_cast<std::size_t>(found - day_names.begin());
}

/// "mon-thu,sat": which days.
std::optional<std::vector<std::size_t>> read_days(std::string_view text) {
  std::vector<std::size_t> out;
  for (std::string const& part : split(text, ",")) {
    std::size_t const dash = part.find('-');
    auto const first = day_named(std::string_view{part}.substr(0, dash));
    auto const last = dash == std::string::npos ? first : day_named(std::string_view{part}.substr(dash + 1));
    if (!first || !last) return std::nullopt;
    for (std::size_t day = *first;; day = (day + 1) % day_names.size()) {
      out.push_back(day);
      if (day == *last) break;
    }
  }
  return out;
}

/// "08:30"; "24:00" is the end of the day.
std::optional<int> read_clock(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  auto const hour = number(text.substr(0, 2), 2), minute = number(text.substr(3), 2);
  if (!hour || !minute || *minute > 59 || *hour * 60 + *minute > whole_day) return std::nullopt;
  return *hour * 60 + *minute;
}

std::optional<Hours> read_interval(std::string_view text) {
  std::size_t const dash = text.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  auto const from = read_clock(text.substr(0, dash)), to = read_clock(text.substr(dash + 1));
  if (!from || !to || *from == *to || *from == whole_day) return std::nullopt;
  return Hours{*from, *to};
}

/// Hours that end before they begin run into the next day.
void add(Week& week, std::size_t day, Hours hours) {
  if (hours.to > hours.from) {
    week[day].push_back(hours);
    return;
  }
  week[day].push_back({hours.from, whole_day});
  if (hours.to > 0) week[(day + 1) % day_names.size()].push_back({0, hours.to});
}

/// "" or what is wrong.
std::string read_line(Week& week, std::string const& line) {
  std::string const text = normal(line);
  if (text == "always") {
    for (auto& day : week) day.push_back(Hours{});
    return "";
  }
  std::vector<std::string> const words = split(text, " \t");
  auto const which = words.empty() ? std::nullopt : read_days(words.front());
  if (!which || which->empty()) return "\"" + line + "\" does not begin with days like Mon-Fri or Sat,Sun";
  if (words.size() < 2) return "\"" + line + "\" says no hours like 08:00-16:00";
  for (std::size_t i = 1; i < words.size(); ++i) {
    std::string const& word = words[i];
    auto const hours = read_interval(word.back() == ',' ? word.substr(0, word.size() - 1) : word);
    if (!hours) return "\"" + words[i] + "\" is no interval like 08:00-16:00";
    for (std::size_t const day : *which) add(week, day, *hours);
  }
  return "";
}

}  // namespace

Result<Week> read_hours(std::vector<std::string> const& lines) {
  Week week;
  for (std::string const& line : lines)
    if (std::string fault = read_line(week, line); !fault.empty())
      return Error{Kind::unreadable, std::move(fault)};
  bool any = false;
  for (auto& day : week) {
    std::sort(day.begin(), day.end(), [](Hours const& a, Hours const& b) { return a.from < b.from; });
    for (std::size_t i = 1; i < day.size(); ++i)
      if (day[i].from < day[i - 1].to)
        return Error{Kind::unreadable, "two of its intervals lap over each other"};
    any = any || !day.empty();
  }
  if (!any) return Error{Kind::unreadable, "holds no hours: it would never be open"};
  return week;
}

std::optional<Holiday> read_holiday(std::string_view text) {
  Holiday out;
  if (text.size() == 10 && text[4] == '-') {
    auto const year = number(text.substr(0, 4), 4);
    if (!year) return std::nullopt;
    out.year = std::chrono::year{*year};
    text.remove_prefix(5);
  }
  if (text.size() != 5 || text[2] != '-') return std::nullopt;
  auto const month = number(text.substr(0, 2), 2), day = number(text.substr(3), 2);
  if (!month || !day) return std::nullopt;
  out.day = std::chrono::month_day{std::chrono::month{static_cast<unsigned>(*month)},
                                   std::chrono::day{static_cast<unsigned>(*day)}};
  if (!out.day.ok() || (out.year && !(*out.year / out.day).ok())) return std::nullopt;
  return out;
}

}  // namespace spoc::desk
