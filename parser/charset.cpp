// SPDX-License-Identifier: GPL-3.0-or-later
// To UTF-8: the declared charset if it holds, else the detected one, else Windows-1252.
#include "parser/charset.hpp"

#include "parser/ascii.hpp"
#include "parser/detect.hpp"
#include "parser/iconv.hpp"
#include "parser/utf8.hpp"

#include <algorithm>

namespace spoc::parser {
namespace {

// These say something else with bytes that look like ASCII.
bool rewrites_ascii(std::string const& charset) {
  for (std::string_view one :
       {"utf-7", "utf-16", "utf-32", "ucs-", "iso-2022", "hz-gb", "ibm", "cp037", "cp500"})
    if (begins_with(charset, one)) return true;
  return false;
}

// RFC 1843, which the C library does not know: "~{" opens GB 2312 in seven bits, "~}" closes it.
std::string widen_hz(std::string_view bytes) {
  std::string out;
  bool double_byte = false;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    char const next = i + 1 < bytes.size() ? bytes[i + 1] : '\0';
    if (bytes[i] == '~' && (next == '{' || next == '}' || next == '~' || next == '\n')) {
      if (next == '{' || next == '}') double_byte = next == '{';
      if (next == '~') out += '~';
      ++i;
      continue;
    }
    bool const shift = double_byte && bytes[i] > ' ';
    out += shift ? static_cast<char>(static_cast<unsigned char>(bytes[i]) | 0x80U) : bytes[i];
  }
  return out;
}

// Outlook writes NEC's and IBM's characters into ISO-2022-JP (RFC 1468), which the C library's converter
// refuses, but knows in EUC. The same rows with the eighth bit set, and shifts for half-width kana and JIS X
// 0212.
std::string widen_iso2022jp(std::string_view bytes) {
  std::string out;
  enum class Set { ascii, kana, kanji, supplement } set = Set::ascii;
  bool trail = false;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    std::string_view const escape = bytes.substr(i, 4);
    bool const kanji = escape.starts_with("\x1B$B") || escape.starts_with("\x1B$@");
    bool const supplement = escape.starts_with("\x1B$(D");
    bool const single = escape.starts_with("\x1B(") && escape.size() > 2;
    if (kanji || supplement || single) {
      bool const kana = single && escape[2] == 'I';
      set = kanji ? Set::kanji : supplement ? Set::supplement : kana ? Set::kana : Set::ascii;
      i += supplement ? 3 : 2;
      trail = false;
      continue;
    }
    bool const shift = set != Set::ascii && bytes[i] > ' ' && !is_high(bytes[i]);
    if (bytes[i] == '\n') set = Set::ascii;  // a line begins in ASCII
    if (shift && set == Set::kana) out += '\x8E';
    if (shift && set == Set::supplement && !trail) out += '\x8F';
    out += shift ? static_cast<char>(static_cast<unsigned char>(bytes[i]) | 0x80U) : bytes[i];
    trail = shift && !trail;
  }
  return out;
}

// "le" or "be" where no byte order mark says it: Latin text and blanks have their NULs on one side. "" with a
// mark.
std::string byte_order(std::string_view bytes, bool four) {
  if (begins_with(bytes, "\xFF\xFE") || begins_with(bytes, "\xFE\xFF") ||
      begins_with(bytes, {"\0\0\xFE\xFF", 4}))
    return {};
  std::size_t const width = four ? 4 : 2;
  std::size_t first = 0, last = 0;
  for (std::size_t i = 0; i + width <= bytes.size() && i < 4096; i += width) {
    first += bytes[i] == '\0' ? 1 : 0;
    last += bytes[i + width - 1] == '\0' ? 1 : 0;
  }
  return last > first ? "le" : "be";
}

void note(std::vector<std::string>* defects, std::string words) {
  if (defects != nullptr) defects->push_back(std::move(words));
}

// A handful of broken bytes (a cut line, a transfer fault) does not disprove the declaration.
bool mostly_held(Converted const& converted, std::string_view bytes) {
  auto const high = static_cast<std::size_t>(std::count_if(bytes.begin(), bytes.end(), is_high));
  return converted.lost == 0 || (converted.lost * 20 <= high && converted.lost * 50 <= bytes.size());
}

bool is_single_byte_latin(std::string const& charset) {
  return charset == "windows-1252" || charset == "windows-1254" || begins_with(charset, "iso-8859-1");
}

std::string detected_as(std::string_view bytes, std::string const& charset) {
  auto converted = convert(bytes, charset);
  return converted ? std::move(converted->text) : mend_utf8(bytes);
}

