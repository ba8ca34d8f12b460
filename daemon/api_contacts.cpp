// SPDX-License-Identifier: GPL-3.0-or-later
// Contacts by the API: found, shown, and what is known of them changed.
#include "daemon/api_nouns.hpp"
#include "daemon/as_json.hpp"
#include "store/apply.hpp"
#include "store/contact_book.hpp"
#include "store/contact_pages.hpp"
#include "store/contacts.hpp"

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
  std::pair<char const*, std::string*> const texts[] = {{"name", &contact.name},
                                                        {"language", &contact.language},
                                                        {"organisation", &contact.organisation},
                                                        {"site", &contact.site},
                                                        {"notes", &contact.notes}};
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

std::string keys_of(json::object const& body) {
  std::string out;
  for (auto const& [key, value] : body) out += (out.empty() ? "" : ", ") + std::string{key};
  return out;
}

/// In the trail of the desk as a whole: no ticket changes by it.
desk::Plan trail_of(ApiCall const& call, desk::Contact const& contact) {
  desk::Plan plan;
  plan.trail.push_back({{},
                        call.rooms.desk.now(),
                        call.caller.name,
                        "contact",
                        std::to_string(desk::number(contact.id)) + " is " + contact.name + ", language " +
                            (contact.language.empty() ? "unknown" : contact.language) +
                            "; said: " + keys_of(call.body)});
  return plan;
}

}  // namespace

HttpResponse list_contacts(ApiCall& call) {
  auto const limit = static_cast<std::size_t>(call.query_number("limit", 50));
  store::ContactFilter const filter{call.query("q"), desk::ContactId{call.query_number("after", 0)},
                                    limit + 1};
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

HttpResponse change_contact(ApiCall& call) {
  HttpResponse response = problem(404, "there is no contact " + call.at[0]);
  auto const written = call.rooms.store.write("change contact", [&](store::Tx& tx) {
    auto contact = contact_in(tx, call);
    if (!contact) return;
    if (auto stale = precondition(call, etag_of(as_json(*contact)))) {
      response = std::move(*stale);
      return;
    }
    put(*contact, call);
    store::keep_contact(tx, *contact, call.rooms.desk.now());
    store::apply(tx, trail_of(call, *contact), nullptr, call.rooms.desk.now());
    response = shown(as_json(*contact));
  });
  return written ? response : problem(written.error());
}

}  // namespace spoc::daemon
