// SPDX-License-Identifier: GPL-3.0-or-later
// spocctl kb search, kb check and kb evaluate.
#include "channels/maildir.hpp"
#include "ctl/place.hpp"
#include "ctl/print.hpp"
#include "ctl/verbs.hpp"
#include "daemon/key.hpp"
#include "daemon/shelf.hpp"
#include "search/catalogue.hpp"
#include "search/evaluate.hpp"
#include "search/index.hpp"
#include "search/terms.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <filesystem>
#include <iomanip>
#include <iostream>
#include <map>
#include <sstream>

namespace spoc::ctl {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

/// A search index for one command, gone afterwards.
struct Scratch {
  fs::path folder = fs::temp_directory_path() / ("spocctl-" + daemon::random_word().substr(0, 16));
  Scratch() { fs::create_directories(folder); }
  ~Scratch() {
    std::error_code fault;
    fs::remove_all(folder, fault);
  }
  Scratch(Scratch const&) = delete;
  Scratch& operator=(Scratch const&) = delete;
};

std::string word(json::object const& object, std::string_view key) {
  json::value const* value = object.if_contains(key);
  if (value == nullptr) return "";
  if (value->is_string()) return std::string{value->as_string()};
  return value->is_int64() ? std::to_string(value->as_int64()) : "";
}

Result<std::vector<json::object>> read_lines(std::string const& file) {
  auto const bytes = channels::read_file(file);
  if (!bytes) return bytes.error();
  std::vector<json::object> out;
  std::istringstream in{*bytes};
  int number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (line.empty()) continue;
    boost::system::error_code fault;
    json::value value = json::parse(line, fault);
    if (fault || !value.is_object())
      return Error{Kind::unreadable, file + ":" + std::to_string(number) + ": not a JSON object"};
    out.push_back(std::move(value.as_object()));
  }
  return out;
}

/// As the line says it, or as the command says it for all.
std::string said_language(json::object const& line, std::string const& all) {
  for (std::string_view const key : {"language", "lang"})
    if (std::string said = word(line, key); !said.empty()) return said;
  return all;
}

Result<> index_jsonl(search::Index& index, std::string const& file, std::string const& language) {
  auto const lines = read_lines(file);
  if (!lines) return lines.error();
  for (json::object const& line : *lines) {
    desk::Article article;
    article.id = word(line, "id");
    article.title = word(line, "title");
    article.body = word(line, "text");
    if (article.body.empty()) article.body = word(line, "body");
    article.language = said_language(line, language);
    if (article.language.empty())
      article.language = search::guess_language(search::split(article.title + "\n" + article.body), "");
    if (auto const put = index.put(article); !put) return put.error();
  }
  return index.commit();
}

Result<> index_folder(search::Index& index, std::string const& folder) {
  auto const shelved = daemon::shelve(index, folder, daemon::today(present_moment()));
  if (!shelved) return shelved.error();
  for (std::string const& mistake : shelved->mistakes) std::cerr << "spocctl: " << mistake << "\n";
  return {};
}

/// An operator's list for one command; "" for none.
Result<> use_synonyms(search::Index& index, std::string const& file) {
  if (file.empty()) return {};
  std::vector<daemon::Flaw> flaws;
  auto const text = daemon::read_synonym_file(file, flaws);
  if (!text) return text.error();
  for (daemon::Flaw const& flaw : flaws) std::cerr << "spocctl: " << daemon::shown(flaw) << "\n";
  if (auto const used = index.use_synonyms(*text); !used) return used.error();
  return index.commit();
}

void print_hits(std::vector<search::Hit> const& hits, bool as_json) {
  for (search::Hit const& hit : hits) {
    if (as_json)
      print({{"id", hit.id},
             {"score", hit.score},
             {"title", hit.title},
             {"path", hit.path},
             {"language", hit.language},
             {"confident", hit.confident}});
    else
      std::cout << static_cast<int>(hit.score * 100) << " %  " << hit.id << "  " << hit.title << "  ("
                << hit.path << ")\n";
  }
}

using Judgements = std::map<std::string, std::set<std::string>>;

