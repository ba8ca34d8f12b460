// SPDX-License-Identifier: GPL-3.0-or-later
// Ola's ticket with a second line behind its team, another ticket beside it and a message that could be split
// off.
#pragma once

#include "desk/rules.hpp"
#include "tests/desk/agent_room.hpp"

namespace spoc::desk::tests {

class LinesRoom : public AgentRoom {
 protected:
  LinesRoom() {
    desk.teams[0].next = "second line";
    desk.teams.push_back({"second line", {"kari"}, "2", ""});
    Ticket other = ticket_of_ola();
    other.id = TicketId{17};
    other.subject = "Printer again";
    other.requester_address = {"Eva Testmann", "eva@example.net"};
    known.others.emplace(17, other);
    Message message;
    message.id = MessageId{7};
    message.ticket = TicketId{42};
    message.author = {"Ola Testmann", "ola@example.net"};
    message.subject = "And the scanner";
    known.answered = message;
  }
  /// The ticket that a split has opened, after rules and its team's policy.
  Plan opened_by(Plan const& split) const {
    SplitOff const& off = *change<SplitOff>(split);
    Known apart = known;
    apart.ticket = off.fresh;
    apart.history = {*known.answered};
    apart.history[0].ticket = off.fresh.id;
    Arrival cause;
    cause.hash = "the-split";
    cause.what = Unreadable{};
    Plan plan = plan_split(off, cause, apart);
    apply_rules(plan, cause, apart);
    return plan;
  }
};

}  // namespace spoc::desk::tests
