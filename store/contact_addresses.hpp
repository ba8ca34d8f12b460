// SPDX-License-Identifier: GPL-3.0-or-later
// A contact's addresses, given and taken away, with the reasons why not.
#pragma once

#include "desk/people.hpp"
#include "store/store.hpp"

#include <string>

namespace spoc::store {

/// Adds an address behind those that the contact has; one that it has already changes nothing. A Fault:
/// unreadable where it is no address, conflict where it is an agent's, the desk's own or another contact's.
void give_address(Tx& tx, desk::House const& house, desk::Contact& contact, std::string const& said);
/// Takes one away; a mail from it makes another contact. A Fault: missing where the contact has none such,
/// conflict where it is the last, by which alone their mails find them.
void take_address(Tx& tx, desk::Contact& contact, std::string const& said);

}  // namespace spoc::store
