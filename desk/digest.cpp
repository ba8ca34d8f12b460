// SPDX-License-Identifier: GPL-3.0-or-later
// When an agent's list is due, and what stands in it.
#include "desk/digest.hpp"

#include "desk/blanks.hpp"

#include <algorithm>
#include <tuple>

namespace spoc::desk {
namespace {

/// Later than this a morning's list is of no use; the next one comes.
constexpr Duration longest_late = std::chrono::hours{6};
/// So many fit into a mail that is read at a glance.
constexpr std::size_t most_items = 60;

std::vector<Team const*> teams_with_hours(House const& house, Agent const& agent) {
  std::vector<Team const*> out;
  for (Team const& one : house.teams)
    if (!one.hours.empty() &&
        std::find(one.members.begin(), one.members.end(), agent.handle) != one.members.end())
      out.push_back(&one);
  return out;
}

Zone const& zone_for(House const& house, Agent const& agent) {
  auto const teams = teams_with_hours(house, agent);
  bool const own = !agent.time_zone.empty() || teams.empty();
  return own ? house.zone_of(agent.handle) : house.calendar(teams.front()->hours).zone;
}

/// Does any of the agent's teams work on that day?
bool is_work_day(House const& house, Agent const& agent, Time begin, Time end) {
  auto const teams = teams_with_hours(house, agent);
  return teams.empty() || std::any_of(teams.begin(), teams.end(), [&](Team const* one) {
           return house.calendar(one->hours).between(begin, end) > Duration{};
         });
}

/// The target that comes first; one whose clock stands where no other is left.
Due const* first_due(std::vector<Due> const& dues) {
  Due const* out = nullptr;
  for (Due const& one : dues) {
    if (one.over) continue;
    bool const sooner = out == nullptr || (one.due && (!out->due || *one.due < *out->due));
    if (sooner) out = &one;
  }
  return out;
}

/// Overdue, then due, then the rest; by moment, priority and number.
auto rank(Queued const& one) {
  Due const* due = first_due(one.dues);
  bool const overdue = due != nullptr && due->standing == Standing::breached;
  Time const moment = due != nullptr && due->due ? *due->due : Time::max();
  return std::tuple{!overdue, moment, one.ticket.priority, one.ticket.id};
}

DigestItem item_of(Queued const& one) {
  Ticket const& ticket = one.ticket;
  Due const* due = first_due(one.dues);
  return {ticket.id,
          ticket.subject,
          ticket.requester_address,
          ticket.priority,
          ticket.status,
          ticket.assignee,
          ticket.team,
          due == nullptr ? "" : due_phrase(*due)};
}

}  // namespace

Result<DigestTimes> read_digest_times(std::string_view text) {
  DigestTimes out{};
  std::string const words{trim(text)};
  if (words.empty() || normal(words) == "off") return out;
  bool const days_said = words.front() < '0' || words.front() > '9';
  // Calendars know days and hours already: open from that time on.
  auto const week = read_hours({(days_said ? "" : "Mon-Fri ") + words + "-24:00"});
  if (!week)
    return Error{Kind::unreadable,
                 "\"" + words + "\" is no time of the day like \"07:30\", \"Mon-Sat 07:30\""};
  for (std::size_t day = 0; day < out.size(); ++day)
    if (!(*week)[day].empty()) out[day] = (*week)[day].front().from;
  return out;
}

DigestTurn digest_turn(House const& house, Agent const& agent, Time now,
                       std::function<bool(std::string const& day)> const& had) {
  constexpr int days_ahead = 14;
  DigestTurn out;
  auto const times = read_digest_times(agent.digest.empty() ? house.digest : agent.digest);
  if (!times || std::none_of(times->begin(), times->end(), [](auto const& one) { return one.has_value(); }))
    return out;
  Zone const& zone = zone_for(house, agent);
  auto const today = std::chrono::floor<std::chrono::days>(zone.local(now));
  for (int ahead = -1; ahead <= days_ahead; ++ahead) {
    auto const day = today + std::chrono::days{ahead};
    auto const minute = times->at(std::chrono::weekday{day}.c_encoding());
    Time const begin = zone.first(Local{day}), end = zone.first(Local{day + std::chrono::days{1}});
    if (!minute || !is_work_day(house, agent, begin, end)) continue;
    Time const at = zone.first(Local{day} + std::chrono::minutes{*minute});
    if (at > now) {
      out.next = at;
      return out;
    }
    std::string const name = day_in(zone, at);
    if (now - at < longest_late && !had(name)) out.day = name;
  }
  out.next = now + std::chrono::days{1};
  return out;
}

bool is_free_for(Agent const& agent, Queued const& one, Known const& known) {
  constexpr Duration next_list = std::chrono::hours{24};
  Ticket const& ticket = one.ticket;
  auto const members = known.house->members(ticket.team);
  if (std::find(members.begin(), members.end(), &agent) == members.end()) return false;
  if (ticket.assignee.empty()) return true;
  if (ticket.assignee == agent.handle || !is_absent(known.presences, ticket.assignee, known.now))
    return false;
  Due const* due = first_due(one.dues);
  return due != nullptr && due->due && *due->due <= known.now + next_list;
}

Digest make_digest(Agent const& agent, std::string day, std::vector<Queued> queue, Time now) {
  auto const order = [&](Queued const& one) {
    return std::tuple_cat(std::tuple{one.ticket.assignee != agent.handle}, rank(one));
  };
  std::stable_sort(queue.begin(), queue.end(),
                   [&](Queued const& a, Queued const& b) { return order(a) < order(b); });
  Digest out;
  out.agent = agent.handle;
  out.day = std::move(day);
  out.made = now;
  for (Queued const& one : queue) {
    if (out.items.size() < most_items)
      out.items.push_back(item_of(one));
    else
      ++out.left_out;
  }
  if (!queue.empty()) out.mailbox = queue.front().ticket.mailbox;
  return out;
}

}  // namespace spoc::desk
