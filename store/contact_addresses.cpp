// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of addresses, and the checks before them.
#include "store/contact_addresses.hpp"

#include "desk/card.hpp"
#include "store/columns.hpp"
#include "store/contact_rows.hpp"

#include <algorithm>

namespace spoc::store {
namespace {

std::string called(desk::ContactId id) { return "contact " + std::to_string(desk::number(id)); }

}  // namespace

void give_address(Tx& tx, desk::House const& house, desk::Contact& contact, std::string const& said) {
  std::string const address = desk::normal(said);
  // What is unreadable here is the database itself, and ends the desk: somebody's words never are.
  if (!desk::is_address(address)) throw Fault{{Kind::conflict, "\"" + said + "\" is no mail address"}};
  if (std::string const why = desk::why_no_contact(address, house); !why.empty())
    throw Fault{{Kind::conflict, address + " is " + why}};
  auto const owner = contact_at(tx, address);
  if (owner && *owner == contact.id) return;
  if (owner)
    throw Fault{{Kind::conflict,
                 address + " belongs to " + called(*owner) + "; if they are one person, merge the two"}};
  add_address(tx, contact.id, address);
  contact.addresses.push_back(address);
}

void take_address(Tx& tx, desk::Contact& contact, std::string const& said) {
  std::string const address = desk::normal(said);
  auto const found = std::find(contact.addresses.begin(), contact.addresses.end(), address);
  if (found == contact.addresses.end())
    throw Fault{{Kind::missing, called(contact.id) + " has no address \"" + said + "\""}};
  if (contact.addresses.size() == 1)
    throw Fault{{Kind::conflict, address + " is the last address of " + called(contact.id) +
                                     ": their mails would find them no more; add another one first"}};
  std::int64_t const id = desk::number(contact.id);
  tx.driver().run(
      "UPDATE contact_address SET position = position - 1 WHERE contact = $1 AND position > (SELECT position "
      "FROM contact_address WHERE key = $2)",
      {id, address});
  tx.driver().run("DELETE FROM contact_address WHERE key = $2 AND contact = $1", {id, address});
  contact.addresses.erase(found);
}

}  // namespace spoc::store
