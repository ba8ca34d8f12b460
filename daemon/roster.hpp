// SPDX-License-Identifier: GPL-3.0-or-later
// People from a list or a directory, put into the book of contacts; what became of each is told.
#pragma once

#include "desk/card.hpp"
#include "store/store.hpp"

#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace spoc::daemon {

/// What became of a card, or what was left out of it.
struct RosterLine {
  enum class Fate {
    added,
    changed,
    left,     ///< as it was
    refused,  ///< the card as a whole
    told,     ///< part of it was left out
    gone,     ///< the directory does not have them any more
    back      ///< it has them again
  };
  Fate fate = Fate::left;
  std::string where;  ///< Card::where
  desk::ContactId contact{};
  std::string words;
};
std::string_view name(RosterLine::Fate fate);

struct RosterReport {
  std::vector<RosterLine> lines;     ///< one or more a card, in their order
  std::set<std::string> remembered;  ///< cards that change at least what is known to be the directory's
  std::size_t count(RosterLine::Fate fate) const;
};

struct RosterOrder {
  std::string who;         ///< in the trail: "operator", "directory"
  bool directory = false;  ///< the cards are all that the directory has
  bool look_only = false;  ///< say what would happen, and write nothing
  desk::Time now{};
};

/// Takes cards in, within a transaction of the caller's: by their key, else by an address. Never takes an
/// address from another contact, and never one of agents or of the desk.
class Roster {
 public:
  Roster(store::Tx& tx, desk::House const& house, RosterOrder const& order, RosterReport& report);

  void take(desk::Card const& card);
  /// Whoever the directory had before and `keys` does not name is marked. Throws Fault, Kind::conflict, where
  /// that were more than half of them: then the search is wrong rather than the people gone.
  void mark_gone(std::vector<std::string> const& keys);

 private:
  /// Whose card it is; nothing where it is refused. An empty contact is a new one.
  std::optional<desk::Contact> find(desk::Card const& card);
  std::optional<desk::Contact> of_address(desk::Card const& card);
  bool is_said_twice(desk::Card const& card, desk::Contact const& contact);
  void add_addresses(desk::Card const& card, desk::Contact& contact, std::vector<std::string>& changed);
  /// What the directory gives no more is taken out, what it gives is remembered as its own.
  desk::Given given_before(desk::Contact const& contact);
  void remember(desk::Card const& card, desk::Contact const& contact, desk::Given const& before);
  void note_presence(desk::Card const& card, desk::Contact const& contact, std::vector<std::string>& changed);
  void tell(RosterLine::Fate fate, desk::Card const& card, desk::ContactId contact, std::string words);

  store::Tx& tx_;
  desk::House const& house_;
  RosterOrder const& order_;
  RosterReport& report_;
  std::map<std::string, std::string> said_;  ///< key, address or contact, and where it was said
};

/// All of the cards in one transaction, or with look_only in none.
Result<RosterReport> take_cards(store::Store& store, desk::House const& house,
                                std::span<desk::Card const> cards, RosterOrder const& order);

}  // namespace spoc::daemon