std::string detected(std::string_view bytes) {
  std::string const charset = detect_charset(bytes);
  if (charset == "iso-2022-jp")
    if (auto converted = convert(widen_iso2022jp(bytes), "euc-jp-ms")) return std::move(converted->text);
  return detected_as(bytes, charset);
}

std::string cleaned_name(std::string_view declared) {
  std::string out = mend_utf8(declared.substr(0, 60));
  out.erase(std::remove_if(out.begin(), out.end(), [](char c) { return c < ' ' && !is_high(c); }), out.end());
  return out;
}

std::string without_mark(std::string text) {
  if (text.compare(0, 3, "\xEF\xBB\xBF") == 0 && text.size() > 3) text.erase(0, 3);
  return text;
}

std::string declared_or_detected(std::string_view bytes, std::string const& charset,
                                 std::string_view declared, std::vector<std::string>* defects) {
  bool const utf8 = is_utf8(bytes);
  // Windows-1252 decodes anything, but Latin text never happens to be well-formed UTF-8.
  if (utf8 && is_single_byte_latin(charset) && !is_ascii(bytes)) {
    note(defects, "text declared as " + cleaned_name(declared) + " is UTF-8");
    return std::string{bytes};
  }
  auto converted = convert(bytes, charset);
  std::string const better =
      converted ? better_than_declared(bytes, charset, converted->text) : std::string{};
  if (!better.empty()) {
    note(defects, "text declared as " + cleaned_name(declared) + " is " + better);
    return detected_as(bytes, better);
  }
  if (converted && mostly_held(*converted, bytes)) {
    if (converted->lost != 0) note(defects, "text has bytes that are no " + cleaned_name(declared));
    return std::move(converted->text);
  }
  note(defects,
       (converted ? "text is not in its declared charset " : "unknown charset ") + cleaned_name(declared));
  return utf8 ? std::string{bytes} : detected(bytes);
}

}  // namespace

std::string into_utf8(std::string bytes, std::string_view declared, std::vector<std::string>* defects) {
  std::string const charset = charset_named(declared);
  bool const plain = (charset.empty() && trimmed(declared).empty()) || charset == "utf-8" ||
                     charset == "us-ascii" || is_single_byte_latin(charset);
  bool const marked =
      begins_with(bytes, "\xEF\xBB\xBF") || has_iso2022_escapes(bytes) || holds(bytes, {"\0", 1});
  if (plain && !marked && (charset == "utf-8" ? is_utf8(bytes) : is_ascii(bytes))) return bytes;
  return to_utf8(bytes, declared, defects);
}

std::string charset_in_html(std::string_view bytes) {
  if (is_utf8(bytes)) return {};
  std::string const head = lowered(bytes.substr(0, 4096));
  for (std::string_view key : {"charset", "encoding"}) {
    auto at = head.find(key);
    if (at == std::string::npos) continue;
    at = head.find_first_not_of(" =\"'", at + key.size());
    if (at == std::string::npos) continue;
    return head.substr(at, std::min<std::size_t>(head.find_first_of("\"' />;?", at) - at, 40));
  }
  return {};
}

std::string to_utf8(std::string_view bytes, std::string_view declared, std::vector<std::string>* defects) {
  if (bytes.empty()) return {};
  std::string const charset = charset_named(declared);
  if (begins_with(charset, "hz-gb")) return to_utf8(widen_hz(bytes), "gb18030", defects);
  if (charset == "iso-2022-jp" && has_iso2022_escapes(bytes) && !holds(bytes, "\x1B$)"))
    return to_utf8(widen_iso2022jp(bytes), "euc-jp", defects);
  if (charset == "utf-16" || charset == "utf-32")  // RFC 2781 4.3: without a mark the order is to be guessed
    if (std::string const order = byte_order(bytes, charset == "utf-32"); !order.empty())
      return to_utf8(bytes, charset + order, defects);
  bool const plain = is_ascii(bytes);
  if (plain && !has_iso2022_escapes(bytes) && !rewrites_ascii(charset) && !holds(bytes, {"\0", 1}))
    return std::string{bytes};
  if (begins_with(bytes, "\xEF\xBB\xBF") && is_utf8(bytes)) return without_mark(std::string{bytes});
  std::string out;
  if (trimmed(declared).empty() || charset == "us-ascii" || charset.empty()) {
    if (!trimmed(declared).empty())
      note(defects, "text is not in its declared charset " + cleaned_name(declared));
    bool const escapes = has_iso2022_escapes(bytes) || holds(bytes, {"\0", 1});
    out = is_utf8(bytes) && !escapes ? std::string{bytes} : detected(bytes);
  } else {
    out = declared_or_detected(bytes, charset, declared, defects);
  }
  out = without_mark(std::move(out));
  return out.empty() ? mend_utf8(bytes) : out;
}

}  // namespace spoc::parser
