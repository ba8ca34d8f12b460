// SPDX-License-Identifier: GPL-3.0-or-later
// The classifier and its readers, over a mail cut into header, words and a report part by blank lines.
#include "parser/ascii.hpp"
#include "parser/automatic.hpp"
#include "parser/bounce.hpp"
#include "parser/bounce_words.hpp"
#include "parser/calendar_reply.hpp"
#include "parser/dialect.hpp"
#include "parser/feedback.hpp"
#include "parser/recipient.hpp"
#include "parser/report.hpp"
#include "parser/status.hpp"
#include "tests/fuzz/demand.hpp"

namespace {

void demand_bounce(spoc::desk::Bounce const& bounce) {
  for (std::string const* words :
       {&bounce.recipient, &bounce.status, &bounce.reason, &bounce.original_message_id})
    spoc::fuzz::demand_utf8(*words);
}

/// The finders that dialects are read with.
void ask_the_words(spoc::parser::Fields const& fields, std::string_view subject, std::string_view text) {
  using namespace spoc::parser;
  using namespace spoc::fuzz;
  demand_utf8(first_address(text));
  demand_utf8(likely_recipient(text, "desk@example.org"));
  static_cast<void>(recipient_in_envelope(fields));
  std::string const low = lowered(text);
  for (WordTable const words : {machine_names(), bounce_phrases(), late_phrases(), list_openings()})
    demand(!begins_with_any(low, words) || holds_any(low, words));
  for (std::string const& status : {enhanced_status(text), status_of_reply_code(text)}) {
    demand_utf8(status);
    static_cast<void>(is_vague(status));
  }
  demand(detail_of_words(low).size() < 20);
  static_cast<void>(is_vacation_subject(subject));
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
  std::vector<LeafView> const leaves = {{"text/plain", text},
                                        {"message/delivery-status", report},
                                        {"message/rfc822", all},
                                        {"message/feedback-report", report},
                                        {"text/calendar", report}};

  Verdict const verdict = classify(fields, read_parameterised(type ? *type : ""), subject, text, leaves);
  demand_utf8(verdict.reason);
  if (verdict.bounce) demand_bounce(*verdict.bounce);
  for (bool const returned : {false, true}) demand_utf8(bounce_signs(fields, subject, text, returned).reason);
  auto const dialect = read_dialect(fields, subject, text);
  demand_bounce(dialect);
  demand_utf8(status_from_words(dialect, subject, text));
  if (auto const read = read_feedback(leaves)) demand_bounce(*read);
  if (auto const read = read_notice(text)) demand_bounce(*read);
  demand_utf8(calendar_sign(read_parameterised(type ? *type : ""), leaves));
  ask_the_words(fields, subject, text);
  if (auto const read = read_report(leaves)) demand_bounce(*read);
  demand_utf8(original_message_id(leaves, text));
  std::string const line = one_line(bytes_of(data, size));
  demand_utf8(line);
  demand(line.size() <= 500);
  demand_utf8(automatic_sign(fields, subject, text));
  demand_utf8(list_sign(fields));
  demand_utf8(loop_sign(fields));
  return 0;
}
