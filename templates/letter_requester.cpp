// SPDX-License-Identifier: GPL-3.0-or-later
// What letters to requesters may speak of: public words alone. Notes, tags and colleagues are not even known
// here.
#include "desk/phrase.hpp"
#include "templates/letter_words.hpp"
#include "templates/plain_html.hpp"
#include "templates/utf8.hpp"

namespace spoc::templates {
namespace {

/// The agent's words come from the letter: it is what the agent wrote without commands and quotes.
void add_answer(LetterFacts const& facts, Texts::Values& values) {
  if (!values.words["text"].empty() || !facts.articles.empty()) return;
  values.words["text"] = shown_words(facts.about);
  values.words["text_html"] = html_of(values.words["text"]);
}

/// "Is it solved?", by a word or, where the desk has an address in the web, by a button.
void add_question(LetterFacts const& facts, Phrases const& phrases, Texts::Values& values) {
  values.facts.insert("asks");
  auto const days = std::chrono::floor<std::chrono::days>(facts.close_after).count();
  if (days == 1) values.words["closes"] = phrases("one_day");
  if (days > 1) values.words["closes"] = desk::filled(phrases("{1} days"), {std::to_string(days)});
  // A copy's reader may answer in words; the buttons are the requester's.
  bool const theirs =
      desk::normal(facts.letter.to.address) == desk::normal(facts.ticket.requester_address.address);
  if (facts.public_url.empty() || facts.letter.token.empty() || !theirs) return;
  values.words["yes_url"] = facts.public_url + "/solved/" + facts.letter.token + "/yes";
  values.words["no_url"] = facts.public_url + "/solved/" + facts.letter.token + "/no";
}

Texts::Values proof(LetterFacts const& facts, Phrases const& phrases) {
  auto values = shared_values(facts, phrases);
  values.words["link"] = facts.letter.lines.empty() ? "" : one_line(facts.letter.lines.front());
  return values;
}

}  // namespace

Texts::Values requester_values(LetterFacts const& facts, Phrases const& phrases) {
  if (facts.letter.kind == desk::LetterKind::proof) return proof(facts, phrases);
  auto values = shared_values(facts, phrases);
  values.words.insert({{"closes", ""}, {"yes_url", ""}, {"no_url", ""}});
  if (facts.ticket.channel == desk::Channel::phone) values.facts.insert("by_phone");
  if (facts.letter.kind == desk::LetterKind::answer) add_answer(facts, values);
  // Only these letters have lines that are meant for requesters.
  if (facts.letter.kind == desk::LetterKind::progress || facts.letter.kind == desk::LetterKind::rule)
    values.lists["lines"] = said_lines(facts, phrases);
  bool const answered_for_good =
      facts.letter.kind == desk::LetterKind::answer && facts.ticket.status == desk::Status::resolved;
  if (facts.letter.kind == desk::LetterKind::resolved || answered_for_good)
    add_question(facts, phrases, values);
  return values;
}

}  // namespace spoc::templates
