// SPDX-License-Identifier: GPL-3.0-or-later
// What a letter's texts may speak of: the ticket, its people and messages, as the words and lists that
// templates name.
#pragma once

#include "templates/letter.hpp"

#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace spoc::templates {

/// Sections that may be asked for in any text; true only where a letter says so.
std::span<std::string_view const> known_facts();

/// The names of statuses, languages and such, from the text "words.txt" of a language.
class Phrases {
 public:
  static Result<Phrases> load(Texts const& texts, std::string const& language);
  /// The phrase; the key itself where there is none.
  std::string operator()(std::string const& key) const;

 private:
  using Map = std::map<std::string, std::string>;
  std::shared_ptr<Map const> phrases_ = std::make_shared<Map const>();
};

/// The ticket's subject as people shall read it: without reply prefixes and our own tag, in its own spelling.
std::string display_subject(std::string_view subject, Phrases const& phrases);

/// "2026-11-21 20:15 UTC", by the clocks of the zone.
std::string moment(desk::Time time, desk::Zone const& zone);
/// "Tue 10:40" where it is no more than six days away, else moment().
std::string near_moment(desk::Time time, LetterFacts const& facts, Phrases const& phrases);
/// A receipt's or refusal's line (desk/phrase.hpp) in the reader's language: statuses, classes and moments
/// among its parts too.
std::string said(std::string const& line, LetterFacts const& facts, Phrases const& phrases);
/// The letter's lines, each as "line".
std::vector<Texts::Row> said_lines(LetterFacts const& facts, Phrases const& phrases);

/// "Ola Nordmann <ola@example.org>", or the address alone.
std::string who(desk::Address const& address);

/// What the person wrote now; everything where nothing is left of it.
std::string shown_words(desk::Message const& message);

/// The letter's attachments: of an answer all; of what goes to agents as many as a mail server takes (20 MB).
/// Never what is kept aside.
std::vector<desk::Attachment> carried_attachments(LetterFacts const& facts);

/// What every letter has: desk, number, subject, name, agent, token, text, attachments, articles.
Texts::Values shared_values(LetterFacts const& facts, Phrases const& phrases);

/// Per kind of letter; agents' letters know more than requesters' may ever say.
Texts::Values requester_values(LetterFacts const& facts, Phrases const& phrases);
Texts::Values agent_values(LetterFacts const& facts, Phrases const& phrases);
/// The numbers of a list, and which lines of a receipt head a number.
void add_digest(LetterFacts const& facts, Phrases const& phrases, Texts::Values& values);
Result<Texts::Values> letter_values(LetterFacts const& facts, Texts const& texts);

/// For Texts::check(): each kind of letter with all there can be in it, and again with next to nothing.
std::vector<LetterFacts> sample_letters(std::string const& language);

}  // namespace spoc::templates
