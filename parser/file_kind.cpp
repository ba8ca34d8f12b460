// SPDX-License-Identifier: GPL-3.0-or-later
// Names and first bytes of files that people hand in.
#include "parser/file_kind.hpp"

#include "desk/characters.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace spoc::parser {
namespace {

constexpr std::size_t longest_member_name = 120;

struct KnownKind {
  std::string_view suffix, type;
};
constexpr std::array known{
    KnownKind{"png", "image/png"},
    KnownKind{"jpg", "image/jpeg"},
    KnownKind{"jpeg", "image/jpeg"},
    KnownKind{"gif", "image/gif"},
    KnownKind{"webp", "image/webp"},
    KnownKind{"pdf", "application/pdf"},
    KnownKind{"txt", "text/plain"},
    KnownKind{"log", "text/plain"},
    KnownKind{"csv", "text/csv"},
    KnownKind{"zip", "application/zip"},
    KnownKind{"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    KnownKind{"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    KnownKind{"pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
    KnownKind{"odt", "application/vnd.oasis.opendocument.text"},
    KnownKind{"ods", "application/vnd.oasis.opendocument.spreadsheet"},
    KnownKind{"mp4", "video/mp4"},
    KnownKind{"eml", "message/rfc822"},
};

/// The code point at `at` and its bytes; {0, 0} where there is no valid one (RFC 3629).
std::pair<std::uint32_t, std::size_t> character(std::string_view text, std::size_t at) {
  auto const byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  unsigned const lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  std::size_t const size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
  if (size == 0 || lead > 0xF4 || at + size > text.size()) return {0, 0};
  std::uint32_t point = lead & (0x7FU >> size);
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return {0, 0};
    point = point << 6U | (byte(i) & 0x3FU);
  }
  constexpr std::array<std::uint32_t, 5> least{0, 0, 0x80, 0x800, 0x10000};
  bool const good = point >= least[size] && point <= 0x10FFFF && !(point >= 0xD800 && point <= 0xDFFF);
  return good ? std::pair{point, size} : std::pair{std::uint32_t{0}, std::size_t{0}};
}

bool is_hidden(std::uint32_t point) {
  return point < 0x20 || (point >= 0x7F && point < 0xA0) || (point >= 0x200B && point <= 0x200F) ||
         (point >= 0x202A && point <= 0x202E) || (point >= 0x2060 && point <= 0x2069) || point == 0xFEFF;
}

std::string_view without_tail(std::string_view name) {
  while (!name.empty() && (name.back() == '.' || name.back() == ' ')) name.remove_suffix(1);
  return name;
}

}  // namespace

std::string plain_name(std::string_view name) {
  if (auto const slash = name.find_last_of("/\\"); slash != std::string_view::npos)
    name.remove_prefix(slash + 1);
  std::string out;
  for (std::size_t at = 0; at < name.size();) {
    auto const [point, size] = character(name, at);
    if (size > 0 && !is_hidden(point)) out += name.substr(at, size);
    at += size > 0 ? size : 1;
  }
  if (out.size() > longest_member_name) {
    // The end stays: it says what the file is.
    std::size_t from = out.size() - longest_member_name;
    while (from < out.size() && desk::is_inner(out[from])) ++from;
    out.erase(0, from);
  }
  out = without_tail(out);
  while (!out.empty() && (out.front() == '.' || out.front() == ' ')) out.erase(0, 1);
  return out.empty() ? "file" : out;
}

std::string suffix_of(std::string_view name) {
  name = without_tail(name);
  auto const dot = name.rfind('.');
  if (dot == std::string_view::npos) return "";
  std::string out{name.substr(dot + 1)};
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

std::string type_of_suffix(std::string_view suffix) {
  for (KnownKind const& one : known)
    if (one.suffix == suffix) return std::string{one.type};
  return "application/octet-stream";
}

std::string_view sniffed(std::string_view bytes) {
  using namespace std::string_view_literals;
  if (bytes.starts_with("\x89PNG\r\n\x1A\n"sv)) return "image/png";
  if (bytes.starts_with("\xFF\xD8\xFF"sv)) return "image/jpeg";
  if (bytes.starts_with("GIF87a"sv) || bytes.starts_with("GIF89a"sv)) return "image/gif";
  if (bytes.starts_with("RIFF"sv) && bytes.substr(0, 12).ends_with("WEBP"sv)) return "image/webp";
  if (bytes.starts_with("%PDF-"sv)) return "application/pdf";
  if (bytes.starts_with("PK\x03\x04"sv)) return "application/zip";
  constexpr std::array programs{"MZ"sv,
                                "\x7F"
                                "ELF"sv,
                                "#!"sv,
                                "\xCF\xFA\xED\xFE"sv,
                                "\xCE\xFA\xED\xFE"sv,
                                "\xCA\xFE\xBA\xBE"sv};
  for (std::string_view const start : programs)
    if (bytes.starts_with(start)) return "program";
  return "";
}

bool is_honest(std::string_view suffix, std::string_view bytes) {
  std::string_view const kind = sniffed(bytes);
  if (kind == "program") return false;
  std::string const promised = type_of_suffix(suffix);
  bool const shown = promised.starts_with("image/") || promised == "application/pdf";
  return !shown || kind == promised;
}

}  // namespace spoc::parser
