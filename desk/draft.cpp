// SPDX-License-Identifier: GPL-3.0-or-later
// Writes an exchange down as an article.
#include "desk/draft.hpp"

#include "desk/characters.hpp"
#include "desk/lower.hpp"
#include "desk/people.hpp"
#include "desk/words.hpp"

#include <algorithm>
#include <array>

namespace spoc::desk {
namespace {

constexpr Words<DraftState, 3> states{{{DraftState::waiting, "waiting"},
                                       {DraftState::published, "published"},
                                       {DraftState::rejected, "rejected"}}};

struct Headings {
  std::string_view language, problem, solution;
};
constexpr std::array<Headings, 4> headings{{{"en", "Problem", "Solution"},
                                            {"nb", "Problem", "Løsning"},
                                            {"zh-Hans", "问题", "解决方法"},
                                            {"zh-Hant", "問題", "解決方法"}}};

/// "printer-smokes-7"; "article-7" where the title has no ASCII word.
std::string file_name(std::string_view title, DraftId id) {
  constexpr std::size_t longest = 48;
  std::string out;
  for (char const c : lower(title)) {
    bool const kept = (c >= 'a' && c <= 'z') || is_digit(c);
    if (kept && out.size() < longest) out += c;
    if (!kept && !out.empty() && out.back() != '-') out += '-';
  }
  while (out.ends_with('-')) out.pop_back();
  return (out.empty() ? "article" : out) + "-" + std::to_string(number(id));
}

/// One line of front matter: nothing in it ends the line or the block.
std::string field(std::string_view key, std::string value) {
  for (char& c : value)
    if (static_cast<unsigned char>(c) < 0x20 || c == '"') c = ' ';
  return std::string{key} + ": " + value + "\n";
}

std::string list(std::vector<std::string> const& words) {
  std::string out;
  for (std::string word : words) {
    std::erase_if(word, [](char c) { return c == ',' || c == '[' || c == ']' || c == '"'; });
    out += (out.empty() ? "" : ", ") + word;
  }
  return "[" + out + "]";
}

}  // namespace

std::string_view name(DraftState state) { return word_for(states, state); }
std::optional<DraftState> draft_state_named(std::string_view word) { return value_for(states, word); }

Draft make_draft(DraftParts const& parts) {
  auto const found = std::find_if(headings.begin(), headings.end(),
                                  [&](Headings const& one) { return one.language == parts.language; });
  Headings const& words = found == headings.end() ? headings.front() : *found;
  Draft out;
  out.id = parts.id;
  out.title = parts.title;
  out.language = std::string{words.language};
  out.made = parts.now;
  out.file = file_name(parts.title, parts.id);
  out.text = "---\n" + field("id", out.file) + field("title", parts.title) + field("language", out.language) +
             field("audience", "public");
  if (!parts.tags.empty()) out.text += field("tags", list(parts.tags));
  if (!parts.owner.empty()) out.text += field("owner", parts.owner);
  out.text += field("review", iso(parts.now + std::chrono::days{365}).substr(0, 10)) + "---\n\n";
  if (!parts.problem.empty())
    out.text += "## " + std::string{words.problem} + "\n\n" + parts.problem + "\n\n";
  out.text += "## " + std::string{words.solution} + "\n\n" + parts.solution + "\n";
  return out;
}

}  // namespace spoc::desk
