// SPDX-License-Identifier: GPL-3.0-or-later
// Encoded words (RFC 2047), with the liberties that mail programs take.
#include "parser/words.hpp"

#include "parser/ascii.hpp"
#include "parser/charset.hpp"
#include "parser/codec.hpp"
#include "parser/header.hpp"

namespace spoc::parser {
namespace {

// Longest text of one word that is looked for; RFC 2047 2 allows 75, real ones reach thousands.
constexpr std::size_t longest_word = 64 * 1024;

std::string decode_q(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    bool const coded =
        text[i] == '=' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 && hex_value(text[i + 2]) >= 0;
    if (coded) {
      out +=
          static_cast<char>(static_cast<unsigned char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2])));
      i += 2;
    } else {
      out += text[i] == '_' ? ' ' : text[i];
    }
  }
  return out;
}

/// Bytes of neighbouring words in one charset: a character may be cut between them (against RFC 2047 5 (3),
/// but common), so they are converted together.
struct Pending {
  std::string charset, bytes;
  void flush(std::string& out) {
    if (!bytes.empty()) out += to_utf8(bytes, charset);
    bytes.clear();
  }
};

}  // namespace

std::optional<EncodedWord> encoded_word_at(std::string_view value, std::size_t at) {
  if (value.substr(at, 2) != "=?") return std::nullopt;
  auto const charset_end = value.find_first_of("? \t", at + 2);
  if (charset_end == std::string_view::npos || value[charset_end] != '?' || charset_end == at + 2)
    return std::nullopt;
  if (charset_end + 3 >= value.size() || value[charset_end + 2] != '?') return std::nullopt;
  char const encoding = lower(value[charset_end + 1]);
  if (encoding != 'q' && encoding != 'b') return std::nullopt;
  std::size_t const text = charset_end + 3;
  auto const end = value.substr(0, text + longest_word).find("?=", text);
  if (end == std::string_view::npos) return std::nullopt;
  return EncodedWord{value.substr(at + 2, charset_end - at - 2), encoding == 'b',
                     value.substr(text, end - text), end + 2 - at};
}

std::string printable(std::string_view utf8) {
  std::string out;
  out.reserve(utf8.size());
  for (char c : mend_utf8(utf8)) {
    bool const control = !is_high(c) && (c < ' ' || c == 0x7F);
    if (c == '\t' || c == '\n')
      out += ' ';
    else if (!control)
      out += c;
  }
  return out;
}

std::string decode_words(std::string_view value) {
  std::string out;
  Pending pending;
  std::size_t plain = 0;  // where text outside words began
  bool after_word = false;
  std::size_t misses = 0;  // "=?" that opens nothing: the search for its end must not become quadratic
  for (std::size_t at = value.find("=?"); at != std::string_view::npos && misses < 100;) {
    auto const word = encoded_word_at(value, at);
    if (!word) {
      ++misses;
      at = value.find("=?", at + 2);
      continue;
    }
    std::string_view const between = value.substr(plain, at - plain);
    if (!(after_word && trimmed(between).empty())) {  // RFC 2047 6.2: blanks between words vanish
      pending.flush(out);
      out += to_utf8(between, "");
    }
    std::string const charset = lowered(word->charset);
    if (charset != pending.charset) pending.flush(out);
    pending.charset = charset;
    pending.bytes += word->base64 ? decode_base64(word->text) : decode_q(word->text);
    after_word = true;
    plain = at + word->length;
    at = value.find("=?", plain);
  }
  pending.flush(out);
  out += to_utf8(value.substr(plain), "");
  return printable(out);
}

}  // namespace spoc::parser
