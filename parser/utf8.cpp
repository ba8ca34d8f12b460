// SPDX-License-Identifier: GPL-3.0-or-later
// What is well-formed UTF-8 (RFC 3629), and how the rest is mended.
#include "parser/utf8.hpp"
#include "parser/ascii.hpp"
#include "parser/charset.hpp"

#include <cstdint>
#include <cstring>

namespace spoc::parser {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

unsigned byte_at(std::string_view bytes, std::size_t at) {
  return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0U;
}

// Mail is mostly ASCII: eight bytes at a time.
std::size_t ascii_run(std::string_view bytes, std::size_t at) {
  std::size_t const begin = at;
  for (std::uint64_t word = 0; at + sizeof word <= bytes.size(); at += sizeof word) {
    std::memcpy(&word, bytes.data() + at, sizeof word);
    if ((word & 0x8080808080808080U) != 0) break;
  }
  while (at < bytes.size() && byte_at(bytes, at) < 0x80) ++at;
  return at - begin;
}

bool in(unsigned value, unsigned low, unsigned high) { return value >= low && value <= high; }

}  // namespace

bool is_ascii(std::string_view bytes) { return ascii_run(bytes, 0) == bytes.size(); }

// Table 3-7 of the Unicode standard: no overlong forms, no surrogates, nothing above U+10FFFF.
std::size_t utf8_length(std::string_view bytes, std::size_t at) {
  unsigned const a = byte_at(bytes, at), b = byte_at(bytes, at + 1);
  if (a < 0x80) return at < bytes.size() ? 1 : 0;
  if (in(a, 0xC2, 0xDF)) return in(b, 0x80, 0xBF) ? 2 : 0;
  unsigned const c = byte_at(bytes, at + 2);
  if (in(a, 0xE0, 0xEF)) {
    bool const second = in(b, a == 0xE0 ? 0xA0 : 0x80, a == 0xED ? 0x9F : 0xBF);
    return second && in(c, 0x80, 0xBF) ? 3 : 0;
  }
  if (in(a, 0xF0, 0xF4)) {
    bool const second = in(b, a == 0xF0 ? 0x90 : 0x80, a == 0xF4 ? 0x8F : 0xBF);
    return second && in(c, 0x80, 0xBF) && in(byte_at(bytes, at + 3), 0x80, 0xBF) ? 4 : 0;
  }
  return 0;
}

char32_t utf8_value(std::string_view bytes, std::size_t at, std::size_t length) {
  constexpr unsigned masks[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
  char32_t value = byte_at(bytes, at) & masks[length];
  for (std::size_t i = 1; i < length; ++i) value = (value << 6U) | (byte_at(bytes, at + i) & 0x3FU);
  return value;
}

bool is_utf8(std::string_view bytes) {
  for (std::size_t at = ascii_run(bytes, 0); at < bytes.size();) {
    std::size_t const length = utf8_length(bytes, at);
    if (length == 0) return false;
    at += length;
    if (length == 1) at += ascii_run(bytes, at);
  }
  return true;
}

void append_utf8(std::string& out, char32_t point) {
  if (point == 0 || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) point = 0xFFFD;
  auto const byte = [&out](char32_t value) { out += static_cast<char>(static_cast<unsigned char>(value)); };
  if (point < 0x80) {
    byte(point);
  } else if (point < 0x800) {
    byte(0xC0U | (point >> 6U));
    byte(0x80U | (point & 0x3FU));
  } else if (point < 0x10000) {
    byte(0xE0U | (point >> 12U));
    byte(0x80U | ((point >> 6U) & 0x3FU));
    byte(0x80U | (point & 0x3FU));
  } else {
    byte(0xF0U | (point >> 18U));
    byte(0x80U | ((point >> 12U) & 0x3FU));
    byte(0x80U | ((point >> 6U) & 0x3FU));
    byte(0x80U | (point & 0x3FU));
  }
}

std::string mend_utf8(std::string_view bytes) {
  if (is_utf8(bytes)) return std::string{bytes};
  std::string out;
  out.reserve(bytes.size());
  for (std::size_t at = 0; at < bytes.size();) {
    std::size_t const length = utf8_length(bytes, at);
    out += length == 0 ? replacement : bytes.substr(at, length);
    at += length == 0 ? 1 : length;
  }
  return out;
}

}  // namespace spoc::parser
