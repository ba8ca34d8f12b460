// SPDX-License-Identifier: GPL-3.0-or-later
// Finding people and mailboxes by address; the languages that Spoc speaks.
#include "desk/people.hpp"

#include <algorithm>
#include <array>

#include "desk/lists.hpp"

namespace spoc::desk {
namespace {

std::string without_sub_address(std::string const& address) {
  auto const at = address.rfind('@');
  auto const plus = address.find('+');
  if (at == std::string::npos || plus == std::string::npos || plus > at) return address;
  return address.substr(0, plus) + address.substr(at);
}

template <class Things>
auto const* named(Things const& things, std::string_view word, std::string Things::value_type::*member) {
  auto const found =
      std::find_if(things.begin(), things.end(), [&](auto const& one) { return one.*member == word; });
  return found == things.end() ? nullptr : &*found;
}

constexpr std::array<std::string_view, 4> assignments{"manual", "round_robin", "least_loaded", "sticky"};

}  // namespace

std::string_view name(Assignment assignment) { return assignments.at(static_cast<std::size_t>(assignment)); }

std::optional<Assignment> assignment_named(std::string_view word) {
  auto const found = std::find(assignments.begin(), assignments.end(), word);
  if (found == assignments.end()) return std::nullopt;
  return static_cast<Assignment>(found - assignments.begin());
}

std::string normal(std::string_view address) {
  auto const blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  while (!address.empty() && blank(address.front())) address.remove_prefix(1);
  while (!address.empty() && blank(address.back())) address.remove_suffix(1);
  std::string out{address};
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

bool is_address(std::string_view text) {
  auto const at = text.find('@');
  return at != std::string_view::npos && at > 0 && at + 1 < text.size() &&
         text.find('@', at + 1) == std::string_view::npos &&
         text.find_first_of(" \t<>,;:\"()") == std::string_view::npos;
}

std::string spoken(std::string_view language) {
  std::string const tag = normal(language);
  auto const starts = [&](std::string_view prefix) { return tag.compare(0, prefix.size(), prefix) == 0; };
  if (starts("nb") || starts("nn") || tag == "no" || starts("no-")) return "nb";
  if (starts("zh-hant") || starts("zh-tw") || starts("zh-hk") || starts("zh-mo")) return "zh-Hant";
  if (starts("zh")) return "zh-Hans";
  return "en";
}

Agent const* House::agent(std::string_view handle) const { return named(agents, handle, &Agent::handle); }

Agent const* House::agent_at(std::string_view address) const {
  std::string const wanted = normal(address);
  auto const found = std::find_if(agents.begin(), agents.end(),
                                  [&](Agent const& agent) { return has(agent.addresses, wanted); });
  return found == agents.end() ? nullptr : &*found;
}

Team const* House::team(std::string_view team_name) const { return named(teams, team_name, &Team::name); }

Team const* House::team_called(std::string_view word) const {
  std::string const wanted = normal(word);
  auto const found =
      std::find_if(teams.begin(), teams.end(), [&](Team const& team) { return normal(team.name) == wanted; });
  return found == teams.end() ? nullptr : &*found;
}

bool House::is_vip(std::string_view address) const {
  std::string const wanted = normal(address);
  return !wanted.empty() && (has(vip, wanted) || has(vip, wanted.substr(wanted.rfind('@') + 1)));
}

Macro const* House::macro_called(std::string_view word, std::string_view language) const {
  std::string const wanted = normal(word);
  Macro const* found = nullptr;
  for (Macro const& one : macros) {
    if (normal(one.name) != wanted) continue;
    if (one.language == language) return &one;
    if (found == nullptr || (one.language.empty() && !found->language.empty())) found = &one;
  }
  return found;
}

Mailbox const* House::mailbox(std::string_view mailbox_name) const {
  return named(mailboxes, mailbox_name, &Mailbox::name);
}

Webhook const* House::webhook(std::string_view webhook_name) const {
  return named(webhooks, webhook_name, &Webhook::name);
}

Mailbox const* House::mailbox_at(std::string_view address) const {
  std::string const exact = normal(address), plain = without_sub_address(exact);
  for (Mailbox const& one : mailboxes) {
    std::string const own = normal(one.address.address);
    if (own == exact || own == plain || has(one.aliases, exact) || has(one.aliases, plain)) return &one;
  }
  return nullptr;
}

std::vector<Agent const*> House::members(std::string_view team_name) const {
  std::vector<Agent const*> out;
  if (Team const* found = team(team_name))
    for (std::string const& handle : found->members)
      if (Agent const* member = agent(handle)) out.push_back(member);
  if (out.empty())
    for (Agent const& anybody : agents) out.push_back(&anybody);
  return out;
}

Calendar const& House::calendar(std::string_view calendar_name) const {
  static Calendar const always = always_open();
  Calendar const* found = named(calendars, calendar_name, &Calendar::name);
  return found == nullptr ? always : *found;
}

Zone const& House::zone_of(std::string_view handle) const {
  static Zone const utc;
  Agent const* one = agent(handle);
  auto const found = zones.find(one == nullptr || one->time_zone.empty() ? time_zone : one->time_zone);
  return found == zones.end() ? utc : found->second;
}

}  // namespace spoc::desk
