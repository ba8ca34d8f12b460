// SPDX-License-Identifier: GPL-3.0-or-later
// What letters to requesters may speak of: public words alone. Notes, tags and colleagues are not even known
// here.
#include "templates/letter_words.hpp"
#include "templates/plain_html.hpp"
#include "templates/utf8.hpp"

namespace spoc::templates {
namespace {

/// The agent's words come from the letter: it is what the agent wrote without commands and quotes.
Texts::Values answer(LetterFacts const& facts, Phrases const& phrases) {
  auto values = shared_values(facts, phrases);
  if (values.words["text"].empty() && facts.articles.empty()) {
    values.words["text"] = shown_words(facts.about);
    values.words["text_html"] = html_of(values.words["text"]);
  }
  return values;
}

Texts::Values proof(LetterFacts const& facts, Phrases const& phrases) {
  auto values = shared_values(facts, phrases);
  values.words["link"] = facts.letter.lines.empty() ? "" : one_line(facts.letter.lines.front());
  return values;
}

}  // namespace

Texts::Values requester_values(LetterFacts const& facts, Phrases const& phrases) {
  if (facts.letter.kind == desk::LetterKind::proof) return proof(facts, phrases);
  // The others say the same to everybody, and their articles were chosen for requesters.
  return facts.letter.kind == desk::LetterKind::answer ? answer(facts, phrases)
                                                       : shared_values(facts, phrases);
}

}  // namespace spoc::templates
