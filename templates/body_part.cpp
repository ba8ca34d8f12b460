// SPDX-License-Identifier: GPL-3.0-or-later
// Bodies of a mail: transfer encodings and parts within parts.
#include "templates/body_part.hpp"

#include "desk/base64.hpp"
#include "templates/encoded_word.hpp"
#include "templates/header_field.hpp"
#include "templates/utf8.hpp"

#include <mimetic/codec/qp.h>

#include <algorithm>
#include <cstdint>
#include <iterator>

namespace spoc::templates {
namespace {

constexpr std::size_t line_length = 76;

std::string base64_lines(std::string_view bytes) {
  std::string result;
  desk::append_base64(result, bytes, {line_length, true});
  if (!bytes.empty()) result += "\r\n";
  return result;
}

template <class Do>
void for_each_line(std::string_view text, Do const& each) {
  for (std::size_t at = 0; at < text.size();) {
    auto const end = std::min(text.find('\n', at), text.size());
    each(text.substr(at, end - at));
    at = end + 1;
  }
}

/// The codec is given words, not texts: after one byte beyond ASCII it would write every blank and line end
/// as =XX.
std::string quoted_word(std::string_view word) {
  // Most words are themselves. Not a dot at the beginning, which some servers take for the end of the mail.
  bool const as_it_is = !word.starts_with('.') && std::all_of(word.begin(), word.end(), [](char c) {
    return c > ' ' && c < 0x7F && c != '=';
  });
  if (as_it_is) return std::string{word};
  mimetic::QP::Encoder encoder;
  encoder.maxlen(word.size() * 3 + 8);
  std::string result;
  encoder.process(word.begin(), word.end(), std::back_inserter(result));
  return result;
}

/// One line, folded with soft breaks so that no =XX is torn apart.
std::string quoted_line(std::string_view line) {
  std::string encoded;
  for (std::size_t at = 0; at < line.size();) {
    if (line[at] == ' ' || line[at] == '\t') {
      // RFC 2045 6.7 (3): a line must not end in a blank.
      auto const last = at + 1 == line.size();
      encoded += !last ? std::string(1, line[at]) : (line[at] == ' ' ? "=20" : "=09");
      ++at;
      continue;
    }
    auto const end = std::min(line.find_first_of(" \t", at), line.size());
    encoded += quoted_word(line.substr(at, end - at));
    at = end;
  }
  // Old mailboxes put ">" before a line that begins so.
  if (encoded.starts_with("From ")) encoded.replace(0, 1, "=46");
  std::string result;
  for (std::size_t at = 0; at < encoded.size();) {
    auto length = std::min(line_length, encoded.size() - at);
    if (at + length < encoded.size()) {
      --length;
      // An escape is three characters: only one of the last two places can hold its beginning and miss its
      // end.
      std::size_t const end = at + length;
      if (encoded[end - 1] == '=')
        length -= 1;
      else if (encoded[end - 2] == '=')
        length -= 2;
    }
    result.append(encoded, at, length);
    at += length;
    if (at < encoded.size()) result += "=\r\n";
  }
  return result;
}

std::string quoted_printable(std::string_view text) {
  std::string result;
  for_each_line(text, [&result](std::string_view line) { result += quoted_line(line) + "\r\n"; });
  return result;
}

std::string with_crlf(std::string_view text) {
  std::string result;
  for_each_line(text, [&result](std::string_view line) { result.append(line).append("\r\n"); });
  return result;
}

bool fits_7bit(std::string_view text) {
  bool fits = true;
  for_each_line(text, [&fits](std::string_view line) {
    // RFC 5322 2.1.1 wants 78; a dot alone and "From " are what relays are known to change.
    if (line.size() > 78 || line == "." || line.starts_with("From ")) fits = false;
    auto const plain =
        std::all_of(line.begin(), line.end(), [](char c) { return (c >= 0x20 && c < 0x7F) || c == '\t'; });
    fits = fits && plain;
  });
  return fits;
}

bool is_mime_token(std::string_view text) {
  return !text.empty() && text.size() <= 100 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("!#$&^_.+-").find(c) != std::string_view::npos;
  });
}

