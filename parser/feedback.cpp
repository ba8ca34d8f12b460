// SPDX-License-Identifier: GPL-3.0-or-later
// Reads the fields of a feedback report, and the few keys of a notice that matter.
#include "parser/feedback.hpp"

#include "parser/ascii.hpp"
#include "parser/charset.hpp"
#include "parser/recipient.hpp"
#include "parser/report.hpp"
#include "parser/status.hpp"

#include <algorithm>

namespace spoc::parser {
namespace {

constexpr std::size_t longest_notice = 256 * 1024;

std::string_view field_value(Fields const& fields, std::string_view name) {
  std::string const* const value = fields.find(name);
  return value == nullptr ? std::string_view{} : std::string_view{*value};
}

// The mail complained about names whom it was sent to; providers hide that at times.
std::string recipient_of_original(std::vector<LeafView> const& leaves) {
  for (LeafView const& leaf : leaves) {
    if (leaf.type != "message/rfc822" && leaf.type != "text/rfc822-headers") continue;
    std::string_view const bytes = leaf.bytes.substr(0, longest_notice);
    Fields const fields = read_fields(bytes.substr(0, std::min(bytes.find("\n\n"), bytes.find("\r\n\r\n"))));
    for (std::string_view name : {"X-HmXmrOriginalRecipient", "To"})
      if (std::string found = first_address(field_value(fields, name)); !found.empty()) return found;
  }
  return {};
}

// The string behind "key":, unescaped as far as it matters; keys are asked for with their quotes.
std::string string_behind(std::string_view json, std::string_view key, std::size_t from = 0) {
  auto at = json.find(key, from);
  if (at == std::string_view::npos) return {};
  at = json.find_first_not_of(" \t\r\n:[", at + key.size());
  if (at == std::string_view::npos || json[at] != '"') return {};
  std::string out;
  for (++at; at < json.size() && json[at] != '"' && out.size() < 1000; ++at) {
    if (json[at] == '\\' && at + 1 < json.size()) {
      ++at;
      out += json[at] == 'n' || json[at] == 'r' || json[at] == 't' ? ' ' : json[at];
    } else {
      out += json[at];
    }
  }
  return out;
}

}  // namespace

std::optional<desk::Bounce> read_feedback(std::vector<LeafView> const& leaves) {
  for (LeafView const& leaf : leaves) {
    if (leaf.type != "message/feedback-report") continue;
    Fields const fields = read_fields(leaf.bytes.substr(0, longest_notice));
    desk::Bounce out;
    out.action = "feedback";
    for (std::string_view name : {"Original-Rcpt-To", "Removal-Recipient", "Redacted-Address"})
      if (out.recipient.empty()) out.recipient = first_address(field_value(fields, name));
    if (out.recipient.empty()) out.recipient = recipient_of_original(leaves);
    out.reason = one_line(to_utf8(field_value(fields, "Feedback-Type"), ""));
    return out;
  }
  return std::nullopt;
}

std::optional<desk::Bounce> read_notice(std::string_view text) {
  text = trimmed(text.substr(0, longest_notice));
  if (!text.starts_with('{')) return std::nullopt;
  std::string type = lowered(string_behind(text, "\"notificationType\""));
  if (type.empty()) type = lowered(string_behind(text, "\"eventType\""));
  desk::Bounce out;
  if (type == "bounce" || type == "reject")
    out.action = "failed";
  else if (type == "complaint")
    out.action = "feedback";
  else if (type == "delivery")
    out.action = "delivered";
  else if (type == "deliverydelay")
    out.action = "delayed";
  else
    return std::nullopt;
  out.recipient = string_behind(text, "\"emailAddress\"");
  if (out.recipient.empty()) out.recipient = string_behind(text, "\"recipients\"");
  if (out.recipient.empty()) out.recipient = string_behind(text, "\"destination\"");
  out.recipient = first_address(out.recipient);
  out.reason =
      one_line(string_behind(text, out.action == "delivered" ? "\"smtpResponse\"" : "\"diagnosticCode\""));
  if (out.action == "feedback") out.reason = string_behind(text, "\"complaintFeedbackType\"");
  out.status = enhanced_status(string_behind(text, "\"status\""));
  if (is_vague(out.status))
    if (std::string said = enhanced_status(out.reason); !said.empty()) out.status = std::move(said);
  auto const ids = read_message_ids(string_behind(text, "\"name\":\"Message-ID\",\"value\""));
  if (!ids.empty()) out.original_message_id = ids.front();
  return out;
}

}  // namespace spoc::parser
