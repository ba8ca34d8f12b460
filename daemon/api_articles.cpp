// SPDX-License-Identifier: GPL-3.0-or-later
// Articles by the API: all, found by words, suggested for a text, and one of them.
#include "daemon/api_nouns.hpp"
#include "daemon/as_json.hpp"
#include "parser/article.hpp"
#include "search/catalogue.hpp"

#include <algorithm>

namespace spoc::daemon {
namespace {

namespace json = boost::json;

json::object shown(search::Hit const& hit) {
  return {{"id", hit.id},
          {"title", hit.title},
          {"language", hit.language},
          {"internal", hit.internal},
          {"score", hit.score},
          {"confident", hit.confident}};
}

json::object shown(desk::Article const& article) {
  json::object out{{"id", article.id},
                   {"title", article.title},
                   {"language", article.language},
                   {"internal", article.internal}};
  out["score"] = nullptr;
  out["confident"] = false;
  return out;
}

HttpResponse shown(Result<std::vector<search::Hit>> const& hits) {
  if (!hits) return problem(hits.error());
  json::array all;
  for (search::Hit const& one : *hits) all.push_back(shown(one));
  return answered(200, {{"articles", std::move(all)}, {"next", nullptr}});
}

/// An article in one language; more than one may bear its id.
std::string place_of(desk::Article const& article) { return article.id + "|" + article.language; }

HttpResponse no_index() {
  auto response = problem(503, "there is no search index yet: the librarian makes it");
  response.headers.emplace_back("Retry-After", "5");
  return response;
}

}  // namespace

HttpResponse list_articles(ApiCall& call) {
  std::string const words = call.query("q");
  auto const limit = static_cast<std::size_t>(call.query_number("limit", 50));
  if (!words.empty()) {
    search::Reader* const reader = call.rooms.reader();
    return reader == nullptr ? no_index()
                             : shown(reader->search(words, {call.query("language"), true, limit}));
  }
  // From the index: reading the folder would hold up the desk's thread.
  auto catalogue = search::Catalogue::open(call.rooms.config.index());
  if (!catalogue) return no_index();
  auto articles = catalogue->articles();
  if (!articles) return problem(articles.error());
  std::string const language = call.query("language"), cursor = call.query("cursor");
  std::erase_if(*articles, [&](desk::Article const& one) {
    return (!language.empty() && one.language != language) || (!cursor.empty() && place_of(one) <= cursor);
  });
  std::sort(articles->begin(), articles->end(),
            [](desk::Article const& a, desk::Article const& b) { return place_of(a) < place_of(b); });
  bool const more = articles->size() > limit;
  if (more) articles->resize(limit);
  json::array all;
  for (desk::Article const& one : *articles) all.push_back(shown(one));
  return page(call, "articles", std::move(all), "cursor", more ? place_of(articles->back()) : "");
}

HttpResponse suggest_articles(ApiCall& call) {
  search::Reader* const reader = call.rooms.reader();
  constexpr std::size_t most = 5;
  if (reader == nullptr) return no_index();
  return shown(reader->suggest(call.text("subject"), call.text("text"), {call.text("language"), true, most}));
}

HttpResponse show_article(ApiCall& call) {
  search::Reader* const reader = call.rooms.reader();
  if (reader == nullptr) return no_index();
  auto const article = reader->article(call.at[0], call.query("language"));
  if (!article) return problem(article.error());
  return answered(200, {{"id", article->id},
                        {"title", article->title},
                        {"language", article->language},
                        {"internal", article->internal},
                        {"tags", texts(article->tags)},
                        {"body", article->body},
                        {"html", parser::markdown_to_html(article->body)}});
}

}  // namespace spoc::daemon
