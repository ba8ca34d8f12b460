// SPDX-License-Identifier: GPL-3.0-or-later
// Who takes part: addresses, contacts, agents, teams, and the mailboxes they share.
#pragma once

#include "desk/calendar.hpp"
#include "desk/category.hpp"
#include "desk/classes.hpp"
#include "desk/ids.hpp"
#include "desk/policy.hpp"
#include "desk/rule_table.hpp"
#include "desk/webhook.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace spoc::desk {

/// A display name (UTF-8, may be empty) and an addr-spec (RFC 5322 3.4.1) without angle brackets.
struct Address {
  std::string name;
  std::string address;
  bool operator==(Address const&) const = default;
};

/// The form in which addresses are compared: lower case in ASCII, blanks trimmed.
std::string normal(std::string_view address);
/// Has it the shape of an addr-spec, with nothing round it?
bool is_address(std::string_view text);

/// The languages in which Spoc speaks: "en", "zh-Hans", "zh-Hant", "nb". Unknown ones become "en".
std::string spoken(std::string_view language);

/// A person who writes to the desk.
struct Contact {
  ContactId id{};
  std::string name;
  std::string language;                ///< "" while unknown
  std::vector<std::string> addresses;  ///< normal(), the first is the one we write to
  std::string organisation{}, site{};
  std::vector<std::string> phones{};     ///< as they were written; the first is the one to call
  std::vector<std::string> equipment{};  ///< one thing each
  std::string notes{};                   ///< for agents alone
  bool vip = false;
  std::string external_id{};   ///< in the list or directory that they come from
  std::optional<Time> gone{};  ///< since when the directory does not have them any more
  bool operator==(Contact const&) const = default;
};

/// Somebody who answers. Agents are configured, not stored.
struct Agent {
  std::string handle;                  ///< "kari": the word used in /assign and in the store
  std::string name;                    ///< as requesters see it
  std::vector<std::string> addresses;  ///< normal(); notices go to the first
  std::string language = "en";
  std::string time_zone{};  ///< House::zones; "" for the desk's
  std::string digest{};     ///< when they get their queue (desk/digest.hpp); "" as House::digest has it
  std::string hours{};      ///< Calendar::name of when they are at work; "" is round the clock
  bool operator==(Agent const&) const = default;
};

/// To whom a ticket goes that comes to a team.
enum class Assignment {
  manual,        ///< to nobody: the team hears of it, and somebody takes it
  round_robin,   ///< to each in turn
  least_loaded,  ///< to whom has the fewest unfinished tickets
  sticky,        ///< to whom had the requester's last ticket, else as least_loaded
};
std::string_view name(Assignment assignment);
std::optional<Assignment> assignment_named(std::string_view word);

/// A group of agents that shares work.
struct Team {
  std::string name;
  std::vector<std::string> members;  ///< handles
  std::string line = "1";            ///< "1", "2", "3" or "supplier"
  std::string next{};                ///< the team to which /escalate passes a ticket on; "" for none
  Assignment assignment = Assignment::manual;
  std::vector<std::string> skills{}, languages{}, sites{};  ///< what it is there for; empty: anything
  std::string hours{};                                      ///< Calendar::name; "" is round the clock
  std::string manager{};                 ///< handle of whoever hears when a service level is at risk
  std::vector<std::string> hand_over{};  ///< priorities of what passes to an open team when its hours end
  bool operator==(Team const&) const = default;
};

/// One of the desk's own addresses, as the desk sees it (how its mail is fetched is daemon/'s business).
struct Mailbox {
  std::string name;                            ///< the word in configuration, ledger and log
  Address address;                             ///< what requesters write to and what letters come from
  std::vector<std::string> aliases;            ///< other addresses that arrive here, normal()
  std::string team;                            ///< who gets its new tickets
  std::string language = "en";                 ///< for requesters whose language nobody knows
  bool acknowledge = true;                     ///< answer a new ticket with an acknowledgement
  std::vector<std::string> trust_reply_to{};   ///< web forms: their Reply-To is the requester; normal()
  std::uint64_t max_size = 0;                  ///< bytes of a mail that are taken in whole; 0: all
  std::vector<std::string> held_extensions{};  ///< attachments that end so are kept aside; lower case
  TicketKind kind = TicketKind::incident;
  Level impact = Level::medium, urgency = Level::medium;  ///< of its new tickets
  std::vector<std::string> teams{};  ///< more than one that its new tickets can go to: desk/routing.hpp
  std::string site{};                ///< where those who write to it are, unless their address says so
  bool operator==(Mailbox const&) const = default;
};

