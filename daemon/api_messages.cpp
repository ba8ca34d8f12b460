// SPDX-License-Identifier: GPL-3.0-or-later
// Messages by the API: what was said in a ticket, answers, notes, and files.
#include "channels/target.hpp"
#include "daemon/api_nouns.hpp"
#include "daemon/as_json.hpp"
#include "desk/phrase.hpp"
#include "store/tickets.hpp"

#include <algorithm>

namespace spoc::daemon {
namespace {

namespace json = boost::json;

}  // namespace

HttpResponse list_messages(ApiCall& call) {
  desk::MessageId const after{call.query_number("after", 0)};
  auto const limit = static_cast<std::size_t>(call.query_number("limit", 50));
  std::optional<std::vector<desk::Message>> messages;
  auto const read = call.rooms.store.read("messages", [&](store::Tx& tx) {
    if (auto const ticket = store::find_ticket(tx, desk::TicketId{call.number(0)}))
      messages = store::messages_of(tx, ticket->id, after, limit + 1);
  });
  if (!read) return problem(read.error());
  if (!messages) return problem(404, "there is no ticket " + call.at[0]);
  bool const more = messages->size() > limit;
  if (more) messages->resize(limit);
  std::string const next = more ? std::to_string(desk::number(messages->back().id)) : "";
  return page(call, "messages", as_array(*messages), "after", next);
}

HttpResponse add_message(ApiCall& call) {
  AgentWords said;
  if (call.text("kind") == "note") said.commands.emplace_back("/note");
  if (json::value const* commands = call.body.if_contains("commands"))
    for (json::value const& one : commands->as_array()) said.commands.emplace_back(one.as_string());
  said.words = call.text("text");
  said.files = call.files;
  return carry(call, said, [](store::Tx& tx, Carried const& carried) {
    // A command such as /ask keeps the words as a note; without any message of its own nothing was added.
    if (carried.news.messages.empty())
      throw store::Fault{{Kind::conflict, "these commands leave no message"}};
    desk::Message const& message = carried.news.messages.front();
    auto response = answered(201, {{"ticket", *ticket_in(tx, carried.news.ticket)},
                                   {"message", as_json(message)},
                                   {"lines", in_english(carried.lines)}});
    response.headers.emplace_back("Location", "/api/v1/messages/" + std::to_string(desk::number(message.id)));
    return response;
  });
}

/// Nothing is written: a sign of life is over in seconds.
HttpResponse show_typing(ApiCall& call) {
  desk::Agent const* agent = acting(call);
  if (agent == nullptr) return nobody_acts(call);
  std::optional<desk::Ticket> ticket;
  auto const read = call.rooms.store.read(
      "ticket", [&](store::Tx& tx) { ticket = store::find_ticket(tx, desk::TicketId{call.number(0)}); });
  if (!read) return problem(read.error());
  if (!ticket) return problem(404, "there is no ticket " + call.at[0]);
  bool const shown = call.rooms.show_typing && call.rooms.show_typing(ticket->session, agent->name);
  return answered(200, {{"ticket", desk::number(ticket->id)}, {"shown", shown}});
}

HttpResponse show_message(ApiCall& call) {
  std::optional<desk::Message> message;
  auto const read = call.rooms.store.read(
      "message", [&](store::Tx& tx) { message = store::find_message(tx, desk::MessageId{call.number(0)}); });
  if (!read) return problem(read.error());
  if (!message) return problem(404, "there is no message " + call.at[0]);
  return answered(200, as_json(*message));
}

HttpResponse show_attachment(ApiCall& call) {
  auto const position = call.number(1);
  auto const file = position < 0 ? Result<std::optional<desk::Attachment>>{std::nullopt}
                                 : call.rooms.desk.attachment(desk::MessageId{call.number(0)},
                                                              static_cast<std::size_t>(position));
  if (!file) return problem(file.error());
  if (!*file || call.at[1].find_first_not_of("0123456789") != std::string::npos)
    return problem(404, "message " + call.at[0] + " has no attachment " + call.at[1] + "; they count from 0");
  desk::Attachment const& found = **file;
  if (!found.held.empty() && call.caller.scope != Scope::admin)
    return problem(403, "it is kept aside (" + desk::in_english(found.held) + "): scope admin may get it");
  return {
      200,
      "application/octet-stream",
      found.content.string(),
      {{"Content-Disposition", "attachment; filename*=UTF-8''" + channels::percent_encoded(found.filename)},
       {"Content-Security-Policy", "sandbox; default-src 'none'"},
       {"Cache-Control", "no-store"}}};
}

}  // namespace spoc::daemon
