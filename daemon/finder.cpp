// SPDX-License-Identifier: GPL-3.0-or-later
// Asks the search index on an agent's behalf.
#include "daemon/finder.hpp"

#include "channels/target.hpp"
#include "daemon/portal_page.hpp"

#include <string_view>
#include <vector>

namespace spoc::daemon {

Findings find_for_agent(search::Reader* reader, std::string const& words, std::string const& language) {
  Findings out;
  if (reader == nullptr) return out;
  constexpr std::size_t most_tickets = 8, most_articles = 3;
  if (auto const tickets = reader->tickets(words, most_tickets)) out.tickets = *tickets;
  if (auto const hits = reader->search(words, {language, true, most_articles}))
    for (search::Hit const& hit : *hits)
      out.articles.push_back({hit.id, hit.title, hit.language, hit.score, hit.confident, hit.internal});
  return out;
}

std::vector<desk::Suggestion> suggested(std::vector<search::Hit> const& hits) {
  std::vector<desk::Suggestion> out;
  bool reaches_requester = false;
  for (search::Hit const& hit : hits) {
    bool const offered = hit.confident && !hit.internal;
    if (out.size() == desk::most_suggested) {
      if (reaches_requester || !offered) continue;
      out.pop_back();
    }
    reaches_requester = reaches_requester || offered;
    out.push_back({hit.id, hit.title, hit.language, hit.score, hit.confident, hit.internal});
  }
  return out;
}

std::string article_page(search::Reader* reader, std::string const& id, std::string const& language) {
  auto const all = reader != nullptr && !language.empty()
                       ? reader->languages(id)
                       : Result<std::vector<std::string>>{std::vector<std::string>{}};
  bool const shared = all && all->size() > 1;
  return portal_url(channels::percent_encoded(id), shared ? std::string_view{language} : std::string_view{});
}

std::vector<parser::Offer> offers(search::Reader* reader, std::string const& text,
                                  std::string const& language) {
  std::vector<parser::Offer> out;
  if (reader == nullptr) return out;
  auto const hits = reader->suggest("", text, {language, false, 3});
  if (!hits) return out;
  for (search::Hit const& hit : *hits)
    if (hit.confident && !hit.internal)
      out.push_back({hit.id, hit.title, article_page(reader, hit.id, hit.language), hit.language});
  return out;
}

LookedUp look_up(search::Reader* reader, std::string const& subject, std::string const& words,
                 std::string const& language) {
  LookedUp out;
  if (reader == nullptr) return out;
  constexpr std::size_t most_similar = 12;  // of which those that are not finished fall away
  if (auto const hits = reader->suggest(subject, words, {language, true, looked_through}))
    out.articles = suggested(*hits);
  if (auto const similar = reader->similar_tickets(subject, words, most_similar))
    for (std::int64_t const number : *similar) out.similar.push_back(desk::TicketId{number});
  return out;
}

}  // namespace spoc::daemon
