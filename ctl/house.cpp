// SPDX-License-Identifier: GPL-3.0-or-later
// spocctl team list and agent list: who answers, and whether they are in.
#include "ctl/porter.hpp"
#include "ctl/print.hpp"
#include "ctl/verbs.hpp"

#include <boost/json/array.hpp>
#include <iostream>
#include <limits>

namespace spoc::ctl {
namespace {

namespace json = boost::json;

std::string listed(json::array const& words) {
  std::string out;
  for (json::value const& one : words) out += (out.empty() ? "" : ", ") + std::string{one.as_string()};
  return out.empty() ? "-" : out;
}

void print_team(json::object const& team) {
  std::string const line = text_of(team, "line"), next = text_of(team, "next");
  std::cout << text_of(team, "name") << "  " << (line.empty() ? "-" : "line " + line)
            << (next.empty() ? "" : ", then " + next) << "  " << text_of(team, "assignment") << "  "
            << listed(list_of(team, "members")) << "\n";
}

void print_agent(json::object const& agent) {
  std::string const until = text_of(agent, "until");
  std::cout << text_of(agent, "handle") << "  " << text_of(agent, "name") << "  "
            << text_of(agent, "presence") << (until.empty() ? "" : " until " + until) << "  "
            << listed(list_of(agent, "teams")) << "\n";
}

int print_all(Common const& common, std::string const& name, void (*plain)(json::object const&)) {
  auto const porter = Porter::hired(common);
  if (!porter) return fail(porter.error());
  auto const all =
      (*porter)->list("/api/v1/" + name, name, "cursor", std::numeric_limits<std::size_t>::max());
  if (!all) return fail(all.error());
  for (json::value const& one : *all) common.json ? print(one.as_object()) : plain(one.as_object());
  return 0;
}

}  // namespace

int team_list(Common const& common) { return print_all(common, "teams", print_team); }
int agent_list(Common const& common) { return print_all(common, "agents", print_agent); }

}  // namespace spoc::ctl