/// Adds what one line says of a query; an article's id is text or a whole number.
Result<> add_judgement(Judgements& out, std::string const& query, json::object const& line) {
  json::value const* list = line.if_contains("relevant");
  if (list != nullptr && list->is_array()) {
    for (json::value const& id : list->as_array()) {
      if (!id.is_string() && !id.is_int64())
        return Error{Kind::unreadable, "the judgement of query '" + query + "' names " + json::serialize(id) +
                                           "; an article's id is text or a whole number"};
      out[query].insert(id.is_string() ? std::string{id.as_string()} : std::to_string(id.as_int64()));
    }
  }
  if (std::string const article = word(line, "article"); !article.empty()) out[query].insert(article);
  return {};
}

/// query id -> relevant ids, from the judgements file or from the queries themselves.
Result<Judgements> judgements(std::string const& file, std::vector<json::object> const& queries) {
  Judgements out;
  auto const lines = file.empty() ? Result<std::vector<json::object>>{queries} : read_lines(file);
  if (!lines) return lines.error();
  for (json::object const& line : *lines) {
    std::string const query =
        word(line, "query").empty() || file.empty() ? word(line, "id") : word(line, "query");
    if (auto const added = add_judgement(out, query, line); !added)
      return Error{Kind::unreadable, (file.empty() ? "" : file + ": ") + added.error().what};
  }
  return out;
}

void print_scores(std::string const& language, search::Scores const& scores, bool as_json) {
  if (as_json) {
    print({{"language", language},
           {"queries", scores.queries},
           {"map", scores.map},
           {"mrr", scores.mrr},
           {"p1", scores.p1},
           {"p5", scores.p5},
           {"hit3", scores.hit3},
           {"offered", scores.offered},
           {"right", scores.right}});
    return;
  }
  std::cout << std::left << std::setw(8) << language << std::right << std::setw(6) << scores.queries
            << std::fixed << std::setprecision(1);
  for (double const share :
       {scores.map, scores.mrr, scores.p1, scores.p5, scores.hit3, scores.offered, scores.right})
    std::cout << std::setw(8) << share * 100;
  std::cout << "\n";
}

/// A line a language and one over all.
void print_scores(std::vector<search::Judged> const& judged, bool as_json) {
  search::Scores const all = search::score(judged);
  if (all.queries == 0) return;
  if (!as_json) std::cout << "language queries   MAP     MRR     P@1     P@5   hit@3 offered   right\n";
  for (auto const& [language, scores] : search::scores_by_language(judged))
    print_scores(language, scores, as_json);
  print_scores("all", all, as_json);
}

/// What the desk says of its own folder when it has no article any more, while its index has some.
std::string emptied(daemon::Config const& config) {
  auto catalogue = search::Catalogue::open(config.index());
  if (!catalogue) return "";  // there is no index: nothing is kept in it
  auto const indexed = catalogue->articles();
  return daemon::emptied(config.knowledge, indexed ? indexed->size() : 0);
}

/// What is evaluated: as it is named, else the desk's own articles and synonyms.
struct Evaluated {
  std::string articles, synonyms;
};
Result<Evaluated> evaluated(Common const& common, KbEvaluate const& order) {
  if (!order.articles.empty()) return Evaluated{order.articles, order.synonyms};
  auto const config = open_config(common);
  if (!config) return config.error();
  if (config->knowledge.empty())
    return Error{Kind::missing,
                 "no folder is configured; name articles with --articles, or set folder under [knowledge]"};
  return Evaluated{config->knowledge.string(),
                   order.synonyms.empty() ? config->synonyms.string() : order.synonyms};
}

}  // namespace

int kb_search(Common const& common, KbSearch const& order) {
  auto const query = order.query == "-" ? read_input("-") : Result<std::string>{order.query};
  if (!query) return fail(query.error());
  Scratch scratch;
  fs::path folder = scratch.folder / "index";
  if (!order.folder.empty()) {
    if (!fs::is_directory(order.folder)) return fail({Kind::missing, order.folder + " is no folder"});
    auto index = search::Index::open(folder);
    if (!index) return fail(index.error());
    if (auto const done = index_folder(*index, order.folder); !done) return fail(done.error());
  } else {
    auto const config = open_config(common);
    if (!config) return fail(config.error());
    folder = config->index();
  }
  auto reader = search::Reader::open(folder);
  if (!reader) return fail(reader.error());
  search::Ask const ask{order.language, order.internal, order.limit};
  // More than a line is a mail: it is asked as the desk asks for suggestions.
  bool const whole_mail = query->find('\n') != std::string::npos && query->size() > 120;
  auto const hits = whole_mail ? reader->suggest("", *query, ask) : reader->search(*query, ask);
  if (!hits) return fail(hits.error());
  print_hits(*hits, common.json);
  return 0;
}

