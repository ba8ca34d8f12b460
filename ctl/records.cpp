// SPDX-License-Identifier: GPL-3.0-or-later
// spocctl ticket list and show, and the outbox.
#include "channels/target.hpp"
#include "ctl/line.hpp"
#include "ctl/place.hpp"
#include "ctl/porter.hpp"
#include "ctl/print.hpp"
#include "ctl/verbs.hpp"
#include "daemon/as_json.hpp"
#include "store/outbox.hpp"

#include <boost/json/array.hpp>
#include <iostream>
#include <set>

namespace spoc::ctl {
namespace {

namespace json = boost::json;

std::string or_dash(std::string const& word) { return word.empty() ? "-" : word; }

void print_ticket(json::object const& ticket) {
  std::cout << "#" << text_of(ticket, "id");
  for (std::string_view const key : {"status", "priority", "kind"}) std::cout << "  " << text_of(ticket, key);
  std::cout << "  " << or_dash(text_of(ticket, "assignee")) << "  " << text_of(ticket, "requester") << "  "
            << text_of(ticket, "subject") << "\n";
}

void print_letter(json::object const& letter) {
  std::string const ticket = text_of(letter, "ticket");
  std::cout << text_of(letter, "id") << "  " << (ticket.empty() ? "-" : "#" + ticket);
  for (std::string_view const key : {"kind", "to", "state"}) std::cout << "  " << text_of(letter, key);
  std::cout << "  due " << text_of(letter, "due") << "  " << text_of(letter, "outcome") << "\n";
}

void print_head(json::object const& ticket) {
  print_ticket(ticket);
  if (std::string const category = text_of(ticket, "category"); !category.empty())
    std::cout << "  category " << category << "\n";
  for (json::value const& one : list_of(ticket, "invited"))
    std::cout << "  invited: " << std::string_view{one.as_string()} << "\n";
  auto const opened = desk::from_iso(text_of(ticket, "opened")),
             passed = desk::from_iso(text_of(ticket, "passed_on"));
  if (opened && passed)
    std::cout << "  passed on to another line " << desk::time_between(*opened, *passed)
              << " after it was opened\n";
}

void print_message(json::object const& message) {
  constexpr std::size_t longest = 200;
  std::string const state = text_of(message, "state"), origin = text_of(message, "origin");
  std::cout << "  " << text_of(message, "id") << " " << text_of(message, "at") << " "
            << text_of(message, "kind") << " by " << text_of(message, "author") << " ("
            << text_of(message, "rule") << ")" << (state == "said" ? "" : ", " + state) << "\n    "
            << text_of(message, "reply").substr(0, longest) << "\n";
  if (!origin.empty())
    std::cout << (text_of(message, "origin_failed") == "true" ? "    perhaps forged: " : "    origin: ")
              << origin << " (" << text_of(message, "origin_by") << ")\n";
  for (json::value const& one : list_of(message, "attachments")) {
    std::string const held = text_of(one.as_object(), "held");
    std::cout << "    attached: " << text_of(one.as_object(), "filename")
              << (held.empty() ? "" : ", kept aside: " + held) << "\n";
  }
}

void print_dossier(json::object const& dossier) {
  print_head(dossier.at("ticket").as_object());
  for (json::value const& value : list_of(dossier, "dead")) {
    json::object const& one = value.as_object();
    std::cout << "not written to: " << text_of(one, "address") << " since " << text_of(one, "since") << ": "
              << text_of(one, "reason") << "\n";
  }
  for (json::value const& value : list_of(dossier, "service_level")) {
    json::object const& one = value.as_object();
    std::string const due = text_of(one, "due");
    std::cout << "  " << text_of(one, "target") << " " << text_of(one, "standing") << " "
              << (due.empty() ? "" : "due " + due) << "\n";
  }
  std::cout << "\nmessages\n";
  for (json::value const& one : list_of(dossier, "messages")) print_message(one.as_object());
  std::cout << "letters\n";
  for (json::value const& one : list_of(dossier, "letters")) std::cout << "  ", print_letter(one.as_object());
  std::cout << "trail\n";
  for (json::value const& value : list_of(dossier, "trail")) {
    json::object const& one = value.as_object();
    std::cout << "  " << text_of(one, "at") << " " << text_of(one, "who") << " " << text_of(one, "what")
              << " " << text_of(one, "detail") << "\n";
  }
}

/// Where the tickets stand that are asked for. What is empty asks for all.
std::string query_of(TicketList const& order) {
  bool const unfinished = order.status.empty() && !order.all;
  std::string out = "/api/v1/tickets?sort=" + order.sort + (unfinished ? "&unfinished=true" : "");
  std::pair<char const*, std::string const*> const words[] = {
      {"status", &order.status}, {"assignee", &order.assignee}, {"team", &order.team}};
  for (auto const& [key, word] : words)
    if (!word->empty()) out += "&" + std::string{key} + "=" + channels::percent_encoded(*word);
  return out;
}

/// A ticket that changes while pages are read can slip past them.
Result<json::array> all_tickets(Porter& porter, TicketList const& order) {
  constexpr std::size_t one_page = 200;
  desk::Time const begun = present_moment() - std::chrono::seconds{1};
  std::string const place = query_of(order);
  auto tickets = porter.list(place, "tickets", "cursor", order.limit);
  if (!tickets || tickets->size() <= one_page) return tickets;
  auto changed = porter.list(place + "&since=" + desk::iso(begun), "tickets", "cursor", order.limit);
  if (!changed) return changed.error();
  std::set<std::string> listed;
  for (json::value const& one : *tickets) listed.insert(text_of(one.as_object(), "id"));
  for (json::value& one : *changed)
    if (tickets->size() < order.limit && listed.insert(text_of(one.as_object(), "id")).second)
      tickets->push_back(std::move(one));
  return tickets;
}

}  // namespace

int ticket_list(Common const& common, TicketList const& order) {
  auto const porter = Porter::hired(common);
  if (!porter) return fail(porter.error());
  if (!order.status.empty() && !desk::status_named(order.status))
    return fail(
        {Kind::unreadable, "\"" + order.status + "\" is no status: new, open, waiting, resolved or closed"});
  if (order.sort != "changed" && order.sort != "due")
    return fail({Kind::unreadable, "\"" + order.sort + "\" is no order: changed or due"});
  auto const tickets = all_tickets(**porter, order);
  if (!tickets) return fail(tickets.error());
  for (json::value const& value : *tickets) {
    json::object const& ticket = value.as_object();
    if (common.json) {
      print(ticket);
      continue;
    }
    print_ticket(ticket);
    if (std::string const due = text_of(ticket, "due"); !due.empty())
      std::cout << "  " << text_of(ticket, "standing") << ", due " << due << "\n";
  }
  return 0;
}

int ticket_show(Common const& common, std::int64_t number) {
  auto const porter = Porter::hired(common);
  if (!porter) return fail(porter.error());
  auto const dossier = (*porter)->ask({"GET", "/api/v1/tickets/" + std::to_string(number) + "/dossier"});
  if (!dossier) return fail(dossier.error());
  if (common.json)
    print(*dossier);
  else
    print_dossier(*dossier);
  return 0;
}

int outbox_list(Common const& common, std::string const& state) {
  auto const place = open_place(common);
  if (!place) return fail(place.error());
  store::OutboxFilter filter;
  filter.limit = 100'000;
  if (!state.empty()) filter.state = desk::letter_state_named(state);
  if (!state.empty() && !filter.state)
    return fail({Kind::unreadable,
                 "\"" + state + "\" is no state: queued, unread, sent, refused, given_up or cancelled"});
  std::vector<desk::Letter> letters;
  auto const read =
      (*place)->store.read("list outbox", [&](store::Tx& tx) { letters = store::list_letters(tx, filter); });
  if (!read) return fail(read.error());
  for (desk::Letter const& one : letters) {
    if (common.json)
      print(daemon::as_json(one));
    else
      print_letter(daemon::as_json(one));
  }
  return 0;
}

int outbox_retry(Common const& common, std::optional<std::int64_t> id, int days) {
  auto const place = open_place(common);
  if (!place) return fail(place.error());
  std::int64_t count = 0;
  auto const one = id ? std::optional{desk::LetterId{*id}} : std::nullopt;
  desk::Time const now = present_moment();
  store::RetryScope const scope{days < 0 ? desk::Time{} : now - std::chrono::hours{24} * days,
                                (*place)->config.house.undo_delay};
  auto const written = (*place)->store.write(
      "retry letters", [&](store::Tx& tx) { count = store::retry_letters(tx, one, now, scope); });
  if (!written) return fail(written.error());
  wake_daemon((*place)->config);
  if (common.json)
    print({{"queued", count}});
  else
    std::cout << count << " letters are in the queue again\n";
  return 0;
}

}  // namespace spoc::ctl
