// SPDX-License-Identifier: GPL-3.0-or-later
// /find: tickets, each with the address under which the agent goes on in it, and articles that /use sends.
#include "desk/agent_work.hpp"
#include "desk/phrase.hpp"

namespace spoc::desk {
namespace {

constexpr std::size_t most_offered = 9;  // what one digit behind /use can name

void list_ticket(AgentWork& work, Ticket const& ticket) {
  Address const& requester = ticket.requester_address;
  work.done.push_back(
      phrase("#{1} \"{2}\" ({3}), {4}: {5}",
             {std::to_string(number(ticket.id)), ticket.subject, std::string{name(ticket.status)},
              requester.name.empty() ? requester.address : requester.name,
              reply_address(work.known, ticket, work.agent())}));
}

/// The article's number for /use. What was offered before keeps its own.
std::size_t number_of(std::vector<Suggestion>& offered, Suggestion const& article) {
  for (std::size_t i = 0; i < offered.size(); ++i)
    if (offered[i].article == article.article) return i + 1;
  if (offered.size() == most_offered) return 0;
  offered.push_back(article);
  return offered.size();
}

void list_articles(AgentWork& work) {
  std::vector<Suggestion> offered = work.known.offered;
  std::size_t const before = offered.size();
  for (Suggestion const& one : work.known.found.articles) {
    std::size_t const number = number_of(offered, one);
    if (one.internal)
      work.done.push_back(phrase("article \"{1}\", internal", {one.title}));
    else if (number == 0)
      work.done.push_back(phrase("article \"{1}\"", {one.title}));
    else
      work.done.push_back(phrase("article \"{1}\": /use {2} sends it", {one.title, std::to_string(number)}));
  }
  if (offered.size() > before) work.plan.changes.emplace_back(Offered{std::move(offered)});
}

}  // namespace

std::string reply_address(Known const& known, Ticket const& ticket, Agent const& agent) {
  House const& house = *known.house;
  Mailbox const* box = house.mailbox(ticket.mailbox);
  if (box == nullptr && !house.mailboxes.empty()) box = &house.mailboxes.front();
  std::string const own = agent.addresses.empty() ? "" : agent.addresses.front();
  std::string const token = mint(ticket.id, Role::agent, Purpose::reply, own, known.sign);
  return with_token(box == nullptr ? "postmaster@" + house.domain : box->address.address, token);
}

void find(AgentWork& work, std::string const& argument) {
  Finds const& found = work.known.found;
  if (found.tickets.empty() && found.articles.empty()) {
    work.done.push_back(phrase("nothing was found for \"{1}\"", {argument}));
    return;
  }
  work.done.push_back(phrase("found for \"{1}\":", {argument}));
  for (Ticket const& ticket : found.tickets) list_ticket(work, ticket);
  list_articles(work);
}

}  // namespace spoc::desk
