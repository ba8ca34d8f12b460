// SPDX-License-Identifier: GPL-3.0-or-later
// The rivals as their manuals would have them, with nothing tuned.
#include "bench/rank_rivals.hpp"

#include <sqlite3.h>
#include <xapian.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <map>
#include <set>
#include <stdexcept>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace spoc::bench {
namespace {

bool is_chinese(std::string const& language) { return language.starts_with("zh"); }

/// A character of UTF-8.
std::string_view take_character(std::string_view& text) {
  std::size_t size = 1;
  while (size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) ++size;
  auto const one = text.substr(0, size);
  text.remove_prefix(size);
  return one;
}

/// Han, for this purpose: U+3400 to U+9FFF.
bool is_han(std::string_view character) {
  auto const first = static_cast<unsigned char>(character.front());
  return character.size() == 3 && first >= 0xE3U && first <= 0xE9U && character >= "\xE3\x90\x80";
}

/// Words of letters and digits in lower case (ASCII's; others as they are), and runs of Han as one each.
struct Piece {
  std::string text;
  std::vector<std::string> characters;  ///< of a run of Han
};
std::vector<Piece> pieces_of(std::string_view text) {
  std::vector<Piece> out;
  bool open = false;
  while (!text.empty()) {
    auto const one = take_character(text);
    unsigned char const first = static_cast<unsigned char>(one.front());
    bool const han = is_han(one);
    bool const punctuation = one.size() == 3 && (first == 0xE2U || one.starts_with("\xE3\x80") ||
                                                 one.starts_with("\xEF\xBC") || one.starts_with("\xEF\xBD"));
    bool const letter = first >= 0x80U ? !punctuation : std::isalnum(first) != 0;
    if (!han && !letter) {
      open = false;
      continue;
    }
    if (!open || han != !out.back().characters.empty()) out.emplace_back();
    open = true;
    out.back().text +=
        first < 0x80U ? std::string(1, static_cast<char>(std::tolower(first))) : std::string{one};
    if (han) out.back().characters.emplace_back(one);
  }
  return out;
}

/// Each `size` neighbours of a run.
void add_runs(std::vector<std::string> const& characters, std::size_t size, std::vector<std::string>& out) {
  for (std::size_t i = 0; i + size <= characters.size(); ++i) {
    std::string run;
    for (std::size_t n = 0; n < size; ++n) run += characters[i + n];
    out.push_back(std::move(run));
  }
}

// ---- Xapian --------------------------------------------------------------------------------------

class PlainXapian final : public Ranker {
 public:
  PlainXapian(std::filesystem::path folder, std::string const& language)
      : folder_{std::move(folder)}, chinese_{is_chinese(language)} {
    if (!chinese_) stemmer_ = Xapian::Stem(language.starts_with("nb") ? "norwegian" : "english");
  }
  void fill(std::vector<desk::Article> const& articles) override {
    {
      Xapian::WritableDatabase db(folder_.string(), Xapian::DB_CREATE_OR_OVERWRITE);
      Xapian::TermGenerator terms;
      terms.set_stemmer(stemmer_);
      if (chinese_) terms.set_flags(Xapian::TermGenerator::FLAG_CJK_NGRAM);
      for (desk::Article const& one : articles) {
        Xapian::Document document;
        document.set_data(one.id);
        terms.set_document(document);
        terms.index_text(one.title);
        terms.increase_termpos();
        terms.index_text(one.body);
        db.add_document(document);
      }
      db.commit();
    }
    db_ = Xapian::Database(folder_.string());
  }
  std::vector<std::string> ask(std::string const& question, std::size_t limit) override {
    Xapian::Enquire enquire(db_);
    enquire.set_query(chinese_ ? any_ngram(question) : parsed(question));
    std::vector<std::string> out;
    auto const hits = enquire.get_mset(0, static_cast<Xapian::doccount>(limit));
    for (auto hit = hits.begin(); hit != hits.end(); ++hit) out.push_back(hit.get_document().get_data());
    return out;
  }

