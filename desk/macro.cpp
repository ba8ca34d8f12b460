// SPDX-License-Identifier: GPL-3.0-or-later
// Puts macros in the place of /do.
#include "desk/macro.hpp"

#include "desk/nearest.hpp"
#include "desk/phrase.hpp"

#include <array>
#include <utility>

namespace spoc::desk {
namespace {

std::string unknown(std::string const& wanted, House const& house) {
  if (house.macros.empty()) return phrase("no macros are configured, so /do can do nothing");
  std::vector<std::string_view> names;
  std::string all;
  for (Macro const& one : house.macros) {
    if (std::find(names.begin(), names.end(), one.name) != names.end()) continue;
    names.emplace_back(one.name);
    all += (all.empty() ? "" : ", ") + one.name;
  }
  if (auto const near = nearest(wanted, names))
    return phrase("there is no macro \"{1}\"; did you mean \"{2}\"?", {wanted, std::string{*near}});
  return phrase("there is no macro \"{1}\"; known: {2}", {wanted, all});
}

std::string filled_in(std::string text, Ticket const& ticket, Agent const& agent) {
  std::array<std::pair<std::string_view, std::string>, 3> const parts{
      {{"{requester}", ticket.requester_address.name},
       {"{number}", std::to_string(number(ticket.id))},
       {"{agent}", agent.name}}};
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    bool replaced = false;
    for (auto const& [place, words] : parts) {
      if (replaced || text.compare(at, place.size(), place) != 0) continue;
      out += words;
      at += place.size();
      replaced = true;
    }
    if (!replaced) out += text[at++];
  }
  return out;
}

}  // namespace

CommandBlock with_macros(CommandBlock block, House const& house, Ticket const& ticket, Agent const& agent) {
  CommandBlock out;
  out.faults = std::move(block.faults);
  out.words = std::move(block.words);
  for (Command& command : block.commands) {
    if (command.verb != Verb::macro) {
      out.commands.push_back(std::move(command));
      continue;
    }
    Macro const* const macro = house.macro_called(command.argument, ticket.language);
    if (macro == nullptr) {
      out.faults.push_back(unknown(command.argument, house));
      continue;
    }
    CommandBlock inner = read_commands(macro->text);
    out.faults.insert(out.faults.end(), inner.faults.begin(), inner.faults.end());
    std::move(inner.commands.begin(), inner.commands.end(), std::back_inserter(out.commands));
    if (!inner.words.empty())
      out.words += (out.words.empty() ? "" : "\n\n") + filled_in(inner.words, ticket, agent);
    out.macros.push_back(macro->name);
  }
  return out;
}

std::vector<std::string> macro_faults(Macro const& macro) {
  CommandBlock const block = read_commands(macro.text);
  std::vector<std::string> out;
  for (std::string const& fault : block.faults) out.push_back(in_english(fault));
  for (Command const& one : block.commands)
    if (one.verb == Verb::macro) out.emplace_back("a macro can't call another one by /do");
  if (out.empty() && block.commands.empty() && block.words.empty()) out.emplace_back("it is empty");
  return out;
}

}  // namespace spoc::desk
