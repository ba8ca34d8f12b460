// SPDX-License-Identifier: GPL-3.0-or-later
// spocctl ticket close, assign, merge...: an agent's command.
#include "ctl/porter.hpp"
#include "ctl/print.hpp"
#include "ctl/verbs.hpp"
#include "daemon/orders.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <iostream>

namespace spoc::ctl {
namespace {

namespace json = boost::json;

/// What was done, or why nothing was.
struct Told {
  bool done = true;
  std::vector<std::string> lines;
};

daemon::AgentWords words_of(TicketAct const& order, std::string const& text) {
  daemon::AgentWords said;
  if (!order.word.empty())
    said.commands.push_back("/" + order.word + (order.argument.empty() ? "" : " " + order.argument));
  said.words = text;
  return said;
}

std::vector<std::string> lines_in(json::object const& answer, std::string_view key) {
  std::vector<std::string> out;
  for (json::value const& one : list_of(answer, key)) out.emplace_back(one.as_string());
  return out;
}

/// The API has a door for commands and one for words.
Request request_for(TicketAct const& order, daemon::AgentWords const& said) {
  bool const words_alone = said.commands.empty();
  json::object body{{"text", said.words}};
  if (words_alone)
    body["kind"] = "answer";
  else
    body["commands"] = texts(said.commands);
  return {"POST",
          "/api/v1/tickets/" + std::to_string(order.number) + (words_alone ? "/messages" : "/commands"),
          json::serialize(body), order.as};
}

Result<Told> told_by(channels::WebAnswer const& answer) {
  auto const object = object_in(answer);
  if (!object) return object.error();
  if (answer.status < 400) return Told{true, lines_in(*object, "lines")};
  if (answer.status != 422) return refusal_in(answer.status, *object);
  auto faults = lines_in(*object, "faults");
  return Told{false, faults.empty() ? std::vector{text_of(*object, "detail")} : std::move(faults)};
}

int report(Common const& common, Told const& told) {
  if (common.json)
    print({{"done", told.done}, {"lines", texts(told.lines)}});
  else
    for (std::string const& line : told.lines)
      (told.done ? std::cout : std::cerr << "spocctl: ") << line << "\n";
  return told.done ? 0 : 1;
}

}  // namespace

int ticket_act(Common const& common, TicketAct const& order) {
  auto const porter = Porter::hired(common);
  if (!porter) return fail(porter.error());
  if ((*porter)->config().house.agent(desk::normal(order.as)) == nullptr)
    return fail(
        {Kind::missing, "there is no agent \"" + order.as + "\"; --as takes the handle of an [[agent]]"});
  auto const text = order.text.empty() ? Result<std::string>{std::string{}} : read_input(order.text);
  if (!text) return fail(text.error());
  daemon::AgentWords const said = words_of(order, *text);
  if (std::string const fault = daemon::fault_of(said); !fault.empty())
    return report(common, {false, {fault}});
  auto const answer = (*porter)->bring(request_for(order, said));
  if (!answer) return fail(answer.error());
  auto const told = told_by(*answer);
  return told ? report(common, *told) : fail(told.error());
}

}  // namespace spoc::ctl
