// SPDX-License-Identifier: GPL-3.0-or-later
// Finding and showing contacts.
#include "ctl/persons.hpp"

#include "ctl/print.hpp"
#include "desk/call.hpp"
#include "desk/card.hpp"
#include "store/contact_book.hpp"
#include "store/contacts.hpp"
#include "store/tickets.hpp"

namespace spoc::ctl {
namespace {

void print_field(std::ostream& out, char const* name, std::string const& value) {
  if (!value.empty()) out << name << value << "\n";
}

void print_list(std::ostream& out, char const* name, std::vector<std::string> const& values) {
  for (std::string const& one : values) out << name << one << "\n";
}

}  // namespace

std::vector<desk::Contact> persons_meant(store::Tx& tx, std::string const& words) {
  bool const numbered =
      !words.empty() && words.size() < 16 && words.find_first_not_of("0123456789") == std::string::npos;
  if (numbered)
    if (auto const id = store::resolve_contact(tx, desk::ContactId{std::stoll(words)}))
      return {*store::find_contact(tx, *id)};
  return store::contacts_meant(tx, desk::caller_in(words));
}

Result<desk::Contact> person_meant(store::Store& store, std::string const& words) {
  std::vector<desk::Contact> found;
  auto const read = store.read("find contact", [&](store::Tx& tx) { found = persons_meant(tx, words); });
  if (!read) return read.error();
  if (found.size() == 1) return std::move(found.front());
  if (found.empty())
    return Error{Kind::missing,
                 "nobody is known by \"" + words +
                     "\": say a number of spocctl contact list, an address, a phone or a name"};
  std::string candidates;
  for (desk::Contact const& one : found) candidates += "\n  " + line_of(one);
  return Error{Kind::conflict, "\"" + words + "\" may be one of several; say the number:" + candidates};
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

void print_record(store::Tx& tx, desk::Contact const& contact, std::ostream& out) {
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
  auto const counted = store::count_tickets_of(tx, contact.id);
  out << "tickets       " << counted.all << ", " << counted.unfinished << " of them unfinished\n";
  store::TicketFilter theirs;
  theirs.requester = contact.id;
  theirs.limit = 5;
  for (desk::Ticket const& one : store::list_tickets(tx, theirs))
    out << "  #" << desk::number(one.id) << "  " << desk::name(one.status) << "  " << one.subject << "\n";
}

}  // namespace spoc::ctl
