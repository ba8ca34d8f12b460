// SPDX-License-Identifier: GPL-3.0-or-later
// spocctl ticket and outbox: what is in the store.
#include "ctl/line.hpp"
#include "ctl/place.hpp"
#include "ctl/print.hpp"
#include "ctl/verbs.hpp"
#include "daemon/as_json.hpp"
#include "desk/phrase.hpp"
#include "store/chats.hpp"
#include "store/contacts.hpp"
#include "store/ledger.hpp"
#include "store/levels.hpp"
#include "store/outbox.hpp"
#include "store/tickets.hpp"

#include <boost/json/array.hpp>
#include <iostream>
#include <set>

namespace spoc::ctl {
namespace {

namespace json = boost::json;
using daemon::as_array;
using daemon::as_json;

json::object as_json(store::DeadAddress const& dead) {
  return {{"address", dead.address}, {"reason", dead.reason}, {"since", desk::iso(dead.since)}};
}

/// A ticket in a list, with what the daemon last found of its service level.
struct Listed {
  desk::Ticket ticket;
  desk::LevelState level;
};

json::object as_json(Listed const& one) { return as_json(one.ticket, one.level); }

void print_line(desk::Ticket const& ticket) {
  std::cout << "#" << desk::number(ticket.id) << "  " << desk::name(ticket.status) << "  "
            << desk::name(ticket.priority) << "  " << desk::name(ticket.kind) << "  "
            << (ticket.assignee.empty() ? "-" : ticket.assignee) << "  " << ticket.requester_address.address
            << "  " << ticket.subject << "\n";
}

void print_line(desk::Letter const& letter) {
  std::string const ticket =
      letter.ticket == desk::TicketId{} ? "-" : "#" + std::to_string(desk::number(letter.ticket));
  std::cout << desk::number(letter.id) << "  " << ticket << "  " << desk::name(letter.kind) << "  "
            << letter.to.address << "  " << desk::name(letter.state) << "  due " << desk::iso(letter.due)
            << "  " << letter.outcome << "\n";
}

/// Everything that is known of one ticket.
struct Dossier {
  std::optional<desk::Ticket> ticket;
  std::vector<desk::Message> messages;
  std::vector<desk::Letter> letters;
  std::vector<desk::Trail> trail;
  std::vector<desk::Rated> ratings;
  std::vector<store::DeadAddress> dead;  ///< of the people in it
  std::vector<desk::Due> dues;
};

void add_dead(store::Tx& tx, Dossier& dossier) {
  std::set<std::string> looked_up;
  auto const look = [&](std::string const& address) {
    if (!looked_up.insert(desk::normal(address)).second) return;
    if (auto dead = store::find_dead(tx, address)) dossier.dead.push_back(std::move(*dead));
  };
  look(dossier.ticket->requester_address.address);
  for (desk::Address const& one : dossier.ticket->participants) look(one.address);
  for (desk::Letter const& one : dossier.letters) look(one.to.address);
}

void print_origin(desk::Message const& message) {
  std::string const words = desk::shown(message.checks);
  if (!words.empty())
    std::cout << "    " << (message.checks.failed() ? "perhaps forged: " : "origin: ") << words << " ("
              << message.checks.by << ")\n";
  for (desk::Attachment const& one : message.attachments)
    std::cout << "    attached: " << one.filename
              << (one.held.empty() ? "" : ", kept aside: " + desk::in_english(one.held)) << "\n";
}

void print_dossier(Dossier const& dossier) {
  print_line(*dossier.ticket);
  desk::Ticket const& ticket = *dossier.ticket;
  if (!ticket.category.empty()) std::cout << "  category " << ticket.category << "\n";
  for (std::string const& one : ticket.invited) std::cout << "  invited: " << one << "\n";
  if (ticket.passed_on)
    std::cout << "  passed on to another line " << desk::time_between(ticket.opened, *ticket.passed_on)
              << " after it was opened\n";
  for (store::DeadAddress const& one : dossier.dead)
    std::cout << "not written to: " << one.address << " since " << desk::iso(one.since) << ": " << one.reason
              << "\n";
  for (desk::Due const& one : dossier.dues)
    std::cout << "  " << desk::name(one.target) << " " << desk::name(one.standing) << " "
              << (one.due ? "due " + desk::iso(*one.due) : std::string{}) << "\n";
  std::cout << "\nmessages\n";
  for (desk::Message const& one : dossier.messages) {
    std::cout << "  " << desk::number(one.id) << " " << desk::iso(one.at) << " " << desk::name(one.kind)
              << " by " << one.author.address << " (" << one.rule << ")"
              << (one.state == desk::MessageState::said ? "" : ", " + std::string{desk::name(one.state)})
              << "\n    " << one.reply.substr(0, 200) << "\n";
    print_origin(one);
  }
  std::cout << "letters\n";
  for (desk::Letter const& one : dossier.letters) std::cout << "  ", print_line(one);
  std::cout << "trail\n";
  for (desk::Trail const& one : dossier.trail)
    std::cout << "  " << desk::iso(one.at) << " " << one.who << " " << one.what << " " << one.detail << "\n";
}

template <class Records, class Plain>
int list(Common const& common, Records const& records, Plain const& plain) {
  for (auto const& one : records) {
    if (common.json)
      print(as_json(one));
    else
      plain(one);
  }
  return 0;
}

}  // namespace

int ticket_list(Common const& common, TicketList const& order) {
  auto const place = open_place(common);
  if (!place) return fail(place.error());
  store::TicketFilter filter;
  if (!order.status.empty()) filter.status = desk::status_named(order.status);
  if (!order.status.empty() && !filter.status)
    return fail(
        {Kind::unreadable, "\"" + order.status + "\" is no status: new, open, waiting, resolved or closed"});
  filter.unfinished = order.status.empty() && !order.all;
  filter.assignee = order.assignee;
  filter.team = order.team;
  filter.limit = order.limit;
  if (order.sort != "changed" && order.sort != "due")
    return fail({Kind::unreadable, "\"" + order.sort + "\" is no order: changed or due"});
  filter.by_due = order.sort == "due";
  std::vector<Listed> tickets;
  auto const read = (*place)->store.read("list tickets", [&](store::Tx& tx) {
    for (desk::Ticket& ticket : store::list_tickets(tx, filter)) {
      desk::LevelState level = store::level_of(tx, ticket.id);
      tickets.push_back({std::move(ticket), std::move(level)});
    }
  });
  if (!read) return fail(read.error());
  return list(common, tickets, [](Listed const& one) {
    print_line(one.ticket);
    if (one.level.due)
      std::cout << "  " << one.level.standing << ", due " << desk::iso(*one.level.due) << "\n";
  });
}

int ticket_show(Common const& common, std::int64_t number) {
  auto const place = open_place(common);
  if (!place) return fail(place.error());
  Dossier dossier;
  auto const read = (*place)->store.read("show ticket", [&](store::Tx& tx) {
    dossier.ticket = store::find_ticket(tx, desk::TicketId{number});
    if (!dossier.ticket) return;
    dossier.messages = store::messages_of(tx, dossier.ticket->id);
    dossier.letters = store::list_letters(tx, {{}, dossier.ticket->id, 1000});
    dossier.trail = store::trail_of(tx, dossier.ticket->id);
    dossier.ratings = store::ratings_of(tx, dossier.ticket->id);
    add_dead(tx, dossier);
    dossier.dues = desk::dues((*place)->config.house, *dossier.ticket,
                              store::course_of(tx, dossier.ticket->id), present_moment());
  });
  if (!read) return fail(read.error());
  if (!dossier.ticket) return fail({Kind::missing, "there is no ticket " + std::to_string(number)});
  if (!common.json) {
    print_dossier(dossier);
    return 0;
  }
  json::array ratings, dead;
  for (desk::Rated const& one : dossier.ratings)
    ratings.push_back(json::object{{"score", one.score}, {"solved", one.solved}, {"words", one.words}});
  for (store::DeadAddress const& one : dossier.dead) dead.push_back(as_json(one));
  print({{"ticket", as_json(*dossier.ticket)},
         {"messages", as_array(dossier.messages)},
         {"letters", as_array(dossier.letters)},
         {"dead", std::move(dead)},
         {"trail", as_array(dossier.trail)},
         {"ratings", std::move(ratings)},
         {"service_level", as_array(dossier.dues)}});
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
  return list(common, letters, [](desk::Letter const& one) { print_line(one); });
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
