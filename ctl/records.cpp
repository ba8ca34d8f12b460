// SPDX-License-Identifier: GPL-3.0-or-later
// spocctl ticket, outbox and quarantine: what is in the store.
#include "ctl/place.hpp"
#include "ctl/print.hpp"
#include "ctl/verbs.hpp"
#include "parser/mail.hpp"
#include "store/ledger.hpp"
#include "store/levels.hpp"
#include "store/outbox.hpp"
#include "store/tickets.hpp"

#include <boost/json/array.hpp>
#include <iostream>

namespace spoc::ctl {
namespace {

namespace json = boost::json;

json::object shown(desk::Ticket const& ticket) {
  json::object out{{"id", desk::number(ticket.id)},
                   {"subject", ticket.subject},
                   {"status", desk::name(ticket.status)},
                   {"priority", desk::name(ticket.priority)},
                   {"channel", desk::name(ticket.channel)},
                   {"mailbox", ticket.mailbox},
                   {"team", ticket.team},
                   {"assignee", ticket.assignee},
                   {"requester", ticket.requester_address.address},
                   {"language", ticket.language},
                   {"tags", texts(ticket.tags)},
                   {"opened", desk::iso(ticket.opened)},
                   {"changed", desk::iso(ticket.changed)},
                   {"rule", ticket.rule}};
  out["related"] = ticket.related ? json::value(desk::number(*ticket.related)) : json::value(nullptr);
  return out;
}

json::object shown(desk::Message const& message) {
  json::array attached;
  for (desk::Attachment const& one : message.attachments)
    attached.push_back(json::object{{"filename", one.filename}, {"type", one.type}, {"sha256", one.sha256}});
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
          {"attachments", std::move(attached)}};
}

json::object shown(desk::Letter const& letter) {
  return {{"id", desk::number(letter.id)},     {"ticket", desk::number(letter.ticket)},
          {"kind", desk::name(letter.kind)},   {"to", letter.to.address},
          {"state", desk::name(letter.state)}, {"attempts", letter.attempts},
          {"outcome", letter.outcome},         {"message_id", letter.message_id},
          {"made", desk::iso(letter.made)},    {"due", desk::iso(letter.due)}};
}

json::object shown(store::Quarantined const& one) {
  std::string const place = one.place.name.empty()
                                ? std::to_string(one.place.validity) + ":" + std::to_string(one.place.uid)
                                : one.place.name;
  json::object out{{"id", desk::number(one.id)}, {"mailbox", one.place.mailbox}, {"place", place},
                   {"hash", one.hash},           {"reason", one.reason},         {"at", desk::iso(one.at)},
                   {"resolved", one.resolved}};
  out["ticket"] = one.ticket ? json::value(desk::number(*one.ticket)) : json::value(nullptr);
  return out;
}

json::object shown(desk::Trail const& trail) {
  return {{"at", desk::iso(trail.at)}, {"who", trail.who}, {"what", trail.what}, {"detail", trail.detail}};
}

/// A ticket in a list, with what the daemon last found of its service level.
struct Listed {
  desk::Ticket ticket;
  desk::Level level;
};

json::object shown(Listed const& one) {
  json::object out = shown(one.ticket);
  out["standing"] = one.level.standing;
  out["due"] = one.level.due ? json::value(desk::iso(*one.level.due)) : json::value(nullptr);
  return out;
}

void print_line(desk::Ticket const& ticket) {
  std::cout << "#" << desk::number(ticket.id) << "  " << desk::name(ticket.status) << "  "
            << desk::name(ticket.priority) << "  " << (ticket.assignee.empty() ? "-" : ticket.assignee)
            << "  " << ticket.requester_address.address << "  " << ticket.subject << "\n";
}

void print_line(desk::Letter const& letter) {
  std::cout << desk::number(letter.id) << "  #" << desk::number(letter.ticket) << "  "
            << desk::name(letter.kind) << "  " << letter.to.address << "  " << desk::name(letter.state)
            << "  due " << desk::iso(letter.due) << "  " << letter.outcome << "\n";
}

/// Everything that is known of one ticket.
struct Dossier {
  std::optional<desk::Ticket> ticket;
  std::vector<desk::Message> messages;
  std::vector<desk::Letter> letters;
  std::vector<desk::Trail> trail;
  std::vector<desk::Due> dues;
};

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
  for (desk::Due const& one : dossier.dues)
    std::cout << "  " << desk::name(one.target) << " " << desk::name(one.standing) << " "
              << (one.due ? "due " + desk::iso(*one.due) : std::string{}) << "\n";
  std::cout << "\nmessages\n";
  for (desk::Message const& one : dossier.messages)
    std::cout << "  " << desk::iso(one.at) << " " << desk::name(one.kind) << " by " << one.author.address
              << " (" << one.rule << ")\n    " << one.reply.substr(0, 200) << "\n";
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
      desk::Level level = store::level_of(tx, ticket.id);
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
    dossier.dues = desk::dues((*place)->config.house, *dossier.ticket,
                              store::course_of(tx, dossier.ticket->id), present_moment());
  });
  if (!read) return fail(read.error());
  if (!dossier.ticket) return fail({Kind::missing, "there is no ticket " + std::to_string(number)});
  if (!common.json) {
    print_dossier(dossier);
    return 0;
  }
  json::array messages, letters, trail, dues;
  for (desk::Due const& one : dossier.dues) dues.push_back(shown(one));
  for (desk::Message const& one : dossier.messages) messages.push_back(shown(one));
  for (desk::Letter const& one : dossier.letters) letters.push_back(shown(one));
  for (desk::Trail const& one : dossier.trail) trail.push_back(shown(one));
  print({{"ticket", shown(*dossier.ticket)},
         {"messages", std::move(messages)},
         {"letters", std::move(letters)},
         {"trail", std::move(trail)},
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

int quarantine_list(Common const& common, bool all) {
  auto const place = open_place(common);
  if (!place) return fail(place.error());
  std::vector<store::Quarantined> held;
  auto const read =
      (*place)->store.read("list quarantine", [&](store::Tx& tx) { held = store::quarantine(tx, all); });
  if (!read) return fail(read.error());
  return list(common, held, [](store::Quarantined const& one) {
    std::cout << desk::number(one.id) << "  " << desk::iso(one.at) << "  " << one.place.mailbox << "  "
              << (one.ticket ? "#" + std::to_string(desk::number(*one.ticket)) : "-") << "  " << one.reason
              << "\n";
  });
}

int quarantine_show(Common const& common, std::int64_t id) {
  auto const place = open_place(common);
  if (!place) return fail(place.error());
  std::optional<std::string> raw;
  auto const read = (*place)->store.read("show quarantine", [&](store::Tx& tx) {
    if (auto const held = store::find_quarantined(tx, desk::QuarantineId{id}))
      raw = store::find_blob(tx, held->hash);
  });
  if (!read) return fail(read.error());
  if (!raw) return fail({Kind::missing, "there is nothing in quarantine under " + std::to_string(id)});
  std::cout << *raw;
  return 0;
}

int quarantine_retry(Common const& common, std::int64_t id) {
  auto const place = open_place(common);
  if (!place) return fail(place.error());
  std::optional<store::Quarantined> held;
  std::optional<std::string> raw;
  auto const read = (*place)->store.read("quarantined mail", [&](store::Tx& tx) {
    held = store::find_quarantined(tx, desk::QuarantineId{id});
    if (held) raw = store::find_blob(tx, held->hash);
  });
  if (!read) return fail(read.error());
  if (!raw) return fail({Kind::missing, "there is nothing in quarantine under " + std::to_string(id)});
  desk::Arrival arrival;
  // A place and hash of its own: the ledger knows the mail already.
  arrival.place = {held->place.mailbox, 0, 0, "retry:" + std::to_string(id)};
  arrival.hash = "retry:" + std::to_string(id) + ":" + held->hash;
  arrival.raw = *raw;
  arrival.received = held->at;
  arrival.what = parser::read_mail(*raw);
  auto const news = (*place)->desk->receive(std::span{&arrival, 1});
  if (!news) return fail(news.error());
  auto const resolved = (*place)->store.write(
      "resolve quarantine", [&](store::Tx& tx) { store::resolve_quarantined(tx, desk::QuarantineId{id}); });
  if (!resolved) return fail(resolved.error());
  if (common.json)
    print({{"ticket", desk::number(news->front().ticket)}, {"opened", news->front().opened}});
  else
    std::cout << (news->front().opened ? "opened #" : "joined #") << desk::number(news->front().ticket)
              << "\n";
  return 0;
}

}  // namespace spoc::ctl
