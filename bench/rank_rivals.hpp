// SPDX-License-Identifier: GPL-3.0-or-later
// Three ways to rank articles that anybody could take instead of ours: plain Xapian, FTS5, TF-IDF.
#pragma once

#include "desk/article.hpp"

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace spoc::bench {

/// Takes articles, then ranks them for questions.
class Ranker {
 public:
  virtual ~Ranker() = default;
  virtual void fill(std::vector<desk::Article> const& articles) = 0;
  /// Ids, best first.
  virtual std::vector<std::string> ask(std::string const& question, std::size_t limit) = 0;
};

/// Xapian as its manual begins: TermGenerator and QueryParser with the language's stemmer (Chinese: any of
/// its n-grams), the words joined by OR, BM25 with its own parameters.
std::unique_ptr<Ranker> plain_xapian(std::filesystem::path const& folder, std::string const& language);
/// SQLite's FTS5 with bm25(): English through porter, Norwegian as words, Chinese as trigrams; the question's
/// words, or its trigrams, joined by OR.
std::unique_ptr<Ranker> fts5(std::filesystem::path const& file, std::string const& language);
/// Cosine of (1 + log tf) * log(N / df) over words in lower case, Chinese over pairs of characters.
std::unique_ptr<Ranker> tf_idf();

}  // namespace spoc::bench