/// A named set of commands and a text, for /do NAME.
struct Macro {
  std::string name;
  std::string language;  ///< of its text, spoken(); "" for any
  std::string text;      ///< as an agent would write it: commands on top, words below
  bool operator==(Macro const&) const = default;
};

/// All that is configured about the desk, as pure decisions need it.
struct House {
  std::string name = "Service desk";  ///< how letters sign
  std::string domain = "localhost";   ///< right-hand side of our Message-IDs
  std::vector<Mailbox> mailboxes;
  std::vector<Agent> agents;
  std::vector<Team> teams;
  Duration delay_notice = std::chrono::hours{4};  ///< an answer that waits so long: its agents are told
  std::vector<Macro> macros;
  Duration reopen_window = std::chrono::days{14};
  Duration subject_window = std::chrono::days{30};     ///< rule 6 of threading
  Duration undo_delay = std::chrono::seconds{30};      ///< an agent's answer waits this long
  Duration chat_gathering = std::chrono::seconds{20};  ///< silence before chat lines go to agents
  Duration unread_after = std::chrono::minutes{10};    ///< unseen in the chat, an answer goes by mail
  int automatic_budget = 6;    ///< automatic letters to one address within an hour, then silence
  int mail_budget = 60;        ///< mails of one address within an hour that get tickets and notices
  bool dkim_required = false;  ///< an agent's mail must carry a good signature of its domain
  std::vector<std::string> disabled_rules;  ///< names of threading rules that are switched off
  std::vector<std::string> authserv_ids;    ///< RFC 8601 ids of our own MX; empty: not asked
  PriorityMatrix matrix = itil_matrix;
  std::vector<std::string> vip;       ///< normal() addresses and domains whose tickets are more urgent
  Level vip_urgency = Level::high;    ///< how urgent
  std::string public_url;             ///< "" or the web address under which Spoc is reached
  std::string time_zone = "UTC";      ///< in which letters tell the time
  std::map<std::string, Zone> zones;  ///< the zones that anybody names, by name
  std::vector<Calendar> calendars;
  std::vector<Category> categories;  ///< a parent before its children or after them
  std::vector<Site> sites;
  std::string digest;            ///< when agents get their queue; "" for never
  std::vector<HouseRule> rules;  ///< in their order
  std::vector<Webhook> webhooks;
  std::vector<Policy> policies;        ///< service levels; the first that fits a ticket holds
  std::string call_address;            ///< agents write there who called; normal(), "" for none
  std::string call_mailbox;            ///< whose tickets calls become; "" for the one where the note arrives
  bool keeps_knowledge = false;        ///< there is a folder with articles
  std::vector<std::string> reviewers;  ///< handles: who publishes drafts; none: the ticket's team
  Duration close_after{};              ///< a resolved ticket is closed after so long; zero: never

  Agent const* agent(std::string_view handle) const;
  Agent const* agent_at(std::string_view address) const;
  Team const* team(std::string_view name) const;
  /// By its name, whatever the case.
  Team const* team_called(std::string_view word) const;
  bool is_vip(std::string_view address) const;
  /// By its name, whatever the case: the one in that language, else the one for any, else the first.
  Macro const* macro_called(std::string_view word, std::string_view language) const;
  Mailbox const* mailbox(std::string_view name) const;
  Webhook const* webhook(std::string_view name) const;
  /// The mailbox that an address (sub-address after '+' ignored) belongs to.
  Mailbox const* mailbox_at(std::string_view address) const;
  /// The members of a team; an unknown or empty team is everybody, so that no ticket is unseen.
  std::vector<Agent const*> members(std::string_view team) const;
  /// Round the clock for "" and for names that nobody configured.
  Calendar const& calendar(std::string_view name) const;
  /// The zone in which an agent ("" or unknown: a requester) is told the time.
  Zone const& zone_of(std::string_view handle) const;
};

}  // namespace spoc::desk
