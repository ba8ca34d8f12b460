// SPDX-License-Identifier: GPL-3.0-or-later
// /due and /remind: what an agent sets for later.
#include "desk/agent_work.hpp"
#include "desk/people.hpp"
#include "desk/phrase.hpp"
#include "desk/read_when.hpp"

namespace spoc::desk {
namespace {

/// Where only a day is said: a promise holds until the afternoon, a reminder comes in the morning.
constexpr int afternoon = 16 * 60, morning = 9 * 60;

std::optional<When> moment_in(AgentWork& work, std::string const& argument, int usual) {
  Zone const& zone = work.known.house->zone_of(work.agent().handle);
  auto when = read_when(argument, work.known.now, zone, usual);
  if (!when) {
    work.faults.push_back(
        phrase("\"{1}\" is no time: say 2h, 3d, 14:00, fri 14:00, tomorrow or 2026-12-01 14:00", {argument}));
  } else if (when->at <= work.known.now) {
    work.faults.push_back(phrase("{1} has passed already", {iso(when->at)}));
    when.reset();
  }
  return when;
}

}  // namespace

bool takes_back(std::string const& argument) {
  std::string const word = normal(argument);
  return word == "off" || word == "-" || word == "av" || word == "取消";
}

void promise(AgentWork& work, std::string const& argument) {
  if (takes_back(argument)) {
    work.ticket.promise.reset();
    work.plan.changes.emplace_back(SetPromise{});
    work.plan.trail.push_back(trail(work, "promised", "nothing any more"));
    work.done.push_back(phrase("nothing is promised any more"));
    return;
  }
  auto const when = moment_in(work, argument, afternoon);
  if (!when) return;
  if (!when->rest.empty()) {
    work.faults.push_back(
        phrase("/{1} takes nothing behind the time, but \"{2}\" stands there", {"due", when->rest}));
    return;
  }
  work.ticket.promise = Promise{when->at, work.known.now};
  work.plan.changes.emplace_back(SetPromise{work.ticket.promise});
  work.plan.trail.push_back(trail(work, "promised", iso(when->at)));
  work.done.push_back(phrase("promised: due {1}", {iso(when->at)}));
}

void remind(AgentWork& work, std::string const& argument) {
  auto const when = moment_in(work, argument, morning);
  if (!when) return;
  work.plan.changes.emplace_back(
      AddReminder{{ReminderId{}, work.ticket.id, work.agent().handle, when->at, when->rest}});
  work.plan.trail.push_back(trail(work, "reminder", iso(when->at) + " " + when->rest));
  work.done.push_back(phrase("you are reminded at {1}", {iso(when->at)}));
}

}  // namespace spoc::desk
