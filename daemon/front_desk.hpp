// SPDX-License-Identifier: GPL-3.0-or-later
// Every use case of the desk: look up, plan, write, ring. Lives on the desk thread, which alone changes the
// desk.
#pragma once

#include "desk/arrival.hpp"
#include "desk/plan.hpp"
#include "desk/trust.hpp"
#include "store/chats.hpp"
#include "store/ledger.hpp"
#include "store/store.hpp"

#include <functional>
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

/// What the front desk asks of others; each may be empty in tests and tools.
struct Surroundings {
  desk::Clock clock;
  std::function<Findings(std::string const& words, std::string const& language)> find;
  std::function<std::optional<desk::Article>(desk::Suggestion const&)> article;  ///< the knowledge base
  std::function<bool(std::string const& session)> present;  ///< is the visitor's widget open?
  std::function<void(desk::News const&)> bell;              ///< after commit; the only call that goes up
  std::function<void(std::string const&)> alarm;            ///< after commit: the operator should know
};

class FrontDesk {
 public:
  FrontDesk(store::Store& store, desk::House const& house, desk::Sign sign, Surroundings around);

  /// Takes a batch, so that one commit serves many; each arrival is judged alone. A batch that fails is
  /// handed in again one by one, and what fails alone goes to quarantine. An Error means that nothing was
  /// kept: the store is in trouble.
  Result<std::vector<desk::News>> receive(std::span<desk::Arrival const> arrivals);

  /// Letters that are due, claimed for a postman until ten minutes from now.
  Result<std::vector<desk::Letter>> claim_letters(std::string const& claimant, std::size_t limit);
  /// Gives back what a postman claimed and did not try.
  Result<> drop_claims(std::string const& claimant);
  Result<std::optional<desk::Time>> next_letter();
  /// What became of one letter. refused and given_up tell the agents; `permanent`: the address itself is bad.
  struct Outcome {
    desk::LetterState state = desk::LetterState::sent;
    std::string words;
    bool permanent = false;
    std::optional<desk::Time> again;
  };
  Result<> record(desk::Letter const& letter, Outcome const& outcome);

  /// Tells agents of chat lines that have waited for the gathering pause; returns when to come again.
  Result<std::optional<desk::Time>> gather();

  /// A chat session and its lines above `last`.
  struct Resumed {
    std::optional<store::Session> session;
    std::vector<desk::Message> lines;
  };
  Result<Resumed> resume(std::string const& secret, std::int64_t last);
  /// The visitor said who they are.
  Result<> introduce(std::string const& secret, desk::Address const& address, std::string const& language);

  /// Why a mail would go where: looked up, nothing written.
  Result<desk::Match> explain(desk::Mail const& mail);

  desk::Time now() const { return around_.clock(); }
  desk::House const& house() const { return house_; }

 private:
  desk::News admit(store::Tx& tx, desk::Arrival const& arrival);
  desk::News admit_mail(store::Tx& tx, desk::Arrival const& arrival);
  desk::News admit_line(store::Tx& tx, desk::Arrival const& arrival);
  Result<desk::News> receive_alone(desk::Arrival const& arrival);

  desk::News write(store::Tx& tx, desk::Plan const& plan, desk::Arrival const* arrival);
  void sound_alarms(bool committed);

  desk::Known blank(store::Tx& tx) const;
  void know_thread(store::Tx& tx, desk::Mail const& mail, desk::Known& known) const;
  void know_ticket(store::Tx& tx, desk::TicketId ticket, desk::Known& known) const;
  void know_answer(store::Tx& tx, desk::Mail const& mail, desk::AgentClaim const& claim,
                   desk::Known& known) const;
  /// `claims`: it answers one of our notices, so its author is whom From names, whatever it quotes.
  void know_people(desk::Mail const& mail, std::string const& mailbox, bool claims, desk::Known& known) const;
  void know_author(store::Tx& tx, desk::Arrival const& arrival, bool claims, desk::Known& known) const;
  void know_bounced(store::Tx& tx, desk::Bounce const& bounce, desk::Known& known) const;
  void know_answered(desk::Letter const& letter, desk::Known& known) const;
  void know_named(store::Tx& tx, desk::Mail const& mail, desk::Agent const& agent, desk::Known& known) const;
  void know_found(store::Tx& tx, std::string const& words, desk::Agent const& agent,
                  desk::Known& known) const;
  void know_rota(store::Tx& tx, desk::ContactId requester, desk::Known& known) const;

  store::Store& store_;
  desk::House const& house_;
  desk::Sign sign_;
  Surroundings around_;
  std::vector<std::string> alarms_;  ///< of the transaction at work
};

}  // namespace spoc::daemon
