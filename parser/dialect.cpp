// SPDX-License-Identifier: GPL-3.0-or-later
// Finds who was not reached, and why, in the words of mail servers.
#include "parser/dialect.hpp"

#include "parser/ascii.hpp"
#include "parser/charset.hpp"
#include "parser/report.hpp"

#include <algorithm>
#include <array>

namespace spoc::parser {
namespace {

constexpr std::size_t sample_size = 64 * 1024;

constexpr std::array<std::string_view, 46> bounce_subjects{"undeliver",
                                                           "returned mail",
                                                           "delivery status notification",
                                                           "delivery failure",
                                                           "failure notice",
                                                           "mail delivery fail",
                                                           "mail delivery error",
                                                           "delivery notification",
                                                           "nondeliver",
                                                           "non-deliver",
                                                           "could not be delivered",
                                                           "mail system error",
                                                           "could not send message",
                                                           "delivery has failed",
                                                           "delivery failed",
                                                           "delivery report",
                                                           "unable to deliver",
                                                           "returned to sender",
                                                           "address not found",
                                                           "message delayed",
                                                           "delivery delayed",
                                                           "delivery problem",
                                                           "mail failure",
                                                           "failed mail",
                                                           "failed delivery",
                                                           "mail could not be",
                                                           "message could not",
                                                           "message not delivered",
                                                           "not delivered",
                                                           "mail error",
                                                           "user unknown",
                                                           "bounced mail",
                                                           "unzustellbar",
                                                           "non remis",
                                                           "uleverbar",
                                                           "kunne ikke leveres",
                                                           "ikke levert",
                                                           "退信",
                                                           "无法送达",
                                                           "無法傳遞",
                                                           "无法投递",
                                                           "無法投遞",
                                                           "エラー通知",
                                                           "送信できません",
                                                           "배달 실패",
                                                           "доставить сообщение"};

constexpr std::array<std::string_view, 41> bounce_words{"could not be delivered",
                                                        "couldn't be delivered",
                                                        "wasn't delivered",
                                                        "was not delivered",
                                                        "not be delivered to",
                                                        "unable to deliver",
                                                        "undeliverable",
                                                        "delivery to the following",
                                                        "permanent error",
                                                        "permanent fatal errors",
                                                        "address(es) failed",
                                                        "addresses failed",
                                                        "this is the mail system",
                                                        "delivery failed",
                                                        "failed to deliver",
                                                        "did not reach the following",
                                                        "user unknown",
                                                        "unknown user",
                                                        "no such user",
                                                        "mailbox full",
                                                        "mailbox unavailable",
                                                        "over quota",
                                                        "quota exceeded",
                                                        "recipient address rejected",
                                                        "message could not be",
                                                        "returned to you",
                                                        "mail delivery system",
                                                        "has been delayed",
                                                        "delayed mail",
                                                        "delivery attempts",
                                                        "host unknown",
                                                        "not listed in",
                                                        "does not exist",
                                                        "kunne ikke leveres",
                                                        "ble ikke levert",
                                                        "无法送达",
                                                        "無法傳遞",
                                                        "退信",
                                                        "无法投递",
                                                        "can not deliver",
                                                        "送信できませんでした"};

constexpr std::array<std::string_view, 11> late_words{
    "has been delayed",       "will keep trying",    "will continue to",    "delayed mail",
    "not yet been delivered", "still being retried", "will be retried",     "do not need to resend",
    "delivery is delayed",    "message is delayed",  "warning message only"};

template <std::size_t Count>
bool any_of(std::string_view text, std::array<std::string_view, Count> const& words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return holds(text, word); });
}

bool machine_sender(Fields const& fields) {
  for (std::string_view name : {"From", "Return-Path", "Sender"}) {
    std::string const* const value = fields.find(name);
    if (value == nullptr) continue;
    std::string const text = lowered(value->substr(0, 500));
    for (std::string_view word : {"mailer-daemon", "postmaster", "post_master", "mail-daemon", "mailerdaemon",
                                  "mail delivery", "microsoftexchange", "mdaemon@", "mailadmin"})
      if (holds(text, word)) return true;
  }
  return false;
}

// Below such a line the old mail begins: its addresses and numbers are not about the fault.
bool begins_original(std::string_view line) {
  constexpr std::array<std::string_view, 13> marks{"--- below this line is a copy",
                                                   "this is a copy of the message",
                                                   "original message follows",
                                                   "----- original message",
                                                   "-----original message",
                                                   "--- original message",
                                                   "unsent message",
                                                   "----- message header follows",
                                                   "received: from",
                                                   "return-path:",
                                                   "---- unsent",
                                                   "message headers:",
                                                   "the attached message"};
  std::string const small = lowered(line.substr(0, 120));
  return any_of(small, marks);
}

std::string_view words_about_fault(std::string_view text) {
  text = text.substr(0, sample_size);
  std::string_view rest = text;
  while (!rest.empty()) {
    std::size_t const at = text.size() - rest.size();
    if (begins_original(trimmed(take_line(rest))) && at > 0) return text.substr(0, at);
  }
  return text;
}

bool in_address(char c) {
  return is_letter(c) || is_digit(c) || is_high(c) ||
         std::string_view{"!#$%&*+-/=?^_`{|}~."}.find(c) != std::string_view::npos;
}

/// An address inside a line, with where it stands.
struct Found {
  std::string address;
  std::size_t begin = 0, end = 0;
};

