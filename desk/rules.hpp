// SPDX-License-Identifier: GPL-3.0-or-later
// The rules of the house at work: in their order, each once for what happened; what they do begins no rule.
#pragma once

#include "desk/plan.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace spoc::desk {

enum class Event {
  opened,    ///< a new ticket
  wrote,     ///< the requester again
  answered,  ///< an agent's public words
  changed,   ///< status, assignee, team, priority, kind or category
  time,      ///< nothing at all, for so long
};
std::string_view name(Event event);
std::optional<Event> event_named(std::string_view word);

/// What rules look at.
struct RuleCase {
  std::vector<Event> events;
  Ticket ticket;        ///< as the rules before have left it
  std::string author;   ///< normal() address of whoever wrote; "" for nobody
  std::string subject;  ///< of what was written, else the ticket's
  std::string words;
  Checks checks;
  bool files = false;
  bool vip = false;      ///< the requester is marked as one
  std::string site;      ///< that is known of the requester; "" for none
  std::string standing;  ///< the worst of the service level's targets; "" where nothing is promised
  Duration quiet{};      ///< since the last word or status
  Time now{};
};

/// Which part of a rule does not hold, as it is called in the configuration: "when", "if.from"; "" where it
/// fires.
std::string why_not(HouseRule const& rule, RuleCase const& what, House const& house);

/// How one rule fared.
struct Firing {
  std::string rule;
  std::string why_not;            ///< "" where it fired
  std::vector<std::string> done;  ///< "tag vip", "assign kari"
  bool operator==(Firing const&) const = default;
};

/// Adds to an arrival's plan what the rules make of it, with a line in the trail for each that fires. Letters
/// to people outside are written only where a machine may write to them.
std::vector<Firing> apply_rules(Plan& plan, Arrival const& arrival, Known const& known);
/// The same for a look at known.ticket at known.now, after plan_tick(). A rule fires once for each silence;
/// the plan's level says when to look again.
std::vector<Firing> apply_rules_in_time(Plan& plan, Course const& course, Known const& known);

/// How each rule would fare with known.ticket as it stands, had `last` just been written, whatever its event;
/// its time is what really has passed. The plan of it is thrown away.
std::vector<Firing> rehearse_rules(Message const& last, Course const& course, Known const& known);

/// "warned" of several targets, "breached" where one is.
std::string worst_standing(std::vector<Due> const& all);

/// Makes the plan's letters and changes for one rule that fires; says what was done. `cause` as for Scribe.
struct RuleWork {
  Plan& plan;
  RuleCase& what;
  Known const& known;
  std::string cause;
  bool inside = true;   ///< agents may be written to
  bool outside = true;  ///< so may the requester and others
};
std::vector<std::string> act(HouseRule const& rule, RuleWork& work);
/// The notices of an arrival go to those whose it is now; where there are none, they are told that it is
/// theirs.
void redirect(RuleWork& work, Ticket const& before, std::string const& answers);

}  // namespace spoc::desk