 private:
  Xapian::Query parsed(std::string const& question) const {
    Xapian::QueryParser parser;
    parser.set_stemmer(stemmer_);
    parser.set_stemming_strategy(Xapian::QueryParser::STEM_SOME);
    parser.set_database(db_);
    return parser.parse_query(question, 0);
  }
  /// QueryParser would want all n-grams of a run to be there: a sentence without blanks finds nothing then.
  static Xapian::Query any_ngram(std::string const& question) {
    Xapian::Document asked;
    Xapian::TermGenerator terms;
    terms.set_flags(Xapian::TermGenerator::FLAG_CJK_NGRAM);
    terms.set_document(asked);
    terms.index_text_without_positions(question);
    return Xapian::Query(Xapian::Query::OP_OR, asked.termlist_begin(), asked.termlist_end());
  }

  std::filesystem::path folder_;
  bool chinese_;
  Xapian::Stem stemmer_;
  Xapian::Database db_;
};

// ---- FTS5 ----------------------------------------------------------------------------------------

struct Close {
  void operator()(sqlite3* connection) const { sqlite3_close_v2(connection); }
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

class Fts5 final : public Ranker {
 public:
  Fts5(std::filesystem::path const& file, std::string const& language) : chinese_{is_chinese(language)} {
    std::filesystem::remove(file);
    sqlite3* raw = nullptr;
    if (sqlite3_open(file.c_str(), &raw) != SQLITE_OK) throw std::runtime_error{sqlite3_errmsg(raw)};
    connection_.reset(raw);
    std::string const tokenizer = chinese_                     ? "trigram"
                                  : language.starts_with("en") ? "porter unicode61"
                                                               : "unicode61";
    run("CREATE VIRTUAL TABLE article USING fts5 (id UNINDEXED, title, body, tokenize = '" + tokenizer +
        "')");
  }
  void fill(std::vector<desk::Article> const& articles) override {
    run("BEGIN");
    auto const insert = prepare("INSERT INTO article (id, title, body) VALUES (?, ?, ?)");
    for (desk::Article const& one : articles) {
      bind(insert.get(), 1, one.id);
      bind(insert.get(), 2, one.title);
      bind(insert.get(), 3, one.body);
      if (sqlite3_step(insert.get()) != SQLITE_DONE)
        throw std::runtime_error{sqlite3_errmsg(connection_.get())};
      sqlite3_reset(insert.get());
    }
    run("COMMIT");
  }
  std::vector<std::string> ask(std::string const& question, std::size_t limit) override {
    if (!query_)
      query_ = prepare("SELECT id FROM article WHERE article MATCH ? ORDER BY bm25(article) LIMIT ?");
    std::vector<std::string> out;
    std::string const any = as_or(question);
    if (any.empty()) return out;
    bind(query_.get(), 1, any);
    sqlite3_bind_int64(query_.get(), 2, static_cast<std::int64_t>(limit));
    while (sqlite3_step(query_.get()) == SQLITE_ROW)
      out.emplace_back(reinterpret_cast<char const*>(sqlite3_column_text(query_.get(), 0)));
    sqlite3_reset(query_.get());
    return out;
  }

