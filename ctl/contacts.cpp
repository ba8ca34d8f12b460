// SPDX-License-Identifier: GPL-3.0-or-later
// spocctl contact: the book of people, looked at, changed, joined and filled from lists.
#include "store/contacts.hpp"
#include "ctl/persons.hpp"
#include "ctl/place.hpp"
#include "ctl/print.hpp"
#include "ctl/roster_print.hpp"
#include "ctl/verbs.hpp"
#include "daemon/as_json.hpp"
#include "daemon/directory.hpp"
#include "daemon/roster.hpp"
#include "desk/card.hpp"
#include "parser/contact_list.hpp"
#include "store/contact_addresses.hpp"
#include "store/contact_book.hpp"

#include <iostream>

namespace spoc::ctl {
namespace {

using Fate = daemon::RosterLine::Fate;

/// What the operator says, put into the contact. Lists that are named replace those that it had.
Result<> put(desk::Contact& contact, ContactChange const& order) {
  auto const take = [](std::string& field, std::optional<std::string> const& said) {
    if (said) field = *said;
  };
  take(contact.name, order.name);
  take(contact.organisation, order.organisation);
  take(contact.site, order.site);
  take(contact.notes, order.notes);
  take(contact.external_id, order.external_id);
  if (order.language) {
    auto const language =
        order.language->empty() ? std::optional<std::string>{""} : desk::language_called(*order.language);
    if (!language)
      return Error{Kind::unreadable, "--language \"" + *order.language +
                                         "\" is none of the desk's: en, nb, zh-Hans or zh-Hant"};
    contact.language = *language;
  }
  if (order.vip) {
    if (*order.vip != "yes" && *order.vip != "no")
      return Error{Kind::unreadable, "--vip takes yes or no, not \"" + *order.vip + "\""};
    contact.vip = *order.vip == "yes";
  }
  if (!order.phones.empty()) contact.phones = order.phones;
  if (!order.equipment.empty()) contact.equipment = order.equipment;
  for (auto* list : {&contact.phones, &contact.equipment})
    std::erase_if(*list, [](std::string const& one) { return one.empty(); });
  return {};
}

/// "line 12: email refused" and what is to be done about it.
void add_faults(parser::ContactList const& list, daemon::RosterReport& report) {
  for (auto const& fault : list.faults)
    report.lines.push_back(
        {fault.refused ? Fate::refused : Fate::told, "line " + std::to_string(fault.line), {}, fault.what});
}

}  // namespace

int contact_list(Common const& common, std::string const& words, std::size_t limit) {
  auto const place = open_place(common);
  if (!place) return fail(place.error());
  std::vector<desk::Contact> all;
  auto const read = (*place)->store.read("list contacts", [&](store::Tx& tx) {
    all = words.empty() ? store::contacts_by_name(tx, limit) : persons_meant(tx, words);
  });
  if (!read) return fail(read.error());
  for (desk::Contact const& one : all) {
    if (common.json)
      print(daemon::as_json(one));
    else
      std::cout << line_of(one) << "\n";
  }
  return 0;
}

int contact_show(Common const& common, std::string const& who) {
  auto const place = open_place(common);
  if (!place) return fail(place.error());
  auto const contact = person_meant((*place)->store, who);
  if (!contact) return fail(contact.error());
  if (common.json) {
    print(daemon::as_json(*contact));
    return 0;
  }
  auto const read =
      (*place)->store.read("show contact", [&](store::Tx& tx) { print_record(tx, *contact, std::cout); });
  return read ? 0 : fail(read.error());
}

int contact_set(Common const& common, ContactChange const& order) {
  auto const place = open_place(common);
  if (!place) return fail(place.error());
  desk::Contact contact;
  if (!order.who.empty()) {
    auto found = person_meant((*place)->store, order.who);
    if (!found) return fail(found.error());
    contact = std::move(*found);
  } else if (!order.name && order.addresses.empty() && order.phones.empty()) {
    return fail({Kind::unreadable, "say --name, --address or --phone: nobody could find a contact without"});
  }
  if (auto const well = put(contact, order); !well) return fail(well.error());
  bool const fresh = order.who.empty();
  desk::Time const now = present_moment();
  auto const written = (*place)->store.write(fresh ? "add contact" : "set contact", [&](store::Tx& tx) {
    store::keep_contact(tx, contact, now);
    for (std::string const& one : order.addresses)
      store::give_address(tx, (*place)->config.house, contact, one);
    store::note_in_trail(tx, "operator", fresh ? "contact added" : "contact changed", line_of(contact), now);
  });
  if (!written) return fail(written.error());
  if (common.json)
    print(daemon::as_json(contact));
  else
    std::cout << line_of(contact) << "\n";
  return 0;
}

int contact_merge(Common const& common, std::string const& into, std::string const& other) {
  auto const place = open_place(common);
  if (!place) return fail(place.error());
  auto const kept = person_meant((*place)->store, into);
  if (!kept) return fail(kept.error());
  auto const gone = person_meant((*place)->store, other);
  if (!gone) return fail(gone.error());
  if (kept->id == gone->id)
    return fail({Kind::conflict, "both are contact " + std::to_string(desk::number(kept->id))});
  std::optional<desk::Contact> now;
  auto const written = (*place)->store.write("merge contacts", [&](store::Tx& tx) {
    store::merge_contacts(tx, kept->id, gone->id, "operator", present_moment());
    now = store::find_contact(tx, kept->id);
  });
  if (!written) return fail(written.error());
  if (common.json)
    print(daemon::as_json(*now));
  else
    std::cout << line_of(*now) << "\n";
  return 0;
}

int contact_address(Common const& common, std::string const& who, std::string const& address, bool add) {
  auto const place = open_place(common);
  if (!place) return fail(place.error());
  auto contact = person_meant((*place)->store, who);
  if (!contact) return fail(contact.error());
  auto const written = (*place)->store.write("contact address", [&](store::Tx& tx) {
    if (add)
      store::give_address(tx, (*place)->config.house, *contact, address);
    else
      store::take_address(tx, *contact, address);
    store::note_in_trail(
        tx, "operator", "contact changed",
        (add ? "address added: " : "address removed: ") + desk::normal(address) + ": " + line_of(*contact),
        present_moment());
  });
  if (!written) return fail(written.error());
  if (common.json)
    print(daemon::as_json(*contact));
  else
    std::cout << line_of(*contact) << "\n";
  return 0;
}

int contact_import(Common const& common, std::string const& file, bool dry_run) {
  auto const place = open_place(common);
  if (!place) return fail(place.error());
  auto const bytes = read_input(file);
  if (!bytes) return fail(bytes.error());
  auto const list = parser::read_contacts(*bytes);
  if (!list) return fail({list.error().kind, file + ": " + list.error().what});
  daemon::RosterOrder order;
  order.who = "operator";
  order.look_only = dry_run;
  order.now = present_moment();
  auto report = daemon::take_cards((*place)->store, (*place)->config.house, list->cards, order);
  if (!report) return fail(report.error());
  add_faults(*list, *report);
  for (std::string const& column : list->unknown)
    report->lines.push_back(
        {Fate::told, "header", {}, "column \"" + column + "\" is no contact's: left out"});
  return print_report(common, *report, dry_run);
}

int contact_sync(Common const& common, bool dry_run) {
  auto const place = open_place(common, daemon::Demand::all);
  if (!place) return fail(place.error());
  if ((*place)->config.directory.server.url.empty())
    return fail({Kind::missing, "no directory is configured: set url and base under [ldap]"});
  daemon::RosterOrder order;
  order.who = "directory";
  order.look_only = dry_run;
  order.now = present_moment();
  auto const report = daemon::sync_directory((*place)->config, (*place)->store, order, [] { return true; });
  return report ? print_report(common, *report, dry_run) : fail(report.error());
}

}  // namespace spoc::ctl
