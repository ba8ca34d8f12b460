// SPDX-License-Identifier: GPL-3.0-or-later
// spocctl kb search, kb check and kb evaluate.
#include "channels/maildir.hpp"
#include "ctl/place.hpp"
#include "ctl/print.hpp"
#include "ctl/verbs.hpp"
#include "daemon/key.hpp"
#include "daemon/shelf.hpp"
#include "search/evaluate.hpp"
#include "search/index.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <filesystem>
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

Result<> index_jsonl(search::Index& index, std::string const& file, std::string const& language) {
  auto const lines = read_lines(file);
  if (!lines) return lines.error();
  for (json::object const& line : *lines) {
    desk::Article article;
    article.id = word(line, "id");
    article.title = word(line, "title");
    article.body = word(line, "text");
    if (article.body.empty()) article.body = word(line, "body");
    article.language = word(line, "language");
    if (article.language.empty()) article.language = language.empty() ? "en" : language;
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

/// query id -> relevant ids, from the judgements file or from the queries themselves.
Result<std::map<std::string, std::set<std::string>>> judgements(std::string const& file,
                                                                std::vector<json::object> const& queries) {
  std::map<std::string, std::set<std::string>> out;
  auto const add = [&](std::string const& query, json::object const& line) {
    if (json::value const* list = line.if_contains("relevant"); list != nullptr && list->is_array())
      for (json::value const& id : list->as_array())
        out[query].insert(id.is_string() ? std::string{id.as_string()}
                                         : std::to_string(id.to_number<std::int64_t>()));
    if (std::string const article = word(line, "article"); !article.empty()) out[query].insert(article);
  };
  if (file.empty()) {
    for (json::object const& query : queries) add(word(query, "id"), query);
    return out;
  }
  auto const lines = read_lines(file);
  if (!lines) return lines.error();
  for (json::object const& line : *lines)
    add(word(line, "query").empty() ? word(line, "id") : word(line, "query"), line);
  return out;
}

void print_scores(search::Scores const& scores, bool as_json) {
  if (as_json) {
    print({{"queries", scores.queries},
           {"map", scores.map},
           {"mrr", scores.mrr},
           {"p1", scores.p1},
           {"p5", scores.p5},
           {"hit3", scores.hit3}});
    return;
  }
  std::cout << scores.queries << " queries: MAP " << scores.map * 100 << "  MRR " << scores.mrr * 100
            << "  P@1 " << scores.p1 * 100 << "  P@5 " << scores.p5 * 100 << "  hit@3 " << scores.hit3 * 100
            << "\n";
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
  fs::path folder = named;
  if (named.empty()) {
    auto const config = open_config(common);
    if (!config) return fail(config.error());
    folder = config->knowledge;
    if (folder.empty())
      return fail({Kind::missing, "no folder is configured; name one, or set folder under [knowledge]"});
  }
  if (!fs::is_directory(folder)) return fail({Kind::missing, folder.string() + " is no folder"});
  std::string const today = daemon::today(present_moment());
  auto const [articles, flaws] = daemon::examine_shelf(folder, today);
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
  Scratch scratch;
  auto index = search::Index::open(scratch.folder / "index");
  if (!index) return fail(index.error());
  bool const folder = fs::is_directory(order.articles);
  auto const indexed =
      folder ? index_folder(*index, order.articles) : index_jsonl(*index, order.articles, order.language);
  if (!indexed) return fail(indexed.error());
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
    auto const hits = reader->suggest(word(query, "title"), text, {order.language, true, 100});
    if (!hits) return fail(hits.error());
    search::Judged one;
    for (search::Hit const& hit : *hits) one.ranked.push_back(hit.id);
    if (auto const known = relevant->find(id); known != relevant->end()) one.relevant = known->second;
    if (common.json) print({{"id", id}, {"out", json::object{{"ranked", texts(one.ranked)}}}});
    judged.push_back(std::move(one));
  }
  search::Scores const scores = search::score(judged);
  if (scores.queries > 0) print_scores(scores, common.json);
  return 0;
}

}  // namespace spoc::ctl
