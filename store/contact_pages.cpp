// SPDX-License-Identifier: GPL-3.0-or-later
// Listing contacts.
#include "store/contact_pages.hpp"

#include "store/columns.hpp"
#include "store/contact_rows.hpp"
#include "store/contacts.hpp"

namespace spoc::store {

std::vector<desk::Contact> list_contacts(Tx& tx, ContactFilter const& filter) {
  std::string const pattern = "%" + like_word(filter.words) + "%";
  std::string const address = "%" + like_word(desk::normal(filter.words)) + "%";
  std::vector<Value> values;
  auto const bound = [&](Value value) {
    values.push_back(value);
    return "$" + std::to_string(values.size());
  };
  std::string const place = filter.by_name ? "CASE WHEN name = '' THEN 1 ELSE 0 END, LOWER(name), id" : "id";
  std::string sql = "SELECT id FROM contact WHERE merged_into IS NULL";
  if (!filter.by_name)
    sql += " AND id > " + bound(desk::number(filter.after));
  else if (filter.after != desk::ContactId{})
    sql += " AND (" + place + ") > (SELECT " + place +
           " FROM contact WHERE id = " + bound(desk::number(filter.after)) + ")";
  if (!filter.words.empty()) {
    sql += " AND (name LIKE " + bound(std::string_view{pattern});
    sql += " ESCAPE '!' OR EXISTS (SELECT 1 FROM contact_address WHERE contact = contact.id AND key LIKE ";
    sql += bound(std::string_view{address}) + " ESCAPE '!'))";
  }
  sql += " ORDER BY " + place + " LIMIT " + bound(static_cast<std::int64_t>(filter.limit));
  std::vector<desk::ContactId> ids;
  tx.driver().run(sql, values, [&](Row const& row) { ids.push_back(desk::ContactId{row.integer(0)}); });
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
