// SPDX-License-Identifier: GPL-3.0-or-later
// The front desk's work with agents' numbered lists: written once a day, and acted on when they come back.
#include "daemon/front_desk.hpp"
#include "desk/agent_work.hpp"
#include "desk/digest.hpp"
#include "desk/macro.hpp"
#include "desk/phrase.hpp"
#include "store/digests.hpp"
#include "store/levels.hpp"
#include "store/tickets.hpp"

#include <algorithm>
#include <iterator>
#include <set>

namespace spoc::daemon {
namespace {

/// More are never looked through for one list.
constexpr std::size_t most_looked_at = 500;

/// A list of another day than these can't be due.
constexpr desk::Duration two_days = std::chrono::hours{48};

using Days = std::set<std::pair<std::string, std::string>>;

desk::DigestTurn turn_of(desk::House const& house, desk::Agent const& agent, desk::Time now,
                         Days const& days) {
  return desk::digest_turn(house, agent, now, [&](std::string const& day) {
    return days.contains({agent.handle, day});
  });
}

bool wants_digests(desk::House const& house) {
  return !house.digest.empty() || std::any_of(house.agents.begin(), house.agents.end(),
                                              [](desk::Agent const& one) { return !one.digest.empty(); });
}

/// Who is away until some day gets no lists meanwhile.
bool is_away(desk::Known const& known, desk::Agent const& agent) {
  auto const found = known.presences.find(agent.handle);
  return found != known.presences.end() && found->second.where == desk::Whereabouts::away &&
         desk::is_absent(known.presences, agent.handle, known.now);
}

}  // namespace

std::optional<desk::Time> FrontDesk::next_digest(store::Tx& tx) const {
  std::optional<desk::Time> next;
  if (!wants_digests(house_)) return next;
  Days const days = store::digest_days(tx, now() - two_days);
  for (desk::Agent const& agent : house_.agents) {
    desk::DigestTurn const turn = turn_of(house_, agent, now(), days);
    std::optional<desk::Time> const own = turn.day.empty() ? turn.next : std::optional{now()};
    if (own && (!next || *own < *next)) next = own;
  }
  return next;
}

void FrontDesk::write_digests(store::Tx& tx, std::vector<desk::News>& all) {
  if (!wants_digests(house_)) return;
  Days const days = store::digest_days(tx, now() - two_days);
  std::optional<std::vector<desk::Queued>> free;  // to choose from, and looked up where a list is due
  for (desk::Agent const& agent : house_.agents) {
    desk::DigestTurn const turn = turn_of(house_, agent, now(), days);
    if (turn.day.empty()) continue;
    if (!free) free = for_others(tx);
    desk::News news = write_digest(tx, agent, turn.day, *free);
    if (news.letters > 0) all.push_back(std::move(news));
  }
}

/// Tickets that nobody has, or somebody who is no agent any more, and those of agents who are out or away.
std::vector<desk::Queued> FrontDesk::for_others(store::Tx& tx) const {
  store::TicketFilter nobodys;
  nobodys.unassigned = true;
  for (desk::Agent const& agent : house_.agents) nobodys.agents.push_back(agent.handle);
  std::vector<desk::Queued> out = queue(tx, nobodys);
  for (desk::Queued& one : out) one.ticket.assignee.clear();
  desk::Known const known = blank(tx);
  for (desk::Agent const& agent : house_.agents) {
    if (!desk::is_absent(known.presences, agent.handle, known.now)) continue;
    store::TicketFilter theirs;
    theirs.assignee = agent.handle;
    auto more = queue(tx, theirs);
    std::move(more.begin(), more.end(), std::back_inserter(out));
  }
  return out;
}

desk::News FrontDesk::write_digest(store::Tx& tx, desk::Agent const& agent, std::string const& day,
                                   std::vector<desk::Queued> const& free) {
  desk::Known const known = blank(tx);
  std::vector<desk::Queued> theirs;
  if (!is_away(known, agent)) {
    store::TicketFilter own;
    own.assignee = agent.handle;
    theirs = queue(tx, own);
    std::copy_if(free.begin(), free.end(), std::back_inserter(theirs),
                 [&](desk::Queued const& one) { return desk::is_free_for(agent, one, known); });
  }
  desk::Digest digest = desk::make_digest(agent, day, std::move(theirs), known.now);
  digest.id = store::next_digest(tx);
  store::keep_digest(tx, digest);
  return write(tx, desk::plan_digest(digest, known), nullptr);
}

std::vector<desk::Queued> FrontDesk::queue(store::Tx& tx, store::TicketFilter filter) const {
  filter.unfinished = filter.by_due = true;
  filter.limit = most_looked_at;
  std::vector<desk::Queued> out;
  for (desk::Ticket& ticket : store::list_tickets(tx, filter)) {
    auto dues = desk::dues(house_, ticket, store::course_of(tx, ticket.id), now());
    out.push_back({std::move(ticket), std::move(dues)});
  }
  return out;
}

desk::News FrontDesk::take_orders(store::Tx& tx, desk::Arrival const& arrival, desk::AgentClaim const& claim,
                                  desk::Known& known) {
  desk::Mail const& mail = *arrival.mail();
  desk::DigestId const id = claim.token->digest;
  auto const digest = store::find_digest(tx, id);
  auto const refused = [&](std::vector<std::string> const& reasons) {
    desk::Digest unknown;
    unknown.id = id;
    return write(tx, desk::refuse_orders(digest.value_or(unknown), claim, reasons, arrival, known), &arrival);
  };
  if (!claim.faults.empty()) return refused(claim.faults);
  bool const spoken = mail.kind == desk::MailKind::personal || mail.kind == desk::MailKind::list;
  bool const again = digest && !mail.message_id.empty() && store::has_digest_answer(tx, id, mail.message_id);
  bool const away = mail.kind == desk::MailKind::auto_reply && !again && !arrival.quiet;
  if (away && digest && !digest->items.empty()) {
    know_ticket(tx, digest->items.front().ticket, known);
    know_own(tx, *claim.agent, known);
    if (known.ticket) return write(tx, desk::plan_absence(claim, arrival, known), &arrival);
  }
  if (!spoken || again || arrival.quiet) {
    desk::Plan filed;
    filed.duplicate = again;
    return write(tx, filed, &arrival);
  }
  if (!digest) return refused({desk::phrase("the list that it answers is not known here any more")});
  know_words(tx, arrival, true, known);
  if (known.entangled) return refused({desk::entangled_words()});
  desk::DigestOrders const orders = desk::read_orders(desk::words_of(mail, known), digest->items.size());
  if (!orders.faults.empty()) return refused(orders.faults);
  if (!mail.message_id.empty()) store::note_digest_answer(tx, id, mail.message_id);
  std::vector<std::string> const lines = carry_out_orders(tx, *digest, orders.orders, claim, arrival, known);
  return write(tx, desk::plan_digest_receipt(*digest, claim, lines, orders.words, arrival, known), &arrival);
}

std::vector<std::string> FrontDesk::carry_out_orders(store::Tx& tx, desk::Digest const& digest,
                                                     std::vector<desk::DigestOrder> const& orders,
                                                     desk::AgentClaim const& claim,
                                                     desk::Arrival const& arrival,
                                                     desk::Known const& author) {
  std::vector<std::string> lines;
  desk::Arrival const step_arrival = desk::without_words(arrival);
  for (desk::DigestOrder const& order : orders) {
    desk::DigestItem const& item = digest.items[order.number - 1];
    desk::Known known = blank(tx);
    known.author = author.author;
    known.contact = author.contact;
    known.token = claim.token;
    known.match.rule = desk::Rule::token;
    know_ticket(tx, item.ticket, known);
    if (!known.ticket)
      throw store::Fault{
          {Kind::missing, "ticket " + std::to_string(desk::number(item.ticket)) + " of a list is not there"}};
    know_work(tx, *claim.agent, known);
    know_named(tx, desk::with_macros(order.block, house_, *known.ticket, *claim.agent), *claim.agent, known);
    known.answering = digest.made;
    known.seen = digest.seen;
    desk::DigestStep step = desk::plan_order(order, item, digest, claim, step_arrival, known);
    bool const done = step.faults.empty();
    beside_.push_back(done ? write_ruled(tx, std::move(step.plan), step_arrival, known, false)
                           : write(tx, step.plan, nullptr));
    lines.push_back(desk::order_heading(order.number, item, done));
    auto const& said = done ? step.done : step.faults;
    lines.insert(lines.end(), said.begin(), said.end());
  }
  return lines;
}

}  // namespace spoc::daemon
