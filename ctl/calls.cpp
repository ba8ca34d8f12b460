// SPDX-License-Identifier: GPL-3.0-or-later
// spocctl call: a phone call becomes the caller's ticket, after the caller's record was shown.
#include "ctl/persons.hpp"
#include "ctl/porter.hpp"
#include "ctl/print.hpp"
#include "ctl/verbs.hpp"
#include "desk/call.hpp"
#include "desk/commands.hpp"
#include "desk/phrase.hpp"

#include <boost/json/serialize.hpp>
#include <iostream>

namespace spoc::ctl {
namespace {

namespace json = boost::json;

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

/// Their record, where they are known: agents see it before the number of the ticket.
Result<> show_record(Porter& porter, PhoneCall const& order) {
  auto const found = those_meant(porter, order.caller);
  if (!found) return found.error();
  desk::Call const said = desk::caller_in(order.caller);
  if (order.fresh) return {};
  if (found->empty() && said.phone.empty() && said.address.empty())
    return Error{Kind::missing, "nobody is known by \"" + order.caller +
                                    "\"; say a number or an address, or --new for a new contact"};
  if (found->size() > 1) return person_meant(porter, order.caller).error();
  if (found->empty()) return {};
  return print_record(porter, found->front(), std::cout);
}

}  // namespace

int phone_call(Common const& common, PhoneCall const& order) {
  auto const porter = Porter::hired(common);
  if (!porter) return fail(porter.error());
  if ((*porter)->config().house.agent(desk::normal(order.as)) == nullptr)
    return fail(
        {Kind::missing, "there is no agent \"" + order.as + "\"; --as takes the handle of an [[agent]]"});
  auto const words = words_of(order);
  if (!words) return fail(words.error());
  if (!common.json)
    if (auto const showed = show_record(**porter, order); !showed) return fail(showed.error());
  json::object const body{
      {"caller", order.caller}, {"subject", order.subject}, {"text", *words}, {"new", order.fresh}};
  auto const noted = (*porter)->ask({"POST", "/api/v1/calls", json::serialize(body), order.as});
  if (!noted) return fail(noted.error());
  json::value const& ticket = noted->at("ticket").as_object().at("id");
  if (common.json)
    print({{"ticket", ticket}});
  else
    std::cout << "ticket #" << ticket.as_int64() << "\n";
  return 0;
}

}  // namespace spoc::ctl
