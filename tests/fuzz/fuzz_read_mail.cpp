// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes make a mail whose every word is valid UTF-8.
#include "parser/enclosed.hpp"
#include "parser/mail.hpp"
#include "tests/fuzz/demand.hpp"

namespace {

using spoc::fuzz::demand;
using spoc::fuzz::demand_utf8;

void check(std::vector<spoc::desk::Address> const& people) {
  for (auto const& one : people) {
    demand_utf8(one.name);
    demand_utf8(one.address);
  }
}

void check(std::vector<spoc::desk::Attachment> const& files) {
  for (auto const& one : files) {
    demand_utf8(one.filename);
    demand_utf8(one.type);
    demand_utf8(one.content_id);
    demand(one.filename.find('/') == std::string::npos);
  }
}

void check(spoc::desk::Bounce const& bounce) {
  for (std::string const* words :
       {&bounce.recipient, &bounce.status, &bounce.action, &bounce.reason, &bounce.original_message_id})
    demand_utf8(*words);
}

void check(spoc::desk::Forwarded const& mail) {
  check(std::vector{mail.author});
  for (auto const* people : {&mail.to, &mail.cc}) check(*people);
  for (std::string const* words :
       {&mail.subject, &mail.message_id, &mail.text, &mail.reply, &mail.language, &mail.note})
    demand_utf8(*words);
  check(mail.attachments);
}

void check(spoc::desk::Mail const& mail) {
  for (std::string const* words : {&mail.subject, &mail.message_id, &mail.text, &mail.html, &mail.reply,
                                   &mail.kind_reason, &mail.language, &mail.thread_index})
    demand_utf8(*words);
  for (auto const* people : {&mail.from, &mail.to, &mail.cc, &mail.reply_to, &mail.original_from})
    check(*people);
  for (auto const* list : {&mail.in_reply_to, &mail.references, &mail.defects, &mail.delivered_to,
                           &mail.authentication_results, &mail.received_by})
    for (auto const& one : *list) demand_utf8(one);
  check(mail.attachments);
  if (mail.sender) check(std::vector{*mail.sender});
  if (mail.return_path) demand_utf8(*mail.return_path);
  if (mail.bounce) check(*mail.bounce);
  if (mail.forwarded) check(*mail.forwarded);
}

std::string written_again(std::string_view raw, std::vector<spoc::desk::Enclosed> const& enclosed) {
  std::string out;
  std::size_t from = 0;
  for (auto const& one : enclosed) {
    demand(from <= one.place && one.place + one.size <= raw.size());
    spoc::desk::append_base64(out += raw.substr(from, one.place - from), one.content, one.lines);
    from = one.place + one.size;
  }
  return out += raw.substr(from);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view const raw = spoc::fuzz::bytes_of(data, size);
  spoc::desk::Mail const mail = spoc::parser::read_mail(raw);
  check(mail);
  demand(written_again(raw, spoc::parser::enclosed_in(raw, mail.attachments)) == raw);
  return 0;
}
