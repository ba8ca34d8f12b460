// SPDX-License-Identifier: GPL-3.0-or-later
// Classifies a mail: our own come back, bounce, machine, list, or a person.
#include "parser/bounce.hpp"

#include "parser/ascii.hpp"
#include "parser/automatic.hpp"
#include "parser/calendar_reply.hpp"
#include "parser/dialect.hpp"
#include "parser/feedback.hpp"
#include "parser/report.hpp"

namespace spoc::parser {
namespace {

bool has_leaf(std::vector<LeafView> const& leaves, std::string_view type) {
  for (LeafView const& leaf : leaves)
    if (leaf.type == type) return true;
  return false;
}

bool has_returned_mail(std::vector<LeafView> const& leaves) {
  return has_leaf(leaves, "message/rfc822") || has_leaf(leaves, "text/rfc822-headers");
}

std::string report_type(Parameterised const& type) {
  return type.value == "multipart/report" ? lowered(type.parameter("report-type")) : std::string{};
}

bool null_sender(Fields const& fields) {
  std::string const* const path = fields.find("Return-Path");
  return path != nullptr && trimmed(*path) == "<>";
}

// Where the report leaves something out, the words beside it may tell.
void complete(desk::Bounce& bounce, desk::Bounce const& words) {
  // Exim names a file where a mailbox could not be written.
  bool const nameless = !holds(bounce.recipient, "@");
  if (nameless && !words.recipient.empty()) bounce.recipient = words.recipient;
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
  bool const bad = bounce.action == "failed" || bounce.action == "delayed";
  if (bad && bounce.status.empty()) bounce.status = status_from_words(bounce, subject, text);
  bounce.original_message_id = original_message_id(leaves, text);
  return {desk::MailKind::bounce, std::move(reason), std::move(bounce)};
}

// A complaint is no failure: nobody's address is bad. It is filed with the letter and answered by nobody.
Verdict complained(std::optional<desk::Bounce> report, std::string reason,
                   std::vector<LeafView> const& leaves, std::string_view text) {
  if (report && report->original_message_id.empty())
    report->original_message_id = original_message_id(leaves, text);
  return {desk::MailKind::auto_reply, std::move(reason), std::move(report)};
}

// The notice of a mail service in JSON.
Verdict noticed(desk::Bounce notice, std::string_view text) {
  std::string reason = "the notice of a mail service";
  if (notice.action == "feedback") return complained(std::move(notice), std::move(reason), {}, "");
  bool const bad = notice.action == "failed" || notice.action == "delayed";
  if (bad && notice.status.empty()) notice.status = status_from_words(notice, "", text);
  return {desk::MailKind::bounce, std::move(reason), std::move(notice)};
}

}  // namespace

Verdict classify(Fields const& fields, Parameterised const& content_type, std::string_view subject,
                 std::string_view text, std::vector<LeafView> const& leaves) {
  using desk::MailKind;
  std::string const report = report_type(content_type);
  if (report == "disposition-notification" || has_leaf(leaves, "message/disposition-notification"))
    return {MailKind::auto_reply, "Content-Type: message/disposition-notification", {}};
  if (report == "feedback-report" || has_leaf(leaves, "message/feedback-report"))
    return complained(read_feedback(leaves), "Content-Type: message/feedback-report", leaves, text);
  if (auto bounce = read_report(leaves))
    return bounced(std::move(*bounce), "Content-Type: message/delivery-status", fields, subject, text,
                   leaves);
  if (report == "delivery-status")
    return bounced({}, "Content-Type: multipart/report; report-type=delivery-status", fields, subject, text,
                   leaves);

  if (auto notice = read_notice(text)) return noticed(std::move(*notice), text);

  if (std::string sign = loop_sign(fields); !sign.empty()) return {MailKind::loop, std::move(sign), {}};
  BounceSigns signs = bounce_signs(fields, subject, text, has_returned_mail(leaves));
  if (signs.weight >= 2) return bounced({}, std::move(signs.reason), fields, subject, text, leaves);
  if (std::string sign = calendar_sign(content_type, leaves); !sign.empty())
    return {MailKind::auto_reply, std::move(sign), {}};
  if (std::string sign = automatic_sign(fields, subject, text); !sign.empty())
    return {MailKind::auto_reply, std::move(sign), {}};
  if (null_sender(fields)) return {MailKind::auto_reply, "Return-Path: <>", {}};
  if (std::string sign = list_sign(fields); !sign.empty()) return {MailKind::list, std::move(sign), {}};
  return {};
}

}  // namespace spoc::parser
