// SPDX-License-Identifier: GPL-3.0-or-later
// The heart: from an arrival and what is known to a Plan, a value that says what shall be written.
#pragma once

#include "desk/announcement.hpp"
#include "desk/article.hpp"
#include "desk/author.hpp"
#include "desk/change.hpp"
#include "desk/draft.hpp"
#include "desk/letter.hpp"
#include "desk/sla.hpp"
#include "desk/thread.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace spoc::desk {

/// Everything that one arrival, command or tick makes happen; apply() writes all of it or none.
struct Plan {
  TicketId ticket{};              ///< known beforehand, new ones too
  std::optional<Ticket> open;     ///< set: the ticket is new and looks like this
  std::vector<Message> messages;  ///< to be added; their ids are given by apply()
  std::vector<Change> changes;
  std::vector<Letter>
      letters;  ///< about: index into messages + 1 stands for a message of this plan, see about_new()
  std::vector<Trail> trail;
  std::vector<WebhookCall> calls;         ///< that rules asked for
  bool duplicate = false;                 ///< nothing to do: it is already there
  bool refused_agent = false;             ///< a mail in an agent's name was not acted on: counted
  std::string alarm;                      ///< the operator should know, in one line; "" for nothing
  std::optional<std::string> quarantine;  ///< reason: the raw mail also goes to quarantine
  std::optional<LevelState> level;        ///< of a tick: what the service level stands at now
  std::vector<Message> said{};            ///< told of, not added: what waited and has left now
  bool split = false;                     ///< /split has just opened its ticket with the one in `said`
};

/// A Letter::about that means "the message that this plan adds": apply() puts the real id there.
inline constexpr MessageId about_new{-1};
/// The same of several: the last that this plan adds.
inline constexpr MessageId about_last{-2};

/// Who wrote, as far as the desk can tell.
struct Author {
  Address address;
  Agent const* agent = nullptr;  ///< From is an agent's address
};

/// A public answer by a colleague, for the collision hold.
struct Answered {
  std::string agent;
  Time at{};
  MessageId id{};
};

/// A finished ticket that reads like a new one, and how it ended: for agents alone.
struct Solved {
  TicketId ticket{};
  std::string subject, agent, words;  ///< who answered last, and the first of their words
  bool operator==(Solved const&) const = default;
};

/// What /find found, best first.
struct Finds {
  std::vector<Ticket> tickets;
  std::vector<Suggestion> articles;
};

/// What the desk knows when an arrival is judged; looked up by the front desk, in one transaction.
struct Known {
  Time now{};
  House const* house = nullptr;
  Sign sign;
  Fold fold{};  ///< for the words of announcements
  Match match;
  TicketId next_ticket{};        ///< the number for a new ticket
  std::optional<Ticket> ticket;  ///< the matched one
  Contact contact;               ///< the author's; of a call the caller's
  Contact requester;             ///< the matched ticket's; read where a rule may ask
  std::optional<Call> call;      ///< an agent's note of a phone call, as far as it could be read
  std::vector<Contact> callers;  ///< whom it may mean; several: nobody knows which
  Author author;
  std::optional<Token> token;           ///< the one that matched, if one did
  std::vector<std::string> thread_ids;  ///< Message-IDs of this ticket, newest last
  std::vector<Suggestion> offered;      ///< what /use N means
  std::vector<Article> articles;        ///< those of /use, loaded, by N - 1; empty id where missing
  std::optional<Answered> colleague;    ///< the newest public answer by another agent
  std::optional<Time> answering;        ///< when the mail being answered was made, if we know it
  std::optional<MessageId> seen;        ///< the newest message then, if we know it
  Address answer_to;                    ///< where answers to the author go; empty: the author
  Speaks how = Speaks::itself;          ///< whether the author is who From says
  bool forwarded_before = false;        ///< the mail that an agent passes on is in known.ticket already
  /// Automatic letters to the author's address within the last hour; once rules look, to the requester's.
  int automatic_sent = 0;
  int mails = 0;                     ///< mails within the last hour of whomever automatic_sent counts
  std::optional<Ticket> flooded;     ///< past the budget of mails: the author's newest ticket
  std::optional<std::string> reply;  ///< the mail's own words, told by comparing it with letters of ours
  bool entangled = false;            ///< lines of ours stand unmarked among those words
  bool dead_address = false;         ///< the requester's address is not written to
  std::optional<Letter> bounced;     ///< the letter that a bounce speaks of
  std::vector<Message> history;      ///< of the ticket, oldest first
  std::optional<Message> newest;     ///< the newest words from outside in it; read where a rule may ask
  int waiting_answers = 0;           ///< answers of this agent that have not left yet: what /cancel stops
  int waiting_mails = 0;             ///< the same of words that stand in the chat already
  int waiting_notices = 0;           ///< the same of what the desk writes about the end for them
  std::map<std::int64_t, Ticket> others;     ///< the tickets that /merge and /link name, merges followed
  std::map<std::int64_t, Contact> people;    ///< the contacts that /requester names by number
  std::map<std::string, Contact> people_at;  ///< those that it or /split means, by normal() address
  std::optional<Message> answered;           ///< the message that the notice being replied to was about
  bool answered_first = false;               ///< it is the one that opened the ticket
  Presences presences;                       ///< which agents are there
  Rota rota;                                 ///< read where a team has a policy
  Finds found;                               ///< by /find
  std::vector<Ticket> own_tickets;           ///< this agent's unfinished ones, for /in, /away and their notes
  std::optional<Undo> undo;                  ///< what /undo would take back
  int sent_since = 0;                        ///< letters that left for people outside since then
  bool visitor_present = false;              ///< the ticket's chat visitor has the widget open now
  bool told = false;                         ///< agents have heard of this chat before
  std::optional<Time> visitor_back;          ///< when the visitor came again after a while
  std::vector<Due> dues;                     ///< for /status: how the service level's targets stand
  std::vector<Reminder> reminders;           ///< for /status: those that wait, the earliest first
  std::vector<Announcement> announcements;   ///< for /announce: those in force, the newest first
  std::vector<Draft> drafts;                 ///< of this ticket, that wait for /publish or /reject
  DraftId next_draft{};                      ///< the number for a new one
  std::vector<Suggestion> suggested;  ///< articles for a chat of which agents hear now for the first time
  std::vector<Solved> similar;        ///< finished tickets like this new one, best first
};

