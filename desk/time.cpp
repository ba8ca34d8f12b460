// SPDX-License-Identifier: GPL-3.0-or-later
// Moments to RFC 3339 text and back.
#include "desk/time.hpp"

#include <array>
#include <cstdio>

namespace spoc::desk {
namespace {

std::optional<int> digits(std::string_view text, std::size_t at, std::size_t count) {
  int value = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    if (i >= text.size() || text[i] < '0' || text[i] > '9') return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

}  // namespace

std::string iso(Time time) {
  auto const day = std::chrono::floor<std::chrono::days>(time);
  std::chrono::year_month_day const date{day};
  std::chrono::hh_mm_ss const clock{std::chrono::floor<std::chrono::seconds>(time - day)};
  std::array<char, 40> out{};
  std::snprintf(out.data(), out.size(), "%04d-%02u-%02uT%02d:%02d:%02dZ", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()));
  return out.data();
}

std::optional<Time> from_iso(std::string_view text) {
  if (text.size() != 20 || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' ||
      text[16] != ':' || text[19] != 'Z')
    return std::nullopt;
  auto const year = digits(text, 0, 4), month = digits(text, 5, 2), day = digits(text, 8, 2);
  auto const hour = digits(text, 11, 2), minute = digits(text, 14, 2), second = digits(text, 17, 2);
  if (!year || !month || !day || !hour || !minute || !second) return std::nullopt;
  std::chrono::year_month_day const date{std::chrono::year{*year},
                                         std::chrono::month{static_cast<unsigned>(*month)},
                                         std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok() || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
  return Time{std::chrono::sys_days{date}} + std::chrono::hours{*hour} + std::chrono::minutes{*minute} +
         std::chrono::seconds{*second};
}

std::string time_between(Time from, Time to) {
  auto const minutes = std::chrono::duration_cast<std::chrono::minutes>(to - from).count();
  return std::to_string(minutes / 60) + " h " + std::to_string(minutes % 60) + " min";
}

std::int64_t to_number(Time time) { return time.time_since_epoch().count(); }
Time from_number(std::int64_t milliseconds) { return Time{Duration{milliseconds}}; }

}  // namespace spoc::desk
