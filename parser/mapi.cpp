// SPDX-License-Identifier: GPL-3.0-or-later
// MS-OXTNEF 2.1.3.4 and MS-OXRTFCP, every length checked against what is left.
#include "parser/mapi.hpp"

#include "parser/charset.hpp"

#include <algorithm>
#include <array>

namespace spoc::parser {
namespace {

constexpr std::size_t most_properties = 4096;
constexpr std::size_t largest_rtf = 8UL * 1024 * 1024;

enum : std::uint32_t {
  type_object = 0x0D,
  type_string8 = 0x1E,
  type_unicode = 0x1F,
  type_binary = 0x102,
  many_values = 0x1000
};

// 0 for types whose values carry their length.
std::size_t fixed_size(std::uint32_t type) {
  switch (type) {
    case 0x02:  // short and boolean are padded
    case 0x03:
    case 0x04:
    case 0x0A:
    case 0x0B:
      return 4;
    case 0x05:
    case 0x06:
    case 0x07:
    case 0x14:
    case 0x40:
      return 8;
    case 0x48:
      return 16;
    default:
      return 0;
  }
}

bool has_length(std::uint32_t type) {
  return type == type_object || type == type_string8 || type == type_unicode || type == type_binary;
}

std::string_view padded(LittleEndian& in, std::size_t size) {
  std::string_view const out = in.bytes(size);
  in.bytes((4 - size % 4) % 4);
  return out;
}

// A property above 0x8000 has a name: a GUID, and a number or words.
void skip_name(LittleEndian& in) {
  in.bytes(16);
  if (in.number(4) == 0)
    in.bytes(4);
  else
    padded(in, in.number(4));
}

bool read_value(LittleEndian& in, std::uint32_t type, std::string_view& value) {
  std::uint32_t const plain = type & ~std::uint32_t{many_values};
  bool const many = (type & many_values) != 0;
  std::size_t const size = fixed_size(plain);
  if (size == 0 && !has_length(plain)) return false;
  std::size_t const count = many || size == 0 ? in.number(4) : 1;
  for (std::size_t i = 0; i < count && !in.failed(); ++i) {
    std::string_view const one = size != 0 ? in.bytes(size) : padded(in, in.number(4));
    if (i == 0) value = one;
  }
  return !in.failed();
}

}  // namespace

std::uint32_t LittleEndian::number(std::size_t size) {
  std::string_view const at = bytes(size);
  std::uint32_t out = 0;
  for (std::size_t i = 0; i < at.size(); ++i)
    out |= static_cast<std::uint32_t>(static_cast<unsigned char>(at[i])) << (8 * i);
  return out;
}

std::string_view LittleEndian::bytes(std::size_t size) {
  if (failed_ || size > bytes_.size()) {
    failed_ = true;
    return {};
  }
  std::string_view const out = bytes_.substr(0, size);
  bytes_.remove_prefix(size);
  return out;
}

std::vector<Property> read_properties(std::string_view bytes, bool& damaged) {
  std::vector<Property> out;
  LittleEndian in{bytes};
  std::size_t const count = in.number(4);
  for (std::size_t i = 0; i < count && i < most_properties && !in.done(); ++i) {
    Property one;
    one.type = in.number(2);
    one.id = in.number(2);
    if (one.id >= 0x8000) skip_name(in);
    if (!read_value(in, one.type, one.value)) {
      damaged = true;
      return out;
    }
    out.push_back(one);
  }
  damaged = damaged || in.failed();
  return out;
}

std::string text_of(Property const& property, std::string const& charset) {
  bool const wide = property.type == type_unicode;
  std::string out = to_utf8(property.value, wide ? "utf-16le" : charset);
  out.resize(std::min(out.find('\0'), out.size()));
  return out;
}

// Runs of eight: a bit says whether a letter follows, or a place and length in the 4 KB that came before.
std::string decompress_rtf(std::string_view bytes) {
  constexpr std::string_view first_words =
      "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript "
      "\\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par "
      "\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";
  LittleEndian in{bytes};
  in.number(4);
  std::size_t const size = std::min<std::size_t>(in.number(4), largest_rtf);
  std::uint32_t const kind = in.number(4);
  in.number(4);
  if (in.failed()) return {};
  if (kind == 0x414C454DU) return std::string{bytes.substr(16, size)};  // "MELA": not compressed
  if (kind != 0x75465A4CU) return {};                                   // "LZFu"
  std::array<char, 4096> window{};
  std::copy(first_words.begin(), first_words.end(), window.begin());
  std::size_t at = first_words.size();
  std::string out;
  auto const put = [&](char c) {
    out += c;
    window[at++ % window.size()] = c;
  };
  while (!in.done() && out.size() < size) {
    std::uint32_t const run = in.number(1);
    for (std::uint32_t bit = 0; bit < 8 && !in.done() && out.size() < size; ++bit) {
      if ((run >> bit & 1U) == 0) {
        put(static_cast<char>(static_cast<unsigned char>(in.number(1))));
        continue;
      }
      std::uint32_t const high = in.number(1), low = in.number(1);
      std::size_t const from = high << 4U | low >> 4U;
      if (in.failed() || from == at % window.size()) return out;
      for (std::size_t i = 0; i < (low & 15U) + 2 && out.size() < size; ++i)
        put(window[(from + i) % window.size()]);
    }
  }
  return out;
}

}  // namespace spoc::parser
