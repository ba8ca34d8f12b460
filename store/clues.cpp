// SPDX-License-Identifier: GPL-3.0-or-later
// What each threading rule points at, looked up.
#include "store/columns.hpp"
#include "store/merges.hpp"
#include "store/subject_key.hpp"
#include "store/tickets.hpp"

#include <algorithm>
#include <functional>

namespace spoc::store {
namespace {

/// A forged mail can carry thousands of ids, tokens or numbers; nobody answers in so long a thread.
constexpr std::size_t most_looked_up = 200;

/// Of a subject that thousands have, those that were opened last.
std::string const newest_of_subject =
    "SELECT id FROM (SELECT id, changed FROM ticket WHERE base_subject = $1 AND closed IS NULL ORDER BY id "
    "DESC "
    "LIMIT 1000) AS newest WHERE changed >= $2 ";

class Search {
 public:
  Search(Tx& tx, desk::Traits const& traits) : tx_(tx), traits_(traits) {}

  void by_tokens(desk::Rule rule, std::vector<desk::Token> const& tokens) {
    for (auto const& token : first_of(tokens)) {
      std::string const side = token.role == desk::Role::agent   ? "agent"
                               : token.role == desk::Role::third ? "third party"
                                                                 : "requester";
      if (auto const ticket = resolve(tx_, token.ticket))
        add(rule, *ticket, true, side + "'s token of #" + std::to_string(desk::number(token.ticket)));
    }
  }

  void by_ids() {
    for (auto const& id : first_of(traits_.ids)) {
      for_tickets(desk::Rule::reference, id,
                  "SELECT ticket FROM message WHERE message_id = $1 "
                  "UNION SELECT ticket FROM letter WHERE message_id = $1 AND ticket IS NOT NULL "
                  "ORDER BY ticket DESC LIMIT 20",
                  {id});
    }
    if (traits_.own_id.empty()) return;
    // Its answer came before it.
    for_tickets(desk::Rule::reference, "answered before it came: " + traits_.own_id,
                "SELECT ticket FROM first_reference WHERE reference = $1 ORDER BY ticket DESC LIMIT 20",
                {traits_.own_id});
    // A list's copy, with a footer of its own: another text under the same id.
    for_tickets(desk::Rule::reference, "came before: " + traits_.own_id,
                "SELECT ticket FROM message WHERE message_id = $1 ORDER BY ticket DESC LIMIT 20",
                {traits_.own_id});
  }

  void by_numbers() {
    for (auto const number : first_of(traits_.numbers)) {
      if (auto const ticket = resolve(tx_, number)) {
        add(desk::Rule::subject_number, *ticket, takes_part(*ticket),
            "[#" + std::to_string(desk::number(number)) + "]");
      }
    }
  }

  /// People copied on one mail write to one another. Readers of one newsletter do not.
  void by_siblings() {
    for (auto const& id : first_of(traits_.ids)) {
      for_tickets(desk::Rule::sibling, id,
                  "SELECT ticket FROM first_reference WHERE reference = $1 ORDER BY ticket DESC LIMIT 20",
                  {id});
    }
    if (traits_.thread_index.empty()) return;
    for_tickets(desk::Rule::sibling, "Thread-Index " + traits_.thread_index,
                "SELECT id FROM ticket WHERE thread_index = $1 ORDER BY id DESC LIMIT 20",
                {traits_.thread_index});
  }

  void by_subject(desk::Time now, desk::Duration window) {
    if (!traits_.reply_prefix || traits_.base_subject.empty()) return;
    std::string const key = subject_key(traits_.base_subject);
    std::int64_t const since = desk::to_number(now - window);
    std::size_t const before = clues_.size();
    for (auto const& author : traits_.authors) {
      for_tickets(desk::Rule::same_subject, traits_.base_subject,
                  newest_of_subject +
                      "AND EXISTS (SELECT 1 FROM participant p WHERE p.ticket = id AND p.key = $3) "
                      "ORDER BY changed DESC, id DESC LIMIT 20",
                  {key, since, author});
    }
    if (clues_.size() > before) return;
    // Nobody's own: the newest is still worth a "possibly related".
    for_tickets(desk::Rule::same_subject, traits_.base_subject,
                newest_of_subject + "ORDER BY changed DESC, id DESC LIMIT 1", {key, since});
  }

  std::vector<desk::Clue> found() && { return std::move(clues_); }

 private:
  template <class T>
  static std::vector<T> first_of(std::vector<T> const& all) {
    return {all.begin(), all.begin() + static_cast<std::ptrdiff_t>(std::min(all.size(), most_looked_up))};
  }

  bool takes_part(desk::TicketId ticket) {
    bool found = false;
    for (auto const& author : traits_.authors) {
      tx_.driver().run("SELECT 1 FROM participant WHERE ticket = $1 AND key = $2",
                       {desk::number(ticket), author}, [&](Row const&) { found = true; });
      if (found) break;
    }
    return found;
  }

  bool writes_to_requester(desk::TicketId ticket) {
    std::string requester;
    tx_.driver().run("SELECT requester_address FROM ticket WHERE id = $1", {desk::number(ticket)},
                     [&](Row const& row) { requester = desk::normal(row.text(0)); });
    auto const& to = traits_.recipients;
    return !requester.empty() && std::find(to.begin(), to.end(), requester) != to.end();
  }

  void for_tickets(desk::Rule rule, std::string const& evidence, std::string_view sql,
                   std::vector<Value> const& values) {
    std::vector<desk::TicketId> tickets;
    tx_.driver().run(sql, values, [&](Row const& row) { tickets.push_back(desk::TicketId{row.integer(0)}); });
    for (auto const id : tickets) {
      auto const ticket = resolve(tx_, id);
      if (!ticket) continue;
      bool const sibling = rule == desk::Rule::sibling && writes_to_requester(*ticket);
      add(rule, *ticket, sibling || takes_part(*ticket), evidence);
    }
  }

  void add(desk::Rule rule, desk::TicketId ticket, bool participant, std::string evidence) {
    auto const same = [&](desk::Clue const& clue) { return clue.rule == rule && clue.ticket == ticket; };
    if (std::any_of(clues_.begin(), clues_.end(), same)) return;
    clues_.push_back({rule, ticket, participant, std::move(evidence)});
  }

  Tx& tx_;
  desk::Traits const& traits_;
  std::vector<desk::Clue> clues_;
};

}  // namespace

std::string subject_key(std::string_view base_subject) {
  constexpr std::size_t longest = 200;
  return std::string{base_subject.substr(0, longest)};
}

std::vector<desk::Clue> clues(Tx& tx, desk::Traits const& traits, desk::Time now,
                              desk::Duration subject_window) {
  Search search{tx, traits};
  search.by_tokens(desk::Rule::token, traits.tokens);
  search.by_ids();
  search.by_tokens(desk::Rule::body_token, traits.body_tokens);
  search.by_numbers();
  search.by_siblings();
  search.by_subject(now, subject_window);
  return std::move(search).found();
}

}  // namespace spoc::store
