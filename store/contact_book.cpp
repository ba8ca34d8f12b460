// SPDX-License-Identifier: GPL-3.0-or-later
// The book of contacts: rows found, written and joined.
#include "store/contact_book.hpp"

#include "desk/phone.hpp"
#include "store/apply_steps.hpp"
#include "store/columns.hpp"
#include "store/contact_rows.hpp"
#include "store/contact_words.hpp"
#include "store/contacts.hpp"
#include "store/given.hpp"

#include <algorithm>

namespace spoc::store {
namespace {

void write_phones(Tx& tx, desk::Contact const& contact) {
  tx.driver().run("DELETE FROM contact_phone WHERE contact = $1", {desk::number(contact.id)});
  std::int64_t position = 0;
  for (std::string const& number : contact.phones) {
    std::string const tail = desk::phone_tail(number);
    tx.driver().run("INSERT INTO contact_phone (contact, position, number, tail) VALUES ($1, $2, $3, $4)",
                    {desk::number(contact.id), position++, number, tail});
  }
}

/// What `into` does not know itself.
void fill_gaps(desk::Contact& into, desk::Contact const& other) {
  auto const fill = [](std::string& field, std::string const& from) {
    if (field.empty()) field = from;
  };
  fill(into.name, other.name);
  fill(into.language, other.language);
  fill(into.organisation, other.organisation);
  fill(into.site, other.site);
  fill(into.external_id, other.external_id);
  if (!other.notes.empty() && other.notes != into.notes)
    into.notes += (into.notes.empty() ? "" : "\n") + other.notes;
  into.vip = into.vip || other.vip;
  auto const append = [](std::vector<std::string>& all, std::vector<std::string> const& from) {
    for (std::string const& one : from)
      if (std::find(all.begin(), all.end(), one) == all.end()) all.push_back(one);
  };
  append(into.phones, other.phones);
  append(into.equipment, other.equipment);
}

desk::Contact needed(Tx& tx, desk::ContactId id) {
  auto contact = find_contact(tx, id);
  if (!contact) throw Fault{{Kind::missing, "there is no contact " + std::to_string(desk::number(id))}};
  return std::move(*contact);
}

}  // namespace

std::optional<desk::ContactId> contact_with_key(Tx& tx, std::string_view external_id) {
  std::optional<desk::ContactId> id;
  tx.driver().run("SELECT id FROM contact WHERE external_id = $1", {external_id},
                  [&](Row const& row) { id = desk::ContactId{row.integer(0)}; });
  return id;
}

std::vector<desk::ContactId> contacts_with_phone(Tx& tx, std::string_view phone) {
  std::vector<desk::ContactId> out;
  std::string const tail = desk::phone_tail(phone);
  if (tail.empty()) return out;
  tx.driver().run("SELECT contact, number FROM contact_phone WHERE tail = $1 ORDER BY contact", {tail},
                  [&](Row const& row) {
                    desk::ContactId const id{row.integer(0)};
                    bool const had = !out.empty() && out.back() == id;
                    if (!had && desk::same_phone(row.text(1), phone)) out.push_back(id);
                  });
  return out;
}

std::vector<desk::Contact> contacts_meant(Tx& tx, desk::Call const& call) {
  constexpr std::size_t most = 20;
  std::vector<desk::ContactId> ids;
  if (call.contact != desk::ContactId{})
    ids.push_back(call.contact);
  else if (auto const owner = call.address.empty() ? std::nullopt : contact_at(tx, call.address))
    ids.push_back(*owner);
  else if (!call.phone.empty())
    ids = contacts_with_phone(tx, call.phone);
  if (ids.empty() && call.address.empty()) {
    ids = contacts_named(tx, call.name, most);
    // With a number that nobody has, a name that several bear says too little.
    if (!call.phone.empty() && ids.size() > 1) ids.clear();
  }
  std::vector<desk::Contact> out;
  for (desk::ContactId const id : ids) out.push_back(needed(tx, id));
  auto const words = words_in(call.name);
  bool const narrows = out.size() > 1 && !words.empty() &&
                       std::any_of(out.begin(), out.end(),
                                   [&](desk::Contact const& one) { return holds_all(one.name, words); });
  if (narrows) std::erase_if(out, [&](desk::Contact const& one) { return !holds_all(one.name, words); });
  return out;
}

std::optional<desk::ContactId> resolve_contact(Tx& tx, desk::ContactId id) {
  constexpr int longest_chain = 100;
  for (int hop = 0; hop < longest_chain; ++hop) {
    bool found = false;
    std::optional<desk::ContactId> next;
    tx.driver().run("SELECT merged_into FROM contact WHERE id = $1", {desk::number(id)}, [&](Row const& row) {
      found = true;
      next = maybe_id_in<desk::ContactId>(row, 0);
    });
    if (!found) return std::nullopt;
    if (!next) return id;
    id = *next;
  }
  throw Fault{{Kind::broken, "contact " + std::to_string(desk::number(id)) + " is merged in a circle"}};
}

void keep_contact(Tx& tx, desk::Contact& contact, desk::Time now) {
  if (contact.id == desk::ContactId{}) {
    contact.id = desk::ContactId{next_number(tx, "contact")};
    tx.driver().run("INSERT INTO contact (id, name, language, made) VALUES ($1, '', '', $2)",
                    {desk::number(contact.id), desk::to_number(now)});
  }
  std::string const equipment = as_lines(contact.equipment);
  auto const changed = tx.driver().run(
      "UPDATE contact SET name = $2, language = $3, organisation = $4, site = $5, vip = $6, equipment = $7, "
      "notes = $8, external_id = $9 WHERE id = $1",
      {desk::number(contact.id), contact.name, contact.language, contact.organisation, contact.site,
       std::int64_t{contact.vip}, equipment, contact.notes, maybe(contact.external_id)});
  if (changed == 0)
    throw Fault{{Kind::missing, "there is no contact " + std::to_string(desk::number(contact.id))}};
  write_phones(tx, contact);
  keep_name_words(tx.driver(), contact.id, contact.name);
}

void merge_contacts(Tx& tx, desk::ContactId into, desk::ContactId other, std::string_view who,
                    desk::Time now) {
  auto& db = tx.driver();
  std::int64_t const target = desk::number(into), source = desk::number(other);
  desk::Contact kept = needed(tx, into);
  desk::Contact const gone = needed(tx, other);
  std::string const detail =
      "contact " + std::to_string(source) + " was merged into " + std::to_string(target);
  std::vector<desk::TicketId> tickets;
  db.run("SELECT id FROM ticket WHERE requester = $1 ORDER BY id", {source},
         [&](Row const& row) { tickets.emplace_back(desk::TicketId{row.integer(0)}); });
  db.run("UPDATE ticket SET requester = $2 WHERE requester = $1", {source, target});
  for (desk::TicketId const ticket : tickets)
    add_trail(tx, ticket, {ticket, now, std::string{who}, "requester", detail}, now);
  for (std::string const& address : gone.addresses) {
    db.run("DELETE FROM contact_address WHERE key = $1", {address});
    add_address(tx, into, address);
  }
  bool const takes_key = kept.external_id.empty() && !gone.external_id.empty();
  if (takes_key)
    db.run(
        "UPDATE contact SET directory = (SELECT o.directory FROM contact o WHERE o.id = $2), gone = (SELECT "
        "o.gone FROM contact o WHERE o.id = $2) WHERE id = $1",
        {target, source});
  db.run("UPDATE contact SET merged_into = $2, external_id = NULL, directory = 0, gone = NULL WHERE id = $1",
         {source, target});
  if (takes_key) {
    desk::Given const given = given_to(tx, other);
    keep_given(tx, into, given);
  }
  keep_given(tx, other, {});
  db.run("DELETE FROM contact_phone WHERE contact = $1", {source});
  fill_gaps(kept, gone);
  keep_contact(tx, kept, now);
  note_in_trail(tx, who, "contact merged", detail, now);
}

std::vector<std::string> keys_from_directory(Tx& tx) {
  std::vector<std::string> out;
  tx.driver().run(
      "SELECT external_id FROM contact WHERE directory = 1 AND gone IS NULL AND external_id IS NOT "
      "NULL ORDER BY id",
      {}, [&](Row const& row) { out.push_back(row.text(0)); });
  return out;
}

bool is_in_directory(Tx& tx, std::string_view external_id) {
  bool found = false;
  tx.driver().run("SELECT 1 FROM contact WHERE external_id = $1 AND directory = 1 AND gone IS NULL",
                  {external_id}, [&](Row const&) { found = true; });
  return found;
}

void mark_in_directory(Tx& tx, desk::ContactId contact, std::optional<desk::Time> gone) {
  tx.driver().run("UPDATE contact SET directory = 1, gone = $2 WHERE id = $1",
                  {desk::number(contact), maybe(gone)});
}

TicketsOf count_tickets_of(Tx& tx, desk::ContactId contact) {
  TicketsOf out;
  tx.driver().run(
      "SELECT COUNT(*), COALESCE(SUM(CASE WHEN closed IS NULL THEN 1 ELSE 0 END), 0) FROM ticket WHERE "
      "requester = $1 AND merged_into IS NULL",
      {desk::number(contact)}, [&](Row const& row) {
        out = {row.integer(0), row.integer(1)};
      });
  return out;
}

void note_in_trail(Tx& tx, std::string_view who, std::string_view what, std::string_view detail,
                   desk::Time now) {
  add_trail(tx, {}, {{}, now, std::string{who}, std::string{what}, std::string{detail}}, now);
}

}  // namespace spoc::store
