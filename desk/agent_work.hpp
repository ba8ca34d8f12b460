// SPDX-License-Identifier: GPL-3.0-or-later
// The work on one agent's mail, shared by the planner and the commands.
#pragma once

#include "desk/commands.hpp"
#include "desk/plan.hpp"
#include "desk/trust.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace spoc::desk {

/// The work on one agent's mail: what was asked, what is being planned, what the receipt will say.
struct AgentWork {
  Arrival const& arrival;
  Mail const& mail;
  Known const& known;
  AgentClaim claim;
  CommandBlock block;
  Ticket ticket;  ///< as it will be
  Plan plan;
  std::vector<std::string> done;
  std::optional<std::size_t> article;  ///< of /use, counted from 0
  bool note = false;
  bool send_anyway = false;
  std::vector<std::string> faults;
  std::string third_party;  ///< whom /ask asks
  std::string question;
  std::string inside;                  ///< what /escalate says of it: a note, whatever else
  bool announced = false;              ///< the words are what is announced
  std::optional<std::string> draft{};  ///< the title of an article that is to be drafted
  bool confirmed = false;              ///< it was refused before, and its agent says that it is theirs

  Agent const& agent() const { return *claim.agent; }
  bool has(Verb verb) const {
    return std::any_of(block.commands.begin(), block.commands.end(),
                       [&](Command const& c) { return c.verb == verb; });
  }
};

/// A line of the audit trail in this agent's name.
Trail trail(AgentWork const& work, std::string what, std::string detail);
void set_assignee(AgentWork& work, std::string const& handle);
void set_team(AgentWork& work, Team const& team);
void set_status(AgentWork& work, Status status);
/// An agent by handle, address, full name or "me" in any of the languages; `wanted` is normal().
Agent const* agent_called(AgentWork const& work, std::string const& wanted);
/// One line, and words below it, to each of the ticket's crew but the author.
void tell(AgentWork& work, Ticket const& ticket, std::string const& line, std::string const& words);

/// The team and, by its policy, one of its members; the ticket's crew but the author is not told yet.
void give_to(AgentWork& work, Team const& team);
/// The same, and whoever has it then is told.
void hand_over(AgentWork& work, Team const& team);
/// Whoever had the ticket before this mail and has it no more hears of that.
void tell_former(AgentWork& work);

// agent_find.cpp
void find(AgentWork& work, std::string const& argument);
/// Where this agent writes to in order to go on in a ticket.
std::string reply_address(Known const& known, Ticket const& ticket, Agent const& agent);
// agent_presence.cpp
void come_in(AgentWork& work);
void go_out(AgentWork& work);
void go_away(AgentWork& work, std::string const& argument);
/// The agent's vacation note came back: they are away.
void notice_absence(AgentWork& work);
/// They write again after a vacation note.
void notice_return(AgentWork& work);
// agent_classes.cpp
void set_kind(AgentWork& work, std::string const& argument);
void set_level(AgentWork& work, Verb verb, std::string const& argument);
void set_category(AgentWork& work, std::string const& argument);
// agent_merge.cpp
void merge(AgentWork& work, std::string const& argument);
void split(AgentWork& work, std::string const& argument);
void link(AgentWork& work, std::string const& argument);
// agent_people.cpp
void copy_to(AgentWork& work, std::string const& argument);
/// "kari", "Kari Nordmann", an address; with "-" before it the invitation ends.
void invite(AgentWork& work, std::string const& argument);
/// What an agent answered, to the others who work on the ticket.
void tell_invited(AgentWork& work);
void replace_requester(AgentWork& work, std::string const& argument);
void ask(AgentWork& work, std::string const& argument);
/// The question of /ask, once it is known that nothing stops the mail.
void send_question(AgentWork& work);
// agent_lines.cpp
void escalate(AgentWork& work, std::string const& argument);
/// A ticket that another line has solved goes back to the team that owns it, which is told.
void hand_back(AgentWork& work);
// agent_later.cpp
/// "off" in any of the languages: what was set before is taken back.
bool takes_back(std::string const& argument);
void promise(AgentWork& work, std::string const& argument);
void remind(AgentWork& work, std::string const& argument);
// agent_announce.cpp
void announce(AgentWork& work, std::string const& argument);
// agent_draft.cpp
void draft_article(AgentWork& work, std::string const& title);
/// The draft of /kb, once it is known what is answered.
void leave_draft(AgentWork& work);
void publish(AgentWork& work, std::string const& argument);
void reject(AgentWork& work, std::string const& argument);
// agent_undo.cpp
void undo(AgentWork& work);
/// Says which letters /cancel or /undo stops.
void say_stopped(AgentWork& work);
/// Writes down what the commands changed, so that /undo can give it back.
void keep_undo(AgentWork& work);

/// The work on a mail before anything of it has been read; known.ticket is its ticket.
AgentWork begin_work(Arrival const& arrival, Known const& known, AgentClaim claim);
/// Commands and words of the block: all of it, or faults that say why nothing may be done.
void carry_out(AgentWork& work);
/// Why nothing is done where known.entangled.
std::string entangled_words();
// agent_refusal.cpp
/// Nothing is acted on, but nothing is lost either: a stranger's mail is kept as a note, an agent gets their
/// text back.
Plan refuse_mail(AgentWork& work, std::vector<std::string> const& reasons);
/// A vacation note or its like is answered by nobody (RFC 3834 2): its sender would answer that, too.
bool is_of_a_machine(Mail const& mail);
/// Pictures of the agent's signature and of what they quote, visiting cards and cryptographic signatures are
/// no part of an answer.
bool is_a_file(Attachment const& one);
/// Is the mail of somebody else than it says, or of nobody here?
bool is_forged(AgentClaim const& claim);
/// Who is told that it was refused: the author if an agent, else the agent to whom the token belongs.
Agent const* told_of_refusal(AgentClaim const& claim);
/// One line for the operator about such a mail.
std::string forgery_alarm(Known const& known, std::string const& reasons);
/// Reasons in one line, for trail and operator.
std::string joined_reasons(std::vector<std::string> const& reasons);

/// Adds a fault for commands that contradict each other: they stop everything.
void check_together(AgentWork& work);
/// Carries out one command: changes, trail and what the receipt says; or a fault.
void run(AgentWork& work, Command const& command);

/// A ticket in an agent's list: `#12 "Printer on fire"`.
std::string shown(Ticket const& ticket);

}  // namespace spoc::desk
