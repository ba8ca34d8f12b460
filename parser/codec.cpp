// SPDX-License-Identifier: GPL-3.0-or-later
// Transfer encodings: table-driven decoders of our own, since mimetic's lose bytes of damaged input and are
// slow (docs/decisions.md); its encoder writes.
#include "parser/codec.hpp"

#include "parser/ascii.hpp"
#include "parser/charset.hpp"
#include "parser/uuencode.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <tuple>
#include <utility>

namespace spoc::parser {
namespace {

constexpr std::uint32_t no_sextet = 0xFF000000U;

/// What a letter means at each of the four places of a group; no_sextet for what is outside the alphabet.
using Places = std::array<std::array<std::uint32_t, 256>, 4>;

constexpr Places make_places() {
  Places out{};
  for (auto& place : out) place.fill(no_sextet);
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (std::uint32_t value = 0; value < alphabet.size(); ++value)
    for (std::size_t place = 0; place < 4; ++place)
      out[place][static_cast<unsigned char>(alphabet[value])] = value << (18 - 6 * place);
  return out;
}
constexpr Places places = make_places();

std::uint32_t meaning(std::size_t place, char letter) {
  return places[place][static_cast<unsigned char>(letter)];
}

char byte_of(std::uint32_t bits) { return static_cast<char>(static_cast<unsigned char>(bits & 0xFFU)); }

/// A group that is not complete yet: line ends, foreign signs and "=" may stand between its letters.
struct Group {
  std::uint32_t bits = 0;
  std::size_t letters = 0;
  char* write(char* to) const {
    if (letters > 1) *to++ = byte_of(bits >> 16U);
    if (letters > 2) *to++ = byte_of(bits >> 8U);
    if (letters > 3) *to++ = byte_of(bits);
    return to;
  }
};

// As long as four letters follow each other. By value: a char written could be part of a pointer that is
// referred to, and would be read anew each time.
std::pair<char const*, char*> decode_run(char const* from, char const* const end, char* to) {
  for (; end - from >= 4; from += 4, to += 3) {
    std::uint32_t const bits =
        meaning(0, from[0]) | meaning(1, from[1]) | meaning(2, from[2]) | meaning(3, from[3]);
    if ((bits & no_sextet) != 0) break;
    to[0] = byte_of(bits >> 16U);
    to[1] = byte_of(bits >> 8U);
    to[2] = byte_of(bits);
  }
  return {from, to};
}

// Runs with nothing but line ends between them.
std::pair<char const*, char*> decode_lines(char const* from, char const* const end, char* to) {
  for (;;) {
    std::tie(from, to) = decode_run(from, end, to);
    if (from == end || (*from != '\r' && *from != '\n')) return {from, to};
    while (from != end && (*from == '\r' || *from == '\n')) ++from;
  }
}

std::string_view without_trailing_blanks(std::string_view line) {
  while (!line.empty() && (line.back() == ' ' || line.back() == '\t')) line.remove_suffix(1);
  return line;
}

bool is_base64_sign(char c) { return meaning(0, c) != no_sextet || c == '='; }

// Words, not a damaged line: blanks inside, or hardly a sign of the alphabet.
bool is_prose(std::string_view line) {
  line = trimmed(line);
  if (line.find(' ') != std::string_view::npos) return true;
  auto const foreign = static_cast<std::size_t>(
      std::count_if(line.begin(), line.end(), [](char c) { return !is_base64_sign(c); }));
  return foreign > 3 && foreign * 2 > line.size();
}

/// How many bytes of a text are base64, counted in whole lines. Once prose has begun, it goes on to the end.
std::size_t base64_length(std::string_view text) {
  for (std::string_view rest = text; !rest.empty();) {
    std::size_t const at = text.size() - rest.size();
    if (is_prose(take_line(rest))) return at;
  }
  return text.size();
}

bool is_base64_name(std::string_view word) { return word == "base64" || word == "base-64" || word == "b"; }

// "Base64; x", "\"base64\"", "quoted-printable (comment)"
std::string encoding_named(std::string_view encoding) {
  std::string_view word = trimmed(encoding.substr(0, encoding.find_first_of(";(")));
  while (!word.empty() && (word.front() == '"' || word.front() == '\'')) word.remove_prefix(1);
  while (!word.empty() && (word.back() == '"' || word.back() == '\'')) word.remove_suffix(1);
  return lowered(trimmed(word));
}

void append_unquoted(std::string_view line, std::string& out) {
  for (auto at = line.find('='); at != std::string_view::npos; at = line.find('=')) {
    out += line.substr(0, at);
    int const high = at + 2 < line.size() ? hex_value(line[at + 1]) : -1;
    int const low = high >= 0 ? hex_value(line[at + 2]) : -1;
    bool const coded = low >= 0;
    out += coded ? static_cast<char>(static_cast<unsigned char>(high * 16 + low)) : '=';
    line.remove_prefix(coded ? at + 3 : at + 1);
  }
  out += line;
}

}  // namespace

std::string decode_base64(std::string_view text) {
  std::string out;
  out.resize(text.size() / 4 * 3 + 3);
  char const* from = text.data();
  char const* const end = from + text.size();
  char* to = out.data();
  Group group;
  while (from != end) {
    if (group.letters == 0) std::tie(from, to) = decode_lines(from, end, to);
    if (from == end) break;
    char const letter = *from++;
    std::uint32_t const bits = meaning(group.letters, letter);
    if (bits != no_sextet) {
      group.bits |= bits;
      ++group.letters;
    }
    if (group.letters == 4 || letter == '=') {
      to = group.write(to);
      group = {};
    }
  }
  to = group.write(to);
  out.resize(static_cast<std::size_t>(to - out.data()));
  return out;
}

std::string decode_quoted_printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    auto const end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    bool const carriage = !line.empty() && line.back() == '\r';
    if (carriage) line.remove_suffix(1);
    line = without_trailing_blanks(line);  // RFC 2045 6.7 (3)
    bool const soft = !line.empty() && line.back() == '=';
    if (soft) line.remove_suffix(1);
    append_unquoted(line, out);
    if (!soft && end != std::string_view::npos) out += carriage ? "\r\n" : "\n";
  }
  return out;
}

