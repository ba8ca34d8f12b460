// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of a plan for a mail that comes in, shared by arrivals, bounces and forwards.
#pragma once

#include "desk/plan.hpp"
#include "desk/scribe.hpp"

#include <string>

namespace spoc::desk {

/// The mailbox in which it arrived; the first one for mails from nowhere.
Mailbox const& mailbox_of(Arrival const& arrival, House const& house);
Trail trail(Known const& known, Plan const& plan, std::string by, std::string what, std::string detail);
/// The message that keeps the mail, dangerous attachments marked.
Message message_of(Arrival const& arrival, Mail const& mail, Known const& known);
/// The best of what was looked up for a new matter: what it is offered with.
std::vector<Suggestion> best_of(std::vector<Suggestion> found);
/// How matters like this one ended before: for agents alone.
std::vector<std::string> similar_lines(Known const& known);
/// `lines`: what the notice says besides.
void tell_crew(Plan& plan, LetterKind kind, Scribe const& scribe, std::vector<Suggestion> const& offered,
               std::vector<std::string> const& lines = {});

/// A new ticket for the mail, with acknowledgement and notices as far as they may be written.
Plan open_ticket(Arrival const& arrival, Mail const& mail, Known const& known);
/// One more message for known.ticket.
Plan follow_up(Arrival const& arrival, Mail const& mail, Known const& known);

/// A delivery report about known.bounced.
Plan plan_bounce(Arrival const& arrival, Mail const& mail, Known const& known);
/// A requester's mail that an agent passed on: the requester's matter, with the agent's words as a note.
Plan plan_forward(Arrival const& arrival, Mail const& mail, Known const& known);
/// An agent passed something on that does not say whose it is: the agent's ticket, and how to change that.
void ask_whose(Plan& plan, Arrival const& arrival, Known const& known);

}  // namespace spoc::desk
