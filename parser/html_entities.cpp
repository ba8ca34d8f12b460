// SPDX-License-Identifier: GPL-3.0-or-later
// Character references of HTML to UTF-8: the names of HTML 4 and those of HTML 5 that mail uses.
#include "parser/html_entities.hpp"

#include "parser/utf8.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>

namespace spoc::parser {
namespace {

struct Named {
  std::string_view name;
  std::uint32_t point;
  bool bare;  ///< known without a semicolon, too
};

// Sorted by name.
// clang-format off
constexpr Named named[] = {
    {"AElig", 0xc6, true}, {"AMP", 0x26, true}, {"Aacute", 0xc1, true}, {"Abreve", 0x102, false},
    {"Acirc", 0xc2, true}, {"Agrave", 0xc0, true}, {"Alpha", 0x391, false}, {"Amacr", 0x100, false},
    {"Aogon", 0x104, false}, {"Aring", 0xc5, true}, {"Atilde", 0xc3, true}, {"Auml", 0xc4, true},
    {"Beta", 0x392, false}, {"COPY", 0xa9, true}, {"Cacute", 0x106, false}, {"Ccaron", 0x10c, false},
    {"Ccedil", 0xc7, true}, {"Chi", 0x3a7, false}, {"Dagger", 0x2021, false}, {"Dcaron", 0x10e, false},
    {"Delta", 0x394, false}, {"Dstrok", 0x110, false}, {"ETH", 0xd0, true}, {"Eacute", 0xc9, true},
    {"Ecaron", 0x11a, false}, {"Ecirc", 0xca, true}, {"Egrave", 0xc8, true}, {"Emacr", 0x112, false},
    {"Eogon", 0x118, false}, {"Epsilon", 0x395, false}, {"Eta", 0x397, false}, {"Euml", 0xcb, true},
    {"GT", 0x3e, true}, {"Gamma", 0x393, false}, {"Gbreve", 0x11e, false}, {"Iacute", 0xcd, true},
    {"Icirc", 0xce, true}, {"Idot", 0x130, false}, {"Igrave", 0xcc, true}, {"Imacr", 0x12a, false},
    {"Iota", 0x399, false}, {"Iuml", 0xcf, true}, {"Kappa", 0x39a, false}, {"LT", 0x3c, true},
    {"Lambda", 0x39b, false}, {"Lstrok", 0x141, false}, {"Mu", 0x39c, false}, {"Nacute", 0x143, false},
    {"Ncaron", 0x147, false}, {"NewLine", 0xa, false}, {"NonBreakingSpace", 0xa0, false},
    {"Ntilde", 0xd1, true}, {"Nu", 0x39d, false}, {"OElig", 0x152, false}, {"Oacute", 0xd3, true},
    {"Ocirc", 0xd4, true}, {"Odblac", 0x150, false}, {"Ograve", 0xd2, true}, {"Omacr", 0x14c, false},
    {"Omega", 0x3a9, false}, {"Omicron", 0x39f, false}, {"Oslash", 0xd8, true}, {"Otilde", 0xd5, true},
    {"Ouml", 0xd6, true}, {"Phi", 0x3a6, false}, {"Pi", 0x3a0, false}, {"Prime", 0x2033, false},
    {"Psi", 0x3a8, false}, {"QUOT", 0x22, true}, {"REG", 0xae, true}, {"Rcaron", 0x158, false},
    {"Rho", 0x3a1, false}, {"Sacute", 0x15a, false}, {"Scaron", 0x160, false}, {"Scedil", 0x15e, false},
    {"Sigma", 0x3a3, false}, {"THORN", 0xde, true}, {"Tab", 0x9, false}, {"Tau", 0x3a4, false},
    {"Tcaron", 0x164, false}, {"Tcedil", 0x162, false}, {"Theta", 0x398, false}, {"Uacute", 0xda, true},
    {"Ucirc", 0xdb, true}, {"Udblac", 0x170, false}, {"Ugrave", 0xd9, true}, {"Umacr", 0x16a, false},
    {"Upsilon", 0x3a5, false}, {"Uring", 0x16e, false}, {"Uuml", 0xdc, true}, {"Xi", 0x39e, false},
    {"Yacute", 0xdd, true}, {"Yuml", 0x178, false}, {"Zacute", 0x179, false}, {"Zcaron", 0x17d, false},
    {"Zdot", 0x17b, false}, {"ZeroWidthSpace", 0x200b, false}, {"Zeta", 0x396, false},
    {"aacute", 0xe1, true}, {"abreve", 0x103, false}, {"acirc", 0xe2, true}, {"acute", 0xb4, true},
    {"aelig", 0xe6, true}, {"agrave", 0xe0, true}, {"alefsym", 0x2135, false}, {"alpha", 0x3b1, false},
    {"amacr", 0x101, false}, {"amp", 0x26, true}, {"and", 0x2227, false}, {"ang", 0x2220, false},
    {"aogon", 0x105, false}, {"apos", 0x27, false}, {"aring", 0xe5, true}, {"ast", 0x2a, false},
    {"asymp", 0x2248, false}, {"atilde", 0xe3, true}, {"auml", 0xe4, true}, {"bdquo", 0x201e, false},
    {"beta", 0x3b2, false}, {"bigstar", 0x2605, false}, {"blacksquare", 0x25aa, false},
    {"boxh", 0x2500, false}, {"boxv", 0x2502, false}, {"brvbar", 0xa6, true}, {"bsol", 0x5c, false},
    {"bull", 0x2022, false}, {"cacute", 0x107, false}, {"cap", 0x2229, false}, {"ccaron", 0x10d, false},
    {"ccedil", 0xe7, true}, {"cedil", 0xb8, true}, {"cent", 0xa2, true}, {"check", 0x2713, false},
    {"checkmark", 0x2713, false}, {"chi", 0x3c7, false}, {"circ", 0x2c6, false}, {"clubs", 0x2663, false},
    {"colon", 0x3a, false}, {"comma", 0x2c, false}, {"commat", 0x40, false}, {"cong", 0x2245, false},
    {"copy", 0xa9, true}, {"copysr", 0x2117, false}, {"crarr", 0x21b5, false}, {"cross", 0x2717, false},
    {"cup", 0x222a, false}, {"curren", 0xa4, true}, {"dArr", 0x21d3, false}, {"dagger", 0x2020, false},
    {"darr", 0x2193, false}, {"dash", 0x2010, false}, {"dcaron", 0x10f, false}, {"deg", 0xb0, true},
    {"delta", 0x3b4, false}, {"diams", 0x2666, false}, {"divide", 0xf7, true}, {"dollar", 0x24, false},
    {"dstrok", 0x111, false}, {"eacute", 0xe9, true}, {"ecaron", 0x11b, false}, {"ecirc", 0xea, true},
    {"egrave", 0xe8, true}, {"emacr", 0x113, false}, {"empty", 0x2205, false}, {"emsp", 0x2003, false},
    {"ensp", 0x2002, false}, {"eogon", 0x119, false}, {"epsilon", 0x3b5, false}, {"equals", 0x3d, false},
    {"equiv", 0x2261, false}, {"eta", 0x3b7, false}, {"eth", 0xf0, true}, {"euml", 0xeb, true},
    {"euro", 0x20ac, false}, {"excl", 0x21, false}, {"exist", 0x2203, false}, {"female", 0x2640, false},
    {"fnof", 0x192, false}, {"forall", 0x2200, false}, {"frac12", 0xbd, true}, {"frac14", 0xbc, true},
    {"frac34", 0xbe, true}, {"frasl", 0x2044, false}, {"gamma", 0x3b3, false}, {"gbreve", 0x11f, false},
    {"ge", 0x2265, false}, {"grave", 0x60, false}, {"gt", 0x3e, true}, {"hArr", 0x21d4, false},
    {"harr", 0x2194, false}, {"hearts", 0x2665, false}, {"hellip", 0x2026, false}, {"horbar", 0x2015, false},
    {"hyphen", 0x2010, false}, {"iacute", 0xed, true}, {"icirc", 0xee, true}, {"iexcl", 0xa1, true},
    {"igrave", 0xec, true}, {"imacr", 0x12b, false}, {"image", 0x2111, false}, {"imath", 0x131, false},
    {"infin", 0x221e, false}, {"int", 0x222b, false}, {"iota", 0x3b9, false}, {"iquest", 0xbf, true},
    {"isin", 0x2208, false}, {"iuml", 0xef, true}, {"kappa", 0x3ba, false}, {"lArr", 0x21d0, false},
    {"lambda", 0x3bb, false}, {"lang", 0x2329, false}, {"laquo", 0xab, true}, {"larr", 0x2190, false},
    {"lbrace", 0x7b, false}, {"lbrack", 0x5b, false}, {"lceil", 0x2308, false}, {"lcub", 0x7b, false},
    {"ldquo", 0x201c, false}, {"le", 0x2264, false}, {"leftarrow", 0x2190, false}, {"lfloor", 0x230a, false},
    {"lowast", 0x2217, false}, {"lowbar", 0x5f, false}, {"loz", 0x25ca, false}, {"lpar", 0x28, false},
    {"lrm", 0x200e, false}, {"lsaquo", 0x2039, false}, {"lsqb", 0x5b, false}, {"lsquo", 0x2018, false},
    {"lstrok", 0x142, false}, {"lt", 0x3c, true}, {"macr", 0xaf, true}, {"male", 0x2642, false},
    {"mdash", 0x2014, false}, {"micro", 0xb5, true}, {"middot", 0xb7, true}, {"minus", 0x2212, false},
    {"mldr", 0x2026, false}, {"mu", 0x3bc, false}, {"nabla", 0x2207, false}, {"nacute", 0x144, false},
    {"nbsp", 0xa0, true}, {"ncaron", 0x148, false}, {"ndash", 0x2013, false}, {"ne", 0x2260, false},
    {"ni", 0x220b, false}, {"not", 0xac, true}, {"notin", 0x2209, false}, {"nsub", 0x2284, false},
    {"ntilde", 0xf1, true}, {"nu", 0x3bd, false}, {"num", 0x23, false}, {"numero", 0x2116, false},
    {"oacute", 0xf3, true}, {"ocirc", 0xf4, true}, {"odblac", 0x151, false}, {"oelig", 0x153, false},
    {"ograve", 0xf2, true}, {"oline", 0x203e, false}, {"omacr", 0x14d, false}, {"omega", 0x3c9, false},
    {"omicron", 0x3bf, false}, {"oplus", 0x2295, false}, {"or", 0x2228, false}, {"ordf", 0xaa, true},
    {"ordm", 0xba, true}, {"oslash", 0xf8, true}, {"otilde", 0xf5, true}, {"otimes", 0x2297, false},
    {"ouml", 0xf6, true}, {"para", 0xb6, true}, {"part", 0x2202, false}, {"percnt", 0x25, false},
    {"period", 0x2e, false}, {"permil", 0x2030, false}, {"perp", 0x22a5, false}, {"phi", 0x3c6, false},
    {"phone", 0x260e, false}, {"pi", 0x3c0, false}, {"piv", 0x3d6, false}, {"plus", 0x2b, false},
    {"plusmn", 0xb1, true}, {"pound", 0xa3, true}, {"prime", 0x2032, false}, {"prod", 0x220f, false},
    {"prop", 0x221d, false}, {"psi", 0x3c8, false}, {"quest", 0x3f, false}, {"quot", 0x22, true},
    {"rArr", 0x21d2, false}, {"radic", 0x221a, false}, {"rang", 0x232a, false}, {"raquo", 0xbb, true},
    {"rarr", 0x2192, false}, {"rbrace", 0x7d, false}, {"rbrack", 0x5d, false}, {"rcaron", 0x159, false},
    {"rceil", 0x2309, false}, {"rcub", 0x7d, false}, {"rdquo", 0x201d, false}, {"real", 0x211c, false},
    {"reg", 0xae, true}, {"rfloor", 0x230b, false}, {"rho", 0x3c1, false}, {"rightarrow", 0x2192, false},
    {"rlm", 0x200f, false}, {"rpar", 0x29, false}, {"rsaquo", 0x203a, false}, {"rsqb", 0x5d, false},
    {"rsquo", 0x2019, false}, {"sacute", 0x15b, false}, {"sbquo", 0x201a, false}, {"scaron", 0x161, false},
    {"scedil", 0x15f, false}, {"sdot", 0x22c5, false}, {"sect", 0xa7, true}, {"semi", 0x3b, false},
    {"shy", 0xad, true}, {"sigma", 0x3c3, false}, {"sigmaf", 0x3c2, false}, {"sim", 0x223c, false},
    {"sol", 0x2f, false}, {"spades", 0x2660, false}, {"square", 0x25a1, false}, {"star", 0x2606, false},
    {"starf", 0x2605, false}, {"sub", 0x2282, false}, {"sube", 0x2286, false}, {"sum", 0x2211, false},
    {"sup", 0x2283, false}, {"sup1", 0xb9, true}, {"sup2", 0xb2, true}, {"sup3", 0xb3, true},
    {"supe", 0x2287, false}, {"szlig", 0xdf, true}, {"tau", 0x3c4, false}, {"tcaron", 0x165, false},
    {"tcedil", 0x163, false}, {"there4", 0x2234, false}, {"theta", 0x3b8, false}, {"thetasym", 0x3d1, false},
    {"thinsp", 0x2009, false}, {"thorn", 0xfe, true}, {"tilde", 0x2dc, false}, {"times", 0xd7, true},
    {"trade", 0x2122, false}, {"uArr", 0x21d1, false}, {"uacute", 0xfa, true}, {"uarr", 0x2191, false},
    {"ucirc", 0xfb, true}, {"udblac", 0x171, false}, {"ugrave", 0xf9, true}, {"umacr", 0x16b, false},
    {"uml", 0xa8, true}, {"upsih", 0x3d2, false}, {"upsilon", 0x3c5, false}, {"uring", 0x16f, false},
    {"uuml", 0xfc, true}, {"verbar", 0x7c, false}, {"vert", 0x7c, false}, {"weierp", 0x2118, false},
    {"xi", 0x3be, false}, {"yacute", 0xfd, true}, {"yen", 0xa5, true}, {"yuml", 0xff, true},
    {"zacute", 0x17a, false}, {"zcaron", 0x17e, false}, {"zdot", 0x17c, false}, {"zeta", 0x3b6, false},
    {"zwj", 0x200d, false}, {"zwnj", 0x200c, false},
};
// clang-format on

// What browsers make of &#128; to &#159;: Windows-1252.
constexpr std::array<std::uint16_t, 32> windows_1252 = {
    0x20ac, 0x81,   0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8d,   0x017d, 0x8f,   0x90,   0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x9d,   0x017e, 0x0178};

constexpr std::size_t longest_entity = 20;

bool is_alnum(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

int digit(char c, int base) {
  int value = 99;
  if (c >= '0' && c <= '9') value = c - '0';
  if (c >= 'a' && c <= 'f') value = c - 'a' + 10;
  if (c >= 'A' && c <= 'F') value = c - 'A' + 10;
  return value < base ? value : -1;
}

Named const* lookup(std::string_view name) {
  auto const* at = std::lower_bound(std::begin(named), std::end(named), name,
                                    [](Named const& row, std::string_view key) { return row.name < key; });
  return at != std::end(named) && at->name == name ? at : nullptr;
}

// text stands behind "&#". Returns how many bytes were read, 0 if it is no reference.
std::size_t numeric(std::string_view text, std::string& out) {
  bool const hex = !text.empty() && (text[0] == 'x' || text[0] == 'X');
  int const base = hex ? 16 : 10;
  std::size_t const start = hex ? 1 : 0;
  std::size_t i = start;
  char32_t point = 0;
  for (; i < text.size() && digit(text[i], base) >= 0; ++i) {
    if (point <= 0x10ffff)
      point = point * static_cast<char32_t>(base) + static_cast<char32_t>(digit(text[i], base));
  }
  if (i == start) return 0;
  if (i < text.size() && text[i] == ';') ++i;
  if (point >= 0x80 && point <= 0x9f) point = windows_1252[point - 0x80];
  append_utf8(out, point);
  return i;
}

// text stands behind "&".
std::size_t by_name(std::string_view text, Spot spot, std::string& out) {
  std::size_t length = 0;
  while (length < text.size() && length < longest_entity && is_alnum(text[length])) ++length;
  if (length < text.size() && text[length] == ';') {
    if (Named const* row = lookup(text.substr(0, length))) {
      append_utf8(out, row->point);
      return length + 1;
    }
  }
  for (std::size_t n = length; n >= 2; --n) {  // the longest name that needs no semicolon: "&nbspx"
    Named const* row = lookup(text.substr(0, n));
    if (!row || !row->bare) continue;
    char const next = n < text.size() ? text[n] : ' ';
    if (spot == Spot::attribute && (next == '=' || is_alnum(next))) return 0;
    append_utf8(out, row->point);
    return n;
  }
  return 0;
}

}  // namespace

std::string decode_entities(std::string_view text, Spot spot) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    std::size_t const next = std::min(text.find('&', i), text.size());
    out.append(text.substr(i, next - i));
    i = next;
    if (i == text.size()) break;
    std::string_view const rest = text.substr(i + 1);
    bool const is_number = !rest.empty() && rest[0] == '#';
    std::size_t const used = is_number ? numeric(rest.substr(1), out) : by_name(rest, spot, out);
    if (used == 0) out += '&';
    i += used == 0 ? 1 : 1 + used + (is_number ? 1 : 0);
  }
  return out;
}

}  // namespace spoc::parser
