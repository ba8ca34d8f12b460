// SPDX-License-Identifier: GPL-3.0-or-later
// Listing contacts, and renaming them.
#include "store/contact_pages.hpp"

#include "store/columns.hpp"
#include "store/contact_rows.hpp"
#include "store/contacts.hpp"

namespace spoc::store {

std::vector<desk::Contact> list_contacts(Tx& tx, ContactFilter const& filter) {
  std::vector<desk::ContactId> ids;
  auto const take = [&](Row const& row) { ids.push_back(desk::ContactId{row.integer(0)}); };
  auto const limit = static_cast<std::int64_t>(filter.limit);
  std::string const pattern = "%" + like_word(filter.words) + "%";
  std::string const address = "%" + like_word(desk::normal(filter.words)) + "%";
  if (filter.words.empty())
    tx.driver().run("SELECT id FROM contact WHERE id > $1 AND merged_into IS NULL ORDER BY id LIMIT $2",
                    {desk::number(filter.after), limit}, take);
  else
    tx.driver().run(
        "SELECT id FROM contact WHERE id > $1 AND merged_into IS NULL AND (name LIKE $2 ESCAPE '!' OR EXISTS "
        "(SELECT 1 FROM "
        "contact_address WHERE contact = contact.id AND key LIKE $3 ESCAPE '!')) ORDER BY id LIMIT $4",
        {desk::number(filter.after), pattern, address, limit}, take);
  std::vector<desk::Contact> out;
  for (desk::ContactId const id : ids)
    if (auto contact = find_contact(tx, id)) out.push_back(std::move(*contact));
  return out;
}

std::optional<desk::Contact> contact_of(Tx& tx, std::string_view address) {
  auto const id = contact_at(tx, address);
  return id ? find_contact(tx, *id) : std::nullopt;
}

}  // namespace spoc::store
