// SPDX-License-Identifier: GPL-3.0-or-later
// An agent confirms a mail that was refused because nothing proved that it was theirs.
#include "daemon/front_desk.hpp"
#include "desk/commands.hpp"
#include "desk/confirm.hpp"
#include "parser/mail.hpp"
#include "store/acted_mails.hpp"
#include "store/blobs.hpp"
#include "store/ledger.hpp"
#include "store/outbox.hpp"

namespace spoc::daemon {
namespace {

/// As long as what other mails of agents did; beyond desk::confirmable.
constexpr std::chrono::days confirmed_kept{30};

}  // namespace

/// The refused mail, by the Message-ID of its refusal, which nobody but the agent's mailbox has. Once only.
std::optional<desk::Arrival> FrontDesk::refused_before(store::Tx& tx, desk::Mail const& mail,
                                                       desk::Agent const& agent) const {
  for (std::string const& id : mail.in_reply_to) {
    auto const letter = store::find_letter(tx, id);
    bool const refusal = letter && letter->kind == desk::LetterKind::refusal && letter->agent == agent.handle;
    if (!refusal || now() - letter->made > desk::confirmable || store::find_acted(tx, agent.handle, id))
      continue;
    auto const token = desk::read_token(letter->token, sign_);
    if (!token) continue;
    for (std::string const& hash : store::hashes_filed(tx, token->ticket, letter->made)) {
      if (desk::refusal_id(hash, letter->token, house_, sign_) != id) continue;
      auto const raw = store::find_blob(tx, hash.substr(hash.rfind(':') + 1));
      if (!raw) continue;
      desk::Arrival out;
      out.hash = hash;
      out.received = letter->made;
      out.what = parser::read_mail(*raw);
      return out;
    }
  }
  return std::nullopt;
}

std::optional<desk::News> FrontDesk::confirm(store::Tx& tx, desk::Arrival const& arrival,
                                             desk::AgentClaim const& claim, desk::Known known) {
  desk::Mail const& mail = *arrival.mail();
  bool const heard = claim.made && claim.agent != nullptr && mail.from.size() == 1 &&
                     mail.kind == desk::MailKind::personal && !arrival.quiet;
  if (!heard) return std::nullopt;
  auto const commands = desk::read_commands(mail.reply).commands;
  if (commands.empty() || commands.front().verb != desk::Verb::confirm) return std::nullopt;
  desk::Agent const& agent = *claim.agent;
  know_ticket(tx, claim.token->ticket, known);
  know_words(tx, arrival, true, known);
  if (!desk::says_confirm(desk::words_of(mail, known), {agent.name, mail.from.front().name}))
    return std::nullopt;
  auto refused = refused_before(tx, mail, agent);
  if (!refused) return std::nullopt;
  auto const own = desk::claim_confirmed(*refused->mail(), agent, house_, sign_);
  if (!own) return std::nullopt;

  known.reply.reset();
  known.entangled = false;
  known.ticket.reset();
  known.match.rule = desk::Rule::token;
  // Of a stranger's address the note that was made of it has the bytes: they are in one ticket only.
  auto const& authors = refused->mail()->from;
  bool const noted = authors.empty() || house_.agent_at(authors.front().address) == nullptr;
  std::string const digest = noted ? "" : refused->hash.substr(refused->hash.rfind(':') + 1);
  refused->hash = "confirmed:" + refused->hash;  // letters of its own
  know_answer(tx, *refused, *own, known);
  if (!known.ticket) return std::nullopt;
  desk::Plan plan = desk::plan_confirmed(*refused, known, *own);
  for (desk::Message& one : plan.messages) one.raw_hash = digest;
  std::vector<std::string> done = mail.in_reply_to;
  if (!mail.message_id.empty()) done.push_back(mail.message_id);
  for (std::string const& id : done)
    store::note_acted(tx, agent.handle, id, known.ticket->id, known.now, known.now - confirmed_kept);
  return write_ruled(tx, std::move(plan), arrival, known);
}

}  // namespace spoc::daemon
