// SPDX-License-Identifier: GPL-3.0-or-later
// Classifies a mail: our own come back, bounce, machine, list, or a person.
#include "parser/bounce.hpp"

#include "parser/ascii.hpp"
#include "parser/automatic.hpp"
#include "parser/dialect.hpp"
#include "parser/report.hpp"

namespace spoc::parser {
namespace {

bool has_leaf(std::vector<LeafView> const& leaves, std::string_view type) {
  for (LeafView const& leaf : leaves)
    if (leaf.type == type) return true;
  return false;
}

std::string report_type(Parameterised const& type) {
  auto const found = type.parameters.find("report-type");
  return type.value == "multipart/report" && found != type.parameters.end() ? lowered(found->second)
                                                                            : std::string{};
}

bool null_sender(Fields const& fields) {
  std::string const* const path = fields.find("Return-Path");
  return path != nullptr && trimmed(*path) == "<>";
}

// Where the report leaves something out, the words beside it may tell.
void complete(desk::Bounce& bounce, desk::Bounce const& words) {
  if (bounce.recipient.empty()) bounce.recipient = words.recipient;
  bool const vague = bounce.status.empty() || bounce.status.ends_with(".0.0");
  if (vague && !words.status.empty() && bounce.action != "delivered" && bounce.action != "relayed") {
    bool const same_class = bounce.status.empty() || bounce.status[0] == words.status[0];
    if (same_class) bounce.status = words.status;
  }
  if (bounce.action.empty()) bounce.action = words.action;
  if (bounce.reason.empty()) bounce.reason = words.reason;
}

Verdict bounced(desk::Bounce bounce, std::string reason, Fields const& fields, std::string_view subject,
                std::string_view text, std::vector<LeafView> const& leaves) {
  complete(bounce, read_dialect(fields, subject, text));
  // Nobody gave a code, but the words are plain: RFC 3463 3.1, "other undefined status" of that class.
  if (bounce.status.empty() && bounce.action == "failed") bounce.status = "5.0.0";
  if (bounce.status.empty() && bounce.action == "delayed") bounce.status = "4.0.0";
  bounce.original_message_id = original_message_id(leaves, text);
  return {desk::MailKind::bounce, std::move(reason), std::move(bounce)};
}

}  // namespace

Verdict classify(Fields const& fields, Parameterised const& content_type, std::string_view subject,
                 std::string_view text, std::vector<LeafView> const& leaves) {
  using desk::MailKind;
  std::string const report = report_type(content_type);
  if (report == "disposition-notification" || has_leaf(leaves, "message/disposition-notification"))
    return {MailKind::auto_reply, "Content-Type: message/disposition-notification", {}};
  if (report == "feedback-report" || has_leaf(leaves, "message/feedback-report"))
    return {MailKind::auto_reply, "Content-Type: message/feedback-report", {}};
  if (auto bounce = read_report(leaves))
    return bounced(std::move(*bounce), "Content-Type: message/delivery-status", fields, subject, text,
                   leaves);
  if (report == "delivery-status")
    return bounced({}, "Content-Type: multipart/report; report-type=delivery-status", fields, subject, text,
                   leaves);

  if (std::string sign = loop_sign(fields); !sign.empty()) return {MailKind::loop, std::move(sign), {}};
  BounceSigns signs = bounce_signs(fields, subject, text);
  if (signs.weight >= 2) return bounced({}, std::move(signs.reason), fields, subject, text, leaves);
  if (std::string sign = automatic_sign(fields, subject); !sign.empty())
    return {MailKind::auto_reply, std::move(sign), {}};
  if (null_sender(fields)) return {MailKind::auto_reply, "Return-Path: <>", {}};
  if (std::string sign = list_sign(fields); !sign.empty()) return {MailKind::list, std::move(sign), {}};
  return {};
}

}  // namespace spoc::parser
