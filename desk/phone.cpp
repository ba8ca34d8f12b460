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

std::size_t count_digits(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), is_digit));
}

/// What stands before a number.
enum class LeftSide { nothing, letter, wide };

/// Chinese is written without blanks, and its commas, colons and brackets are no letters.
LeftSide left_of(std::string_view line, std::size_t at) {
  if (at == 0) return LeftSide::nothing;
  char const last = line[at - 1];
  if (static_cast<unsigned char>(last) < 0x80)
    return stands_in_words(last) || is_digit(last) || last == '#' ? LeftSide::letter : LeftSide::nothing;
  std::size_t const lead = start_before(line, at);
  std::string_view const sign = line.substr(lead, at - lead);
  if (sign.size() != 3) return LeftSide::letter;  // of Latin
  auto const third = static_cast<unsigned char>(sign[2]);
  bool const mark = sign.starts_with("\xE3\x80") ||                    // U+3000 to U+303F
                    (sign.starts_with("\xEF\xBC") && third < 0x90) ||  // U+FF00 to U+FF0F
                    (sign.starts_with("\xEF\xBC") && third >= 0x9A && third <= 0xA0);
  return mark ? LeftSide::nothing : LeftSide::wide;
}

/// Of a mobile in China: 11 digits that begin with 13 to 19.
bool is_mobile(std::string_view number) {
  std::string const digits = dialled(number);
  return digits.size() == 11 && digits[0] == '1' && digits[1] >= '3';
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
    LeftSide const close = left_of(line, at);
    if (!begins || close == LeftSide::letter) continue;
    std::size_t end = at + (line[at] == '+' ? 1 : 0);
    while (end < line.size() && stands_in_numbers(line[end])) ++end;
    while (end > at && !is_digit(line[end - 1])) --end;
    // "2026-11-26" has eight digits as well, and is no number.
    std::string_view const found = line.substr(at, end - at);
    bool const is_date = found.size() == 10 && found[4] == '-' && found[7] == '-';
    bool const told = close != LeftSide::wide || line[at] == '+' || is_mobile(found);
    if (count_digits(found) >= enough && !is_date && told) return PhonePlace{at, end - at};
    if (end > at) at = end - 1;
  }
  return std::nullopt;
}

}  // namespace spoc::desk
