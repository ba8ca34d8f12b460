// SPDX-License-Identifier: GPL-3.0-or-later
// /cc, /requester and /ask: who else takes part, and who is asked aside.
#include "desk/agent_work.hpp"
#include "desk/blanks.hpp"
#include "desk/card.hpp"
#include "desk/phrase.hpp"
#include "desk/scribe.hpp"

namespace spoc::desk {
namespace {

/// Somebody outside: an agent or the desk itself would get the desk's mail about its own mail.
bool is_outside(AgentWork& work, std::string const& address) {
  House const& house = *work.known.house;
  if (house.mailbox_at(address) != nullptr)
    work.faults.push_back(phrase("<{1}> is the desk's own address", {address}));
  else if (house.agent_at(address) != nullptr)
    work.faults.push_back(phrase("<{1}> is an agent: use /note or /assign", {address}));
  return work.faults.empty();
}

/// By an address, or by the number under which a receipt listed somebody. Nothing, with the fault, where
/// nobody has that number.
std::optional<ReplaceRequester> person_named(AgentWork& work, std::string const& argument) {
  if (argument.find('@') != std::string::npos) return ReplaceRequester{address_in(argument)};
  auto const found = work.known.people.find(std::stoll(argument));
  if (found == work.known.people.end()) {
    work.faults.push_back(phrase("there is no contact {1}", {argument}));
    return std::nullopt;
  }
  Contact const& contact = found->second;
  return ReplaceRequester{
      {contact.name, contact.addresses.empty() ? std::string{} : contact.addresses.front()}, contact.id};
}

/// What a new requester speaks; where nobody knows, what the mailbox does.
std::string spoken_by(AgentWork const& work, ReplaceRequester const& change, std::string const& argument) {
  std::string const address = normal(change.address.address);
  if (!address.empty() && address == normal(work.ticket.requester_address.address))
    return work.ticket.language;
  Contact const* person = nullptr;
  if (change.contact != ContactId{})
    person = &work.known.people.at(std::stoll(argument));
  else if (auto const found = work.known.people_at.find(address); found != work.known.people_at.end())
    person = &found->second;
  if (person != nullptr && !person->language.empty()) return spoken(person->language);
  Mailbox const* const box = work.known.house->mailbox(work.ticket.mailbox);
  return box != nullptr ? spoken(box->language) : "en";
}

/// The newest words of both sides, for somebody who comes later.
std::string conversation(std::vector<Message> const& history) {
  constexpr std::size_t most = 10;
  std::vector<std::string> lines;
  for (Message const& one : history)
    if ((one.kind == MessageKind::inbound || one.kind == MessageKind::outbound) &&
        one.state != MessageState::withdrawn)
      lines.push_back((one.author.name.empty() ? one.author.address : one.author.name) + ": " + one.reply);
  std::string out;
  for (std::size_t i = lines.size() > most ? lines.size() - most : 0; i < lines.size(); ++i)
    out += (out.empty() ? "" : "\n\n") + lines[i];
  return out;
}

}  // namespace

void copy_to(AgentWork& work, std::string const& argument) {
  std::string const address = normal(argument);
  if (!is_outside(work, address)) return;
  if (address == normal(work.ticket.requester_address.address)) {
    work.faults.push_back(phrase("<{1}> is the requester", {address}));
    return;
  }
  auto const had = std::find_if(work.ticket.copies.begin(), work.ticket.copies.end(),
                                [&](Address const& one) { return normal(one.address) == address; });
  if (had == work.ticket.copies.end()) work.ticket.copies.push_back({"", address});
  work.plan.changes.emplace_back(AddCopy{{"", address}});
  work.plan.trail.push_back(trail(work, "copied", address));
  work.done.push_back(phrase("{1} gets copies of the answers from now on", {address}));
}

void invite(AgentWork& work, std::string const& argument) {
  bool const ends = argument.starts_with('-');
  std::string const wanted = normal(trim(std::string_view{argument}.substr(ends ? 1 : 0)));
  Agent const* guest = agent_called(work, wanted);
  if (guest == nullptr) {
    std::string known;
    for (Agent const& one : work.known.house->agents) known += (known.empty() ? "" : ", ") + one.handle;
    work.faults.push_back(phrase("nobody here is called \"{1}\"; known: {2}", {wanted, known}));
    return;
  }
  auto& invited = work.ticket.invited;
  bool const there = std::find(invited.begin(), invited.end(), guest->handle) != invited.end();
  if (ends && !there) {
    work.faults.push_back(phrase("{1} was not invited to this ticket", {guest->name}));
    return;
  }
  if (!ends && (there || guest->handle == work.ticket.assignee)) {
    work.faults.push_back(phrase("{1} is in this ticket already", {guest->name}));
    return;
  }
  if (ends)
    std::erase(invited, guest->handle);
  else
    invited.push_back(guest->handle);
  work.plan.changes.emplace_back(SetInvited{invited});
  work.plan.trail.push_back(trail(work, ends ? "uninvited" : "invited", guest->handle));
  work.done.push_back(ends ? phrase("{1} is not in this ticket any more", {guest->name})
                           : phrase("{1} is in this ticket with you from now on", {guest->name}));
  if (ends || guest == &work.agent()) return;
  Scribe const scribe{work.known, work.ticket, work.arrival.hash + "|invited"};
  Letter letter = scribe.to_agent(LetterKind::happened, *guest);
  letter.lines = {phrase("{1} invited you to this ticket: what you answer to this mail goes to the requester",
                         {work.agent().name})};
  letter.text = conversation(work.known.history);
  work.plan.letters.push_back(std::move(letter));
}

void tell_invited(AgentWork& work) {
  if (work.ticket.invited.empty()) return;
  std::string const& who = work.agent().name;
  Scribe const scribe{work.known, work.ticket, work.arrival.hash + "|answered"};
  for (Letter& letter : scribe.to_crew(LetterKind::happened, work.claim.agent)) {
    auto const invited = std::find_if(
        work.plan.letters.begin(), work.plan.letters.end(),
        [&](auto const& one) { return one.kind == LetterKind::happened && one.agent == letter.agent; });
    // Who is invited by this very mail reads its words there.
    if (invited != work.plan.letters.end()) {
      invited->text += (invited->text.empty() ? "" : "\n\n") + who + ": " + work.block.words;
      continue;
    }
    letter.lines = {phrase("{1} answered", {who})};
    letter.text = work.block.words;
    work.plan.letters.push_back(std::move(letter));
  }
}

void replace_requester(AgentWork& work, std::string const& argument) {
  auto change = person_named(work, argument);
  if (!change) return;
  Address const& person = change->address;
  House const& house = *work.known.house;
  if (house.mailbox_at(person.address) != nullptr) {
    work.faults.push_back(phrase("<{1}> is the desk's own address", {person.address}));
    return;
  }
  bool const reachable = !person.address.empty();
  std::string const called = reachable ? person.address : shown(work.known.people.at(std::stoll(argument)));
  work.plan.trail.push_back(
      trail(work, "requester", work.ticket.requester_address.address + " to " + called));
  change->language = work.ticket.language = spoken_by(work, *change, argument);
  work.ticket.requester_address = person;
  if (change->contact != ContactId{}) work.ticket.requester = change->contact;
  std::erase_if(work.ticket.copies,
                [&](Address const& one) { return normal(one.address) == person.address; });
  work.plan.changes.emplace_back(*change);
  work.done.push_back(reachable ? phrase("the requester is {1} now; answers go there", {called})
                                : phrase("the requester is {1} now, who has no mail address", {called}));
}

void ask(AgentWork& work, std::string const& argument) {
  auto const end = argument.find_first_of(" \t");
  std::string const address = normal(argument.substr(0, end));
  if (!is_outside(work, address)) return;
  if (address == normal(work.ticket.requester_address.address)) {
    work.faults.push_back(phrase("<{1}> is the requester", {address}));
    return;
  }
  work.third_party = address;
  if (end != std::string::npos) work.question = argument.substr(argument.find_first_not_of(" \t", end));
  if (!work.block.words.empty()) work.question += (work.question.empty() ? "" : "\n\n") + work.block.words;
  if (work.question.empty())
    work.faults.push_back(phrase("/ask needs your question behind the address or below it"));
}

void send_question(AgentWork& work) {
  Scribe const scribe{work.known, work.ticket, work.arrival.hash};
  Letter letter = scribe.to_third_party(LetterKind::asked, {"", work.third_party});
  letter.about = about_new;
  letter.text = work.question;
  letter.due = work.known.now + work.known.house->undo_delay;
  work.plan.letters.push_back(std::move(letter));
  work.plan.trail.push_back(trail(work, "asked", work.third_party));
  auto const seconds = std::chrono::duration_cast<std::chrono::seconds>(work.known.house->undo_delay).count();
  work.done.push_back(phrase("your question goes to {1} in {2} s; reply /cancel to stop it",
                             {work.third_party, std::to_string(seconds)}));
}

}  // namespace spoc::desk
