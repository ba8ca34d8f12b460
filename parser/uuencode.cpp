// SPDX-License-Identifier: GPL-3.0-or-later
// uuencode (POSIX 1003.1 uuencode), "begin-base64" and yEnc 1.3, line by line.
#include "parser/uuencode.hpp"

#include "parser/ascii.hpp"
#include "parser/codec.hpp"

#include <cstdint>
#include <optional>

namespace spoc::parser {
namespace {

constexpr std::size_t most_files = 100;
constexpr std::size_t most_failures = 8;  // each may have read far: a few are enough

int uu_value(char c) { return (c - ' ') & 0x3F; }

// One line: its first character is the count of bytes, then groups of four for three. Blanks at the end may
// have been lost on the way, a checksum letter may follow.
bool decode_uu_line(std::string_view line, std::string& out) {
  if (line.front() < ' ' || line.front() > '`') return false;
  auto const count = static_cast<std::size_t>(uu_value(line.front()));
  line.remove_prefix(1);
  if (line.size() > 86 || line.size() > (count + 2) / 3 * 4 + 3) return false;
  for (char c : line)
    if (c < ' ' || c > '`') return false;
  for (std::size_t i = 0; i < count; ++i) {
    std::size_t const at = i / 3 * 4 + i % 3;
    int const a = at < line.size() ? uu_value(line[at]) : 0;
    int const b = at + 1 < line.size() ? uu_value(line[at + 1]) : 0;
    int const shift = static_cast<int>(i % 3) * 2;
    out += static_cast<char>(static_cast<unsigned char>(((a << (2 + shift)) | (b >> (4 - shift))) & 0xFF));
  }
  return true;
}

// "begin 644 name": three or four octal digits and a name.
std::string_view name_after_mode(std::string_view line, std::string_view word) {
  if (!line.starts_with(word)) return {};
  std::size_t at = word.size();
  while (at < line.size() && line[at] >= '0' && line[at] <= '7') ++at;
  std::size_t const digits = at - word.size();
  bool const named = (digits == 3 || digits == 4) && at + 1 < line.size() && line[at] == ' ';
  return named ? trimmed(line.substr(at)) : std::string_view{};
}

std::optional<EncodedFile> read_uuencoded(std::string_view& rest, std::string_view name) {
  EncodedFile file{std::string{name}, {}, false};
  std::string_view after = rest;
  std::size_t lines = 0;
  while (!after.empty()) {
    std::string_view const before = after;
    std::string_view const line = take_line(after);
    if (trimmed(line) == "end") {
      rest = after;
      return file;
    }
    if (line.empty() && lines > 0) continue;
    // Without "end" the letters themselves are the proof: prose does not keep to their lengths for long.
    if (line.empty() || !decode_uu_line(line, file.content)) {
      if (lines < 3) return std::nullopt;
      file.cut = true;
      rest = before;
      return file;
    }
    ++lines;
    // Blanks lost at line ends are few; "M" and nothing else, line after line, would make 45 bytes of two.
    if (file.content.size() > rest.size() - after.size() + 4096) return std::nullopt;
  }
  if (lines < 3) return std::nullopt;
  file.cut = true;
  rest = after;
  return file;
}

std::optional<EncodedFile> read_base64(std::string_view& rest, std::string_view name) {
  std::string_view after = rest;
  while (!after.empty()) {
    std::size_t const size = rest.size() - after.size();
    if (trimmed(take_line(after)) != "====") continue;
    EncodedFile file{std::string{name}, decode_base64(rest.substr(0, size)), false};
    rest = after;
    return file;
  }
  return std::nullopt;
}

// yEnc: every byte plus 42; "=" escapes the next by another 64.
void decode_yenc_line(std::string_view line, std::string& out) {
  bool escaped = false;
  for (char c : line) {
    if (c == '=' && !escaped) {
      escaped = true;
      continue;
    }
    unsigned const value = static_cast<unsigned char>(c) - 42U - (escaped ? 64U : 0U);
    out += static_cast<char>(static_cast<unsigned char>(value & 0xFFU));
    escaped = false;
  }
}

std::optional<EncodedFile> read_yenc(std::string_view& rest, std::string_view begin) {
  auto const name = begin.find(" name=");
  if (name == std::string_view::npos || begin.find(" size=") == std::string_view::npos) return std::nullopt;
  EncodedFile file{std::string{trimmed(begin.substr(name + 6))}, {}, true};
  while (!rest.empty()) {
    std::string_view const line = take_line(rest);
    if (line.starts_with("=ypart ")) continue;
    if (line.starts_with("=yend")) {
      file.cut = false;
      break;
    }
    decode_yenc_line(line, file.content);
  }
  return file;
}

std::optional<EncodedFile> read_file(std::string_view line, std::string_view& rest, std::size_t& failures) {
  std::optional<EncodedFile> file;
  if (line.starts_with("=ybegin ")) {
    file = read_yenc(rest, line);
  } else if (auto const name = name_after_mode(line, "begin "); !name.empty()) {
    file = read_uuencoded(rest, name);
  } else if (auto const other = name_after_mode(line, "begin-base64 "); !other.empty()) {
    file = read_base64(rest, other);
  } else {
    return file;
  }
  if (!file) ++failures;
  return file;
}

}  // namespace

std::vector<EncodedFile> take_encoded_files(std::string& bytes) {
  std::vector<EncodedFile> files;
  if (!holds(bytes, "begin ") && !holds(bytes, "begin-base64 ")) return files;  // "=ybegin " holds the first
  std::string kept;
  std::size_t failures = 0;
  for (std::string_view rest = bytes; !rest.empty();) {
    std::string_view const before = rest;
    std::string_view const line = take_line(rest);
    bool const tries = failures < most_failures && files.size() < most_files;
    if (auto file = tries ? read_file(line, rest, failures) : std::nullopt) {
      files.push_back(std::move(*file));
      continue;
    }
    kept += before.substr(0, before.size() - rest.size());
  }
  if (!files.empty()) bytes = std::move(kept);
  return files;
}

}  // namespace spoc::parser
