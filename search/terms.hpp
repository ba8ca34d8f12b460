// SPDX-License-Identifier: GPL-3.0-or-later
// Text to words and stems, the same way for articles, tickets and questions.
#pragma once

#include "search/fields.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace spoc::search {

/// A word, folded; or one character of a script without spaces.
struct Word {
  std::string text;
  bool wide = false;      ///< one character of a script without spaces
  bool joined = false;    ///< wide, and the neighbour of the word before it: the two make a term
  bool compound = false;  ///< "epost" made from "e-post", after its parts
  bool begins = false;    ///< first of a sentence
  bool operator==(Word const&) const = default;
};

/// Words beyond longest_word bytes are left out.
std::vector<Word> split(std::string_view text);

/// Cuts endings. Not thread-safe: one each.
class Stemmer {
 public:
  /// Language as in an article's front matter ("en", "nb", "nn", "no", "zh-Hans", "de-AT"). Unknown: words
  /// stay whole.
  explicit Stemmer(std::string_view language);
  Stemmer(Stemmer&&) noexcept;
  Stemmer& operator=(Stemmer&&) noexcept;
  ~Stemmer();
  /// With å, ø and æ written as those do who lack the keys: "påloggingen", "paaloggingen" and "paloggingen"
  /// are one.
  std::string operator()(std::string const& word) const;

 private:
  struct Body;
  std::unique_ptr<Body> body_;
};

/// "no" and "nn" are stemmed as "nb"; "zh-Hant" is "zh"; else the part before the hyphen, in lower case.
std::string main_language(std::string_view language);

/// A word that says nothing about what a question is about.
bool is_stop_word(std::string_view word, std::string_view language);
/// A word that says how or when, seldom what: "always", "again", "show". It counts for a third.
bool is_everyday_word(std::string_view word, std::string_view language);
/// The language whose stop words are most common in it; nothing sure: fallback.
std::string guess_language(std::vector<Word> const& words, std::string_view fallback);

/// Is a stem's key that of a word which says nothing, in whatever language?
bool is_stop_key(std::uint32_t key);
/// Latin letters alone, three or more: what is worth a look for its spelling. No number, no identifier.
bool is_plain_word(std::string_view folded);

/// The id that translations share: their own, or their own without the language behind it ("vpn.nb").
std::string family_of(std::string_view id, std::string_view language);

/// 32 bits that stand for a stem in a sketch.
std::uint32_t key_of(std::string_view stem);
std::uint32_t key_of_pair(std::uint32_t first, std::uint32_t second);

/// A term of that kind: its prefix and the text, or where that is too long for a term, its beginning and a
/// digest.
std::string term(Field const& field, std::string_view text);
/// 128 bits (FNV-1a, two bases) in hex: tells versions of a text apart, no protection against malice.
std::string digest(std::string_view bytes);

}  // namespace spoc::search
