// SPDX-License-Identifier: GPL-3.0-or-later
// Cards to contacts, one by one.
#include "daemon/roster.hpp"

#include "desk/words.hpp"
#include "store/contact_book.hpp"
#include "store/contact_rows.hpp"
#include "store/contacts.hpp"
#include "store/given.hpp"

#include <algorithm>
#include <set>

namespace spoc::daemon {
namespace {

using Fate = RosterLine::Fate;

std::string called(desk::Contact const& contact) {
  return "contact " + std::to_string(desk::number(contact.id)) + " (" + desk::shown(contact) + ")";
}

std::string joined(std::vector<std::string> const& words) {
  std::string out;
  for (std::string const& one : words) out += (out.empty() ? "" : ", ") + one;
  return out;
}

}  // namespace

std::string_view name(Fate fate) {
  static constexpr desk::Words<Fate, 7> words{{{Fate::added, "added"},
                                               {Fate::changed, "changed"},
                                               {Fate::left, "left"},
                                               {Fate::refused, "refused"},
                                               {Fate::told, "told"},
                                               {Fate::gone, "gone"},
                                               {Fate::back, "back"}}};
  return desk::word_for(words, fate);
}

std::size_t RosterReport::count(Fate fate) const {
  return static_cast<std::size_t>(
      std::count_if(lines.begin(), lines.end(), [&](RosterLine const& one) { return one.fate == fate; }));
}

Roster::Roster(store::Tx& tx, desk::House const& house, RosterOrder const& order, RosterReport& report)
    : tx_{tx}, house_{house}, order_{order}, report_{report} {}

void Roster::tell(Fate fate, desk::Card const& card, desk::ContactId contact, std::string words) {
  report_.lines.push_back({fate, card.where, contact, std::move(words)});
}

/// The one contact that has any of its addresses.
std::optional<desk::Contact> Roster::of_address(desk::Card const& card) {
  std::vector<desk::Contact> owners;
  for (std::string const& address : card.addresses)
    if (auto const id = store::contact_at(tx_, address);
        id &&
        std::none_of(owners.begin(), owners.end(), [&](desk::Contact const& had) { return had.id == *id; }))
      owners.push_back(store::find_contact(tx_, *id).value_or(desk::Contact{}));
  if (owners.empty()) return desk::Contact{};
  if (owners.size() > 1) {
    std::string words = "its addresses belong to several contacts:";
    for (desk::Contact const& one : owners) words += (words.ends_with(':') ? " " : " and ") + called(one);
    tell(Fate::refused, card, {},
         words + "; if they are one person, spocctl contact merge " +
             std::to_string(desk::number(owners[0].id)) + " " + std::to_string(desk::number(owners[1].id)));
    return std::nullopt;
  }
  std::string const& key = owners.front().external_id;
  if (!key.empty() && !card.external_id.empty() && key != card.external_id) {
    tell(Fate::refused, card, owners.front().id,
         "its address belongs to " + called(owners.front()) + ", whose id is \"" + key + "\"");
    return std::nullopt;
  }
  return std::move(owners.front());
}

std::optional<desk::Contact> Roster::find(desk::Card const& card) {
  for (std::string const& address : card.addresses)
    if (std::string const why = desk::why_no_contact(address, house_); !why.empty()) {
      tell(Fate::refused, card, {}, address + " is " + why);
      return std::nullopt;
    }
  if (!card.external_id.empty())
    if (auto const id = store::contact_with_key(tx_, card.external_id)) return store::find_contact(tx_, *id);
  return of_address(card);
}

/// The second of two cards that speak of one person would undo the first at every import.
bool Roster::is_said_twice(desk::Card const& card, desk::Contact const& contact) {
  std::vector<std::string> names;
  if (contact.id != desk::ContactId{}) names.push_back("contact " + std::to_string(desk::number(contact.id)));
  if (!card.external_id.empty()) names.push_back("id " + card.external_id);
  for (std::string const& address : card.addresses) names.push_back("address " + address);
  for (std::string const& one : names)
    if (auto const had = said_.find(one); had != said_.end()) {
      tell(Fate::refused, card, contact.id, "speaks of the same person as " + had->second + " (" + one + ")");
      return true;
    }
  for (std::string& one : names) said_.emplace(std::move(one), card.where);
  return false;
}

void Roster::add_addresses(desk::Card const& card, desk::Contact& contact,
                           std::vector<std::string>& changed) {
  for (std::string const& address : card.addresses) {
    auto const owner = store::contact_at(tx_, address);
    if (owner && *owner == contact.id) continue;
    if (owner) {
      auto const other = store::find_contact(tx_, *owner).value_or(desk::Contact{});
      tell(Fate::told, card, contact.id,
           address + " is left with " + called(other) + "; if they are one person, spocctl contact merge " +
               std::to_string(desk::number(contact.id)) + " " + std::to_string(desk::number(*owner)));
      continue;
    }
    if (!order_.look_only) store::add_address(tx_, contact.id, address);
    contact.addresses.push_back(address);
    changed.emplace_back("address " + address);
  }
}

/// The directory has them from now on, or again.
void Roster::note_presence(desk::Card const& card, desk::Contact const& contact,
                           std::vector<std::string>& changed) {
  bool const known = card.external_id.empty() || store::is_in_directory(tx_, card.external_id);
  if (!order_.directory || known) return;
  if (!order_.look_only) store::mark_in_directory(tx_, contact.id, std::nullopt);
  changed.emplace_back("directory");
  if (contact.gone) tell(Fate::back, card, contact.id, desk::shown(contact));
}

desk::Given Roster::given_before(desk::Contact const& contact) {
  bool const asked = order_.directory && contact.id != desk::ContactId{};
  return asked ? store::given_to(tx_, contact.id) : desk::Given{};
}

void Roster::remember(desk::Card const& card, desk::Contact const& contact, desk::Given const& before) {
  if (!order_.directory) return;
  desk::Given const now = desk::given_by(card, before);
  if (now == before) return;
  report_.remembered.insert(card.where);
  if (!order_.look_only) store::keep_given(tx_, contact.id, now);
}

void Roster::take(desk::Card const& card) {
  auto contact = find(card);
  if (!contact || is_said_twice(card, *contact)) return;
  bool const fresh = contact->id == desk::ContactId{};
  desk::Given const before = given_before(*contact);
  std::vector<std::string> changed = desk::take_out(*contact, card, before);
  for (std::string& one : desk::fill_from(*contact, card))
    if (std::find(changed.begin(), changed.end(), one) == changed.end()) changed.push_back(std::move(one));
  if (!order_.look_only && (fresh || !changed.empty())) store::keep_contact(tx_, *contact, order_.now);
  remember(card, *contact, before);
  add_addresses(card, *contact, changed);
  note_presence(card, *contact, changed);
  if (!fresh && changed.empty()) return tell(Fate::left, card, contact->id, desk::shown(*contact));
  std::string const words = desk::shown(*contact) + ": " + joined(changed);
  if (!order_.look_only)
    store::note_in_trail(tx_, order_.who, fresh ? "contact added" : "contact changed",
                         std::to_string(desk::number(contact->id)) + " " + words + " (" + card.where + ")",
                         order_.now);
  tell(fresh ? Fate::added : Fate::changed, card, contact->id, words);
}

void Roster::mark_gone(std::vector<std::string> const& keys) {
  if (!order_.directory) return;
  std::set<std::string> const there{keys.begin(), keys.end()};
  auto const before = store::keys_from_directory(tx_);
  std::vector<std::string> gone;
  std::copy_if(before.begin(), before.end(), std::back_inserter(gone),
               [&](std::string const& key) { return !there.contains(key); });
  if (gone.size() > 1 && gone.size() * 2 > before.size())
    throw store::Fault{{Kind::conflict, "the directory gave " + std::to_string(keys.size()) +
                                            " people and not " + std::to_string(gone.size()) + " of the " +
                                            std::to_string(before.size()) +
                                            " known from it; nobody is marked: look at ldap.base and "
                                            "ldap.filter"}};
  for (std::string const& key : gone) {
    auto const id = store::contact_with_key(tx_, key);
    if (!id) continue;
    if (!order_.look_only) {
      store::mark_in_directory(tx_, *id, order_.now);
      store::note_in_trail(tx_, order_.who, "contact gone",
                           std::to_string(desk::number(*id)) + " is no longer in the directory", order_.now);
    }
    auto const contact = store::find_contact(tx_, *id).value_or(desk::Contact{});
    report_.lines.push_back({Fate::gone, key, *id, desk::shown(contact)});
  }
}

Result<RosterReport> take_cards(store::Store& store, desk::House const& house,
                                std::span<desk::Card const> cards, RosterOrder const& order) {
  RosterReport report;
  auto const work = [&](store::Tx& tx) {
    report = {};
    Roster roster{tx, house, order, report};
    for (desk::Card const& card : cards) roster.take(card);
  };
  auto const done = order.look_only ? store.read("look at cards", work) : store.write("take cards", work);
  if (!done) return done.error();
  return report;
}

}  // namespace spoc::daemon
