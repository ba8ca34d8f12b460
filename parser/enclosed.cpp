// SPDX-License-Identifier: GPL-3.0-or-later
// Looks for the first line of each attachment, and compares the rest.
#include "parser/enclosed.hpp"

#include <algorithm>
#include <functional>
#include <optional>

namespace spoc::parser {
namespace {

constexpr std::size_t worth_it = 4096;     // bytes of an attachment
constexpr std::size_t longest_line = 998;  // RFC 5322 2.1.1; else all in one
constexpr int most_in_vain =
    16;  // searches of the whole mail, of which a hostile one could ask for thousands
constexpr std::size_t bytes_of_head = 42;  // 56 characters: the shortest lines that clients write are of 60

/// How the text that begins at the front is broken into lines.
std::optional<desk::Base64Lines> lines_of(std::string_view text, std::size_t bytes) {
  if (desk::base64_size(bytes, {}) <= std::min(text.find('\n'), text.size())) return desk::Base64Lines{};
  std::string_view line = text.substr(0, text.find('\n'));
  bool const crlf = line.ends_with('\r');
  if (crlf) line.remove_suffix(1);
  if (line.size() % 4 != 0 || line.size() > longest_line) return std::nullopt;
  return desk::Base64Lines{line.size(), crlf};
}

std::optional<desk::Enclosed> enclosed_behind(std::string_view raw, std::size_t from,
                                              desk::Attachment const& file) {
  std::string_view const content = file.content;
  std::string const head = desk::base64(content.substr(0, bytes_of_head));
  auto const found = std::search(raw.begin() + static_cast<std::ptrdiff_t>(from), raw.end(),
                                 std::boyer_moore_horspool_searcher(head.begin(), head.end()));
  if (found == raw.end()) return std::nullopt;
  auto const place = static_cast<std::size_t>(found - raw.begin());
  auto const lines = lines_of(raw.substr(place), content.size());
  if (!lines) return std::nullopt;
  std::size_t const size = desk::base64_size(content.size(), *lines);
  if (!desk::is_base64_of(raw.substr(place, size), content, *lines)) return std::nullopt;
  return desk::Enclosed{place, size, *lines, file.sha256, file.content};
}

}  // namespace

std::vector<desk::Enclosed> enclosed_in(std::string_view raw, std::vector<desk::Attachment> const& files) {
  std::vector<desk::Enclosed> out;
  std::size_t from = 0;
  int in_vain = 0;
  for (desk::Attachment const& file : files) {
    if (file.content.size() < worth_it) continue;
    auto found = enclosed_behind(raw, from, file);
    if (!found && ++in_vain == most_in_vain) break;
    if (!found) continue;
    from = found->place + found->size;
    out.push_back(std::move(*found));
  }
  return out;
}

}  // namespace spoc::parser
