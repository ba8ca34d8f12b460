// SPDX-License-Identifier: GPL-3.0-or-later
// The reader: rare words of the question find candidates in Xapian, their sketches put them in order.
#include "search/box.hpp"
#include "search/fields.hpp"
#include "search/index.hpp"
#include "search/question.hpp"
#include "search/record.hpp"
#include "search/terms.hpp"
#include "search/wall.hpp"

#include <xapian.h>

#include <algorithm>
#include <charconv>
#include <map>

namespace spoc::search {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t longest_query = 32 * 1024;  // bytes: the top of a mail says what it is about
constexpr std::size_t elite = 100;                // words that look for candidates
constexpr std::uint64_t postings_budget = 12000;  // entries read for that, over all words
constexpr Xapian::doccount candidates = 60;       // articles that are put in order by their sketch
constexpr int tries = 4;

std::string_view top_of(std::string_view text) { return text.substr(0, longest_query); }

std::string term(Field const& field, std::string_view text) {
  return std::string(field.prefix) + short_enough(text);
}

/// The wants that find candidates: the rarest first, until enough entries are to be read.
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
    read += known[kept]->found_in;
    if (kept >= 3 && read > postings_budget) break;
  }
  known.resize(kept);
  return known;
}

Xapian::Query query_of(std::vector<Want const*> const& wants) {
  std::vector<Xapian::Query> parts;
  for (auto const* want : wants) {
    Xapian::Query one(Xapian::Query::OP_SYNONYM, want->terms.begin(), want->terms.end());
    auto const factor = (want->single ? 0.3 : 1) * want->often / (want->often + 1) * 2;
    parts.emplace_back(Xapian::Query::OP_SCALE_WEIGHT, one, factor);
  }
  return {Xapian::Query::OP_OR, parts.begin(), parts.end()};
}

/// What a search box asks for beyond words.
Xapian::Query narrowed(Xapian::Query query, Box const& box) {
  for (auto const& phrase : box.phrases) {
    std::vector<std::string> words;
    for (auto const& word : phrase) words.push_back(term(fields::word, word.text));
    Xapian::Query together(Xapian::Query::OP_PHRASE, words.begin(), words.end(),
                           static_cast<Xapian::termcount>(words.size()));
    query = Xapian::Query(Xapian::Query::OP_FILTER, query, together);
  }
  for (auto const& word : box.excluded)
    query = Xapian::Query(Xapian::Query::OP_AND_NOT, query, Xapian::Query(term(fields::word, word.text)));
  return query;
}

struct Candidate {
  Hit hit;
  double rank = 0;
};

/// A question of one sentence means each of its words. In a mail of many sentences words meet an article's by
/// chance, neighbours and whole sentences don't. The figures were tuned together on questions and mails in
/// three languages.
double rank_of(Match const& match, Question const& question) {
  auto const chatter = std::min(1.0, static_cast<double>(question.sentences() - 1) / 4);
  return match.words + (0.6 + 2 * chatter) * match.pairs + 2 * chatter * match.focus +
         question.total() * (match.window + 0.5 * match.coverage + 0.2 * match.title);
}

/// The evidence against what would be needed: 0.5 is reached when about two rare words and their
/// neighbourhood are explained and the rest of the mail is short. Pairs of characters overlap, each says half
/// of what a word says.
double score_of(Match const& match, Question const& question) {
  auto const evidence = match.focus + 0.7 * match.pairs + 0.5 * question.total() * match.window;
  auto const scale = question.wide() ? 0.6 : 1;
  auto const needed = 1.6 * question.rarest() + 0.1 * scale * question.total();
  return scale * evidence / (scale * evidence + needed);
}

/// Of articles about something else one in ten to one in five gets this far within one narrow field, none
/// from another.
constexpr double confidence = 0.47;

/// Same language 1, the same one in another script or country a little less, another one clearly less.
double preference(std::string_view asked, std::string_view language) {
  if (asked.empty() || asked == language) return 1;
  return main_language(asked) == main_language(language) ? 0.98 : 0.75;
}