 private:
  std::string as_or(std::string const& question) const {
    std::set<std::string> words;
    for (Piece const& one : pieces_of(question)) {
      std::vector<std::string> runs;
      add_runs(one.characters, 3, runs);
      words.insert(runs.begin(), runs.end());
      if (one.characters.empty() && (!chinese_ || one.text.size() >= 3)) words.insert(one.text);
    }
    std::string out;
    for (std::string const& one : words) out.append(out.empty() ? "\"" : " OR \"").append(one).append("\"");
    return out;
  }
  static void bind(sqlite3_stmt* statement, int at, std::string const& text) {
    sqlite3_bind_text(statement, at, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
  }
  void run(std::string const& sql) {
    if (sqlite3_exec(connection_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
      throw std::runtime_error{sqlite3_errmsg(connection_.get())};
  }
  std::unique_ptr<sqlite3_stmt, Close> prepare(char const* sql) {
    sqlite3_stmt* raw = nullptr;
    if (sqlite3_prepare_v2(connection_.get(), sql, -1, &raw, nullptr) != SQLITE_OK)
      throw std::runtime_error{sqlite3_errmsg(connection_.get())};
    return std::unique_ptr<sqlite3_stmt, Close>{raw};
  }

  bool chinese_;
  std::unique_ptr<sqlite3, Close> connection_;
  std::unique_ptr<sqlite3_stmt, Close> query_;
};

// ---- TF-IDF --------------------------------------------------------------------------------------

class TfIdf final : public Ranker {
 public:
  void fill(std::vector<desk::Article> const& articles) override {
    std::vector<std::map<std::string, double>> bags;
    for (desk::Article const& one : articles) {
      ids_.push_back(one.id);
      bags.push_back(bag(one.title + "\n" + one.body));
      for (auto const& [word, count] : bags.back()) rarity_[word] += 1;
    }
    auto const all = static_cast<double>(articles.size());
    for (auto& [word, articles_with_it] : rarity_) articles_with_it = std::log(all / articles_with_it);
    for (std::size_t number = 0; number < bags.size(); ++number) {
      auto const weights = weighed(bags[number]);
      for (auto const& [word, weight] : weights)
        postings_[word].emplace_back(static_cast<std::uint32_t>(number), static_cast<float>(weight));
    }
  }
  std::vector<std::string> ask(std::string const& question, std::size_t limit) override {
    std::vector<std::pair<float, std::uint32_t>> scores(ids_.size());
    for (std::uint32_t i = 0; i < scores.size(); ++i) scores[i].second = i;
    for (auto const& [word, weight] : weighed(bag(question)))
      if (auto const found = postings_.find(word); found != postings_.end())
        for (auto const& [number, has] : found->second)
          scores[number].first += has * static_cast<float>(weight);
    std::erase_if(scores, [](auto const& one) { return one.first <= 0; });
    auto const most = std::min(limit, scores.size());
    std::partial_sort(scores.begin(), scores.begin() + static_cast<std::ptrdiff_t>(most), scores.end(),
                      [](auto const& a, auto const& b) {
                        return std::pair{-a.first, a.second} < std::pair{-b.first, b.second};
                      });
    std::vector<std::string> out;
    for (std::size_t i = 0; i < most; ++i) out.push_back(ids_[scores[i].second]);
    return out;
  }

 private:
  static std::map<std::string, double> bag(std::string const& text) {
    std::map<std::string, double> out;
    for (Piece const& one : pieces_of(text)) {
      std::vector<std::string> words;
      add_runs(one.characters, 2, words);
      if (words.empty()) words.push_back(one.text);
      for (std::string const& word : words) out[word] += 1;
    }
    return out;
  }
  std::map<std::string, double> weighed(std::map<std::string, double> bag) const {
    double length = 0;
    for (auto& [word, weight] : bag) {
      auto const known = rarity_.find(word);
      weight = known == rarity_.end() ? 0 : (1 + std::log(weight)) * known->second;
      length += weight * weight;
    }
    if (length > 0)
      for (auto& [word, weight] : bag) weight /= std::sqrt(length);
    return bag;
  }

  std::vector<std::string> ids_;
  std::unordered_map<std::string, double> rarity_;  ///< while it is filled: how many articles have the word
  std::unordered_map<std::string, std::vector<std::pair<std::uint32_t, float>>> postings_;
};

}  // namespace

std::unique_ptr<Ranker> plain_xapian(std::filesystem::path const& folder, std::string const& language) {
  return std::make_unique<PlainXapian>(folder, language);
}
std::unique_ptr<Ranker> fts5(std::filesystem::path const& file, std::string const& language) {
  return std::make_unique<Fts5>(file, language);
}
std::unique_ptr<Ranker> tf_idf() { return std::make_unique<TfIdf>(); }

}  // namespace spoc::bench
