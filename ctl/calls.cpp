// SPDX-License-Identifier: GPL-3.0-or-later
// spocctl call: a phone call becomes the caller's ticket, after the caller's record was shown.
#include "ctl/persons.hpp"
#include "ctl/porter.hpp"
#include "ctl/print.hpp"
#include "ctl/verbs.hpp"
#include "desk/commands.hpp"
#include "desk/phrase.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <iostream>

namespace spoc::ctl {
namespace {

namespace json = boost::json;

/// Commands may stand on top of the words, as the agent would mail them.
Result<desk::CommandLines> lines_of(PhoneCall const& order) {
  auto const words = order.text.empty() ? Result<std::string>{order.words} : read_input(order.text);
  if (!words) return words.error();
  std::string options;
  if (!order.kind.empty()) options += "/kind " + order.kind + "\n";
  if (!order.priority.empty()) options += "/priority " + order.priority + "\n";
  if (order.outcome == "resolved") options += "/resolve\n";
  if (order.outcome == "closed") options += "/close\n";
  desk::CommandBlock const block = desk::read_commands(options);
  if (!block.faults.empty()) return Error{Kind::unreadable, desk::in_english(block.faults.front())};
  return desk::part_commands(options + *words);
}

/// Their record, where they are known: agents see it before the number of the ticket.
Result<> show_record(Porter& porter, PhoneCall const& order) {
  if (order.fresh) return {};
  auto const found = those_meant(porter, order.caller);
  if (!found) return found.error();
  return found->size() == 1 ? print_record(porter, found->front(), std::cout) : Result<>{};
}

}  // namespace

int phone_call(Common const& common, PhoneCall const& order) {
  auto const porter = Porter::hired(common);
  if (!porter) return fail(porter.error());
  if ((*porter)->config().house.agent(desk::normal(order.as)) == nullptr)
    return fail(
        {Kind::missing, "there is no agent \"" + order.as + "\"; --as takes the handle of an [[agent]]"});
  auto const said = lines_of(order);
  if (!said) return fail(said.error());
  if (!common.json)
    if (auto const showed = show_record(**porter, order); !showed) return fail(showed.error());
  json::object const body{{"caller", order.caller},
                          {"subject", order.subject},
                          {"text", said->words},
                          {"commands", texts(said->commands)},
                          {"new", order.fresh}};
  auto const noted = (*porter)->ask({"POST", "/api/v1/calls", json::serialize(body), order.as});
  if (!noted) return fail(noted.error());
  json::value const& ticket = noted->at("ticket").as_object().at("id");
  json::array const& lines = list_of(*noted, "lines");
  if (common.json) {
    print({{"ticket", ticket}, {"lines", lines}});
    return 0;
  }
  for (json::value const& line : lines) std::cout << line.as_string().c_str() << "\n";
  std::cout << "ticket #" << ticket.as_int64() << "\n";
  return 0;
}

}  // namespace spoc::ctl
