// SPDX-License-Identifier: GPL-3.0-or-later
// The classifier and its readers, over a mail cut into header, words and a report part by blank lines.
#include "parser/automatic.hpp"
#include "parser/bounce.hpp"
#include "parser/dialect.hpp"
#include "parser/report.hpp"
#include "tests/fuzz/demand.hpp"

namespace {

void demand_bounce(spoc::desk::Bounce const& bounce) {
  for (std::string const* words :
       {&bounce.recipient, &bounce.status, &bounce.reason, &bounce.original_message_id})
    spoc::fuzz::demand_utf8(*words);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace spoc::parser;
  using namespace spoc::fuzz;
  // What comes here has been made UTF-8 by the readers of header and body, save for the parts.
  std::string const mail = mend_utf8(bytes_of(data, size));
  std::string_view const all{mail};
  std::size_t const header_end = std::min(all.find("\n\n"), all.size());
  std::size_t const text_end = std::min(all.find("\n\n\n", header_end), all.size());
  Fields const fields = read_fields(all.substr(0, header_end));
  std::string_view const text = all.substr(header_end, text_end - header_end);
  std::string_view const report = all.substr(text_end);
  std::string const* const type = fields.find("Content-Type");
  std::string const* const subject_field = fields.find("Subject");
  std::string const subject = subject_field ? decode_words(*subject_field) : std::string{};
  std::vector<LeafView> const leaves = {
      {"text/plain", text}, {"message/delivery-status", report}, {"message/rfc822", all}};

  Verdict const verdict = classify(fields, read_parameterised(type ? *type : ""), subject, text, leaves);
  demand_utf8(verdict.reason);
  if (verdict.bounce) demand_bounce(*verdict.bounce);
  demand_utf8(bounce_signs(fields, subject, text).reason);
  demand_bounce(read_dialect(fields, subject, text));
  if (auto const read = read_report(leaves)) demand_bounce(*read);
  demand_utf8(original_message_id(leaves, text));
  demand_utf8(enhanced_status(text));
  demand_utf8(status_of_reply_code(text));
  std::string const line = one_line(bytes_of(data, size));
  demand_utf8(line);
  demand(line.size() <= 500);
  demand_utf8(automatic_sign(fields, subject));
  demand_utf8(list_sign(fields));
  demand_utf8(loop_sign(fields));
  return 0;
}
