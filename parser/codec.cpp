// SPDX-License-Identifier: GPL-3.0-or-later
// Transfer encodings by mimetic's codecs, fed with bounded, cleaned pieces only.
#include "parser/codec.hpp"

#include "parser/ascii.hpp"
#include "parser/charset.hpp"

#include <mimetic/codec/base64.h>
#include <mimetic/codec/qp.h>
#include <iterator>

namespace spoc::parser {
namespace {

bool in_base64(char c) { return is_letter(c) || is_digit(c) || c == '+' || c == '/'; }

// mimetic's decoder turns a lone "=" into a byte of garbage and has its table's end off by one:
// it is shown the alphabet alone, a whole group at a time.
void decode_group(std::string& clean, std::string& out) {
  if (clean.size() % 4 == 1) clean.pop_back();
  mimetic::Base64::Decoder decoder;
  decoder.process(clean.begin(), clean.end(), std::back_inserter(out));
  clean.clear();
}

std::string_view without_trailing_blanks(std::string_view line) {
  while (!line.empty() && (line.back() == ' ' || line.back() == '\t')) line.remove_suffix(1);
  return line;
}

int uu_value(char c) { return (c - ' ') & 0x3F; }

// One line: its first character is the count of bytes, then groups of four for three.
bool decode_uu_line(std::string_view line, std::string& out) {
  auto const count = static_cast<std::size_t>(uu_value(line.front()));
  line.remove_prefix(1);
  if (line.size() > 84 || (line.size() + 1) / 4 * 3 + 3 < count) return false;
  std::string bytes;
  for (std::size_t i = 0; i < count; ++i) {
    std::size_t const at = i / 3 * 4 + i % 3;
    int const a = at < line.size() ? uu_value(line[at]) : 0;
    int const b = at + 1 < line.size() ? uu_value(line[at + 1]) : 0;
    int const shift = static_cast<int>(i % 3) * 2;
    bytes += static_cast<char>(static_cast<unsigned char>(((a << (2 + shift)) | (b >> (4 - shift))) & 0xFF));
  }
  out += bytes;
  return true;
}

// "begin 644 name": three or four octal digits and a name.
bool begins_uuencoded(std::string_view line) {
  if (!line.starts_with("begin ") || line.size() < 11) return false;
  std::size_t at = 6;
  while (at < line.size() && line[at] >= '0' && line[at] <= '7') ++at;
  return (at == 9 || at == 10) && at + 1 < line.size() && line[at] == ' ';
}

bool read_uuencoded(std::string_view& rest, std::string_view begin, Uuencoded& file) {
  std::string_view after = rest;
  while (!after.empty()) {
    std::string_view const line = take_line(after);
    if (line == "end") {
      file.name = std::string{trimmed(begin.substr(begin.find(' ', 6) + 1))};
      rest = after;
      return true;
    }
    if (line.empty() || !decode_uu_line(line, file.content)) return false;
  }
  return false;
}

}  // namespace

std::string decode_base64(std::string_view text) {
  std::string out, clean;
  out.reserve(text.size() / 4 * 3 + 3);
  clean.reserve(4096);
  for (char c : text) {
    if (in_base64(c)) clean += c;
    // Groups stay whole when the buffer is handed over at a multiple of four.
    if (!clean.empty() && (c == '=' || clean.size() == 4096)) decode_group(clean, out);
  }
  decode_group(clean, out);
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
    // mimetic's decoder loses a line end that follows blanks, and blanks before a soft line break: it sees
    // one line at a time, without its end, and such blanks are kept from it.
    std::string_view const words = without_trailing_blanks(line);
    mimetic::QP::Decoder decoder;
    decoder.process(words.begin(), words.end(), std::back_inserter(out));
    out += line.substr(words.size());
    if (!soft && end != std::string_view::npos) out += carriage ? "\r\n" : "\n";
  }
  return out;
}

std::string decode_transfer(std::string_view bytes, std::string_view encoding,
                            std::vector<std::string>* defects) {
  std::string const word = lowered(trimmed(encoding.substr(0, encoding.find_first_of(";("))));
  if (word == "base64") return decode_base64(bytes);
  if (word == "quoted-printable") return decode_quoted_printable(bytes);
  if (word == "x-uuencode" || word == "uuencode" || word == "x-uue") {
    std::string text{bytes};
    auto files = take_uuencoded(text);
    return files.empty() ? text : std::move(files.front().content);
  }
  bool const known = word.empty() || word == "7bit" || word == "8bit" || word == "binary";
  if (!known && defects != nullptr)
    defects->push_back("unknown transfer encoding " + mend_utf8(word.substr(0, 60)));
  return std::string{bytes};
}

std::string encode_base64(std::string_view bytes) {
  std::string out;
  mimetic::Base64::Encoder encoder(0);
  encoder.process(bytes.begin(), bytes.end(), std::back_inserter(out));
  return out;
}

std::vector<Uuencoded> take_uuencoded(std::string& text) {
  std::vector<Uuencoded> files;
  if (!holds(text, "begin ")) return files;
  std::string kept;
  std::size_t failures = 0;  // each failed try may have read far: a few are enough
  for (std::string_view rest = text; !rest.empty();) {
    std::string_view const before = rest;
    std::string_view const line = take_line(rest);
    Uuencoded file;
    if (failures < 8 && begins_uuencoded(line)) {
      if (read_uuencoded(rest, line, file)) {
        files.push_back(std::move(file));
        continue;
      }
      ++failures;
    }
    kept += before.substr(0, before.size() - rest.size());
  }
  if (!files.empty()) text = std::move(kept);
  return files;
}

}  // namespace spoc::parser
