// SPDX-License-Identifier: GPL-3.0-or-later
// The words for being in, out and away, and for the days at which people come back.
#include "desk/presence.hpp"

#include "desk/people.hpp"
#include "desk/words.hpp"

#include <array>
#include <vector>

namespace spoc::desk {
namespace {

constexpr Words<Whereabouts, 3> places{
    {{Whereabouts::in, "in"}, {Whereabouts::out, "out"}, {Whereabouts::away, "away"}}};

/// Sunday first, as std::chrono counts.
constexpr std::array<std::array<std::string_view, 7>, 7> week{{
    {"sunday", "sun", "søndag", "周日", "星期日", "週日", "星期天"},
    {"monday", "mon", "mandag", "周一", "星期一", "週一", "礼拜一"},
    {"tuesday", "tue", "tirsdag", "周二", "星期二", "週二", "礼拜二"},
    {"wednesday", "wed", "onsdag", "周三", "星期三", "週三", "礼拜三"},
    {"thursday", "thu", "torsdag", "周四", "星期四", "週四", "礼拜四"},
    {"friday", "fri", "fredag", "周五", "星期五", "週五", "礼拜五"},
    {"saturday", "sat", "lørdag", "周六", "星期六", "週六", "礼拜六"},
}};

std::string_view without_until(std::string_view text) {
  for (std::string_view const word : {"until ", "till ", "til ", "直到", "到", "至"})
    if (text.starts_with(word)) text.remove_prefix(word.size());
  while (text.starts_with(' ')) text.remove_prefix(1);
  return text;
}

/// The whole numbers in a text that has nothing but them and what parts the numbers of a date.
std::vector<int> clock_numbers(std::string_view text) {
  std::vector<int> out;
  bool within = false;
  while (!text.empty()) {
    char const c = text.front();
    if (c >= '0' && c <= '9') {
      if (!within) out.push_back(0);
      if (out.back() > 9999) return {};
      out.back() = out.back() * 10 + (c - '0');
      within = true;
      text.remove_prefix(1);
      continue;
    }
    within = false;
    std::size_t width = 0;
    for (std::string_view const sign : {"-", ".", "/", " ", "年", "月", "日", "號", "号"})
      if (text.starts_with(sign)) width = sign.size();
    if (width == 0) return {};
    text.remove_prefix(width);
  }
  return out;
}

/// The first moment of a day, by the clock of whoever names it.
std::optional<Time> begin_of(int year, int month, int day, Zone const& zone) {
  std::chrono::year_month_day const date{std::chrono::year{year},
                                         std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(day)}};
  if (month < 1 || day < 1 || !date.ok()) return std::nullopt;
  return zone.first(Local{std::chrono::local_days{date}});
}

/// Year first with three numbers, or the European way round; with two numbers the next such day.
std::optional<Time> date_in(std::string_view text, Time now, Zone const& zone) {
  auto const all = clock_numbers(text);
  if (all.size() == 3 && all[0] > 31) return begin_of(all[0], all[1], all[2], zone);
  if (all.size() == 3 && text.find('.') != std::string_view::npos)
    return begin_of(all[2], all[1], all[0], zone);
  if (all.size() != 2) return std::nullopt;
  bool const chinese = text.find("月") != std::string_view::npos;
  if (!chinese && text.find('.') == std::string_view::npos) return std::nullopt;
  int const month = all[chinese ? 0 : 1], day = all[chinese ? 1 : 0];
  std::chrono::year_month_day const today{std::chrono::floor<std::chrono::days>(zone.local(now))};
  int const year = static_cast<int>(today.year());
  auto const this_year = begin_of(year, month, day, zone);
  // Lately gone by is a mistake, long gone by is next year.
  bool const next = this_year && now - *this_year > std::chrono::days{90};
  return next ? begin_of(year + 1, month, day, zone) : this_year;
}

std::optional<Time> weekday_in(std::string_view text, Time now, Zone const& zone) {
  auto const today = std::chrono::floor<std::chrono::days>(zone.local(now));
  for (std::string_view const word : {"tomorrow", "i morgen", "明天"})
    if (text == word) return zone.first(Local{today + std::chrono::days{1}});
  for (unsigned day = 0; day < week.size(); ++day)
    for (std::string_view const word : week.at(day))
      if (text == word) {
        auto const wait = std::chrono::weekday{day} - std::chrono::weekday{today};
        return zone.first(Local{today + (wait == std::chrono::days{0} ? std::chrono::days{7} : wait)});
      }
  return std::nullopt;
}

}  // namespace

std::string_view name(Whereabouts where) { return word_for(places, where); }
std::optional<Whereabouts> whereabouts_named(std::string_view word) { return value_for(places, word); }

bool is_absent(Presences const& presences, std::string_view handle, Time now) {
  auto const found = presences.find(handle);
  if (found == presences.end() || found->second.where == Whereabouts::in) return false;
  return !found->second.until || *found->second.until > now;
}

bool works_overtime(Presences const& presences, std::string_view handle, Time now) {
  auto const found = presences.find(handle);
  return found != presences.end() && found->second.where == Whereabouts::in && found->second.until &&
         *found->second.until > now;
}

std::optional<Time> day_named(std::string_view text, Time now, Zone const& zone) {
  std::string const wanted = normal(text);
  std::string_view const day = without_until(wanted);
  auto const found = weekday_in(day, now, zone);
  auto const moment = found ? found : date_in(day, now, zone);
  return moment && *moment > now ? moment : std::nullopt;
}

}  // namespace spoc::desk
