// SPDX-License-Identifier: GPL-3.0-or-later
// spocctl contact: the book of people, looked at, changed, joined and filled from lists.
#include "channels/target.hpp"
#include "ctl/persons.hpp"
#include "ctl/place.hpp"
#include "ctl/porter.hpp"
#include "ctl/print.hpp"
#include "ctl/roster_print.hpp"
#include "ctl/verbs.hpp"
#include "daemon/directory.hpp"
#include "daemon/roster.hpp"
#include "desk/card.hpp"
#include "parser/contact_list.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <iostream>
#include <utility>

namespace spoc::ctl {
namespace {

namespace json = boost::json;

using Fate = daemon::RosterLine::Fate;

/// Without what is empty: an empty one empties the list.
json::array said_of(std::vector<std::string> const& all) {
  json::array out;
  for (std::string const& one : all)
    if (!one.empty()) out.emplace_back(one);
  return out;
}

/// What the operator says, as the API takes it. Lists that are named replace those that the contact had.
Result<json::object> change_of(ContactChange const& order) {
  json::object out;
  std::pair<char const*, std::optional<std::string> const*> const words[] = {
      {"name", &order.name},
      {"organisation", &order.organisation},
      {"site", &order.site},
      {"notes", &order.notes},
      {"external_id", &order.external_id}};
  for (auto const& [key, said] : words)
    if (*said) out[key] = **said;
  if (order.language) {
    auto const language =
        order.language->empty() ? std::optional<std::string>{""} : desk::language_called(*order.language);
    if (!language)
      return Error{Kind::unreadable, "--language \"" + *order.language +
                                         "\" is none of the desk's: en, nb, zh-Hans or zh-Hant"};
    out["language"] = *language;
  }
  if (order.vip) {
    if (*order.vip != "yes" && *order.vip != "no")
      return Error{Kind::unreadable, "--vip takes yes or no, not \"" + *order.vip + "\""};
    out["vip"] = *order.vip == "yes";
  }
  if (!order.phones.empty()) out["phones"] = said_of(order.phones);
  if (!order.equipment.empty()) out["equipment"] = said_of(order.equipment);
  if (!order.addresses.empty()) out["new_addresses"] = texts(order.addresses);
  return out;
}

/// The contact as it is now.
int show_changed(Common const& common, Result<json::object> const& now) {
  if (!now) return fail(now.error());
  print_shown(common, *now);
  return 0;
}

/// "line 12: email refused" and what is to be done about it.
void add_faults(parser::ContactList const& list, daemon::RosterReport& report) {
  for (auto const& fault : list.faults)
    report.lines.push_back(
        {fault.refused ? Fate::refused : Fate::told, "line " + std::to_string(fault.line), {}, fault.what});
}

}  // namespace

int contact_list(Common const& common, std::string const& words, std::size_t limit) {
  auto const porter = Porter::hired(common);
  if (!porter) return fail(porter.error());
  std::string const place = "/api/v1/contacts?";
  auto const all = words.empty() ? (*porter)->list(place + "order=name", "contacts", "after", limit)
                                 : (*porter)->list(place + "who=" + channels::percent_encoded(words),
                                                   "contacts", "after", 1);
  if (!all) return fail(all.error());
  for (json::value const& one : *all) print_shown(common, one.as_object());
  return 0;
}

int contact_show(Common const& common, std::string const& who) {
  auto const porter = Porter::hired(common);
  if (!porter) return fail(porter.error());
  auto const shown = shown_of(**porter, who);
  if (!shown) return fail(shown.error());
  if (common.json) {
    print(*shown);
    return 0;
  }
  auto const printed = print_record(**porter, contact_in(*shown), std::cout);
  return printed ? 0 : fail(printed.error());
}

int contact_set(Common const& common, ContactChange const& order) {
  auto const porter = Porter::hired(common);
  if (!porter) return fail(porter.error());
  bool const fresh = order.who.empty();
  if (fresh && !order.name && order.addresses.empty() && order.phones.empty())
    return fail({Kind::unreadable, "say --name, --address or --phone: nobody could find a contact without"});
  auto const contact = fresh ? Result<desk::Contact>{desk::Contact{}} : person_meant(**porter, order.who);
  if (!contact) return fail(contact.error());
  auto const change = change_of(order);
  if (!change) return fail(change.error());
  Request request{"POST", "/api/v1/contacts", json::serialize(*change)};
  if (!fresh) {
    request.method = "PATCH";
    request.path = place_of(*contact);
    request.headers.emplace_back("If-Match", "*");
  }
  return show_changed(common, (*porter)->ask(request));
}

int contact_merge(Common const& common, std::string const& into, std::string const& other) {
  auto const porter = Porter::hired(common);
  if (!porter) return fail(porter.error());
  auto const kept = person_meant(**porter, into);
  if (!kept) return fail(kept.error());
  auto const gone = person_meant(**porter, other);
  if (!gone) return fail(gone.error());
  if (kept->id == gone->id)
    return fail({Kind::conflict, "both are contact " + std::to_string(desk::number(kept->id))});
  json::object const body{{"other", desk::number(gone->id)}};
  return show_changed(common, (*porter)->ask({"POST", place_of(*kept) + "/merge", json::serialize(body)}));
}

int contact_address(Common const& common, std::string const& who, std::string const& address, bool add) {
  auto const porter = Porter::hired(common);
  if (!porter) return fail(porter.error());
  auto const contact = person_meant(**porter, who);
  if (!contact) return fail(contact.error());
  std::string const place = place_of(*contact) + "/addresses";
  Request request{"DELETE", place + "/" + channels::percent_encoded(address)};
  if (add) request = {"POST", place, json::serialize(json::object{{"address", address}})};
  return show_changed(common, (*porter)->ask(request));
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
