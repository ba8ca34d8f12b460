// SPDX-License-Identifier: GPL-3.0-or-later
// Names, types and meanings of query parameters.
#include "daemon/api_parameters.hpp"

#include "desk/time.hpp"

#include <algorithm>
#include <array>

namespace spoc::daemon {
namespace {

constexpr std::array table{
    ApiParameter{"status", "new|open|waiting|resolved|closed", "Tickets of this status."},
    ApiParameter{"unfinished", "true|false", "true: tickets that are new, open or waiting."},
    ApiParameter{"team", "text", "Tickets of this team."},
    ApiParameter{"assignee", "text", "Tickets of this agent, by handle."},
    ApiParameter{"requester", "text", "Tickets of whoever has this mail address or number."},
    ApiParameter{"priority", "P1|P2|P3|P4", "Tickets of this priority."},
    ApiParameter{"kind", "incident|request|question|complaint", "Tickets of this kind."},
    ApiParameter{"tag", "text", "Tickets with this tag."},
    ApiParameter{"since", "moment", "Tickets that changed then or later, like 2026-11-26T08:00:00Z."},
    ApiParameter{"sort", "changed|due", "changed: the last changed first; due: the soonest due first."},
    ApiParameter{"order", "number|name", "number: the lowest first; name: by name, those without one last."},
    ApiParameter{"q", "text", "Words to search for."},
    ApiParameter{"who", "text", "Whom a number, an address, a phone number or a name means; one page."},
    ApiParameter{"language", "text", "Preferred language, like nb."},
    ApiParameter{"limit", "integer", "Entries of a page, 1 to 200; 50 if not given."},
    ApiParameter{"cursor", "text", "What the page before gave as next."},
    ApiParameter{"after", "integer", "Only entries behind this id; what the page before gave as next."},
};

bool is_number(std::string const& value, std::int64_t most) {
  return !value.empty() && value.size() < 18 && value.find_first_not_of("0123456789") == std::string::npos &&
         std::stoll(value) <= most;
}

}  // namespace

ApiParameter const* api_parameter(std::string_view name) {
  auto const found =
      std::find_if(table.begin(), table.end(), [&](ApiParameter const& one) { return one.name == name; });
  return found == table.end() ? nullptr : &*found;
}

std::vector<std::string_view> parts_of(std::string_view list, char by) {
  std::vector<std::string_view> out;
  while (!list.empty()) {
    auto const end = std::min(list.find(by), list.size());
    if (end > 0) out.push_back(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return out;
}

std::string fault_of(ApiParameter const& parameter, std::string const& value) {
  std::string const name{parameter.name};
  if (parameter.type == "text") return value.empty() ? name + " is empty" : "";
  if (parameter.type == "moment")
    return desk::from_iso(value) ? "" : name + " is no moment like 2026-11-26T08:00:00Z";
  if (parameter.type == "integer") {
    bool const page = parameter.name == "limit";
    bool const well = is_number(value, page ? 200 : INT64_MAX) && (!page || value != "0");
    return well ? "" : name + (page ? " is no number from 1 to 200" : " is no number");
  }
  auto const words = parts_of(parameter.type, '|');
  if (std::find(words.begin(), words.end(), value) != words.end()) return "";
  return name + " is none of " + std::string{parameter.type};
}

}  // namespace spoc::daemon
