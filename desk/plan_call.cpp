// SPDX-License-Identifier: GPL-3.0-or-later
// An agent's note of a phone call becomes the caller's ticket; the agent gets the caller's record.
#include "desk/agent_work.hpp"
#include "desk/call.hpp"
#include "desk/card.hpp"
#include "desk/excerpt.hpp"
#include "desk/inbound.hpp"
#include "desk/phrase.hpp"

#include <algorithm>
#include <array>

namespace spoc::desk {
namespace {

/// What can be said of a ticket with the note that opens it.
bool may_stand_in_note(Verb verb) {
  constexpr std::array verbs{Verb::assign, Verb::take,    Verb::priority, Verb::tag,    Verb::kind,
                             Verb::impact, Verb::urgency, Verb::due,      Verb::remind, Verb::resolve,
                             Verb::close,  Verb::wait,    Verb::cc};
  return std::find(verbs.begin(), verbs.end(), verb) != verbs.end();
}

/// "12: Ola Testmann <ola@example.org>, Example Ltd, Harbour, +47 22 33 44 55"
std::string described(Contact const& contact) {
  std::string out = std::to_string(number(contact.id)) + ": " + shown(contact);
  for (std::string const* one : {&contact.organisation, &contact.site})
    if (!one->empty()) out += ", " + *one;
  for (std::string const& phone : contact.phones)
    if (shown(contact) != phone) out += ", " + phone;
  return out;
}

std::string subject_of(Call const& call, std::string const& words) {
  if (!call.subject.empty()) return call.subject;
  constexpr std::size_t longest = 80;
  std::string first = words.substr(0, words.find('\n'));
  if (first.size() <= longest) return first;
  // Cut between characters, at a blank where there is one.
  std::size_t const blank = first.rfind(' ', longest);
  if (blank == std::string::npos || blank < longest / 2) return first_line_of(first, longest);
  return first.substr(0, blank) + "…";
}

Mailbox const& mailbox_for(Arrival const& arrival, House const& house) {
  Mailbox const* configured = house.mailbox(house.call_mailbox);
  return configured != nullptr ? *configured : mailbox_of(arrival, house);
}

std::string who_noted(Known const& known) {
  Agent const* agent = known.author.agent;
  return agent == nullptr ? "desk" : "agent:" + agent->handle;
}

/// Is it settled whose call it was?
bool is_settled(Known const& known) {
  return known.call && (known.callers.size() == 1 || (known.callers.empty() && known.call->certain));
}

Ticket ticket_of(Arrival const& arrival, Known const& known, std::string const& words) {
  Mailbox const& mailbox = mailbox_for(arrival, *known.house);
  Contact const& caller = known.contact;
  Ticket out;
  out.id = known.next_ticket;
  out.channel = Channel::phone;
  out.subject = known.call ? subject_of(*known.call, words) : arrival.mail()->subject;
  out.mailbox = mailbox.name;
  out.requester = caller.id;
  out.requester_address = {caller.name, caller.addresses.empty() ? std::string{} : caller.addresses.front()};
  out.language = spoken(caller.language.empty() ? mailbox.language : caller.language);
  if (!out.requester_address.address.empty()) out.participants = {out.requester_address};
  out.rule = std::string{name(known.match.rule)};
  out.opened = out.changed = known.now;
  return out;
}

/// What the caller said, as the agent wrote it down.
Message message_for(Arrival const& arrival, Known const& known, Ticket const& ticket,
                    std::string const& words) {
  Message out = message_of(arrival, *arrival.mail(), known);
  out.kind = MessageKind::inbound;
  out.channel = Channel::phone;
  out.author = ticket.requester_address;
  out.subject = ticket.subject;
  out.reply = words;
  out.html.clear();
  return out;
}

/// What the agent, who may still be on the phone, can send or go by.
void tell_found(AgentWork& work) {
  std::size_t position = 0;
  for (Suggestion const& one : best_of(work.arrival.suggestions)) {
    ++position;
    work.done.push_back(
        one.internal ? phrase("article \"{1}\", internal", {one.title})
                     : phrase("article \"{1}\": /use {2} sends it", {one.title, std::to_string(position)}));
  }
  for (std::string& line : similar_lines(work.known)) work.done.push_back(std::move(line));
}

/// The caller's ticket with what they said, placed as a mail of theirs would be.
Plan open_for_caller(Arrival const& arrival, Known const& known, std::string const& words) {
  Plan plan;
  plan.open = ticket_of(arrival, known, words);
  Ticket const& ticket = *plan.open;
  plan.ticket = ticket.id;
  plan.messages.push_back(message_for(arrival, known, ticket, words));
  plan.trail.push_back(
      trail(known, plan, who_noted(known), "opened", "a phone call of " + shown(known.contact)));
  std::vector<Suggestion> const offered = best_of(arrival.suggestions);
  if (!offered.empty()) plan.changes.emplace_back(Offered{offered});
  place(plan, mailbox_for(arrival, *known.house), ticket.subject + "\n" + words,
        known.contact.vip || known.house->is_vip(ticket.requester_address.address), known);
  return plan;
}

/// All of the commands, or none where one of them can't be carried out.
void run_commands(AgentWork& work) {
  for (Command const& one : work.block.commands)
    if (!may_stand_in_note(one.verb))
      work.faults.emplace_back("a note of a call takes only commands about the new ticket itself");
  if (work.block.faults.empty() && work.faults.empty()) check_together(work);
  work.faults.insert(work.faults.begin(), work.block.faults.begin(), work.block.faults.end());
  if (work.faults.empty()) {
    AgentWork before = work;
    for (Command const& one : work.block.commands) run(work, one);
    if (!work.faults.empty()) {
      work.plan = std::move(before.plan);
      work.ticket = std::move(before.ticket);
      work.done = std::move(before.done);
    }
  }
  if (work.faults.empty()) return;
  work.done.emplace_back("its commands were not carried out; reply with them:");
  work.done.insert(work.done.end(), work.faults.begin(), work.faults.end());
}

void tell_whose(AgentWork& work) {
  Known const& known = work.known;
  std::string const ticket = std::to_string(number(work.ticket.id));
  if (is_settled(known)) {
    work.done.push_back(
        known.call->fresh
            ? phrase("{1} is a new contact; ticket #{2} is theirs", {shown(known.contact), ticket})
        : known.callers.empty()
            ? phrase("nobody was known by that, so {1} is a new contact; ticket #{2} is theirs",
                     {shown(known.contact), ticket})
            : phrase("ticket #{2} is {1}'s, who called", {shown(known.contact), ticket}));
    return;
  }
  if (known.callers.empty()) {
    work.done.push_back(phrase(
        "the note does not say who called, by number, address or a name that is known, so ticket #{1} is "
        "yours; reply with /requester ADDRESS to give it to its requester",
        {ticket}));
    return;
  }
  work.done.push_back(
      phrase("the caller may be one of several, so ticket #{1} is yours; reply with /requester "
             "and the number or address of the right one:",
             {ticket}));
  for (Contact const& one : known.callers) work.done.push_back(described(one));
}

/// The requester hears of it only where they have an address, and where a machine may write to them.
void tell_caller(AgentWork& work) {
  Known const& known = work.known;
  Mailbox const* mailbox = known.house->mailbox(work.ticket.mailbox);
  std::string why_not;
  if (work.ticket.requester_address.address.empty())
    why_not = "the caller has no mail address";
  else if (known.dead_address)
    why_not = "the address does not take mail";
  else if (known.automatic_sent >= known.house->automatic_budget)
    why_not = "over the budget of automatic letters";
  else if (mailbox != nullptr && !mailbox->acknowledge && !finished(work.ticket.status))
    why_not = "switched off for mailbox " + mailbox->name;
  if (!why_not.empty()) {
    work.plan.trail.push_back(trail(known, work.plan, "desk", "not acknowledged", why_not));
    return;
  }
  LetterKind kind = LetterKind::acknowledgement;
  if (work.ticket.status == Status::resolved) kind = LetterKind::resolved;
  if (work.ticket.status == Status::closed) kind = LetterKind::closed;
  Letter letter = Scribe{known, work.ticket, work.arrival.hash}.to_requester(kind);
  letter.about = about_new;
  work.plan.letters.push_back(std::move(letter));
}

void write_letters(AgentWork& work) {
  // What /assign would say, the notice of the new ticket says, and more.
  std::erase_if(work.plan.letters, [](Letter const& one) { return one.kind == LetterKind::assigned; });
  if (is_settled(work.known)) tell_caller(work);
  Scribe scribe{work.known, work.ticket, work.arrival.hash};
  if (!finished(work.ticket.status))
    for (Letter& letter : scribe.to_crew(LetterKind::opened, work.claim.agent)) {
      letter.about = about_new;
      letter.articles = best_of(work.arrival.suggestions);
      letter.lines = similar_lines(work.known);
      work.plan.letters.push_back(std::move(letter));
    }
  if (!finished(work.ticket.status)) tell_found(work);
  if (work.agent().addresses.empty()) return;
  scribe.answers(work.mail.message_id);
  Letter receipt = scribe.to_agent(LetterKind::receipt, work.agent());
  receipt.lines = work.done;
  receipt.text = work.plan.messages.front().reply;
  work.plan.letters.push_back(std::move(receipt));
}

}  // namespace

Plan plan_call(Arrival const& arrival, Known const& known) {
  Agent const* agent = known.author.agent;
  std::string const& said = known.call ? known.call->words : arrival.mail()->reply;
  CommandBlock block = read_commands(said);
  Plan plan = open_for_caller(arrival, known, block.words);
  Known with = known;
  with.ticket = plan.open;
  with.thread_ids.clear();
  AgentClaim claim{true, agent, agent, Token{plan.ticket, Role::agent, Purpose::reply, ""}, {}};
  AgentWork work{arrival,
                 *arrival.mail(),
                 with,
                 std::move(claim),
                 std::move(block),
                 *plan.open,
                 std::move(plan),
                 {},
                 {},
                 false,
                 false,
                 {},
                 {},
                 {},
                 {}};
  tell_whose(work);
  run_commands(work);
  if (!arrival.quiet && agent != nullptr) write_letters(work);
  return std::move(work.plan);
}

void refuse_call(Plan& plan, Arrival const& arrival, Known const& known) {
  Mail const& mail = *arrival.mail();
  std::string const& address = mail.from.front().address;
  Agent const* agent = known.house->agent_at(address);
  std::string const reason = phrase("our mail server does not vouch that it comes from <{1}>", {address});
  plan.trail.push_back(trail(known, plan, "desk", "refused", "a note of a call: " + in_english(reason)));
  plan.refused_agent = true;
  plan.alarm = "refused a note of a call that says it comes from an agent, <" + address + ">";
  Ticket const* ticket = plan.open ? &*plan.open : known.ticket ? &*known.ticket : nullptr;
  if (arrival.quiet || agent == nullptr || agent->addresses.empty() || ticket == nullptr) return;
  Letter letter = Scribe{known, *ticket, arrival.hash}.to_agent(LetterKind::refusal, *agent);
  letter.lines = {reason};
  letter.text = mail.reply.empty() ? mail.text : mail.reply;
  plan.letters.push_back(std::move(letter));
}

}  // namespace spoc::desk
