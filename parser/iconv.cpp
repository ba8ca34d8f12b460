// SPDX-License-Identifier: GPL-3.0-or-later
// iconv(3), with the names that mail programs use for charsets.
#include "parser/iconv.hpp"

#include "parser/ascii.hpp"
#include "parser/charset.hpp"
#include "parser/utf8.hpp"

#include <iconv.h>
#include <algorithm>
#include <array>
#include <cerrno>
#include <map>
#include <utility>

namespace spoc::parser {
namespace {

using Alias = std::pair<std::string_view, std::string_view>;

// Left: how mails spell it, small letters and digits alone. Right: the superset that really is in use under
// that name (WHATWG Encoding 4.2).
constexpr std::array<Alias, 61> aliases{{
    {"8bit", ""},
    {"ansix341968", "us-ascii"},
    {"ascii", "us-ascii"},
    {"usascii", "us-ascii"},
    {"iso646us", "us-ascii"},
    {"646", "us-ascii"},
    {"big5", "big5-hkscs"},
    {"big5eten", "big5-hkscs"},
    {"big5hkscs", "big5-hkscs"},
    {"cnbig5", "big5-hkscs"},
    {"cp950", "big5-hkscs"},
    {"windows950", "big5-hkscs"},
    {"chinese", "gb18030"},
    {"cngb", "gb18030"},
    {"cp936", "gb18030"},
    {"euccn", "gb18030"},
    {"gb2312", "gb18030"},
    {"gb231280", "gb18030"},
    {"gbk", "gb18030"},
    {"gb18030", "gb18030"},
    {"gb180302022", "gb18030"},
    {"isoir58", "gb18030"},
    {"windows936", "gb18030"},
    {"hzgb2312", "hz-gb-2312"},
    {"hz", "hz-gb-2312"},
    {"latin1", "windows-1252"},
    {"l1", "windows-1252"},
    {"ansi", "windows-1252"},
    {"iso885911", "cp874"},
    {"tis620", "cp874"},
    {"windows874", "cp874"},
    {"latin2", "iso-8859-2"},
    {"latin9", "iso-8859-15"},
    {"euckr", "cp949"},
    {"korean", "cp949"},
    {"ksc5601", "cp949"},
    {"ksc56011987", "cp949"},
    {"windows949", "cp949"},
    {"eucjp", "euc-jp-ms"},
    {"ujis", "euc-jp-ms"},
    {"shiftjis", "cp932"},
    {"sjis", "cp932"},
    {"mskanji", "cp932"},
    {"windows31j", "cp932"},
    {"cswindows31j", "cp932"},
    {"windows932", "cp932"},
    {"iso2022jpms", "iso-2022-jp"},
    {"cp50220", "iso-2022-jp"},
    {"cp50221", "iso-2022-jp"},
    {"csiso2022jp", "iso-2022-jp"},
    {"koi8r", "koi8-r"},
    {"koi8", "koi8-r"},
    {"koi8u", "koi8-u"},
    {"macintosh", "macintosh"},
    {"macroman", "macintosh"},
    {"maccyrillic", "mac-cyrillic"},
    {"unicode11utf7", "utf-7"},
    {"unicode11utf8", "utf-8"},
    {"unicode", "utf-16"},
    {"ucs2", "utf-16"},
    {"utf8mb4", "utf-8"},
}};

// "windows-1251", "cp_1251", "win1251", "x-windows-1251": the number tells.
std::string by_number(std::string_view key) {
  for (std::string_view prefix : {"windows", "win", "cp", "ms", "ibm"}) {
    std::string_view const number = key.substr(std::min(prefix.size(), key.size()));
    if (key.starts_with(prefix) && number.size() == 4 && number.starts_with("125")) {
      bool const cp = number == "1252" || number == "1254";
      return (cp ? "windows-" : "cp") + std::string{number};
    }
  }
  for (std::string_view prefix : {"iso8859", "csiso8859", "8859"}) {
    if (!key.starts_with(prefix)) continue;
    std::string_view const rest = key.substr(prefix.size());
    std::string_view const number =
        rest.substr(0, std::min(rest.find_first_not_of("0123456789"), rest.size()));
    if (number.empty() || number.size() > 2) continue;
    if (number == "1") return "windows-1252";
    if (number == "9") return "windows-1254";
    return number == "11" ? "cp874" : "iso-8859-" + std::string{number};
  }
  if (key.starts_with("utf8")) return "utf-8";
  for (std::string_view wide : {"utf16", "utf32"})
    if (key.starts_with(wide)) return "utf-" + std::string{key.substr(3)};
  return {};
}

// The letters and digits of a name, without "x-", which says that it is nobody's standard.
std::string key_of(std::string_view name) {
  while (begins_with(name, "x-")) name.remove_prefix(2);
  std::string out;
  for (char c : name)
    if (is_letter(c) || is_digit(c)) out += lower(c);
  return out;
}

bool fits_a_name(char c) {
  return is_letter(c) || is_digit(c) || c == '-' || c == '_' || c == '.' || c == ':' || c == '+';
}

// iconv_open loads a shared object: 12,500 broken header words took 5 s while each opened its own. So open
// converters are kept, and so is the knowledge that a name is unknown.
class Converters {
 public:
  Converters() = default;
  Converters(Converters const&) = delete;
  Converters& operator=(Converters const&) = delete;
  ~Converters() { close(); }

