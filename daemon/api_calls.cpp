// SPDX-License-Identifier: GPL-3.0-or-later
// A phone call by the API: the caller's ticket, in the name of the agent who took it.
#include "daemon/api_nouns.hpp"
#include "daemon/as_json.hpp"
#include "desk/call.hpp"
#include "desk/card.hpp"
#include "store/tickets.hpp"

#include <algorithm>

namespace spoc::daemon {
namespace {

namespace json = boost::json;

/// Who called: somebody who is known, or, as the body says, somebody who is not.
Result<desk::Call> caller_said(ApiCall const& call) {
  std::string const words = call.text("caller");
  desk::Call out = desk::caller_in(words);
  json::value const* fresh = call.body.if_contains("new");
  out.fresh = fresh != nullptr && fresh->as_bool();
  if (out.fresh) return out;
  std::vector<desk::Contact> found;
  auto const read =
      call.rooms.store.read("find caller", [&](store::Tx& tx) { found = persons_meant(tx, words); });
  if (!read) return read.error();
  if (found.empty() && out.phone.empty() && out.address.empty())
    return Error{Kind::missing, "nobody is known by \"" + words +
                                    "\"; say a number or an address, or that it is a new contact"};
  if (found.size() == 1) out.contact = found.front().id;
  if (found.size() < 2) return out;
  std::string candidates;
  for (desk::Contact const& one : found)
    candidates += "; " + std::to_string(desk::number(one.id)) + ": " + desk::shown(one);
  return Error{Kind::conflict, "\"" + words + "\" may be one of several, say the number" + candidates};
}

desk::Arrival note_of_call(desk::Call said, std::string const& caller, desk::Agent const& agent,
                           ApiCall const& call) {
  desk::House const& house = call.rooms.config.house;
  desk::Mailbox const* box = house.mailbox(house.call_mailbox);
  if (box == nullptr) box = &house.mailboxes.front();
  desk::Arrival arrival = agent_mail(house, *box, agent, {}, said.subject, {{}, caller + "\n" + said.words},
                                     call.rooms.desk.now());
  arrival.call = std::move(said);
  return arrival;
}

}  // namespace

HttpResponse note_call(ApiCall& call) {
  desk::Agent const* agent = acting(call);
  if (agent == nullptr) return nobody_acts(call);
  AgentWords said;
  if (json::value const* commands = call.body.if_contains("commands"))
    for (json::value const& one : commands->as_array()) said.commands.emplace_back(one.as_string());
  said.words = call.text("text");
  if (std::string const fault = fault_of(said); !fault.empty()) return problem(422, fault);
  auto caller = caller_said(call);
  if (!caller) return problem(caller.error());
  caller->subject = call.text("subject");
  std::replace_if(
      caller->subject.begin(), caller->subject.end(), [](char c) { return c == '\r' || c == '\n'; }, ' ');
  for (std::string const& one : said.commands) caller->words += one + "\n";
  caller->words += said.words;

  HttpResponse response;
  Order const order{note_of_call(std::move(*caller), call.text("caller"), *agent, call), call.caller.name,
                    "as " + agent->handle + ": a call from " + call.text("caller")};
  auto const carried = call.rooms.desk.carry_out(order, [&](store::Tx& tx, Carried const& what) {
    auto const ticket = store::find_ticket(tx, what.news.ticket);
    if (!ticket) throw store::Fault{{Kind::conflict, "the desk made no ticket of it"}};
    response = answered(201, {{"ticket", *ticket_in(tx, ticket->id)},
                              {"contact", desk::number(ticket->requester)},
                              {"lines", in_english(what.lines)}});
    response.headers.emplace_back("Location", "/api/v1/tickets/" + std::to_string(desk::number(ticket->id)));
    call.keep(tx, response);
  });
  return carried ? response : problem(carried.error());
}

}  // namespace spoc::daemon
