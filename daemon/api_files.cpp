// SPDX-License-Identifier: GPL-3.0-or-later
// Files that are handed in by the API: base64 inside the JSON of the message to which they belong.
#include "daemon/api_nouns.hpp"
#include "desk/lower.hpp"
#include "parser/codec.hpp"
#include "parser/digest.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <utility>

namespace spoc::daemon {
namespace {

namespace json = boost::json;

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// RFC 4648 4, with its padding; line breaks are no part of it.
bool is_base64(std::string_view text) {
  std::string_view body = text;
  for (int padding = 0; padding < 2 && body.ends_with('='); ++padding) body.remove_suffix(1);
  return text.size() % 4 == 0 && std::all_of(body.begin(), body.end(), [](char c) {
           return is_letter_or_digit(c) || c == '+' || c == '/';
         });
}

/// A name, and no way to anywhere.
bool is_file_name(std::string_view name) {
  return name != "." && name != ".." && std::none_of(name.begin(), name.end(), [](unsigned char c) {
           return c < 0x20 || c == 0x7f || c == '/' || c == '\\';
         });
}

/// "image/png": RFC 6838 4.2, without parameters.
bool is_media_type(std::string_view type) {
  auto const slash = type.find('/');
  bool const two = slash != std::string_view::npos && slash > 0 && slash + 1 < type.size() &&
                   type.find('/', slash + 1) == std::string_view::npos;
  return two && std::all_of(type.begin(), type.end(), [](char c) {
           return is_letter_or_digit(c) || std::string_view{"/!#$&-^_.+"}.find(c) != std::string_view::npos;
         });
}

}  // namespace

Result<std::vector<desk::Attachment>> files_in(json::object const& body) {
  std::vector<desk::Attachment> out;
  json::value const* given = body.if_contains("attachments");
  if (given == nullptr) return out;
  for (json::value const& one : given->as_array()) {
    json::object const& file = one.as_object();
    std::string const place = "/attachments/" + std::to_string(out.size());
    std::string_view const content{file.at("content").as_string()};
    desk::Attachment read;
    read.filename = std::string{file.at("filename").as_string()};
    if (!is_file_name(read.filename))
      return Error{Kind::unreadable, place + "/filename is a path, or has signs that no name has"};
    json::value const* type = file.if_contains("type");
    read.type =
        type == nullptr ? "application/octet-stream" : desk::lower(std::string_view{type->as_string()});
    if (!is_media_type(read.type))
      return Error{Kind::unreadable, place + "/type is no media type, such as \"image/png\""};
    if (!is_base64(content))
      return Error{Kind::unreadable, place + "/content is no base64 in one line, with its padding"};
    std::string bytes = parser::decode_base64(content);
    if (bytes.empty()) return Error{Kind::unreadable, place + "/content is empty"};
    read.sha256 = parser::sha256(bytes);
    read.content = std::move(bytes);
    out.push_back(std::move(read));
  }
  return out;
}

}  // namespace spoc::daemon
