// SPDX-License-Identifier: GPL-3.0-or-later
// Digits of phone numbers.
#include "desk/phone.hpp"

#include <algorithm>

#include "desk/characters.hpp"

namespace spoc::desk {
namespace {

constexpr std::size_t enough = 7;  // digits that tell one line from another within a country

bool stands_in_words(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}
bool stands_in_numbers(char c) {
  return is_digit(c) || std::string_view{" -.()/"}.find(c) != std::string_view::npos;
}

/// With its leading zeros, without "(0)" and extension.
std::string dialled(std::string_view number) {
  std::string out;
  for (std::size_t i = 0; i < number.size() && !stands_in_words(number[i]); ++i) {
    if (number.substr(i, 3) == "(0)") {
      i += 2;
      continue;
    }
    if (is_digit(number[i])) out += number[i];
  }
  return out;
}

bool names_country(std::string_view number) {
  auto const first = number.find_first_not_of(" (");
  return (first != std::string_view::npos && number[first] == '+') || dialled(number).starts_with("00");
}

/// A script without blanks parts a number from its words as a blank does.
bool is_behind_wide(std::string_view line, std::size_t at) {
  while (at > 0 && (static_cast<unsigned char>(line[at - 1]) & 0xC0U) == 0x80U) --at;
  return at > 0 && static_cast<unsigned char>(line[at - 1]) >= 0xE2U;
}

std::size_t count_digits(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), is_digit));
}

}  // namespace

std::string phone_digits(std::string_view number) {
  std::string out = dialled(number);
  out.erase(0, std::min(out.find_first_not_of('0'), out.size()));
  return out;
}

std::string phone_tail(std::string_view number) {
  std::string const digits = phone_digits(number);
  return digits.size() <= enough ? digits : digits.substr(digits.size() - enough);
}

bool same_phone(std::string_view one, std::string_view other) {
  std::string longer = phone_digits(one), shorter = phone_digits(other);
  if (longer.size() < shorter.size()) std::swap(longer, shorter);
  if (shorter.empty() || longer == shorter) return !shorter.empty();
  if (names_country(one) && names_country(other)) return false;
  return shorter.size() >= enough && longer.ends_with(shorter);
}

bool is_phone(std::string_view text) {
  auto const first = text.find_first_not_of(" (");
  bool const plus = first != std::string_view::npos && text[first] == '+';
  if (plus) text.remove_prefix(first + 1);
  std::size_t const extension = std::min(text.find("ext"), text.size());
  std::string_view const line = text.substr(0, extension);
  return count_digits(line) >= 3 && std::all_of(line.begin(), line.end(), stands_in_numbers) &&
         std::all_of(text.begin() + static_cast<std::ptrdiff_t>(extension), text.end(), [](char c) {
           return stands_in_numbers(c) || std::string_view{"ext"}.find(c) != std::string_view::npos;
         });
}

std::optional<PhonePlace> phone_in(std::string_view line) {
  for (std::size_t at = 0; at < line.size(); ++at) {
    bool const begins = is_digit(line[at]) || line[at] == '+' || line[at] == '(';
    bool const word = at > 0 && stands_in_words(line[at - 1]) && !is_behind_wide(line, at);
    bool const inside = at > 0 && (word || is_digit(line[at - 1]) || line[at - 1] == '#');
    if (!begins || inside) continue;
    std::size_t end = at + (line[at] == '+' ? 1 : 0);
    while (end < line.size() && stands_in_numbers(line[end])) ++end;
    while (end > at && !is_digit(line[end - 1])) --end;
    // "2026-11-26" has eight digits as well, and is no number.
    std::string_view const found = line.substr(at, end - at);
    bool const is_date = found.size() == 10 && found[4] == '-' && found[7] == '-';
    if (count_digits(found) >= enough && !is_date) return PhonePlace{at, end - at};
    if (end > at) at = end - 1;
  }
  return std::nullopt;
}

}  // namespace spoc::desk
