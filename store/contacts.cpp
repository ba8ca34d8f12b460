// SPDX-License-Identifier: GPL-3.0-or-later
// Contacts and their addresses, and the addresses that take no mail.
#include "store/contacts.hpp"

#include "store/columns.hpp"
#include "store/contact_rows.hpp"
#include "store/contact_words.hpp"
#include "store/driver.hpp"

namespace spoc::store {
namespace {

desk::Contact add_contact(Tx& tx, std::string_view name, std::string_view language, desk::Time now) {
  desk::Contact contact;
  contact.id = desk::ContactId{next_number(tx, "contact")};
  contact.name = name;
  contact.language = language;
  tx.driver().run("INSERT INTO contact (id, name, language, made) VALUES ($1, $2, $3, $4)",
                  {desk::number(contact.id), name, language, desk::to_number(now)});
  if (!name.empty()) keep_name_words(tx.driver(), contact.id, name);
  return contact;
}

void fill_in(Tx& tx, desk::Contact& contact, std::string_view name, std::string_view language) {
  bool const new_name = contact.name.empty() && !name.empty();
  bool const new_language = contact.language.empty() && !language.empty();
  if (!new_name && !new_language) return;
  if (new_name) contact.name = name;
  if (new_language) contact.language = language;
  tx.driver().run("UPDATE contact SET name = $2, language = $3 WHERE id = $1",
                  {desk::number(contact.id), contact.name, contact.language});
  if (new_name) keep_name_words(tx.driver(), contact.id, name);
}

}  // namespace

std::optional<desk::ContactId> contact_at(Tx& tx, std::string_view address) {
  std::optional<desk::ContactId> id;
  tx.driver().run("SELECT contact FROM contact_address WHERE key = $1", {desk::normal(address)},
                  [&](Row const& row) { id = desk::ContactId{row.integer(0)}; });
  return id;
}

void add_address(Tx& tx, desk::ContactId contact, std::string_view address) {
  tx.driver().run(
      "INSERT INTO contact_address (key, contact, position) "
      "SELECT $1, $2, COUNT(*) FROM contact_address WHERE contact = $2",
      {desk::normal(address), desk::number(contact)});
}

desk::Contact find_or_add_contact(Tx& tx, desk::Address const& address, std::string_view language,
                                  desk::Time now) {
  // Mails without an author must not all become one person.
  if (desk::normal(address.address).empty()) return add_contact(tx, address.name, language, now);
  if (auto const id = contact_at(tx, address.address)) {
    auto contact = find_contact(tx, *id);
    fill_in(tx, *contact, address.name, language);
    return std::move(*contact);
  }
  auto contact = add_contact(tx, address.name, language, now);
  add_address(tx, contact.id, address.address);
  contact.addresses.push_back(desk::normal(address.address));
  return contact;
}

std::optional<desk::Contact> find_contact(Tx& tx, desk::ContactId id) {
  std::optional<desk::Contact> contact;
  tx.driver().run(
      "SELECT name, language, organisation, site, vip, equipment, notes, external_id, gone FROM contact "
      "WHERE id = $1",
      {desk::number(id)}, [&](Row const& row) {
        contact.emplace();
        contact->id = id;
        contact->name = row.text(0);
        contact->language = row.text(1);
        contact->organisation = row.text(2);
        contact->site = row.text(3);
        contact->vip = row.integer(4) != 0;
        contact->equipment = from_lines(row.text(5));
        contact->notes = row.text(6);
        contact->external_id = row.text(7);
        contact->gone = maybe_time_in(row, 8);
      });
  if (!contact) return contact;
  tx.driver().run("SELECT key FROM contact_address WHERE contact = $1 ORDER BY position", {desk::number(id)},
                  [&](Row const& row) { contact->addresses.push_back(row.text(0)); });
  tx.driver().run("SELECT number FROM contact_phone WHERE contact = $1 ORDER BY position", {desk::number(id)},
                  [&](Row const& row) { contact->phones.push_back(row.text(0)); });
  return contact;
}

desk::Contact add_visitor(Tx& tx, std::string_view name, std::string_view language, desk::Time now) {
  return add_contact(tx, name, language, now);
}

std::optional<DeadAddress> find_dead(Tx& tx, std::string_view address) {
  std::optional<DeadAddress> dead;
  tx.driver().run("SELECT key, reason, since FROM dead_address WHERE key = $1", {desk::normal(address)},
                  [&](Row const& row) {
                    dead = DeadAddress{row.text(0), row.text(1), time_in(row, 2)};
                  });
  return dead;
}

bool is_dead(Tx& tx, std::string_view address) { return find_dead(tx, address).has_value(); }

void revive(Tx& tx, std::string_view address) {
  tx.driver().run("DELETE FROM dead_address WHERE key = $1", {desk::normal(address)});
}

}  // namespace spoc::store