/// Best first; of an article in several languages only the best.
std::vector<Hit> in_order(std::vector<Candidate> found, std::size_t limit) {
  std::stable_sort(found.begin(), found.end(),
                   [](Candidate const& a, Candidate const& b) { return a.rank > b.rank; });
  std::vector<Hit> out;
  for (auto& each : found) {
    if (out.size() >= limit) break;
    auto const same = [&](Hit const& hit) { return hit.id == each.hit.id; };
    if (std::none_of(out.begin(), out.end(), same)) out.push_back(std::move(each.hit));
  }
  return out;
}

}  // namespace

struct Reader::Body {
  fs::path folder;
  fs::file_time_type made{};
  Xapian::Database articles, tickets;
  std::vector<std::string> languages;  ///< that the index holds
  std::map<std::string, double> favours;

  void open() {
    made = fs::last_write_time(folder);
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
  }

  /// Sees the writer's newest commit, or the folder that took the place of a broken one.
  void refresh() {
    if (made == fs::file_time_type{} || fs::last_write_time(folder) != made) return open();
    if (articles.reopen()) read_head();
    tickets.reopen();
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

  /// As tickets are indexed, whatever the articles' languages.
  static std::vector<Stemmer> ticket_stemmers(std::string const& language) {
    std::vector<Stemmer> out;
    for (auto const* each : {"en", "nb", ""})
      out.emplace_back(language == "nb" && *each == 'e' ? "nb" : each);
    return out;
  }

  static void count(Xapian::Database const& db, Question& question) {
    for (auto& want : question.wants())
      for (auto const& each : want.terms) want.found_in = std::max(want.found_in, db.get_termfreq(each));
    question.weigh(db.get_doccount());
  }

  std::vector<Hit> find(std::string_view subject, std::string_view text, Box const& box,
                        Ask const& ask_for) const {
    auto const top = split(subject), rest = split(text);
    auto all = top;
    all.insert(all.end(), rest.begin(), rest.end());
    auto const language = guess_language(all, ask_for.language);
    auto const stems = stemmers(language);
    Question question(top, rest, language, stems);
    count(articles, question);
    auto const wants = pick(question.wants());
    if (wants.empty()) return {};
    auto query = narrowed(query_of(wants), box);
    if (!ask_for.with_internal)
      query = Xapian::Query(Xapian::Query::OP_AND_NOT, query, Xapian::Query(term(fields::internal, "1")));
    Xapian::Enquire enquire(articles);
    enquire.set_weighting_scheme(Xapian::BM25Weight(1.2, 0, 1, 0.6, 0.3));
    enquire.set_query(query);
    std::vector<Candidate> found;
    auto const mean = std::max(1.0, articles.get_average_length());
    auto const set = enquire.get_mset(0, std::max<Xapian::doccount>(candidates, limit_of(ask_for)));
    for (auto at = set.begin(); at != set.end(); ++at) {
      auto const record = read_record_head(at.get_document().get_data());
      auto const match = question.compare(record.sketch, articles.get_doclength(*at) / mean);
      found.push_back(judged(record.article, match, question, ask_for));
      if (auto const favour = favours.find(record.article.id); favour != favours.end())
        found.back().rank *= favour->second;
    }
    return in_order(std::move(found), ask_for.limit);
  }

  static Xapian::doccount limit_of(Ask const& ask_for) {
    return static_cast<Xapian::doccount>(std::min<std::size_t>(ask_for.limit, 1000));
  }

  static Candidate judged(desk::Article const& article, Match const& match, Question const& question,
                          Ask const& ask_for) {
    Candidate out;
    out.hit = {article.id, article.title, article.path, article.language, 0, false, article.internal};
    out.hit.score = score_of(match, question);
    out.hit.confident = out.hit.score >= confidence;
    out.rank = rank_of(match, question) * preference(ask_for.language, article.language);
    return out;
  }

  std::vector<std::int64_t> find_tickets(std::string_view query, std::size_t limit) const {
    std::vector<std::int64_t> out;
    auto const box = read_box(top_of(query));
    auto const words = split(box.words);
    if (words.size() == 1 && tickets.term_exists(term(fields::id, words.front().text)))
      out.push_back(number(words.front().text));
    auto const language = guess_language(words, "");
    auto const stems = ticket_stemmers(language);
    Question question({}, words, language, stems);
    count(tickets, question);
    auto const wants = pick(question.wants());
    if (wants.empty()) return out;
    Xapian::Enquire enquire(tickets);
    enquire.set_query(narrowed(query_of(wants), box));
    auto const set = enquire.get_mset(0, static_cast<Xapian::doccount>(std::min<std::size_t>(limit, 1000)));
    for (auto at = set.begin(); at != set.end() && out.size() < limit; ++at) {
      auto const id = number(at.get_document().get_data());
      if (std::find(out.begin(), out.end(), id) == out.end()) out.push_back(id);
    }
    return out;
  }

  std::vector<std::int64_t> find_similar(std::string_view subject, std::string_view text,
                                         std::size_t limit) const {
    auto const top = split(subject), rest = split(text);
    auto all = top;
    all.insert(all.end(), rest.begin(), rest.end());
    auto const language = guess_language(all, "");
    auto const stems = ticket_stemmers(language);
    Question question(top, rest, language, stems);
    count(tickets, question);
    auto const wants = pick(question.wants());
    if (wants.empty()) return {};
    Xapian::Enquire enquire(tickets);
    enquire.set_query(query_of(wants));
    enquire.set_cutoff(50);
    enquire.set_time_limit(0.1);
    std::vector<std::int64_t> out;
    auto const set = enquire.get_mset(0, static_cast<Xapian::doccount>(std::min<std::size_t>(limit, 100)));
    for (auto at = set.begin(); at != set.end(); ++at) out.push_back(number(at.get_document().get_data()));
    return out;
  }

  std::vector<std::int64_t> list_tickets() const {
    std::vector<std::int64_t> out;
    std::string const prefix(fields::id.prefix);
    for (auto at = tickets.allterms_begin(prefix); at != tickets.allterms_end(prefix); ++at)
      out.push_back(number(std::string_view(*at).substr(prefix.size())));
    std::sort(out.begin(), out.end());
    return out;
  }

  static std::int64_t number(std::string_view text) {
    std::int64_t out = 0;
    std::from_chars(text.data(), text.data() + text.size(), out);
    return out;
  }

  desk::Article fetch(std::string_view id, std::string_view language) const {
    auto const name = term(fields::name, id);
    desk::Article first;
    for (auto at = articles.postlist_begin(name); at != articles.postlist_end(name); ++at) {
      auto article = read_record(articles.get_document(*at).get_data()).article;
      if (article.id == id && (language.empty() || article.language == language)) return article;
      if (first.id.empty()) first = std::move(article);
    }
    return first.id == id ? first : desk::Article{};
  }
};

Reader::Reader(std::unique_ptr<Body> body) : body_(std::move(body)) {}
Reader::Reader(Reader&&) noexcept = default;
Reader& Reader::operator=(Reader&&) noexcept = default;
Reader::~Reader() = default;

Result<Reader> Reader::open(fs::path const& folder) {
  auto body = std::make_unique<Body>();
  body->folder = folder;
  if (!fs::exists(folder / "articles") || !fs::exists(folder / "tickets"))
    return Error{Kind::missing,
                 "search index " + folder.string() + " is not there; start spocd, it makes the index"};
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

Result<std::vector<std::int64_t>> Reader::tickets(std::string_view query, std::size_t limit) {
  return body_->ask<std::vector<std::int64_t>>([&] { return body_->find_tickets(query, limit); });
}

Result<std::vector<std::int64_t>> Reader::similar_tickets(std::string_view subject, std::string_view text,
                                                          std::size_t limit) {
  return body_->ask<std::vector<std::int64_t>>(
      [&] { return body_->find_similar(top_of(subject), top_of(text), limit); });
}

Result<std::vector<std::int64_t>> Reader::all_tickets() {
  return body_->ask<std::vector<std::int64_t>>([&] { return body_->list_tickets(); });
}

}  // namespace spoc::search
