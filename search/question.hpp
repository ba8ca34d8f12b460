// SPDX-License-Identifier: GPL-3.0-or-later
// What a text asks for: its words that mean something, with their index terms, and how near an article's
// sketch comes.
#pragma once

#include "search/record.hpp"
#include "search/terms.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace spoc::search {

/// One word, or one pair of characters, of the question.
struct Want {
  std::vector<std::string> terms;  ///< index terms that mean it: one a stemmer
  double often = 0;                ///< how often it was asked for; the subject counts double
  bool wide = false;
  bool single = false;                   ///< one character of a script without spaces: weak
  std::uint32_t found_in = 0;            ///< articles that have it
  double rarity = 0;                     ///< inverse document frequency, 0 where no article has it
  std::vector<std::uint16_t> next;       ///< wants that follow it in the question
  std::vector<std::uint16_t> sentences;  ///< of the question, in which it stands
};

/// How near an article comes. `words`, `pairs` and `focus` have the question's weight as unit, the others are
/// shares.
struct Match {
  double words = 0;     ///< BM25 over the sketch
  double pairs = 0;     ///< neighbours in the question that are neighbours in the article
  double window = 0;    ///< of the question's weight, what the best passage has
  double coverage = 0;  ///< of the question's weight, what the article has
  double focus =
      0;  ///< what the article has of the sentence that it answers best: mails say other things too
  double title = 0;   ///< of the question's weight, what the title has
  double titled = 0;  ///< of the title's words, those that were asked for
};

class Question {
 public:
  /// The stemmers are those of the languages that the index holds; the question's own comes first.
  Question(std::vector<Word> const& subject, std::vector<Word> const& text, std::string_view language,
           std::vector<Stemmer> const& stemmers);

  std::vector<Want>& wants() { return wants_; }
  std::vector<Want> const& wants() const { return wants_; }
  /// After found_in is known of each: `articles` is how many there are.
  void weigh(double articles);
  /// `length` is the article's relative to the mean.
  Match compare(Sketch const& sketch, double length) const;
  /// The weight of all that was asked for.
  double total() const { return total_; }
  /// The rarity of a word that no article has.
  double rarest() const { return rarest_; }
  bool wide() const { return any_wide_; }
  /// At least 1.
  std::size_t sentences() const { return sentence_ == 0 ? 1 : sentence_; }

 private:
  struct Event {
    std::size_t at;
    std::uint16_t want;
  };
  void add(std::vector<Word> const& words, double often, bool keep_stops);
  std::uint16_t want(std::uint32_t key, bool wide, bool single, double often);
  void stands_here(std::uint16_t index);
  void chain(std::vector<std::uint16_t> const& order);
  void make_table();
  int find(std::uint32_t key) const;
  void scan(std::vector<std::uint32_t> const& keys, std::size_t offset, std::vector<Event>& events) const;
  double count_pairs(std::vector<Event> const& events) const;
  double best_window(std::vector<Event> const& events) const;
  double best_sentence(std::vector<double> const& count) const;

  std::string language_;
  std::vector<Stemmer> const& stemmers_;
  std::vector<Want> wants_;
  std::unordered_map<std::uint32_t, std::uint16_t> keys_;      ///< sketch key to want
  std::vector<std::pair<std::uint32_t, std::int32_t>> table_;  ///< open addressing over keys_
  bool any_wide_ = false;
  std::uint16_t sentence_ = 0;
  std::vector<double> sentence_weight_;
  double rarest_ = 0;
  double total_ = 0;  ///< weight of all wants but singles
};

}  // namespace spoc::search
