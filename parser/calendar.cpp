// SPDX-License-Identifier: GPL-3.0-or-later
// Reads the first event of an iCalendar object.
#include "parser/calendar.hpp"

#include "parser/ascii.hpp"
#include "parser/charset.hpp"

#include <map>

namespace spoc::parser {
namespace {

constexpr std::size_t largest_object = 256UL * 1024;
constexpr std::size_t longest_entry = 8UL * 1024;

struct Entry {
  std::string value;       // unescaped
  std::string parameters;  // as written, in front of the colon
};
using Entries = std::map<std::string, Entry, std::less<>>;

// RFC 5545 3.1: a line end before a blank is no line end.
std::string unfolded(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    std::string_view const line = take_line(text);
    bool const goes_on = !line.empty() && (line.front() == ' ' || line.front() == '\t');
    if (!goes_on && !out.empty()) out += '\n';
    out += goes_on ? line.substr(1) : line;
  }
  return out;
}

// RFC 5545 3.3.11
std::string unescaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      out += text[i];
      continue;
    }
    ++i;
    out += text[i] == 'n' || text[i] == 'N' ? '\n' : text[i];
  }
  return out;
}

std::size_t colon_outside_quotes(std::string_view line) {
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '"') quoted = !quoted;
    if (line[i] == ':' && !quoted) return i;
  }
  return std::string_view::npos;
}

// The properties of the object itself and of its first event; alarms and time zones are passed over.
Entries entries_of(std::string_view text) {
  Entries out;
  std::string const whole = unfolded(text.substr(0, largest_object));
  std::string skipped;
  bool event = false;
  for (std::string_view rest = whole; !rest.empty();) {
    std::string_view const line = take_line(rest);
    auto const colon = colon_outside_quotes(line);
    if (colon == std::string_view::npos) continue;
    std::string_view const head = line.substr(0, colon), value = trimmed(line.substr(colon + 1));
    std::string const name = lowered(head.substr(0, head.find(';')));
    if (name == "begin" && skipped.empty() && !same_letters(value, "VCALENDAR")) {
      if (same_letters(value, "VEVENT") && !event)
        event = true;
      else
        skipped = lowered(value);
    } else if (name == "end" && lowered(value) == skipped) {
      skipped.clear();
    } else if (skipped.empty() && (event || name == "method")) {
      out.try_emplace(name, Entry{unescaped(value.substr(0, longest_entry)), std::string{head}});
    }
  }
  return event ? out : Entries{};
}

std::string entry_value(Entries const& all, std::string_view name) {
  auto const found = all.find(name);
  return found == all.end() ? std::string{} : found->second.value;
}

std::string parameter_of(Entries const& all, std::string_view name, std::string_view parameter) {
  auto const found = all.find(name);
  if (found == all.end()) return {};
  std::string_view const text = found->second.parameters;
  std::string const key = ";" + std::string{parameter} + "=";
  auto const at = lowered(text).find(key);
  if (at == std::string::npos) return {};
  std::string_view rest = text.substr(at + key.size());
  if (rest.starts_with('"')) {
    rest.remove_prefix(1);
    return std::string{rest.substr(0, rest.find('"'))};
  }
  return std::string{rest.substr(0, rest.find(';'))};
}

// "20261123T101400Z" to "2026-11-23 10:14 UTC"
std::string moment_of(Entries const& all, std::string_view name) {
  std::string const raw = entry_value(all, name);
  for (std::size_t i = 0; i < raw.size() && i < 8; ++i)
    if (!is_digit(raw[i])) return {};
  if (raw.size() < 8) return {};
  std::string out = raw.substr(0, 4) + "-" + raw.substr(4, 2) + "-" + raw.substr(6, 2);
  auto const clock = [&](std::size_t at) { return is_digit(raw[at]); };
  if (raw.size() < 13 || raw[8] != 'T' || !clock(9) || !clock(10) || !clock(11) || !clock(12)) return out;
  out += " " + raw.substr(9, 2) + ":" + raw.substr(11, 2);
  if (raw.ends_with('Z')) return out + " UTC";
  std::string const zone = parameter_of(all, name, "tzid");
  return zone.empty() ? out : out + " (" + zone + ")";
}

std::string person_of(Entries const& all, std::string_view name) {
  std::string address = entry_value(all, name);
  if (begins_with(address, "mailto:")) address.erase(0, 7);
  std::string const known_as = parameter_of(all, name, "cn");
  if (known_as.empty() || known_as == address) return address;
  return address.empty() ? known_as : known_as + " <" + address + ">";
}

std::string title_of(Entries const& all) {
  std::string const method = lowered(entry_value(all, "method"));
  if (method == "cancel") return "Cancelled";
  if (method == "counter") return "Another time is proposed";
  if (method != "reply") return "Invitation";
  std::string const answer = lowered(parameter_of(all, "attendee", "partstat"));
  if (answer == "accepted") return "Accepted";
  if (answer == "declined") return "Declined";
  return answer == "tentative" ? "Tentatively accepted" : "Answer to an invitation";
}

void add(std::string& out, std::string_view label, std::string const& value) {
  if (!trimmed(value).empty()) (((out += label) += ": ") += trimmed(value)) += '\n';
}

}  // namespace

std::string words_of_calendar(std::string_view utf8) {
  Entries const all = entries_of(utf8);
  if (all.empty()) return {};
  std::string out;
  std::string const summary = entry_value(all, "summary");
  add(out, title_of(all), summary.empty() ? "(no title)" : summary);
  std::string when = moment_of(all, "dtstart");
  if (std::string const end = moment_of(all, "dtend"); !end.empty() && end != when) when += " to " + end;
  add(out, "When", when);
  add(out, "Where", entry_value(all, "location"));
  bool const reply = same_letters(entry_value(all, "method"), "reply");
  add(out, "From", person_of(all, reply ? "attendee" : "organizer"));
  std::string const words{trimmed(entry_value(all, "description"))};
  if (!words.empty()) (out += '\n') += words + '\n';
  return mend_utf8(out);  // a value of endless length was cut at a byte
}

}  // namespace spoc::parser
