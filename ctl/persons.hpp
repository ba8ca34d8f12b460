// SPDX-License-Identifier: GPL-3.0-or-later
// Contacts for spocctl: found by what the operator says of them, and shown.
#pragma once

#include "ctl/print.hpp"
#include "desk/people.hpp"
#include "store/store.hpp"

#include <ostream>
#include <string>
#include <vector>

namespace spoc::ctl {

/// Whom the words may mean: a contact's number ("12"), an address, a phone number or a name.
std::vector<desk::Contact> persons_meant(store::Tx& tx, std::string const& words);
/// The one whom they mean. Kind::missing, or Kind::conflict with the candidates.
Result<desk::Contact> person_meant(store::Store& store, std::string const& words);

/// "12  Ola Testmann <ola@example.org>  Example Ltd  Harbour  +47 22 33 44 55"
std::string line_of(desk::Contact const& contact);
/// The whole record, with the newest tickets.
void print_record(store::Tx& tx, desk::Contact const& contact, std::ostream& out);

}  // namespace spoc::ctl