  /// Ready for a new text, or nothing for an unknown charset. Valid until the next call.
  std::optional<iconv_t> open(std::string const& name) {
    auto found = handles_.find(name);
    if (found == handles_.end()) {
      if (handles_.size() >= most_kept) close();
      found = handles_.emplace(name, iconv_open("UTF-8", name.c_str())).first;
    }
    if (found->second == none()) return std::nullopt;
    iconv(found->second, nullptr, nullptr, nullptr, nullptr);
    return found->second;
  }

 private:
  static constexpr std::size_t most_kept = 32;
  static iconv_t none() { return reinterpret_cast<iconv_t>(-1); }
  void close() {
    for (auto const& [name, handle] : handles_)
      if (handle != none()) iconv_close(handle);
    handles_.clear();
  }

  std::map<std::string, iconv_t> handles_;
};

// What windows-1252 has where Latin-1 has controls, from 0x80 on; 0 where it has nothing (unicode.org's
// CP1252.TXT).
constexpr std::array<char16_t, 32> windows_signs{
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

// Most of what is neither UTF-8 nor Chinese is in this charset, and a table costs less than iconv.
Converted from_windows_1252(std::string_view bytes) {
  Converted out;
  out.text.reserve(bytes.size() + bytes.size() / 16);
  while (!bytes.empty()) {
    auto const run =
        static_cast<std::size_t>(std::find_if(bytes.begin(), bytes.end(), is_high) - bytes.begin());
    out.text += bytes.substr(0, run);
    bytes.remove_prefix(run);
    if (bytes.empty()) break;
    auto const byte = static_cast<unsigned char>(bytes.front());
    bytes.remove_prefix(1);
    char32_t const sign = byte < 0xA0 ? windows_signs[byte - 0x80U] : byte;
    if (sign == 0) ++out.lost;
    append_utf8(out.text, sign);
  }
  return out;
}

}  // namespace

std::string charset_named(std::string_view declared) {
  declared = trimmed(declared);
  while (!declared.empty() && (declared.front() == '"' || declared.front() == '\''))
    declared.remove_prefix(1);
  while (!declared.empty() && (declared.back() == '"' || declared.back() == '\'')) declared.remove_suffix(1);
  declared = declared.substr(0, declared.find('*'));  // RFC 2231 5: charset*language
  std::string const name = lowered(trimmed(declared));
  std::string const key = key_of(name);
  auto const known =
      std::find_if(aliases.begin(), aliases.end(), [&](Alias const& one) { return one.first == key; });
  if (known != aliases.end()) return std::string{known->second};
  if (std::string numbered = by_number(key); !numbered.empty() && name.find('/') == std::string::npos)
    return numbered;
  // A slash would be an instruction to iconv_open ("//IGNORE"), or a path.
  if (name.size() > 40 || !std::all_of(name.begin(), name.end(), fits_a_name)) return {};
  return name;
}

std::optional<Converted> convert(std::string_view bytes, std::string const& charset) {
  if (charset == "windows-1252") return from_windows_1252(bytes);
  thread_local Converters converters;
  auto const handle = charset.empty() ? std::nullopt : converters.open(charset);
  if (!handle) return std::nullopt;
  Converted out;
  std::array<char, 8192> chunk;  // NOLINT: clearing it would cost more than most conversions
  // iconv(3) takes a char** but never writes through it.
  char* from = const_cast<char*>(bytes.data());
  std::size_t left = bytes.size();
  for (bool flushed = false; !flushed;) {
    char* to = chunk.data();
    std::size_t room = chunk.size();
    bool const flush = left == 0;
    std::size_t const done =
        flush ? iconv(*handle, nullptr, nullptr, &to, &room) : iconv(*handle, &from, &left, &to, &room);
    int const fault = done == static_cast<std::size_t>(-1) ? errno : 0;
    out.text.append(chunk.data(), chunk.size() - room);
    flushed = flush && fault != E2BIG;
    if (flush || fault == 0 || fault == E2BIG) continue;
    append_utf8(out.text, 0xFFFD);
    ++out.lost;
    ++from;
    --left;
  }
  if (!is_utf8(out.text)) out.text = mend_utf8(out.text);  // UTF-7 and UTF-16 may carry lone surrogates
  return out;
}

}  // namespace spoc::parser
