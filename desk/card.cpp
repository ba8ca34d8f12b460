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
