// SPDX-License-Identifier: GPL-3.0-or-later
// Letters of one ticket.
#include "desk/scribe.hpp"

#include "desk/phrase.hpp"

#include <algorithm>
#include <utility>

namespace spoc::desk {
namespace {

constexpr std::size_t longest_references = 12;

/// A Message-ID of ours that holds a token for somebody else's eyes.
/// "spoc.42.ar.DIGEST.SIGNATURE.UNIQUE@domain": the third and fourth words say for whom.
bool for_other_eyes(std::string_view id, std::string_view own_token) {
  if (id.substr(0, 5) != "spoc.") return false;
  auto const whom = [](std::string_view text) -> std::pair<std::string_view, std::string_view> {
    auto const first = text.find('.');
    auto const second = first == std::string_view::npos ? first : text.find('.', first + 1);
    auto const third = second == std::string_view::npos ? second : text.find('.', second + 1);
    if (third == std::string_view::npos) return {};
    return {text.substr(first + 1, 1), text.substr(second + 1, third - second - 1)};
  };
  return whom(id.substr(5)) != whom(own_token);
}

/// The assignee, else the members of the teams.
std::vector<Agent const*> responsible(Known const& known, Ticket const& ticket) {
  House const& house = *known.house;
  std::vector<Agent const*> out;
  auto const works = [&](Agent const& one) { return at_work(house, known.presences, one, known.now); };
  // Who has gone home for the night is stood in for by those who are at work, and by nobody where none is.
  bool off = false;
  if (Agent const* assignee = house.agent(ticket.assignee)) {
    out.push_back(assignee);
    if (works(*assignee)) return out;
    off = !is_absent(known.presences, assignee->handle, known.now);
  }
  std::vector<std::string> teams{ticket.team};
  teams.insert(teams.end(), ticket.other_teams.begin(), ticket.other_teams.end());
  for (std::string const& team : teams)
    for (Agent const* one : house.members(team))
      if ((!off || works(*one)) && std::find(out.begin(), out.end(), one) == out.end()) out.push_back(one);
  return out;
}

}  // namespace

std::vector<Agent const*> crew(Known const& known, Ticket const& ticket) {
  std::vector<Agent const*> out = responsible(known, ticket);
  for (std::string const& handle : ticket.invited) {
    Agent const* one = known.house->agent(handle);
    if (one != nullptr && std::find(out.begin(), out.end(), one) == out.end()) out.push_back(one);
  }
  return out;
}

std::string not_theirs_any_more(Known const& known, Ticket const& ticket) {
  Agent const* now = known.house->agent(ticket.assignee);
  return now != nullptr ? phrase("this ticket is not yours any more: {1} has it now", {now->name})
                        : phrase("this ticket is not yours any more: team {1} has it now", {ticket.team});
}

std::optional<MessageId> newest_words(Known const& known) {
  std::optional<MessageId> out;
  for (Message const& one : known.history)
    if (one.kind == MessageKind::inbound ||
        (one.kind == MessageKind::outbound && one.state != MessageState::withdrawn))
      out = one.id;
  return out;
}

Scribe::Scribe(Known const& known, Ticket const& ticket, std::string cause)
    : known_{known}, ticket_{ticket}, cause_{std::move(cause)}, ids_{known.thread_ids} {}

void Scribe::answers(std::string const& message_id) {
  if (message_id.empty()) return;
  std::erase(ids_, message_id);
  ids_.push_back(message_id);
}

Letter Scribe::letter(LetterKind kind, Address const& to, Role role, Purpose purpose) const {
  Letter out;
  out.kind = kind;
  out.ticket = ticket_.id;
  out.to = to;
  out.token = mint(ticket_.id, role, purpose, to.address, known_.sign);
  out.message_id =
      mint_message_id(out.token, std::string{name(kind)} + "|" + cause_, known_.house->domain, known_.sign);
  for (std::string const& id : ids_)
    if (!for_other_eyes(id, out.token)) out.references.push_back(id);
  // The first reference is what clients hang a thread on: it stays when the list is shortened.
  while (out.references.size() > longest_references) out.references.erase(out.references.begin() + 1);
  out.made = known_.now;
  out.due = known_.now;
  return out;
}

Letter Scribe::to_requester(LetterKind kind) const {
  Letter out = letter(kind, ticket_.requester_address, Role::requester, Purpose::reply);
  out.language = spoken(ticket_.language);
  return out;
}

Letter Scribe::to_copy(LetterKind kind, Address const& person) const {
  Letter out = letter(kind, person, Role::requester, Purpose::reply);
  out.language = spoken(ticket_.language);
  return out;
}

Letter Scribe::to_third_party(LetterKind kind, Address const& person) const {
  Letter out = letter(kind, person, Role::third, Purpose::note);
  std::erase_if(out.references, [](std::string const& id) { return !id.starts_with("spoc."); });
  Mailbox const* const box = known_.house->mailbox(ticket_.mailbox);
  out.language = spoken(box != nullptr ? box->language : "en");
  return out;
}

Letter Scribe::to_agent(LetterKind kind, Agent const& agent, Purpose purpose) const {
  std::string const address = agent.addresses.empty() ? "" : agent.addresses.front();
  Letter out = letter(kind, {agent.name, address}, Role::agent, purpose);
  out.agent = agent.handle;
  out.language = spoken(agent.language);
  return out;
}

std::vector<Letter> Scribe::to_crew(LetterKind kind, Agent const* except, Purpose purpose) const {
  std::vector<Letter> out;
  for (Agent const* one : crew(known_, ticket_))
    if (one != except && !one->addresses.empty()) out.push_back(to_agent(kind, *one, purpose));
  return out;
}

}  // namespace spoc::desk
