// SPDX-License-Identifier: GPL-3.0-or-later
// Makes letters for one ticket: tokens, Message-IDs, references, language and whom they go to.
#pragma once

#include "desk/plan.hpp"

#include <string>
#include <vector>

namespace spoc::desk {

class Scribe {
 public:
  /// `cause`: what made the letters necessary (an arrival's hash, a command's). The same cause gives the same
  /// Message-IDs.
  Scribe(Known const& known, Ticket const& ticket, std::string cause);

  Letter to_requester(LetterKind kind) const;
  /// To a person who gets copies: with a token of their own.
  Letter to_copy(LetterKind kind, Address const& person) const;
  /// To somebody outside whom an agent asks: nothing of the ticket's thread goes along but their own part.
  Letter to_third_party(LetterKind kind, Address const& person) const;
  /// `purpose`: what an answer to it becomes.
  Letter to_agent(LetterKind kind, Agent const& agent, Purpose purpose = Purpose::reply) const;
  /// To the crew, without `except`.
  std::vector<Letter> to_crew(LetterKind kind, Agent const* except = nullptr,
                              Purpose purpose = Purpose::reply) const;
  /// Adds the id of a mail that all letters of this scribe answer.
  void answers(std::string const& message_id);

 private:
  Letter letter(LetterKind kind, Address const& to, Role role, Purpose purpose) const;

  Known const& known_;
  Ticket const& ticket_;
  std::string cause_;
  std::vector<std::string> ids_;
};

/// The agents whom a ticket concerns: the assignee, else the members of its teams; these too while the
/// assignee is absent; and those who were invited.
std::vector<Agent const*> crew(Known const& known, Ticket const& ticket);

/// What somebody reads who had the ticket until now.
std::string not_theirs_any_more(Known const& known, Ticket const& ticket);

/// The newest of known.history that the requester wrote or can read: what a letter without cause of its own
/// shows.
std::optional<MessageId> newest_words(Known const& known);

}  // namespace spoc::desk
