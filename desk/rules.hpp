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
  std::string author;   ///< normal() address of whoever wrote; where nobody did, who wrote last from outside
  std::string subject;  ///< of what was written, else the ticket's
  std::string words;    ///< these, the checks and the files are the author's
  Checks checks;
  bool files = false;
  bool vip = false;          ///< the requester is marked as one
  std::string site;          ///< that is known of the requester; "" for none
  std::string organisation;  ///< of the requester, as their contact has it
  std::string standing;      ///< the worst of the service level's targets; "" where nothing is promised
  Duration quiet{};          ///< since the last word or status
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

/// Adds to an arrival's plan what the rules make of it, with a line in the trail for each that fires; then
/// the team whose the ticket is gives it to one of its members, by its policy, if it is new or has come from
/// another team. Letters to people outside are written only where a machine may write to them. This is the
/// one place for it, whatever the channel: plans before it know a team, and no agent.
std::vector<Firing> apply_rules(Plan& plan, Arrival const& arrival, Known const& known);
/// The same for a look at known.ticket at known.now, after plan_tick() and pass_on_in_time(). A rule fires
/// once for each silence; the plan's level says when to look again.
std::vector<Firing> apply_rules_in_time(Plan& plan, Course const& course, Known const& known);

/// How each rule would fare with known.ticket as it stands, had known.newest just been written, whatever its
/// event; its time is what really has passed, and one of time alone that has fired in this silence (`had`)
/// does not again. The plan of it is thrown away.
std::vector<Firing> rehearse_rules(Course const& course, LevelState const& had, Known const& known);

/// "warned" of several targets, "breached" where one is.
std::string worst_standing(std::vector<Due> const& all);

/// Where rules that fire put their changes and letters. `cause` as for Scribe.
struct RuleWork {
  Plan& plan;
  RuleCase& what;
  Known const& known;
  std::string cause;
  bool inside = true;   ///< agents may be written to
  bool outside = true;  ///< so may the requester and others
};
/// One rule's changes of the ticket, and its note; says what was done.
std::vector<std::string> act(HouseRule const& rule, RuleWork& work);
/// What it writes, and its webhook's call, about the ticket as it left it; says what was done. Comes when it
/// is known who has the ticket.
std::vector<std::string> tell_of(HouseRule const& rule, RuleWork& work, Ticket ticket);
/// The notices of an arrival go to those whose it is now; where there are none, they are told that it is
/// theirs.
void redirect(RuleWork& work, Ticket const& before, std::string const& answers);
/// Whoever had it when the rules began and has nothing to do with it any more hears of that.
void tell_who_had_it(RuleWork& work, std::string const& handle);

}  // namespace spoc::desk
