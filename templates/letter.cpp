// SPDX-License-Identifier: GPL-3.0-or-later
// Gives a letter its words.
#include "templates/letter.hpp"

#include "templates/letter_words.hpp"
#include "templates/utf8.hpp"

namespace spoc::templates {
namespace {

bool to_requester(desk::LetterKind kind) {
  using desk::LetterKind;
  return kind == LetterKind::acknowledgement || kind == LetterKind::answer || kind == LetterKind::resolved ||
         kind == LetterKind::closed || kind == LetterKind::too_large || kind == LetterKind::transcript ||
         kind == LetterKind::proof || kind == LetterKind::asked || kind == LetterKind::progress ||
         kind == LetterKind::rule;
}

Result<std::string> plain_text(LetterFacts const& facts, Texts const& texts, Texts::Values const& values) {
  auto const text = texts.render(std::string(desk::name(facts.letter.kind)) + ".txt",
                                 desk::spoken(facts.letter.language), values);
  if (!text) return text.error();
  return trimmed_lines(*text) + "\n";
}

}  // namespace

Result<Texts::Values> letter_values(LetterFacts const& facts, Texts const& texts) {
  auto const phrases = Phrases::load(texts, desk::spoken(facts.letter.language));
  if (!phrases) return phrases.error();
  return to_requester(facts.letter.kind) ? requester_values(facts, *phrases) : agent_values(facts, *phrases);
}

Result<Draft> write_letter(LetterFacts const& facts, Texts const& texts) {
  auto const language = desk::spoken(facts.letter.language);
  auto const values = letter_values(facts, texts);
  if (!values) return values.error();
  auto const kind = std::string(desk::name(facts.letter.kind));
  auto const subject = texts.render(kind + ".subject", language, *values);
  if (!subject) return subject.error();
  auto text = plain_text(facts, texts, *values);
  if (!text) return text.error();
  auto html = texts.render(kind + ".html", language, *values);
  if (!html) return html.error();
  return Draft{one_line(*subject), std::move(*text), std::move(*html), carried_attachments(facts)};
}

Result<std::string> letter_text(LetterFacts const& facts, Texts const& texts) {
  auto const values = letter_values(facts, texts);
  if (!values) return values.error();
  return plain_text(facts, texts, *values);
}

}  // namespace spoc::templates
