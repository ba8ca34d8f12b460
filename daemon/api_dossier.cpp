// SPDX-License-Identifier: GPL-3.0-or-later
// Everything about one ticket, read in one moment: what an operator wants to see of it.
#include "daemon/api_nouns.hpp"
#include "daemon/as_json.hpp"
#include "desk/sla.hpp"
#include "store/chats.hpp"
#include "store/contacts.hpp"
#include "store/levels.hpp"
#include "store/outbox.hpp"
#include "store/tickets.hpp"

#include <set>

namespace spoc::daemon {
namespace {

namespace json = boost::json;

/// Of the people in the ticket, and of whoever was written to about it.
json::array dead_in(store::Tx& tx, desk::Ticket const& ticket, std::vector<desk::Letter> const& letters) {
  json::array out;
  std::set<std::string> looked_up;
  auto const look = [&](std::string const& address) {
    if (!looked_up.insert(desk::normal(address)).second) return;
    if (auto const dead = store::find_dead(tx, address))
      out.push_back(json::object{
          {"address", dead->address}, {"reason", dead->reason}, {"since", desk::iso(dead->since)}});
  };
  look(ticket.requester_address.address);
  for (desk::Address const& one : ticket.participants) look(one.address);
  for (desk::Letter const& one : letters) look(one.to.address);
  return out;
}

json::array ratings_in(store::Tx& tx, desk::TicketId ticket) {
  json::array out;
  for (desk::Rated const& one : store::ratings_of(tx, ticket))
    out.push_back(json::object{{"score", one.score}, {"solved", one.solved}, {"words", one.words}});
  return out;
}

json::object dossier_in(store::Tx& tx, desk::Ticket const& ticket, ApiCall const& call) {
  constexpr std::size_t most_letters = 1000;
  auto const letters = store::list_letters(tx, {{}, ticket.id, most_letters});
  auto const dues =
      desk::dues(call.rooms.config.house, ticket, store::course_of(tx, ticket.id), call.rooms.desk.now());
  return {{"ticket", as_json(ticket)},
          {"messages", as_array(store::messages_of(tx, ticket.id))},
          {"letters", as_array(letters)},
          {"dead", dead_in(tx, ticket, letters)},
          {"trail", as_array(store::trail_of(tx, ticket.id))},
          {"ratings", ratings_in(tx, ticket.id)},
          {"service_level", as_array(dues)}};
}

/// spocctl reads it beside the desk then, as it does whenever the desk is too busy.
HttpResponse too_long(ApiCall const& call, std::int64_t words) {
  return problem(503, "ticket " + call.at[0] + " has " + std::to_string(words) +
                          " characters of words, and the desk shows tickets of up to " +
                          std::to_string(call.rooms.longest_dossier) + " whole: spocctl ticket show " +
                          call.at[0] + " reads it beside the desk, and /tickets/" + call.at[0] +
                          "/messages has it page by page");
}

}  // namespace

HttpResponse show_dossier(ApiCall& call) {
  HttpResponse response = problem(404, "there is no ticket " + call.at[0]);
  auto const read = call.rooms.store.read("show ticket", [&](store::Tx& tx) {
    auto const ticket = store::find_ticket(tx, desk::TicketId{call.number(0)});
    if (!ticket) return;
    std::int64_t const words = store::length_of_words(tx, ticket->id);
    response = words > call.rooms.longest_dossier ? too_long(call, words)
                                                  : answered(200, dossier_in(tx, *ticket, call));
  });
  return read ? response : problem(read.error());
}

}  // namespace spoc::daemon
