// SPDX-License-Identifier: GPL-3.0-or-later
// Every use case of the desk: look up, plan, write, ring. Lives on the desk thread, which alone changes the
// desk.
#pragma once

#include "daemon/suspects.hpp"
#include "desk/arrival.hpp"
#include "desk/digest.hpp"
#include "desk/plan.hpp"
#include "desk/rules.hpp"
#include "desk/trust.hpp"
#include "desk/verdict.hpp"
#include "store/chats.hpp"
#include "store/ledger.hpp"
#include "store/levels.hpp"
#include "store/store.hpp"
#include "store/tickets.hpp"

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace spoc::daemon {

/// What a search for /find brings, best first: ticket numbers, and articles.
struct Findings {
  std::vector<std::int64_t> tickets;
  std::vector<desk::Suggestion> articles;
};

/// What is looked up of a new matter before agents hear of it, best first: articles, internal and unsure ones
/// too, and tickets that read like it.
struct LookedUp {
  std::vector<desk::Suggestion> articles;
  std::vector<desk::TicketId> similar;
};

/// What the front desk asks of others; each may be empty in tests and tools.
struct Surroundings {
  desk::Clock clock;
  std::function<Findings(std::string const& words, std::string const& language)> find;
  std::function<std::optional<desk::Article>(desk::Suggestion const&)> article;  ///< the knowledge base
  /// For what comes by chat, by the API or by phone; a mail's has been looked up where it was read.
  std::function<LookedUp(std::string const& subject, std::string const& words, std::string const& language)>
      look_up{};
  std::function<std::string(desk::Letter const&)> wording;  ///< the plain text of a letter; "" if unknown
  std::function<bool(std::string const& session)> present;  ///< is the visitor's widget open?
  /// When the visitor came again after a while; told once.
  std::function<std::optional<desk::Time>(std::string const& session)> back;
  std::function<void(desk::News const&)> bell;    ///< after commit; the only call that goes up
  std::function<void(std::string const&)> alarm;  ///< after commit: the operator should know
};

/// Something that is asked for by no mail: by the API or by spocctl. It goes the way of an agent's mail, but
/// who asks is told at once instead of by letter.
struct Order {
  desk::Arrival arrival;   ///< the mail that it would have been (daemon/orders.hpp)
  std::string by, detail;  ///< the trail's line of it: "token:crm"; what was asked
  /// At the beginning of its transaction; what it throws (store::Fault) stops the order.
  std::function<void(store::Tx&)> before{};
};

/// What became of an order.
struct Carried {
  desk::News news;
  bool refused = false;            ///< nothing was written
  std::vector<std::string> lines;  ///< what the receipt would have said, or why it was refused; phrases
};

class FrontDesk {
 public:
  FrontDesk(store::Store& store, desk::House const& house, desk::Sign sign, Surroundings around);

  /// Takes a batch, so that one commit serves many; each arrival is judged alone. A batch that fails is
  /// handed in again one by one, and what fails alone goes to quarantine. An Error means that nothing was
  /// kept: the store is in trouble.
  Result<std::vector<desk::News>> receive(std::span<desk::Arrival const> arrivals);

  /// What a black box held at the start, with a death more each.
  Suspects suspects(std::vector<std::string> const& found) { return suspects_of(found, store_); }

  /// All or nothing; a refusal leaves no trace. `after` runs in the same transaction once it is written: what
  /// it throws takes all back. An Error means that nothing was kept.
  Result<Carried> carry_out(Order const& order,
                            std::function<void(store::Tx&, Carried const&)> const& after = {});

  /// Letters that are due, claimed for a postman for so long.
  Result<std::vector<desk::Letter>> claim_letters(std::string const& claimant, std::size_t limit,
                                                  desk::Duration hold = std::chrono::minutes{10});
  /// Gives back what a postman claimed and did not try.
  Result<> drop_claims(std::string const& claimant);
  /// When the next letter can be claimed.
  Result<std::optional<desk::Time>> next_letter();
  /// What became of one letter. refused and given_up tell the agents; `permanent`: the address itself is bad.
  struct Outcome {
    desk::LetterState state = desk::LetterState::sent;
    std::string words;
    bool permanent = false;
    std::optional<desk::Time> again;
  };
  Result<> record(desk::Letter const& letter, Outcome const& outcome);

  /// Tells agents of chat lines that have waited for the gathering pause, or for four of them while newer
  /// ones came; returns when to come again.
  Result<std::optional<desk::Time>> gather();

  /// Looks at the tickets whose next moment has come: warnings, news for requesters, closing. Each look
  /// stands with what it said in one commit. Returns when to come again; nothing: after the next change.
  Result<std::optional<desk::Time>> tick();
  /// Every unfinished ticket will be looked at, as the configuration may have changed: by the next ticks,
  /// some at a time behind what is due. A process that dies meanwhile begins anew.
  void look_at_all();
  /// What a button of a letter came to.
  struct Decision {
    desk::Ticket ticket;  ///< as it is now
    desk::Decided what{};
    desk::TicketId other{};  ///< Decided::linked: the ticket that goes on with it
  };
  /// The requester pressed a button of a letter: "is it solved?". `token` is the letter's. Pressed again it
  /// does nothing more. Kind::denied for a token that does not hold.
  Result<Decision> decide(std::string const& token, desk::Verdict verdict);
  /// The ticket that such a token speaks of, unchanged.
  Result<desk::Ticket> asked_about(std::string const& token);

  /// An article that was offered for the ticket that such a token speaks of.
  struct OfferedTo {
    desk::Ticket ticket;
    desk::Suggestion article;
  };
  /// Kind::denied where it was not, or the token does not hold.
  Result<OfferedTo> offered_to(std::string const& token, std::string const& article);
  /// The requester says that it solved their matter: the ticket, closed.
  Result<OfferedTo> solve_by(std::string const& token, std::string const& article);
  /// A visitor says so of an article that was shown while they typed, before there was a ticket.
  Result<> solved_before_asking(std::string const& article);

  /// A chat session and its lines above `last`.
  struct Resumed {
    std::optional<store::Session> session;
    std::vector<desk::Message> lines;
    bool more = false;  ///< there are older ones that were not seen either
    bool over = false;  ///< its ticket is resolved or closed
  };
  /// The newest `most` lines above `last`.
  Result<Resumed> resume(std::string const& secret, std::int64_t last, std::size_t most = 200);
  /// The newest `most` lines below `before`, in order.
  Result<std::vector<desk::Message>> lines_before(std::string const& secret, std::int64_t before,
                                                  std::size_t most);
  /// The chat that a signed visitor used last, "" for none.
  Result<std::string> chat_of(std::string const& visitor);
  /// The ticket of a chat, where it lives now; nothing before its first line.
  Result<std::optional<desk::TicketId>> ticket_of_chat(std::string const& secret);
  /// The visitor of an open chat has signed in.
  Result<> recognise(std::string const& secret, std::string const& visitor, desk::Address const& address);
  /// The visitor had the lines up to that one before their eyes: their answers need no mail.
  Result<> saw(std::string const& secret, std::int64_t up_to);
  /// The last tab of the chat was closed: what was not seen is mailed soon.
  Result<> went(std::string const& secret);
  /// A file of the visitor's was not taken: the trail says why.
  Result<> refused_file(std::string const& secret, std::string const& why);
  /// The visitor ended the chat and said how it went.
  Result<> end_chat(std::string const& secret, desk::Rated const& rated);
  /// Mails the chat to its visitor, whoever the ticket's requester is by now; false when it is not for them
  /// yet (see desk::plan_transcript).
  Result<bool> mail_transcript(std::string const& secret);
  /// Mails the word that proves the visitor's address to it (see desk::plan_proof); false when it can't be.
  Result<bool> mail_word(std::string const& secret, std::string const& word, std::string const& link);
  /// The word was said: the tickets of that address are open to this chat.
  Result<> confirm(std::string const& secret, std::string const& address);
  /// The newest tickets of an address, and what was said to and by its owner in one of them; nothing of
  /// anybody else's ticket.
  Result<std::vector<desk::Ticket>> tickets_of(std::string const& address);
  Result<std::vector<desk::Message>> words_of(std::string const& address, desk::TicketId ticket);
  /// Minutes within which half of the last 30 days' chats of this hour of the day had their first answer (see
  /// desk/usual.hpp); those that came when nobody answers don't count.
  Result<std::optional<int>> usual_minutes(std::function<bool(desk::Time)> const& is_open = {});
  /// The visitor said who they are.
  /// proven: a signature or a mailed word stands for the address, and the visitor is who has it.
  Result<> introduce(std::string const& secret, desk::Address const& address, std::string const& language,
                     bool proven = false);

  /// One file of a message, with its content.
  Result<std::optional<desk::Attachment>> attachment(desk::MessageId message, std::size_t position);
  /// How the rules of the house would fare with a mail that came now: everything is done and taken back.
  Result<std::vector<desk::Firing>> try_rules(desk::Arrival arrival);
  /// The same for a ticket as it stands, as if its newest message from outside had just been written.
  Result<std::vector<desk::Firing>> try_rules(desk::TicketId ticket);

  /// The mail's own words, compared with the letters of ours that it seems to answer; nothing where it
  /// answers none. Looked up, nothing written: a thread that reads mail asks a FrontDesk of its own, over a
  /// connection of its own, so that the desk's thread need not write letters anew.
  Result<std::optional<desk::OwnWords>> recall(desk::Arrival const& arrival);
  /// Why a mail would go where: looked up, nothing written.
  Result<desk::Match> explain(desk::Mail const& mail);

  desk::Time now() const { return around_.clock(); }
  desk::House const& house() const { return house_; }
  desk::Sign const& sign() const { return sign_; }

 private:
  /// Writes the letter that a visitor asked for; false when the plan has none.
  Result<bool> write_to_visitor(std::string const& secret, char const* why,
                                std::function<desk::Plan(store::Tx&, desk::Known const&)> const& plan);
  /// Writes only where words of that chat wait to be seen.
  Result<> if_unread(std::string const& secret, std::function<void(store::Tx&)> const& deed);
  desk::News admit(store::Tx& tx, desk::Arrival const& arrival);
  desk::News admit_mail(store::Tx& tx, desk::Arrival const& arrival);
  /// The ticket in which this very mail has been filed or acted on.
  std::optional<desk::TicketId> same_as(store::Tx& tx, desk::Arrival const& arrival,
                                        desk::AgentClaim const& claim, desk::Known const& known) const;
  desk::News act_on(store::Tx& tx, desk::Arrival const& arrival, desk::AgentClaim const& claim,
                    desk::Known& known);
  /// The plan of a visitor's saying who they are.
  desk::Plan introduced(store::Session const& session, bool proven) const;
  /// A new ticket, as it was ordered: neither tokens nor numbers in the words lead anywhere.
  desk::News admit_alone(store::Tx& tx, desk::Arrival const& arrival);
  desk::News admit_line(store::Tx& tx, desk::Arrival const& arrival);
  /// An agent's note of a phone call, known to be theirs.
  desk::News admit_call(store::Tx& tx, desk::Arrival const& arrival, desk::Known& known);
  Result<desk::News> receive_alone(desk::Arrival const& arrival);

  /// An agent's answer to their list: each number's commands as any other mail of theirs, one receipt for
  /// all.
  desk::News take_orders(store::Tx& tx, desk::Arrival const& arrival, desk::AgentClaim const& claim,
                         desk::Known& known);
  std::vector<std::string> carry_out_orders(store::Tx& tx, desk::Digest const& digest,
                                            std::vector<desk::DigestOrder> const& orders,
                                            desk::AgentClaim const& claim, desk::Arrival const& arrival,
                                            desk::Known const& author);
  void write_digests(store::Tx& tx, std::vector<desk::News>& all);
  desk::News write_digest(store::Tx& tx, desk::Agent const& agent, std::string const& day,
                          std::vector<desk::Queued> const& free);
  /// Unfinished tickets that fit, with their targets.
  std::vector<desk::Queued> queue(store::Tx& tx, store::TicketFilter filter) const;
  std::vector<desk::Queued> for_others(store::Tx& tx) const;
  std::optional<desk::Time> next_digest(store::Tx& tx) const;

  desk::News look(store::Tx& tx, desk::TicketId ticket);
  /// The same, but a fault costs nothing but this ticket's look.
  void look_safely(store::Tx& tx, desk::TicketId ticket, std::vector<desk::News>& all);
  /// What is due, and where that leaves time what look_at_all() asked for, above `surveyed`.
  std::vector<desk::TicketId> to_look_at(store::Tx& tx, std::optional<desk::TicketId>& surveyed) const;
  void tell_ends(store::Tx& tx, std::vector<desk::News>& all);
  /// The open tickets of before that belong to what has been announced since the last time.
  void join_outages(store::Tx& tx, std::vector<desk::News>& all);
  std::optional<desk::Time> next_join(store::Tx& tx) const;
  void tell_keepers(store::Tx& tx, std::vector<desk::News>& all);
  desk::News remind(store::Tx& tx, desk::Reminder const& reminder);
  store::Watched watched() const;
  std::optional<desk::Time> next_moment(store::Tx& tx) const;

  desk::News write(store::Tx& tx, desk::Plan const& plan, desk::Arrival const* arrival);
  /// Applied, and what webhooks shall hear of it queued, in one commit.
  desk::News keep(store::Tx& tx, desk::Plan const& plan, desk::Arrival const* arrival);
  /// The plan of a button; empty where the same was pressed before.
  desk::Plan decision_of(store::Tx& tx, desk::Verdict verdict, desk::Known& known, Decision& decision);
  /// After outages and rules have had their say, and the ticket's team has given it to somebody; `known`
  /// learns what that takes. `filed`: the arrival is written down with it.
  desk::News write_ruled(store::Tx& tx, desk::Plan plan, desk::Arrival const& arrival, desk::Known& known,
                         bool filed = true);
  /// The same for what a requester did to known.ticket without a mail or a line: by the button of a letter,
  /// or by ending the chat.
  desk::News write_deed(store::Tx& tx, desk::Plan plan, desk::Known& known);
  /// Rules and its team's policy see a ticket that /split has just opened.
  desk::News open_split(store::Tx& tx, desk::SplitOff const& split, desk::Arrival const& arrival,
                        desk::Author const& author);
  /// A message that waited can't be stopped any more: rules, webhooks and the trail hear of it, and a visitor
  /// who has come back meanwhile reads it in the chat too.
  desk::News say(store::Tx& tx, desk::Message const& message);
  desk::News tell_said(store::Tx& tx, desk::Message const& message);
  void sound_alarms(bool committed);
  void ring(std::vector<desk::News> const& all);
  /// Of an order's plan the receipt or refusal is taken out: who gave the order reads it here.
  desk::Plan told_here(desk::Plan plan, desk::AgentClaim const& claim);
  std::optional<desk::News> tell_undelivered(store::Tx& tx, desk::Letter const& letter,
                                             Outcome const& outcome);
  bool waits_too_long(store::Tx& tx, desk::Letter const& letter, Outcome const& outcome) const;

  desk::Known blank(store::Tx& tx) const;
  void know_thread(store::Tx& tx, desk::Mail const& mail, desk::Known& known) const;
  void know_ticket(store::Tx& tx, desk::TicketId ticket, desk::Known& known) const;
  void know_answer(store::Tx& tx, desk::Arrival const& arrival, desk::AgentClaim const& claim,
                   desk::Known& known) const;
  /// What an agent's commands need to know of known.ticket.
  void know_work(store::Tx& tx, desk::Agent const& agent, desk::Known& known) const;
  void know_waiting(store::Tx& tx, desk::Agent const& agent, desk::Known& known) const;
  /// `claims`: it answers one of our notices, so its author is whom From names, whatever it quotes.
  void know_people(desk::Mail const& mail, std::string const& mailbox, bool claims, desk::Known& known) const;
  void know_author(store::Tx& tx, desk::Arrival const& arrival, bool claims, desk::Known& known) const;
  void know_words(store::Tx& tx, desk::Arrival const& arrival, bool from_agent, desk::Known& known) const;
  /// What comes of an agent's /confirm; nothing where the mail is none.
  std::optional<desk::News> confirm(store::Tx& tx, desk::Arrival const& arrival,
                                    desk::AgentClaim const& claim, desk::Known known);
  std::optional<desk::Arrival> refused_before(store::Tx& tx, desk::Mail const& mail,
                                              desk::Agent const& agent) const;
  std::vector<desk::Letter> letters_answered(store::Tx& tx, desk::Mail const& mail, bool from_agent,
                                             desk::TicketId ticket) const;
  desk::OwnWords own_words(desk::Mail const& mail, bool from_agent, std::vector<desk::Letter> letters) const;
  void know_call(store::Tx& tx, desk::Arrival const& arrival, desk::Known& known) const;
  void know_bounced(store::Tx& tx, desk::Bounce const& bounce, desk::Known& known) const;
  void know_answered(desk::Letter const& letter, desk::Known& known) const;
  void know_last_notice(store::Tx& tx, desk::Mail const& mail, desk::Known& known) const;
  void follow_split(store::Tx& tx, desk::Mail const& mail, desk::Known& known) const;
  void follow_offer(store::Tx& tx, desk::Mail const& mail, desk::Known& known) const;
  void know_own(store::Tx& tx, desk::Agent const& agent, desk::Known& known) const;
  void know_named(store::Tx& tx, desk::CommandBlock const& block, desk::Agent const& agent,
                  desk::Known& known) const;
  void know_person(store::Tx& tx, std::string const& argument, desk::Known& known) const;
  void know_found(store::Tx& tx, std::string const& words, desk::Agent const& agent,
                  desk::Known& known) const;
  /// How tickets like this one ended.
  void know_similar(store::Tx& tx, desk::Arrival const& arrival, desk::Known& known) const;
  /// The new chats of which agents hear by this gathering, looked up outside of its transaction.
  std::map<desk::TicketId, LookedUp> look_up_chats(desk::Time until, desk::Duration longest);
  desk::Arrival looked_up(desk::Arrival arrival) const;
  desk::News tell_gathered(store::Tx& tx, store::Waiting const& one,
                           std::map<desk::TicketId, LookedUp> const& looked);
  void know_rota(store::Tx& tx, desk::ContactId requester, desk::Known& known) const;
  /// Whether and how a ticket's requester can be written to by a machine.
  void know_reach(store::Tx& tx, desk::Ticket const& ticket, desk::Known& known) const;
  /// Before rules look at a plan: the same, and whose turn it may be.
  void know_for_rules(store::Tx& tx, desk::Plan const& plan, desk::Known& known) const;

  store::Store& store_;
  desk::House const& house_;
  desk::Sign sign_;
  Surroundings around_;
  std::optional<desk::TicketId> surveyed_;  ///< up to it, while look_at_all() goes on
  std::vector<std::string> alarms_;         ///< of the transaction at work
  std::vector<desk::News> beside_;          ///< of it too: tickets that an answer to a list changed
  std::vector<desk::Firing> firings_;       ///< of the newest arrival
  Order const* order_ = nullptr;            ///< that is being carried out
  Carried carried_;                         ///< what is to be said of it
};

}  // namespace spoc::daemon
