// SPDX-License-Identifier: GPL-3.0-or-later
// apply(): messages, their attachments and their place in a chat.
#include "store/apply_steps.hpp"
#include "store/blobs.hpp"
#include "store/columns.hpp"
#include "store/messages.hpp"
#include "store/outbox.hpp"
#include "store/tickets.hpp"

namespace spoc::store {
namespace {

bool is_line(desk::Message const& message) {
  return message.channel == desk::Channel::chat && message.kind == desk::MessageKind::inbound;
}

/// The visitor sees their own lines and the public answers, whatever way those came; an answer that may still
/// be taken back not yet (say_what_left()).
bool is_shown_in_chat(desk::Message const& message) {
  bool const answer =
      message.kind == desk::MessageKind::outbound && message.state == desk::MessageState::said;
  return is_line(message) || answer;
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

/// A flood is told by fewer, and with all mails of an hour in which a mailbox was imported the index would be
/// as large as any.
constexpr std::int64_t most_recent = 4000;

/// For recent_mails(). The oldest have the lowest numbers, so that those of the hour before go as new ones
/// come.
void note_recent(Tx& tx, desk::Message const& message, desk::Time now) {
  auto const since = desk::to_number(now - mails_counted);
  bool const counts = message.channel == desk::Channel::mail && message.agent.empty() &&
                      !message.author.address.empty() && desk::to_number(message.at) >= since;
  if (!counts) return;
  tx.driver().run(
      "DELETE FROM recent_mail WHERE (at < $1 OR message <= $2) AND message IN "
      "(SELECT message FROM recent_mail ORDER BY message LIMIT 8)",
      {since, desk::number(message.id) - most_recent});
  tx.driver().run("INSERT INTO recent_mail (message, author, at) VALUES ($1, $2, $3)",
                  {desk::number(message.id), message.author.address, desk::to_number(message.at)});
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
      "message_id, raw_hash, rule, ref, session, sequence, told, at, checks, "
      "state) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, "
      "$21)",
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
       checks,
       desk::name(message.state)});
  note_recent(tx, message, now);
  add_attachments(tx, message);
  return message;
}

std::vector<desk::Message> say_what_left(Tx& tx, desk::Time now) {
  std::vector<desk::Message> said;
  for (auto& message : messages_where(
           tx,
           "state = 'waiting' AND EXISTS (SELECT 1 FROM letter l WHERE l.ticket = message.ticket AND l.about "
           "= "
           "message.id AND l.kind IN ('answer', 'asked') AND (l.claimed_until > $1 OR l.attempts > 0 OR "
           "l.state NOT IN ('queued', 'cancelled'))) ORDER BY id",
           {desk::to_number(now)})) {
    std::string const session = session_of(tx, message.ticket);
    message.state = desk::MessageState::said;
    bool const in_chat = !session.empty() && is_shown_in_chat(message);
    if (in_chat) message.sequence = next_sequence(tx, session);
    tx.driver().run("UPDATE message SET state = $2, session = $3, sequence = $4 WHERE id = $1",
                    {desk::number(message.id), desk::name(message.state),
                     in_chat ? Value{session} : Value{nullptr}, message.sequence});
    said.push_back(std::move(message));
  }
  return said;
}

void withdraw_unsent(Tx& tx, desk::TicketId ticket) {
  tx.driver().run(
      "UPDATE message SET state = 'withdrawn' WHERE ticket = $1 AND state = 'waiting' AND NOT EXISTS (SELECT "
      "1 "
      "FROM letter l WHERE l.ticket = message.ticket AND l.about = message.id AND l.kind IN ('answer', "
      "'asked') AND l.state <> 'cancelled')",
      {desk::number(ticket)});
}

}  // namespace spoc::store
