// SPDX-License-Identifier: GPL-3.0-or-later
// The newest entries have the highest numbers, and Xapian goes upwards: so they are looked at piece by piece.
#include "search/said.hpp"

#include "search/entry.hpp"
#include "search/fields.hpp"

#include <xapian.h>

#include <algorithm>
#include <string>
#include <unordered_set>

namespace spoc::search {
namespace {

/// What a word may be in the index.
std::vector<std::string> terms_of(Word const& word) {
  static thread_local std::vector<Stemmer> const stemmers(std::begin(languages_of_entries),
                                                          std::end(languages_of_entries));
  if (word.wide) return {term(fields::wide, word.text)};
  std::vector<std::string> out;
  for (Stemmer const& stem : stemmers) out.push_back(term(fields::body, stem(word.text)));
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

/// Entries that have the stems of all these words, wherever they stand.
Xapian::Query with_stems_of(std::vector<Word> const& phrase) {
  std::vector<Xapian::Query> all;
  for (Word const& word : phrase) {
    auto const terms = terms_of(word);
    all.emplace_back(Xapian::Query::OP_OR, terms.begin(), terms.end());
  }
  return {Xapian::Query::OP_AND, all.begin(), all.end()};
}

/// Gathers the tickets of the entries that say it as it was asked for.
class Says : public Xapian::MatchDecider {
 public:
  explicit Says(std::vector<Word> const& phrase) : phrase_(phrase) {}
  bool operator()(Xapian::Document const& entry) const override {
    std::string const bytes = entry.get_data();
    ++compared_;
    if (has_phrase(bytes, phrase_)) tickets_.push_back(ticket_of_entry(bytes));
    return false;  // nothing is to be ranked
  }
  std::size_t compared() const { return compared_; }
  std::vector<std::int64_t> const& tickets() const { return tickets_; }

 private:
  std::vector<Word> const& phrase_;
  mutable std::size_t compared_ = 0;
  mutable std::vector<std::int64_t> tickets_;
};

/// The entries with these numbers.
class Between : public Xapian::PostingSource {
 public:
  Between(Xapian::docid first, Xapian::docid last) : first_(first), last_(last) {}
  void init(Xapian::Database const&) override { at_ = 0; }
  Xapian::doccount get_termfreq_min() const override { return 0; }
  Xapian::doccount get_termfreq_est() const override { return last_ - first_ + 1; }
  Xapian::doccount get_termfreq_max() const override { return last_ - first_ + 1; }
  void next(double) override { at_ = std::max(at_ + 1, first_); }
  void skip_to(Xapian::docid to, double) override { at_ = std::max({at_, to, first_}); }
  bool at_end() const override { return at_ > last_; }
  Xapian::docid get_docid() const override { return at_; }

 private:
  Xapian::docid first_, last_, at_ = 0;
};

void ask(Xapian::Database const& db, Xapian::Query const& query, Says const& says) {
  Xapian::Enquire enquire(db);
  enquire.set_query(query);
  enquire.set_weighting_scheme(Xapian::BoolWeight());
  enquire.get_mset(0, 1, nullptr, &says);
}

std::vector<std::int64_t> sorted(std::vector<std::int64_t> tickets) {
  std::sort(tickets.begin(), tickets.end());
  tickets.erase(std::unique(tickets.begin(), tickets.end()), tickets.end());
  return tickets;
}

}  // namespace

std::vector<std::int64_t> newest_that_say(Xapian::Database const& db, std::vector<Word> const& phrase,
                                          Effort const& effort) {
  Xapian::Query const stems = with_stems_of(phrase);
  bool const few = most_that_say(db, phrase) <= effort.compared;
  std::unordered_set<std::int64_t> found;
  std::size_t compared = 0;
  for (Xapian::docid last = db.get_lastdocid(), first = 0; last > 0; last = first - 1) {
    first = few || last < effort.piece ? 1 : last - effort.piece + 1;
    Between source(first, last);
    Says const says(phrase);
    ask(db, Xapian::Query(Xapian::Query::OP_AND, Xapian::Query(&source), stems), says);
    auto const& tickets = says.tickets();
    for (auto at = tickets.rbegin(); at != tickets.rend() && found.size() < effort.tickets; ++at)
      found.insert(*at);
    compared += says.compared();
    if (found.size() >= effort.tickets || compared >= effort.compared) break;
  }
  return sorted({found.begin(), found.end()});
}

std::vector<std::int64_t> those_that_say(Xapian::Database const& db, std::vector<Word> const& phrase,
                                         std::vector<std::int64_t> const& tickets) {
  std::vector<std::string> own;
  for (auto const each : tickets) own.push_back(term(fields::id, std::to_string(each)));
  Says const says(phrase);
  ask(db,
      Xapian::Query(Xapian::Query::OP_AND, Xapian::Query(Xapian::Query::OP_OR, own.begin(), own.end()),
                    with_stems_of(phrase)),
      says);
  return sorted(says.tickets());
}

std::size_t most_that_say(Xapian::Database const& db, std::vector<Word> const& phrase) {
  std::size_t least = db.get_doccount();
  for (Word const& word : phrase) {
    std::size_t those = 0;
    for (std::string const& each : terms_of(word)) those += db.get_termfreq(each);
    least = std::min(least, those);
  }
  return least;
}

}  // namespace spoc::search