std::string decode_transfer(std::string_view bytes, std::string_view encoding,
                            std::vector<std::string>* defects) {
  std::string const word = encoding_named(encoding);
  if (is_base64_name(word)) return decode_base64(bytes);
  if (word == "quoted-printable" || word == "quotedprintable" || word == "quoted_printable" || word == "q")
    return decode_quoted_printable(bytes);
  if (word == "x-uuencode" || word == "uuencode" || word == "x-uue" || word == "uue") {
    std::string text{bytes};
    auto files = take_encoded_files(text);
    return files.empty() ? text : std::move(files.front().content);
  }
  bool const known = word.empty() || begins_with(word, "7bit") || begins_with(word, "8bit") ||
                     begins_with(word, "7-bit") || begins_with(word, "8-bit") || word == "binary" ||
                     word == "none";
  if (!known && defects != nullptr)
    defects->push_back("unknown transfer encoding " + mend_utf8(word.substr(0, 60)));
  return std::string{bytes};
}

std::string decode_text_transfer(std::string_view bytes, std::string_view encoding,
                                 std::vector<std::string>* defects) {
  if (!is_base64_name(encoding_named(encoding))) return decode_transfer(bytes, encoding, defects);
  std::size_t const length = base64_length(bytes);
  if (length == bytes.size()) return decode_base64(bytes);
  if (defects != nullptr)
    defects->emplace_back(length == 0 ? "a text declared as base64 is none"
                                      : "words after the end of base64");
  std::string out = decode_base64(bytes.substr(0, length));
  if (!out.empty() && !out.ends_with('\n')) out += '\n';
  return out += bytes.substr(length);
}

}  // namespace spoc::parser
