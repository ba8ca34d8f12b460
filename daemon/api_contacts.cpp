// SPDX-License-Identifier: GPL-3.0-or-later
// Contacts by the API: found, shown, and what is known of them changed.
#include "daemon/api_nouns.hpp"
#include "daemon/as_json.hpp"
#include "desk/call.hpp"
#include "desk/card.hpp"
#include "store/contact_addresses.hpp"
#include "store/contact_book.hpp"
#include "store/contact_pages.hpp"
#include "store/contacts.hpp"
#include "store/levels.hpp"
#include "store/tickets.hpp"

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace spoc::daemon {
namespace {

namespace json = boost::json;

HttpResponse shown(json::object const& contact) {
  auto response = answered(200, contact);
  response.headers.emplace_back("ETag", etag_of(contact));
  return response;
}

/// Of one that was merged, the other.
std::optional<desk::Contact> contact_in(store::Tx& tx, ApiCall const& call) {
  auto const id = store::resolve_contact(tx, desk::ContactId{call.number(0)});
  return id ? store::find_contact(tx, *id) : std::nullopt;
}

/// What the body says, put into the contact; a list replaces the one that it had.
void put(desk::Contact& contact, ApiCall const& call) {
  std::pair<char const*, std::string*> const texts[] = {
      {"name", &contact.name}, {"language", &contact.language}, {"organisation", &contact.organisation},
      {"site", &contact.site}, {"notes", &contact.notes},       {"external_id", &contact.external_id}};
  for (auto const& [key, field] : texts)
    if (call.body.contains(key)) *field = call.text(key);
  std::pair<char const*, std::vector<std::string>*> const lists[] = {{"phones", &contact.phones},
                                                                     {"equipment", &contact.equipment}};
  for (auto const& [key, list] : lists) {
    json::value const* given = call.body.if_contains(key);
    if (given == nullptr) continue;
    list->clear();
    for (json::value const& one : given->as_array()) list->emplace_back(one.as_string());
  }
  if (json::value const* vip = call.body.if_contains("vip")) contact.vip = vip->as_bool();
}

/// Behind those that the contact has.
void give_addresses(store::Tx& tx, ApiCall const& call, desk::Contact& contact) {
  if (json::value const* given = call.body.if_contains("new_addresses"))
    for (json::value const& one : given->as_array())
      store::give_address(tx, call.rooms.config.house, contact, std::string{one.as_string()});
}

std::optional<HttpResponse> addressless(ApiCall const& call) {
  json::value const* given = call.body.if_contains("new_addresses");
  if (given == nullptr) return std::nullopt;
  for (json::value const& one : given->as_array())
    if (!desk::is_address(desk::normal(one.as_string())))
      return problem(422, "/new_addresses: \"" + std::string{one.as_string()} + "\" is no mail address");
  return std::nullopt;
}

/// A list or a directory knows people by their key: who may change it decides whom the next import means.
std::optional<HttpResponse> keyless(ApiCall const& call) {
  if (!call.body.contains("external_id") || call.caller.scope == Scope::admin) return std::nullopt;
  return problem(403, "/external_id is the operator's: scope admin may set it");
}

void check_key(store::Tx& tx, desk::Contact const& contact) {
  auto const owner =
      contact.external_id.empty() ? std::nullopt : store::contact_with_key(tx, contact.external_id);
  if (owner && *owner != contact.id)
    throw store::Fault{{Kind::conflict, "contact " + std::to_string(desk::number(*owner)) +
                                            " has the key \"" + contact.external_id + "\" already"}};
}

std::string keys_of(json::object const& body) {
  std::string out;
  for (auto const& [key, value] : body) out += (out.empty() ? "" : ", ") + std::string{key};
  return out;
}

/// In the trail of the desk as a whole: no ticket changes by it.
void note(store::Tx& tx, ApiCall const& call, std::string const& detail) {
  store::note_in_trail(tx, call.caller.name, "contact", detail, call.rooms.desk.now());
}

/// A change of the contact that the path names, on the state that the client has seen, with its answer in one
/// commit. What `change` throws is the answer, and nothing has changed then.
HttpResponse changed(ApiCall& call, std::function<void(store::Tx&, desk::Contact&)> const& change) {
  HttpResponse response = problem(404, "there is no contact " + call.at[0]);
  auto const written = call.rooms.store.write("change contact", [&](store::Tx& tx) {
    auto contact = contact_in(tx, call);
    if (!contact) return;
    if (auto stale = precondition(call, etag_of(as_json(*contact)))) {
      response = std::move(*stale);
      return;
    }
    change(tx, *contact);
    response = shown(as_json(*contact));
    call.keep(tx, response);
  });
  if (!written) return problem(written.error());
  call.rooms.wake();
  return response;
}

std::string numbered(desk::Contact const& contact) { return std::to_string(desk::number(contact.id)); }

}  // namespace

std::vector<desk::Contact> persons_meant(store::Tx& tx, std::string const& words) {
  bool const numbered =
      !words.empty() && words.size() < 16 && words.find_first_not_of("0123456789") == std::string::npos;
  if (numbered)
    if (auto const id = store::resolve_contact(tx, desk::ContactId{std::stoll(words)}))
      return {*store::find_contact(tx, *id)};
  return store::contacts_meant(tx, desk::caller_in(words));
}

HttpResponse list_contacts(ApiCall& call) {
  auto const limit = static_cast<std::size_t>(call.query_number("limit", 50));
  if (std::string const who = call.query("who"); !who.empty()) {
    std::vector<desk::Contact> meant;
    auto const read =
        call.rooms.store.read("contacts meant", [&](store::Tx& tx) { meant = persons_meant(tx, who); });
    return read ? page(call, "contacts", as_array(meant), "after", "") : problem(read.error());
  }
  store::ContactFilter const filter{call.query("q"), desk::ContactId{call.query_number("after", 0)},
                                    limit + 1, call.query("order") == "name"};
  std::vector<desk::Contact> contacts;
  auto const read = call.rooms.store.read(
      "list contacts", [&](store::Tx& tx) { contacts = store::list_contacts(tx, filter); });
  if (!read) return problem(read.error());
  bool const more = contacts.size() > limit;
  if (more) contacts.resize(limit);
  std::string const next = more ? std::to_string(desk::number(contacts.back().id)) : "";
  return page(call, "contacts", as_array(contacts), "after", next);
}

HttpResponse show_contact(ApiCall& call) {
  std::optional<desk::Contact> contact;
  auto const read = call.rooms.store.read("contact", [&](store::Tx& tx) { contact = contact_in(tx, call); });
  if (!read) return problem(read.error());
  if (!contact) return problem(404, "there is no contact " + call.at[0]);
  return shown(as_json(*contact));
}

HttpResponse show_record(ApiCall& call) {
  constexpr std::size_t latest = 5;
  std::optional<json::object> record;
  auto const read = call.rooms.store.read("record", [&](store::Tx& tx) {
    auto const contact = contact_in(tx, call);
    if (!contact) return;
    auto const counted = store::count_tickets_of(tx, contact->id);
    store::TicketFilter theirs;
    theirs.requester = contact->id;
    theirs.limit = latest;
    json::array tickets;
    for (desk::Ticket const& one : store::list_tickets(tx, theirs))
      tickets.push_back(as_json(one, store::level_of(tx, one.id)));
    record = json::object{{"contact", as_json(*contact)},
                          {"tickets", counted.all},
                          {"unfinished", counted.unfinished},
                          {"latest", std::move(tickets)}};
  });
  if (!read) return problem(read.error());
  return record ? answered(200, *record) : problem(404, "there is no contact " + call.at[0]);
}

HttpResponse add_contact(ApiCall& call) {
  if (auto no = keyless(call)) return std::move(*no);
  if (auto no = addressless(call)) return std::move(*no);
  bool const named = !call.text("name").empty() || call.body.contains("new_addresses") ||
                     (call.body.contains("phones") && !call.body.at("phones").as_array().empty());
  if (!named) return problem(422, "say name, new_addresses or phones: nobody could find a contact without");
  HttpResponse response;
  auto const written = call.rooms.store.write("add contact", [&](store::Tx& tx) {
    desk::Contact contact;
    put(contact, call);
    check_key(tx, contact);
    store::keep_contact(tx, contact, call.rooms.desk.now());
    give_addresses(tx, call, contact);
    note(tx, call, numbered(contact) + " is " + desk::shown(contact) + ", and new");
    response = shown(as_json(contact));
    response.status = 201;
    response.headers.emplace_back("Location", "/api/v1/contacts/" + numbered(contact));
    call.keep(tx, response);
  });
  if (!written) return problem(written.error());
  call.rooms.wake();
  return response;
}

HttpResponse change_contact(ApiCall& call) {
  if (auto no = keyless(call)) return std::move(*no);
  if (auto no = addressless(call)) return std::move(*no);
  return changed(call, [&](store::Tx& tx, desk::Contact& contact) {
    put(contact, call);
    check_key(tx, contact);
    store::keep_contact(tx, contact, call.rooms.desk.now());
    give_addresses(tx, call, contact);
    note(tx, call,
         numbered(contact) + " is " + contact.name + ", language " +
             (contact.language.empty() ? "unknown" : contact.language) + "; said: " + keys_of(call.body));
  });
}

HttpResponse merge_contact(ApiCall& call) {
  desk::ContactId const named{call.body.at("other").as_int64()};
  std::optional<desk::ContactId> other;
  auto const read = call.rooms.store.read("other contact",
                                          [&](store::Tx& tx) { other = store::resolve_contact(tx, named); });
  if (!read) return problem(read.error());
  if (!other) return problem(422, "/other is no contact's number");
  return changed(call, [&](store::Tx& tx, desk::Contact& contact) {
    // Between the look and this lock another process may have merged it.
    other = store::resolve_contact(tx, named);
    if (*other == contact.id)
      throw store::Fault{{Kind::conflict, "both are contact " + numbered(contact) + " already"}};
    store::merge_contacts(tx, contact.id, *other, call.caller.name, call.rooms.desk.now());
    contact = *store::find_contact(tx, contact.id);
  });
}

HttpResponse add_contact_address(ApiCall& call) {
  std::string const address = call.text("address");
  if (!desk::is_address(desk::normal(address))) return problem(422, "/address is no mail address");
  return changed(call, [&](store::Tx& tx, desk::Contact& contact) {
    std::size_t const before = contact.addresses.size();
    store::give_address(tx, call.rooms.config.house, contact, address);
    if (contact.addresses.size() > before)
      note(tx, call, numbered(contact) + " has the address " + contact.addresses.back() + " as well");
  });
}

HttpResponse drop_contact_address(ApiCall& call) {
  return changed(call, [&](store::Tx& tx, desk::Contact& contact) {
    store::take_address(tx, contact, call.at[1]);
    note(tx, call, numbered(contact) + " has the address " + desk::normal(call.at[1]) + " no more");
  });
}

}  // namespace spoc::daemon
