// SPDX-License-Identifier: GPL-3.0-or-later
// The heart: from an arrival and what is known to a Plan, a value that says what shall be written.
#pragma once

#include "desk/article.hpp"
#include "desk/letter.hpp"
#include "desk/sla.hpp"
#include "desk/thread.hpp"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace spoc::desk {

struct SetStatus {
  Status status;
  bool operator==(SetStatus const&) const = default;
};
struct SetAssignee {
  std::string handle;
  bool operator==(SetAssignee const&) const = default;
};
struct SetPriority {
  Priority priority;
  bool operator==(SetPriority const&) const = default;
};
struct AddTag {
  std::string tag;
  bool operator==(AddTag const&) const = default;
};
struct RemoveTag {
  std::string tag;
  bool operator==(RemoveTag const&) const = default;
};
struct AddParticipant {
  Address address;
  bool operator==(AddParticipant const&) const = default;
};
struct SetContactLanguage {
  std::string language;
  bool operator==(SetContactLanguage const&) const = default;
};
/// The address does not take mail: letters to it are held back from now on.
struct MarkDead {
  std::string address, reason;
  bool operator==(MarkDead const&) const = default;
};
/// What a bounce says about one of our letters (found by its Message-ID).
struct LetterFailed {
  std::string message_id, reason;
  bool operator==(LetterFailed const&) const = default;
};
/// Stops letters that are still waiting: the agent said /cancel.
struct CancelLetters {
  std::string agent;
  bool operator==(CancelLetters const&) const = default;
};
/// The articles that /use N means from now on for this ticket.
struct Offered {
  std::vector<Suggestion> articles;
  bool operator==(Offered const&) const = default;
};
/// The visitor of a chat said who they are.
struct SetRequester {
  Address address;
  bool operator==(SetRequester const&) const = default;
};

using Change = std::variant<SetStatus, SetAssignee, SetPriority, AddTag, RemoveTag, AddParticipant,
                            SetContactLanguage, MarkDead, LetterFailed, CancelLetters, Offered, SetRequester>;

/// Everything that one arrival, command or tick makes happen; apply() writes all of it or none.
struct Plan {
  TicketId ticket{};              ///< known beforehand, new ones too
  std::optional<Ticket> open;     ///< set: the ticket is new and looks like this
  std::vector<Message> messages;  ///< to be added; their ids are given by apply()
  std::vector<Change> changes;
  std::vector<Letter>
      letters;  ///< about: index into messages + 1 stands for a message of this plan, see about_new()
  std::vector<Trail> trail;
  bool duplicate = false;                 ///< nothing to do: it is already there
  std::string alarm;                      ///< the operator should know, in one line; "" for nothing
  std::optional<std::string> quarantine;  ///< reason: the raw mail also goes to quarantine
  std::optional<Level> level;             ///< of a tick: what the service level stands at now
};

/// A Letter::about that means "the message that this plan adds": apply() puts the real id there.
inline constexpr MessageId about_new{-1};

/// Who wrote, as far as the desk can tell.
struct Author {
  Address address;
  Agent const* agent = nullptr;  ///< From is an agent's address
};

/// A public answer by a colleague, for the collision hold.
struct Answered {
  std::string agent;
  Time at{};
};

/// What the desk knows when an arrival is judged; looked up by the front desk, in one transaction.
struct Known {
  Time now{};
  House const* house = nullptr;
  Sign sign;
  Match match;
  TicketId next_ticket{};        ///< the number for a new ticket
  std::optional<Ticket> ticket;  ///< the matched one
  Contact contact;               ///< the author's
  Author author;
  std::optional<Token> token;           ///< the one that matched, if one did
  std::vector<std::string> thread_ids;  ///< Message-IDs of this ticket, newest last
  std::vector<Suggestion> offered;      ///< what /use N means
  std::vector<Article> articles;        ///< those of /use, loaded, by N - 1; empty id where missing
  std::optional<Answered> colleague;    ///< the newest public answer by another agent
  std::optional<Time> answering;        ///< when the mail being answered was made, if we know it
  int automatic_sent = 0;               ///< automatic letters to the author's address within the last hour
  bool dead_address = false;            ///< the requester's address is not written to
  std::optional<Letter> bounced;        ///< the letter that a bounce speaks of
  std::vector<Message> history;         ///< for /status: the last few, oldest first
  int waiting_answers = 0;              ///< answers of this agent that have not left yet: what /cancel stops
  bool visitor_present = false;         ///< the ticket's chat visitor has the widget open now
  bool told = false;                    ///< agents have heard of this chat before
  std::vector<Due> dues;                ///< for /status: how the service level's targets stand
};

/// A mail from a requester, a third person or a machine.
Plan plan_arrival(Arrival const& arrival, Known const& known);
/// A mail that says it comes from an agent (see desk/trust.hpp): acted on, or refused with the reason.
Plan plan_agent_mail(Arrival const& arrival, Known const& known);
/// A line from the widget. Agents hear of it after the gathering pause.
Plan plan_chat(Arrival const& arrival, Known const& known);
/// Chat lines that have waited for the gathering pause: one letter to the agents. known.ticket is theirs.
Plan plan_gathered(std::vector<Message> const& lines, Known const& known);
/// The postman gave a letter up or was refused: tell the agents where it was for the requester. `permanent`:
/// the address itself is bad. known.ticket is the letter's.
Plan plan_undelivered(Letter const& letter, std::string const& words, bool permanent, Known const& known);

/// What happened, told after commit to whoever is listening.
struct News {
  TicketId ticket{};
  bool opened = false;
  bool duplicate = false;
  bool quarantined = false;
  std::string rule;               ///< the threading rule's name
  std::vector<Message> messages;  ///< with their ids
  std::size_t letters = 0;        ///< queued
  std::string session;            ///< the ticket's chat session, "" for none
  std::string summary;            ///< one line for the log
};

}  // namespace spoc::desk
