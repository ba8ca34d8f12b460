// SPDX-License-Identifier: GPL-3.0-or-later
// What an agent's numbered list, and the receipt for its answer, may speak of.
#include "desk/phrase.hpp"
#include "templates/letter_words.hpp"
#include "templates/plain_html.hpp"
#include "templates/utf8.hpp"

namespace spoc::templates {
namespace {

Texts::Row item_row(std::size_t number, desk::DigestItem const& item, LetterFacts const& facts,
                    Phrases const& phrases) {
  auto const requester = who(item.requester);
  return {{"n", std::to_string(number)},
          {"ticket", std::to_string(desk::number(item.ticket))},
          {"title", display_subject(item.subject, phrases)},
          {"requester", requester.empty() ? phrases("visitor") : requester},
          {"priority", std::string(desk::name(item.priority))},
          {"state", phrases("status_" + std::string(desk::name(item.status)))},
          {"who", item.assignee},
          {"due", item.due.empty() ? "" : one_line(said(item.due, facts, phrases))},
          {"overdue", desk::parts_of(item.due).form.ends_with("overdue since {1}") ? "yes" : ""}};
}

std::string list_of(desk::DigestItem const& item, desk::Digest const& digest) {
  return item.assignee == digest.agent ? "own" : item.assignee.empty() ? "free" : "absent";
}

/// A line that heads those of one number.
bool is_heading(std::string const& line) { return desk::parts_of(line).form.starts_with("{1}. #{2} {3}"); }

}  // namespace

void add_digest(LetterFacts const& facts, Phrases const& phrases, Texts::Values& values) {
  auto const& digest = facts.digest;
  for (auto const* name : {"own", "free", "absent"}) values.lists[name] = {};
  for (std::size_t i = 0; i < digest.items.size(); ++i) {
    auto const& item = digest.items[i];
    values.lists[list_of(item, digest)].push_back(item_row(i + 1, item, facts, phrases));
  }
  for (auto const* name : {"own", "free", "absent"})
    if (!values.lists[name].empty()) values.facts.insert("has_" + std::string(name));
  values.words.insert({{"day", digest.day},
                       {"count", std::to_string(digest.items.size())},
                       {"more", digest.left_out > 0 ? std::to_string(digest.left_out) : ""}});
  auto& lines = values.lists["lines"];
  for (std::size_t i = 0; i < lines.size(); ++i)
    lines[i]["heading"] = is_heading(facts.letter.lines[i]) ? "yes" : "";
}

}  // namespace spoc::templates
