// SPDX-License-Identifier: GPL-3.0-or-later
// Puts a desk::Mail together from the header, the body and the classifier's verdict.
#include "parser/mail.hpp"

#include "parser/ascii.hpp"
#include "parser/body.hpp"
#include "parser/bounce.hpp"
#include "parser/charset.hpp"
#include "parser/codec.hpp"
#include "parser/detect.hpp"
#include "parser/forward.hpp"
#include "parser/header.hpp"
#include "parser/html.hpp"
#include "parser/iconv.hpp"
#include "parser/language.hpp"
#include "parser/pictures.hpp"
#include "parser/quote.hpp"
#include "parser/structure.hpp"
#include "parser/words.hpp"

#include <algorithm>
#include <exception>

namespace spoc::parser {
namespace {

std::string_view value_of(Fields const& fields, std::string_view name) {
  std::string const* const found = fields.last(name);
  return found == nullptr ? std::string_view{} : std::string_view{*found};
}

// RFC 5322 3.6 allows one To and one Cc; where there are more, all of them count.
std::vector<desk::Address> addresses(Fields const& fields, std::string_view name) {
  std::vector<desk::Address> out;
  for (std::string_view value : fields.every(name))
    for (desk::Address& one : read_addresses(value)) out.push_back(std::move(one));
  return out;
}

// The thread is named by the first 22 bytes; each answer adds five.
std::string thread_index(std::string_view value) {
  std::string const bytes = decode_base64(value.substr(0, 400));
  if (bytes.size() < 22) return {};
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  for (std::size_t i = 0; i < 22; ++i) {
    auto const byte = static_cast<unsigned char>(bytes[i]);
    out += digits[byte >> 4U];
    out += digits[byte & 15U];
  }
  return out;
}

void read_people(Fields const& fields, desk::Mail& mail) {
  mail.from = read_authors(value_of(fields, "From"));
  mail.to = addresses(fields, "To");
  mail.cc = addresses(fields, "Cc");
  mail.reply_to = addresses(fields, "Reply-To");
  mail.original_from = addresses(fields, "X-Original-From");
  if (auto sender = addresses(fields, "Sender"); !sender.empty()) mail.sender = std::move(sender.front());
  if (std::string const* const path = fields.find("Return-Path")) {
    auto const people = read_addresses(*path);
    bool const null = holds(*path, "<>") || people.empty();
    mail.return_path = null ? std::string{} : people.front().address;
  }
  for (std::string_view name : {"Delivered-To", "X-Original-To", "Envelope-To"})
    for (std::string_view value : fields.every(name)) mail.delivered_to.push_back(printable(value));
  if (mail.from.empty()) mail.defects.emplace_back("no From address");
}

void read_thread(Fields const& fields, desk::Mail& mail) {
  auto const ids = read_message_ids(value_of(fields, "Message-ID"));
  if (!ids.empty()) mail.message_id = ids.front();
  mail.in_reply_to = read_message_ids(value_of(fields, "In-Reply-To"));
  for (std::string_view value : fields.every("References"))
    for (std::string& id : read_message_ids(value)) mail.references.push_back(std::move(id));
  mail.thread_index = thread_index(value_of(fields, "Thread-Index"));
}

// RFC 5321 4.4: "Received: from ... by HOST with ...".
std::string receiver(std::string_view value) {
  std::string const small = lowered(value);
  for (std::size_t at = small.find("by "); at != std::string::npos; at = small.find("by ", at + 1)) {
    if (at > 0 && small[at - 1] != ' ' && small[at - 1] != '\t') continue;
    std::size_t const begin = small.find_first_not_of(" \t", at + 3);
    if (begin == std::string::npos) return {};
    return printable(std::string_view{small}.substr(begin, small.find_first_of(" \t;(", begin) - begin));
  }
  return {};
}

// Which server wrote what, from the top down.
void read_trace(Fields const& fields, desk::Mail& mail) {
  for (Field const& field : fields.all) {
    std::string const name = lowered(field.name);
    if (name == "received") mail.received_by.push_back(receiver(field.value));
    if (name != "authentication-results") continue;
    mail.authentication_results.push_back(printable(field.value));
    mail.authentication_hops.push_back(static_cast<int>(mail.received_by.size()));
  }
}

void read_header(Fields const& fields, desk::Mail& mail) {
  read_people(fields, mail);
  read_thread(fields, mail);
  mail.subject = std::string{trimmed(decode_words(value_of(fields, "Subject")))};
  std::string_view const date = value_of(fields, "Date");
  mail.date = read_date(date);
  if (!mail.date) mail.defects.emplace_back(date.empty() ? "no Date" : "a Date that cannot be read");
  read_trace(fields, mail);
}

void read_words(Body& body, desk::Mail& mail) {
  mail.html = body.html.empty() ? std::string{} : sanitise(body.html);
  mail.text = std::move(body.plain);
  bool const from_text = body.has_plain || body.html.empty();
  std::string_view const whole = from_text ? mail.text : body.html;
  std::string_view const begin = what_people_type(whole);
  mail.reply = from_text ? reply_of_text(begin) : reply_of_html(begin);
  if (begin.size() < whole.size())
    mail.defects.emplace_back("a very long text: the reply was looked for in its beginning");
  tell_own_pictures(body.html, body.attachments);
  mail.attachments = std::move(body.attachments);
  for (std::string const* words : {&mail.reply, &mail.text}) {
    if (mail.language.empty()) mail.language = language_of(*words);
  }
  if (mail.language.empty()) mail.language = language_of(mail.subject + "\n" + mail.reply);
}

// Raw eight-bit headers (no RFC allows them) are in the charset of the body, if it fits, else in what all of
// them together look like: one name is too short to tell.
void mend_header(Fields& fields, std::string const& charset) {
  std::string all;
  for (Field const& field : fields.all)
    if (!is_utf8(field.value)) (all += field.value.substr(0, 2000)) += '\n';
  if (all.empty()) return;
  std::vector<std::string> doubts;
  std::string const declared = charset_named(charset);
  bool const any = declared.empty() || declared == "us-ascii" || declared == "windows-1252";
  to_utf8(all, charset, &doubts);
  std::string const known = any || !doubts.empty() ? detect_charset(all) : charset;
  for (Field& field : fields.all)
    if (!is_utf8(field.value)) field.value = to_utf8(field.value, known);
}

// Of the first part that says one: the mail's own, or its first text's.
std::string charset_of(std::vector<Part> const& parts) {
  for (Part const& part : parts) {
    auto const found = part.type.parameters.find("charset");
    if (begins_with(part.type.value, "text/") && found != part.type.parameters.end()) return found->second;
  }
  return {};
}

desk::Mail read(std::string_view raw, bool inside);

// The enclosed mail, where there is exactly one; else a block in the text.
std::optional<desk::Forwarded> read_forwarded(desk::Mail const& mail, Body const& body) {
  auto const is_mail = [](LeafView const& leaf) {
    return leaf.type == "message/rfc822" || leaf.type == "message/global";
  };
  auto const enclosed = std::count_if(body.leaves.begin(), body.leaves.end(), is_mail);
  if (enclosed > 1) return std::nullopt;
  if (enclosed == 0) {
    auto out = forwarded_in_text(mail.text, mail.subject);
    if (out) out->language = language_of(out->reply);
    return out;
  }
  desk::Mail inner = read(std::find_if(body.leaves.begin(), body.leaves.end(), is_mail)->bytes, true);
  if (inner.from.empty()) return std::nullopt;
  desk::Forwarded out;
  out.enclosed = true;
  out.author = std::move(inner.from.front());
  out.to = std::move(inner.to);
  out.cc = std::move(inner.cc);
  out.subject = std::move(inner.subject);
  out.date = inner.date;
  out.message_id = std::move(inner.message_id);
  out.text = std::move(inner.text);
  out.reply = std::move(inner.reply);
  out.language = std::move(inner.language);
  out.attachments = std::move(inner.attachments);
  out.note = mail.reply;
  return out;
}

// inside: a mail within a mail. What that one passes on in its turn stays in its text and its attachments.
desk::Mail read(std::string_view raw, bool inside) {
  Structure structure = scan(raw);
  desk::Mail mail;
  mail.defects = std::move(structure.defects);
  Part& root = structure.parts.front();
  mend_header(root.fields, charset_of(structure.parts));
  read_header(root.fields, mail);
  Body body = read_body(structure, mail.defects);
  read_words(body, mail);
  Verdict verdict = classify(root.fields, root.type, mail.subject, mail.text, body.leaves);
  mail.kind = verdict.kind;
  mail.kind_reason = std::move(verdict.reason);
  mail.bounce = std::move(verdict.bounce);
  if (!inside && mail.kind == desk::MailKind::personal) mail.forwarded = read_forwarded(mail, body);
  std::vector<std::string> once;
  for (std::string& words : mail.defects)
    if (std::find(once.begin(), once.end(), words) == once.end()) once.push_back(std::move(words));
  mail.defects = std::move(once);
  return mail;
}

}  // namespace

desk::Mail read_mail(std::string_view raw) {
  try {
    return read(raw, false);
  } catch (std::exception const& fault) {
    // Nothing above throws but for want of memory: what is left of the mail is said so.
    desk::Mail mail;
    mail.text = mend_utf8(raw.substr(0, 64 * 1024));
    mail.defects.push_back(std::string{"this mail could not be parsed: "} + fault.what());
    return mail;
  }
}

}  // namespace spoc::parser
