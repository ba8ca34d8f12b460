// SPDX-License-Identifier: GPL-3.0-or-later
// Spans, clocks and days, in the words of four languages.
#include "desk/read_when.hpp"

#include "desk/lower.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace spoc::desk {
namespace {

using std::chrono::days;
using std::chrono::minutes;

constexpr Duration farthest = days{3653};

constexpr std::array<std::pair<std::string_view, minutes>, 18> units{{{"m", minutes{1}},
                                                                      {"min", minutes{1}},
                                                                      {"分", minutes{1}},
                                                                      {"分钟", minutes{1}},
                                                                      {"分鐘", minutes{1}},
                                                                      {"h", minutes{60}},
                                                                      {"t", minutes{60}},
                                                                      {"小时", minutes{60}},
                                                                      {"小時", minutes{60}},
                                                                      {"d", days{1}},
                                                                      {"天", days{1}},
                                                                      {"w", days{7}},
                                                                      {"u", days{7}},
                                                                      {"周", days{7}},
                                                                      {"週", days{7}},
                                                                      {"hours", minutes{60}},
                                                                      {"days", days{1}},
                                                                      {"weeks", days{7}}}};

constexpr std::array<std::pair<std::string_view, int>, 14> near_days{{{"today", 0},
                                                                      {"idag", 0},
                                                                      {"i dag", 0},
                                                                      {"今天", 0},
                                                                      {"今日", 0},
                                                                      {"tomorrow", 1},
                                                                      {"imorgen", 1},
                                                                      {"i morgen", 1},
                                                                      {"明天", 1},
                                                                      {"明日", 1},
                                                                      {"i overmorgen", 2},
                                                                      {"overmorgen", 2},
                                                                      {"后天", 2},
                                                                      {"後天", 2}}};

constexpr std::array<std::string_view, 7> english{"sunday",   "monday", "tuesday", "wednesday",
                                                  "thursday", "friday", "saturday"};
constexpr std::array<std::string_view, 7> norwegian{"søndag",  "mandag", "tirsdag", "onsdag",
                                                    "torsdag", "fredag", "lørdag"};
constexpr std::array<std::string_view, 7> chinese_ahead{"日", "一", "二", "三", "四", "五", "六"};

/// Words that may stand before a clock or a day.
constexpr std::array<std::string_view, 6> fillers{"at", "on", "in", "kl", "på", "om"};

/// The text from its front on.
class WhenReader {
 public:
  explicit WhenReader(std::string_view text) : text_{text} { skip(); }

  std::string_view rest() const { return text_; }
  std::string_view word() const { return text_.substr(0, text_.find_first_of(" \t\n")); }
  void take(std::size_t size) {
    text_.remove_prefix(std::min(size, text_.size()));
    skip();
  }
  /// True where one says that a time of the day follows.
  bool take_fillers() {
    bool clock = false;
    for (std::string one = plain(); std::find(fillers.begin(), fillers.end(), one) != fillers.end();
         one = plain()) {
      clock = clock || one == "kl";
      take(word().size());
    }
    return clock;
  }
  /// The next word in lower case, without a mark at its end.
  std::string plain() const {
    std::string out = lower(word());
    while (!out.empty() && (out.back() == '.' || out.back() == ',' || out.back() == ':')) out.pop_back();
    return out;
  }

