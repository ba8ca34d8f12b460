// SPDX-License-Identifier: GPL-3.0-or-later
// iconv(3), with the names that mail programs use for charsets.
#include "parser/iconv.hpp"

#include "parser/ascii.hpp"
#include "parser/charset.hpp"

#include <iconv.h>
#include <algorithm>
#include <array>
#include <cerrno>
#include <map>
#include <utility>

namespace spoc::parser {
namespace {

using Alias = std::pair<std::string_view, std::string_view>;

// Left: how mails spell it. Right: the superset that really is in use under that name (WHATWG Encoding 4.2).
constexpr std::array<Alias, 46> aliases{{
    {"8bit", ""},
    {"ansi_x3.4-1968", "us-ascii"},
    {"ascii", "us-ascii"},
    {"big5", "big5-hkscs"},
    {"big-5", "big5-hkscs"},
    {"big5-eten", "big5-hkscs"},
    {"cn-big5", "big5-hkscs"},
    {"x-x-big5", "big5-hkscs"},
    {"cp-850", "cp850"},
    {"chinese", "gb18030"},
    {"cn-gb", "gb18030"},
    {"cp936", "gb18030"},
    {"euc-cn", "gb18030"},
    {"gb-2312", "gb18030"},
    {"gb2312", "gb18030"},
    {"gb_2312-80", "gb18030"},
    {"gbk", "gb18030"},
    {"gb 18030", "gb18030"},
    {"x-gbk", "gb18030"},
    {"windows-936", "gb18030"},
    {"cp-1252", "windows-1252"},
    {"iso-8859-1", "windows-1252"},
    {"iso8859-1", "windows-1252"},
    {"iso_8859-1", "windows-1252"},
    {"latin1", "windows-1252"},
    {"latin-1", "windows-1252"},
    {"l1", "windows-1252"},
    {"x-ansi", "windows-1252"},
    {"iso-8859-8-i", "iso-8859-8"},
    {"iso-8859-9", "windows-1254"},
    {"iso-8859-11", "cp874"},
    {"tis-620", "cp874"},
    {"windows-874", "cp874"},
    {"euc-kr", "cp949"},
    {"euckr", "cp949"},
    {"ks_c_5601", "cp949"},
    {"ks_c_5601-1987", "cp949"},
    {"ksc5601", "cp949"},
    {"windows-949", "cp949"},
    {"shift_jis", "cp932"},
    {"shift-jis", "cp932"},
    {"sjis", "cp932"},
    {"x-sjis", "cp932"},
    {"windows-31j", "cp932"},
    {"unicode-1-1-utf-7", "utf-7"},
    {"utf8", "utf-8"},
}};

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

}  // namespace

std::string charset_named(std::string_view declared) {
  declared = trimmed(declared);
  while (!declared.empty() && (declared.front() == '"' || declared.front() == '\''))
    declared.remove_prefix(1);
  while (!declared.empty() && (declared.back() == '"' || declared.back() == '\'')) declared.remove_suffix(1);
  declared = declared.substr(0, declared.find('*'));  // RFC 2231 5: charset*language
  std::string name = lowered(trimmed(declared));
  for (std::string_view prefix : {"x-", "cs"})
    if (begins_with(name, prefix) && name.find("iso") == prefix.size()) name.erase(0, prefix.size());
  auto const known =
      std::find_if(aliases.begin(), aliases.end(), [&](Alias const& one) { return one.first == name; });
  if (known != aliases.end()) return std::string{known->second};
  // A slash would be an instruction to iconv_open ("//IGNORE"), or a path.
  if (name.size() > 40 || !std::all_of(name.begin(), name.end(), fits_a_name)) return {};
  return name;
}

std::optional<Converted> convert(std::string_view bytes, std::string const& charset) {
  thread_local Converters converters;
  auto const handle = charset.empty() ? std::nullopt : converters.open(charset);
  if (!handle) return std::nullopt;
  Converted out;
  std::array<char, 8192> chunk{};
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
    out.text += "\xEF\xBF\xBD";
    ++out.lost;
    ++from;
    --left;
  }
  if (!is_utf8(out.text)) out.text = mend_utf8(out.text);  // UTF-7 and UTF-16 may carry lone surrogates
  return out;
}

}  // namespace spoc::parser
