// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes to base64, line by line.
#include "desk/base64.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace spoc::desk {
namespace {

constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// What twelve bits are: a whole mail's text is compared so.
constexpr std::array<std::array<char, 2>, 4096> pairs = [] {
  std::array<std::array<char, 2>, 4096> out{};
  for (std::size_t bits = 0; bits < out.size(); ++bits) out[bits] = {digits[bits >> 6U], digits[bits & 63U]};
  return out;
}();

std::size_t encoded_size(std::size_t bytes) { return (bytes + 2) / 3 * 4; }

void append(std::string& out, std::string_view bytes) {
  std::size_t const begin = out.size();
  out.resize(begin + encoded_size(bytes.size()), '=');
  char* to = out.data() + begin;
  auto const at = [&](std::size_t i) -> unsigned { return static_cast<unsigned char>(bytes[i]); };
  std::size_t i = 0;
  for (; i + 3 <= bytes.size(); i += 3, to += 4) {
    unsigned const three = at(i) << 16U | at(i + 1) << 8U | at(i + 2);
    std::memcpy(to, pairs[three >> 12U].data(), 2);
    std::memcpy(to + 2, pairs[three & 4095U].data(), 2);
  }
  std::size_t const left = bytes.size() - i;
  if (left == 0) return;
  unsigned const rest = at(i) << 16U | (left > 1 ? at(i + 1) << 8U : 0);
  to[0] = digits[rest >> 18U];
  to[1] = digits[rest >> 12U & 63U];
  if (left > 1) to[2] = digits[rest >> 6U & 63U];
}

/// Calls with the bytes of each line, or of each piece where there are none, and whether another follows,
/// until it returns false.
template <class Visit>
void each_line(std::string_view bytes, Base64Lines lines, Visit visit) {
  constexpr std::size_t piece = 57 * 64;  // of a text without line ends
  std::size_t const of_a_line = lines.length == 0 ? piece : std::max<std::size_t>(lines.length / 4 * 3, 3);
  while (!bytes.empty()) {
    std::string_view const line = bytes.substr(0, of_a_line);
    bytes.remove_prefix(line.size());
    if (!visit(line, !bytes.empty())) return;
  }
}

std::string_view end_of(Base64Lines lines) {
  if (lines.length == 0) return {};
  return lines.crlf ? "\r\n" : "\n";
}

}  // namespace

std::string base64(std::string_view bytes) {
  std::string out;
  append(out, bytes);
  return out;
}

void append_base64(std::string& out, std::string_view bytes, Base64Lines lines) {
  out.reserve(out.size() + base64_size(bytes.size(), lines));
  each_line(bytes, lines, [&](std::string_view line, bool more) {
    append(out, line);
    if (more) out += end_of(lines);
    return true;
  });
}

std::size_t base64_size(std::size_t bytes, Base64Lines lines) {
  std::size_t const whole = encoded_size(bytes);
  if (end_of(lines).empty() || whole == 0) return whole;
  return whole + (whole - 1) / lines.length * end_of(lines).size();
}

bool is_base64_of(std::string_view text, std::string_view bytes, Base64Lines lines) {
  if (text.size() != base64_size(bytes.size(), lines)) return false;
  std::string encoded;
  each_line(bytes, lines, [&](std::string_view line, bool more) {
    encoded.clear();
    append(encoded, line);
    if (more) encoded += end_of(lines);
    if (!text.starts_with(encoded)) return false;
    text.remove_prefix(encoded.size());
    return true;
  });
  return text.empty();
}

}  // namespace spoc::desk