 private:
  void skip() {
    auto const at = text_.find_first_not_of(" \t\n");
    text_.remove_prefix(at == std::string_view::npos ? text_.size() : at);
  }
  std::string_view text_;
};

/// A number of one to `most` digits at the front, which is taken off.
std::optional<int> take_number(std::string_view& text, std::size_t most) {
  std::size_t size = 0;
  int value = 0;
  for (; size < text.size() && size < most && text[size] >= '0' && text[size] <= '9'; ++size)
    value = value * 10 + (text[size] - '0');
  if (size == 0) return std::nullopt;
  text.remove_prefix(size);
  return value;
}

bool take_mark(std::string_view& text, char mark) {
  if (!text.starts_with(mark)) return false;
  text.remove_prefix(1);
  return true;
}

/// "14:00", "9:05": the minute of the day. With a dot it may be a date as well: "14.00" counts where
/// `dotted`.
std::optional<int> clock_in(std::string_view word, bool dotted) {
  auto const hour = take_number(word, 2);
  bool const parted = take_mark(word, ':') || (dotted && take_mark(word, '.'));
  if (!hour || !parted || word.size() < 2) return std::nullopt;
  auto const minute = take_number(word, 2);
  if (!minute || *hour > 23 || *minute > 59) return std::nullopt;
  bool const ends = word.empty() || word == "." || word == "," || word == ":";
  return ends ? std::optional{*hour * 60 + *minute} : std::nullopt;
}

std::optional<minutes> span_in(std::string_view word) {
  auto const count = take_number(word, 5);
  if (!count) return std::nullopt;
  std::string const unit = lower(word);
  for (auto const& [name, length] : units)
    if (unit == name) return length * *count;
  return std::nullopt;
}

std::optional<int> weekday_in(std::string const& word) {
  for (std::string_view const prefix : {"星期", "周", "週", "礼拜", "禮拜"}) {
    if (!word.starts_with(prefix)) continue;
    std::string_view const day = std::string_view{word}.substr(prefix.size());
    auto const found = std::find(chinese_ahead.begin(), chinese_ahead.end(), day == "天" ? "日" : day);
    if (found != chinese_ahead.end()) return static_cast<int>(found - chinese_ahead.begin());
  }
  constexpr std::size_t shortest = 3;
  for (auto const* names : {&english, &norwegian})
    for (std::size_t day = 0; day < names->size(); ++day)
      if (word.size() >= shortest && names->at(day).starts_with(word)) return static_cast<int>(day);
  return std::nullopt;
}

/// "2026-12-01", "1.12.2026", "1.12." (the next one).
std::optional<std::chrono::local_days> date_in(std::string_view word, std::chrono::local_days today) {
  using namespace std::chrono;
  auto const first = take_number(word, 4);
  if (!first) return std::nullopt;
  bool const by_year = *first > 31 && take_mark(word, '-');
  if (!by_year && !take_mark(word, '.')) return std::nullopt;
  auto const second = take_number(word, 2);
  if (!second || (by_year && !take_mark(word, '-'))) return std::nullopt;
  if (!by_year) take_mark(word, '.');
  auto const third = take_number(word, by_year ? 2 : 4);
  if (!word.empty() || (by_year && !third)) return std::nullopt;
  int const own_year = static_cast<int>(year_month_day{today}.year());
  int const written = by_year ? *first : third.value_or(own_year);
  year_month_day date{year{written}, month{static_cast<unsigned>(*second)},
                      day{static_cast<unsigned>(by_year ? *third : *first)}};
  if (!by_year && !third && date.ok() && local_days{date} < today) date += years{1};
  return date.ok() ? std::optional{local_days{date}} : std::nullopt;
}

struct ReadDay {
  std::chrono::local_days date;
  bool weekly = false;  ///< one that has passed means the next week's
};

std::optional<ReadDay> take_day(WhenReader& reader, std::chrono::local_days today) {
  std::string const rest = lower(reader.rest().substr(0, 40));
  for (auto const& [name, ahead] : near_days) {
    bool const ends =
        rest.size() == name.size() || rest.find_first_of(" \t\n,.:", name.size()) == name.size();
    if (!rest.starts_with(name) || !ends) continue;
    if (name.find(' ') != std::string_view::npos) reader.take(reader.word().size());
    reader.take(reader.word().size());
    return ReadDay{today + days{ahead}};
  }
  std::optional<ReadDay> found;
  if (auto const weekday = weekday_in(reader.plain())) {
    int const now = static_cast<int>(std::chrono::weekday{today}.c_encoding());
    found = ReadDay{today + days{(*weekday - now + 7) % 7}, true};
  } else if (auto const date = date_in(reader.word(), today)) {
    found = ReadDay{*date};
  }
  if (found) reader.take(reader.word().size());
  return found;
}

}  // namespace

std::optional<When> read_when(std::string_view text, Time now, Zone const& zone, int usual) {
  WhenReader reader{text};
  bool const says_clock = reader.take_fillers();
  Local const here = zone.local(now);
  auto const today = std::chrono::floor<days>(here);
  auto const made = [&](Time at) -> std::optional<When> {
    if (at - now > farthest) return std::nullopt;
    return When{at, std::string{reader.rest()}};
  };
  if (auto const span = span_in(reader.word())) {
    reader.take(reader.word().size());
    // Three days from now is the same hour, whatever the clocks do meanwhile.
    bool const whole_days = *span % days{1} == minutes{0};
    return made(whole_days ? zone.first(here + *span) : now + *span);
  }
  if (auto const clock = clock_in(reader.word(), says_clock)) {
    reader.take(reader.word().size());
    Local const wall = today + minutes{*clock};
    return made(zone.first(wall > here ? wall : wall + days{1}));
  }
  auto const day = take_day(reader, today);
  if (!day) return std::nullopt;
  reader.take_fillers();
  auto const clock = clock_in(reader.word(), true);
  if (clock) reader.take(reader.word().size());
  Local wall = day->date + minutes{clock.value_or(usual)};
  if (day->weekly && wall <= here) wall += days{7};
  return made(zone.first(wall));
}

}  // namespace spoc::desk
