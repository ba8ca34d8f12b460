// SPDX-License-Identifier: GPL-3.0-or-later
// The reader: rare words of the question find candidates in Xapian, their sketches put them in order.
#include "search/box.hpp"
#include "search/fields.hpp"
#include "search/format.hpp"
#include "search/index.hpp"
#include "search/last_commit.hpp"
#include "search/query.hpp"
#include "search/question.hpp"
#include "search/ranking.hpp"
#include "search/record.hpp"
#include "search/synonyms.hpp"
#include "search/terms.hpp"
#include "search/ticket_search.hpp"
#include "search/wall.hpp"

#include <xapian.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>

namespace spoc::search {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t longest_query = 32 * 1024;  // bytes: the top of a mail says what it is about
constexpr Xapian::doccount candidates = 60;       // articles that are put in order by their sketch
constexpr int tries = 4;

std::string_view top_of(std::string_view text) { return text.substr(0, longest_query); }

/// What a search box asks for beyond words.
Xapian::Query narrowed(Xapian::Query query, Box const& box) {
  for (auto const& phrase : box.phrases)
    query = Xapian::Query(Xapian::Query::OP_FILTER, query, phrase_of(phrase));
  for (auto const& word : box.excluded)
    query = Xapian::Query(Xapian::Query::OP_AND_NOT, query, Xapian::Query(term(fields::word, word.text)));
  return query;
}

/// In a long text other words make good for a misspelt one; each look costs, and in a mail names are unknown
/// as well.
constexpr std::size_t most_wants_corrected = 16;

bool is_swapped(std::string a, std::string b) {
  std::sort(a.begin(), a.end()), std::sort(b.begin(), b.end());
  return a == b;
}

/// The word of the articles that was meant by one that none of them has; "" where that is not clear. Short
/// words have too many neighbours: of three letters two may have changed places, that is all.
std::string meant_by(Xapian::Database const& articles, std::string const& word) {
  if (!is_plain_word(word)) return "";
  auto const far = word.size() >= 8 ? 2U : 1U;
  auto const meant = articles.get_spelling_suggestion(word, far);
  if (meant.empty() || is_swapped(word, meant)) return meant;
  return word.size() > 3 && meant.front() == word.front() ? meant : "";
}

}  // namespace

struct Reader::Body {
  fs::path folder;
  fs::file_time_type made{};
  Xapian::Database articles, tickets;
  LastCommit of_articles, of_tickets;
  std::vector<std::string> languages;  ///< that the index holds
  std::map<std::string, double> favours;
  std::string synonyms_text;                 ///< the operator's own
  std::map<std::string, Synonyms> synonyms;  ///< by language, made when they are asked for

  void open() {
    made = fs::last_write_time(folder);
    (void)of_articles.is_news(folder / "articles"), (void)of_tickets.is_news(folder / "tickets");
    articles = Xapian::Database((folder / "articles").string());
    tickets = Xapian::Database((folder / "tickets").string());
    read_head();
  }

  /// What every question needs: the languages there are, and the favours.
  void read_head() {
    languages.clear();
    auto const prefix = std::string(fields::language.prefix);
    for (auto at = articles.allterms_begin(prefix); at != articles.allterms_end(prefix); ++at)
      languages.push_back((*at).substr(prefix.size()));
    favours = read_favours(articles.get_metadata(favours_key));
    if (auto text = articles.get_metadata(synonyms_key); text != synonyms_text) {
      synonyms_text = std::move(text);
      synonyms.clear();
    }
  }

  /// Sees the writer's newest commit, or the folder that took the place of a broken one.
  void refresh() {
    if (made == fs::file_time_type{} || fs::last_write_time(folder) != made) return open();
    if (of_articles.is_news(folder / "articles") && articles.reopen()) read_head();
    if (of_tickets.is_news(folder / "tickets")) tickets.reopen();
  }

  /// A reader that lags two commits behind gets DatabaseModifiedError at any point, so the whole question is
  /// asked again.
  template <class T>
  Result<T> ask(std::function<T()> const& run) {
    return guarded<T>(folder.string(), [&]() -> T {
      for (int left = tries - 1;; --left) {
        try {
          refresh();
          return run();
        } catch (Xapian::DatabaseModifiedError const&) {
          of_articles.forget(), of_tickets.forget();
          if (left == 0) throw;
        } catch (Xapian::DatabaseError const&) {
          made = {};  // perhaps replaced under us: opened anew by name, by the next question at the latest
          if (left == 0) throw;
        }
      }
    });
  }

