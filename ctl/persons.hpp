// SPDX-License-Identifier: GPL-3.0-or-later
// Contacts for spocctl: found by what the operator says of them, and shown.
#pragma once

#include "ctl/porter.hpp"
#include "ctl/print.hpp"
#include "desk/people.hpp"

#include <ostream>
#include <string>
#include <vector>

namespace spoc::ctl {

/// As the API shows one.
desk::Contact contact_in(boost::json::object const& shown);
/// Whom the words may mean: a contact's number ("12"), an address, a phone number or a name.
Result<std::vector<desk::Contact>> those_meant(Porter& porter, std::string const& words);
/// The one whom they mean, as the API shows them. Kind::missing, or Kind::conflict with the candidates.
Result<boost::json::object> shown_of(Porter& porter, std::string const& words);
Result<desk::Contact> person_meant(Porter& porter, std::string const& words);
/// "/api/v1/contacts/12"
std::string place_of(desk::Contact const& contact);

/// "12  Ola Testmann <ola@example.org>  Example Ltd  Harbour  +47 22 33 44 55"
std::string line_of(desk::Contact const& contact);
/// What the API shows as a line, or with --json as it is.
void print_shown(Common const& common, boost::json::object const& shown);
/// The whole record, with the newest tickets.
Result<> print_record(Porter& porter, desk::Contact const& contact, std::ostream& out);

}  // namespace spoc::ctl
