// SPDX-License-Identifier: GPL-3.0-or-later
// /kb, /publish and /reject: a ticket becomes a draft of an article, and a reviewer decides.
#include "desk/agent_work.hpp"
#include "desk/phrase.hpp"
#include "desk/scribe.hpp"
#include "desk/sign_off.hpp"

#include <algorithm>
#include <charconv>

namespace spoc::desk {
namespace {

/// What an address says of whom it is: "ola.testmann" is also what they log in with, and where no name is
/// told it is "ola testmann", with or without a number behind it.
void add_names_of(Address const& person, std::vector<std::string>& out) {
  out.push_back(person.name);
  std::string const mailbox = person.address.substr(0, person.address.find('@'));
  constexpr std::string_view between_names = "._-0123456789";
  if (mailbox.find_first_of(between_names) == std::string::npos || mailbox.size() < 5) return;
  out.push_back(mailbox);
  bool const named = !person.name.empty() && person.name.find('@') == std::string::npos;
  if (named) return;
  std::string spoken_name = mailbox;
  std::replace_if(
      spoken_name.begin(), spoken_name.end(),
      [&](char c) { return between_names.find(c) != std::string_view::npos; }, ' ');
  out.push_back(std::move(spoken_name));
}

/// Everybody of whom the ticket knows the name, and every agent.
std::vector<std::string> names_in(AgentWork const& work) {
  std::vector<std::string> out{work.known.requester.name};
  add_names_of(work.ticket.requester_address, out);
  for (Address const& one : work.ticket.participants) add_names_of(one, out);
  for (Address const& one : work.ticket.copies) add_names_of(one, out);
  for (Message const& one : work.known.history) add_names_of(one.author, out);
  for (Agent const& one : work.known.house->agents) out.push_back(one.name);
  // An address in place of a name is found as an address.
  std::erase_if(out, [](std::string const& one) { return one.find('@') != std::string::npos; });
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

/// The words that ended it: those of this very mail, else the newest answer of an agent.
std::string solution_of(AgentWork const& work) {
  for (Message const& one : work.plan.messages)
    if (one.kind == MessageKind::outbound) return one.reply;
  auto const& history = work.known.history;
  auto const newest = std::find_if(history.rbegin(), history.rend(), [](Message const& one) {
    bool const said = one.kind == MessageKind::outbound && one.state != MessageState::withdrawn;
    return said && !one.agent.empty() && !one.reply.empty();
  });
  return newest == history.rend() ? "" : newest->reply;
}

std::string problem_of(AgentWork const& work) {
  auto const& history = work.known.history;
  auto const first = std::find_if(history.begin(), history.end(),
                                  [](Message const& one) { return one.kind == MessageKind::inbound; });
  return first == history.end() ? "" : first->reply;
}

/// The reviewers of the house; without any the ticket's team, the author too.
std::vector<Agent const*> reviewers(AgentWork const& work) {
  House const& house = *work.known.house;
  std::vector<Agent const*> out;
  for (std::string const& handle : house.reviewers)
    if (Agent const* one = house.agent(handle)) out.push_back(one);
  return out.empty() ? house.members(work.ticket.team) : out;
}

void show_to_reviewers(AgentWork& work, Draft const& draft) {
  Scribe const scribe{work.known, work.ticket, work.arrival.hash + "|draft"};
  for (Agent const* one : reviewers(work)) {
    if (one->addresses.empty()) continue;
    Letter letter = scribe.to_agent(LetterKind::happened, *one, Purpose::note);
    letter.lines = {
        phrase("draft {1} of an article, by {2}: look whether a name is left in it, then reply "
               "/publish, or /reject and why",
               {std::to_string(number(draft.id)), work.agent().name})};
    letter.text = draft.text;
    work.plan.letters.push_back(std::move(letter));
  }
}

bool may_decide(AgentWork& work) {
  House const& house = *work.known.house;
  auto const& all = house.reviewers;
  if (all.empty() || std::find(all.begin(), all.end(), work.agent().handle) != all.end()) return true;
  std::string names;
  for (Agent const* one : reviewers(work)) names += (names.empty() ? "" : ", ") + one->name;
  work.faults.push_back(phrase("drafts are published and rejected by {1}", {names}));
  return false;
}

/// The one meant; a fault where there is none, or several and no number.
Draft const* draft_called(AgentWork& work, std::string_view wanted) {
  auto const& all = work.known.drafts;
  std::int64_t id = 0;
  std::from_chars(wanted.data(), wanted.data() + wanted.size(), id);
  auto const found = std::find_if(all.begin(), all.end(), [&](Draft const& one) {
    return wanted.empty() ? all.size() == 1 : number(one.id) == id;
  });
  if (found != all.end()) return &*found;
  std::string numbers;
  for (Draft const& one : all) numbers += (numbers.empty() ? "" : ", ") + std::to_string(number(one.id));
  work.faults.push_back(all.empty() ? phrase("no draft of this ticket waits to be published")
                                    : phrase("say which draft is meant: {1}", {numbers}));
  return nullptr;
}

/// Its author hears what became of it.
void tell_author(AgentWork& work, Draft const& draft, std::string line) {
  Agent const* author = work.known.house->agent(draft.by);
  if (author == nullptr || author == work.claim.agent || author->addresses.empty()) return;
  Scribe const scribe{work.known, work.ticket, work.arrival.hash};
  Letter letter = scribe.to_agent(LetterKind::happened, *author);
  letter.lines = {std::move(line)};
  work.plan.letters.push_back(std::move(letter));
}

bool is_all_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

void draft_article(AgentWork& work, std::string const& title) {
  if (!work.known.house->keeps_knowledge) {
    work.faults.push_back(phrase("no knowledge folder is configured, so /kb has nowhere to put an article"));
    return;
  }
  work.draft = title.empty() ? work.ticket.subject : title;
}

void leave_draft(AgentWork& work) {
  std::string const solution = solution_of(work);
  if (solution.empty()) {
    work.faults.push_back(
        phrase("there is no answer yet from which an article could be made: answer, with /kb on top"));
    return;
  }
  auto const names = names_in(work);
  DraftParts parts;
  parts.id = work.known.next_draft;
  parts.title = cleaned(*work.draft, names);
  parts.language = spoken(work.ticket.language);
  parts.owner = work.agent().addresses.empty() ? "" : work.agent().addresses.front();
  parts.tags = work.ticket.tags;
  std::string const problem = problem_of(work);
  parts.problem = cleaned(before_sign_off(problem), names);
  parts.solution = cleaned(before_sign_off(solution), names);
  parts.now = work.known.now;
  Draft draft = make_draft(parts);
  draft.ticket = work.ticket.id;
  draft.by = work.agent().handle;
  show_to_reviewers(work, draft);
  work.done.push_back(
      phrase("draft {1} \"{2}\" is with its reviewers", {std::to_string(number(draft.id)), draft.title}));
  work.plan.trail.push_back(trail(work, "drafted", draft.file));
  work.plan.changes.emplace_back(KeepDraft{std::move(draft)});
}

void publish(AgentWork& work, std::string const& argument) {
  if (!may_decide(work)) return;
  Draft const* draft = draft_called(work, argument);
  if (draft == nullptr) return;
  work.plan.changes.emplace_back(SettleDraft{draft->id, DraftState::published});
  work.plan.trail.push_back(trail(work, "published", draft->file));
  work.done.push_back(phrase("article \"{1}\" is published", {draft->title}));
  tell_author(work, *draft, phrase("article \"{1}\" is published", {draft->title}));
}

void reject(AgentWork& work, std::string const& argument) {
  if (!may_decide(work)) return;
  std::string_view const first = first_word(argument);
  bool const numbered = is_all_digits(first) && first.size() < argument.size();
  Draft const* draft = draft_called(work, numbered ? first : std::string_view{});
  if (draft == nullptr) return;
  std::string const why{numbered ? argument.substr(first.size() + 1) : argument};
  work.plan.changes.emplace_back(SettleDraft{draft->id, DraftState::rejected});
  work.plan.trail.push_back(trail(work, "rejected", draft->file + ": " + why));
  work.done.push_back(phrase("draft {1} is rejected", {std::to_string(number(draft->id))}));
  tell_author(work, *draft,
              phrase("{1} rejects the draft \"{2}\": {3}", {work.agent().name, draft->title, why}));
}

}  // namespace spoc::desk
