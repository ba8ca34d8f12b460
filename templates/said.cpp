// SPDX-License-Identifier: GPL-3.0-or-later
// Sentences with moments and statuses in them, in the reader's language and time zone.
#include "desk/phrase.hpp"
#include "templates/letter_words.hpp"
#include "templates/plain_html.hpp"
#include "templates/utf8.hpp"

#include <array>
#include <cstdio>

namespace spoc::templates {
namespace {

std::string clock_of(desk::Local wall) {
  auto const day = std::chrono::floor<std::chrono::days>(wall);
  auto const minutes = std::chrono::floor<std::chrono::minutes>(wall - day).count();
  std::array<char, 16> out{};
  std::snprintf(out.data(), out.size(), "%02d:%02d", static_cast<int>(minutes / 60),
                static_cast<int>(minutes % 60));
  return out.data();
}

/// Where the words for kinds and levels, and for what /undo speaks of.
std::string class_of(std::string const& form) {
  if (form.ends_with(" is as before") || form.ends_with("it stays")) return "field_";
  bool const classed =
      form.starts_with("kind ") || form.starts_with("impact ") || form.starts_with("urgency ");
  return classed ? "class_" : "";
}

}  // namespace

std::string moment(desk::Time time, desk::Zone const& zone) {
  auto const shifted = desk::iso(desk::Time{zone.local(time).time_since_epoch()});
  return shifted.substr(0, 10) + " " + shifted.substr(11, 5) + " " + zone.at(time).abbreviation;
}

std::string near_moment(desk::Time time, LetterFacts const& facts, Phrases const& phrases) {
  constexpr desk::Duration near = std::chrono::days{6};
  if (time - facts.now > near || facts.now - time > near) return moment(time, facts.zone);
  auto const wall = facts.zone.local(time);
  std::chrono::weekday const day{std::chrono::floor<std::chrono::days>(wall)};
  return phrases("weekday_" + std::to_string(day.c_encoding())) + " " + clock_of(wall);
}

std::string said(std::string const& line, LetterFacts const& facts, Phrases const& phrases) {
  auto taken = desk::parts_of(line);
  bool const names_status =
      taken.form.starts_with("status ") || taken.form.ends_with("the ticket is {2}") ||
      taken.form.starts_with("the status of ") || taken.form.starts_with("its status is ") ||
      taken.form.starts_with("the ticket is still ") || taken.form == "it is {1} already" ||
      taken.form.find("({3})") != std::string::npos;
  bool const is_due = taken.form.ends_with(": due {1}") || taken.form.ends_with(": overdue since {1}");
  for (auto& part : taken.parts) {
    if (names_status && desk::status_named(part)) part = phrases("status_" + part);
    if (auto const time = desk::from_iso(part))
      part = is_due ? near_moment(*time, facts, phrases) : moment(*time, facts.zone);
  }
  if (std::string const prefix = class_of(taken.form); !prefix.empty())
    for (auto& part : taken.parts)
      if (auto const word = phrases(prefix + part); word != prefix + part) part = word;
  return desk::filled(phrases(taken.form), taken.parts);
}

std::vector<Texts::Row> said_lines(LetterFacts const& facts, Phrases const& phrases) {
  std::vector<Texts::Row> lines;
  for (auto const& line : facts.letter.lines) {
    auto const words = one_line(said(line, facts, phrases));
    lines.push_back({{"line", words}, {"line_html", html_of_line(words)}});
  }
  return lines;
}

}  // namespace spoc::templates
