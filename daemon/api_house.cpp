// SPDX-License-Identifier: GPL-3.0-or-later
// What is configured, by the API: agents, teams, and how the rules would fare; and who asks.
#include "daemon/api_nouns.hpp"
#include "daemon/as_json.hpp"
#include "parser/digest.hpp"
#include "parser/mail.hpp"
#include "store/presence.hpp"

#include <algorithm>
#include <iterator>

namespace spoc::daemon {
namespace {

namespace json = boost::json;

json::object shown(desk::Team const& team) {
  return {{"name", team.name},
          {"line", team.line},
          {"next", team.next},
          {"assignment", desk::name(team.assignment)},
          {"members", texts(team.members)},
          {"skills", texts(team.skills)},
          {"languages", texts(team.languages)},
          {"sites", texts(team.sites)},
          {"hours", team.hours},
          {"manager", team.manager}};
}

json::object shown(desk::Agent const& agent, desk::House const& house, desk::Presences const& presences,
                   desk::Time now) {
  json::array teams;
  for (desk::Team const& team : house.teams)
    if (std::find(team.members.begin(), team.members.end(), agent.handle) != team.members.end())
      teams.emplace_back(team.name);
  auto const said = presences.find(agent.handle);
  bool const absent = desk::is_absent(presences, agent.handle, now);
  json::object out{{"handle", agent.handle},
                   {"name", agent.name},
                   {"addresses", texts(agent.addresses)},
                   {"language", agent.language},
                   {"teams", std::move(teams)}};
  desk::Calendar const& hours = house.calendar(agent.hours);
  bool const overtime = desk::works_overtime(presences, agent.handle, now);
  auto const off = hours.open_at(now) || overtime ? desk::Whereabouts::in : desk::Whereabouts::out;
  auto const back = hours.open_at(now) ? std::nullopt
                    : overtime         ? said->second.until
                                       : hours.next_opening(now);
  out["presence"] = desk::name(absent ? said->second.where : off);
  out["until"] = maybe(absent ? said->second.until : back);
  return out;
}

Result<desk::Presences> presences(ApiCall& call) {
  desk::Presences out;
  auto const read = call.rooms.store.read("presences", [&](store::Tx& tx) { out = store::presences(tx); });
  if (!read) return read.error();
  return out;
}

/// A page of what is configured, in its order, behind the one that the page before ended with.
template <class Noun, class Show>
HttpResponse page_of(ApiCall const& call, std::string const& name, std::vector<Noun> const& nouns,
                     std::string Noun::*word, Show const& show) {
  auto const limit = static_cast<std::size_t>(call.query_number("limit", 50));
  std::string const cursor = call.query("cursor");
  auto from = nouns.begin();
  if (!cursor.empty()) {
    from = std::find_if(from, nouns.end(), [&](Noun const& one) { return one.*word == cursor; });
    if (from == nouns.end()) return problem(400, "cursor is none that a page gave as next");
    ++from;
  }
  json::array all;
  for (; from != nouns.end() && all.size() < limit; ++from) all.push_back(show(*from));
  return page(call, name, std::move(all), "cursor", from == nouns.end() ? "" : (*std::prev(from)).*word);
}

/// The raw mail as it would come into a mailbox now.
desk::Arrival arrival_of(ApiCall const& call, std::string const& mailbox) {
  desk::Arrival arrival;
  arrival.raw = call.text("mail");
  arrival.hash = parser::sha256(arrival.raw);
  arrival.place.mailbox = mailbox;
  arrival.received = call.rooms.desk.now();
  arrival.what = parser::read_mail(arrival.raw);
  return arrival;
}

}  // namespace

HttpResponse list_agents(ApiCall& call) {
  auto const said = presences(call);
  if (!said) return problem(said.error());
  desk::House const& house = call.rooms.config.house;
  return page_of(call, "agents", house.agents, &desk::Agent::handle,
                 [&](desk::Agent const& one) { return shown(one, house, *said, call.rooms.desk.now()); });
}

HttpResponse show_agent(ApiCall& call) {
  desk::House const& house = call.rooms.config.house;
  desk::Agent const* agent = house.agent(desk::normal(call.at[0]));
  if (agent == nullptr) return problem(404, "no agent has the handle \"" + call.at[0] + "\"");
  auto const said = presences(call);
  return said ? answered(200, shown(*agent, house, *said, call.rooms.desk.now())) : problem(said.error());
}

HttpResponse list_teams(ApiCall& call) {
  return page_of(call, "teams", call.rooms.config.house.teams, &desk::Team::name,
                 [](desk::Team const& one) { return shown(one); });
}

HttpResponse show_team(ApiCall& call) {
  desk::Team const* team = call.rooms.config.house.team_called(desk::normal(call.at[0]));
  return team != nullptr ? answered(200, shown(*team))
                         : problem(404, "no team is called \"" + call.at[0] + "\"");
}

HttpResponse show_me(ApiCall& call) {
  return answered(
      200, {{"name", call.caller.name}, {"scope", name(call.caller.scope)}, {"agent", call.caller.agent}});
}

HttpResponse wake(ApiCall& call) {
  call.rooms.wake();
  return {204, "", "", {}};
}

HttpResponse test_rules(ApiCall& call) {
  bool const by_mail = call.body.contains("mail");
  if (by_mail == call.body.contains("ticket")) return problem(422, "say either ticket or mail");
  desk::House const& house = call.rooms.config.house;
  std::string const mailbox =
      call.text("mailbox").empty() ? house.mailboxes.front().name : call.text("mailbox");
  if (house.mailbox(mailbox) == nullptr) return problem(422, "there is no mailbox \"" + mailbox + "\"");
  auto const firings = by_mail ? call.rooms.desk.try_rules(arrival_of(call, mailbox))
                               : call.rooms.desk.try_rules(desk::TicketId{call.body.at("ticket").as_int64()});
  return firings ? answered(200, {{"rules", as_array(*firings)}}) : problem(firings.error());
}

}  // namespace spoc::daemon
