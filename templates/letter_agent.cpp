// SPDX-License-Identifier: GPL-3.0-or-later
// What letters to agents may speak of: who writes, what was said before, where the ticket stands.
#include "templates/letter_words.hpp"
#include "templates/plain_html.hpp"
#include "templates/utf8.hpp"

#include <algorithm>

namespace spoc::templates {
namespace {

constexpr std::size_t most_history = 5, most_earlier = 3, longest_excerpt = 600, longest_line = 300;

std::string author_of(desk::Message const& message) {
  auto const name = clipped(one_line(message.author.name), 80);
  if (!name.empty()) return name;
  auto const address = one_line(message.author.address);
  return address.empty() ? message.agent : address;
}

std::string quote_marked(std::string_view text) {
  std::string result = "> ";
  for (char const c : text) {
    result += c;
    if (c == '\n') result += "> ";
  }
  return result;
}

/// The newest first, without the message that the letter itself is about.
std::vector<Texts::Row> history_rows(LetterFacts const& facts) {
  std::vector<Texts::Row> rows;
  for (auto message = facts.history.rbegin(); message != facts.history.rend(); ++message) {
    if (rows.size() == most_history) break;
    if (message->id != desk::MessageId{} && message->id == facts.about.id) continue;
    auto const words = clipped(shown_words(*message), longest_excerpt);
    rows.push_back({{"author", author_of(*message)},
                    {"time", moment(message->at, facts.zone)},
                    {"note", message->kind == desk::MessageKind::note ? "yes" : ""},
                    {"automatic", message->kind == desk::MessageKind::automatic ? "yes" : ""},
                    {"withdrawn", message->state == desk::MessageState::withdrawn ? "yes" : ""},
                    {"quoted", quote_marked(words)},
                    {"words_html", html_of(words)}});
  }
  return rows;
}

std::vector<Texts::Row> earlier_rows(LetterFacts const& facts, Phrases const& phrases) {
  std::vector<Texts::Row> rows;
  for (auto const& ticket : facts.earlier) {
    if (rows.size() == most_earlier) break;
    rows.push_back({{"n", std::to_string(desk::number(ticket.id))},
                    {"title", display_subject(ticket.subject, phrases)},
                    {"state", phrases("status_" + std::string(desk::name(ticket.status)))}});
  }
  return rows;
}

std::string language_name(std::string const& language, Phrases const& phrases) {
  if (language.empty()) return {};
  auto const key = "language_" + one_line(language);
  auto const name = phrases(key);
  return name == key ? one_line(language) : name;
}

std::string joined(std::vector<std::string> const& words) {
  std::string result;
  for (auto const& word : words) result += (result.empty() ? "" : ", ") + one_line(word);
  return result;
}

void add_ticket(LetterFacts const& facts, Phrases const& phrases, Texts::Values& values) {
  auto const& ticket = facts.ticket;
  auto const& language = facts.requester.language.empty() ? ticket.language : facts.requester.language;
  auto requester = ticket.requester_address;
  if (requester.name.empty()) requester.name = facts.requester.name;
  // Of a caller perhaps no more than the number is known.
  bool const nameless = requester.name.empty() && requester.address.empty();
  if (nameless && !facts.requester.phones.empty()) requester.name = facts.requester.phones.front();
  values.words.insert(
      {{"requester",
        requester.address.empty() && requester.name.empty() ? phrases("visitor") : who(requester)},
       {"requester_language", language_name(language, phrases)},
       {"status", phrases("status_" + std::string(desk::name(ticket.status)))},
       {"priority", std::string(desk::name(ticket.priority))},
       {"kind", phrases("class_" + std::string(desk::name(ticket.kind)))},
       {"impact", phrases("class_" + std::string(desk::name(ticket.impact)))},
       {"urgency", phrases("class_" + std::string(desk::name(ticket.urgency)))},
       {"owner", one_line(ticket.first_team)},
       {"team", one_line(ticket.team)},
       {"assignee", one_line(facts.assignee_name.empty() ? ticket.assignee : facts.assignee_name)},
       {"assignee_absent", facts.assignee_absent ? "yes" : ""},
       {"tags", joined(ticket.tags)},
       {"related", ticket.related ? std::to_string(desk::number(*ticket.related)) : ""},
       {"earlier_count", std::to_string(std::max(facts.earlier_all, facts.earlier.size()))},
       {"earlier_open", facts.earlier_open > 0 ? std::to_string(facts.earlier_open) : ""}});
  if (ticket.channel == desk::Channel::chat) values.facts.insert("by_chat");
  if (ticket.channel == desk::Channel::phone) values.facts.insert("by_phone");
}

/// What is known of the requester besides their address, in few lines.
void add_person(LetterFacts const& facts, Texts::Values& values) {
  desk::Contact const& person = facts.requester;
  std::vector<std::string> card;
  for (std::string const* one : {&person.organisation, &person.site})
    if (!one->empty()) card.push_back(clipped(*one, longest_line));
  card.insert(card.end(), person.phones.begin(), person.phones.end());
  values.words.insert({{"card", joined(card)},
                       {"equipment", clipped(joined(person.equipment), longest_line)},
                       {"contact_notes", clipped(one_line(person.notes), longest_line)},
                       {"gone", person.gone ? moment(*person.gone, facts.zone) : ""}});
  if (person.vip || facts.vip) values.facts.insert("is_vip");
}

void add_message(LetterFacts const& facts, Texts::Values& values) {
  auto const words = shown_words(facts.about);
  auto const known = facts.about.id != desk::MessageId{} || !words.empty();
  auto const author = author_of(facts.about);
  values.words.insert(
      {{"author", author.empty() ? values.words["requester"] : author},
       {"time", known ? moment(facts.about.at, facts.zone) : std::string()},
       {"words", words},
       {"words_html", html_of(words)},
       {"words_quoted", words.empty() ? "" : quote_marked(words)},
       {"text_quoted", values.words["text"].empty() ? "" : quote_marked(values.words["text"])}});
}

void add_list(std::string const& name, std::vector<Texts::Row> rows, Texts::Values& values) {
  if (!rows.empty()) values.facts.insert("has_" + name);
  values.lists[name] = std::move(rows);
}

/// What is known of where the mail comes from.
void add_origin(LetterFacts const& facts, Texts::Values& values) {
  bool const announced =
      facts.letter.kind == desk::LetterKind::opened || facts.letter.kind == desk::LetterKind::wrote;
  auto const& checks = facts.about.checks;
  auto const words = announced ? one_line(desk::shown(checks)) : std::string();
  values.words.insert({{"origin", checks.failed() ? "" : words},
                       {"origin_failed", checks.failed() ? words : ""},
                       {"origin_by", one_line(checks.by)}});
}

/// How far the service level is, one sentence a target.
std::vector<Texts::Row> due_rows(LetterFacts const& facts, Phrases const& phrases) {
  std::vector<Texts::Row> rows;
  for (auto const& due : facts.dues)
    if (auto const phrase = desk::due_phrase(due); !phrase.empty())
      rows.push_back({{"due", said(phrase, facts, phrases)}});
  return rows;
}

/// Everything an agent's letter may say. The kinds below take away what would be wrong in them.
Texts::Values everything(LetterFacts const& facts, Phrases const& phrases) {
  auto values = shared_values(facts, phrases);
  add_ticket(facts, phrases, values);
  add_person(facts, values);
  add_message(facts, values);
  add_origin(facts, values);
  add_list("history", history_rows(facts), values);
  add_list("earlier", earlier_rows(facts, phrases), values);
  add_list("lines", said_lines(facts, phrases), values);
  values.lists["dues"] = due_rows(facts, phrases);
  return values;
}

void words_from_text(Texts::Values& values) {
  for (std::string const form : {"", "_html", "_quoted"})
    values.words["words" + form] = values.words["text" + form];
}

/// A letter whose words are the desk's summary (chat lines gathered) carries them in text.
Texts::Values requester_words(LetterFacts const& facts, Phrases const& phrases) {
  auto values = everything(facts, phrases);
  if (!values.words["text"].empty()) words_from_text(values);
  return values;
}

/// The words that did not arrive. Where a notice of ours failed, the message it was about is not them.
Texts::Values undelivered(LetterFacts const& facts, Phrases const& phrases) {
  auto values = everything(facts, phrases);
  if (!values.words["text"].empty() || facts.about.kind != desk::MessageKind::outbound)
    words_from_text(values);
  return values;
}

/// A colleague's note; what the letter's own text adds (why it is shown now) stays beside it.
Texts::Values noted(LetterFacts const& facts, Phrases const& phrases) {
  auto values = everything(facts, phrases);
  if (values.words["words"].empty()) return requester_words(facts, phrases);
  return values;
}

Texts::Values listed(LetterFacts const& facts, Phrases const& phrases) {
  auto values = everything(facts, phrases);
  add_digest(facts, phrases, values);
  return values;
}

}  // namespace

Texts::Values agent_values(LetterFacts const& facts, Phrases const& phrases) {
  switch (facts.letter.kind) {
    case desk::LetterKind::opened:
    case desk::LetterKind::wrote:
      return requester_words(facts, phrases);
    case desk::LetterKind::noted:
      return noted(facts, phrases);
    case desk::LetterKind::undelivered:
      return undelivered(facts, phrases);
    case desk::LetterKind::digest:
    case desk::LetterKind::digest_receipt:
      return listed(facts, phrases);
    default:
      return everything(facts, phrases);
  }
}

}  // namespace spoc::templates
