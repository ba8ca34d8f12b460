// SPDX-License-Identifier: GPL-3.0-or-later
// Messages and their attachments, read.
#include "store/messages.hpp"

#include "store/blobs.hpp"
#include "store/columns.hpp"
#include "store/ledger.hpp"
#include "store/tickets.hpp"

#include <algorithm>

namespace spoc::store {
namespace {

constexpr std::string_view message_columns =
    "SELECT id, ticket, kind, channel, author_name, author_address, agent, subject, text, reply, html, "
    "message_id, "
    "raw_hash, rule, ref, sequence, at, checks, state FROM message WHERE ";

desk::Message message_in(Row const& row) {
  desk::Message message;
  message.id = desk::MessageId{row.integer(0)};
  message.ticket = desk::TicketId{row.integer(1)};
  message.kind = known(desk::message_kind_named(row.text(2)), "message.kind", row.text(2));
  message.channel = known(desk::channel_named(row.text(3)), "message.channel", row.text(3));
  message.author = {row.text(4), row.text(5)};
  message.agent = row.text(6);
  message.subject = row.text(7);
  message.text = row.text(8);
  message.reply = row.text(9);
  message.html = row.text(10);
  message.message_id = row.text(11);
  message.raw_hash = row.text(12);
  message.rule = row.text(13);
  message.ref = row.text(14);
  message.sequence = row.integer(15);
  message.at = time_in(row, 16);
  message.checks = desk::checks_from(row.text(17));
  message.state = known(desk::message_state_named(row.text(18)), "message.state", row.text(18));
  return message;
}

std::vector<desk::Attachment> attachments_of(Tx& tx, desk::MessageId message) {
  std::vector<desk::Attachment> attachments;
  tx.driver().run(
      "SELECT filename, type, sha256, shown_inline, content_id, held FROM attachment WHERE message = $1 "
      "ORDER BY "
      "position",
      {desk::number(message)}, [&](Row const& row) {
        attachments.push_back(
            {row.text(0), row.text(1), {}, row.text(2), row.integer(3) != 0, row.text(4), row.text(5)});
      });
  return attachments;
}

bool load(Tx& tx, desk::Attachment& attachment) {
  auto content = find_blob(tx, attachment.sha256);
  if (content) attachment.content = std::move(*content);
  return content.has_value();
}

bool count(Tx& tx, desk::Attachment& attachment) {
  auto const size = blob_size(tx, attachment.sha256);
  attachment.unread = static_cast<std::size_t>(size.value_or(0));
  return size.has_value();
}

}  // namespace

std::vector<desk::Message> messages_where(Tx& tx, std::string_view condition,
                                          std::vector<Value> const& values) {
  std::vector<desk::Message> messages;
  tx.driver().run(std::string{message_columns}.append(condition), values,
                  [&](Row const& row) { messages.push_back(message_in(row)); });
  for (auto& message : messages) message.attachments = attachments_of(tx, message.id);
  return messages;
}

std::vector<desk::Message> messages_of(Tx& tx, desk::TicketId ticket) {
  return messages_where(tx, "ticket = $1 ORDER BY id", {desk::number(ticket)});
}

std::vector<desk::Message> messages_of(Tx& tx, desk::TicketId ticket, desk::MessageId after,
                                       std::size_t limit) {
  return messages_where(tx, "ticket = $1 AND id > $2 ORDER BY id LIMIT $3",
                        {desk::number(ticket), desk::number(after), static_cast<std::int64_t>(limit)});
}

std::int64_t length_of_words(Tx& tx, desk::TicketId ticket) {
  std::int64_t length = 0;
  tx.driver().run("SELECT COALESCE(SUM(LENGTH(text) + LENGTH(reply)), 0) FROM message WHERE ticket = $1",
                  {desk::number(ticket)}, [&](Row const& row) { length = row.integer(0); });
  return length;
}

std::optional<desk::Message> find_message(Tx& tx, desk::MessageId id, Contents contents) {
  auto found = messages_where(tx, "id = $1", {desk::number(id)});
  if (found.empty()) return std::nullopt;
  for (auto& attachment : found.front().attachments) {
    bool const there = contents == Contents::loaded ? load(tx, attachment) : count(tx, attachment);
    if (there) continue;
    throw Fault{{Kind::broken, "the content of attachment '" + attachment.filename + "' of message " +
                                   std::to_string(desk::number(id)) + " is missing; restore the backup"}};
  }
  return std::move(found.front());
}

std::optional<desk::Message> newest_answer(Tx& tx, desk::TicketId ticket, std::string_view except_agent) {
  auto found = messages_where(
      tx,
      "ticket = $1 AND kind = 'outbound' AND agent NOT IN ('', $2) AND state <> 'withdrawn' ORDER BY id DESC "
      "LIMIT 1",
      {desk::number(ticket), except_agent});
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

std::vector<std::string> thread_ids(Tx& tx, desk::TicketId ticket, std::size_t limit) {
  // Agents' own mails stay out, notes of calls too: their ids name the inside of the house to requesters.
  std::vector<std::string> ids;
  tx.driver().run(
      "SELECT message_id, at AS moment, 0 AS turn, id FROM message "
      "WHERE ticket = $1 AND kind = 'inbound' AND channel <> 'phone' AND message_id IS NOT NULL "
      "UNION ALL SELECT message_id, made AS moment, 1 AS turn, id FROM letter "
      "WHERE ticket = $1 AND message_id IS NOT NULL ORDER BY moment DESC, turn DESC, id DESC LIMIT $2",
      {desk::number(ticket), static_cast<std::int64_t>(limit)},
      [&](Row const& row) { ids.push_back(row.text(0)); });
  std::reverse(ids.begin(), ids.end());
  return ids;
}

std::optional<desk::TicketId> find_same_mail(Tx& tx, SameMail const& mail) {
  std::optional<desk::TicketId> ticket;
  auto const take = [&](Row const& row) { ticket = desk::TicketId{row.integer(0)}; };
  if (!mail.message_id.empty()) {
    tx.driver().run(
        "SELECT ticket FROM message WHERE message_id = $1 AND (reply = $2 OR (text = $3 AND text <> '') OR "
        "(author_address = $4 AND agent <> '')) AND (rule <> 'refused' OR $5 = 0) ORDER BY id LIMIT 1",
        {mail.message_id, mail.reply, mail.text, mail.author, std::int64_t{mail.vouched}}, take);
    return ticket;
  }
  if (mail.author.empty()) return ticket;
  constexpr std::chrono::hours near{1};
  tx.driver().run(
      "SELECT ticket FROM message WHERE author_address = $1 AND at >= $2 AND at <= $3 AND message_id IS NULL "
      "AND subject = $4 AND (reply = $5 OR (text = $6 AND text <> '')) AND channel = 'mail' AND "
      "(rule <> 'refused' OR $7 = 0) ORDER BY id LIMIT 1",
      {mail.author, desk::to_number(mail.received - near), desk::to_number(mail.received + near),
       mail.subject, mail.reply, mail.text, std::int64_t{mail.vouched}},
      take);
  return ticket;
}

bool has_mail(Tx& tx, std::string_view message_id) {
  bool found = false;
  tx.driver().run("SELECT 1 FROM message WHERE message_id = $1 LIMIT 1", {message_id},
                  [&](Row const&) { found = true; });
  return found;
}

int recent_mails(Tx& tx, std::string_view address, desk::Time now) {
  std::int64_t count = 0;
  tx.driver().run("SELECT COUNT(*) FROM recent_mail WHERE author = $1 AND at >= $2",
                  {desk::normal(address), desk::to_number(now - mails_counted)},
                  [&](Row const& row) { count = row.integer(0); });
  return static_cast<int>(count);
}

}  // namespace spoc::store
