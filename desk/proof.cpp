// SPDX-License-Identifier: GPL-3.0-or-later
// Words that prove an address, and links that carry them.
#include "desk/proof.hpp"

#include "desk/people.hpp"

#include <algorithm>
#include <cstdint>

namespace spoc::desk {
namespace {

/// Crockford's base 32: no letter looks like a figure.
constexpr std::string_view signs = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t length = 10;

std::string word_of_day(std::string_view session, std::string_view address, std::int64_t day,
                        Sign const& sign) {
  // The session comes last: it is the only part of which a stranger could choose the length.
  std::string const bytes =
      sign("proof|" + std::to_string(day) + "|" + normal(address) + "|" + std::string{session});
  std::string out;
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < 8 && i < bytes.size(); ++i)
    bits = bits << 8U | static_cast<unsigned char>(bytes[i]);
  for (std::size_t i = 0; i < length; ++i, bits >>= 5U) out += signs[bits & 31U];
  return out;
}

std::int64_t day_of(Time now) {
  return std::chrono::floor<std::chrono::days>(now).time_since_epoch().count();
}

/// As it was mailed, whatever a person made of it.
std::string straightened(std::string_view word) {
  std::string out;
  for (char c : word) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (c == 'O') c = '0';
    if (c == 'I' || c == 'L') c = '1';
    if (signs.find(c) != std::string_view::npos) out += c;
  }
  return out;
}

}  // namespace

std::string proof_word(std::string_view session, std::string_view address, Time now, Sign const& sign) {
  std::string word = word_of_day(session, address, day_of(now), sign);
  return word.insert(length / 2, "-");
}

bool proves(std::string_view word, std::string_view session, std::string_view address, Time now,
            Sign const& sign) {
  if (session.empty() || address.empty() || word.size() > 100) return false;
  std::string const said = straightened(word);
  bool const today = equal_in_constant_time(said, word_of_day(session, address, day_of(now), sign));
  bool const yesterday = equal_in_constant_time(said, word_of_day(session, address, day_of(now) - 1, sign));
  return today || yesterday;
}

std::string proof_link(std::string_view page, std::string_view word,
                       std::vector<std::string> const& origins) {
  constexpr std::size_t longest = 300;
  page = page.substr(0, page.find('#'));
  auto const scheme = page.find("://");
  if (scheme == std::string_view::npos || page.size() > longest) return {};
  std::string_view const origin = page.substr(0, page.find_first_of("/?", scheme + 3));
  // RFC 3986 2: what may stand in an address, and nothing that could end it in a mail.
  bool const clean = std::all_of(page.begin(), page.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view{"-._~:/?[]@!$&*+,;=%"}.find(c) != std::string_view::npos;
  });
  bool const ours = std::find(origins.begin(), origins.end(), origin) != origins.end();
  if (!clean || !ours) return {};
  return std::string{page} + "#spoc=" + std::string{word};
}

}  // namespace spoc::desk
