// SPDX-License-Identifier: GPL-3.0-or-later
// The book of contacts: looking people up by whatever is known of them, writing them down, making two one.
#pragma once

#include "desk/arrival.hpp"
#include "desk/people.hpp"
#include "store/store.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace spoc::store {

/// Whom a list or directory calls so.
std::optional<desk::ContactId> contact_with_key(Tx& tx, std::string_view external_id);
/// Everybody who has this number (desk::same_phone).
std::vector<desk::ContactId> contacts_with_phone(Tx& tx, std::string_view phone);
/// Everybody in whose name all of these words stand, whole, in any order and any case; at most `limit`.
std::vector<desk::ContactId> contacts_named(Tx& tx, std::string_view words, std::size_t limit);
/// Whom a call may mean: who has the address, else who has the number, else who is called so (with a number
/// that nobody has: the only one who is). Of several with one number those whom the name fits as well, if
/// any.
std::vector<desk::Contact> contacts_meant(Tx& tx, desk::Call const& call);

/// The contact that this one was merged into, at last, or itself; nothing where there is no such contact.
std::optional<desk::ContactId> resolve_contact(Tx& tx, desk::ContactId id);

/// Makes one, or writes down all of it that is not an address. Its id is filled in.
void keep_contact(Tx& tx, desk::Contact& contact, desk::Time now);

/// Everything of `other` becomes `into`'s: tickets, addresses, phones, and what `into` does not know itself.
/// The number of `other` leads there for ever. `who` did it, as the trail says.
void merge_contacts(Tx& tx, desk::ContactId into, desk::ContactId other, std::string_view who,
                    desk::Time now);

/// Whom the directory had before: their keys.
std::vector<std::string> keys_from_directory(Tx& tx);
/// Has it this one still?
bool is_in_directory(Tx& tx, std::string_view external_id);
/// Says of a contact that the directory has it (gone: nothing) or has it no more.
void mark_in_directory(Tx& tx, desk::ContactId contact, std::optional<desk::Time> gone);

/// Tickets of a requester: all, and those that are not finished.
struct TicketsOf {
  std::int64_t all = 0, unfinished = 0;
};
TicketsOf count_tickets_of(Tx& tx, desk::ContactId contact);

/// A line in the trail that belongs to no ticket.
void note_in_trail(Tx& tx, std::string_view who, std::string_view what, std::string_view detail,
                   desk::Time now);

}  // namespace spoc::store
