// SPDX-License-Identifier: GPL-3.0-or-later
// Header fields as they leave: folded, addresses quoted, parameters split.
#include "templates/header_field.hpp"

#include "templates/encoded_word.hpp"
#include "templates/utf8.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace spoc::templates {
namespace {

constexpr std::size_t field_line_length = 76;
/// RFC 5321 4.5.3.1: longer ones reach nobody, and RFC 5322 2.1.1 allows no line over 998.
constexpr std::size_t longest_local_part = 256, longest_domain = 255, longest_id = 900;

bool is_field_name(std::string_view name) {
  return !name.empty() && name.size() <= 60 &&
         std::all_of(name.begin(), name.end(), [](char c) { return c > 0x20 && c < 0x7F && c != ':'; });
}

bool is_local_character(char c) {
  static constexpr std::string_view special = "()<>[]:;@\\,\" ";
  return special.find(c) == std::string_view::npos;
}

std::string cut_to(std::string_view text, std::size_t bytes) {
  std::size_t end = 0;
  while (end < text.size()) {
    auto const length = std::max<std::size_t>(1, character_length(text, end));
    if (end + length > bytes) break;
    end += length;
  }
  return std::string(text.substr(0, end));
}

/// A dot-atom stays; anything else becomes one quoted string (RFC 5322 3.2.4), what was quoted already
/// included.
std::string local_part(std::string_view local) {
  if (local.size() >= 2 && local.front() == '"' && local.back() == '"')
    local = local.substr(1, local.size() - 2);
  auto const dot_atom = !local.empty() && local.front() != '.' && local.back() != '.' &&
                        local.find("..") == std::string_view::npos &&
                        std::all_of(local.begin(), local.end(), is_local_character);
  if (dot_atom) return std::string(local);
  std::string quoted = "\"";
  for (std::size_t i = 0; i < local.size(); ++i) {
    if (local[i] == '\\' && i + 1 < local.size()) ++i;
    if (local[i] == '"' || local[i] == '\\') quoted += '\\';
    quoted += local[i];
  }
  return quoted + '"';
}

std::string domain_part(std::string_view domain) {
  std::string result;
  std::copy_if(domain.begin(), domain.end(), std::back_inserter(result), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           static_cast<unsigned char>(c) >= 0x80 ||
           std::string_view("-._[]:").find(c) != std::string_view::npos;
  });
  return result;
}

/// The addr-spec, whatever was in it: what comes out can't end the field or begin another address.
std::string address_spec(std::string_view address) {
  auto const line = one_line(address);
  auto const at = line.rfind('@');
  if (at == std::string::npos) return local_part(cut_to(line, longest_local_part));
  return local_part(cut_to(line.substr(0, at), longest_local_part)) + "@" +
         domain_part(cut_to(line.substr(at + 1), longest_domain));
}

std::string clean_id(std::string_view id) {
  std::string result;
  for (char const c : id) {
    if (c > 0x20 && c < 0x7F && c != '<' && c != '>') result += c;
  }
  return result.size() > longest_id ? std::string{} : result;
}

bool is_token(std::string_view value) {
  return !value.empty() && std::all_of(value.begin(), value.end(), [](char c) {
    return c > 0x20 && c < 0x7F && std::string_view("()<>@,;:\\\"/[]?=").find(c) == std::string_view::npos;
  });
}

/// RFC 2231 7: attribute-char as it is, the rest as %XX.
std::string percent_character(std::string_view character) {
  static constexpr std::string_view digits = "0123456789ABCDEF";
  if (is_token(character) && std::string_view("*'%").find(character[0]) == std::string_view::npos) {
    return std::string(character);
  }
  std::string result;
  for (char const c : character) {
    auto const value = static_cast<unsigned char>(c);
    result += '%';
    result += digits[value >> 4U];
    result += digits[value & 15U];
  }
  return result;
}

