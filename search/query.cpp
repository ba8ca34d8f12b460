// SPDX-License-Identifier: GPL-3.0-or-later
// Which words look for candidates, and what each of them counts for.
#include "search/query.hpp"

#include "search/fields.hpp"
#include "search/terms.hpp"

#include <xapian.h>

#include <algorithm>
#include <cstdint>

namespace spoc::search {
namespace {

constexpr std::size_t elite = 100;                // words that look for candidates
constexpr std::uint64_t postings_budget = 12000;  // entries read for that, over all words

}  // namespace

/// A word that no article has is as rare as what means the same.
void count(Xapian::Database const& db, Want& want) {
  if (want.counted == want.alike.size()) return;
  want.counted = want.alike.size();
  want.found_in = 0, want.reads = 0;
  for (auto const& each : want.terms) {
    auto const found = db.get_termfreq(each);
    want.found_in = std::max(want.found_in, found);
    want.reads += found;
  }
  std::uint32_t most = 0;
  for (auto const& terms : want.alike) {
    std::uint32_t least = ~std::uint32_t{0};
    for (auto const& each : terms) least = std::min(least, db.get_termfreq(each));
    most = std::max(most, least);
    want.reads += least;
  }
  if (want.found_in == 0) want.found_in = most;
}

void count(Xapian::Database const& db, Question& question) {
  for (auto& want : question.wants()) count(db, want);
  question.weigh(db.get_doccount());
}

std::vector<Want const*> pick(std::vector<Want> const& wants) {
  std::vector<Want const*> known;
  for (auto const& want : wants)
    if (want.rarity > 0) known.push_back(&want);
  std::stable_sort(known.begin(), known.end(), [](Want const* a, Want const* b) {
    auto const value = [](Want const* w) {
      return (w->single ? 0.3 : 1) * w->rarity * w->often / (w->often + 1);
    };
    return value(a) > value(b);
  });
  std::uint64_t read = 0;
  std::size_t kept = 0;
  for (; kept < known.size() && kept < elite; ++kept) {
    read += known[kept]->reads;
    if (kept >= 3 && read > postings_budget) break;
  }
  known.resize(kept);
  return known;
}

Xapian::Query query_of(std::vector<Want const*> const& wants) {
  std::vector<Xapian::Query> parts;
  for (auto const* want : wants) {
    auto const factor = (want->single ? 0.3 : 1) * want->often / (want->often + 1) * 2;
    Xapian::Query one(Xapian::Query::OP_SYNONYM, want->terms.begin(), want->terms.end());
    std::vector<Xapian::Query> ways{{Xapian::Query::OP_SCALE_WEIGHT, one, factor}};
    for (auto const& terms : want->alike) {
      Xapian::Query all(Xapian::Query::OP_AND, terms.begin(), terms.end());
      ways.emplace_back(Xapian::Query::OP_SCALE_WEIGHT, all, factor * alike_counts);
    }
    parts.emplace_back(Xapian::Query::OP_MAX, ways.begin(), ways.end());
  }
  return {Xapian::Query::OP_OR, parts.begin(), parts.end()};
}

Xapian::Query phrase_of(std::vector<Word> const& phrase) {
  std::vector<std::string> words;
  for (auto const& word : phrase) words.push_back(term(fields::word, word.text));
  return {Xapian::Query::OP_PHRASE, words.begin(), words.end(), static_cast<Xapian::termcount>(words.size())};
}

}  // namespace spoc::search