/// What the author wrote now.
inline std::string const& words_of(Mail const& mail, Known const& known) {
  return known.reply ? *known.reply : mail.reply;
}

/// A mail from a requester, a third person or a machine.
Plan plan_arrival(Arrival const& arrival, Known const& known);
/// A mail that says it comes from an agent (see desk/trust.hpp): acted on, or refused with the reason.
Plan plan_agent_mail(Arrival const& arrival, Known const& known);
/// The answer of somebody outside whom an agent asked: for agents alone. known.token is the one that it
/// answers.
Plan plan_third_party(Arrival const& arrival, Known const& known);
/// A line from the widget. Agents hear of it after the gathering pause.
Plan plan_chat(Arrival const& arrival, Known const& known);
/// A ticket that /split has just opened, known.ticket: its agents' notices. Rules and its team's policy come
/// behind it, as for any new one. `cause` is no mail.
Plan plan_split(SplitOff const& split, Arrival const& cause, Known const& known);
/// The same mail once more: nothing, or where it came by another team's address, that team hears of it.
/// known.ticket is the ticket that has it.
Plan plan_duplicate(Arrival const& arrival, Known const& known);
/// What a visitor said in these lines.
std::string words_of(std::vector<Message> const& lines);
/// Chat lines that have waited for the gathering pause: one letter to the agents, which also says whether the
/// visitor has left or come back. known.ticket is theirs; of a new chat, known.suggested and known.similar
/// are told as well.
Plan plan_gathered(std::vector<Message> const& lines, Known const& known);
/// The visitor ended the chat. known.ticket is its ticket.
Plan plan_ended(Rated const& rated, Known const& known);
/// The visitor wants the chat by mail: `lines` are all of it. Nothing is written (the plan has no letter)
/// while nobody of the desk has answered, since a stranger's words must not go to an address that a stranger
/// gave.
Plan plan_transcript(std::vector<Message> const& lines, Known const& known);
/// The visitor wants to prove that they read the mail of the requester's address: `word` and, where there is
/// one, `link` go there, and no word of theirs.
Plan plan_proof(std::string const& word, std::string const& link, Known const& known);
/// The postman gave a letter up or was refused: tell the agents where it was for the requester. `permanent`:
/// the address itself is bad. known.ticket is the letter's.
Plan plan_undelivered(Letter const& letter, std::string const& words, bool permanent, Known const& known);
/// A letter to somebody outside still waits, `words` says why: its agents are told, once. known.ticket is the
/// letter's.
Plan plan_delayed(Letter const& letter, std::string const& words, Known const& known);
/// How the trail speaks of such a letter.
std::string delayed_mark(Letter const& letter);

/// The site that the requester's contact names, in whatever words; "" for none.
std::string known_site(Known const& known, Ticket const& ticket);
/// Category, class and team of the plan's new ticket, with the reasons in the trail. `text`: its subject and
/// first words.
void place(Plan& plan, Mailbox const& mailbox, std::string_view text, bool vip, Known const& known);
/// The ticket goes to one of its team, where the team has a policy and nobody has it. `ticket`: as the plan
/// leaves it.
void give_in_turn(Plan& plan, Ticket& ticket, Known const& known);
/// A ticket that ends otherwise than by an agent's command goes back to the line that owns it, which is told.
void return_to_owner(Plan& plan, Known const& known);

/// What happened, told after commit to whoever is listening.
struct News {
  TicketId ticket{};
  bool opened = false;
  bool duplicate = false;
  bool quarantined = false;
  std::string rule;               ///< the threading rule's name
  std::vector<Message> messages;  ///< with their ids
  std::size_t letters = 0;        ///< queued
  std::size_t calls = 0;          ///< of webhooks, queued
  std::string session;            ///< the ticket's chat session, "" for none
  bool over = false;              ///< the ticket was resolved or closed by it
  bool under_way = false;         ///< its new status is another one
  bool changed = false;           ///< rows of the ticket or its trail are others now
  std::string summary;            ///< one line for the log
};

}  // namespace spoc::desk
