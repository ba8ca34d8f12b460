// SPDX-License-Identifier: GPL-3.0-or-later
// Folding by ICU, with a table made once for what goes character by character.
#include "search/fold.hpp"

#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/uniset.h>
#include <unicode/unistr.h>

#include <array>
#include <memory>
#include <vector>

namespace spoc::search {
namespace {

constexpr char32_t table_size = 0x10000;
constexpr char32_t first_han = 0x3400, last_han = 0x9FFF;

/// ICU's transliterator is slow a call and its rules are about single characters: each that a rule names is
/// asked once.
void add_simplified(std::vector<char16_t>& table) {
  UErrorCode status = U_ZERO_ERROR;
  std::unique_ptr<icu::Transliterator> rules(
      icu::Transliterator::createInstance("Traditional-Simplified", UTRANS_FORWARD, status));
  if (U_FAILURE(status) || !rules) return;
  icu::UnicodeSet named;
  rules->getSourceSet(named);
  named.retain(static_cast<UChar32>(first_han), static_cast<UChar32>(last_han));
  icu::UnicodeString from;
  for (std::int32_t range = 0; range < named.getRangeCount(); ++range)
    for (UChar32 c = named.getRangeStart(range); c <= named.getRangeEnd(range); ++c)
      from.append(c).append(u'\n');
  icu::UnicodeString to = from;
  rules->transliterate(to);
  if (to.length() != from.length()) return;
  for (std::int32_t i = 0; i < from.length(); i += 2) table[from.charAt(i)] = to.charAt(i);
}

void add_unaccented(std::vector<char16_t>& table) {
  UErrorCode status = U_ZERO_ERROR;
  auto const* nfd = icu::Normalizer2::getNFDInstance(status);
  if (U_FAILURE(status)) return;
  for (char32_t c = 0xC0; c < 0x1F00; ++c) {
    if (c == 0x250) c = 0x1E00;
    if (c == U'å' || c == U'ä' || c == U'ö') continue;
    icu::UnicodeString parts;
    if (!nfd->getDecomposition(static_cast<UChar32>(c), parts)) continue;
    if (parts.charAt(0) < 0x250) table[c] = parts.charAt(0);
  }
}

std::vector<char16_t> const& table() {
  static auto const made = [] {
    std::vector<char16_t> fresh(table_size);
    for (char32_t c = 0; c < table_size; ++c) fresh[c] = static_cast<char16_t>(c);
    add_simplified(fresh);
    add_unaccented(fresh);
    fresh[0x2019] = u'\'';
    return fresh;
  }();
  return made;
}

struct Range {
  char32_t first, last;
};
constexpr std::array wide_ranges{Range{0x0E00, 0x0EFF}, Range{0x1780, 0x17FF},  Range{0x2E80, 0x2FDF},
                                 Range{0x3005, 0x3007}, Range{0x3041, 0x30FF},  Range{0x3105, 0x312F},
                                 Range{0x3400, 0x4DBF}, Range{0x4E00, 0x9FFF},  Range{0xAC00, 0xD7AF},
                                 Range{0xF900, 0xFAFF}, Range{0x20000, 0x3FFFF}};

}  // namespace

std::u32string fold(std::string_view text) {
  auto source =
      icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
  UErrorCode status = U_ZERO_ERROR;
  auto const* nfkc = icu::Normalizer2::getNFKCCasefoldInstance(status);
  if (U_SUCCESS(status)) {
    auto folded = nfkc->normalize(source, status);
    if (U_SUCCESS(status)) source = std::move(folded);
  }
  std::u32string out;
  out.reserve(static_cast<std::size_t>(source.length()));
  auto const& map = table();
  for (std::int32_t i = 0; i < source.length(); i = source.moveIndex32(i, 1)) {
    auto const c = static_cast<char32_t>(source.char32At(i));
    out.push_back(c < table_size ? map[c] : c);
  }
  return out;
}

std::string utf8(std::u32string_view text) {
  std::string out;
  out.reserve(text.size());
  for (auto const c : text) {
    auto const put = [&](char32_t byte) {
      out.push_back(static_cast<char>(static_cast<unsigned char>(byte)));
    };
    if (c < 0x80) {
      put(c);
    } else if (c < 0x800) {
      put(0xC0 | (c >> 6)), put(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
      put(0xE0 | (c >> 12)), put(0x80 | ((c >> 6) & 0x3F)), put(0x80 | (c & 0x3F));
    } else {
      put(0xF0 | (c >> 18)), put(0x80 | ((c >> 12) & 0x3F)), put(0x80 | ((c >> 6) & 0x3F)),
          put(0x80 | (c & 0x3F));
    }
  }
  return out;
}

bool is_wide(char32_t c) {
  if (c < 0x0E00) return false;
  for (auto const& range : wide_ranges)
    if (c >= range.first && c <= range.last) return is_word_character(c);
  return false;
}

bool is_word_character(char32_t c) {
  if (c < 0x80) return (c >= U'a' && c <= U'z') || (c >= U'0' && c <= U'9') || (c >= U'A' && c <= U'Z');
  auto const code = static_cast<UChar32>(c);
  return u_isalnum(code) || (U_GET_GC_MASK(code) & U_GC_M_MASK) != 0;
}

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }

}  // namespace spoc::search
