// SPDX-License-Identifier: GPL-3.0-or-later
// The mails that orders would have been: an agent's commands and words, and a requester's new matter.
#pragma once

#include "desk/arrival.hpp"
#include "desk/ticket.hpp"
#include "desk/token.hpp"

#include <string>
#include <vector>

namespace spoc::daemon {

/// What an agent would have written above and below the line: each command as in a mail, "/close".
struct AgentWords {
  std::vector<std::string> commands;
  std::string words;
  std::vector<desk::Attachment> files{};
};

/// Why these words can't be what they are meant for; "" where they can: a command is one line that begins
/// with "/", and words that begin so would be read as one. Names the field of the API and the remedy.
std::string fault_of(AgentWords const& said);

/// A mail of the agent's, to those addresses and the mailbox's own. Whoever gives such an order has shown
/// elsewhere that they may: the mail is vouched for as the desk's own mail server would.
desk::Arrival agent_mail(desk::House const& house, desk::Mailbox const& box, desk::Agent const& agent,
                         std::vector<desk::Address> to, std::string subject, AgentWords const& said,
                         desk::Time now);
/// The agent's answer to the ticket's notice.
desk::Arrival agent_order(desk::House const& house, desk::Sign const& sign, desk::Ticket const& ticket,
                          desk::Agent const& agent, AgentWords const& said, desk::Time now);

/// A new matter in somebody's name, as if they had mailed it to that mailbox.
struct NewMatter {
  desk::Address requester;
  std::string mailbox, subject, text;
  std::string language;
  std::vector<desk::Attachment> files{};
};
desk::Arrival requester_order(desk::House const& house, NewMatter const& matter, desk::Time now);

}  // namespace spoc::daemon
