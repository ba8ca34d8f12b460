// SPDX-License-Identifier: GPL-3.0-or-later
// Charset detection by byte order marks, escape sequences and the plausibility of what decodes.
#include "parser/detect.hpp"

#include "parser/ascii.hpp"
#include "parser/charset.hpp"
#include "parser/iconv.hpp"
#include "parser/utf8.hpp"

#include <algorithm>
#include <array>
#include <bitset>

namespace spoc::parser {
namespace {

/// The characters that make up about half of any running text in that language.
constexpr std::u32string_view common_han =
    U"的一是不了在人有我他这中大来上个国到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后小"
    U"么"
    U"心多天而能好都然没日于起还发成事只作当想看文无开手用主行方又如前所本见经头面公同三已老从动两长知机样现"
    U"请问无法登录电脑打印密码谢谢您帐号系统公司邮件附件网络连接"
    U"這來個國說們為時過學對後麼發還會開無當頭從動兩長機樣現經請問電腦列印碼謝帳號統寄郵網路連線於與將進";
constexpr std::u32string_view common_hangul =
    U"이다는을의에가하고지은로기사한도를어서리나인시그스있안대니자수습해요제아일과전보정합우입주";

/// All of the basic multilingual plane; bigger than any table of words, but one look each.
using Characters = std::bitset<0x10000>;

Characters set_of(std::u32string_view characters) {
  Characters out;
  for (char32_t const c : characters) out.set(c);
  return out;
}

constexpr std::size_t charset_sample = 16 * 1024;

struct Share {
  std::size_t all = 0, common = 0, odd = 0;
  double score() const {
    if (all == 0) return 0;
    return (static_cast<double>(common) - 3.0 * static_cast<double>(odd)) / static_cast<double>(all);
  }
};

bool is_kana(char32_t c) { return c >= 0x3040 && c <= 0x30FF; }

bool is_odd(char32_t c) {
  bool const control = c >= 0x80 && c < 0xA0;
  bool const private_use = c >= 0xE000 && c <= 0xF8FF;
  bool const half_kana = c >= 0xFF61 && c <= 0xFF9F;
  return control || private_use || half_kana || c == 0xFFFD;
}

enum class Tongue { chinese, japanese, korean };

double plausibility(std::string_view utf8, Tongue tongue) {
  static Characters const han = set_of(common_han), hangul = set_of(common_hangul);
  Share share;
  each_character(utf8, [&](char32_t c) {
    if (c < 0x80) return;
    bool const full_width = (c >= 0x3000 && c <= 0x3002) || (c >= 0xFF01 && c <= 0xFF1F);
    ++share.all;
    if (is_odd(c)) ++share.odd;
    if (full_width) ++share.common;
    if (tongue == Tongue::japanese && is_kana(c)) ++share.common;
    if (c >= han.size()) return;
    if (tongue == Tongue::chinese && han[c]) ++share.common;
    if (tongue == Tongue::korean && hangul[c]) ++share.common;
  });
  return share.score();
}

struct Candidate {
  std::string_view charset;
  Tongue tongue;
};
constexpr std::array<Candidate, 5> candidates{{{"gb18030", Tongue::chinese},
                                               {"big5-hkscs", Tongue::chinese},
                                               {"cp932", Tongue::japanese},
                                               {"euc-jp-ms", Tongue::japanese},
                                               {"cp949", Tongue::korean}}};

// Latin text has lone bytes above 0x7F between letters, double-byte text and Cyrillic have runs of them.
struct Runs {
  std::size_t high = 0, in_runs = 0, low_letters = 0, koi_small = 0, windows_small = 0;
};

Runs count_runs(std::string_view bytes) {
  Runs out;
  std::size_t run = 0;
  for (char c : bytes) {
    auto const byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      if (is_letter(c)) ++out.low_letters;
      if (run > 1) out.in_runs += run;
      run = 0;
      continue;
    }
    ++run;
    ++out.high;
    if (byte >= 0xC0 && byte <= 0xDF) ++out.koi_small;
    if (byte >= 0xE0) ++out.windows_small;
  }
  if (run > 1) out.in_runs += run;
  return out;
}

std::string double_byte(std::string_view bytes) {
  double best = 0.12;  // below this share of common characters it is chance
  std::string name;
  for (Candidate const& one : candidates) {
    auto const converted = convert(bytes, std::string{one.charset});
    if (!converted || converted->lost > 1 + bytes.size() / 500) continue;
    double const score = plausibility(converted->text, one.tongue);
    if (score <= best) continue;
    best = score;
    name = one.charset;
  }
  return name;
}

std::string wide(std::string_view bytes) {
  if (begins_with(bytes, "\xFF\xFE") || begins_with(bytes, "\xFE\xFF")) return "utf-16";
  if (bytes.size() < 8) return {};
  std::size_t even = 0, odd = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i)
    if (bytes[i] == '\0') ++(i % 2 == 0 ? even : odd);
  std::size_t const enough = bytes.size() / 3;  // Latin text has a NUL for every letter
  if (odd > enough && even * 10 < odd) return "utf-16le";
  if (even > enough && odd * 10 < even) return "utf-16be";
  return {};
}

}  // namespace

bool has_iso2022_escapes(std::string_view bytes) {
  if (!holds(bytes, "\x1B")) return false;
  for (std::string_view escape : {"\x1B$B", "\x1B$@", "\x1B(J", "\x1B$)C", "\x1B$)A", "\x1B(I", "\x1B$(D"})
    if (holds(bytes, escape)) return true;
  return false;
}

std::string better_than_declared(std::string_view bytes, std::string_view declared, std::string_view text) {
  bytes = bytes.substr(0, charset_sample);
  auto const known = std::find_if(candidates.begin(), candidates.end(),
                                  [&](Candidate const& one) { return one.charset == declared; });
  if (known == candidates.end() || bytes.size() < 20) return {};
  if (plausibility(text.substr(0, 2 * charset_sample), known->tongue) > 0.12) return {};
  double best = 0.35;
  std::string name;
  for (Candidate const& one : candidates) {
    auto const converted = convert(bytes, std::string{one.charset});
    if (!converted || converted->lost > 1) continue;
    double const score = plausibility(converted->text, one.tongue);
    if (score <= best) continue;
    best = score;
    name = one.charset;
  }
  return name;
}

std::string detect_charset(std::string_view bytes) {
  bytes = bytes.substr(0, charset_sample);
  if (std::string const name = wide(bytes); !name.empty()) return name;
  if (has_iso2022_escapes(bytes)) {
    if (holds(bytes, "\x1B$)C")) return "iso-2022-kr";
    return holds(bytes, "\x1B$)A") ? "iso-2022-cn" : "iso-2022-jp";
  }
  Runs const runs = count_runs(bytes);
  if (runs.high == 0) return "windows-1252";
  if (std::string const name = double_byte(bytes); !name.empty()) return name;
  bool const cyrillic = runs.in_runs * 10 > runs.high * 8 && runs.high > runs.low_letters && runs.high > 6;
  if (!cyrillic) return "windows-1252";
  return runs.koi_small > runs.windows_small ? "koi8-r" : "windows-1251";
}

}  // namespace spoc::parser
