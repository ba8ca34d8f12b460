// SPDX-License-Identifier: GPL-3.0-or-later
// The answering functions of the API, a source a noun, and what they share.
#pragma once

#include "daemon/api_call.hpp"
#include "daemon/orders.hpp"

namespace spoc::daemon {

using channels::HttpResponse;

// api_tickets.cpp
HttpResponse list_tickets(ApiCall& call);
Search search_tickets(ApiCall const& call);
HttpResponse open_ticket(ApiCall& call);
HttpResponse show_ticket(ApiCall& call);
HttpResponse change_ticket(ApiCall& call);
HttpResponse command_ticket(ApiCall& call);
HttpResponse show_trail(ApiCall& call);
// api_dossier.cpp
HttpResponse show_dossier(ApiCall& call);
// api_calls.cpp
HttpResponse note_call(ApiCall& call);
// api_messages.cpp
HttpResponse list_messages(ApiCall& call);
HttpResponse add_message(ApiCall& call);
HttpResponse show_typing(ApiCall& call);
HttpResponse show_message(ApiCall& call);
HttpResponse show_attachment(ApiCall& call);
// api_contacts.cpp
HttpResponse list_contacts(ApiCall& call);
HttpResponse show_contact(ApiCall& call);
HttpResponse show_record(ApiCall& call);
HttpResponse add_contact(ApiCall& call);
HttpResponse change_contact(ApiCall& call);
HttpResponse merge_contact(ApiCall& call);
HttpResponse add_contact_address(ApiCall& call);
HttpResponse drop_contact_address(ApiCall& call);
// api_house.cpp
HttpResponse list_agents(ApiCall& call);
HttpResponse show_agent(ApiCall& call);
HttpResponse list_teams(ApiCall& call);
HttpResponse show_team(ApiCall& call);
HttpResponse show_me(ApiCall& call);
HttpResponse test_rules(ApiCall& call);
HttpResponse wake(ApiCall& call);
// api_articles.cpp
HttpResponse list_articles(ApiCall& call);
Search search_articles(ApiCall const& call);
Search suggest_articles(ApiCall const& call);
HttpResponse show_article(ApiCall& call);
// api_events.cpp
HttpResponse list_events(ApiCall& call);
// api_openapi.cpp
HttpResponse show_openapi(ApiCall& call);

// api_contacts.cpp
/// Whom a contact's number, an address, a phone number or a name means.
std::vector<desk::Contact> persons_meant(store::Tx& tx, std::string const& words);
// api_files.cpp
/// The files of a body that has "attachments", decoded; Kind::unreadable names the first that can't be taken.
Result<std::vector<desk::Attachment>> files_in(boost::json::object const& body);

// api_orders.cpp
/// In whose name: the token's agent, or whom an administrator names in Spoc-Agent; nullptr for nobody.
desk::Agent const* acting(ApiCall const& call);
/// What such a caller is told.
HttpResponse nobody_acts(ApiCall const& call);
/// The ticket as the API shows it, from the store alone: the same until something changes it. Nothing where
/// there is none.
std::optional<boost::json::object> ticket_in(store::Tx& tx, desk::TicketId id);
/// What is answered once the order has been carried out.
using Finish = std::function<HttpResponse(store::Tx&, Carried const&)>;
/// An agent's order by this call: in whose name, If-Match, commit and the kept answer.
HttpResponse carry(ApiCall& call, AgentWords const& said, Finish const& finish);
/// A problem where If-Match names another state than `tag`.
std::optional<HttpResponse> precondition(ApiCall const& call, std::string const& tag);

}  // namespace spoc::daemon
