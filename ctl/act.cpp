// SPDX-License-Identifier: GPL-3.0-or-later
// spocctl ticket close, assign, merge...: an agent's command, by the daemon where one runs, else by the same
// way here.
#include "ctl/line.hpp"
#include "ctl/place.hpp"
#include "ctl/print.hpp"
#include "ctl/verbs.hpp"
#include "daemon/orders.hpp"
#include "desk/phrase.hpp"
#include "store/tickets.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
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
  if (json::value const* list = answer.if_contains(key); list != nullptr && list->is_array())
    for (json::value const& one : list->as_array()) out.emplace_back(one.as_string());
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
  boost::system::error_code fault;
  json::value const value = json::parse(answer.body, fault);
  if (fault || !value.is_object()) return Error{Kind::broken, "spocd's answer can't be read: " + answer.body};
  json::object const& object = value.as_object();
  if (answer.status < 400) return Told{true, lines_in(object, "lines")};
  std::string const detail{object.contains("detail") ? object.at("detail").as_string()
                                                     : json::string{"refused"}};
  if (answer.status == 404) return Error{Kind::missing, detail};
  if (answer.status != 422) return Error{Kind::broken, detail};
  auto faults = lines_in(object, "faults");
  return Told{false, faults.empty() ? std::vector{detail} : std::move(faults)};
}

Result<Told> done_here(Common const& common, TicketAct const& order, daemon::AgentWords const& said) {
  auto const place = open_place(common);
  if (!place) return place.error();
  desk::House const& house = (*place)->config.house;
  desk::Agent const* agent = house.agent(desk::normal(order.as));
  std::optional<desk::Ticket> ticket;
  auto const read = (*place)->store.read(
      "find ticket", [&](store::Tx& tx) { ticket = store::find_ticket(tx, desk::TicketId{order.number}); });
  if (!read) return read.error();
  if (!ticket) return Error{Kind::missing, "there is no ticket " + std::to_string(order.number)};
  daemon::Order const mail{
      daemon::agent_order(house, (*place)->sign, *ticket, *agent, said, present_moment()), "operator",
      "as " + agent->handle + " by spocctl"};
  auto carried = (*place)->desk->carry_out(mail);
  if (!carried) return carried.error();
  Told told{!carried->refused, {}};
  for (std::string const& line : carried->lines) told.lines.push_back(desk::in_english(line));
  return told;
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
  auto const config = open_config(common);
  if (!config) return fail(config.error());
  if (config->house.agent(desk::normal(order.as)) == nullptr)
    return fail(
        {Kind::missing, "there is no agent \"" + order.as + "\"; --as takes the handle of an [[agent]]"});
  auto const text = order.text.empty() ? Result<std::string>{std::string{}} : read_input(order.text);
  if (!text) return fail(text.error());
  daemon::AgentWords const said = words_of(order, *text);
  if (std::string const fault = daemon::fault_of(said); !fault.empty())
    return report(common, {false, {fault}});
  auto const answer = ask_daemon(*config, request_for(order, said));
  if (!answer) return fail(answer.error());
  auto const told = *answer ? told_by(**answer) : done_here(common, order, said);
  return told ? report(common, *told) : fail(told.error());
}

}  // namespace spoc::ctl
