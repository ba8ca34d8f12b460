// SPDX-License-Identifier: GPL-3.0-or-later
// Tickets by the API: found, opened, changed by commands.
#include "daemon/api_nouns.hpp"
#include "daemon/as_json.hpp"
#include "store/contact_book.hpp"
#include "store/contact_pages.hpp"
#include "store/levels.hpp"
#include "store/tickets.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace spoc::daemon {
namespace {

namespace json = boost::json;

/// "1700000000000.1042": the moment and the number of the last ticket of a page.
std::optional<std::pair<std::int64_t, desk::TicketId>> read_cursor(std::string const& text) {
  auto const dot = text.find('.');
  if (dot == std::string::npos) return std::nullopt;
  std::int64_t moment = 0, number = 0;
  char const* const end = text.data() + text.size();
  if (std::from_chars(text.data(), text.data() + dot, moment).ptr != text.data() + dot) return std::nullopt;
  if (std::from_chars(text.data() + dot + 1, end, number).ptr != end) return std::nullopt;
  return std::pair{moment, desk::TicketId{number}};
}

std::string cursor_of(std::int64_t moment, desk::TicketId last) {
  return std::to_string(moment) + "." + std::to_string(desk::number(last));
}

/// False for a cursor that no page gave.
bool go_on_behind(std::string const& cursor, store::TicketFilter& filter) {
  if (cursor.empty()) return true;
  auto const last = read_cursor(cursor);
  if (!last) return false;
  if (filter.by_due)
    filter.behind_due = last;
  else
    filter.behind = std::pair{desk::from_number(last->first), last->second};
  return true;
}

/// By number or by address.
std::optional<desk::ContactId> requester_called(store::Tx& tx, std::string const& word) {
  std::int64_t number = 0;
  char const* const end = word.data() + word.size();
  if (std::from_chars(word.data(), end, number).ptr == end)
    return store::resolve_contact(tx, desk::ContactId{number});
  auto const contact = store::contact_of(tx, word);
  return contact ? std::optional{contact->id} : std::nullopt;
}

/// What the query asks for; the words of its choices have been checked.
store::TicketFilter filter_of(ApiCall const& call) {
  store::TicketFilter filter;
  filter.status = desk::status_named(call.query("status"));
  filter.unfinished = call.query("unfinished") == "true";
  filter.team = call.query("team");
  filter.assignee = call.query("assignee");
  filter.priority = desk::priority_named(call.query("priority"));
  filter.kind = desk::ticket_kind_named(call.query("kind"));
  filter.tag = call.query("tag");
  filter.since = desk::from_iso(call.query("since"));
  filter.by_due = call.query("sort") == "due";
  return filter;
}

/// One command of a change; "" where the ticket is so already.
std::string command(std::string_view key, std::string const& wanted, desk::Ticket const& ticket) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 4> statuses{
      {{"open", "/reopen"}, {"waiting", "/wait"}, {"resolved", "/resolve"}, {"closed", "/close"}}};
  if (key == "status") {
    if (wanted == desk::name(ticket.status)) return "";
    for (auto const& [word, said] : statuses)
      if (word == wanted) return std::string{said};
  }
  if (key == "assignee" && wanted.empty()) return ticket.assignee.empty() ? "" : "/unassign";
  if (key == "category" && wanted.empty()) return ticket.category.empty() ? "" : "/category off";
  std::string_view const now = key == "priority"   ? desk::name(ticket.priority)
                               : key == "kind"     ? desk::name(ticket.kind)
                               : key == "impact"   ? desk::name(ticket.impact)
                               : key == "urgency"  ? desk::name(ticket.urgency)
                               : key == "category" ? std::string_view{ticket.category}
                               : key == "assignee" ? std::string_view{ticket.assignee}
                                                   : std::string_view{ticket.team};
  if (wanted == now) return "";
  bool const gives = key == "assignee" || key == "team";
  return "/" + (gives ? "assign" : std::string{key}) + " " + wanted;
}

std::vector<std::string> tag_commands(json::array const& wanted, desk::Ticket const& ticket) {
  std::vector<std::string> tags, out;
  for (json::value const& one : wanted) tags.emplace_back(one.as_string());
  for (std::string const& one : tags)
    if (std::find(ticket.tags.begin(), ticket.tags.end(), one) == ticket.tags.end())
      out.push_back("/tag " + one);
  for (std::string const& one : ticket.tags)
    if (std::find(tags.begin(), tags.end(), one) == tags.end()) out.push_back("/tag -" + one);
  return out;
}

