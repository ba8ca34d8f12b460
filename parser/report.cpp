// SPDX-License-Identifier: GPL-3.0-or-later
// Reads message/delivery-status groups and the header of the mail that came back.
#include "parser/report.hpp"

#include "parser/ascii.hpp"
#include "parser/charset.hpp"
#include "parser/status.hpp"
#include "parser/utf8.hpp"
#include "parser/words.hpp"

#include <algorithm>

namespace spoc::parser {
namespace {

constexpr std::size_t most_groups = 500;

// RFC 6533 3: a mail system that knows no UTF-8 writes "\\x{6D4B}" for a character.
std::string without_escapes(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    auto const end = begins_with(text, "\\x{") ? text.find('}') : std::string_view::npos;
    char32_t point = 0;
    bool good = end != std::string_view::npos && end > 3 && end <= 9;
    for (std::size_t i = 3; good && i < end; ++i) {
      int const digit = hex_value(text[i]);
      good = digit >= 0;
      if (good) point = point * 16 + static_cast<char32_t>(digit);
    }
    if (good && point >= 0x20 && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff)) {
      append_utf8(out, point);
      text.remove_prefix(end + 1);
    } else {
      out += text.front();
      text.remove_prefix(1);
    }
  }
  return out;
}

// "rfc822; someone@example.org": the type goes (RFC 3464 2.1.2), stray brackets too.
std::string typed_address(std::string const* value) {
  if (value == nullptr) return {};
  auto const semicolon = value->find(';');
  std::string_view const text =
      std::string_view{*value}.substr(semicolon == std::string::npos ? 0 : semicolon + 1).substr(0, 2000);
  auto const people = read_addresses(without_escapes(text));
  return people.empty() ? std::string{} : people.front().address;
}

std::string typed_words(std::string const* value) {
  if (value == nullptr) return {};
  auto const semicolon = value->find(';');
  bool const typed = semicolon != std::string::npos && value->find(' ') > semicolon;
  return one_line(to_utf8(std::string_view{*value}.substr(typed ? semicolon + 1 : 0), ""));
}

int weight(desk::Bounce const& one) {
  if (one.action == "failed") return 4;
  if (one.action == "delayed") return 3;
  return one.action.empty() ? 2 : 1;
}

// X.0.0 says only "something", X.4.7 that time ran out: the server's own words may say more.
std::string best_status(std::string const& status, std::string const& reason) {
  std::string const detailed = is_vague(status) ? enhanced_status(reason) : std::string{};
  bool const better =
      !detailed.empty() && (status.empty() || !is_vague(detailed) || status.ends_with(".0.0"));
  return better ? detailed : status;
}

std::optional<desk::Bounce> read_group(Fields const& fields) {
  std::string const final = typed_address(fields.find("Final-Recipient"));
  std::string original = typed_address(fields.find("Original-Recipient"));
  if (original.empty()) original = typed_address(fields.find("X-Actual-Recipient"));
  std::string const* const action = fields.find("Action");
  std::string const* const status = fields.find("Status");
  if (final.empty() && original.empty() && action == nullptr && status == nullptr) return std::nullopt;
  desk::Bounce out;
  out.recipient = holds(final, "@") || original.empty() ? final : original;
  if (action != nullptr)
    out.action = lowered(printable(trimmed(action->substr(0, action->find_first_of(" (;")))));
  out.reason = typed_words(fields.find("Diagnostic-Code"));
  if (status != nullptr) out.status = enhanced_status(*status);
  out.status = best_status(out.status, out.reason);
  return out;
}

std::string_view take_group(std::string_view& rest) {
  std::string_view const all = rest;
  while (!rest.empty()) {
    std::size_t const before = all.size() - rest.size();
    if (trimmed(take_line(rest)).empty()) return all.substr(0, before);
  }
  return all;
}

bool is_returned_header(std::string_view type) {
  return type == "message/rfc822" || type == "text/rfc822-headers" || type == "message/global" ||
         type == "message/global-headers" || type == "message/rfc822-headers";
}

std::string first_id(std::string const* value) {
  if (value == nullptr) return {};
  auto ids = read_message_ids(*value);
  return ids.empty() ? std::string{} : std::move(ids.front());
}

}  // namespace

std::string one_line(std::string_view words) {
  std::string out;
  for (char c : printable(trimmed(words.substr(0, 2000))))
    if (c != ' ' || (!out.empty() && out.back() != ' ')) out += c;
  if (out.size() > 500) {
    std::size_t end = 497;
    while (end > 0 && is_high(out[end]) && (static_cast<unsigned char>(out[end]) & 0x40U) == 0) --end;
    out = out.substr(0, end) + "...";  // no character is cut in two
  }
  return out;
}

std::optional<desk::Bounce> read_report(std::vector<LeafView> const& leaves) {
  std::optional<desk::Bounce> best;
  for (LeafView const& leaf : leaves) {
    if (leaf.type != "message/delivery-status" && leaf.type != "message/global-delivery-status") continue;
    if (!best) best.emplace();
    std::string_view rest = leaf.bytes;
    for (std::size_t i = 0; i < most_groups && !rest.empty(); ++i) {
      auto group = read_group(read_fields(take_group(rest)));
      if (group && (weight(*group) > weight(*best) || best->recipient.empty())) best = std::move(group);
    }
  }
  return best;
}

std::string original_message_id(std::vector<LeafView> const& leaves, std::string_view text) {
  for (LeafView const& leaf : leaves) {
    if (!is_returned_header(leaf.type)) continue;
    std::string_view bytes = leaf.bytes.substr(0, 256 * 1024);
    while (!bytes.empty() && is_blank(bytes.front())) bytes.remove_prefix(1);
    auto const end = std::min(bytes.find("\n\n"), bytes.find("\r\n\r\n"));
    if (std::string id = first_id(read_fields(bytes.substr(0, end)).find("Message-ID")); !id.empty())
      return id;
  }
  for (std::string_view rest = text.substr(0, 256 * 1024); !rest.empty();) {
    std::string_view line = trimmed(take_line(rest));
    while (line.starts_with('>') || line.starts_with(' ')) line.remove_prefix(1);
    if (!begins_with(line, "message-id:")) continue;
    std::string value{line.substr(11)};
    if (trimmed(value).empty()) value = std::string{take_line(rest)};  // folded after the colon
    if (std::string id = first_id(&value); !id.empty()) return id;
  }
  return {};
}

}  // namespace spoc::parser