std::string extended_parameter(std::string_view name, std::string_view value) {
  constexpr std::size_t piece_length = 50;
  std::vector<std::string> pieces(1, "utf-8''");
  for (std::size_t at = 0; at < value.size();) {
    auto const length = std::max<std::size_t>(1, character_length(value, at));
    auto const piece = percent_character(value.substr(at, length));
    if (pieces.back().size() + piece.size() > piece_length) pieces.emplace_back();
    pieces.back() += piece;
    at += length;
  }
  if (pieces.size() == 1) return "; " + std::string(name) + "*=" + pieces[0];
  std::string result;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    result += "; " + std::string(name) + "*" + std::to_string(i) + "*=" + pieces[i];
  }
  return result;
}

}  // namespace

std::string field(std::string_view name, std::string_view value) {
  if (!is_field_name(name)) return {};
  auto const line = one_line(value);
  auto result = std::string(name) + ":";
  auto column = result.size();
  for (std::size_t at = 0; at < line.size();) {
    auto const word = line.find_first_not_of(' ', at);
    auto const end = std::min(line.find(' ', word), line.size());
    // The first word stays on the field's line: some servers take a field that begins empty for an empty one.
    auto const length = std::max<std::size_t>(1, word - at) + (end - word);
    if (at > 0 && column + length > field_line_length) {
      result += "\r\n";
      column = 0;
    }
    if (at == 0) result += ' ';
    result.append(line, at, end - at);
    column += length;
    at = end;
  }
  return result + "\r\n";
}

std::string text_field(std::string_view name, std::string_view text) {
  return field(name, encoded_text(text));
}

std::string address_field(std::string_view name, std::vector<desk::Address> const& addresses) {
  std::string value;
  for (auto const& address : addresses) {
    auto const spec = address_spec(address.address);
    auto const phrase = encoded_phrase(address.name);
    if (!value.empty()) value += ", ";
    value += phrase.empty() ? spec : phrase + " <" + spec + ">";
  }
  return value.empty() ? std::string{} : field(name, value);
}

std::string id_field(std::string_view name, std::vector<std::string> const& ids) {
  // RFC 5537 3.4.4: the first, and as many of the last as fit.
  constexpr std::size_t most = 40;
  std::vector<std::string> clean;
  for (auto const& id : ids) {
    auto text = clean_id(id);
    if (!text.empty() && std::find(clean.begin(), clean.end(), text) == clean.end())
      clean.push_back(std::move(text));
  }
  if (clean.size() > most)
    clean.erase(clean.begin() + 1, clean.end() - static_cast<std::ptrdiff_t>(most - 1));
  std::string value;
  for (auto const& id : clean) {
    if (!value.empty()) value += ' ';
    value += "<" + id + ">";
  }
  return value.empty() ? std::string{} : field(name, value);
}

std::string date_text(desk::Time time) {
  static constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  auto const day = std::chrono::floor<std::chrono::days>(time);
  std::chrono::year_month_day const date(day);
  std::chrono::hh_mm_ss const clock(std::chrono::floor<std::chrono::seconds>(time) - day);
  std::array<char, 64> text{};
  auto const length =
      std::snprintf(text.data(), text.size(), "%s, %02u %s %04d %02d:%02d:%02d +0000",
                    days[std::chrono::weekday(day).c_encoding()], static_cast<unsigned>(date.day()),
                    months[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
                    static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                    static_cast<int>(clock.seconds().count()));
  return std::string(text.data(), static_cast<std::size_t>(length));
}

std::string parameter(std::string_view name, std::string_view value) {
  constexpr std::size_t longest_plain = 60;
  auto const line = one_line(value);
  if (!is_ascii(line) || line.size() > longest_plain) return extended_parameter(name, line);
  if (is_token(line)) return "; " + std::string(name) + "=" + line;
  // Quoting keeps blanks, but a fold could fall on two of them.
  if (line.find("  ") != std::string::npos) return extended_parameter(name, line);
  std::string quoted;
  for (char const c : line) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return "; " + std::string(name) + "=\"" + quoted + "\"";
}

}  // namespace spoc::templates
