// SPDX-License-Identifier: GPL-3.0-or-later
// Words that somebody typed, made into HTML that can hold nothing but words, breaks and web links.
#include "templates/plain_html.hpp"

#include "templates/utf8.hpp"

#include <algorithm>

namespace spoc::templates {
namespace {

/// The web address that begins at `at`, "" for none. It ends before what usually is the sentence's, not its
/// own.
std::string_view link_at(std::string_view line, std::size_t at) {
  auto const rest = line.substr(at);
  if (!rest.starts_with("http://") && !rest.starts_with("https://")) return {};
  auto const end = std::find_if(rest.begin(), rest.end(), [](char c) {
    return static_cast<unsigned char>(c) <= 0x20 || static_cast<unsigned char>(c) >= 0x7F ||
           std::string_view("<>\"'`{}|\\^").find(c) != std::string_view::npos;
  });
  auto link = rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
  while (!link.empty() && std::string_view(".,;:!?)]*_").find(link.back()) != std::string_view::npos) {
    link.remove_suffix(1);
  }
  auto const bare = link.find("://") + 3;
  return link.size() > bare ? link : std::string_view{};
}

void add_link(std::string_view link, std::string& out) {
  auto const address = escaped_html(link);
  out += "<a href=\"";
  out += address;
  out += "\">";
  out += address;
  out += "</a>";
}

void add_line(std::string_view line, std::string& out) {
  std::size_t at = 0;
  for (; at < line.size() && (line[at] == ' ' || line[at] == '\t'); ++at) {
    out += line[at] == ' ' ? "&nbsp;" : "&nbsp;&nbsp;&nbsp;&nbsp;";
  }
  auto done = at;
  while (at < line.size()) {
    auto const link = line[at] == 'h' ? link_at(line, at) : std::string_view{};
    if (link.empty()) {
      ++at;
      continue;
    }
    out += escaped_html(line.substr(done, at - done));
    add_link(link, out);
    at += link.size();
    done = at;
  }
  out += escaped_html(line.substr(done));
}

}  // namespace

std::string escaped_html(std::string_view text) {
  std::string result;
  result.reserve(text.size() + text.size() / 8);
  for (char const c : text) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      // Not &apos;, which HTML 4 readers such as Outlook's show as it stands.
      case '\'':
        result += "&#39;";
        break;
      default:
        result += c;
    }
  }
  return result;
}

std::string html_of_line(std::string_view line) {
  std::string result;
  for (std::size_t at = 0; at < line.size();) {
    auto const end = std::min(line.find(' ', at), line.size());
    auto const word = line.substr(at, end - at);
    auto const plus = word.find('+');
    auto const plain = std::all_of(word.begin(), word.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
             c == '-' || c == '_' || c == '+' || c == '@';
    });
    bool const address = plain && plus != std::string_view::npos && word.find('@') != std::string_view::npos;
    auto const escaped = escaped_html(word);
    result += address ? "<a href=\"mailto:" + escaped + "\">" + escaped + "</a>" : escaped;
    if (end < line.size()) result += ' ';
    at = end + 1;
  }
  return result;
}

std::string html_of(std::string_view text) {
  auto const lines = trimmed_lines(valid_utf8(with_lf(text)));
  std::string result;
  bool open = false;
  for (std::size_t at = 0; at < lines.size();) {
    auto const end = std::min(lines.find('\n', at), lines.size());
    auto const line = std::string_view(lines).substr(at, end - at);
    at = end + 1;
    if (line.find_first_not_of(" \t") == std::string_view::npos) {
      if (open) result += "</p>\n";
      open = false;
      continue;
    }
    result += open ? "<br>\n" : "<p>";
    open = true;
    add_line(line, result);
  }
  if (open) result += "</p>";
  return result;
}

}  // namespace spoc::templates
