// SPDX-License-Identifier: GPL-3.0-or-later
// spocctl ticket close, assign, merge...: an agent's command, by the way that an agent's mail takes.
#include "ctl/agent_mail.hpp"
#include "ctl/place.hpp"
#include "ctl/print.hpp"
#include "ctl/verbs.hpp"
#include "desk/phrase.hpp"
#include "store/outbox.hpp"
#include "store/tickets.hpp"

#include <iostream>

namespace spoc::ctl {
namespace {

/// The receipt or refusal that this agent got last.
std::optional<desk::Letter> verdict(store::Tx& tx, desk::TicketId ticket, std::string const& handle,
                                    desk::Time since) {
  for (desk::Letter const& one : store::list_letters(tx, {{}, ticket, 50})) {
    bool const tells = one.kind == desk::LetterKind::receipt || one.kind == desk::LetterKind::refusal;
    if (tells && one.agent == handle && one.made >= since) return one;
  }
  return std::nullopt;
}

int report(Common const& common, std::optional<desk::Letter> const& letter, std::string const& summary) {
  bool const refused = letter && letter->kind == desk::LetterKind::refusal;
  std::vector<std::string> lines;
  if (letter)
    for (std::string const& line : letter->lines) lines.push_back(desk::in_english(line));
  if (!letter) lines.push_back(summary);
  if (common.json)
    print({{"done", !refused}, {"lines", texts(lines)}});
  else
    for (std::string const& line : lines) (refused ? std::cerr << "spocctl: " : std::cout) << line << "\n";
  return refused ? 1 : 0;
}

}  // namespace

int ticket_act(Common const& common, TicketAct const& order) {
  auto const place = open_place(common);
  if (!place) return fail(place.error());
  auto const agent = agent_called(**place, order.as);
  if (!agent) return fail(agent.error());
  std::string words = order.word.empty() ? "" : "/" + order.word + " " + order.argument + "\n";
  if (!order.text.empty()) {
    auto const text = read_input(order.text);
    if (!text) return fail(text.error());
    words += *text;
  }
  std::optional<desk::Ticket> ticket;
  auto const read = (*place)->store.read(
      "find ticket", [&](store::Tx& tx) { ticket = store::find_ticket(tx, desk::TicketId{order.number}); });
  if (!read) return fail(read.error());
  if (!ticket) return fail({Kind::missing, "there is no ticket " + std::to_string(order.number)});

  desk::House const& house = (*place)->config.house;
  desk::Mailbox const* box = house.mailbox(ticket->mailbox);
  if (box == nullptr) box = &house.mailboxes.front();
  std::string const to =
      desk::with_token(box->address.address, desk::mint(ticket->id, desk::Role::agent, desk::Purpose::reply,
                                                        (*agent)->addresses.front(), (*place)->sign));
  desk::Arrival const arrival = agent_mail(**place, **agent, *box, to, words);
  auto const news = (*place)->desk->receive(std::span{&arrival, 1});
  if (!news) return fail(news.error());
  std::optional<desk::Letter> letter;
  auto const looked = (*place)->store.read("verdict", [&](store::Tx& tx) {
    // A merge has moved the ticket, and its letters with it.
    auto const now = store::find_ticket(tx, ticket->id);
    if (now) letter = verdict(tx, now->id, (*agent)->handle, arrival.received);
  });
  if (!looked) return fail(looked.error());
  return report(common, letter, news->front().summary);
}

}  // namespace spoc::ctl