std::vector<std::string> commands_for(json::object const& change, desk::Ticket const& ticket) {
  std::vector<std::string> out;
  for (auto const& [key, value] : change) {
    if (value.is_array()) {
      for (std::string& one : tag_commands(value.as_array(), ticket)) out.push_back(std::move(one));
      continue;
    }
    std::string said = command(key, std::string{value.as_string()}, ticket);
    if (!said.empty()) out.push_back(std::move(said));
  }
  return out;
}

/// /assign takes agents and teams alike; here each key means one of them. "" where it does.
std::string misnamed(json::object const& change, desk::House const& house) {
  auto const said = [&](std::string_view key) {
    json::value const* value = change.if_contains(key);
    return value == nullptr ? std::string{} : desk::normal(std::string{value->as_string()});
  };
  std::string const assignee = said("assignee"), team = said("team");
  bool const agent = house.agent(assignee) != nullptr || house.agent_at(assignee) != nullptr;
  if (!agent && house.team_called(assignee) != nullptr)
    return "/assignee \"" + assignee + "\" is a team, no agent; give it under /team";
  if (!team.empty() && house.team_called(team) == nullptr)
    return "/team: no team is called \"" + team + "\"; see /api/v1/teams";
  return "";
}

HttpResponse shown(int status, json::object const& ticket) {
  auto response = answered(status, ticket);
  response.headers.emplace_back("ETag", etag_of(ticket));
  return response;
}

/// What an agent's commands did.
HttpResponse done(store::Tx& tx, Carried const& carried) {
  return answered(200,
                  {{"ticket", *ticket_in(tx, carried.news.ticket)}, {"lines", in_english(carried.lines)}});
}

std::string place_of(desk::TicketId id) { return "/api/v1/tickets/" + std::to_string(desk::number(id)); }

/// A change to what the ticket is already. The answer is kept as that of any other: told again with its key,
/// such a request shall not do later what it did not do now.
HttpResponse left_as_it_is(ApiCall const& call, desk::TicketId id) {
  HttpResponse response;
  auto const kept = call.rooms.store.write("nothing to change", [&](store::Tx& tx) {
    auto const ticket = *ticket_in(tx, id);
    if (auto stale = precondition(call, etag_of(ticket))) {
      response = std::move(*stale);
      return;
    }
    response = shown(200, ticket);
    call.keep(tx, response);
  });
  return kept ? response : problem(kept.error());
}

/// One page of the tickets that the query asks for, of those alone which were found.
HttpResponse listed(ApiCall& call, std::optional<std::vector<std::int64_t>> found) {
  store::TicketFilter filter = filter_of(call);
  std::string const cursor = call.query("cursor"), requester = call.query("requester");
  auto const limit = static_cast<std::size_t>(call.query_number("limit", 50));
  if (!go_on_behind(cursor, filter)) return problem(400, "cursor is none that a page gave as next");
  filter.among = std::move(found);
  filter.limit = limit + 1;
  std::string next;
  json::array all;
  auto const read = call.rooms.store.read("list tickets", [&](store::Tx& tx) {
    if (!requester.empty()) {
      filter.requester = requester_called(tx, requester);
      if (!filter.requester) return;
    }
    auto const tickets = store::list_tickets(tx, filter);
    for (std::size_t i = 0; i < std::min(limit, tickets.size()); ++i) {
      desk::Ticket const& one = tickets[i];
      desk::LevelState const level = store::level_of(tx, one.id);
      all.push_back(as_json(one, level));
      if (i + 1 == limit && tickets.size() > limit)
        next = cursor_of(filter.by_due ? store::due_place(level.due) : desk::to_number(one.changed), one.id);
    }
  });
  if (!read) return problem(read.error());
  return page(call, "tickets", std::move(all), "cursor", next);
}

}  // namespace

Search search_tickets(ApiCall const& call) {
  std::string const words = call.query("q");
  store::TicketFilter filter;
  // What is wrong with the cursor is told without a search.
  if (words.empty() || !go_on_behind(call.query("cursor"), filter)) return {};
  return [words](search::Reader* reader) -> Answering {
    auto found = reader != nullptr ? reader->tickets(words, store::TicketFilter::most_among)
                                   : Result<std::vector<std::int64_t>>{std::vector<std::int64_t>{}};
    return [found = std::move(found)](ApiCall& asked) {
      return found ? listed(asked, *found) : problem(found.error());
    };
  };
}

