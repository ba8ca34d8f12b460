// SPDX-License-Identifier: GPL-3.0-or-later
// One written form for what people write in many: case, width, accents, traditional and simplified
// characters.
#pragma once

#include <string>
#include <string_view>

namespace spoc::search {

/// NFKC with case folded; traditional Chinese made simplified; accents taken off Latin letters except the
/// Nordic and German ones that are letters of their own. Broken UTF-8 becomes U+FFFD.
std::u32string fold(std::string_view text);
std::string utf8(std::u32string_view text);

/// Does the script write no spaces between words (Han, kana, Hangul, Thai, Lao, Khmer)? Its words are pairs
/// of characters.
bool is_wide(char32_t c);
/// Letter, digit or mark.
bool is_word_character(char32_t c);
bool is_digit(char32_t c);

}  // namespace spoc::search
