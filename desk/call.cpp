// SPDX-License-Identifier: GPL-3.0-or-later
// Reads who called.
#include "desk/call.hpp"

#include "desk/blanks.hpp"
#include "desk/lower.hpp"
#include "desk/phone.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace spoc::desk {
namespace {

/// Without what parts a name from a number: "Ola Testmann, (" -> "Ola Testmann".
std::string bare(std::string_view text) {
  constexpr std::string_view around = " \t\r\n,;:()<>[]-\"'";
  auto const from = text.find_first_not_of(around);
  if (from == std::string_view::npos) return "";
  return std::string{text.substr(from, text.find_last_not_of(around) - from + 1)};
}

/// Full-width signs as ASCII has them: Chinese keyboards write them round names and numbers.
std::string narrow(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string_view const sign = text.substr(i, 3);
    bool const full = sign.size() == 3 && (sign.starts_with("\xEF\xBC") || sign.starts_with("\xEF\xBD"));
    auto const low = [&](std::size_t nth) { return static_cast<unsigned char>(sign[nth]) & 0x3FU; };
    unsigned const code = full ? 0xF000U + (low(1) << 6U) + low(2) : 0U;
    char narrowed = '\0';
    if (code >= 0xFF01U && code <= 0xFF5EU) narrowed = static_cast<char>(code - 0xFEE0U);
    if (sign == "\xE3\x80\x80") narrowed = ' ';
    if (sign == "\xE3\x80\x81") narrowed = ',';
    if (narrowed != '\0') i += 2;
    out += narrowed != '\0' ? narrowed : text[i];
  }
  return out;
}

/// Takes the first address off the text.
std::string take_address(std::string& text) {
  auto const at = text.find('@');
  if (at == std::string::npos) return "";
  constexpr std::string_view ends = " \t\r\n,;:()<>[]\"'";
  auto const before = text.find_last_of(ends, at);
  std::size_t const from = before == std::string::npos ? 0 : before + 1;
  std::size_t const to = std::min(text.find_first_of(ends, at), text.size());
  std::string address = normal(text.substr(from, to - from));
  if (address.starts_with("mailto:")) address.erase(0, 7);
  if (!is_address(address)) return "";
  text.erase(from, to - from);
  return address;
}

std::string take_phone(std::string& text) {
  std::string whole{trimmed(text)};
  if (whole.starts_with("tel:")) whole.erase(0, 4);
  if (is_phone(whole)) {
    text.clear();
    return whole;
  }
  auto const place = phone_in(text);
  if (!place) return "";
  std::string phone = text.substr(place->at, place->size);
  text.erase(place->at, place->size);
  return phone;
}

/// "Caller: Ola" -> "Ola"; nothing where no such word stands before.
std::optional<std::string_view> behind_label(std::string_view line) {
  static constexpr std::array<std::string_view, 12> labels{
      "caller",          "call from", "called", "phone", "innringer", "ringte",
      "oppringning fra", "telefon",   "来电",   "來電",  "来电者",    "來電者"};
  for (std::string_view const colon : {":", "："}) {
    auto const at = line.find(colon);
    if (at == std::string_view::npos) continue;
    std::string const word = lower(line.substr(0, at));
    if (std::find(labels.begin(), labels.end(), word) != labels.end())
      return trimmed(line.substr(at + colon.size()));
  }
  return std::nullopt;
}

/// Few words without the end of a sentence.
bool may_be_name(std::string_view text) {
  constexpr std::size_t longest = 60;
  if (text.empty() || text.size() > longest) return false;
  for (std::string_view const end : {".", "!", "?", "。", "！", "？", ":", "："})
    if (text.ends_with(end)) return false;
  return std::count(text.begin(), text.end(), ' ') < 5;
}

/// The note without the line that says who called, which is the first that is no command.
struct CallerLine {
  std::string line, rest;
};

CallerLine part(std::string const& text) {
  CallerLine out;
  bool found = false;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t const end = std::min(text.find('\n', at), text.size());
    std::string_view const line = trimmed(std::string_view{text}.substr(at, end - at));
    at = end + 1;
    if (!found && !line.empty() && line.front() != '/') {
      out.line = line;
      found = true;
      continue;
    }
    out.rest += std::string{line} + "\n";
  }
  while (out.rest.ends_with('\n')) out.rest.pop_back();
  if (auto const from = out.rest.find_first_not_of('\n'); from != std::string::npos) out.rest.erase(0, from);
  return out;
}

Call with_words(Call call, std::string subject, std::string words) {
  call.subject = std::move(subject);
  call.words = std::move(words);
  return call;
}

/// "Printer +47 22 33 44 55": who called, and what is left is what it is about.
std::optional<Call> call_in_subject(Mail const& mail) {
  auto const behind = behind_label(mail.subject);
  Call call = caller_in(behind ? *behind : std::string_view{mail.subject});
  if (call.address.empty() && call.phone.empty()) {
    if (!behind || call.name.empty()) return std::nullopt;
    return with_words(std::move(call), "", mail.reply);
  }
  std::string about;
  if (!behind) about.swap(call.name);
  call.certain = true;
  return with_words(std::move(call), about, mail.reply);
}

/// "Ola Testmann: printer", "Ola Testmann - printer".
std::optional<Call> name_before_colon(Mail const& mail) {
  for (std::string_view const sign : {": ", " - ", "："}) {
    auto const at = mail.subject.find(sign);
    if (at == std::string::npos || !may_be_name(mail.subject.substr(0, at))) continue;
    Call call;
    call.name = bare(mail.subject.substr(0, at));
    return with_words(std::move(call), std::string{trimmed(mail.subject.substr(at + sign.size()))},
                      mail.reply);
  }
  return std::nullopt;
}

}  // namespace

Call caller_in(std::string_view words) {
  Call call;
  std::string rest = narrow(words);
  call.address = take_address(rest);
  call.phone = take_phone(rest);
  call.name = bare(rest);
  call.certain = true;
  return call;
}

bool is_call_note(Mail const& mail, House const& house) {
  if (house.call_address.empty() || mail.kind != MailKind::personal || mail.from.size() != 1) return false;
  if (house.agent_at(mail.from.front().address) == nullptr) return false;
  auto const there = [&](std::string_view address) { return normal(address) == house.call_address; };
  for (auto const* list : {&mail.to, &mail.cc})
    if (std::any_of(list->begin(), list->end(), [&](Address const& one) { return there(one.address); }))
      return true;
  return std::any_of(mail.delivered_to.begin(), mail.delivered_to.end(), there);
}

std::vector<Call> calls_in(Mail const& mail) {
  std::vector<Call> out;
  CallerLine const note = part(mail.reply);
  auto const behind = behind_label(note.line);
  Call first = caller_in(behind ? *behind : std::string_view{note.line});
  bool const says = !first.address.empty() || !first.phone.empty();
  // A number in the midst of a sentence is what the call is about, not who called.
  bool const certain = behind || (says && may_be_name(first.name.empty() ? "x" : first.name));
  if (certain && !(first.name.empty() && !says)) out.push_back(with_words(first, mail.subject, note.rest));
  if (auto call = call_in_subject(mail)) out.push_back(std::move(*call));
  if (!certain && may_be_name(note.line)) {
    Call named;
    named.name = bare(note.line);
    out.push_back(with_words(std::move(named), mail.subject, note.rest));
  }
  if (auto call = name_before_colon(mail)) out.push_back(std::move(*call));
  if (may_be_name(mail.subject)) {
    Call named;
    named.name = bare(mail.subject);
    out.push_back(with_words(std::move(named), "", mail.reply));
  }
  return out;
}

}  // namespace spoc::desk
