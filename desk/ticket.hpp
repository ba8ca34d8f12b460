// SPDX-License-Identifier: GPL-3.0-or-later
// The ticket, its messages, and the words for their states.
#pragma once

#include "desk/arrival.hpp"
#include "desk/checks.hpp"
#include "desk/promise.hpp"

#include <optional>
#include <string>
#include <vector>

namespace spoc::desk {

enum class Status {
  fresh,     ///< "new": nobody has answered yet
  open,      ///< somebody works on it
  waiting,   ///< for the requester
  resolved,  ///< answered; the requester may say otherwise
  closed,
};
std::string_view name(Status status);  ///< "new", "open", "waiting", "resolved", "closed"
std::optional<Status> status_named(std::string_view word);
/// Resolved or closed.
bool finished(Status status);

enum class Channel { mail, chat, phone };
std::string_view name(Channel channel);
std::optional<Channel> channel_named(std::string_view word);

struct Ticket {
  TicketId id{};
  std::string subject;
  Status status = Status::fresh;
  Priority priority = Priority::p3;
  TicketKind kind = TicketKind::incident;
  Level impact = Level::medium, urgency = Level::medium;
  Channel channel = Channel::mail;
  std::string mailbox;  ///< Mailbox::name whose address its letters come from
  std::string team;
  std::vector<std::string> other_teams;  ///< it was written to their addresses as well
  std::string assignee;                  ///< Agent::handle, "" for nobody
  std::vector<std::string> invited;      ///< handles of agents who work on it as well
  ContactId requester{};
  Address requester_address;  ///< where answers go
  std::string language;       ///< in which the requester is written to
  std::vector<std::string> tags;
  std::vector<Address> participants;  ///< requester included; whoever wrote or was copied
  std::vector<Address> copies;        ///< those of them who get a copy of each answer
  std::string first_team;             ///< set while it is with another line: who owns it
  std::string first_agent;            ///< their agent who passed it on
  std::optional<TicketId> related;    ///< "possibly related", or the closed one that this continues
  std::string rule;                   ///< the threading rule that opened it
  std::string session;                ///< chat session secret, "" for mail
  Time opened{}, changed{};
  std::optional<Time> closed;     ///< when it was last resolved or closed
  std::optional<Time> passed_on;  ///< when it first went to another line
  std::string category;           ///< Category::path, "" for none
  std::optional<Promise> promise;
  std::string organisation{};  ///< the requester's, as their contact says now; read, never written
};

/// Kind, impact, urgency and priority of a new ticket, as its mailbox and its requester's rank have them.
void classify(Ticket& ticket, Mailbox const& mailbox, House const& house, bool vip);

enum class MessageKind {
  inbound,    ///< from the requester or another participant
  outbound,   ///< an agent's public answer
  note,       ///< agents only
  automatic,  ///< an auto-reply or bounce, filed
};
std::string_view name(MessageKind kind);
std::optional<MessageKind> message_kind_named(std::string_view word);

/// Has it been said? What an agent writes to somebody outside can be taken back for a while.
enum class MessageState {
  said,
  waiting,    ///< its letter is in the undo delay: agents see it, nobody outside does
  withdrawn,  ///< it never left: agents see it, and it counts as no answer
};
std::string_view name(MessageState state);
std::optional<MessageState> message_state_named(std::string_view word);

struct Message {
  MessageId id{};
  TicketId ticket{};
  MessageKind kind = MessageKind::inbound;
  MessageState state = MessageState::said;
  Channel channel = Channel::mail;
  Address author;
  std::string agent;  ///< handle if an agent wrote it, else ""
  std::string subject;
  std::string text;           ///< everything
  std::string reply;          ///< what is shown
  std::string html;           ///< sanitised, may be empty
  std::string message_id;     ///< RFC 5322, without angle brackets; "" for chat
  std::string raw_hash;       ///< the blob with the raw mail; "" for chat
  std::string rule;           ///< which threading rule put it here
  std::string ref;            ///< chat: the client's id of the line
  std::int64_t sequence = 0;  ///< chat: 1, 2, 3... within the session, both directions; 0 for mail
  Time at{};
  std::vector<Attachment> attachments;  ///< content is loaded only where asked for
  Checks checks;                        ///< of its origin, for mails
};

/// May the requester read it?
bool is_public(Message const& message);

/// One line of the audit trail.
struct Trail {
  TicketId ticket{};
  Time at{};
  std::string who;   ///< "agent:kari", "requester:a@example.org", "desk", "operator"
  std::string what;  ///< "opened", "status", "assigned", "answered", "refused", ...
  std::string detail;
  bool operator==(Trail const&) const = default;
};

}  // namespace spoc::desk
