// SPDX-License-Identifier: GPL-3.0-or-later
// Opening hours of the chat.
#include "daemon/chat_hours.hpp"

#include <algorithm>
#include <array>
#include <ctime>

namespace spoc::daemon {
namespace {

constexpr int day = 24 * 60;
constexpr std::array<std::string_view, 7> days{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

std::optional<int> day_named(std::string_view word) {
  auto const found = std::find(days.begin(), days.end(), word);
  return found == days.end() ? std::nullopt : std::optional{static_cast<int>(found - days.begin())};
}

/// "08:30"; "24:00" is the end of the day.
std::optional<int> minute_of(std::string_view text) {
  auto const digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9' ? text[i] - '0' : 100; };
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  int const hour = digit(0) * 10 + digit(1);
  int const minute = digit(3) * 10 + digit(4);
  if (hour > 24 || minute > 59 || (hour == 24 && minute > 0)) return std::nullopt;
  return hour * 60 + minute;
}

std::optional<std::vector<Span>> spans_of(std::string_view line) {
  auto const blank = line.find(' ');
  if (blank == std::string_view::npos) return std::nullopt;
  std::string_view const which = line.substr(0, blank);
  std::string_view const when = line.substr(blank + 1);
  auto const first = day_named(which.substr(0, 3));
  auto const last = which.size() == 7 && which[3] == '-' ? day_named(which.substr(4)) : first;
  if (when.size() != 11 || when[5] != '-' || (which.size() != 3 && which.size() != 7)) return std::nullopt;
  auto const from = minute_of(when.substr(0, 5));
  auto const to = minute_of(when.substr(6));
  if (!first || !last || !from || !to || *last < *first || *to == *from) return std::nullopt;
  std::vector<Span> out;
  for (int one = *first; one <= *last; ++one) {
    bool const overnight = *to < *from;
    out.push_back({one * day + *from, one * day + (overnight ? day : *to)});
    int const next = (one + 1) % static_cast<int>(days.size());
    if (overnight && *to > 0) out.push_back({next * day, next * day + *to});
  }
  return out;
}

std::tm local(desk::Time now) {
  std::time_t const seconds = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
  std::tm parts{};
  ::localtime_r(&seconds, &parts);
  return parts;
}

int minute_of_week(std::tm const& parts) {
  return (parts.tm_wday + 6) % 7 * day + parts.tm_hour * 60 + parts.tm_min;
}

}  // namespace

Result<std::vector<Span>> read_hours(std::vector<std::string> const& lines) {
  std::vector<Span> out;
  for (std::string const& line : lines) {
    auto const spans = spans_of(line);
    if (!spans) return Error{Kind::unreadable, "\"" + line + "\" is no span such as \"mon-fri 08:00-16:00\""};
    out.insert(out.end(), spans->begin(), spans->end());
  }
  std::sort(out.begin(), out.end(), [](Span const& a, Span const& b) { return a.from < b.from; });
  return out;
}

bool is_open(std::vector<Span> const& spans, desk::Time now) {
  int const minute = minute_of_week(local(now));
  return spans.empty() || std::any_of(spans.begin(), spans.end(),
                                      [&](Span const& one) { return one.from <= minute && minute < one.to; });
}

std::optional<desk::Time> opens_next(std::vector<Span> const& spans, desk::Time now) {
  if (spans.empty() || is_open(spans, now)) return std::nullopt;
  std::tm parts = local(now);
  int const minute = minute_of_week(parts);
  auto const next =
      std::find_if(spans.begin(), spans.end(), [&](Span const& one) { return one.from > minute; });
  int const wait = next != spans.end() ? next->from - minute : spans.front().from + 7 * day - minute;
  // mktime() counts in local time, so a change of the clock on the way is no matter.
  parts.tm_min += wait;
  parts.tm_sec = 0;
  parts.tm_isdst = -1;
  return desk::Time{std::chrono::seconds{std::mktime(&parts)}};
}

}  // namespace spoc::daemon
