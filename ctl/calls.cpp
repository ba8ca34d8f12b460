// SPDX-License-Identifier: GPL-3.0-or-later
// spocctl call: a phone call becomes the caller's ticket, after the caller's record was shown.
#include "ctl/line.hpp"
#include "ctl/persons.hpp"
#include "ctl/place.hpp"
#include "ctl/print.hpp"
#include "ctl/verbs.hpp"
#include "daemon/orders.hpp"
#include "desk/call.hpp"
#include "desk/commands.hpp"
#include "desk/phrase.hpp"
#include "store/contacts.hpp"
#include "store/tickets.hpp"

#include <iostream>

namespace spoc::ctl {
namespace {

/// Commands on top, as the agent would mail them.
Result<std::string> words_of(PhoneCall const& order) {
  std::string words;
  if (!order.kind.empty()) words += "/kind " + order.kind + "\n";
  if (!order.priority.empty()) words += "/priority " + order.priority + "\n";
  if (order.outcome == "resolved") words += "/resolve\n";
  if (order.outcome == "closed") words += "/close\n";
  desk::CommandBlock const block = desk::read_commands(words);
  if (!block.faults.empty()) return Error{Kind::unreadable, desk::in_english(block.faults.front())};
  words += order.words;
  if (order.text.empty()) return words;
  auto const text = read_input(order.text);
  if (!text) return text.error();
  return words + *text;
}

/// Who called: somebody who is known, or with --new somebody who is not.
Result<desk::Call> caller_of(Place& place, PhoneCall const& order) {
  desk::Call call = desk::caller_in(order.caller);
  std::vector<desk::Contact> found;
  auto const read =
      place.store.read("find caller", [&](store::Tx& tx) { found = persons_meant(tx, order.caller); });
  if (!read) return read.error();
  if (order.fresh) {
    if (!found.empty() && !call.address.empty())
      return Error{Kind::conflict, "the caller is known already: " + line_of(found.front())};
    return call;
  }
  if (found.empty() && call.phone.empty() && call.address.empty())
    return Error{Kind::missing, "nobody is known by \"" + order.caller +
                                    "\"; say a number or an address, or --new for a new contact"};
  if (found.size() > 1) {
    auto const one = person_meant(place.store, order.caller);
    return one.error();
  }
  if (!found.empty()) call.contact = found.front().id;
  return call;
}

Result<> show_record(Common const& common, Place& place, desk::Call const& call) {
  if (common.json || call.contact == desk::ContactId{}) return {};
  return place.store.read("show caller", [&](store::Tx& tx) {
    if (auto const contact = store::find_contact(tx, call.contact)) print_record(tx, *contact, std::cout);
  });
}

}  // namespace

int phone_call(Common const& common, PhoneCall const& order) {
  auto const place = open_place(common);
  if (!place) return fail(place.error());
  desk::Agent const* agent = (*place)->config.house.agent(desk::normal(order.as));
  if (agent == nullptr)
    return fail(
        {Kind::missing, "there is no agent \"" + order.as + "\"; --as takes the handle of an [[agent]]"});
  auto words = words_of(order);
  if (!words) return fail(words.error());
  auto call = caller_of(**place, order);
  if (!call) return fail(call.error());
  if (auto const showed = show_record(common, **place, *call); !showed) return fail(showed.error());
  desk::House const& house = (*place)->config.house;
  desk::Mailbox const* box = house.mailbox(house.call_mailbox);
  if (box == nullptr) box = &house.mailboxes.front();
  call->subject = order.subject;
  call->words = *words;
  desk::Arrival arrival = daemon::agent_mail(house, *box, *agent, {}, "spocctl",
                                             {{}, order.caller + "\n" + *words}, present_moment());
  arrival.call = std::move(*call);
  auto const news = (*place)->desk->receive(std::span{&arrival, 1});
  if (!news) return fail(news.error());
  wake_daemon((*place)->config);
  std::int64_t const number = desk::number(news->front().ticket);
  if (common.json)
    print({{"ticket", number}});
  else
    std::cout << "ticket #" << number << "\n";
  return 0;
}

}  // namespace spoc::ctl
