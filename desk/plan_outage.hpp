// SPDX-License-Identifier: GPL-3.0-or-later
// What a known outage makes happen to the tickets that belong to it.
#pragma once

#include "desk/announcement.hpp"
#include "desk/desk_line.hpp"
#include "desk/plan.hpp"

#include <optional>
#include <vector>

namespace spoc::desk {

/// Message::rule of what the desk itself says of an outage in a chat: that is no agent's answer.
inline constexpr std::string_view outage_rule = desk_rule;

/// The announced outage to which the new ticket of a plan belongs; nullptr for none.
Announcement const* outage_of(Plan const& plan, std::vector<Announcement> const& announced,
                              Known const& known);

/// The new ticket belongs to it, and is related to the one that was announced. Its acknowledgement, if one
/// may be written, says what is known instead of offering articles; a visitor reads it in the chat, and by
/// mail where they don't look there. `heard`:
/// the ticket by which the same person has read it already: this one is acknowledged as any other. The
/// requester of one that /split has opened, known.ticket, gets a letter as those of open tickets do.
void join_outage(Plan& plan, Announcement const& issue, std::optional<TicketId> heard, Known const& known);

/// How far back open tickets are looked at when an outage is announced, the newest first, and how many of
/// them.
inline constexpr Duration outage_reach = std::chrono::hours{24};
inline constexpr std::size_t outage_most = 500;

/// When the open tickets of before are held against it. What an agent announced waits as long as their answer
/// would: a mistake can be taken back before many have read it.
Time joins_at(Announcement const& announcement, House const& house);

/// An open ticket of before the announcement, known.ticket, is found to belong to it: its requester reads
/// what is known, once and within the budget of automatic letters, by mail or in the chat. `answered`: an
/// agent has answered it already, so the ticket is joined and nobody is written to; they hear of the end.
/// `heard`: the ticket by which the same person has read it.
Plan plan_joins_outage(Announcement const& issue, std::optional<TicketId> heard, bool answered,
                       Known const& known);

/// The outage to which known.ticket belongs is over: its requester is told, once and within the budget of
/// automatic letters, by mail or in the chat. A ticket that nobody has worked on is resolved, if they could
/// be told; else it stays open with a note. `heard`: the ticket by which they were told of the end already.
Plan plan_outage_over(Announcement const& announcement, std::optional<TicketId> heard, Known const& known);

}  // namespace spoc::desk
