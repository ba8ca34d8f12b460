// SPDX-License-Identifier: GPL-3.0-or-later
// Contacts page by page, and what can be said of them anew.
#pragma once

#include "desk/people.hpp"
#include "store/store.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace spoc::store {

struct ContactFilter {
  std::string words;        ///< stand in the name or in an address; "" for all
  desk::ContactId after{};  ///< only those behind this one
  std::size_t limit = 100;
  /// By name instead, those without one last; `after` is then the contact behind which it goes on.
  bool by_name = false;
};
/// In the order of their numbers, unless asked otherwise.
std::vector<desk::Contact> list_contacts(Tx& tx, ContactFilter const& filter);
/// The one who has this address.
std::optional<desk::Contact> contact_of(Tx& tx, std::string_view address);

}  // namespace spoc::store
