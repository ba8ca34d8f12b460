// SPDX-License-Identifier: GPL-3.0-or-later
// An agent's queue as a numbered list, mailed once a day; the numbers keep their meaning for the answer.
#pragma once

#include "desk/commands.hpp"
#include "desk/plan.hpp"
#include "desk/trust.hpp"

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace spoc::desk {

/// One number of the list: the ticket as it was when the list was made.
struct DigestItem {
  TicketId ticket{};
  std::string subject;
  Address requester;
  Priority priority = Priority::p3;
  Status status = Status::fresh;
  std::string assignee, team;
  std::string due;  ///< due_phrase() of the target that comes first; "" where nothing is promised
  bool operator==(DigestItem const&) const = default;
};

struct Digest {
  DigestId id{};
  std::string agent;    ///< handle
  std::string day;      ///< "2026-11-26" by the agent's clock: one list a day
  std::string mailbox;  ///< Mailbox::name that it comes from
  Time made{};
  std::vector<DigestItem> items;    ///< number 1 first: the agent's own, then what they may take
  int left_out = 0;                 ///< tickets for which there was no room
  std::optional<MessageId> seen{};  ///< the newest message when it was made; keep_digest() puts it there
  bool operator==(Digest const&) const = default;
};

// ---- when ----------------------------------------------------------------------------------------

/// Minute of the day on each weekday, Sunday first; nothing: no list on that day.
using DigestTimes = std::array<std::optional<int>, 7>;
/// "07:30" (Monday to Friday), "Mon-Sat 07:30", "off" (no day at all). An Error says what is wrong.
Result<DigestTimes> read_digest_times(std::string_view text);

/// Whether an agent's list is to be written now, and when to look again.
struct DigestTurn {
  std::string day;  ///< "" or the day whose list is to be written now
  std::optional<Time> next;
};
/// `had`: was that day's list written, or found empty? By the agent's clock, else that of their team's
/// calendar, else the desk's; not on days on which no calendar of their teams is open, nor hours after its
/// time.
DigestTurn digest_turn(House const& house, Agent const& agent, Time now,
                       std::function<bool(std::string const& day)> const& had);

// ---- what ----------------------------------------------------------------------------------------

/// A ticket of the queue with its targets.
struct Queued {
  Ticket ticket;
  std::vector<Due> dues;
};
/// May the agent take it? They are in its team, and nobody has it; or whoever has it is out or away, and it
/// is overdue or due within a day.
bool is_free_for(Agent const& agent, Queued const& one, Known const& known);
/// Own tickets first, then what nobody has, then what colleagues have who are not here; in each the overdue
/// first, then by due time and priority. No items where there is nothing to do.
Digest make_digest(Agent const& agent, std::string day, std::vector<Queued> queue, Time now);
/// The letter; its Message-ID and its token are made from digest.id.
Plan plan_digest(Digest const& digest, Known const& known);

// ---- its answer ----------------------------------------------------------------------------------

/// What is asked for one number.
struct DigestOrder {
  std::size_t number = 0;  ///< from 1
  CommandBlock block;
  bool operator==(DigestOrder const&) const = default;
};
struct DigestOrders {
  std::vector<DigestOrder> orders;  ///< in the order in which the numbers were first named
  std::string words;                ///< what stands below them: goes to nobody
  std::vector<std::string> faults;  ///< non-empty: nothing may be done
};
/// Reads "3 close, 5 mine, 7 /use 1", lines like it, "2-4 mine" and "2, 6 close".
DigestOrders read_orders(std::string_view reply, std::size_t count);

/// What the orders for one number make of its ticket.
struct DigestStep {
  Plan plan;                        ///< nothing but trail where there are faults
  std::vector<std::string> done;    ///< for the receipt
  std::vector<std::string> faults;  ///< why nothing was done for this number
};
/// `known` as for plan_agent_mail(), of item's ticket as it is now.
DigestStep plan_order(DigestOrder const& order, DigestItem const& item, Digest const& digest,
                      AgentClaim const& claim, Arrival const& arrival, Known const& known);
/// Their vacation note came back from the list: as from a notice, they are away. known.ticket is one of the
/// list's, known.own_tickets theirs.
Plan plan_absence(AgentClaim const& claim, Arrival const& arrival, Known const& known);
/// The arrival as the tickets of the list see it: no words, no files, no thread.
Arrival without_words(Arrival const& arrival);

/// Heads the receipt's lines of one number; `done`: not refused.
std::string order_heading(std::size_t number, DigestItem const& item, bool done);
/// What was done and what was refused, to the agent; `words` come along.
Plan plan_digest_receipt(Digest const& digest, AgentClaim const& claim, std::vector<std::string> const& lines,
                         std::string const& words, Arrival const& arrival, Known const& known);
/// Nothing was done: the reasons and the text, to whoever may see them; an alarm for a stranger's mail, which
/// goes to quarantine.
Plan refuse_orders(Digest const& digest, AgentClaim const& claim, std::vector<std::string> const& reasons,
                   Arrival const& arrival, Known const& known);

}  // namespace spoc::desk
