// SPDX-License-Identifier: GPL-3.0-or-later
// Tells bounces by who wrote, what the subject says and what the words say, and reads them.
#include "parser/dialect.hpp"

#include "parser/ascii.hpp"
#include "parser/automatic.hpp"
#include "parser/bounce_words.hpp"
#include "parser/recipient.hpp"
#include "parser/report.hpp"
#include "parser/status.hpp"

namespace spoc::parser {
namespace {

constexpr std::size_t dialect_sample = 64 * 1024;

bool machine_sender(Fields const& fields) {
  for (std::string_view name : {"From", "Return-Path", "Sender"}) {
    std::string const* const value = fields.find(name);
    if (value == nullptr) continue;
    if (machine_names().in(lowered(decode_words(value->substr(0, 500))))) return true;
  }
  return false;
}

// "no-reply@": a shop's parcels go astray as well, so this counts only where a mail came back.
bool unattended(Fields const& fields) {
  std::string const* const from = fields.find("From");
  if (from == nullptr) return true;
  std::string const small = lowered(from->substr(0, 500));
  return holds(small, "no-reply") || holds(small, "noreply") || holds(small, "donotreply");
}

bool is_answer(std::string_view small_subject) {
  return small_subject.starts_with("re:") || small_subject.starts_with("fwd:") ||
         small_subject.starts_with("fw:");
}

// No person begins a letter like this.
bool opens_like_a_server(std::string_view text) {
  for (int n = 0; n < 2 && !text.empty();) {
    std::string_view const line = trimmed(take_line(text)).substr(0, 300);
    if (line.empty()) continue;
    ++n;
    if (bounce_openings().begin_of(lowered(line))) return true;
  }
  return false;
}

// Below such a line the old mail begins: its addresses and numbers are not about the fault.
bool begins_original(std::string_view line) {
  std::string const small = lowered(line.substr(0, 120));
  std::string_view rest = small;
  while (!rest.empty() && (rest.front() == '>' || rest.front() == ' ')) rest.remove_prefix(1);
  std::string_view bare = rest;
  while (!bare.empty() && std::string_view{"-=*_ #|"}.find(bare.front()) != std::string_view::npos)
    bare.remove_prefix(1);
  return original_openings().begin_of(rest) || original_openings().begin_of(bare);
}

std::string_view words_about_fault(std::string_view text) {
  text = text.substr(0, dialect_sample);
  std::string_view rest = text;
  bool words = false;
  while (!rest.empty()) {
    std::size_t const at = text.size() - rest.size();
    std::string_view const line = trimmed(take_line(rest));
    if (words && begins_original(line)) return text.substr(0, at);
    words = words || !line.empty();
  }
  return text;
}

// The line with a reply or status code says why; else one with words that are known; else the line after the
// recipient.
std::string likely_reason(std::string_view words, std::string_view recipient) {
  std::string after_recipient, known;
  bool next = false;
  while (!words.empty()) {
    std::string_view const line = trimmed(take_line(words));
    if (line.empty()) continue;
    if (!enhanced_status(line).empty() || !status_of_reply_code(line).empty()) return one_line(line);
    if (next && after_recipient.empty()) after_recipient = one_line(line);
    if (known.empty() && !detail_of_words(lowered(line.substr(0, 1000))).empty()) known = one_line(line);
    next = !recipient.empty() && holds(line, recipient);
  }
  bool const telling = !detail_of_words(lowered(after_recipient)).empty();
  return known.empty() || telling ? after_recipient : known;
}

std::string returned_to(std::string_view text) {
  for (std::string_view rest = text.substr(0, dialect_sample); !rest.empty();) {
    std::string_view line = trimmed(take_line(rest));
    while (!line.empty() && (line.front() == '>' || line.front() == ' ')) line.remove_prefix(1);
    if (!begins_with(line, "to:")) continue;
    if (std::string found = first_address(line); !found.empty()) return found;
  }
  return {};
}

std::string recipient_of(Fields const& fields, std::string_view text, std::string_view words) {
  if (std::string const* const failed = fields.find("X-Failed-Recipients"))
    if (std::string found = first_address(*failed); !found.empty()) return found;
  std::string const* const to = fields.find("To");
  if (std::string found = likely_recipient(words, to == nullptr ? "" : first_address(*to)); !found.empty())
    return found;
  if (std::string found = recipient_in_envelope(fields); !found.empty()) return found;
  return returned_to(text.substr(words.size()));
}

std::string action_of(std::string_view small_words, std::string_view small_subject) {
  bool const late = late_phrases().in(small_words) || late_phrases().in(small_subject) ||
                    holds(small_subject, "delay") || holds(small_subject, "warning: could not send");
  return late && !final_phrases().in(small_words) ? "delayed" : "failed";
}

}  // namespace

BounceSigns bounce_signs(Fields const& fields, std::string_view subject, std::string_view text,
                         bool returned) {
  BounceSigns out;
  auto const sign = [&](bool seen, int weight, std::string words) {
    if (!seen) return;
    out.weight += weight;
    if (out.reason.empty()) out.reason = std::move(words);
  };
  std::string const* const path = fields.find("Return-Path");
  std::string const small = lowered(subject);
  bool const answer = is_answer(small);
  sign(fields.find("X-Failed-Recipients") != nullptr, 2, "X-Failed-Recipients");
  bool const words = bounce_phrases().in(lowered(text.substr(0, dialect_sample)));
  bool const subject_tells = !answer && bounce_subjects().in(small);
  // Who wrote is a sign only together with what was written: postmasters write ordinary mail too.
  if (!words && !subject_tells) return out;
  bool const nobody = path != nullptr && trimmed(*path) == "<>";
  bool const machine = machine_sender(fields);
  bool const opening = !answer && opens_like_a_server(text);
  sign(nobody, 1, "Return-Path: <>");
  sign(machine, 1, "From: a mail server");
  // What people write about bounces holds the same words; how servers begin, or who they are, tells them
  // apart.
  bool const surely = nobody || machine || opening || (returned && unattended(fields));
  sign(subject_tells, surely ? 1 : 0, "Subject: " + std::string{subject});
  sign(words, surely && (!answer || machine) ? 1 : 0, "the words of a bounce");
  sign(opening && !machine, 1, "the opening of a bounce");
  // A vacation note may say that an address does not exist any more.
  if (!machine && out.weight < 3 && is_vacation_subject(subject)) out.weight = 0;
  return out;
}

desk::Bounce read_dialect(Fields const& fields, std::string_view subject, std::string_view text) {
  desk::Bounce out;
  std::string_view const words = words_about_fault(text);
  out.recipient = recipient_of(fields, text, words);
  out.reason = likely_reason(words, out.recipient);
  std::string const small = lowered(words), small_subject = lowered(subject);
  out.action = action_of(small, small_subject);
  out.status = enhanced_status(words);
  return out;
}

std::string status_from_words(desk::Bounce const& bounce, std::string_view subject, std::string_view text) {
  std::string const words = lowered(words_about_fault(text));
  std::string coded = status_of_reply_code(bounce.reason);
  if (coded.empty()) coded = status_of_reply_code(words);
  std::string_view detail = detail_of_words(lowered(bounce.reason));
  if (detail.empty()) detail = detail_of_words(words);
  if (detail.empty()) detail = detail_of_words(lowered(subject));
  char const grade = !coded.empty() ? coded[0] : bounce.action == "delayed" ? '4' : '5';
  // RFC 3463 3.1: "other undefined status" of that class.
  return grade + (detail.empty() ? std::string{".0.0"} : std::string{detail});
}

}  // namespace spoc::parser