  std::vector<Stemmer> stemmers(std::string const& own) const {
    std::vector<Stemmer> out;
    out.emplace_back(own);
    for (auto const& language : languages)
      if (language != own && language != "zh" && out.size() < 4) out.emplace_back(language);
    return out;
  }

  Synonyms const& synonyms_of(std::string const& language) {
    if (auto const had = synonyms.find(language); had != synonyms.end()) return had->second;
    auto groups = read_synonyms(own_synonyms()).groups;
    auto own = read_synonyms(synonyms_text).groups;
    std::move(own.begin(), own.end(), std::back_inserter(groups));
    return synonyms.emplace(language, Synonyms(groups, language)).first->second;
  }

  /// What the question says in other words, and in wrong letters.
  void understand(Question& question, std::string const& language, Ask const& ask_for) {
    auto& wants = question.wants();
    for (auto& want : wants) count(articles, want);
    bool const looks = ask_for.spelling && wants.size() <= most_wants_corrected && language != "zh";
    for (std::size_t i = 0; looks && i < wants.size(); ++i) {
      auto const& word = wants[i].word;
      if (word.empty() || wants[i].found_in > 0) continue;
      auto const meant = meant_by(articles, word);
      if (!meant.empty() && !is_stop_word(meant, language)) question.correct(i, meant);
    }
    if (ask_for.synonyms) question.widen(synonyms_of(language));
  }

  std::vector<Hit> find(std::string_view subject, std::string_view text, Box const& box, Ask const& ask_for) {
    // A desk without articles has every mail read here as well.
    if (articles.get_doccount() == 0) return {};
    auto const top = split(subject), rest = split(text);
    auto all = top;
    all.insert(all.end(), rest.begin(), rest.end());
    auto const language = guess_language(all, ask_for.language);
    auto const stems = stemmers(language);
    Question question(top, rest, language, stems);
    understand(question, language, ask_for);
    count(articles, question);
    Candidates found = candidates_for(question, box, ask_for);
    if (ask_for.feedback && !found.list.empty()) {
      suppose(question, found);
      count(articles, question);
      found = candidates_for(question, box, ask_for);
    }
    return in_order(std::move(found.list), ask_for);
  }

  struct Candidates {
    std::vector<Candidate> list;
    std::vector<Xapian::docid> documents;
    std::optional<Xapian::Enquire> enquire;
  };

  Candidates candidates_for(Question const& question, Box const& box, Ask const& ask_for) const {
    Candidates out;
    auto const wants = pick(question.wants());
    if (wants.empty()) return out;
    auto query = narrowed(query_of(wants), box);
    if (!ask_for.with_internal)
      query = Xapian::Query(Xapian::Query::OP_AND_NOT, query, Xapian::Query(term(fields::internal, "1")));
    auto& enquire = out.enquire.emplace(articles);
    enquire.set_weighting_scheme(Xapian::BM25Weight(1.2, 0, 1, 0.6, 0.3));
    enquire.set_query(query);
    auto const mean = std::max(1.0, articles.get_average_length());
    auto const most = static_cast<Xapian::doccount>(std::min<std::size_t>(ask_for.limit, 1000));
    auto const set = enquire.get_mset(0, std::max(candidates, most));
    for (auto at = set.begin(); at != set.end(); ++at) {
      auto const record = read_record(at.get_document().get_value(slots::record));
      auto const match = question.compare(record.sketch, articles.get_doclength(*at) / mean);
      auto const favour = favours.find(record.article.id);
      out.list.push_back(
          judged(record.article, match, question, ask_for, favour == favours.end() ? 1 : favour->second));
      out.documents.push_back(*at);
    }
    return out;
  }

