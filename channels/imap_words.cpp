// SPDX-License-Identifier: GPL-3.0-or-later
// Spelling for IMAP: what would break out of a command line is refused, not escaped in hope.
#include "channels/imap_words.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <chrono>
#include <cstdlib>

#include "channels/imap_lines.hpp"

namespace spoc::channels {

namespace {

// Takes one code point off the front; nothing if it is no UTF-8 (RFC 3629: no surrogates, no long forms).
std::optional<char32_t> take_code_point(std::string_view& text) {
  auto const byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  std::size_t const size = byte(0) < 0x80   ? 1
                           : byte(0) < 0xC2 ? 0
                           : byte(0) < 0xE0 ? 2
                           : byte(0) < 0xF0 ? 3
                           : byte(0) < 0xF5 ? 4
                                            : 0;
  if (size == 0 || size > text.size()) return std::nullopt;
  char32_t point = size == 1 ? byte(0) : byte(0) & (0xFFU >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return std::nullopt;
    point = (point << 6) | (byte(i) & 0x3F);
  }
  constexpr std::array<char32_t, 5> least{0, 0, 0x80, 0x800, 0x10000};
  if (point < least[size] || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) return std::nullopt;
  text.remove_prefix(size);
  return point;
}

void add_utf16(std::string& bytes, char32_t point) {
  auto const unit = [&](char32_t value) {
    bytes += static_cast<char>((value >> 8) & 0xFF);
    bytes += static_cast<char>(value & 0xFF);
  };
  if (point < 0x10000) return unit(point);
  unit(0xD800 + ((point - 0x10000) >> 10));
  unit(0xDC00 + ((point - 0x10000) & 0x3FF));
}

// Base64 with "," for "/" and without padding.
std::string shifted(std::string const& utf16) {
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";
  std::string out = "&";
  std::uint32_t bits = 0;
  int count = 0;
  for (unsigned char const c : utf16) {
    bits = (bits << 8) | c;
    for (count += 8; count >= 6; count -= 6) out += alphabet[(bits >> (count - 6)) & 0x3F];
  }
  if (count > 0) out += alphabet[(bits << (6 - count)) & 0x3F];
  return out + "-";
}

Error no_folder(std::string_view name) {
  return Error{Kind::refused, "\"" + std::string(name) + "\" can't be the name of a folder"};
}

}  // namespace

Result<std::string> folder_argument(std::string_view name) {
  if (name.empty()) return no_folder(name);
  std::string out = "\"";
  std::string wide;
  auto const flush = [&] {
    if (!wide.empty()) out += shifted(wide);
    wide.clear();
  };
  for (auto rest = name; !rest.empty();) {
    auto const point = take_code_point(rest);
    if (!point || *point < 0x20 || *point == 0x7F) return no_folder(name);
    if (*point >= 0x80) {
      add_utf16(wide, *point);
      continue;
    }
    flush();
    if (*point == '"' || *point == '\\') out += '\\';
    out += static_cast<char>(*point);
    if (*point == '&') out += '-';
  }
  flush();
  return out + "\"";
}

Result<std::string> flag_argument(std::string_view name) {
  auto const word = name.starts_with('\\') ? name.substr(1) : name;
  bool const fits = !word.empty() && std::all_of(word.begin(), word.end(), [](unsigned char c) {
    return c > 0x20 && c < 0x7F &&
           std::string_view("(){%*\"\\]").find(static_cast<char>(c)) == std::string_view::npos;
  });
  if (!fits) return Error{Kind::refused, "\"" + std::string(name) + "\" can't be an IMAP keyword"};
  return std::string(name);
}

Result<std::string> address_argument(std::string_view address) {
  bool const fits = !address.empty() && std::all_of(address.begin(), address.end(), [](unsigned char c) {
    return c > 0x20 && c < 0x7F && c != '"' && c != '\\';
  });
  if (!fits) return Error{Kind::refused, "\"" + std::string(address) + "\" can't be searched for"};
  return "\"" + std::string(address) + "\"";
}

std::string uid_set(std::span<std::uint32_t const> uids) {
  std::string out;
  for (std::size_t i = 0; i < uids.size();) {
    std::size_t last = i;
    while (last + 1 < uids.size() && uids[last + 1] == uids[last] + 1) ++last;
    if (!out.empty()) out += ',';
    out += std::to_string(uids[i]);
    if (last > i) out += ':' + std::to_string(uids[last]);
    i = last + 1;
  }
  return out;
}

std::optional<std::int64_t> internal_date(std::string_view text) {
  constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";
  if (text.size() != 26 || text[2] != '-' || text[6] != '-' || text[14] != ':' || text[17] != ':')
    return std::nullopt;
  auto const number = [&](std::size_t at, std::size_t size) {
    auto const digits = text.substr(at, size);
    auto const value = whole_number(digits.front() == ' ' ? digits.substr(1) : digits);
    return value ? static_cast<int>(*value) : -100'000;
  };
  auto const month = months.find(text.substr(3, 3));
  int const hours = number(22, 2), minutes = number(24, 2);
  if (month == std::string_view::npos || month % 3 != 0 || hours < 0 || minutes < 0) return std::nullopt;
  using namespace std::chrono;
  year_month_day const day{year{number(7, 4)}, std::chrono::month{static_cast<unsigned>(month / 3 + 1)},
                           std::chrono::day{static_cast<unsigned>(number(0, 2))}};
  if (!day.ok() || number(12, 2) < 0 || number(15, 2) < 0 || number(18, 2) < 0) return std::nullopt;
  int const offset = (hours * 60 + minutes) * (text[21] == '-' ? -1 : 1);
  auto const moment = sys_days{day} + std::chrono::hours{number(12, 2)} +
                      std::chrono::minutes{number(15, 2) - offset} + seconds{number(18, 2)};
  return duration_cast<milliseconds>(moment.time_since_epoch()).count();
}

}  // namespace spoc::channels