int kb_check(Common const& common, std::string const& named) {
  fs::path folder = named, synonyms;
  std::string unmounted;
  if (named.empty()) {
    auto const config = open_config(common);
    if (!config) return fail(config.error());
    folder = config->knowledge;
    synonyms = config->synonyms;
    if (folder.empty())
      return fail({Kind::missing, "no folder is configured; name one, or set folder under [knowledge]"});
    unmounted = emptied(*config);
  }
  if (!unmounted.empty() && !fs::is_directory(folder)) return fail({Kind::missing, unmounted});
  if (!fs::is_directory(folder)) return fail({Kind::missing, folder.string() + " is no folder"});
  std::string const today = daemon::today(present_moment());
  auto [articles, flaws] = daemon::examine_shelf(folder, today);
  if (!synonyms.empty())
    if (auto const read = daemon::read_synonym_file(synonyms, flaws); !read) return fail(read.error());
  if (!unmounted.empty()) flaws.push_back({"", 0, true, std::move(unmounted)});
  std::size_t mistakes = 0;
  for (daemon::Flaw const& flaw : flaws) {
    mistakes += flaw.mistake ? 1 : 0;
    if (common.json)
      print({{"path", flaw.path}, {"line", flaw.line}, {"mistake", flaw.mistake}, {"what", flaw.what}});
    else
      std::cout << daemon::shown(flaw) << "\n";
  }
  if (!common.json)
    std::cout << articles << " articles, " << mistakes << " mistakes, " << flaws.size() - mistakes
              << " to look at\n";
  return mistakes == 0 ? 0 : 1;
}

int kb_evaluate(Common const& common, KbEvaluate const& order) {
  auto const what = evaluated(common, order);
  if (!what) return fail(what.error());
  Scratch scratch;
  auto index = search::Index::open(scratch.folder / "index");
  if (!index) return fail(index.error());
  bool const folder = fs::is_directory(what->articles);
  auto const indexed =
      folder ? index_folder(*index, what->articles) : index_jsonl(*index, what->articles, order.language);
  if (!indexed) return fail(indexed.error());
  if (auto const learnt = use_synonyms(*index, what->synonyms); !learnt) return fail(learnt.error());
  auto reader = search::Reader::open(scratch.folder / "index");
  if (!reader) return fail(reader.error());
  auto const queries = read_lines(order.queries);
  if (!queries) return fail(queries.error());
  auto const relevant = judgements(order.judgements, *queries);
  if (!relevant) return fail(relevant.error());
  std::vector<search::Judged> judged;
  for (json::object const& query : *queries) {
    std::string const id = word(query, "id");
    std::string const text = word(query, "text").empty() ? word(query, "query") : word(query, "text");
    std::string const language = said_language(query, order.language);
    search::Ask const ask{language, true, 100, !order.no_synonyms, !order.no_spelling, order.feedback};
    auto const hits = reader->suggest(word(query, "title"), text, ask);
    if (!hits) return fail(hits.error());
    search::Judged one;
    one.language = language.empty() ? search::guess_language(search::split(text), "") : language;
    for (search::Hit const& hit : *hits) {
      one.ranked.push_back(hit.id);
      if (one.offered.empty() && hit.confident) one.offered = hit.id;
    }
    if (auto const known = relevant->find(id); known != relevant->end()) one.relevant = known->second;
    if (common.json)
      print({{"id", id}, {"out", json::object{{"ranked", texts(one.ranked)}, {"offered", one.offered}}}});
    judged.push_back(std::move(one));
  }
  print_scores(judged, common.json);
  return 0;
}

}  // namespace spoc::ctl
