// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes make a mail whose every word is valid UTF-8.
#include "parser/mail.hpp"
#include "tests/fuzz/demand.hpp"

namespace {

using spoc::fuzz::demand;

void check(spoc::desk::Mail const& mail) {
  for (std::string const* words : {&mail.subject, &mail.message_id, &mail.text, &mail.html, &mail.reply,
                                   &mail.kind_reason, &mail.language, &mail.thread_index})
    demand(spoc::parser::is_utf8(*words));
  for (auto const* list : {&mail.from, &mail.to, &mail.cc, &mail.reply_to})
    for (auto const& one : *list)
      demand(spoc::parser::is_utf8(one.name) && spoc::parser::is_utf8(one.address));
  for (auto const* list : {&mail.in_reply_to, &mail.references, &mail.defects, &mail.delivered_to})
    for (auto const& one : *list) demand(spoc::parser::is_utf8(one));
  for (auto const& one : mail.attachments) {
    demand(spoc::parser::is_utf8(one.filename) && spoc::parser::is_utf8(one.type));
    demand(spoc::parser::is_utf8(one.content_id) && one.filename.find('/') == std::string::npos);
  }
  if (mail.bounce)
    demand(spoc::parser::is_utf8(mail.bounce->recipient) && spoc::parser::is_utf8(mail.bounce->reason));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  check(spoc::parser::read_mail(spoc::fuzz::bytes_of(data, size)));
  return 0;
}
