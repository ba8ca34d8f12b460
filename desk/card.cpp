// SPDX-License-Identifier: GPL-3.0-or-later
// From a card to a contact.
#include "desk/card.hpp"

#include "desk/lower.hpp"
#include "desk/phone.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace spoc::desk {
namespace {

/// The card's first, then those that it does not name.
std::vector<std::string> joined(std::vector<std::string> const& said, std::vector<std::string> const& had) {
  std::vector<std::string> out;
  for (auto const* list : {&said, &had})
    for (std::string const& one : *list)
      if (std::none_of(out.begin(), out.end(),
                       [&](std::string const& other) { return one == other || same_phone(one, other); }))
        out.push_back(one);
  return out;
}

bool same_words(std::string_view one, std::string_view other) { return one == other; }
bool same_number(std::string_view one, std::string_view other) {
  return one == other || same_phone(one, other);
}

std::vector<std::string> const& given_in(Given const& given, std::string const& field) {
  static std::vector<std::string> const none;
  auto const found = given.find(field);
  return found == given.end() ? none : found->second;
}

/// Those that were given and are not any more.
bool take_from(std::vector<std::string>& field, std::vector<std::string> const& given,
               std::vector<std::string> const& now, bool (*same)(std::string_view, std::string_view)) {
  auto const among = [&](std::vector<std::string> const& all, std::string const& one) {
    return std::any_of(all.begin(), all.end(), [&](std::string const& other) { return same(one, other); });
  };
  return std::erase_if(field, [&](std::string const& one) { return among(given, one) && !among(now, one); }) >
         0;
}

template <class Value>
void put(Value& field, std::optional<Value> const& said, std::string_view name,
         std::vector<std::string>& changed) {
  if (!said || *said == field) return;
  field = *said;
  changed.emplace_back(name);
}

}  // namespace

std::vector<std::string> fill_from(Contact& contact, Card const& card) {
  std::vector<std::string> changed;
  put(contact.name, card.name, "name", changed);
  put(contact.language, card.language, "language", changed);
  put(contact.organisation, card.organisation, "organisation", changed);
  put(contact.site, card.site, "site", changed);
  put(contact.notes, card.notes, "notes", changed);
  put(contact.equipment, card.equipment, "equipment", changed);
  put(contact.vip, card.vip, "vip", changed);
  if (!card.phones.empty())
    put(contact.phones, std::optional{joined(card.phones, contact.phones)}, "phones", changed);
  if (!card.external_id.empty()) put(contact.external_id, std::optional{card.external_id}, "id", changed);
  return changed;
}

std::vector<std::string> take_out(Contact& contact, Card const& card, Given const& before) {
  std::vector<std::string> changed;
  auto const silent = [&](std::string_view field) {
    return std::find(card.silent.begin(), card.silent.end(), field) != card.silent.end();
  };
  auto const clear = [&](std::string& field, std::string const& name) {
    auto const& given = given_in(before, name);
    if (!silent(name) || given.empty() || field != given.front()) return;
    field.clear();
    changed.push_back(name);
  };
  clear(contact.organisation, "organisation");
  clear(contact.site, "site");
  clear(contact.language, "language");
  bool const phones = silent("phones") || !card.phones.empty();
  if (phones && take_from(contact.phones, given_in(before, "phones"), card.phones, same_number))
    changed.emplace_back("phones");
  if (silent("equipment") && take_from(contact.equipment, given_in(before, "equipment"), {}, same_words))
    changed.emplace_back("equipment");
  return changed;
}

Given given_by(Card const& card, Given before) {
  for (std::string const& field : card.silent) before.erase(field);
  if (card.organisation) before["organisation"] = {*card.organisation};
  if (card.site) before["site"] = {*card.site};
  if (card.language) before["language"] = {*card.language};
  if (!card.phones.empty()) before["phones"] = card.phones;
  if (card.equipment) before["equipment"] = *card.equipment;
  return before;
}

std::string why_no_contact(std::string_view address, House const& house) {
  if (house.agent_at(address) != nullptr) return "an agent's address";
  if (house.mailbox_at(address) != nullptr) return "the desk's own address";
  return "";
}

std::optional<std::string> language_called(std::string_view word) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 12> names{
      {{"english", "en"},
       {"engelsk", "en"},
       {"norwegian", "nb"},
       {"norsk", "nb"},
       {"bokmål", "nb"},
       {"norsk bokmål", "nb"},
       {"chinese", "zh-Hans"},
       {"中文", "zh-Hans"},
       {"简体中文", "zh-Hans"},
       {"繁體中文", "zh-Hant"},
       {"simplified chinese", "zh-Hans"},
       {"traditional chinese", "zh-Hant"}}};
  std::string const wanted = lower(word);
  for (auto const& [name, tag] : names)
    if (wanted == name) return std::string{tag};
  std::string const tag = spoken(wanted);
  bool const english = wanted == "en" || wanted.starts_with("en-") || wanted.starts_with("en_");
  if (tag == "en" && !english) return std::nullopt;
  return tag;
}

std::string shown(Contact const& contact) {
  std::string const address =
      contact.addresses.empty() ? std::string{} : "<" + contact.addresses.front() + ">";
  if (!contact.name.empty()) return contact.name + (address.empty() ? "" : " " + address);
  if (!address.empty()) return address;
  return contact.phones.empty() ? "contact " + std::to_string(number(contact.id)) : contact.phones.front();
}

}  // namespace spoc::desk
