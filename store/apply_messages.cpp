// SPDX-License-Identifier: GPL-3.0-or-later
// apply(): messages, their attachments and their place in a chat.
#include "store/apply_steps.hpp"
#include "store/columns.hpp"
#include "store/ledger.hpp"

namespace spoc::store {
namespace {

bool is_line(desk::Message const& message) {
  return message.channel == desk::Channel::chat && message.kind == desk::MessageKind::inbound;
}

/// The visitor sees their own lines and the public answers, whatever way those came.
bool is_shown_in_chat(desk::Message const& message) {
  return is_line(message) || message.kind == desk::MessageKind::outbound;
}

std::int64_t next_sequence(Tx& tx, std::string const& session) {
  std::int64_t sequence = 0;
  tx.driver().run("UPDATE session SET last = last + 1 WHERE secret = $1 RETURNING last", {session},
                  [&](Row const& row) { sequence = row.integer(0); });
  if (sequence == 0)
    throw Fault{{Kind::missing, "the ticket's chat session is not in the store; it must be added first"}};
  return sequence;
}

void add_attachments(Tx& tx, desk::Message const& message) {
  std::int64_t position = 0;
  for (auto const& attachment : message.attachments) {
    keep_blob(tx, attachment.sha256, attachment.content);
    tx.driver().run(
        "INSERT INTO attachment (message, position, filename, type, sha256, shown_inline, content_id, held) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        {desk::number(message.id), position++, attachment.filename, attachment.type, attachment.sha256,
         std::int64_t{attachment.inline_}, attachment.content_id, attachment.held});
  }
}

}  // namespace

desk::Message add_message(Tx& tx, desk::TicketId ticket, std::string const& session, desk::Message message,
                          desk::Time now) {
  message.id = desk::MessageId{next_number(tx, "message")};
  message.ticket = ticket;
  message.at = or_now(message.at, now);
  bool const in_chat = !session.empty() && is_shown_in_chat(message);
  message.sequence = in_chat ? next_sequence(tx, session) : 0;
  bool const told = !(in_chat && is_line(message));
  std::string const checks = desk::as_text(message.checks);
  tx.driver().run(
      "INSERT INTO message (id, ticket, kind, channel, author_name, author_address, agent, subject, text, "
      "reply, html, "
      "message_id, raw_hash, rule, ref, session, sequence, told, at, checks) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)",
      {desk::number(message.id),
       desk::number(ticket),
       desk::name(message.kind),
       desk::name(message.channel),
       message.author.name,
       message.author.address,
       message.agent,
       message.subject,
       message.text,
       message.reply,
       message.html,
       maybe(message.message_id),
       maybe(message.raw_hash),
       message.rule,
       maybe(message.ref),
       in_chat ? Value{session} : Value{nullptr},
       message.sequence,
       std::int64_t{told},
       desk::to_number(message.at),
       checks});
  add_attachments(tx, message);
  return message;
}

}  // namespace spoc::store
