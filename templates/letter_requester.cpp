// SPDX-License-Identifier: GPL-3.0-or-later
// What letters to requesters may speak of: public words alone. Notes, tags and colleagues are not even known
// here.
#include "templates/letter_words.hpp"
#include "templates/plain_html.hpp"

namespace spoc::templates {
namespace {

/// The agent's words come from the letter: it is what the agent wrote without commands and quotes.
void add_answer(LetterFacts const& facts, Texts::Values& values) {
  if (!values.words["text"].empty() || !facts.articles.empty()) return;
  values.words["text"] = shown_words(facts.about);
  values.words["text_html"] = html_of(values.words["text"]);
}

/// "Is it solved?", by a word or, where the desk has an address in the web, by a button.
void add_question(LetterFacts const& facts, Texts::Values& values) {
  values.facts.insert("asks");
  auto const days = std::chrono::floor<std::chrono::days>(facts.close_after).count();
  if (days > 0) values.words["closes"] = std::to_string(days);
  if (facts.public_url.empty() || facts.letter.token.empty()) return;
  values.words["yes_url"] = facts.public_url + "/solved/" + facts.letter.token + "/yes";
  values.words["no_url"] = facts.public_url + "/solved/" + facts.letter.token + "/no";
}

}  // namespace

Texts::Values requester_values(LetterFacts const& facts, Phrases const& phrases) {
  auto values = shared_values(facts, phrases);
  values.words.insert({{"closes", ""}, {"yes_url", ""}, {"no_url", ""}});
  if (facts.letter.kind == desk::LetterKind::answer) add_answer(facts, values);
  // Only the progress letter has lines that are meant for requesters.
  if (facts.letter.kind == desk::LetterKind::progress) values.lists["lines"] = said_lines(facts, phrases);
  bool const answered_for_good =
      facts.letter.kind == desk::LetterKind::answer && facts.ticket.status == desk::Status::resolved;
  if (facts.letter.kind == desk::LetterKind::resolved || answered_for_good) add_question(facts, values);
  return values;
}

}  // namespace spoc::templates
