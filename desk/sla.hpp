// SPDX-License-Identifier: GPL-3.0-or-later
// The clock of a service level: a sum of open time over the statuses in which it runs. Pausing, reopening and
// a changed priority need no special case: everything is reckoned anew from the ticket's whole course.
#pragma once

#include "desk/policy.hpp"
#include "desk/ticket.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace spoc::desk {

struct House;
struct Calendar;

/// From then on the ticket had that status.
struct StatusSpan {
  Time from{};
  Status status = Status::fresh;
  std::optional<MessageId> seen{};  ///< the newest message then
  bool operator==(StatusSpan const&) const = default;
};

/// Somebody said something that the other side can read.
struct Exchange {
  MessageId id{};
  Time at{};
  bool answer = false;    ///< by an agent
  bool courtesy = false;  ///< "thanks": awaits no answer
  bool operator==(Exchange const&) const = default;
};

/// Somebody outside was asked. Whether anybody still waits for them, the rest of the course says as well.
struct Question {
  Time asked{};
  std::optional<Time> ended;  ///< they answered, it came back, or an agent waits for it no more
  bool operator==(Question const&) const = default;
};

/// What happened to a ticket so far, oldest first; the last span is the present one.
struct Course {
  std::vector<StatusSpan> spans;
  std::vector<Exchange> exchanges;
  std::vector<Question> questions{};
  std::optional<Time> end_told{};  ///< when the requester was last written to that it is over
};

enum class Target { first_response, next_response, resolution };
std::string_view name(Target target);

enum class Standing {
  ok,
  warned,    ///< so near that somebody should hear of it
  breached,  ///< too late, whether it has come meanwhile or not
  met,
  paused,  ///< the clock stands
};
std::string_view name(Standing standing);

/// How one target stands at a moment.
struct Due {
  Target target = Target::first_response;
  Standing standing = Standing::ok;
  Duration allowed{}, used{};
  std::optional<Time> due;   ///< when the time is or was used up; nothing while the clock stands before that
  std::optional<Time> warn;  ///< when the warning is due; nothing where `due` is
  MessageId anchor{};        ///< next_response: the message that awaits it
  bool over = false;         ///< decided: answered or resolved
  bool by_hand = false;      ///< resolution: an agent said when
  bool operator==(Due const&) const = default;
};

/// What the store keeps of a ticket's service level between two looks.
struct LevelState {
  std::optional<Time> next;       ///< when to look again; nothing: when it changes
  std::optional<Time> due;        ///< of the target that comes first
  std::string standing;           ///< the worst of its targets, name(); "" where nothing is promised
  std::vector<std::string> told;  ///< what people have been told already
  std::optional<Time> informed;   ///< the requester's last progress letter
  bool operator==(LevelState const&) const = default;
};

/// Nobody has said a word in it, a machine alone: a vacation note or a bounce that belonged nowhere. It is
/// promised nothing, and wakes nobody.
bool is_of_machines_alone(Ticket const& ticket, Course const& course);
/// The policy that holds for a ticket as it is now; nullptr where none does.
Policy const* policy_for(House const& house, Ticket const& ticket);
/// The targets that were promised and have begun, in the order of Target.
std::vector<Due> dues(Policy const& policy, Calendar const& calendar, Course const& course, Time now);
/// The same for a ticket of the house. A promise made by hand takes the place of the policy's resolution;
/// without either it is empty.
std::vector<Due> dues(House const& house, Ticket const& ticket, Course const& course, Time now);

/// A sentence about a running target with its moment in it, as a phrase; "" for one that is over.
std::string due_phrase(Due const& due);

}  // namespace spoc::desk
