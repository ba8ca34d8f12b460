// SPDX-License-Identifier: GPL-3.0-or-later
// A letter that the desk has decided to write. It is a value; templates/ gives it words, the postman sends
// it.
#pragma once

#include "desk/ticket.hpp"

#include <optional>
#include <string>
#include <vector>

namespace spoc::desk {

enum class LetterKind {
  acknowledgement,  ///< to a requester: we have it, number, perhaps articles
  answer,           ///< to a requester: an agent's words
  resolved,         ///< to a requester: resolved, tell us if not
  closed,           ///< to a requester: closed
  too_large,        ///< to a requester: of your mail only the beginning was taken
  transcript,       ///< to a requester: the chat so far, as they asked
  proof,            ///< to an address that a visitor gave: the word that proves it
  opened,           ///< to an agent: a new ticket
  wrote,            ///< to an agent: the requester wrote again
  noted,            ///< to an agent: a colleague left a note
  assigned,         ///< to an agent: it is yours now
  receipt,          ///< to an agent: what your command mail did
  refusal,          ///< to an agent: nothing was sent, why, and your text
  undelivered,      ///< to an agent: an answer did not reach the requester
  asked,            ///< to a third party: an agent's question, in a side conversation
  replied,          ///< to an agent: the third party's answer
  happened,        ///< to an agent: what became of a ticket of theirs (merged, split, solved by another line)
  progress,        ///< to a requester: where it stands, nobody has forgotten it
  warning,         ///< to an agent: a service level is near or missed
  reminder,        ///< to an agent: something is to be done now
  rule,            ///< to a requester: a sentence that a rule of the house has for them
  digest,          ///< to an agent: their queue as a numbered list
  digest_receipt,  ///< to an agent: what their answer to such a list did, number by number
  feedback,        ///< to the keeper of an article: what its readers say
};
std::string_view name(LetterKind kind);
std::optional<LetterKind> letter_kind_named(std::string_view word);

/// True for letters that no person wrote: they carry Auto-Submitted and count against the budget.
bool is_automatic(LetterKind kind);

enum class LetterState {
  queued,
  sent,
  refused,
  given_up,
  cancelled,
  unread,  ///< words that stand in a chat: queued at its due moment, cancelled once the visitor has seen them
};
std::string_view name(LetterState state);
std::optional<LetterState> letter_state_named(std::string_view word);

/// Another page, a reload or a hole in the network is no leaving: so long a visitor may be away.
inline constexpr Duration coming_back = std::chrono::minutes{2};

struct Letter {
  LetterId id{};
  LetterKind kind = LetterKind::acknowledgement;
  TicketId ticket{};
  Address to;                           ///< one letter, one recipient: tokens differ
  std::string agent;                    ///< handle if the recipient is an agent
  std::string author;                   ///< the agent whose doing it is: /cancel and /undo stop their own
  std::string language;                 ///< spoken()
  std::string message_id;               ///< minted from the cause: a letter that is sent twice keeps it
  std::vector<std::string> references;  ///< newest last; the last is In-Reply-To
  std::string token;                    ///< goes into Reply-To and the body
  std::optional<MessageId> about;       ///< the message that it carries or announces
  std::string text;                     ///< answer words, refused text, reason; by kind
  std::vector<std::string> lines;       ///< receipt: what was done; refusal: why
  std::vector<Suggestion> articles;     ///< offered in it, in order
  Time made{}, due{};
  std::optional<MessageId> seen{};  ///< the newest message when it was made; apply() puts it there
  // The outbox's part:
  LetterState state = LetterState::queued;
  int attempts = 0;
  std::string outcome;  ///< the server's last words
};

}  // namespace spoc::desk
