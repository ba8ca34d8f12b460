// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of apply(), in the order in which they run.
#pragma once

#include "desk/arrival.hpp"
#include "desk/plan.hpp"
#include "store/store.hpp"

#include <optional>
#include <string>
#include <vector>

namespace spoc::store {

/// The ticket row, its participants, and what its first mail refers to.
void open_ticket(Tx& tx, desk::Ticket const& ticket, desk::Arrival const* arrival, desk::Time now);
/// How siblings find each other: everything that a mail of the ticket answers.
void remember_references(Tx& tx, desk::TicketId ticket, desk::Mail const& mail);
void add_participant(Tx& tx, desk::TicketId ticket, desk::Address const& address);
/// The chat session of a ticket, "" for none.
std::string session_of(Tx& tx, desk::TicketId ticket);
/// Gives it id, ticket, and where it is shown in a chat its sequence number.
desk::Message add_message(Tx& tx, desk::TicketId ticket, std::string const& session, desk::Message message,
                          desk::Time now);
/// Messages whose letters were all cancelled while they waited: they were never said.
void withdraw_unsent(Tx& tx, desk::TicketId ticket);
void make_change(Tx& tx, desk::TicketId ticket, desk::Change const& change, desk::Time now);
/// Everything of `from` moves to the target, and its number and tokens lead there.
void merge_ticket(Tx& tx, desk::TicketId from, desk::MergeInto const& merge, desk::Time now);
/// Agents who work on a ticket besides its assignee.
void add_invited(Tx& tx, desk::TicketId ticket, std::vector<std::string> const& agents);
/// Other teams that hear of a ticket.
void add_teams(Tx& tx, desk::TicketId ticket, std::vector<std::string> const& teams);
void split_message(Tx& tx, desk::TicketId from, desk::SplitOff const& split, desk::Time now);
/// `added`: the messages of the same plan, for about_new and for whose words the letter carries.
void queue_letter(Tx& tx, desk::TicketId ticket, desk::Letter const& letter,
                  std::vector<desk::Message> const& added, desk::Time now);
void add_trail(Tx& tx, desk::TicketId ticket, desk::Trail const& trail, desk::Time now);
/// The name of the arrival's raw mail among the blobs: the digest of its bytes, "" if there are none.
std::string raw_name(desk::Arrival const& arrival);
/// Raw mail, ledger, quarantine.
void file_arrival(Tx& tx, desk::Plan const& plan, desk::Arrival const& arrival, desk::Time now);
void queue_index_job(Tx& tx, desk::TicketId ticket);
/// The ticket's course goes on with another status.
void note_status(Tx& tx, desk::TicketId ticket, desk::Status status, desk::Time now);
/// What a tick found, and that whatever touched the ticket asks for another look.
void file_level(Tx& tx, desk::TicketId ticket, std::optional<desk::LevelState> const& level, bool touched);

/// A moment that the plan left open is now.
inline desk::Time or_now(desk::Time time, desk::Time now) { return time == desk::Time{} ? now : time; }

}  // namespace spoc::store