std::optional<Found> address_in(std::string_view line, std::size_t from = 0) {
  for (auto at = line.find('@', from); at != std::string_view::npos; at = line.find('@', at + 1)) {
    std::size_t begin = at, end = at + 1;
    while (begin > from && in_address(line[begin - 1])) --begin;
    while (end < line.size() && (in_address(line[end]) || line[end] == '@')) ++end;
    while (end > at + 1 && !is_letter(line[end - 1]) && !is_digit(line[end - 1])) --end;
    if (begin < at && end > at + 1) return Found{std::string{line.substr(begin, end - begin)}, begin, end};
  }
  return std::nullopt;
}

// How surely the address of a line is the one that was not reached; 0 is not at all.
int certainty(std::string_view line, Found const& found) {
  std::string const small = lowered(line);
  std::string_view const before = trimmed(std::string_view{small}.substr(0, found.begin));
  std::string_view const after = trimmed(std::string_view{small}.substr(found.end));
  if (begins_with(small, "final-recipient:")) return 10;
  if (begins_with(small, "original-recipient:") || begins_with(small, "x-actual-recipient:")) return 9;
  if (begins_with(small, "to:") || begins_with(small, "from:") || begins_with(small, "cc:")) return 1;
  if (holds(small, "rcpt to:")) return 8;
  if (before == "<" && after.starts_with(">")) return 8;
  if (before.empty() && (after.empty() || after.starts_with(":") || after.starts_with("..."))) return 8;
  if (holds(before, "message-id") || holds(before, "mail from") || holds(before, "contact")) return 0;
  for (std::string_view word :
       {"recipient", "delivered to", "deliver to", "delivery to", "unknown", "user", "mailbox", "address",
        "failed", "rejected", "550", "554", "message to", "mail to"})
    if (holds(small, word)) return 5;
  return 2;
}

bool is_machine(std::string_view address) {
  std::string const small = lowered(address);
  return begins_with(small, "postmaster@") || begins_with(small, "mailer-daemon@");
}

std::string likely_recipient(std::string_view words, std::string_view own) {
  std::string best;
  int best_certainty = 0;
  while (!words.empty()) {
    std::string_view const line = trimmed(take_line(words)).substr(0, 1000);
    auto const found = address_in(line);
    if (!found) continue;
    int sure = certainty(line, *found);
    if (sure < 8 && (is_machine(found->address) || same_letters(found->address, own))) sure = 0;
    if (sure <= best_certainty) continue;
    best_certainty = sure;
    best = found->address;
  }
  return best;
}

// The line with a reply or status code says why; else the line after the recipient.
std::string likely_reason(std::string_view words, std::string_view recipient) {
  std::string after_recipient;
  bool next = false;
  while (!words.empty()) {
    std::string_view const line = trimmed(take_line(words));
    if (line.empty()) continue;
    if (!enhanced_status(line).empty() || !status_of_reply_code(line).empty()) return one_line(line);
    if (next && after_recipient.empty()) after_recipient = one_line(line);
    next = !recipient.empty() && holds(line, recipient);
  }
  return after_recipient;
}

std::string returned_to(std::string_view text) {
  for (std::string_view rest = text.substr(0, sample_size); !rest.empty();) {
    std::string_view const line = trimmed(take_line(rest));
    if (!begins_with(line, "to:")) continue;
    if (auto const found = address_in(line)) return found->address;
  }
  return {};
}

}  // namespace

BounceSigns bounce_signs(Fields const& fields, std::string_view subject, std::string_view text) {
  BounceSigns out;
  auto const sign = [&](bool seen, int weight, std::string words) {
    if (!seen) return;
    out.weight += weight;
    if (out.reason.empty()) out.reason = std::move(words);
  };
  std::string const* const path = fields.find("Return-Path");
  std::string const small = lowered(subject);
  bool const answer = begins_with(small, "re:") || begins_with(small, "fwd:") || begins_with(small, "fw:");
  sign(fields.find("X-Failed-Recipients") != nullptr, 2, "X-Failed-Recipients");
  bool const words = any_of(lowered(text.substr(0, sample_size)), bounce_words);
  bool const subject_tells = !answer && any_of(small, bounce_subjects);
  // Who wrote is a sign only together with what was written: postmasters write ordinary mail too.
  if (!words && !subject_tells) return out;
  sign(path != nullptr && trimmed(*path) == "<>", 1, "Return-Path: <>");
  sign(machine_sender(fields), 1, "From: a mail server");
  sign(subject_tells, 1, "Subject: " + std::string{subject});
  sign(words, answer ? 0 : 1, "the words of a bounce");
  return out;
}

desk::Bounce read_dialect(Fields const& fields, std::string_view subject, std::string_view text) {
  desk::Bounce out;
  std::string_view const words = words_about_fault(text);
  std::string const* const to = fields.find("To");
  auto const own = to == nullptr ? std::optional<Found>{} : address_in(*to);
  if (std::string const* const failed = fields.find("X-Failed-Recipients"))
    if (auto const found = address_in(*failed)) out.recipient = mend_utf8(found->address);
  if (out.recipient.empty()) out.recipient = likely_recipient(words, own ? own->address : "");
  if (out.recipient.empty()) out.recipient = returned_to(text.substr(words.size()));
  out.reason = likely_reason(words, out.recipient);
  out.status = enhanced_status(words);
  if (out.status.empty()) out.status = status_of_reply_code(words);
  std::string const small = lowered(words) + lowered(subject);
  out.action = any_of(small, late_words) || holds(lowered(subject), "delay") ? "delayed" : "failed";
  return out;
}

}  // namespace spoc::parser
