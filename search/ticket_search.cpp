// SPDX-License-Identifier: GPL-3.0-or-later
// Entries are found, tickets are put in order.
#include "search/ticket_search.hpp"

#include "search/box.hpp"
#include "search/entry.hpp"
#include "search/fields.hpp"
#include "search/query.hpp"
#include "search/question.hpp"
#include "search/ranking.hpp"
#include "search/said.hpp"
#include "search/terms.hpp"

#include <xapian.h>

#include <algorithm>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string>
#include <unordered_map>

namespace spoc::search {
namespace {

constexpr std::size_t most_entries = 1000;  // that are looked at for one question

std::uint32_t entry(std::int64_t number, unsigned kind) {
  constexpr std::int64_t last = std::numeric_limits<std::uint32_t>::max() / 2 - 1;
  if (number < 0 || number > last)
    throw std::out_of_range("the search index can't number " + std::to_string(number));
  return static_cast<std::uint32_t>(number) * 2 + kind;
}

/// As messages are indexed; a Norwegian question does without the English ones.
std::vector<Stemmer> ticket_stemmers(std::string_view language) {
  std::vector<Stemmer> out;
  for (auto const each : languages_of_entries)
    out.emplace_back(language == "nb" && each == "en" ? language : each);
  return out;
}

Xapian::doccount entries_for(std::size_t tickets) {
  constexpr std::size_t messages_of_one = 8;
  return static_cast<Xapian::doccount>(
      std::min(std::min(tickets, most_entries) * messages_of_one, most_entries));
}

/// Words may stand in several messages of one ticket: each message counts half of the one before.
std::vector<std::int64_t> in_order(Xapian::MSet const& set) {
  struct Found {
    std::int64_t ticket;
    double weight, next;  ///< next: what a further message counts for
  };
  std::vector<Found> found;
  std::unordered_map<std::int64_t, std::size_t> places;
  for (auto at = set.begin(); at != set.end(); ++at) {
    auto const ticket = ticket_of_entry(at.get_document().get_data());
    auto const [place, is_new] = places.try_emplace(ticket, found.size());
    if (is_new) found.push_back({ticket, 0, 1});
    Found& one = found[place->second];
    one.weight += at.get_weight() * one.next;
    one.next /= 2;
  }
  std::stable_sort(found.begin(), found.end(),
                   [](Found const& a, Found const& b) { return a.weight > b.weight; });
  std::vector<std::int64_t> out;
  for (Found const& one : found) out.push_back(one.ticket);
  return out;
}

/// Entries of the tickets that have all the phrases, wherever each of them stands: those that say the rarest
/// one are asked for the others.
std::optional<Xapian::Query> with_phrases(Xapian::Database const& db, Box box) {
  if (box.phrases.empty()) return std::nullopt;
  std::stable_sort(box.phrases.begin(), box.phrases.end(),
                   [&](auto const& a, auto const& b) { return most_that_say(db, a) < most_that_say(db, b); });
  std::vector<std::int64_t> tickets = newest_that_say(db, box.phrases.front());
  for (std::size_t n = 1; n < box.phrases.size(); ++n) tickets = those_that_say(db, box.phrases[n], tickets);
  std::vector<std::string> terms;
  for (auto const each : tickets) terms.push_back(term(fields::id, std::to_string(each)));
  return Xapian::Query(Xapian::Query::OP_OR, terms.begin(), terms.end());
}

/// Of these, those that have none of what is excluded, in their order.
std::vector<std::int64_t> without_excluded(Xapian::Database const& db, std::vector<std::int64_t> tickets,
                                           Box const& box) {
  for (Word const& word : box.excluded) {
    auto const with = those_that_say(db, {word}, tickets);
    std::erase_if(tickets,
                  [&](std::int64_t each) { return std::binary_search(with.begin(), with.end(), each); });
  }
  return tickets;
}

/// Any of what is wanted; nothing where no entry has any of it.
std::optional<Xapian::Query> asked_for(Xapian::Database const& db, std::vector<Word> const& subject,
                                       std::vector<Word> const& text, std::string const& language) {
  auto const stems = ticket_stemmers(language);
  Question question(subject, text, language, stems);
  count(db, question);
  auto const wants = pick(question.wants());
  if (wants.empty()) return std::nullopt;
  return query_of(wants);
}

}  // namespace

std::uint32_t entry_of_message(std::int64_t message) { return entry(message, 0); }
std::uint32_t entry_of_ticket(std::int64_t ticket) { return entry(ticket, 1); }
std::int64_t message_of(std::uint32_t entry) { return entry % 2 == 0 ? entry / 2 : 0; }

std::vector<std::int64_t> find_tickets(Xapian::Database const& db, std::string_view query,
                                       std::size_t limit) {
  std::vector<std::int64_t> out;
  auto const box = read_box(query);
  auto const words = split(box.words);
  if (words.size() == 1 && db.term_exists(term(fields::id, words.front().text)))
    out.push_back(ticket_of_entry(words.front().text));
  auto asked = asked_for(db, {}, words, guess_language(words, ""));
  if (!asked) return out;
  if (auto const phrases = with_phrases(db, box))
    asked = Xapian::Query(Xapian::Query::OP_FILTER, *asked, *phrases);
  Xapian::Enquire enquire(db);
  enquire.set_query(*asked);
  auto const found = in_order(enquire.get_mset(0, entries_for(limit)));
  for (auto const ticket : without_excluded(db, found, box)) {
    if (out.size() >= limit) break;
    if (std::find(out.begin(), out.end(), ticket) == out.end()) out.push_back(ticket);
  }
  return out;
}

std::vector<std::int64_t> find_similar_tickets(Xapian::Database const& db, std::string_view subject,
                                               std::string_view text, std::size_t limit) {
  if (db.get_doccount() == 0) return {};
  auto const top = split(subject), rest = split(text);
  auto all = top;
  all.insert(all.end(), rest.begin(), rest.end());
  auto const asked = asked_for(db, top, rest, guess_language(all, ""));
  if (!asked) return {};
  Xapian::Enquire enquire(db);
  enquire.set_query(*asked);
  enquire.set_cutoff(50);
  enquire.set_time_limit(0.1);
  std::vector<std::int64_t> out;
  auto const set = enquire.get_mset(0, entries_for(std::min<std::size_t>(limit, 100)));
  for (auto at = set.begin(); at != set.end() && out.size() < limit; ++at) {
    auto const ticket = ticket_of_entry(at.get_document().get_data());
    if (std::find(out.begin(), out.end(), ticket) == out.end()) out.push_back(ticket);
  }
  return out;
}

std::vector<std::int64_t> list_tickets(Xapian::Database const& db) {
  std::vector<std::int64_t> out;
  std::string const prefix(fields::id.prefix);
  for (auto at = db.allterms_begin(prefix); at != db.allterms_end(prefix); ++at)
    out.push_back(ticket_of_entry(std::string_view(*at).substr(prefix.size())));
  std::sort(out.begin(), out.end());
  return out;
}

std::vector<std::int64_t> list_messages(Xapian::Database const& db) {
  std::vector<std::int64_t> out;
  for (auto at = db.postlist_begin(""); at != db.postlist_end(""); ++at)
    if (auto const message = message_of(*at); message != 0) out.push_back(message);
  return out;
}

}  // namespace spoc::search
