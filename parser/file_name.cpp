// SPDX-License-Identifier: GPL-3.0-or-later
// Names of attachments: Content-Disposition before Content-Type before what the type tells.
#include "parser/file_name.hpp"

#include "desk/characters.hpp"
#include "parser/ascii.hpp"
#include "parser/charset.hpp"
#include "parser/words.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace spoc::parser {
namespace {

constexpr std::size_t longest_file_name = 255;

using NameOfType = std::pair<std::string_view, std::string_view>;
constexpr std::array<NameOfType, 13> kinds{{{"application/ms-tnef", "winmail.dat"},
                                            {"application/vnd.ms-tnef", "winmail.dat"},
                                            {"text/calendar", "invite.ics"},
                                            {"application/ics", "invite.ics"},
                                            {"application/pgp-signature", "signature.asc"},
                                            {"application/pgp-encrypted", "pgp-version.txt"},
                                            {"application/pgp-keys", "keys.asc"},
                                            {"application/pkcs7-signature", "smime.p7s"},
                                            {"application/x-pkcs7-signature", "smime.p7s"},
                                            {"application/pkcs7-mime", "smime.p7m"},
                                            {"application/x-pkcs7-mime", "smime.p7m"},
                                            {"text/vcard", "contact.vcf"},
                                            {"text/x-vcard", "contact.vcf"}}};

constexpr std::array<NameOfType, 22> endings{
    {{"png", "image/png"},
     {"jpg", "image/jpeg"},
     {"jpeg", "image/jpeg"},
     {"gif", "image/gif"},
     {"bmp", "image/bmp"},
     {"webp", "image/webp"},
     {"pdf", "application/pdf"},
     {"txt", "text/plain"},
     {"log", "text/plain"},
     {"csv", "text/csv"},
     {"html", "text/html"},
     {"htm", "text/html"},
     {"rtf", "application/rtf"},
     {"zip", "application/zip"},
     {"eml", "message/rfc822"},
     {"ics", "text/calendar"},
     {"doc", "application/msword"},
     {"xls", "application/vnd.ms-excel"},
     {"ppt", "application/vnd.ms-powerpoint"},
     {"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
     {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
     {"pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"}}};

// The subject of a mail inside a mail, fit for a file.
std::string subject_of(std::string_view bytes) {
  auto const end = std::min(bytes.find("\n\n"), bytes.find("\r\n\r\n"));
  Fields const fields = read_fields(bytes.substr(0, std::min<std::size_t>(end, 16UL * 1024)));
  std::string const* const found = fields.find("Subject");
  std::string name = found == nullptr ? std::string{} : decode_words(found->substr(0, 1000));
  for (char& c : name)
    if (std::string_view{"/\\:*?\"<>|"}.find(c) != std::string_view::npos) c = '_';
  std::size_t end_of_name = std::min<std::size_t>(name.size(), 120);
  while (end_of_name > 0 && end_of_name < name.size() && desk::is_inner(name[end_of_name])) --end_of_name;
  return without_path(name.substr(0, end_of_name));
}

}  // namespace

std::string without_path(std::string name) {
  auto const slash = name.find_last_of("/\\");
  if (slash != std::string::npos) name.erase(0, slash + 1);
  name = std::string{trimmed(printable(name))};
  if (name.find_first_not_of('.') == std::string::npos) name.clear();
  if (name.size() <= longest_file_name) return name;
  std::size_t begin = name.size() - longest_file_name;  // the ending says what it is: the beginning goes
  while (begin < name.size() && desk::is_inner(name[begin])) ++begin;
  return name.substr(begin);
}

std::string file_name(Part const& part) {
  std::string name = without_path(part.disposition.parameter("filename"));
  if (name.empty()) name = without_path(part.disposition.parameter("name"));
  if (name.empty()) name = without_path(part.type.parameter("name"));
  if (name.empty()) name = without_path(part.type.parameter("filename"));
  return name;
}

std::string file_name_or_kind(Part const& part, std::string_view content) {
  std::string name = file_name(part);
  if (!name.empty()) return name;
  std::string const& type = part.type.value;
  for (auto const& [known, called] : kinds)
    if (type == known) return std::string{called};
  if (type != "message/rfc822" && type != "message/global") return name;
  std::string const subject = subject_of(content);
  return (subject.empty() ? "message" : subject) + ".eml";
}

std::string type_by_name(std::string_view name) {
  auto const dot = name.rfind('.');
  std::string const ending = dot == std::string_view::npos ? std::string{} : lowered(name.substr(dot + 1));
  for (auto const& [known, type] : endings)
    if (ending == known) return std::string{type};
  return "application/octet-stream";
}

bool is_tnef(std::string_view type, std::string_view name) {
  return type == "application/ms-tnef" || type == "application/vnd.ms-tnef" ||
         same_letters(name, "winmail.dat");
}

bool is_calendar(std::string_view type) { return type == "text/calendar" || type == "application/ics"; }

}  // namespace spoc::parser
