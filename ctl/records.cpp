// SPDX-License-Identifier: GPL-3.0-or-later
// spocctl ticket and outbox: what is in the store.
#include "ctl/place.hpp"
#include "ctl/print.hpp"
#include "ctl/verbs.hpp"
#include "desk/phrase.hpp"
#include "parser/mail.hpp"
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

json::object shown(desk::Ticket const& ticket) {
  json::object out{{"id", desk::number(ticket.id)},
                   {"subject", ticket.subject},
                   {"status", desk::name(ticket.status)},
                   {"priority", desk::name(ticket.priority)},
                   {"kind", desk::name(ticket.kind)},
                   {"impact", desk::name(ticket.impact)},
                   {"urgency", desk::name(ticket.urgency)},
                   {"category", ticket.category},
                   {"first_team", ticket.first_team},
                   {"channel", desk::name(ticket.channel)},
                   {"mailbox", ticket.mailbox},
                   {"team", ticket.team},
                   {"other_teams", texts(ticket.other_teams)},
                   {"assignee", ticket.assignee},
                   {"requester", ticket.requester_address.address},
                   {"language", ticket.language},
                   {"tags", texts(ticket.tags)},
                   {"opened", desk::iso(ticket.opened)},
                   {"changed", desk::iso(ticket.changed)},
                   {"rule", ticket.rule}};
  json::array copies;
  for (desk::Address const& one : ticket.copies) copies.emplace_back(one.address);
  out["copies"] = std::move(copies);
  out["passed_on"] = ticket.passed_on ? json::value(desk::iso(*ticket.passed_on)) : json::value(nullptr);
  out["passed_on_after_seconds"] =
      ticket.passed_on
          ? json::value(std::chrono::floor<std::chrono::seconds>(*ticket.passed_on - ticket.opened).count())
          : json::value(nullptr);
  out["related"] = ticket.related ? json::value(desk::number(*ticket.related)) : json::value(nullptr);
  return out;
}

json::object shown(desk::Message const& message) {
  json::array attached;
  for (desk::Attachment const& one : message.attachments)
    attached.push_back(json::object{{"filename", one.filename},
                                    {"type", one.type},
                                    {"sha256", one.sha256},
                                    {"held", desk::in_english(one.held)}});
  return {{"id", desk::number(message.id)},
          {"kind", desk::name(message.kind)},
          {"channel", desk::name(message.channel)},
          {"author", message.author.address},
          {"name", message.author.name},
          {"agent", message.agent},
          {"at", desk::iso(message.at)},
          {"reply", message.reply},
          {"text", message.text},
          {"message_id", message.message_id},
          {"rule", message.rule},
          {"sequence", message.sequence},
          {"origin", desk::shown(message.checks)},
          {"origin_by", message.checks.by},
          {"origin_failed", message.checks.failed()},
          {"attachments", std::move(attached)}};
}

json::object shown(desk::Letter const& letter) {
  // An agent's list is about no one ticket.
  bool const listed = letter.ticket == desk::TicketId{};
  return {{"id", desk::number(letter.id)},
          {"ticket", listed ? json::value(nullptr) : json::value(desk::number(letter.ticket))},
          {"kind", desk::name(letter.kind)},
          {"to", letter.to.address},
          {"state", desk::name(letter.state)},
          {"attempts", letter.attempts},
          {"outcome", letter.outcome},
          {"message_id", letter.message_id},
          {"made", desk::iso(letter.made)},
          {"due", desk::iso(letter.due)}};
}

json::object shown(store::DeadAddress const& dead) {
  return {{"address", dead.address}, {"reason", dead.reason}, {"since", desk::iso(dead.since)}};
}

json::object shown(desk::Trail const& trail) {
  return {{"at", desk::iso(trail.at)}, {"who", trail.who}, {"what", trail.what}, {"detail", trail.detail}};
}

/// A ticket in a list, with what the daemon last found of its service level.
struct Listed {
  desk::Ticket ticket;
  desk::LevelState level;
};

json::object shown(Listed const& one) {
  json::object out = shown(one.ticket);
  out["standing"] = one.level.standing;
  out["due"] = one.level.due ? json::value(desk::iso(*one.level.due)) : json::value(nullptr);
  return out;
}

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

json::object shown(desk::Due const& due) {
  auto const seconds = [](desk::Duration some) {
    return std::chrono::duration_cast<std::chrono::seconds>(some).count();
  };
  json::object out{{"target", desk::name(due.target)},
                   {"standing", desk::name(due.standing)},
                   {"allowed_seconds", seconds(due.allowed)},
                   {"used_seconds", seconds(due.used)},
                   {"over", due.over}};
  out["due"] = due.due ? json::value(desk::iso(*due.due)) : json::value(nullptr);
  return out;
}

void print_dossier(Dossier const& dossier) {
  print_line(*dossier.ticket);
  desk::Ticket const& ticket = *dossier.ticket;
  if (!ticket.category.empty()) std::cout << "  category " << ticket.category << "\n";
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
              << " by " << one.author.address << " (" << one.rule << ")\n    " << one.reply.substr(0, 200)
              << "\n";
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
      print(shown(one));
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
  json::array messages, letters, trail, ratings, dead, dues;
  for (desk::Rated const& one : dossier.ratings)
    ratings.push_back(json::object{{"score", one.score}, {"solved", one.solved}, {"words", one.words}});
  for (desk::Due const& one : dossier.dues) dues.push_back(shown(one));
  for (desk::Message const& one : dossier.messages) messages.push_back(shown(one));
  for (desk::Letter const& one : dossier.letters) letters.push_back(shown(one));
  for (desk::Trail const& one : dossier.trail) trail.push_back(shown(one));
  for (store::DeadAddress const& one : dossier.dead) dead.push_back(shown(one));
  print({{"ticket", shown(*dossier.ticket)},
         {"messages", std::move(messages)},
         {"letters", std::move(letters)},
         {"dead", std::move(dead)},
         {"trail", std::move(trail)},
         {"ratings", std::move(ratings)},
         {"service_level", std::move(dues)}});
  return 0;
}

int outbox_list(Common const& common, std::string const& state) {
  auto const place = open_place(common);
  if (!place) return fail(place.error());
  store::OutboxFilter filter;
  filter.limit = 100'000;
  if (!state.empty()) filter.state = desk::letter_state_named(state);
  if (!state.empty() && !filter.state)
    return fail(
        {Kind::unreadable, "\"" + state + "\" is no state: queued, sent, refused, given_up or cancelled"});
  std::vector<desk::Letter> letters;
  auto const read =
      (*place)->store.read("list outbox", [&](store::Tx& tx) { letters = store::list_letters(tx, filter); });
  if (!read) return fail(read.error());
  return list(common, letters, [](desk::Letter const& one) { print_line(one); });
}

int outbox_retry(Common const& common, std::optional<std::int64_t> id) {
  auto const place = open_place(common);
  if (!place) return fail(place.error());
  std::int64_t count = 0;
  auto const one = id ? std::optional{desk::LetterId{*id}} : std::nullopt;
  auto const written = (*place)->store.write(
      "retry letters", [&](store::Tx& tx) { count = store::retry_letters(tx, one, present_moment()); });
  if (!written) return fail(written.error());
  if (common.json)
    print({{"queued", count}});
  else
    std::cout << count << " letters are in the queue again\n";
  return 0;
}

}  // namespace spoc::ctl
