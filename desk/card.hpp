// SPDX-License-Identifier: GPL-3.0-or-later
// What a list or a directory says of a person, and what becomes of the contact with it.
#pragma once

#include "desk/people.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace spoc::desk {

/// What it does not speak of is not set, or empty.
struct Card {
  std::string where;        ///< "line 12", "uid=ola,dc=example,dc=org": how it is named when it is spoken of
  std::string external_id;  ///< its own key for the person; "" for none
  std::vector<std::string> addresses;  ///< normal()
  std::optional<std::string> name{}, language{}, organisation{}, site{}, notes{};
  std::vector<std::string> phones{};
  std::optional<std::vector<std::string>> equipment{};
  std::optional<bool> vip{};
  std::vector<std::string> silent{};  ///< fields that a directory is asked for and has nothing in: "site"
  bool operator==(Card const&) const = default;
};

/// Puts in what the card says, addresses aside: its phones come first, and those that the contact had stay
/// behind them. The names of the fields that changed, as spocctl shows them.
std::vector<std::string> fill_from(Contact& contact, Card const& card);

/// What a directory gave of somebody, by field: "phones", "equipment", "organisation", "site", "language".
using Given = std::map<std::string, std::vector<std::string>>;

/// Takes out what the directory gave before and gives no more; what a person entered stays. The names of the
/// fields that changed.
std::vector<std::string> take_out(Contact& contact, Card const& card, Given const& before);
/// What it has given, now that it has given this card.
Given given_by(Card const& card, Given before);

/// Why an address is nobody's contact: "an agent's address", "the desk's own address"; "" where it may be.
std::string why_no_contact(std::string_view address, House const& house);

/// The language as contacts have it, from a tag or a name ("nb-NO", "Norwegian", "norsk"); nothing where the
/// desk does not speak it.
std::optional<std::string> language_called(std::string_view word);

/// "Ola Testmann <ola@example.org>", or what there is of it.
std::string shown(Contact const& contact);

}  // namespace spoc::desk
