// SPDX-License-Identifier: GPL-3.0-or-later
// RFC 5322 out: a mail's value becomes its bytes.
#include "templates/compose.hpp"

#include "templates/body_part.hpp"
#include "templates/header_field.hpp"

#include <algorithm>

namespace spoc::templates {
namespace {

/// A picture that the HTML shows belongs to it (RFC 2387); all others are attachments, so that none is lost.
bool shown_in_html(desk::Attachment const& attachment, std::string const& html) {
  return attachment.inline_ && !attachment.content_id.empty() &&
         html.find("cid:" + attachment.content_id) != std::string::npos;
}

Part html_part(Outgoing const& mail) {
  std::vector<Part> parts{text_part("text/html", mail.html)};
  for (auto const& attachment : mail.attachments) {
    if (shown_in_html(attachment, mail.html)) parts.push_back(attachment_part(attachment, true));
  }
  return parts.size() == 1 ? std::move(parts.front()) : multipart("related", parts);
}

/// RFC 2046 5.1.4: the plainest first, the richest last.
Part words_part(Outgoing const& mail) {
  if (mail.html.empty()) return text_part("text/plain", mail.text);
  if (mail.text.empty()) return html_part(mail);
  return multipart("alternative", {text_part("text/plain", mail.text), html_part(mail)});
}

Part whole_body(Outgoing const& mail) {
  std::vector<Part> parts{words_part(mail)};
  for (auto const& attachment : mail.attachments) {
    if (!shown_in_html(attachment, mail.html)) parts.push_back(attachment_part(attachment, false));
  }
  return parts.size() == 1 ? std::move(parts.front()) : multipart("mixed", parts);
}

std::string header(Outgoing const& mail) {
  auto result = field("Date", date_text(mail.date));
  result += address_field("From", {mail.from});
  auto const to = address_field("To", mail.to);
  // RFC 5322 3.4: an empty group says that nobody is named.
  result += to.empty() && mail.cc.empty() ? field("To", "undisclosed-recipients:;") : to;
  result += address_field("Cc", mail.cc);
  result += address_field("Reply-To", mail.reply_to);
  result += text_field("Subject", mail.subject);
  result += id_field("Message-ID", {mail.message_id});
  if (!mail.references.empty()) result += id_field("In-Reply-To", {mail.references.back()});
  result += id_field("References", mail.references);
  for (auto const& [name, value] : mail.extra) result += text_field(name, value);
  return result + field("MIME-Version", "1.0");
}

}  // namespace

std::string compose(Outgoing const& mail) {
  auto const body = whole_body(mail);
  return header(mail) + body.head + "\r\n" + body.body;
}

Outgoing outgoing(LetterFacts const& facts, Draft draft) {
  auto const& letter = facts.letter;
  Outgoing mail;
  mail.from = facts.from;
  mail.to = {letter.to};
  if (!facts.reply_to.address.empty()) mail.reply_to = {facts.reply_to};
  mail.subject = std::move(draft.subject);
  mail.date = letter.made;
  mail.message_id = letter.message_id;
  mail.references = letter.references;
  mail.text = std::move(draft.text);
  mail.html = std::move(draft.html);
  mail.attachments = std::move(draft.attachments);
  if (desk::is_automatic(letter.kind)) {
    // RFC 3834 5; the second is what Exchange heeds. No Precedence: some mail programs hide what carries it.
    mail.extra.emplace_back("Auto-Submitted", "auto-generated");
    // An agent's "I am away" is what the desk wants to know: all but OOF (MS-OXCMAIL 2.1.3.2.20). Their other
    // reports would be filed on tickets, so these stay suppressed.
    mail.extra.emplace_back("X-Auto-Response-Suppress",
                            letter.agent.empty() ? "All" : "DR, NDR, RN, NRN, AutoReply");
  }
  if (letter.ticket != desk::TicketId{})
    mail.extra.emplace_back("X-Spoc-Ticket", std::to_string(desk::number(letter.ticket)));
  mail.extra.emplace_back("X-Spoc-Kind", std::string(desk::name(letter.kind)));
  if (!facts.domain.empty()) mail.extra.emplace_back("X-Loop", facts.domain);
  return mail;
}

}  // namespace spoc::templates
