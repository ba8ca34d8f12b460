// SPDX-License-Identifier: GPL-3.0-or-later
// Changes by the API go the way of an agent's mail: who orders, on which state, and the answer in one commit.
#include "daemon/api_nouns.hpp"
#include "daemon/as_json.hpp"
#include "desk/phrase.hpp"
#include "store/levels.hpp"
#include "store/tickets.hpp"

namespace spoc::daemon {
namespace {

std::string summary(desk::Agent const& agent, AgentWords const& said) {
  std::string out = "as " + agent.handle + ":";
  for (std::string const& one : said.commands) out += " " + one;
  return said.words.empty() ? out : out + " (with words)";
}

}  // namespace

desk::Agent const* acting(ApiCall const& call) {
  std::string const named = desk::normal(call.header("spoc-agent"));
  bool const may_choose = call.caller.scope == Scope::admin || named == call.caller.agent;
  if (!named.empty() && !may_choose) return nullptr;
  return call.rooms.config.house.agent(named.empty() ? call.caller.agent : named);
}

HttpResponse nobody_acts(ApiCall const& call) {
  if (call.header("spoc-agent").empty())
    return problem(
        403, call.caller.name +
                 " is bound to no agent, and tickets are worked on in somebody's name: make the token with "
                 "--agent, or name one in the field Spoc-Agent (scope admin)");
  return problem(403, "Spoc-Agent names \"" + call.header("spoc-agent") +
                          "\": no agent has this handle, or this token may not act for them");
}

std::optional<boost::json::object> ticket_in(store::Tx& tx, desk::TicketId id) {
  auto const ticket = store::find_ticket(tx, id);
  if (!ticket) return std::nullopt;
  return as_json(*ticket, store::level_of(tx, ticket->id));
}

std::optional<HttpResponse> precondition(ApiCall const& call, std::string const& tag) {
  std::string const wanted = call.header("if-match");
  if (wanted.empty() && call.request.method == "PATCH")
    return problem(428, "say in If-Match on which state this change rests: the ETag of the GET");
  if (wanted.empty() || names_tag(wanted, tag)) return std::nullopt;
  auto response = problem(412, "it has changed meanwhile; get it again");
  response.headers.emplace_back("ETag", tag);
  return response;
}

HttpResponse carry(ApiCall& call, AgentWords const& said, Finish const& finish) {
  desk::TicketId const id{call.number(0)};
  desk::Agent const* agent = acting(call);
  if (agent == nullptr) return nobody_acts(call);
  if (std::string const fault = fault_of(said); !fault.empty()) return problem(422, fault);
  std::optional<desk::Ticket> ticket;
  auto const read =
      call.rooms.store.read("ticket", [&](store::Tx& tx) { ticket = store::find_ticket(tx, id); });
  if (!read) return problem(read.error());
  if (!ticket) return problem(404, "there is no ticket " + call.at[0]);

  std::optional<HttpResponse> response;
  FrontDesk& desk = call.rooms.desk;
  desk::Arrival arrival = agent_order(desk.house(), desk.sign(), *ticket, *agent, said, desk.now());
  arrival.by_program = true;
  Order order{std::move(arrival), call.caller.name, summary(*agent, said)};
  order.before = [&](store::Tx& tx) {
    response = precondition(call, etag_of(*ticket_in(tx, id)));
    if (response) throw store::Fault{{Kind::conflict, "another state"}};
  };
  auto const carried = desk.carry_out(order, [&](store::Tx& tx, Carried const& what) {
    response = finish(tx, what);
    call.keep(tx, *response);
  });
  if (!carried) return response && response->status >= 400 ? std::move(*response) : problem(carried.error());
  if (!carried->refused) return std::move(*response);
  std::vector<std::string> faults;
  for (std::string const& one : carried->lines) faults.push_back(desk::in_english(one));
  return problem(422, "the desk refused this, and changed nothing", faults);
}

}  // namespace spoc::daemon
