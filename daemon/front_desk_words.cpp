// SPDX-License-Identifier: GPL-3.0-or-later
// A mail's own words, told apart from the letters of ours that came back in it.
#include "daemon/front_desk.hpp"
#include "parser/quote.hpp"
#include "store/outbox.hpp"

#include <algorithm>

namespace spoc::daemon {
namespace {

/// No letter can have come back then, since half of the shortest is longer than this, or ten words are.
bool is_too_short(desk::Mail const& mail, bool from_agent) {
  return (from_agent ? mail.reply : mail.text).size() < (from_agent ? 200U : 40U);
}

/// The letter that it says to answer.
std::vector<desk::Letter> letter_named(store::Tx& tx, desk::Mail const& mail) {
  std::vector<desk::Letter> letters;
  for (auto const* ids : {&mail.in_reply_to, &mail.references})
    for (auto id = ids->rbegin(); id != ids->rend() && letters.empty(); ++id)
      if (auto letter = store::find_letter(tx, *id)) letters.push_back(std::move(*letter));
  return letters;
}

/// Says so by any of the signs by which threads are found; else it is new, and the desk will know if not.
bool answers_something(desk::Mail const& mail, desk::Sign const& sign) {
  desk::Traits const traits = desk::traits_of(mail, sign);
  return !traits.ids.empty() || !traits.tokens.empty() || !traits.body_tokens.empty() ||
         !traits.numbers.empty() || !traits.thread_index.empty() || traits.reply_prefix;
}

}  // namespace

/// With which letters a mail is to be compared: the one that it names, else the newest of its ticket to its
/// author. An answer to an agent's list has no ticket.
std::vector<desk::Letter> FrontDesk::letters_answered(store::Tx& tx, desk::Mail const& mail, bool from_agent,
                                                      desk::TicketId ticket) const {
  if (mail.from.empty() || is_too_short(mail, from_agent)) return {};
  constexpr std::size_t most = 3;
  auto letters = letter_named(tx, mail);
  if (letters.empty() && ticket != desk::TicketId{})
    letters = store::newest_letters_to(tx, ticket, mail.from.front().address, most);
  return letters;
}

/// What came back of our letters is history, marked or not. An agent's words go out, so the comparison may
/// only take away, and only where at least half of a letter came back: a sentence that they write again is
/// theirs. A requester's are shown to agents, so answers between our lines are found as well.
desk::OwnWords FrontDesk::own_words(desk::Mail const& mail, bool from_agent,
                                    std::vector<desk::Letter> letters) const {
  desk::OwnWords out;
  out.from_agent = from_agent;
  std::vector<std::string> sent;
  for (desk::Letter& letter : letters) {
    out.letters.push_back(letter.id);
    if (from_agent) letter.text.clear();  // a refusal gives their own words back, which they may send again
    sent.push_back(around_.wording(letter));
  }
  auto const compared = parser::reply_against(mail.text, sent);
  if (!compared) return out;
  std::size_t shortest = SIZE_MAX;
  for (std::string const& one : sent)
    if (!one.empty()) shortest = std::min(shortest, one.size());
  bool const came_back = compared->reply.size() + shortest / 2 <= mail.reply.size();
  if (from_agent && came_back) {
    out.reply = compared->reply;
    out.entangled = compared->scattered;
  }
  if (!from_agent && !compared->reply.empty()) out.reply = compared->reply;
  return out;
}

/// As they were compared beforehand, if that was with the letters that count now; else compared here.
void FrontDesk::know_words(store::Tx& tx, desk::Arrival const& arrival, bool from_agent,
                           desk::Known& known) const {
  if (!around_.wording) return;
  desk::Mail const& mail = *arrival.mail();
  std::vector<desk::Letter> letters =
      letters_answered(tx, mail, from_agent, known.ticket ? known.ticket->id : desk::TicketId{});
  if (letters.empty()) return;
  auto const& had = arrival.own_words;
  bool const fits = had && had->from_agent == from_agent &&
                    std::equal(letters.begin(), letters.end(), had->letters.begin(), had->letters.end(),
                               [](desk::Letter const& one, desk::LetterId id) { return one.id == id; });
  desk::OwnWords const words = fits ? *had : own_words(mail, from_agent, std::move(letters));
  known.reply = words.reply;
  known.entangled = words.entangled;
}

Result<std::optional<desk::OwnWords>> FrontDesk::recall(desk::Arrival const& arrival) {
  std::optional<desk::OwnWords> out;
  desk::Mail const* mail = arrival.mail();
  if (mail == nullptr || !around_.wording) return out;
  std::vector<desk::Letter> letters;
  desk::AgentClaim const claim = desk::agent_claim(*mail, house_, sign_);
  bool const from_agent = claim.made;
  if (mail->from.empty() || is_too_short(*mail, from_agent)) return out;
  auto const read = store_.read("recall", [&](store::Tx& tx) {
    // Whose mail it is need not be known then.
    letters = letter_named(tx, *mail);
    if (!letters.empty() || !(claim.made || answers_something(*mail, sign_))) return;
    desk::Known known = blank(tx);
    know_people(*mail, arrival.place.mailbox, claim.made, known);
    if (claim.made)
      know_ticket(tx, claim.token->ticket, known);
    else
      know_thread(tx, *mail, known);
    letters = letters_answered(tx, *mail, from_agent, known.ticket ? known.ticket->id : desk::TicketId{});
  });
  if (!read) return read.error();
  if (!letters.empty()) out = own_words(*mail, from_agent, std::move(letters));
  return out;
}

}  // namespace spoc::daemon
