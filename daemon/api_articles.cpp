// SPDX-License-Identifier: GPL-3.0-or-later
// Articles by the API: all, found by words, suggested for a text, and one of them.
#include "daemon/api_nouns.hpp"
#include "daemon/as_json.hpp"
#include "parser/article.hpp"

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

HttpResponse no_index() {
  auto response = problem(503, "there is no search index yet: the librarian makes it");
  response.headers.emplace_back("Retry-After", "5");
  return response;
}

std::size_t limit_of(ApiCall const& call) { return static_cast<std::size_t>(call.query_number("limit", 50)); }

Answering answering(HttpResponse response) {
  return [response = std::move(response)](ApiCall&) { return response; };
}

}  // namespace

Search search_articles(ApiCall const& call) {
  std::string const words = call.query("q");
  if (words.empty()) return {};
  search::Ask const ask{call.query("language"), true, limit_of(call)};
  return [words, ask](search::Reader* reader) {
    return answering(reader == nullptr ? no_index() : shown(reader->search(words, ask)));
  };
}

HttpResponse list_articles(ApiCall& call) {
  std::size_t const limit = limit_of(call);
  // From the index: reading the folder would hold up the desk's thread.
  auto const articles = call.rooms.articles.all(call.rooms.config.index());
  if (!articles) return articles.error().kind == Kind::missing ? no_index() : problem(articles.error());
  std::string const language = call.query("language"), cursor = call.query("cursor");
  auto from = std::upper_bound(
      (*articles)->begin(), (*articles)->end(), cursor,
      [](std::string const& place, desk::Article const& one) { return place < place_on_shelf(one); });
  json::array all;
  std::string last, next;
  for (; from != (*articles)->end() && next.empty(); ++from) {
    if (!language.empty() && from->language != language) continue;
    if (all.size() == limit) {
      next = last;
      continue;
    }
    all.push_back(shown(*from));
    last = place_on_shelf(*from);
  }
  return page(call, "articles", std::move(all), "cursor", next);
}

Search suggest_articles(ApiCall const& call) {
  constexpr std::size_t most = 5;
  search::Ask const ask{call.text("language"), true, most};
  return [subject = call.text("subject"), text = call.text("text"), ask](search::Reader* reader) {
    return answering(reader == nullptr ? no_index() : shown(reader->suggest(subject, text, ask)));
  };
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
