// SPDX-License-Identifier: GPL-3.0-or-later
// Finding and showing contacts.
#include "ctl/persons.hpp"

#include "channels/target.hpp"
#include "ctl/print.hpp"
#include "desk/card.hpp"
#include "desk/time.hpp"

#include <boost/json/array.hpp>
#include <iostream>
#include <utility>

namespace spoc::ctl {
namespace {

namespace json = boost::json;

void print_field(std::ostream& out, char const* name, std::string const& value) {
  if (!value.empty()) out << name << value << "\n";
}

void print_list(std::ostream& out, char const* name, std::vector<std::string> const& values) {
  for (std::string const& one : values) out << name << one << "\n";
}

Result<json::array> those_shown(Porter& porter, std::string const& words) {
  if (words.empty()) return json::array{};
  auto const found = porter.ask({"GET", "/api/v1/contacts?who=" + channels::percent_encoded(words)});
  return found ? Result<json::array>{list_of(*found, "contacts")} : found.error();
}

}  // namespace

desk::Contact contact_in(json::object const& shown) {
  desk::Contact out;
  json::value const* id = shown.if_contains("id");
  out.id = desk::ContactId{id != nullptr && id->is_int64() ? id->as_int64() : 0};
  out.name = text_of(shown, "name");
  out.language = text_of(shown, "language");
  out.organisation = text_of(shown, "organisation");
  out.site = text_of(shown, "site");
  out.notes = text_of(shown, "notes");
  out.external_id = text_of(shown, "external_id");
  out.vip = text_of(shown, "vip") == "true";
  out.gone = desk::from_iso(text_of(shown, "gone"));
  std::pair<char const*, std::vector<std::string>*> const lists[] = {
      {"addresses", &out.addresses}, {"phones", &out.phones}, {"equipment", &out.equipment}};
  for (auto const& [key, list] : lists)
    for (json::value const& one : list_of(shown, key)) list->emplace_back(one.as_string());
  return out;
}

Result<std::vector<desk::Contact>> those_meant(Porter& porter, std::string const& words) {
  auto const found = those_shown(porter, words);
  if (!found) return found.error();
  std::vector<desk::Contact> out;
  for (json::value const& one : *found) out.push_back(contact_in(one.as_object()));
  return out;
}

Result<json::object> shown_of(Porter& porter, std::string const& words) {
  auto found = those_shown(porter, words);
  if (!found) return found.error();
  if (found->size() == 1) return std::move(found->front().as_object());
  if (found->empty())
    return Error{Kind::missing,
                 "nobody is known by \"" + words +
                     "\": say a number of spocctl contact list, an address, a phone or a name"};
  std::string candidates;
  for (json::value const& one : *found) candidates += "\n  " + line_of(contact_in(one.as_object()));
  return Error{Kind::conflict, "\"" + words + "\" may be one of several; say the number:" + candidates};
}

Result<desk::Contact> person_meant(Porter& porter, std::string const& words) {
  auto const shown = shown_of(porter, words);
  return shown ? Result<desk::Contact>{contact_in(*shown)} : shown.error();
}

void print_shown(Common const& common, json::object const& shown) {
  if (common.json)
    print(shown);
  else
    std::cout << line_of(contact_in(shown)) << "\n";
}

std::string place_of(desk::Contact const& contact) {
  return "/api/v1/contacts/" + std::to_string(desk::number(contact.id));
}

std::string line_of(desk::Contact const& contact) {
  std::string out = std::to_string(desk::number(contact.id)) + "  " + desk::shown(contact);
  for (std::string const* one : {&contact.organisation, &contact.site})
    if (!one->empty()) out += "  " + *one;
  for (std::string const& phone : contact.phones)
    if (desk::shown(contact) != phone) out += "  " + phone;
  if (contact.vip) out += "  VIP";
  if (contact.gone) out += "  gone";
  return out;
}

Result<> print_record(Porter& porter, desk::Contact const& contact, std::ostream& out) {
  auto const record = porter.ask({"GET", place_of(contact) + "/record"});
  if (!record) return record.error();
  out << "contact       " << desk::number(contact.id) << (contact.vip ? ", VIP" : "") << "\n";
  print_field(out, "name          ", contact.name);
  print_list(out, "address       ", contact.addresses);
  print_list(out, "phone         ", contact.phones);
  print_field(out, "organisation  ", contact.organisation);
  print_field(out, "site          ", contact.site);
  print_field(out, "language      ", contact.language);
  print_list(out, "equipment     ", contact.equipment);
  print_field(out, "notes         ", contact.notes);
  print_field(out, "id            ", contact.external_id);
  if (contact.gone) out << "gone          from the directory since " << desk::iso(*contact.gone) << "\n";
  out << "tickets       " << text_of(*record, "tickets") << ", " << text_of(*record, "unfinished")
      << " of them unfinished\n";
  for (json::value const& value : list_of(*record, "latest")) {
    json::object const& one = value.as_object();
    out << "  #" << text_of(one, "id") << "  " << text_of(one, "status") << "  " << text_of(one, "subject")
        << "\n";
  }
  return {};
}

}  // namespace spoc::ctl