HttpResponse list_tickets(ApiCall& call) { return listed(call, std::nullopt); }

HttpResponse show_ticket(ApiCall& call) {
  std::optional<json::object> ticket;
  auto const read = call.rooms.store.read(
      "ticket", [&](store::Tx& tx) { ticket = ticket_in(tx, desk::TicketId{call.number(0)}); });
  if (!read) return problem(read.error());
  if (!ticket) return problem(404, "there is no ticket " + call.at[0]);
  return shown(200, *ticket);
}

HttpResponse open_ticket(ApiCall& call) {
  desk::House const& house = call.rooms.config.house;
  json::object const& requester = call.body.at("requester").as_object();
  NewMatter matter;
  matter.requester.address = desk::normal(std::string{requester.at("address").as_string()});
  if (json::value const* name = requester.if_contains("name")) matter.requester.name = name->as_string();
  matter.mailbox = call.text("mailbox").empty() ? house.mailboxes.front().name : call.text("mailbox");
  matter.subject = call.text("subject");
  matter.text = call.text("text");
  matter.language = call.text("language");
  std::string const& address = matter.requester.address;
  auto const at = address.find('@');
  bool const mailable = at != std::string::npos && at > 0 && at + 1 < address.size() &&
                        address.find_first_of(" \t\r\n<>,;\"()") == std::string::npos;
  if (!mailable) return problem(422, "/requester/address is no mail address");
  if (house.mailbox(matter.mailbox) == nullptr)
    return problem(422,
                   "there is no mailbox \"" + matter.mailbox + "\"; name a [[mailbox]] of the configuration");
  matter.files = call.files;
  if (house.mailbox_at(address) != nullptr)
    return problem(422, "<" + address + "> is the desk's own address: it would write to itself");

  HttpResponse response;
  Order const order{requester_order(house, matter, call.rooms.desk.now()), call.caller.name,
                    "for " + address};
  auto const carried = call.rooms.desk.carry_out(order, [&](store::Tx& tx, Carried const& what) {
    auto const ticket = ticket_in(tx, what.news.ticket);
    if (!ticket) throw store::Fault{{Kind::conflict, "the desk made no ticket of it"}};
    response = answered(201, {{"ticket", *ticket}, {"opened", what.news.opened}});
    response.headers.emplace_back("Location", place_of(what.news.ticket));
    call.keep(tx, response);
  });
  return carried ? response : problem(carried.error());
}

HttpResponse change_ticket(ApiCall& call) {
  std::optional<desk::Ticket> ticket;
  auto const read = call.rooms.store.read(
      "ticket", [&](store::Tx& tx) { ticket = store::find_ticket(tx, desk::TicketId{call.number(0)}); });
  if (!read) return problem(read.error());
  if (!ticket) return problem(404, "there is no ticket " + call.at[0]);
  if (std::string const fault = misnamed(call.body, call.rooms.config.house); !fault.empty())
    return problem(422, fault);
  AgentWords const said{commands_for(call.body, *ticket), ""};
  if (said.commands.empty()) return left_as_it_is(call, ticket->id);
  return carry(call, said, [](store::Tx& tx, Carried const& carried) {
    return shown(200, *ticket_in(tx, carried.news.ticket));
  });
}

HttpResponse command_ticket(ApiCall& call) {
  AgentWords said;
  for (json::value const& one : call.body.at("commands").as_array())
    said.commands.emplace_back(one.as_string());
  said.words = call.text("text");
  return carry(call, said, done);
}

HttpResponse show_trail(ApiCall& call) {
  auto const limit = static_cast<std::size_t>(call.query_number("limit", 50));
  std::optional<std::vector<store::Numbered>> lines;
  auto const read = call.rooms.store.read("trail", [&](store::Tx& tx) {
    if (auto const ticket = store::find_ticket(tx, desk::TicketId{call.number(0)}))
      lines = store::trail_of(tx, ticket->id, call.query_number("after", 0), limit + 1);
  });
  if (!read) return problem(read.error());
  if (!lines) return problem(404, "there is no ticket " + call.at[0]);
  bool const more = lines->size() > limit;
  if (more) lines->resize(limit);
  std::vector<desk::Trail> trail;
  for (store::Numbered& one : *lines) trail.push_back(std::move(one.trail));
  return page(call, "trail", as_array(trail), "after", more ? std::to_string(lines->back().id) : "");
}

}  // namespace spoc::daemon
