// SPDX-License-Identifier: GPL-3.0-or-later
// The letter with an agent's list, and what their answer to it makes happen, number by number.
#include "desk/agent_work.hpp"
#include "desk/digest.hpp"
#include "desk/macro.hpp"
#include "desk/phrase.hpp"
#include "desk/scribe.hpp"

#include <algorithm>
#include <utility>

namespace spoc::desk {
namespace {

/// A letter that belongs to no ticket but to a list.
Letter letter_of(LetterKind kind, Agent const& agent, Digest const& digest, std::string const& cause,
                 Known const& known) {
  Letter out;
  out.kind = kind;
  out.to = {agent.name, agent.addresses.empty() ? "" : agent.addresses.front()};
  out.agent = agent.handle;
  out.language = spoken(agent.language);
  out.token = mint(digest.id, out.to.address, known.sign);
  out.message_id =
      mint_message_id(out.token, std::string{name(kind)} + "|" + cause, known.house->domain, known.sign);
  out.made = out.due = known.now;
  return out;
}

std::string cause_of(Digest const& digest) { return "digest/" + std::to_string(number(digest.id)); }

/// An answer to an answer: in the thread of the list.
Letter answer_of(Agent const& agent, Digest const& digest, Arrival const& arrival, Known const& known) {
  Letter out = letter_of(LetterKind::digest_receipt, agent, digest, arrival.hash, known);
  out.references = {letter_of(LetterKind::digest, agent, digest, cause_of(digest), known).message_id};
  if (std::string const& id = arrival.mail()->message_id; !id.empty()) out.references.push_back(id);
  return out;
}

bool has_any(CommandBlock const& block, std::initializer_list<Verb> verbs) {
  return std::any_of(block.commands.begin(), block.commands.end(), [&](Command const& one) {
    return std::find(verbs.begin(), verbs.end(), one.verb) != verbs.end();
  });
}

/// Nothing that a change of the ticket could make wrong.
bool is_harmless(CommandBlock const& block) {
  return std::all_of(block.commands.begin(), block.commands.end(), [](Command const& one) {
    switch (one.verb) {
      case Verb::status:
      case Verb::note:
      case Verb::reopen:
      case Verb::undo:
      case Verb::cancel:
      case Verb::link:
      case Verb::remind:
        return true;
      default:
        return false;
    }
  });
}

/// Did the requester write after the list was made? A mail that came late bears an older time: what was there
/// counts.
bool wrote_since(Digest const& digest, Known const& known) {
  return std::any_of(known.history.begin(), known.history.end(), [&](Message const& one) {
    bool const newer = digest.seen ? one.id > *digest.seen : one.at > digest.made;
    return one.kind == MessageKind::inbound && newer;
  });
}

/// What the reader of the list could not know of the ticket; "" where nothing speaks against the order.
std::string changed_since(AgentWork const& work, DigestItem const& item, Digest const& digest) {
  Ticket const& ticket = *work.known.ticket;
  House const& house = *work.known.house;
  if (is_harmless(work.block)) return "";
  if (finished(ticket.status) && !finished(item.status))
    return phrase("its status is {1} since that list was made", {std::string{name(ticket.status)}});
  Agent const* other = house.agent(ticket.assignee);
  if (other != nullptr && other != work.claim.agent && ticket.assignee != item.assignee)
    return phrase("{1} has it since that list was made", {other->name});
  auto const members = house.members(ticket.team);
  bool const theirs = std::find(members.begin(), members.end(), work.claim.agent) != members.end();
  if (ticket.team != item.team && !theirs)
    return phrase("it went to team {1} since that list was made", {ticket.team});
  bool const answers = has_any(work.block, {Verb::close, Verb::resolve, Verb::wait, Verb::use, Verb::macro});
  if (answers && wrote_since(digest, work.known))
    return phrase("the requester has written since that list was made");
  return "";
}

/// Why nothing is done for this number, and how to do it all the same.
void object(AgentWork& work, DigestOrder const& order, DigestItem const& item, Digest const& digest) {
  if (work.ticket.id != item.ticket) {
    work.faults.push_back(phrase("it was merged into {1}", {shown(work.ticket)}));
  } else if (std::string const change = changed_since(work, item, digest);
             !change.empty() && !work.has(Verb::send)) {
    work.faults.push_back(change);
    work.faults.push_back(phrase("say \"{1} send anyway\" with the rest if it shall be done all the same",
                                 {std::to_string(order.number)}));
  }
}

}  // namespace

Plan plan_digest(Digest const& digest, Known const& known) {
  Plan plan;
  Agent const* agent = known.house->agent(digest.agent);
  if (agent == nullptr || agent->addresses.empty() || digest.items.empty()) return plan;
  plan.letters.push_back(letter_of(LetterKind::digest, *agent, digest, cause_of(digest), known));
  return plan;
}

Arrival without_words(Arrival const& arrival) {
  Arrival out = arrival;
  out.raw.clear();
  Mail& mail = std::get<Mail>(out.what);
  mail.text = mail.reply = mail.html = mail.message_id = "";
  mail.in_reply_to.clear();
  mail.references.clear();
  mail.attachments.clear();
  return out;
}

DigestStep plan_order(DigestOrder const& order, DigestItem const& item, Digest const& digest,
                      AgentClaim const& claim, Arrival const& arrival, Known const& known) {
  DigestStep out;
  AgentWork work = begin_work(arrival, known, claim);
  work.block = with_macros(order.block, *known.house, *known.ticket, work.agent());
  work.plan.trail.push_back(
      trail(work, "digest", "number " + std::to_string(order.number) + " of " + digest.day));
  work.faults = work.block.faults;
  if (work.faults.empty()) object(work, order, item, digest);
  if (work.faults.empty()) carry_out(work);
  out.done = std::move(work.done);
  out.faults = std::move(work.faults);
  if (out.faults.empty()) {
    out.plan = std::move(work.plan);
    return out;
  }
  out.plan.ticket = known.ticket->id;
  out.plan.trail = {work.plan.trail.front(), trail(work, "refused", joined_reasons(out.faults))};
  out.faults.push_back(
      phrase("{1}: {2}", {shown(*known.ticket), reply_address(known, *known.ticket, work.agent())}));
  return out;
}

Plan plan_absence(AgentClaim const& claim, Arrival const& arrival, Known const& known) {
  AgentWork work = begin_work(arrival, known, claim);
  notice_absence(work);
  return work.plan.changes.empty() ? Plan{} : std::move(work.plan);
}

std::string order_heading(std::size_t number, DigestItem const& item, bool done) {
  std::string const place = std::to_string(number), ticket = std::to_string(desk::number(item.ticket));
  return phrase(done ? "{1}. #{2} {3}" : "{1}. #{2} {3}: nothing was done", {place, ticket, item.subject});
}

Plan plan_digest_receipt(Digest const& digest, AgentClaim const& claim, std::vector<std::string> const& lines,
                         std::string const& words, Arrival const& arrival, Known const& known) {
  Plan plan;
  if (arrival.quiet) return plan;
  Letter letter = answer_of(*claim.agent, digest, arrival, known);
  letter.lines = lines;
  letter.text = words;
  plan.letters.push_back(std::move(letter));
  return plan;
}

Plan refuse_orders(Digest const& digest, AgentClaim const& claim, std::vector<std::string> const& reasons,
                   Arrival const& arrival, Known const& known) {
  Plan plan;
  Mail const& mail = *arrival.mail();
  std::string const joined = joined_reasons(reasons);
  plan.refused_agent = is_forged(claim);
  if (plan.refused_agent) plan.alarm = forgery_alarm(known, joined);
  if (claim.agent == nullptr) plan.quarantine = "it answers an agent's list of tickets: " + joined;
  plan.trail.push_back({TicketId{}, known.now,
                        claim.agent == nullptr ? "stranger" : "agent:" + claim.agent->handle, "refused",
                        joined});
  Agent const* told = told_of_refusal(claim);
  if (told == nullptr || arrival.quiet || is_of_a_machine(mail)) return plan;
  Letter letter = answer_of(*told, digest, arrival, known);
  letter.lines = {phrase("nothing was done")};
  letter.lines.insert(letter.lines.end(), reasons.begin(), reasons.end());
  letter.text = mail.reply.empty() ? mail.text : mail.reply;
  plan.letters.push_back(std::move(letter));
  return plan;
}

}  // namespace spoc::desk
