// SPDX-License-Identifier: GPL-3.0-or-later
// Asks the search index on an agent's behalf.
#include "daemon/finder.hpp"

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

LookedUp look_up(search::Reader* reader, std::string const& subject, std::string const& words,
                 std::string const& language) {
  LookedUp out;
  if (reader == nullptr) return out;
  constexpr std::size_t most_articles = 3,
                        most_similar = 12;  // of which those that are not finished fall away
  if (auto const hits = reader->suggest(subject, words, {language, true, most_articles}))
    for (search::Hit const& hit : *hits)
      out.articles.push_back({hit.id, hit.title, hit.language, hit.score, hit.confident, hit.internal});
  if (auto const similar = reader->similar_tickets(subject, words, most_similar))
    for (std::int64_t const number : *similar) out.similar.push_back(desk::TicketId{number});
  return out;
}

}  // namespace spoc::daemon
