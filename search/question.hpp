// SPDX-License-Identifier: GPL-3.0-or-later
// What a text asks for: its words that mean something, with their index terms, and how near an article's
// sketch comes.
#pragma once

#include "search/record.hpp"
#include "search/synonyms.hpp"
#include "search/terms.hpp"

#include <cstdint>
#include <set>
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
  bool single = false;                          ///< one character of a script without spaces: weak
  std::uint32_t found_in = 0;                   ///< articles that have it
  double rarity = 0;                            ///< inverse document frequency, 0 where no article has it
  std::vector<std::uint16_t> next;              ///< wants that follow it in the question
  std::vector<std::uint16_t> sentences;         ///< of the question, in which it stands
  std::string word;                             ///< folded, as it was written; "" for characters
  std::vector<std::vector<std::string>> alike;  ///< index terms of what means the same, a list a synonym
  std::uint64_t reads = 0;                      ///< entries of the index that are read for it
  std::size_t counted = SIZE_MAX;               ///< how many were alike when these two were counted
  /// Of its weight, what counts as asked for: less than 1 for a pair of characters that is no word.
  double share = 1;
  double heft = 1;                       ///< less for an everyday word, where it is judged how much was said
  double alike_share = 0;                ///< what the best of alike counts for
  bool compound = false;                 ///< "epost", made of "e-post"
  std::int32_t before = -1, after = -1;  ///< the pairs at its sides
  bool glue[2] = {false, false};         ///< its characters that say nothing
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
  double titled = 0;  ///< of the title's words that mean something, those that were asked for
  /// As window and title, for those who judge and don't rank: everyday words count little, what means the
  /// same nearly as much as the word.
  double told = 0, headed = 0;
};

/// What a synonym, or a word in another spelling, counts for beside the word itself. A single word that
/// articles use means itself first.
inline constexpr double alike_counts = 0.7, alike_known_counts = 0.3, corrected_counts = 0.8;

class Question {
 public:
  /// The stemmers are those of the languages that the index holds; the question's own comes first.
  Question(std::vector<Word> const& subject, std::vector<Word> const& text, std::string_view language,
           std::vector<Stemmer> const& stemmers);

  /// What the want's word is taken for: its spelling was not in the index.
  void correct(std::size_t want, std::string const& word);
  /// Once, after corrections, and when found_in is known of the words as they were written: what means the
  /// same counts as well.
  void widen(Synonyms const& synonyms);
  /// An index term that nobody asked for, but that is likely to stand beside what they did; counts little.
  void suppose(std::string const& term, double often);

  std::vector<Want>& wants() { return wants_; }
  std::vector<Want> const& wants() const { return wants_; }
  /// After found_in is known of each: `articles` is how many there are.
  void weigh(double articles);
  /// `length` is the article's relative to the mean.
  Match compare(Sketch const& sketch, double length) const;
  /// The weight of all that was asked for.
  double total() const { return total_; }
  /// The same with overlapping pairs of characters counted as the words that they are.
  double said() const { return said_; }
  /// The rarity of a word that no article has.
  double rarest() const { return rarest_; }
  bool wide() const { return any_wide_; }
  /// At least 1.
  std::size_t sentences() const { return sentence_ == 0 ? 1 : sentence_; }

 private:
  struct Event {
    std::size_t at;
    std::uint16_t want;
    double share = 1;  ///< what it counts for
  };
  struct Token {
    std::uint32_t key = 0;   ///< 0: a border
    std::int32_t want = -1;  ///< the pair with the character before, or the word
  };
  /// A row of keys that means one or more wants.
  struct Alike {
    std::vector<std::uint32_t> keys;
    std::vector<std::uint16_t> wants;
    double share = 1;
    std::int32_t next = -1;  ///< another one that begins with the same key
  };
  using Table = std::vector<std::pair<std::uint32_t, std::int32_t>>;  ///< open addressing

  void add(std::vector<Word> const& words, double often, bool keep_stops);
  std::uint16_t want(std::uint32_t key, bool wide, bool single, double often);
  void stands_here(std::uint16_t index);
  void chain(std::vector<std::uint16_t> const& order);
  bool keeps(std::string const& text, std::string_view language) const;
  void add_word(Word const& word, double often, std::vector<std::uint16_t>& order);
  void add_pair(Word const& first, Word const& second, double often, std::vector<std::uint16_t>& order);
  void widen(Synonyms const& synonyms, std::vector<Token> const& tokens,
             std::set<std::pair<std::uint16_t, Synonyms::Member const*>>& had);
  void also(std::vector<std::uint32_t> keys, std::vector<std::uint16_t> wants, double share);
  double share_of(Want const& want) const;
  double words_of(Want const& want) const;
  void scan(std::vector<std::uint32_t> const& keys, std::size_t offset, std::vector<Event>& events,
            std::vector<bool>* met = nullptr) const;
  bool scan_alike(std::vector<std::uint32_t> const& keys, std::size_t at, std::size_t offset,
                  std::vector<Event>& events, std::vector<bool>* met) const;
  double count_pairs(std::vector<Event> const& events) const;
  double best_window(std::vector<Event> const& events, bool told) const;
  double best_sentence(std::vector<double> const& share) const;

  std::string language_;
  std::vector<Stemmer> const& stemmers_;
  std::vector<Want> wants_;
  std::unordered_map<std::uint32_t, std::uint16_t> keys_;  ///< sketch key to want
  std::vector<Token> tokens_;                              ///< all words in order, those that say nothing too
  std::vector<Alike> alike_;
  std::unordered_map<std::uint32_t, std::uint16_t> heads_;  ///< first key to the first of alike_ that has it
  Table table_, head_table_;                                ///< of keys_ and of heads_
  bool any_wide_ = false, keep_stops_ = false;
  std::uint16_t sentence_ = 0;
  std::vector<double> sentence_weight_;
  double rarest_ = 0;
  double said_ = 0, told_total_ = 0;
  double total_ = 0;  ///< weight of all wants but singles
};

}  // namespace spoc::search