  /// Pseudo relevance feedback: the words that set the best three apart are looked for as well.
  static void suppose(Question& question, Candidates const& found) {
    constexpr std::size_t believed = 3;
    constexpr Xapian::termcount words = 10;
    constexpr double often = 0.3;
    std::vector<std::size_t> order(found.list.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(),
                     [&](auto a, auto b) { return found.list[a].rank > found.list[b].rank; });
    Xapian::RSet best;
    for (std::size_t i = 0; i < std::min(believed, order.size()); ++i)
      best.add_document(found.documents[order[i]]);
    struct Scored : Xapian::ExpandDecider {
      bool operator()(std::string const& name) const override {
        return name.starts_with(fields::body.prefix) || name.starts_with(fields::wide.prefix);
      }
    } const decider;
    auto const set = found.enquire->get_eset(words, best, &decider);
    for (auto at = set.begin(); at != set.end(); ++at) question.suppose(*at, often);
  }

  std::vector<std::string> list_articles() const {
    std::vector<std::string> out;
    for (auto at = articles.postlist_begin(""); at != articles.postlist_end(""); ++at)
      out.push_back(articles.get_document(*at).get_value(slots::name));
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
  }

  desk::Article fetch(std::string_view id, std::string_view language) const {
    auto const name = term(fields::name, id);
    desk::Article first;
    for (auto at = articles.postlist_begin(name); at != articles.postlist_end(name); ++at) {
      auto const document = articles.get_document(*at);
      auto article = read_record(document.get_value(slots::record)).article;
      article.body = document.get_data();
      if (article.id == id && (language.empty() || article.language == language)) return article;
      if (first.id.empty()) first = std::move(article);
    }
    return first.id == id ? first : desk::Article{};
  }

  std::vector<std::string> languages_of(std::string_view id) const {
    auto const name = term(fields::name, id);
    std::vector<std::string> out;
    for (auto at = articles.postlist_begin(name); at != articles.postlist_end(name); ++at) {
      auto article = read_record(articles.get_document(*at).get_value(slots::record)).article;
      if (article.id == id) out.push_back(std::move(article.language));
    }
    return out;
  }
};

Reader::Reader(std::unique_ptr<Body> body) : body_(std::move(body)) {}
Reader::Reader(Reader&&) noexcept = default;
Reader& Reader::operator=(Reader&&) noexcept = default;
Reader::~Reader() = default;

Result<Reader> Reader::open(fs::path const& folder) {
  auto body = std::make_unique<Body>();
  body->folder = folder;
  if (auto const there = expect_index(folder); !there) return there.error();
  auto const opened = body->ask<bool>([] { return true; });
  if (!opened) return opened.error();
  return Reader(std::move(body));
}

Result<std::vector<Hit>> Reader::search(std::string_view query, Ask const& ask) {
  return body_->ask<std::vector<Hit>>([&] {
    auto const box = read_box(top_of(query));
    return body_->find({}, box.words, box, ask);
  });
}

Result<std::vector<Hit>> Reader::suggest(std::string_view subject, std::string_view text, Ask const& ask) {
  return body_->ask<std::vector<Hit>>([&] { return body_->find(top_of(subject), top_of(text), {}, ask); });
}

Result<desk::Article> Reader::article(std::string_view id, std::string_view language) {
  auto found = body_->ask<desk::Article>([&] { return body_->fetch(id, language); });
  if (found && found->id.empty())
    return Error{Kind::missing, "no article \"" + std::string(id) + "\" in the search index"};
  return found;
}

Result<std::vector<std::string>> Reader::languages(std::string_view id) {
  return body_->ask<std::vector<std::string>>([&] { return body_->languages_of(id); });
}

Result<std::vector<std::int64_t>> Reader::tickets(std::string_view query, std::size_t limit) {
  return body_->ask<std::vector<std::int64_t>>(
      [&] { return find_tickets(body_->tickets, top_of(query), limit); });
}

Result<std::vector<std::int64_t>> Reader::similar_tickets(std::string_view subject, std::string_view text,
                                                          std::size_t limit) {
  return body_->ask<std::vector<std::int64_t>>(
      [&] { return find_similar_tickets(body_->tickets, top_of(subject), top_of(text), limit); });
}

Result<std::vector<std::string>> Reader::all_articles() {
  return body_->ask<std::vector<std::string>>([&] { return body_->list_articles(); });
}

Result<std::vector<std::int64_t>> Reader::all_tickets() {
  return body_->ask<std::vector<std::int64_t>>([&] { return list_tickets(body_->tickets); });
}

Result<std::vector<std::int64_t>> Reader::all_messages() {
  return body_->ask<std::vector<std::int64_t>>([&] { return list_messages(body_->tickets); });
}

}  // namespace spoc::search
