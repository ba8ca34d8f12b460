// SPDX-License-Identifier: GPL-3.0-or-later
// The words for the states of tickets, messages and letters, as the store, JSON and commands spell them.
#include "desk/ticket.hpp"

#include "desk/letter.hpp"
#include "desk/words.hpp"

namespace spoc::desk {
namespace {

constexpr Words<MailKind, 5> mail_kinds{{{MailKind::personal, "personal"},
                                         {MailKind::auto_reply, "auto_reply"},
                                         {MailKind::bounce, "bounce"},
                                         {MailKind::list, "list"},
                                         {MailKind::loop, "loop"}}};
constexpr Words<Status, 5> statuses{{{Status::fresh, "new"},
                                     {Status::open, "open"},
                                     {Status::waiting, "waiting"},
                                     {Status::resolved, "resolved"},
                                     {Status::closed, "closed"}}};
constexpr Words<Channel, 3> channels{
    {{Channel::mail, "mail"}, {Channel::chat, "chat"}, {Channel::phone, "phone"}}};
constexpr Words<MessageKind, 4> message_kinds{{{MessageKind::inbound, "inbound"},
                                               {MessageKind::outbound, "outbound"},
                                               {MessageKind::note, "note"},
                                               {MessageKind::automatic, "automatic"}}};
constexpr Words<MessageState, 3> message_states{{{MessageState::said, "said"},
                                                 {MessageState::waiting, "waiting"},
                                                 {MessageState::withdrawn, "withdrawn"}}};
constexpr Words<LetterKind, 24> letter_kinds{{{LetterKind::acknowledgement, "acknowledgement"},
                                              {LetterKind::answer, "answer"},
                                              {LetterKind::resolved, "resolved"},
                                              {LetterKind::closed, "closed"},
                                              {LetterKind::too_large, "too_large"},
                                              {LetterKind::transcript, "transcript"},
                                              {LetterKind::proof, "proof"},
                                              {LetterKind::opened, "opened"},
                                              {LetterKind::wrote, "wrote"},
                                              {LetterKind::noted, "noted"},
                                              {LetterKind::assigned, "assigned"},
                                              {LetterKind::receipt, "receipt"},
                                              {LetterKind::refusal, "refusal"},
                                              {LetterKind::undelivered, "undelivered"},
                                              {LetterKind::asked, "asked"},
                                              {LetterKind::replied, "replied"},
                                              {LetterKind::happened, "happened"},
                                              {LetterKind::progress, "progress"},
                                              {LetterKind::warning, "warning"},
                                              {LetterKind::reminder, "reminder"},
                                              {LetterKind::rule, "rule"},
                                              {LetterKind::digest, "digest"},
                                              {LetterKind::digest_receipt, "digest_receipt"},
                                              {LetterKind::feedback, "feedback"}}};
constexpr Words<LetterState, 6> letter_states{{{LetterState::queued, "queued"},
                                               {LetterState::sent, "sent"},
                                               {LetterState::refused, "refused"},
                                               {LetterState::given_up, "given_up"},
                                               {LetterState::cancelled, "cancelled"},
                                               {LetterState::unread, "unread"}}};

}  // namespace

std::string_view name(MailKind kind) { return word_for(mail_kinds, kind); }
std::string_view name(Status status) { return word_for(statuses, status); }
std::optional<Status> status_named(std::string_view word) { return value_for(statuses, word); }
bool finished(Status status) { return status == Status::resolved || status == Status::closed; }
std::string_view name(Channel channel) { return word_for(channels, channel); }
std::optional<Channel> channel_named(std::string_view word) { return value_for(channels, word); }
std::string_view name(MessageKind kind) { return word_for(message_kinds, kind); }
std::optional<MessageKind> message_kind_named(std::string_view word) {
  return value_for(message_kinds, word);
}
std::string_view name(MessageState state) { return word_for(message_states, state); }
std::optional<MessageState> message_state_named(std::string_view word) {
  return value_for(message_states, word);
}
bool is_public(Message const& message) {
  bool const between = message.kind == MessageKind::inbound || message.kind == MessageKind::outbound;
  return between && message.state == MessageState::said;
}
std::string_view name(LetterKind kind) { return word_for(letter_kinds, kind); }
std::optional<LetterKind> letter_kind_named(std::string_view word) { return value_for(letter_kinds, word); }
std::string_view name(LetterState state) { return word_for(letter_states, state); }
std::optional<LetterState> letter_state_named(std::string_view word) {
  return value_for(letter_states, word);
}

void classify(Ticket& ticket, Mailbox const& mailbox, House const& house, bool vip) {
  ticket.kind = mailbox.kind;
  ticket.impact = mailbox.impact;
  ticket.urgency = vip ? house.vip_urgency : mailbox.urgency;
  ticket.priority = priority_of(house.matrix, ticket.impact, ticket.urgency);
}

bool is_automatic(LetterKind kind) { return kind != LetterKind::answer && kind != LetterKind::asked; }

}  // namespace spoc::desk
