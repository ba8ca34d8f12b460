// SPDX-License-Identifier: GPL-3.0-or-later
// Whose mail is it? The rules of threading, over what is known, without looking anything up.
#pragma once

#include "desk/ticket.hpp"
#include "desk/token.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace spoc::desk {

/// In the order in which they are tried.
enum class Rule {
  token,           ///< 1: our signed token in a recipient, In-Reply-To or References
  reference,       ///< 2: a known Message-ID, from a participant
  body_token,      ///< 3: our signed token in the body
  subject_number,  ///< 4: a ticket number in the subject, from a participant
  sibling,         ///< 5: its References name a mail that another ticket's first mail also names
  same_subject,    ///< 6: reply prefix and the same base subject as a participant's open, recent ticket
  fresh,           ///< 7: a new ticket
};
std::string_view name(Rule rule);
std::optional<Rule> rule_named(std::string_view word);

/// A ticket that one rule points at.
struct Clue {
  Rule rule = Rule::fresh;
  TicketId ticket{};         ///< where merges lead to, already followed
  bool participant = false;  ///< the author takes part in it (always true for tokens); for siblings also
                             ///< where the ticket's requester is among the recipients
  std::string evidence;      ///< the id, token or subject that pointed there
};

/// What the rules need from a mail to look for clues.
struct Traits {
  std::vector<Token> tokens;  ///< from recipients, then In-Reply-To, then References right to left
  std::vector<Token> body_tokens;
  std::vector<std::string> ids;   ///< In-Reply-To, then References right to left; each once
  std::vector<TicketId> numbers;  ///< "[#42]" in the subject
  std::string thread_index;
  bool reply_prefix = false;  ///< "Re:" or quoted lines: it answers something
  std::string base_subject;
  std::vector<std::string> authors;     ///< normal() addresses that count as the author: From, Sender
  std::vector<std::string> recipients;  ///< normal() addresses in To and Cc
  std::string own_id;                   ///< its Message-ID: an answer to it may have come before it
};
Traits traits_of(Mail const& mail, Sign const& sign);

/// Subject without reply and forward prefixes, list tags and our own "[#42]", blanks folded, lower case in
/// ASCII.
struct BaseSubject {
  std::string text;
  bool reply_prefix = false;
};
BaseSubject base_subject(std::string_view subject);
/// "Fwd: ", "VS: ", "转发：": does a prefix say that a mail is passed on?
bool says_forward(std::string_view subject);

struct Match {
  Rule rule = Rule::fresh;
  std::optional<TicketId> ticket;    ///< nothing: a new one
  std::optional<TicketId> related;   ///< a rule pointed there, but the person does not take part
  std::vector<std::string> reasons;  ///< one line a rule: why it did or did not match
};

/// Clues may come in any order. Disabled rules are passed over.
Match pick(std::vector<Clue> const& clues, std::vector<std::string> const& disabled);

}  // namespace spoc::desk
