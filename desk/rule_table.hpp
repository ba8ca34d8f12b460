// SPDX-License-Identifier: GPL-3.0-or-later
// A rule of the house as configured: when something happens, if all of this holds, then do that.
#pragma once

#include "desk/time.hpp"

#include <string>
#include <vector>

namespace spoc::desk {

/// All of them must hold; an empty one holds always. Of a list one entry must fit, of `checks` each.
struct RuleConditions {
  std::vector<std::string> mailboxes, teams, kinds, priorities, statuses, tags, languages, channels;
  std::vector<std::string> categories;     ///< with all below them
  std::vector<std::string> sites;          ///< of the requester
  std::vector<std::string> from;           ///< normal() addresses or domains of whoever wrote
  std::vector<std::string> words;          ///< stand in the subject or in what was written
  std::vector<std::string> patterns;       ///< of the whole subject, with * and ?
  std::vector<std::string> checks;         ///< "dmarc=fail": what is known of the mail's origin
  std::vector<std::string> standings;      ///< of the service level
  std::string calendar;                    ///< whose hours `hours` means; "" is round the clock
  std::string hours;                       ///< "open" or "closed"
  std::string vip, files, assigned;        ///< "yes" or "no"
  std::vector<std::string> assignees;      ///< handles of who has it
  std::vector<std::string> organisations;  ///< of the requester, lower()
  bool operator==(RuleConditions const&) const = default;
};

/// What is not set is not done.
struct RuleActions {
  std::string assign, team, priority, kind, status, category;
  std::vector<std::string> tag, untag;
  std::string note;               ///< for agents
  std::string letter;             ///< a sentence for the requester
  std::vector<std::string> tell;  ///< "assignee", "team", or agents' handles
  std::string say;                ///< what they are told; "" for the rule's name
  std::string ask;                ///< somebody outside
  std::string question;           ///< what they are asked
  Duration follow_up{};           ///< the assignee is reminded after so long
  std::string webhook;            ///< name of the one that is called
  bool operator==(RuleActions const&) const = default;
};

struct HouseRule {
  std::string name;
  std::vector<std::string> when;  ///< "opened", "wrote", "answered", "changed", "time"
  Duration after{};               ///< "time": without a word or another status for so long
  RuleConditions wanted;
  RuleActions then;
  bool last = false;  ///< where it fires, later rules are not looked at
  bool operator==(HouseRule const&) const = default;
};

}  // namespace spoc::desk
