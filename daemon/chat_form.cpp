// SPDX-License-Identifier: GPL-3.0-or-later
// Questions before a chat.
#include "daemon/chat_form.hpp"

#include "desk/blanks.hpp"
#include "desk/people.hpp"

#include <algorithm>
#include <optional>

namespace spoc::daemon {
namespace {

/// "nb: Avdeling"; false where it is none in a language that is spoken here.
bool translate(std::string_view part, ChatQuestion& question) {
  auto const colon = part.find(": ");
  if (colon == std::string_view::npos) return false;
  std::string const language{part.substr(0, colon)};
  std::string_view const label = desk::trimmed(part.substr(colon + 2));
  if (label.empty() || language != desk::spoken(language)) return false;
  return question.translations.emplace(language, label).second;
}

std::optional<ChatQuestion> question_of(std::string_view line) {
  auto end = std::min(line.find('|'), line.size());
  std::string_view first = desk::trimmed(line.substr(0, end));
  ChatQuestion out;
  out.required = first.ends_with('!');
  if (out.required) first.remove_suffix(1);
  out.label = desk::trimmed(first);
  if (out.label.empty()) return std::nullopt;
  while (end < line.size()) {
    line.remove_prefix(end + 1);
    end = std::min(line.find('|'), line.size());
    if (!translate(desk::trimmed(line.substr(0, end)), out)) return std::nullopt;
  }
  bool const known_to_widget = out.label == "name" || out.label == "address";
  if (known_to_widget && !out.translations.empty()) return std::nullopt;
  return out;
}

}  // namespace

std::string const& ChatQuestion::in(std::string_view language) const {
  auto const found = translations.find(desk::spoken(language));
  return found == translations.end() ? label : found->second;
}

bool ChatQuestion::is_answered_in(std::string_view line) const {
  auto const holds = [&](std::string const& one) { return line.find(one + ": ") != std::string_view::npos; };
  return holds(label) || std::any_of(translations.begin(), translations.end(),
                                     [&](auto const& one) { return holds(one.second); });
}

Result<std::vector<ChatQuestion>> read_form(std::vector<std::string> const& lines) {
  std::vector<ChatQuestion> out;
  for (std::string const& line : lines) {
    auto question = question_of(line);
    if (!question)
      return Error{Kind::unreadable,
                   "\"" + line + "\" is no question such as \"Department! | nb: Avdeling\" or \"address!\""};
    out.push_back(std::move(*question));
  }
  return out;
}

}  // namespace spoc::daemon