/// What is no type, and what may not be base64 (RFC 2046 5.2.1: message/rfc822; 5.1: multipart), goes as
/// plain bytes.
std::string safe_type(std::string_view type) {
  auto const slash = type.find('/');
  auto const known = slash != std::string_view::npos && is_mime_token(type.substr(0, slash)) &&
                     is_mime_token(type.substr(slash + 1));
  if (!known || type.starts_with("message/") || type.starts_with("multipart/"))
    return "application/octet-stream";
  return std::string(type);
}

/// Characters that turn the reading direction make "cod.exe" look like "exe.doc".
void drop_direction_marks(std::string& name) {
  for (std::string_view const mark : {"\u202A", "\u202B", "\u202C", "\u202D", "\u202E", "\u2066", "\u2067",
                                      "\u2068", "\u2069", "\u200E", "\u200F"}) {
    for (auto at = name.find(mark); at != std::string::npos; at = name.find(mark))
      name.erase(at, mark.size());
  }
}

std::string safe_filename(std::string_view filename) {
  auto name = one_line(filename);
  auto const slash = name.find_last_of("/\\");
  if (slash != std::string::npos) name = name.substr(slash + 1);
  drop_direction_marks(name);
  // As bytes: file systems allow 255.
  while (name.size() > 200) name = clipped(name, std::max<std::size_t>(1, name.size() / 5));
  if (name.find_first_not_of(". ") == std::string::npos) return "attachment";
  return name;
}

std::uint64_t hash_of(std::vector<Part> const& parts, std::uint64_t seed) {
  // FNV-1a: it need not be secret, only the same for the same content.
  std::uint64_t hash = 14695981039346656037ULL ^ seed;
  for (auto const& part : parts) {
    for (std::string_view const text : {std::string_view(part.head), std::string_view(part.body)}) {
      for (char const c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    }
  }
  return hash;
}

std::string hexadecimal(std::uint64_t number) {
  std::string result(16, '0');
  for (auto place = result.rbegin(); place != result.rend(); ++place) {
    *place = "0123456789abcdef"[number & 15U];
    number >>= 4U;
  }
  return result;
}

std::string boundary_for(std::vector<Part> const& parts) {
  for (std::uint64_t seed = 0;; ++seed) {
    // "=_" can't stand in quoted-printable or base64 (RFC 2045 6.7), but it can in 7bit.
    auto boundary = "=_" + hexadecimal(hash_of(parts, seed));
    auto const inside = std::any_of(parts.begin(), parts.end(), [&boundary](Part const& part) {
      return part.body.find(boundary) != std::string::npos || part.head.find(boundary) != std::string::npos;
    });
    if (!inside) return boundary;
  }
}

}  // namespace

Part text_part(std::string_view type, std::string_view text) {
  auto const lines = valid_utf8(with_lf(text));
  auto const ascii = is_ascii(lines);
  std::string encoding = "7bit", body;
  if (ascii && fits_7bit(lines)) {
    body = with_crlf(lines);
  } else {
    encoding = "quoted-printable";
    body = quoted_printable(lines);
    if (!ascii) {
      // RFC 2045 6.8: line ends become CRLF before they are encoded.
      auto shorter = base64_lines(with_crlf(lines));
      if (shorter.size() < body.size()) {
        encoding = "base64";
        body = std::move(shorter);
      }
    }
  }
  auto head = field("Content-Type", std::string(type) + "; charset=utf-8");
  return {head + field("Content-Transfer-Encoding", encoding), std::move(body)};
}

Part attachment_part(desk::Attachment const& attachment, bool in_line) {
  auto const name = safe_filename(attachment.filename);
  auto head = field("Content-Type", safe_type(attachment.type));
  head += field("Content-Transfer-Encoding", "base64");
  head += field("Content-Disposition", (in_line ? "inline" : "attachment") + parameter("filename", name));
  if (!attachment.content_id.empty()) head += id_field("Content-ID", {attachment.content_id});
  return {std::move(head), base64_lines(attachment.content)};
}

Part multipart(std::string_view subtype, std::vector<Part> const& parts) {
  auto const boundary = boundary_for(parts);
  Part result;
  result.head =
      field("Content-Type", "multipart/" + std::string(subtype) + "; boundary=\"" + boundary + "\"");
  for (auto const& part : parts) {
    result.body += "--" + boundary + "\r\n" + part.head + "\r\n" + part.body + "\r\n";
  }
  result.body += "--" + boundary + "--\r\n";
  return result;
}

}  // namespace spoc::templates
