// SPDX-License-Identifier: GPL-3.0-or-later
// Judges attachments by name and by their first bytes.
#include "desk/held.hpp"

#include "desk/phrase.hpp"

#include <algorithm>
#include <array>

namespace spoc::desk {
namespace {

// Marks that turn the direction of writing or stand for nothing (UTF-8): "annex\u202Efdp.exe" is shown as
// "annexexe.pdf".
constexpr std::array<std::string_view, 14> invisible{"\u200B", "\u200C", "\u200D", "\u200E", "\u200F",
                                                     "\u202A", "\u202B", "\u202C", "\u202D", "\u202E",
                                                     "\u2066", "\u2067", "\u2068", "\u2069"};

// Extensions that people take for harmless: before a dangerous one they are there to deceive.
constexpr std::array<std::string_view, 16> harmless{"pdf",  "doc", "docx", "xls", "xlsx", "ppt",
                                                    "pptx", "txt", "jpg",  "png", "gif",  "mp3",
                                                    "mp4",  "zip", "htm",  "html"};

struct Name {
  std::string plain;  ///< lower case, without marks and trailing dots and blanks, which Windows drops
  bool marked = false;
};

Name read_name(std::string const& filename) {
  Name out{normal(filename)};
  for (std::string_view mark : invisible)
    for (std::size_t at = out.plain.find(mark); at != std::string::npos; at = out.plain.find(mark, at)) {
      out.plain.erase(at, mark.size());
      out.marked = true;
    }
  while (!out.plain.empty() && (out.plain.back() == '.' || out.plain.back() == ' ')) out.plain.pop_back();
  return out;
}

std::string extension(std::string_view name) {
  auto const dot = name.rfind('.');
  return dot == std::string_view::npos ? "" : normal(name.substr(dot + 1));
}

bool one_of(std::vector<std::string> const& all, std::string const& word) {
  return !word.empty() && std::find(all.begin(), all.end(), word) != all.end();
}

/// "MZ" with the PE header where its field says, ELF, or a Mach-O.
bool is_program(std::string_view bytes) {
  if (bytes.starts_with("\x7F"
                        "ELF"))
    return true;
  if (!bytes.starts_with("MZ") || bytes.size() < 64) return false;
  auto const at = [&](std::size_t i) {
    return static_cast<std::size_t>(static_cast<unsigned char>(bytes[i]));
  };
  std::size_t const header = at(60) | at(61) << 8U | at(62) << 16U;
  return header + 4 <= bytes.size() && bytes.substr(header, 2) == "PE";
}

}  // namespace

std::string danger_of(Attachment const& attachment, std::vector<std::string> const& held_extensions) {
  if (held_extensions.empty()) return "";  // the operator lets everything through
  Name const name = read_name(attachment.filename);
  std::string const last = extension(name.plain);
  if (one_of(held_extensions, last)) {
    auto const before = extension(std::string_view{name.plain}.substr(0, name.plain.rfind('.')));
    bool const dressed = std::find(harmless.begin(), harmless.end(), before) != harmless.end();
    return name.marked || dressed ? phrase("its name hides that it ends in .{1}", {last})
                                  : phrase("files that end in .{1} are kept aside", {last});
  }
  if (is_program(attachment.content)) return phrase("it is a program, whatever its name says");
  return "";
}

void hold_dangerous(std::vector<Attachment>& attachments, std::vector<std::string> const& held_extensions) {
  for (Attachment& one : attachments)
    if (one.held.empty()) one.held = danger_of(one, held_extensions);
}

}  // namespace spoc::desk
